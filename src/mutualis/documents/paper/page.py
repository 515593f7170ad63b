"""What a template is given to set: a document in texts, ready to be printed.

The keys are a contract with the templates that a body lays in `data/templates`: more may be added.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from mutualis.documents.electronic.electronic_invoice import ElectronicInvoice
from mutualis.documents.paper.glyphs import printable
from mutualis.documents.paper.paper import Paper, Row, Signature
from mutualis.documents.paper.typography import printed
from mutualis.documents.wording import parties as party_wording
from mutualis.documents.wording import payment as payment_wording
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import euros, number
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.value import Struct

_RIGHT = ("entier", "tarif", "euros")


class Page(Struct, frozen=True):
    """A document to be set by `template`, the name of a file of `templates` without its end."""

    template: str
    title: str
    author: str
    day: date
    texts: Mapping[str, Any]
    electronic: ElectronicInvoice | None = None


class Headed(Protocol):
    """What the head of a document says, whatever the document is."""

    @property
    def issuer(self) -> Issuer: ...
    @property
    def commune(self) -> CommuneYear: ...
    @property
    def heading(self) -> str: ...
    @property
    def made(self) -> str: ...
    @property
    def object_line(self) -> str: ...
    @property
    def alert(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def footer(self) -> str: ...


def page_of(paper: Paper) -> Page:
    """The page of a document with amounts."""
    texts = {
        **head(paper, watermark=paper.watermark),
        "columns": [
            {"title": title, "side": _side(style)}
            for title, style in zip(paper.header, paper.styles, strict=True)
            if title
        ],
        "rows": [_cells(row, paper.header, paper.styles) for row in paper.rows],
        "taxes": _taxes(paper),
        "total": {"label": paper.label, "amount": euros(paper.amount)},
        "letters": paper.letters,
        "in_letters": paper.in_letters,
        "reasons_title": paper.reasons_title,
        "reasons": list(paper.reasons),
        "vat": paper.vat,
        "terms": list(paper.terms),
        "payment": paper.boxed,
        "signatures": signatures(paper.signatures),
    }
    return Page(
        template=paper.template,
        title=paper.title,
        author=paper.issuer.name,
        day=paper.day,
        texts=texts,
        electronic=paper.electronic,
    )


def head(document: Headed, *, watermark: str = "") -> dict[str, Any]:
    """What every document says before its own text, and on each page."""
    return {
        "issuer": {
            "name": document.issuer.name,
            "lines": party_wording.issuer_block(document.issuer),
        },
        "debtor": {
            "name": party_wording.debtor_name(document.commune),
            "address": party_wording.debtor_address(document.commune),
            "references": party_wording.debtor_references(document.commune),
        },
        "heading": document.heading,
        "made": document.made,
        "subject": document.object_line,
        "alert": document.alert,
        "before": document.before,
        "footer": party_wording.marked(document.issuer, document.footer),
        "watermark": party_wording.marked(document.issuer, watermark),
    }


def signatures(items: Sequence[Signature]) -> list[dict[str, Any]]:
    return [
        {"title": item.title, "lines": list(item.lines), "to_fill": list(item.to_fill)}
        for item in items
    ]


def ready(value: Any) -> Any:
    """The same with each text in the characters and the typography of print."""
    if isinstance(value, str):
        return printed(printable(value))
    if isinstance(value, Mapping):
        return {key: ready(item) for key, item in value.items()}
    if isinstance(value, list):
        return [ready(item) for item in value]
    return value


def _side(style: str) -> str:
    if style in _RIGHT:
        return "right"
    return "center" if style == "cellule centrée" else "left"


def _cells(
    row: Row, header: Sequence[str | None], styles: Sequence[str]
) -> list[dict[str, str | int]]:
    """The cells of a row; its wording goes on over the empty columns after it."""
    cells: list[dict[str, str | int]] = []
    for title, value, style in zip(header, row, styles, strict=True):
        if not title:
            continue
        text = _text(value, style)
        if cells and len(cells) == 1 and not text:
            cells[0]["span"] = int(cells[0]["span"]) + 1
        else:
            cells.append({"text": text, "span": 1})
    return cells


def _taxes(paper: Paper) -> dict[str, list[Any]]:
    """The table of VAT, whose last row is its total; empty where a document has none."""
    if not paper.taxes:
        return {"columns": [], "rows": []}
    return {
        "columns": list(payment_wording.VAT_HEADER),
        "rows": [
            [name, rate, euros(net), euros(vat)]
            for name, rate, net, vat in payment_wording.vat_rows(paper.taxes)
        ],
    }


def _text(value: str | int | Decimal | None, style: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return euros(value)
    return number(value) if isinstance(value, int) and style == "entier" else str(value)
