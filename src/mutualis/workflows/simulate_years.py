"""Project several years under each reading of the indexation rule; nothing is written anywhere."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.checks.grids import falling_fees
from mutualis.domain.indexation.cpi import december_before
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import UnusableData
from mutualis.domain.simulation.projection import ProjectedYear, Revenue, project, revenues
from mutualis.domain.simulation.rates import supposing
from mutualis.domain.value import Struct
from mutualis.workflows.inputs import gather
from mutualis.workflows.simulate import checked, left_behind, rates_that_fail, without_rate


class ProjectionAsked(Struct, frozen=True):
    """Rates in per cent a year; None is INSEE's."""

    years: Sequence[int]
    rate: Decimal | None
    growth: Decimal


class Projection(Struct, frozen=True):
    """`first` is the first year's dataset: what the others are projected from; `replaced` are the
    rates of INSEE (%), by year, that the supposed one stands in the place of."""

    asked: ProjectionAsked
    revenues: tuple[Revenue, ...]
    first: ProjectedYear
    replaced: Mapping[int, Decimal]
    warnings: tuple[Problem, ...]


def project_years(root: Path, asked: ProjectionAsked) -> Projection:
    """Raises UnusableData where a year has no rate, or one of its communes no price."""
    workspace, warnings = gather(root)
    tariffs, index = workspace.tariffs, workspace.index
    replaced: dict[int, Decimal] = {}
    if asked.rate is not None:
        rule, years = (
            tariffs.indexation,
            range(max(tariffs.grids, default=0) + 1, asked.years[-1] + 1),
        )
        known = {year: index.rate(rule.rate, december_before(year), rule.series) for year in years}
        replaced = {
            year: rate.value
            for year, rate in known.items()
            if rate is not None and year >= asked.years[0]
        }
        index = supposing(index, rule.series, years, asked.rate, since=asked.years[0])
    found = project(workspace.communes, tariffs, index, asked.years, asked.growth)
    if isinstance(found, Problem):
        raise UnusableData([without_rate(found)])
    problems = [p for item in found for p in checked(workspace, item.any)]
    problems += rates_that_fail(workspace, index, found[-1].any)
    problems += left_behind(workspace, found[-1].any)
    problems += [p for item in found for p in falling_fees(item.any.grid, item.any.tariffs)]
    errors = [p for p in problems if p.severity is Severity.ERROR]
    if errors:
        raise UnusableData(in_order(errors))
    return Projection(
        asked, tuple(revenues(found)), found[0], replaced, tuple(in_order([*warnings, *problems]))
    )
