"""The usage of a year on one sheet: by level, theme, directorate and category of agents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import Value, heads, page, put, put_row, put_wide, widths
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.usage.usage import Share, Usage, summed

_WIDTHS = (42, 14, 14, 15, 15, 15, 15, 15, 15, 15)
_LAST = len(_WIDTHS)
_STYLES = ("cellule longue", "entier", "entier", *("euros",) * 7)
_TOTALS = ("total libellé", "total entier", "total entier", *("total euros",) * 7)


@dataclass(frozen=True, slots=True)
class Block:
    """Where a table stands in the sheet, for the charts: its title row and its last line."""

    head: int
    last: int


def write_usage_summary(
    sheet: Worksheet, usage: Usage, issuer: Issuer, made_on: date
) -> dict[str, Block]:
    """Write it; returns the places of its tables."""
    widths(sheet, _WIDTHS)
    put(sheet, 1, 1, wording.title(usage), "titre")
    sheet.row_dimensions[1].height = 30
    put(sheet, 2, 1, f"{issuer.name}, établi le {long_date(made_on)}", "discret")
    row = 4
    for text, style in (
        (wording.examples(usage), "alerte"),
        (wording.fees_from(usage), "encadré"),
        (wording.to_invoice(usage), "encadré"),
        *((note, "encadré") for note in usage.notes),
    ):
        if text:
            put_wide(sheet, row, 1, _LAST, text, style, 18)
            row += 1
    put_wide(sheet, row + 1, 1, _LAST, wording.COST, "note")
    row += 3
    places = {}
    for name, title, shares in (
        ("level", "Par niveau", usage.by_level),
        ("theme", "Par thème", usage.by_theme),
        ("directorate", "Par direction", usage.by_directorate),
    ):
        if name == "theme":
            put_wide(sheet, row, 1, _LAST, wording.NOT_SHARED, "note")
            row += 2
        if name == "directorate":
            sheet.row_breaks.append(Break(id=row - 1))
        places[name] = Block(row + 1, row + 1 + len(shares))
        row = _table(sheet, row, title, shares)
    _categories(sheet, row, usage)
    page(sheet, title=f"{issuer.name} - {wording.title(usage)}", landscape=True)
    return places


def share_values(share: Share) -> tuple[Value, ...]:
    """The figures of a share, in the order of SHARE_HEADER."""
    return (
        share.interventions,
        share.half_days,
        share.membership_cost,
        share.mission_cost,
        share.cost,
        share.fees,
        share.missions,
        share.income if share.fees is not None else None,
        share.balance,
    )


def _table(sheet: Worksheet, row: int, title: str, shares: Sequence[Share]) -> int:
    """A table and its total; returns the row after it. What is not shared out has no column."""
    total = summed(shares)
    values = ("Total", *share_values(total))
    kept = [at for at, value in enumerate(values) if value is not None]
    header, styles, totals = (
        [row[at] for at in kept] for row in (("", *wording.SHARE_HEADER), _STYLES, _TOTALS)
    )
    put(sheet, row, 1, title, "intertitre")
    put_row(sheet, row + 1, header, heads(styles))
    sheet.row_dimensions[row + 1].height = 32
    row += 2
    for share in shares:
        own = (share.label, *share_values(share))
        put_row(sheet, row, [own[at] for at in kept], styles)
        row += 1
    put_row(sheet, row, [values[at] for at in kept], totals)
    return row + 2


def _categories(sheet: Worksheet, row: int, usage: Usage) -> None:
    put(sheet, row, 1, "Par catégorie d'agents", "intertitre")
    styles = ("cellule longue", "entier", "euros", "euros")
    header = ("Catégorie", "Demi-journées", "Prix", "Coût")
    put_row(sheet, row + 1, header, heads(styles))
    row += 2
    for use in usage.by_category:
        values = (f"Catégorie {use.category}", use.half_days, use.unit_price, use.cost)
        put_row(sheet, row, values, styles)
        row += 1
    total = usage.total
    styles = ("total libellé", "total entier", "total libellé", "total euros")
    put_row(sheet, row, ("Total", total.half_days, None, total.cost), styles)
