"""The « état annuel » of each commune: each recourse to the services, at the unit cost."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from mutualis.documents.account.account_page import section
from mutualis.documents.costs import words as own
from mutualis.documents.costs.book import book_of
from mutualis.documents.excel.book import add_sheet, save
from mutualis.documents.excel.columns import Column, summing
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.paper.page import Page, head
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.costs.paper import CommuneStatement, CostPaper, PublishedCost, StatementLine
from mutualis.domain.french.typography import count, euros, number, short_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct

_CENTRED, _LONG = "cellule centrée", "cellule longue"
_COLUMNS = ("Prestation", "Date", "Direction", "Cat.", "½ j.", "Coût unitaire", "Au coût")


class _Head(Struct, frozen=True):
    issuer: Issuer
    commune: CommuneYear
    heading: str
    made: str
    object_line: str
    alert: str
    before: str
    footer: str


def record_page(paper: CostPaper, one: CommuneStatement, replaces: date | None = None) -> Page:
    """The statement of one commune; one without a recourse says so."""
    issuer, heading, name = paper.issuer, own.heading(paper), one.commune.name
    top = _Head(
        issuer=issuer,
        commune=one.commune,
        heading=heading,
        made=own.made(paper),
        object_line=own.subject(paper),
        alert=own.NOT_AN_INVOICE,
        before=" ".join(own.grounds(paper, replaces)),
        footer=f"{issuer.name} - {heading} - {name}",
    )
    rows = [
        (
            line.service,
            short_date(line.day),
            line.directorate,
            line.category,
            number(line.half_days),
            own.NO_COST if line.unit_cost is None else euros(line.unit_cost),
            "" if line.at_cost is None else euros(line.at_cost),
        )
        for line in one.lines
    ]
    nothing = "" if one.lines else f"Aucun recours aux services n'est noté en {paper.year}."
    notes = (nothing, own.uncosted(one.uncosted))
    part = section("Recours aux services", _COLUMNS, rows, notes=notes)
    total = euros(one.at_cost) if one.has_cost else "sans coût connu"
    part["total"] = {"label": f"Total : {count(one.half_days, 'demi-journée')}", "amount": total}
    texts = {**head(top), "sections": [part]}
    return Page("account", f"{heading} - {name}", issuer.name, paper.act.day, texts)


def record_book(paper: CostPaper, replaces: date | None = None) -> bytes:
    """All the statements as lists: the communes, each recourse, the unit costs."""
    title = f"États annuels {paper.year}"
    book = book_of(paper, title, replaces)
    write = partial(write_listing, title=title, footer=own.examples(paper))
    sheets = [add_sheet(book, name) for name in ("Communes", "Recours", "Coûts unitaires")]
    lines = [_Line(one, line) for one in paper.statements for line in one.lines]
    write(sheets[0], _COMMUNES, paper.statements, freeze="½ journées")
    write(sheets[1], _RECOURSES, lines, freeze="Date")
    write(sheets[2], _COSTS, paper.published)
    return save(book)


class _Line(Struct, frozen=True):
    """A recourse, and whose it is."""

    of: CommuneStatement
    line: StatementLine


def _sum(lines: Sequence[_Line]) -> Decimal:
    return sum((x.line.at_cost or ZERO for x in lines), ZERO)


_COMMUNES: tuple[Column[CommuneStatement], ...] = (
    Column("Commune", lambda x: x.commune.name, 26, _LONG, lambda _: "Total"),
    Column("Code INSEE", lambda x: x.commune.code_insee, 11, _CENTRED),
    summing("½ journées", lambda x: x.half_days, width=11, style="entier"),
    Column(
        "Au coût",
        lambda x: x.at_cost if x.has_cost else None,
        14,
        "euros",
        lambda all_: sum((x.at_cost for x in all_), ZERO),
    ),
    summing("½ journées sans coût", lambda x: x.uncosted, width=12, style="entier"),
)
_RECOURSES: tuple[Column[_Line], ...] = (
    Column("Commune", lambda x: x.of.commune.name, 20, _LONG, lambda _: "Total"),
    Column("Code INSEE", lambda x: x.of.commune.code_insee, 11, _CENTRED),
    Column("Date", lambda x: x.line.day, 12, "date"),
    Column("Prestation", lambda x: x.line.service, 34, _LONG),
    Column("Direction", lambda x: x.line.directorate, 26, _LONG),
    Column("Catégorie", lambda x: x.line.category, 10, _CENTRED),
    summing("½ journées", lambda x: x.line.half_days, width=11, style="entier"),
    Column("Coût unitaire", lambda x: x.line.unit_cost, 12, "euros"),
    Column("Au coût", lambda x: x.line.at_cost, 12, "euros", _sum),
)
_COSTS: tuple[Column[PublishedCost], ...] = (
    Column("Direction", lambda x: x.directorate, 34, _LONG),
    Column("Catégorie", lambda x: x.category, 10, _CENTRED),
    Column("Coût d'une ½ journée", lambda x: x.cost, 14, "euros"),
)
