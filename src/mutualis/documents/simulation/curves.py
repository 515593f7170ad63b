"""The fee against the population, before and after, one chart a level."""

from collections.abc import Iterator
from decimal import Decimal

from openpyxl.chart import ScatterChart
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.fee_chart import Points, curve_of, draw_curve, scatter, series_of
from mutualis.documents.excel.sheet import page, put
from mutualis.documents.simulation import words
from mutualis.domain.simulation.priced import PricedYear
from mutualis.domain.tariffs.grid import Level

_SIDES = (words.BASELINE, words.SCENARIO)


def write_curves(
    sheet: Worksheet, baseline: PricedYear, scenario: PricedYear
) -> Iterator[ScatterChart]:
    """Write the points on their own sheet, which is hidden; gives a chart a level of the scenario
    that has a price."""
    put(sheet, 1, 1, f"{words.title(scenario.year)}, points des courbes", "intertitre")
    sheet.sheet_state = "hidden"
    column = 1
    for level in scenario.dataset.grid.levels.values():
        if not level.is_priced:
            continue
        limit = _widest(level, scenario)
        chart = scatter(words.curve_title(level, scenario.dataset.vat), limit)
        before = baseline.dataset.grid.levels.get(level.code)
        for rank, (name, side) in enumerate(zip(_SIDES, (before, level), strict=True)):
            points: Points = [] if side is None else curve_of(side, limit)
            if points:
                series = series_of(sheet, column, name, points)
                draw_curve(series, 1 - rank)
                chart.series.append(series)
                column += 3
        yield chart
    page(sheet, title=f"{words.title(scenario.year)} - {words.POINTS}")


def _widest(level: Level, scenario: PricedYear) -> int:
    """The population at the right of the chart: the last bound of a level, or its largest
    commune."""
    bounds = [bracket.up_to for bracket in level.brackets if bracket.up_to is not None]
    people = [
        due.population
        for due in scenario.dues.values()
        if due.level == level.code and due.amount > Decimal(0)
    ]
    return max([1000, *bounds, *people])
