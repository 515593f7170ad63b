"""Each kind of amount has its own chain of rates; a computed rate is unrounded."""

import csv
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TESTS
from mutualis.domain.indexation.cpi import IndexPoint, PriceIndex
from mutualis.domain.indexation.indexation import (
    IndexationPlan,
    index_grid,
    plan_indexation,
    rate_again,
)
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Grid, IndexationRule, IndexedFrom, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

HERE = Source("data/cpi.csv")


def rows(name: str) -> list[dict[str, str]]:
    with (TESTS / "golden" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def december(year: int, rate: str | None = None, index: str = "100") -> IndexPoint:
    value = None if rate is None else Decimal(rate)
    return IndexPoint(f"{year}-12", "011814630", "2025", Decimal(index), value, "exemple", HERE)


def planned(tariffs: Tariffs, index: PriceIndex, year: int, rule: IndexationRule) -> IndexationPlan:
    plan = index_grid(tariffs, index, year, rule)
    assert isinstance(plan, IndexationPlan)
    return plan


def voted(tariffs: Tariffs, grid: Grid) -> Tariffs:
    grid = replace(grid, status=Status.VOTED, act="exemple")
    return replace(tariffs, grids={**tariffs.grids, grid.year: grid})


def test_a_kind_left_out_a_year_keeps_that_year_at_one(shipped: Workspace) -> None:
    golden = rows("indexation_chains.csv")
    tariffs = shipped.tariffs.only(2025)
    for year, group in groupby(golden, key=lambda row: int(row["year"])):
        expected = list(group)
        rule = replace(tariffs.indexation, indexed=tuple(expected[0]["indexed"].split()))
        index = PriceIndex.of([december(year - 1, expected[0]["rate"])])
        plan = planned(tariffs, index, year, rule)
        found = [(a.price.key, a.exact, a.after) for a in plan.amounts]
        assert found == [(r["key"], Decimal(r["exact"]), Decimal(r["after"])) for r in expected]
        tariffs = voted(tariffs, plan.grid)


def test_a_grid_that_does_not_say_its_rule_takes_the_settings(shipped: Workspace) -> None:
    """2026 written by hand, from 2025 at +0.8 %: the kinds of the settings."""
    tariffs = shipped.tariffs.only(2025)
    first = planned(tariffs, PriceIndex.of([december(2025, "0.8")]), 2026, tariffs.indexation)
    origin = IndexedFrom(2025, "2025-12", Decimal("0.8"), "ensemble")
    tariffs = voted(tariffs, replace(first.grid, indexed_from=origin))
    index = PriceIndex.of([december(2026, "1.0")])
    for indexed, cap in ((("cap",), "7175"), (("per_inhabitant",), "7104")):
        rule = replace(tariffs.indexation, indexed=indexed)
        plan = planned(replace(tariffs, indexation=rule), index, 2027, rule)
        amounts = {amount.price.key: amount.after for amount in plan.amounts}
        assert amounts["levels.2B.brackets.0.cap"] == Decimal(cap)


def test_the_readings_of_2026(shipped: Workspace) -> None:
    plan = plan_indexation(shipped.tariffs.only(2025), shipped.index, 2026)
    assert isinstance(plan, IndexationPlan)
    for amount, row in zip(plan.amounts, rows("indexation_readings.csv"), strict=True):
        assert amount.price.key == row["key"]
        own = ("key", "working", "computed_exact")
        expected = {name: Decimal(value) for name, value in row.items() if name not in own}
        assert {name: amount.variants[name] for name in expected} == expected


def test_a_computed_rate_is_the_unrounded_ratio(shipped: Workspace) -> None:
    rule = replace(shipped.tariffs.indexation, rate="computed")
    plan = planned(shipped.tariffs.only(2025), shipped.index, 2026, rule)
    exact = [Decimal(row["computed_exact"]) for row in rows("indexation_readings.csv")]
    assert [amount.exact for amount in plan.amounts] == exact
    origin = plan.grid.indexed_from
    assert origin is not None
    assert origin.indices == (Decimal("99.17"), Decimal("99.95"))
    assert origin.rate == Decimal("0.786528")  # 0.78 / 99.17 = 0.78652818...
    assert plan.rate.factor == Fraction(9995, 9917)
    assert plan.rate.to_tenth == Decimal("0.8")


def test_a_ratio_without_end_still_rounds_its_halves_up() -> None:
    """4.875 x 4 / 3 = 6.5: 1.333... cut anywhere would give 6."""
    level = Level("2A", "exemple", half_day={"A": Decimal("4.875")})
    grid = Grid(2025, Status.VOTED, "exemple", {"2A": level})
    rule = IndexationRule(base_year=2025, rate="computed")
    tariffs = Tariffs("municipale", Decimal(15), "full_year", "refuse", rule, {2025: grid})  # type: ignore[arg-type]
    index = PriceIndex.of([december(2024, index="3"), december(2025, index="4")])
    (amount,) = planned(tariffs, index, 2026, rule).amounts
    assert (amount.exact, amount.after) == (Decimal("6.5"), Decimal(7))


def test_a_chain_of_computed_rates_keeps_its_indices(shipped: Workspace) -> None:
    """7048 x 99.95 / 99.17 x 101 / 99.95 = 7048 x 101 / 99.17 = 7178.06..., with the newer base
    that came since left aside."""
    rule = replace(shipped.tariffs.indexation, rate="computed")
    tariffs = shipped.tariffs.only(2025)
    tariffs = voted(tariffs, planned(tariffs, shipped.index, 2026, rule).grid)
    newer = [
        replace(december(year, index=index), base="2035")
        for year, index in ((2024, "50"), (2025, "50.4"))
    ]
    index = PriceIndex.of([*shipped.index.points, *newer, december(2026, index="101")])
    amounts = {a.price.key: a.exact for a in planned(tariffs, index, 2027, rule).amounts}
    assert amounts["levels.2B.brackets.0.cap"] == Decimal("7178.057880")


@pytest.mark.parametrize(
    ("rate", "indices", "again"),
    [
        ("0.786528", ("99.17", "99.95"), "0.786528"),
        ("0.8", (), "0.8"),  # an older grid: rounded to 0.1
        ("0.7", (), "0.786528"),  # no index gives it: that of the index
        ("0.8", ("99.17", "99.96"), "0.786528"),
    ],
)
def test_a_computed_grid_finds_its_rate_again(
    rate: str, indices: tuple[str, ...], again: str, shipped: Workspace
) -> None:
    rule = replace(shipped.tariffs.indexation, rate="computed")
    figures = tuple(Decimal(figure) for figure in indices)
    origin = IndexedFrom(2025, "2025-12", Decimal(rate), "ensemble", rule, figures)
    found = rate_again(shipped.index, origin, rule)
    assert found is not None
    assert found.value == Decimal(again)


@given(st.lists(st.tuples(st.integers(-20, 90), st.booleans()), min_size=1, max_size=6))
def test_a_chain_is_the_product_of_the_years_it_was_in(years: list[tuple[int, bool]]) -> None:
    """In tenths of a per cent, by whole numbers alone: a cap in `indexed` or not, year by year."""
    level = Level("3", "exemple", half_day={"A": Decimal(1000)})
    grid = Grid(2025, Status.VOTED, "exemple", {"3": level})
    rule = IndexationRule(base_year=2025)
    tariffs = Tariffs("municipale", Decimal(15), "full_year", "refuse", rule, {2025: grid})  # type: ignore[arg-type]
    top, bottom, value = 1000, 1, 1000
    for year, (tenths, is_in) in enumerate(years, start=2026):
        own = replace(rule, indexed=("half_day",) if is_in else ("cap",))
        index = PriceIndex.of([december(year - 1, str(Decimal(tenths) / 10))])
        plan = planned(tariffs, index, year, own)
        if is_in:
            top, bottom = top * (1000 + tenths), bottom * 1000
            value = (2 * top + bottom) // (2 * bottom)
        (amount,) = plan.amounts
        assert amount.after == value
        tariffs = voted(tariffs, plan.grid)
