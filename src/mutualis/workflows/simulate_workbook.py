"""A simulation as a workbook, with the years after it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.documents.simulation.book import render_projection, render_simulation
from mutualis.documents.simulation.sides import Sides
from mutualis.documents.simulation.years import YearTotal, YearTotals
from mutualis.domain.indexation.cpi import PriceIndex, december_before
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import total_due
from mutualis.domain.simulation.projection import carried_on
from mutualis.domain.simulation.rates import supposing
from mutualis.domain.tariffs.grid import IndexationRule
from mutualis.domain.workspace import Workspace
from mutualis.workflows.inputs import gather
from mutualis.workflows.simulate import Simulation, checked, rates_that_fail
from mutualis.workflows.simulate_years import Projection

YEARS_AFTER = 5


def workbook_of(root: Path, result: Simulation, titles: tuple[str, str], made_on: date) -> bytes:
    """`titles` are those of the baseline and of the scenario."""
    workspace, _ = gather(root)
    sides = Sides(
        baseline=result.baseline.priced,
        scenario=result.scenario.priced,
        titles=titles,
        differences=result.differences,
        lines=result.lines,
        strata=result.strata,
        top=result.asked.top,
        years=_years(workspace, result),
    )
    return render_simulation(sides, workspace.issuer, made_on)


def workbook_of_years(root: Path, result: Projection, supposed: str, made_on: date) -> bytes:
    """The same of several years; `supposed` says under what."""
    workspace, _ = gather(root)
    return render_projection(result.revenues, supposed, workspace.issuer, made_on)


def _years(workspace: Workspace, result: Simulation) -> YearTotals | None:
    """The years after, under both grids; None where they cannot be priced."""
    year, given = result.asked.year, result.asked.rate
    last, rule = year + YEARS_AFTER, workspace.tariffs.indexation
    rate = _last_rate(workspace.index, rule, last) if given is None else given
    if rate is None:
        return None
    # A rate that was asked for is in the place of INSEE's; the last known one is where none is.
    since = year + 1 if given is not None else last + 1
    years = range(year + 1, last + 1)
    index = supposing(workspace.index, rule.series, years, rate, since=since)
    after = _totals(workspace, result.scenario.priced.dataset, index, last)
    before: list[Decimal] | list[None] | None = [None] * (YEARS_AFTER + 1)
    if result.baseline.priced.year == year:
        before = _totals(workspace, result.baseline.priced.dataset, index, last)
    if before is None or after is None:
        return None
    found = zip(range(year, last + 1), before, after, strict=True)
    return YearTotals([YearTotal(*item) for item in found], rate, given is not None)


def _totals(
    workspace: Workspace, dataset: Dataset, index: PriceIndex, last: int
) -> list[Decimal] | None:
    """The total of the dataset's year and of each one after."""
    found = carried_on(dataset, index, last)
    if isinstance(found, Problem):
        return None
    problems = [problem for later in found for problem in checked(workspace, later)]
    problems += rates_that_fail(workspace, index, found[-1])
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None
    return [total_due(item) for item in (dataset, *found)]


def _last_rate(index: PriceIndex, rule: IndexationRule, last: int) -> Decimal | None:
    """That of the last December known, of the years that are priced or before."""
    known = (
        index.rate(rule.rate, december_before(year), rule.series) for year in range(last, 1990, -1)
    )
    return next((rate.value for rate in known if rate is not None), None)
