"""The charts of a simulation: native ones, that follow their cells."""

from collections.abc import Mapping, Sequence

from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.cached import Result
from mutualis.documents.excel.chart import DARK, LIGHT, NOTHING, bars, dress
from mutualis.documents.excel.printed import rows_under

WIDTH = 30  # centimetres


def add_bars(
    sheet: Worksheet,
    row: int,
    title: str,
    up: str,
    columns: Sequence[int],
    table: tuple[int, int],
    *,
    height: float = 8,
    width: float = WIDTH,
    place: str = "A",
    signed: bool = False,
    results: Mapping[str, Result] = NOTHING,
) -> int:
    """The bars of one column of a table or two, from its head to its last row; returns the row
    under them. `signed` ones go below zero, where the names must not stand."""
    chart = BarChart()
    fills = (DARK,) if len(columns) == 1 else (LIGHT, DARK)
    for column, fill in zip(columns, fills, strict=True):
        chart.series.append(bars(sheet, column, *table, fill, results))
    chart.gapWidth, chart.overlap = 40, 0
    dress(chart, title, "", up)
    if signed:
        chart.y_axis.scaling.min = None
        chart.x_axis.tickLblPos = "low"
        for series in chart.series:
            series.invertIfNegative = False
    if len(columns) == 1:
        chart.legend = None
    chart.width, chart.height = width, height  # type: ignore[assignment]
    sheet.add_chart(chart, f"{place}{row}")
    return row + rows_under(height) + 1
