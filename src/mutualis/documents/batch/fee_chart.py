"""The fee against the population: the curve of each priced level and the communes upon it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from openpyxl.chart import ScatterChart
from openpyxl.chart.axis import NumericAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.chart import dress, numbers
from mutualis.documents.excel.sheet import page, put, put_row, widths
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.tariffs.thresholds import edges

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
    """Write the chart's points on their own sheet, which is hidden; returns the chart."""
    put(sheet, 1, 1, "Points du graphique de la synthèse", "intertitre")
    put(sheet, 2, 1, wording.state(plan), "discret")
    # For the chart alone: whoever wants the points shows the sheet again.
    sheet.sheet_state = "hidden"
    limit = _widest(plan)
    chart = scatter("Montant dû selon la population", limit)
    column = 1
    priced = [level for level in plan.grid.levels.values() if level.is_priced]
    for rank, level in enumerate(priced):
        of = "" if level.wealth is None else ", coefficient 1"
        curve = series_of(sheet, column, f"Barème {level.code}{of}", curve_of(level, limit))
        draw_curve(curve, rank)
        chart.series.append(curve)
        column += 3
        fees = [line.fee for line in plan.fees if line.fee.level.code == level.code]
        if fees:
            points = [(fee.population, fee.amount) for fee in fees]
            cloud = series_of(sheet, column, f"Communes {level.code}", points)
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


def scatter(title: str, limit: int) -> ScatterChart:
    """A chart of fees up to the population `limit`."""
    chart = ScatterChart(scatterStyle="lineMarker")
    chart.visible_cells_only = False  # the points' sheet is hidden
    dress(chart, title, "Population (habitants)", "Montant dû (€)")
    chart.x_axis.scaling.min = 0
    chart.x_axis.scaling.max = limit
    assert isinstance(chart.x_axis, NumericAxis)
    chart.x_axis.majorUnit = _step(limit)
    return chart


def _step(limit: int) -> int:
    """Between the labels of populations, so that five or six stand on the axis."""
    power = int("1" + "0" * (len(str(limit)) - 1))
    steps = (power // 10, power // 5, power // 2, power, power * 2)
    return next(step for step in steps if step * 6 >= limit)


def _widest(plan: BillingPlan) -> int:
    """The population at the right of the chart: the last bound, or the largest commune."""
    bounds = [
        bracket.up_to
        for level in plan.grid.levels.values()
        for bracket in level.brackets
        if bracket.up_to is not None
    ]
    return max([1000, *bounds, *(line.fee.population for line in plan.fees)])


def curve_of(level: Level, limit: int) -> Points:
    fees = [compute_fee(level, population) for population in {*edges(level), limit}]
    known = [fee for fee in fees if isinstance(fee, FeeBreakdown) and fee.population <= limit]
    return sorted((fee.population, fee.amount) for fee in known)


def series_of(sheet: Worksheet, column: int, title: str, points: Points) -> XYSeries:
    """Write the points in two columns and take them as a series."""
    put_row(sheet, _HEADER_ROW, (title, "Montant"), ("tête droite",) * 2, first=column)
    first, last = _HEADER_ROW + 1, _HEADER_ROW + len(points)
    for row, point in enumerate(points, start=first):
        put_row(sheet, row, point, ("entier", "euros"), first=column)
    xs, ys = numbers(sheet, column, first, last), numbers(sheet, column + 1, first, last)
    series = XYSeries(xVal=AxDataSource(numRef=xs), yVal=NumDataSource(numRef=ys))
    series.tx = SeriesLabel(v=title)
    series.smooth = False
    return series


def draw_curve(series: XYSeries, rank: int) -> None:
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
