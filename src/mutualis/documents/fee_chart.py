"""The fee against the population: the curve of each priced level and the communes upon it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents import wording
from mutualis.documents.sheet import page, put, put_row, widths
from mutualis.domain.billing import BillingPlan
from mutualis.domain.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs import Level
from mutualis.domain.thresholds import edges

# Told apart by shape and dash too, for a black and white print.
_COLOURS = ("1F5C99", "C2571A", "3B7D4F", "7A4E9B")
_MARKERS: tuple[Literal["circle", "diamond", "triangle", "square"], ...] = (
    "circle",
    "diamond",
    "triangle",
    "square",
)
_DASHES = ("solid", "dash", "sysDot", "lgDash")
_HEADER_ROW = 3

Points = Sequence[tuple[int, Decimal]]


def write_points(sheet: Worksheet, plan: BillingPlan) -> ScatterChart:
    """Write the chart's points on their own sheet; returns the chart."""
    put(sheet, 1, 1, "Points du graphique de la synthèse", "intertitre")
    put(sheet, 2, 1, wording.state(plan), "discret")
    limit = _widest(plan)
    chart = _chart(limit)
    column = 1
    priced = [level for level in plan.grid.levels.values() if level.is_priced]
    for rank, level in enumerate(priced):
        curve = _series(sheet, column, f"Barème {level.code}", _curve(level, limit))
        _draw_curve(curve, rank)
        chart.series.append(curve)
        column += 3
        fees = [line.fee for line in plan.fees if line.fee.level.code == level.code]
        if fees:
            points = [(fee.population, fee.amount) for fee in fees]
            cloud = _series(sheet, column, f"Communes {level.code}", points)
            _draw_cloud(cloud, rank)
            chart.series.append(cloud)
            column += 3
    widths(sheet, (15, 15, 4) * (column // 3))
    repeat = f"{_HEADER_ROW}:{_HEADER_ROW}"
    page(
        sheet,
        title=f"{wording.batch_title(plan)} - {wording.POINTS} - {wording.state(plan)}",
        repeat=repeat,
    )
    return chart


def _chart(limit: int) -> ScatterChart:
    chart = ScatterChart(scatterStyle="lineMarker")
    chart.title = "Montant dû selon la population"
    chart.style = 2
    chart.height, chart.width = 12.5, 28.5  # type: ignore[assignment]  # in centimetres
    chart.x_axis.title, chart.y_axis.title = "Population (habitants)", "Montant dû (€)"
    for axis in (chart.x_axis, chart.y_axis):
        axis.number_format = "#,##0"
        axis.delete = False
        axis.scaling.min = 0
    chart.x_axis.scaling.max = limit
    chart.x_axis.majorGridlines = None
    assert chart.legend is not None
    chart.legend.position = "b"
    return chart


def _widest(plan: BillingPlan) -> int:
    """The population at the right of the chart: the last bound, or the largest commune."""
    bounds = [
        bracket.up_to
        for level in plan.grid.levels.values()
        for bracket in level.brackets
        if bracket.up_to is not None
    ]
    return max([1000, *bounds, *(line.fee.population for line in plan.fees)])


def _curve(level: Level, limit: int) -> Points:
    fees = [compute_fee(level, population) for population in {*edges(level), limit}]
    known = [fee for fee in fees if isinstance(fee, FeeBreakdown) and fee.population <= limit]
    return sorted((fee.population, fee.amount) for fee in known)


def _series(sheet: Worksheet, column: int, title: str, points: Points) -> XYSeries:
    """Write the points in two columns and take them as a series."""
    put_row(sheet, _HEADER_ROW, (title, "Montant"), ("tête droite",) * 2, first=column)
    first, last = _HEADER_ROW + 1, _HEADER_ROW + len(points)
    for row, point in enumerate(points, start=first):
        put_row(sheet, row, point, ("entier", "euros"), first=column)
    xs = Reference(sheet, min_col=column, min_row=first, max_row=last)
    ys = Reference(sheet, min_col=column + 1, min_row=first, max_row=last)
    series = Series(ys, xs, title=title)
    assert isinstance(series, XYSeries)
    series.smooth = False
    return series


def _draw_curve(series: XYSeries, rank: int) -> None:
    series.marker = Marker(symbol="none")
    line = series.graphicalProperties.line
    line.solidFill = _COLOURS[rank % len(_COLOURS)]
    line.dashStyle = _DASHES[rank % len(_DASHES)]
    line.width = 19050


def _draw_cloud(series: XYSeries, rank: int) -> None:
    series.graphicalProperties.line.noFill = True
    inside = GraphicalProperties(solidFill=_COLOURS[rank % len(_COLOURS)])
    inside.line.solidFill = "FFFFFF"
    series.marker = Marker(symbol=_MARKERS[rank % len(_MARKERS)], size=7, spPr=inside)
