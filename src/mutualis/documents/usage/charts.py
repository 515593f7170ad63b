"""What was done and what was paid, as bars under the tables of the summary."""

from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.chart import DARK, LIGHT, bars, dress
from mutualis.documents.excel.printed import POINT, left, rows_under
from mutualis.documents.usage.tables import Block

_AT_PRICE = ("membership_at_price", "mission_at_price")
_WIDTH, _LOWEST = 32, 5  # centimetres


def write_chart(sheet: Worksheet, row: int, top: int, name: str, block: Block, title: str) -> int:
    """The chart of a table, in `row`, on what is left of the page that begins in the row `top`: no
    chart stands on another page than its table. Returns the next row."""
    count, lying = block.last - block.head, name != "level"
    height = min(
        max(_LOWEST, 3 + 0.6 * count) if lying else 8,
        left(sheet, top, row, landscape=True) * POINT,
    )
    if not count or height < _LOWEST:
        return row
    columns = _AT_PRICE if lying else ("at_price", "paid")
    chart = _bars(sheet, title, block, columns, lying=lying)
    chart.width, chart.height = _WIDTH, height
    sheet.add_chart(chart, f"A{row}")
    return row + rows_under(height) + 1


def _bars(
    sheet: Worksheet, title: str, block: Block, columns: tuple[str, ...], *, lying: bool
) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    if lying:
        chart.grouping, chart.overlap = "stacked", 100
        # The first line of the table on top, and the scale below, where its title is.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    for name, fill in zip(columns, (DARK, LIGHT), strict=True):
        chart.series.append(bars(sheet, block.place(name), block.head, block.last, fill))
    chart.gapWidth = 60
    dress(chart, title, "", "Montant (€)")
    return chart
