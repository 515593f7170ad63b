"""From one year's grid to the next: every indexable amount times (1 + the year's rate).

The rule leaves room for several readings (ADR 0002); the one in force is a setting, and the
others are computed beside it so that they can be seen before the council votes.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from mutualis.domain.indexation.cpi import PriceIndex, Rate, december_before, factor_of
from mutualis.domain.money import EXACT, decimal_of, round_fraction, round_half_up
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import (
    TO_FILL_IN,
    Grid,
    IndexationRule,
    IndexedFrom,
    Price,
    Status,
)
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, field, replace

RATES_ALONE = ("per_inhabitant",)
HUNDRED = Decimal(100)


class IndexedAmount(Struct, frozen=True):
    """One amount: `before` in last year's grid, `exact` unrounded, `after` in the new grid.

    `exact` is given to the millionth where its decimals have no end.
    `variants` gives what each reading of the rule would give, by its name; None where the file
    lacks a figure.
    """

    price: Price
    before: Decimal
    exact: Decimal
    after: Decimal
    variants: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def variation(self) -> Decimal:
        """From `before` to `after`, in per cent, one decimal."""
        if not self.before:
            return Decimal(0)
        ratio = EXACT.divide(self.after - self.before, self.before)
        return round_half_up(EXACT.multiply(ratio, HUNDRED), Decimal("0.1"))


class IndexationPlan(Struct, frozen=True):
    """The grid to write, how it was obtained, and the other readings of the rule.

    `applied` is the rate (%) that prices took: that of the index, or zero in its place.
    """

    before: Grid
    grid: Grid
    rate: Rate
    applied: Decimal
    amounts: tuple[IndexedAmount, ...]


def plan_indexation(
    tariffs: Tariffs, index: PriceIndex, year: int, rate: Rate | None = None
) -> IndexationPlan | Problem:
    """The grid of `year`, projected, from that of the year before (which must exist); `rate` as
    in `index_grid`."""
    rule = tariffs.indexation
    planned = index_grid(tariffs, index, year, rule, rate)
    if isinstance(planned, Problem):
        return planned
    readings = {
        f"{kind}/{chain}": replace(rule, rate=kind, chain=chain)
        for kind in ("published", "computed")
        for chain in ("exact", "published")
    }
    readings["rates_alone"] = replace(rule, indexed=RATES_ALONE)
    readings["hors_tabac"] = replace(rule, series="hors_tabac")
    columns = {name: _reading(tariffs, index, year, other) for name, other in readings.items()}
    amounts = tuple(
        replace(
            amount,
            variants={name: column.get(amount.price.key) for name, column in columns.items()},
        )
        for amount in planned.amounts
    )
    return replace(planned, amounts=amounts)


def index_grid(
    tariffs: Tariffs,
    index: PriceIndex,
    year: int,
    rule: IndexationRule,
    rate: Rate | None = None,
) -> IndexationPlan | Problem:
    """The grid of `year` by one reading of the rule, without the other readings; `rate` is the
    year's own, where it is not to be looked for."""
    previous = tariffs.grids[year - 1]
    month = december_before(year)
    rate = rate or index.rate(rule.rate, month, rule.series)
    if rate is None:
        return _missing_december(index, year, rule)
    exact = _exact_amounts(tariffs, index, year, rule, rate)
    if isinstance(exact, Problem):
        return exact
    amounts = tuple(
        IndexedAmount(price, price.value, price.value, price.value)
        if price.key not in exact
        else IndexedAmount(
            price,
            price.value,
            decimal_of(exact[price.key]),
            round_fraction(exact[price.key], rule.rounding[price.kind]),
        )
        for price in previous.prices()
    )
    grid = replace(
        previous,
        year=year,
        status=Status.PROJECTED,
        act=TO_FILL_IN,
        act_url="",
        checked_on="",
        levels=previous.with_prices({amount.price.key: amount.after for amount in amounts}),
        indexed_from=IndexedFrom(year - 1, month, rate.value, rule.series, rule, rate.indices),
    )
    return IndexationPlan(previous, grid, rate, rule.applied(rate.value), amounts)


def left_behind(grid: Grid, rule: IndexationRule) -> tuple[str, ...]:
    """The kinds of amounts that a grid uses and the rule does not index, in file order."""
    used = dict.fromkeys(price.kind for price in grid.prices() if price.value)
    return tuple(kind for kind in used if kind not in rule.indexed)


def rate_again(index: PriceIndex, origin: IndexedFrom, rule: IndexationRule) -> Rate | None:
    """The rate that an indexed grid says it comes from where the index still gives it, else the
    one that the index gives now; None where it gives none.

    A computed rate without its indices, as older grids have it, was rounded to 0.1.
    """
    if rule.rate == "computed":
        for _, rate in index.ratios(origin.month, rule.series):
            if rate.indices == origin.indices:
                return rate
            if not origin.indices and rate.to_tenth == origin.rate:
                return replace(rate, value=origin.rate, indices=())
    return index.rate(rule.rate, origin.month, rule.series)


def _missing_december(index: PriceIndex, year: int, rule: IndexationRule) -> Problem:
    """I01, or I02 when the month is there but has no index a year before in its base."""
    month = december_before(year)
    facts = {
        "month": month,
        "year": str(year),
        "series": rule.series,
        "before": december_before(year - 1),
    }
    known = rule.rate == "computed" and index.of_month(month, rule.series)
    return Problem("I02" if known else "I01", Source("data/cpi.csv"), facts)


def _exact_amounts(
    tariffs: Tariffs, index: PriceIndex, year: int, rule: IndexationRule, rate: Rate
) -> dict[str, Fraction] | Problem:
    """The unrounded amounts of `year` of the kinds that are indexed, by key.

    "published" indexes last year's rounded amounts; "exact" the amounts of the grid of
    `base_year`, times every rate since that their kind took.
    """
    previous = tariffs.grids[year - 1]
    first = year - 1 if rule.chain == "published" else rule.base_year
    base = tariffs.grids.get(first)
    if base is None or first >= year:
        facts = {"base_year": str(first), "year": str(year), "last": str(year - 1)}
        return Problem("I05", tariffs.source("indexation.base_year"), facts)
    chains = dict.fromkeys(rule.indexed, _factor(rule, rate.factor))
    for step in range(first + 1, year):
        earlier = _factors_of_year(tariffs, index, step, rule)
        if isinstance(earlier, Problem):
            return earlier
        chains = {kind: factor * earlier.get(kind, 1) for kind, factor in chains.items()}
    start = {price.key: price.value for price in base.prices()}
    indexed = [price for price in previous.prices() if price.kind in chains]
    missing = [price for price in indexed if price.key not in start]
    if missing:
        facts = {"label": missing[0].label, "base_year": str(first), "last": str(year - 1)}
        return Problem("I07", tariffs.grid_source(year - 1, missing[0].key), facts)
    return {price.key: Fraction(start[price.key]) * chains[price.kind] for price in indexed}


def _factors_of_year(
    tariffs: Tariffs, index: PriceIndex, year: int, rule: IndexationRule
) -> Mapping[str, Fraction] | Problem:
    """What each kind of amount that was indexed in an earlier year was multiplied by.

    A year keeps the kinds and the rate recorded with its grid, unless the reading asks for
    another kind of rate or another series than its own. A grid that does not say its rule takes
    today's settings: the check of indexed grids (I09) proves them by its amounts.
    """
    grid = tariffs.grids.get(year)
    if grid is None or grid.indexed_from is None:
        facts = {"base_year": str(rule.base_year), "year": str(year)}
        return Problem("I06", tariffs.grid_source(year), facts)
    origin = grid.indexed_from
    recorded = origin.rule or tariffs.indexation
    if (recorded.rate, origin.series) == (rule.rate, rule.series):
        factor = _factor(recorded, factor_of(origin.rate, origin.indices))
    else:
        rate = index.rate(rule.rate, december_before(year), rule.series)
        if rate is None:
            return _missing_december(index, year, rule)
        factor = _factor(rule, rate.factor)
    return dict.fromkeys(recorded.indexed, factor)


def _factor(rule: IndexationRule, factor: Fraction) -> Fraction:
    """The factor that prices take: one below 1 counts for 1 under never_decrease."""
    return max(factor, Fraction(1)) if rule.never_decrease else factor


def _reading(
    tariffs: Tariffs, index: PriceIndex, year: int, rule: IndexationRule
) -> dict[str, Decimal]:
    """The new amounts under one reading, by key; empty when a figure is not in the file."""
    planned = index_grid(tariffs, index, year, rule)
    if isinstance(planned, Problem):
        return {}
    return {amount.price.key: amount.after for amount in planned.amounts}
