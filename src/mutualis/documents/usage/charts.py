"""What the scheme costs and brings in, as bars over the tables of the summary."""

from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.chart import DARK, LIGHT, bars, dress
from mutualis.documents.excel.sheet import page, put, widths
from mutualis.documents.usage.tables import Block
from mutualis.documents.wording import usage as wording
from mutualis.domain.usage.usage import Usage

_COSTS = ("membership_cost", "mission_cost")


def write_charts(
    sheet: Worksheet, summary: Worksheet, places: dict[str, Block], usage: Usage
) -> None:
    """One chart under the other, the page in portrait."""
    widths(sheet, (12,) * 8)
    put(sheet, 1, 1, wording.title(usage), "titre")
    put(sheet, 2, 1, wording.fees_from(usage), "discret")
    put(sheet, 3, 1, wording.examples(usage).split(".")[0], "gras")
    charts = [
        ("Coût et recettes par niveau", places["level"], ("cost", "income"), False),
        ("Coût par thème", places["theme"], _COSTS, True),
        ("Coût par direction", places["directorate"], _COSTS, True),
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
    summary: Worksheet, title: str, block: Block, columns: tuple[str, ...], *, lying: bool
) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    if lying:
        chart.grouping, chart.overlap = "stacked", 100
        chart.x_axis.scaling.orientation = "maxMin"  # the first line of the table on top
    for name, fill in zip(columns, (DARK, LIGHT), strict=True):
        chart.series.append(bars(summary, block.place(name), block.head, block.last, fill))
    chart.gapWidth = 60
    dress(chart, title, "", "Montant (€)")
    return chart
