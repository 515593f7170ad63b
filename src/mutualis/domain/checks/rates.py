"""Checks of the year-on-year rates: each agrees with its indices, and was really published."""

from collections.abc import Iterator
from decimal import Decimal

from mutualis.domain.french.typography import percent
from mutualis.domain.indexation.cpi import Rate, is_computed
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace

ROUNDING_GAP = Decimal("0.1")  # what rounded indices can take a rate away from the published one


def rates_agree(workspace: Workspace) -> Iterator[Problem]:
    """Each published rate is within 0.1 of what the indices of its base give."""
    for point in workspace.index.points:
        if point.series is None:
            yield Problem("I12", point.source, {"series": point.series_id})
        if point.series is None or point.rate is None:
            continue
        computed = workspace.index.computed(point.month, point.series, point.base)
        if computed is not None and abs(computed.value - point.rate) > ROUNDING_GAP:
            facts = {
                "month": point.month,
                "before": f"{int(point.month[:4]) - 1}{point.month[4:]}",
                "rate": percent(point.rate),
                "computed": percent(computed.value),
                "base": point.base,
            }
            yield Problem("I11", point.source, facts)


def rate_is_published(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """The published rate that a grid comes from was really published, not computed by `import`."""
    indexed = grid.indexed_from
    if indexed is None or (indexed.rule or workspace.tariffs.indexation).rate != "published":
        return
    rate = workspace.index.published(indexed.month, indexed.series)
    if rate is not None and is_computed(rate.origin):
        yield computed_rate(rate, grid.year)


def computed_rate(rate: Rate, year: int) -> Problem:
    """I14: a rate that stands for the published one until somebody has checked it."""
    facts = {"month": rate.month, "rate": percent(rate.value), "year": str(year)}
    return Problem("I14", rate.source, facts)
