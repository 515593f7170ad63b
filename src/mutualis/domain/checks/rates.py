"""Checks of the year-on-year rates: each agrees with its indices, was really published, and gives
the grid that comes from it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from mutualis.domain.french import checks as words
from mutualis.domain.french.typography import euros, percent
from mutualis.domain.indexation.cpi import BASE_OF, SERIES, TENTH, PriceIndex, Rate, is_computed
from mutualis.domain.indexation.indexation import index_grid, left_behind, rate_again
from mutualis.domain.money import round_fraction
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

# More than what rounded indices can take their ratio away from the published rate.
MOST_GAP = Decimal("0.1")


def rates_agree(workspace: Workspace) -> Iterator[Problem]:
    """Each rate is one that INSEE publishes, within 0.1 of what the indices of each base give."""
    yield from index_holds(workspace.index)


def index_holds(index: PriceIndex, month: str | None = None) -> Iterator[Problem]:
    """The same of an index, whole or of one month: what its grid comes from must hold."""
    for point in index.points:
        if month not in (None, point.month):
            continue
        if point.series is None:
            yield Problem(
                "I12", point.source, {"series": point.series_id, "known": ", ".join(SERIES)}
            )
            continue
        base = BASE_OF.get(point.series_id, point.base)
        if base != point.base:
            facts = {"series": point.series_id, "base": base, "given": point.base}
            yield Problem("I16", point.source, facts)
        if point.rate is None:
            continue
        facts = {"month": point.month, "rate": percent(point.rate)}
        if point.rate % TENTH:
            yield Problem("I15", point.source, facts)
        for base, computed in index.ratios(point.month, point.series):
            if contradicts(computed, point.rate):
                own = {
                    "before": f"{int(point.month[:4]) - 1}{point.month[4:]}",
                    "computed": computed_in_words(computed),
                    "base": base,
                }
                yield Problem("I11", point.source, facts | own)
                break


def contradicts(computed: Rate, rate: Decimal) -> bool:
    """Whether a rate (%) is more than 0.1 point away from what its own two indices give."""
    return abs((computed.factor - 1) * 100 - Fraction(rate)) > Fraction(MOST_GAP)


def computed_in_words(computed: Rate) -> str:
    """What two indices give, with a decimal more than INSEE's: « 0,79 % »."""
    return percent(round_fraction((computed.factor - 1) * 100))


def rate_is_published(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """The published rate that a grid comes from was really published, not computed by `import`."""
    indexed = grid.indexed_from
    if indexed is None or (indexed.rule or workspace.tariffs.indexation).rate != "published":
        return
    rate = workspace.index.published(indexed.month, indexed.series)
    if rate is not None and is_computed(rate.origin):
        yield computed_rate(rate, grid.year)


def indexed_grid_holds(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """An indexed grid has its December, and equals its recomputation by its own rule.

    A grid that does not say its rule takes the settings; that of `base_year` is then a starting
    point, not a result.
    """
    indexed, tariffs = grid.indexed_from, workspace.tariffs
    if indexed is None or (indexed.rule is None and grid.year <= tariffs.indexation.base_year):
        return
    if grid.year - 1 not in tariffs.grids:
        facts = {"year": str(grid.year), "before": str(grid.year - 1)}
        yield Problem("I04", tariffs.grid_source(grid.year), facts)
        return
    rule = indexed.rule or replace(tariffs.indexation, series=indexed.series)
    rate = rate_again(workspace.index, indexed, rule)
    plan = index_grid(tariffs, workspace.index, grid.year, rule, rate)
    if isinstance(plan, Problem):
        yield plan
        return
    if (indexed.rate, indexed.indices) != (plan.rate.value, plan.rate.indices):
        facts = {
            "year": str(grid.year),
            "recorded": percent(indexed.rate),
            "rate": words.rate_of(plan.rate.value, plan.rate.month, str(plan.rate.source)),
        }
        yield Problem("I08", tariffs.grid_source(grid.year, "indexation.rate"), facts)
        return
    written = {price.key: price for price in grid.prices()}
    for amount in plan.amounts:
        price = written.get(amount.price.key)
        if price is None or price.value != amount.after:
            facts = {
                "year": str(grid.year),
                "label": amount.price.label,
                "written": words.NO_AMOUNT if price is None else euros(price.value),
                "expected": euros(amount.after),
            }
            yield Problem("I09", tariffs.grid_source(grid.year, amount.price.key), facts)


def kinds_are_indexed(workspace: Workspace) -> Iterator[Problem]:
    """The last grid has no kind of amount that the next indexation would leave behind."""
    tariffs = workspace.tariffs
    if tariffs.grids:
        yield from kinds_left_behind(tariffs, tariffs.grids[max(tariffs.grids)])


def kinds_left_behind(tariffs: Tariffs, grid: Grid) -> Iterator[Problem]:
    """I17: the kinds of amounts of a grid that are not in `indexed`."""
    kinds = left_behind(grid, tariffs.indexation)
    if kinds:
        facts = {
            "year": str(grid.year),
            "kinds": words.kinds_of_prices(kinds),
            "keys": words.keys_of_prices(kinds),
        }
        yield Problem("I17", tariffs.source("indexation.indexed"), facts)


def computed_rate(rate: Rate, year: int) -> Problem:
    """I14: a rate that stands for the published one until somebody has checked it."""
    facts = {"month": rate.month, "rate": percent(rate.value), "year": str(year)}
    return Problem("I14", rate.source, facts)
