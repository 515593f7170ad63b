"""The usage of a year on one sheet: by level, theme, directorate and category of agents."""

from datetime import date

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import write_table
from mutualis.documents.excel.printed import LINE, fitted, left, room
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.usage.charts import write_chart
from mutualis.documents.usage.tables import CATEGORIES, Block, shares_of
from mutualis.documents.wording import usage as wording
from mutualis.domain.french.typography import long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.usage.usage import Usage


def write_usage_summary(
    sheet: Worksheet, usage: Usage, issuer: Issuer, made_on: date
) -> dict[str, Block]:
    """Each table and its chart begin a page; returns the places of the tables."""
    columns = shares_of(usage)
    sizes = [(column.width, column.folds) for column in columns.values()]
    widths(sheet, fitted(sizes, room(landscape=True)))
    wide = len(columns)
    put(sheet, 1, 1, wording.title(usage), "titre")
    sheet.row_dimensions[1].height = 30
    put(sheet, 2, 1, f"{issuer.name}, établi le {long_date(made_on)}", "discret")
    row = 4
    for text, style in (
        (wording.examples(usage), "alerte"),
        (wording.fees_from(usage), "encadré"),
        (wording.to_invoice(usage), "encadré"),
        (usage.costs_from, "encadré"),
        (usage.uncosted, "encadré"),
        *((note, "encadré") for note in usage.notes),
    ):
        if text:
            put_wide(sheet, row, 1, wide, text, style, 18)
            row += 1
    put_wide(sheet, row + 1, 1, wide, wording.FIGURES, "note")
    row += 3
    places: dict[str, Block] = {}
    top = 1
    for name, title, shares in (
        ("level", "Par niveau", usage.by_level),
        ("theme", "Par thème", usage.by_theme),
        ("directorate", "Par direction", usage.by_directorate),
    ):
        if places:
            sheet.row_breaks.append(Break(id=row - 1))
            top = row
        if name == "theme":
            put_wide(sheet, row, 1, wide, wording.NOT_SHARED, "note")
            row += 2
        # What is not shared out has no column.
        kept = {
            key: column
            for key, column in columns.items()
            if any(column.value(share) is not None for share in shares)
        }
        places[name] = Block(wording.SUMMARY, tuple(kept), row + 1, row + 1 + len(shares))
        put(sheet, row, 1, title, "intertitre")
        sheet.row_dimensions[row + 1].height = 32
        row = write_table(sheet, row + 1, kept.values(), shares, wide) + 1
        row = write_chart(sheet, row, top, name, places[name], wording.chart(usage, name))
    if left(sheet, top, row, landscape=True) < LINE * (4 + len(usage.by_category)):
        sheet.row_breaks.append(Break(id=row - 1))
    put(sheet, row, 1, "Par catégorie d'agents", "intertitre")
    sheet.row_dimensions[row + 1].height = 32
    write_table(sheet, row + 1, CATEGORIES, usage.by_category, wide)
    page(sheet, title=f"{issuer.name} - {wording.title(usage)}", landscape=True)
    return places
