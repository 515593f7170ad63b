"""The fee against the population: the curve of each priced level and the communes upon it."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.sheet import put, put_row
from mutualis.domain.billing import BillingPlan
from mutualis.domain.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs import Level
from mutualis.domain.thresholds import edges

_COLOURS = ("1F5C99", "C2571A", "3B7D4F", "7A4E9B")
_MARKERS = ("circle", "diamond", "triangle", "square")
_DASHES = ("solid", "dash", "sysDot", "lgDash")


def write_points(sheet: Worksheet, row: int, plan: BillingPlan) -> tuple[ScatterChart, int]:
    """Write the chart's points on a sheet from `row`; returns the chart and the last row."""
    put(sheet, row, 1, "Points du graphique", "intertitre")
    chart = _chart()
    limit = _widest(plan)
    last = row
    column = 1
    priced = [level for level in plan.grid.levels.values() if level.is_priced]
    for rank, level in enumerate(priced):
        curve = _curve(level, limit)
        last = max(last, _points(sheet, row + 1, column, f"Barème {level.code}", curve))
        series = _series(sheet, row + 1, column, len(curve))
        series.marker.symbol = "none"
        series.graphicalProperties.line.solidFill = _COLOURS[rank % len(_COLOURS)]
        series.graphicalProperties.line.dashStyle = _DASHES[rank % len(_DASHES)]
        series.graphicalProperties.line.width = 19050
        chart.series.append(series)
        column += 3
        members = [
            (line.fee.population, line.amount)
            for line in plan.fees
            if line.fee.level.code == level.code
        ]
        if members:
            last = max(last, _points(sheet, row + 1, column, f"Communes {level.code}", members))
            series = _series(sheet, row + 1, column, len(members))
            series.graphicalProperties.line.noFill = True
            series.marker.symbol = _MARKERS[rank % len(_MARKERS)]
            series.marker.size = 7
            series.marker.graphicalProperties.solidFill = _COLOURS[rank % len(_COLOURS)]
            series.marker.graphicalProperties.line.solidFill = "FFFFFF"
            chart.series.append(series)
            column += 3
    chart.x_axis.scaling.max = float(limit)
    return chart, last


def _chart() -> ScatterChart:
    chart = ScatterChart(scatterStyle="lineMarker")
    chart.title = "Montant dû selon la population"
    chart.style = 2
    chart.height, chart.width = 10.5, 24.5
    chart.x_axis.title, chart.y_axis.title = "Population (habitants)", "Montant dû (€)"
    chart.x_axis.number_format = chart.y_axis.number_format = "#,##0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.min = chart.y_axis.scaling.min = 0
    chart.x_axis.majorGridlines = None
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


def _curve(level: Level, limit: int) -> list[tuple[int, Decimal]]:
    fees = [compute_fee(level, population) for population in {*edges(level), limit}]
    known = [fee for fee in fees if isinstance(fee, FeeBreakdown) and fee.population <= limit]
    return sorted((fee.population, fee.amount) for fee in known)


def _points(
    sheet: Worksheet, row: int, column: int, title: str, points: Sequence[tuple[int, Decimal]]
) -> int:
    put_row(sheet, row, (title, "Montant"), ("tête", "tête"), first=column)
    for at, (population, amount) in enumerate(points, start=row + 1):
        put_row(sheet, at, (population, amount), ("entier", "euros"), first=column)
    return row + len(points)


def _series(sheet: Worksheet, row: int, column: int, points: int) -> Series:
    xs = Reference(sheet, min_col=column, min_row=row + 1, max_row=row + points)
    ys = Reference(sheet, min_col=column + 1, min_row=row + 1, max_row=row + points)
    series = Series(ys, xs, title=str(sheet.cell(row, column).value))
    series.smooth = False
    return series
