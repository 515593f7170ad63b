"""The amount of each level beside the year before: a table of the cover, and its chart."""

from openpyxl.chart import BarChart
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.chart import DARK, LIGHT, bars, dress, small_text
from mutualis.documents.excel.sheet import heads, put, put_row, put_wide
from mutualis.documents.wording import invoices as wording
from mutualis.domain.issuing.year_on_year import YearOnYear

_STYLES = ("cellule", "cellule", "euros", "euros", "euros")
_TOTALS = ("total libellé", "total libellé", "total euros", "total euros", "total euros")


def write_levels(
    sheet: Worksheet, row: int, compared: YearOnYear, last: int
) -> tuple[int, BarChart | None]:
    """Write the table from `row` on, over the columns up to `last`; returns the next row and the
    chart of the table, None where there is nothing to compare with."""
    before, after = str(compared.year - 1), str(compared.year)
    put(sheet, row, 1, wording.compared_title(compared), "intertitre")
    put_wide(sheet, row + 1, 1, last, wording.year_on_year(compared), "note")
    row += 1
    chart = None
    if compared.levels:
        header = row + 1
        put_row(sheet, header, ("Niveau", None, before, after, "Écart"), heads(_STYLES))
        row += 1
        for change in compared.levels:
            row += 1
            gap = change.after - change.before
            values = (f"Niveau {change.level}", None, change.before, change.after, gap)
            put_row(sheet, row, values, _STYLES)
        chart = _chart(sheet, header, row, wording.compared_title(compared))
        row += 1
        gap = compared.after - compared.before
        put_row(sheet, row, ("Total", None, compared.before, compared.after, gap), _TOTALS)
    return row + 2, chart


def _chart(sheet: Worksheet, header: int, last: int, title: str) -> BarChart:
    """The bars of the table's two years, drawn from its own cells."""
    chart = BarChart()
    for column, fill in ((3, LIGHT), (4, DARK)):
        series = bars(sheet, column, header, last, fill)
        series.dLbls = DataLabelList(
            numFmt="#,##0",
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            dLblPos="outEnd",
            txPr=small_text(8),
        )
        chart.series.append(series)
    chart.gapWidth, chart.overlap = 60, 0
    dress(chart, title, "", "Montant (€)")
    return chart
