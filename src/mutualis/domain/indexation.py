"""From one year's grid to the next: every indexable amount times (1 + the year's rate).

The rule leaves room for several readings (ADR 0002); the one in force is a setting, and the
others are computed beside it so that they can be seen before the council votes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mutualis.domain.cpi import PriceIndex, Rate, december_before
from mutualis.domain.money import EXACT, round_half_up
from mutualis.domain.problems import Problem, Source
from mutualis.domain.tariffs import (
    DEFAULT_ROUNDING,
    TO_FILL_IN,
    Grid,
    IndexationRule,
    IndexedFrom,
    Price,
    Status,
    Tariffs,
)

RATES_ALONE = ("per_inhabitant",)


@dataclass(frozen=True, slots=True)
class IndexedAmount:
    """One amount: `before` in last year's grid, `exact` unrounded, `after` in the new grid.

    `variants` gives what each other reading of the rule would give, by its name.
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
        return round_half_up(EXACT.multiply(ratio, Decimal(100)), Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class IndexationPlan:
    """The grid to write, how it was obtained, and the other readings of the rule."""

    before: Grid
    grid: Grid
    rate: Rate
    amounts: tuple[IndexedAmount, ...]


def plan_indexation(tariffs: Tariffs, index: PriceIndex, year: int) -> IndexationPlan | Problem:
    """The grid of `year`, projected, from that of the year before (which must exist)."""
    previous = tariffs.grids[year - 1]
    rule = tariffs.indexation
    month = december_before(year)
    rate = index.rate(rule.rate, month, rule.series)
    if rate is None:
        return missing_december(tariffs, index, year)
    exact = _exact_amounts(tariffs, rule, year, rate)
    if isinstance(exact, Problem):
        return exact
    variants = _variants(tariffs, index, year, rule)
    amounts = tuple(
        IndexedAmount(
            price=price,
            before=price.value,
            exact=exact[price.key],
            after=_rounded(rule, price, exact[price.key]),
            variants={name: column.get(price.key) for name, column in variants.items()},
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
        indexed_from=IndexedFrom(year - 1, month, rate.value, rule.series),
    )
    return IndexationPlan(previous, grid, rate, amounts)


def missing_december(tariffs: Tariffs, index: PriceIndex, year: int) -> Problem:
    """The problem of a grid whose December rate is not known: I01, or I02 when computed."""
    rule = tariffs.indexation
    month = december_before(year)
    facts = {"month": month, "year": str(year), "series": rule.series, "before": f"{year - 2}-12"}
    if rule.rate == "computed" and index.of_month(month, rule.series):
        return Problem("I02", Source("data/cpi.csv"), facts)
    return Problem("I01", Source("data/cpi.csv"), facts)


def _factor(rule: IndexationRule, rate: Decimal) -> Decimal:
    if rule.never_decrease and rate < 0:
        return Decimal(1)
    return 1 + EXACT.divide(rate, Decimal(100))


def _exact_amounts(
    tariffs: Tariffs, rule: IndexationRule, year: int, rate: Rate
) -> dict[str, Decimal] | Problem:
    """The unrounded amounts of `year`, by key.

    "published" indexes last year's rounded amounts; "exact" the amounts of the grid of
    `base_year`, times every recorded rate since.
    """
    previous = tariffs.grids[year - 1]
    factor = _factor(rule, rate.value)
    if rule.chain == "published":
        start: Mapping[str, Decimal] = {price.key: price.value for price in previous.prices()}
    else:
        base = tariffs.grids.get(rule.base_year)
        if base is None or rule.base_year >= year:
            facts = {"base_year": str(rule.base_year), "year": str(year), "last": str(year - 1)}
            return Problem("I05", tariffs.source("indexation.base_year"), facts)
        start = {price.key: price.value for price in base.prices()}
        for between in range(rule.base_year + 1, year):
            grid = tariffs.grids.get(between)
            if grid is None or grid.indexed_from is None:
                facts = {"base_year": str(rule.base_year), "year": str(between)}
                return Problem("I06", tariffs.grid_source(between), facts)
            factor = EXACT.multiply(factor, _factor(rule, grid.indexed_from.rate))
        missing = [price for price in previous.prices() if price.key not in start]
        if missing:
            facts = {
                "label": missing[0].label,
                "base_year": str(rule.base_year),
                "last": str(year - 1),
            }
            return Problem("I07", tariffs.grid_source(year - 1, missing[0].key), facts)
    return {
        price.key: EXACT.multiply(start[price.key], factor)
        if price.kind in rule.indexed
        else price.value
        for price in previous.prices()
    }


def _rounded(rule: IndexationRule, price: Price, exact: Decimal) -> Decimal:
    if price.kind not in rule.indexed:
        return exact
    step = rule.rounding.get(price.kind, DEFAULT_ROUNDING[price.kind])
    return round_half_up(exact, step)


def _variants(
    tariffs: Tariffs, index: PriceIndex, year: int, rule: IndexationRule
) -> dict[str, dict[str, Decimal]]:
    """The new amounts under each reading of the rule, by reading then by key.

    A reading whose rate is not in the file has an empty column.
    """
    readings = {
        f"{kind}/{chain}": replace(rule, rate=kind, chain=chain)
        for kind in ("published", "computed")
        for chain in ("exact", "published")
    }
    readings["rates_alone"] = replace(rule, indexed=RATES_ALONE)
    readings["hors_tabac"] = replace(rule, series="hors_tabac")
    return {name: _reading(tariffs, index, year, reading) for name, reading in readings.items()}


def _reading(
    tariffs: Tariffs, index: PriceIndex, year: int, rule: IndexationRule
) -> dict[str, Decimal]:
    rate = index.rate(rule.rate, december_before(year), rule.series)
    if rate is None:
        return {}
    exact = _exact_amounts(tariffs, rule, year, rate)
    if isinstance(exact, Problem):
        return {}
    return {p.key: _rounded(rule, p, exact[p.key]) for p in tariffs.grids[year - 1].prices()}
