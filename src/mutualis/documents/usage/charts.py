"""What the scheme costs and brings in, as bars over the tables of the summary."""

from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.chart import DARK, LIGHT, bars, dress
from mutualis.documents.excel.sheet import page, put, widths
from mutualis.documents.usage.cover import Block
from mutualis.documents.wording import usage as wording
from mutualis.domain.usage.usage import Usage

_MEMBERSHIPS, _MISSIONS, _COST, _INCOME = 4, 5, 6, 9  # columns of the summary


def write_charts(
    sheet: Worksheet, summary: Worksheet, places: dict[str, Block], usage: Usage
) -> None:
    """One chart under the other, the page in portrait."""
    widths(sheet, (12,) * 8)
    put(sheet, 1, 1, wording.title(usage), "titre")
    put(sheet, 2, 1, wording.fees_from(usage), "discret")
    put(sheet, 3, 1, wording.examples(usage).split(".")[0], "gras")
    charts = [
        ("Coût et recettes par niveau", places["level"], (_COST, _INCOME), False),
        ("Coût par thème", places["theme"], (_MEMBERSHIPS, _MISSIONS), True),
        ("Coût par direction", places["directorate"], (_MEMBERSHIPS, _MISSIONS), True),
    ]
    row = 5
    for title, block, columns, lying in charts:
        if block.last > block.head:
            chart = _bars(summary, title, block, columns, lying=lying)
            lines = block.last - block.head
            height = max(7, 3 + lines) if lying else 9  # in centimetres
            chart.width, chart.height = 19, height
            sheet.add_chart(chart, f"A{row}")
            row += height * 2 + 2
    page(sheet, title=wording.title(usage), one_page=True)


def _bars(
    summary: Worksheet, title: str, block: Block, columns: tuple[int, ...], *, lying: bool
) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    if lying:
        chart.grouping, chart.overlap = "stacked", 100
        chart.x_axis.scaling.orientation = "maxMin"  # the first line of the table on top
    for column, fill in zip(columns, (DARK, LIGHT), strict=True):
        chart.series.append(bars(summary, column, block.head, block.last, fill))
    chart.gapWidth = 60
    dress(chart, title, "", "Montant (€)")
    return chart
