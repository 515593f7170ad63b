"""Whether rates are INSEE's, agree with their indices, and give the grids that say so."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from made import codes, grid, tariffs, workspace

from mutualis.domain.checks.lists import check_chain
from mutualis.domain.checks.rates import (
    computed_in_words,
    index_holds,
    indexed_grid_holds,
    kinds_are_indexed,
    rate_is_published,
    rates_agree,
)
from mutualis.domain.indexation.cpi import COMPUTED, IndexPoint, PriceIndex
from mutualis.domain.indexation.indexation import IndexationPlan, index_grid
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


def point(
    year: int, index: str, rate: str | None = None, series: str = "011814630", base: str = "2025"
) -> IndexPoint:
    value = None if rate is None else Decimal(rate)
    place = Source("data/cpi.csv", year)
    return IndexPoint(f"{year}-12", series, base, Decimal(index), value, "exemple", place)


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ([point(2024, "100"), point(2025, "101", "1.0")], []),
        ([point(2024, "100"), point(2025, "101", "1.1")], []),  # 0,1 point away
        ([point(2024, "100"), point(2025, "101", "0.9")], []),
        ([point(2024, "100"), point(2025, "101.001", "0.9")], ["I11"]),
        ([point(2024, "100"), point(2025, "101", "1.2")], ["I11"]),
        ([point(2025, "101", "5.0")], []),  # nothing to compare it with
        ([point(2025, "101", "1.05")], ["I15"]),
        ([point(2025, "101")], []),
        ([point(2025, "101", "1.0", series="999")], ["I12"]),
        ([point(2025, "101", "1.0", series="ensemble", base="2005")], []),
        ([point(2025, "101", "1.0", base="2015")], ["I16"]),
    ],
)
def test_a_rate_beside_its_indices(points: list[IndexPoint], found: list[str]) -> None:
    assert codes(rates_agree(workspace(index=PriceIndex.of(points)))) == found


def test_a_rate_that_no_base_agrees_with_is_told_once() -> None:
    points = [
        point(year, index, rate, series, base)
        for series, base in (("011814630", "2025"), ("001759970", "2015"))
        for year, index, rate in (
            (2024, "100", None),
            (2025, "105", "1.0" if base == "2025" else None),
        )
    ]
    assert codes(rates_agree(workspace(index=PriceIndex.of(points)))) == ["I11"]


def test_one_month_alone() -> None:
    index = PriceIndex.of([point(2024, "101", "1.05"), point(2025, "102.06", "1.05")])
    assert [p.source.line for p in index_holds(index, "2025-12")] == [2025]
    assert codes(index_holds(index)) == ["I15", "I15"]


def test_a_computed_rate_is_told_with_two_decimals() -> None:
    rate = PriceIndex.of([point(2024, "99.17"), point(2025, "99.95")]).computed(
        "2025-12", "ensemble"
    )
    assert rate is not None
    assert computed_in_words(rate).replace("\u00a0", " ") == "0,79 %"


# --- grids ------------------------------------------------------------------------------------

INDEX = PriceIndex.of([point(2024, "100"), point(2025, "101", "0.9")])
QUOTED = Level("3", "exemple", half_day={"A": Decimal(1000)})


def indexed(rule: IndexationRule | None = None) -> Workspace:
    """The grid of 2026 from that of 2025, by the index."""
    own = tariffs(grid(QUOTED), indexation=rule or IndexationRule(base_year=2025))
    plan = index_grid(own, INDEX, 2026, own.indexation)
    assert isinstance(plan, IndexationPlan)
    return workspace(tariffs=replace(own, grids={**own.grids, 2026: plan.grid}), index=INDEX)


def holds(made: Workspace) -> list[str]:
    return codes(indexed_grid_holds(made, made.tariffs.grids[2026]))


def changed(made: Workspace, change: Callable[[Grid], Grid]) -> Workspace:
    grids = made.tariffs.grids
    own = {**grids, 2026: change(grids[2026])}
    return replace(made, tariffs=replace(made.tariffs, grids=own))


def dearer(one: Grid) -> Grid:
    return replace(one, levels={"3": replace(QUOTED, half_day={"A": Decimal(1010)})})


def without(one: Grid) -> Grid:
    return replace(one, levels={"3": replace(QUOTED, half_day={})})


def at_another_rate(one: Grid) -> Grid:
    assert one.indexed_from is not None
    return replace(one, indexed_from=replace(one.indexed_from, rate=Decimal("0.8")))


def by_hand(one: Grid) -> Grid:
    assert one.indexed_from is not None
    return replace(one, indexed_from=replace(one.indexed_from, rule=None))


def test_an_indexed_grid_is_its_own_computation() -> None:
    made = indexed()
    assert holds(made) == []
    assert holds(changed(made, dearer)) == ["I09"]
    assert holds(changed(made, without)) == ["I09"]
    assert holds(changed(made, at_another_rate)) == ["I08"]
    assert holds(changed(made, by_hand)) == []
    assert holds(changed(made, lambda one: replace(one, indexed_from=None))) == []
    assert holds(replace(made, index=PriceIndex())) == ["I01"]
    alone = replace(made, tariffs=made.tariffs.only(2026))
    assert holds(alone) == ["I04"]
    computed = indexed(IndexationRule(base_year=2025, rate="computed"))
    assert holds(computed) == []


@pytest.mark.parametrize(("base", "found"), [(2025, ["I09"]), (2026, []), (2027, [])])
def test_a_grid_written_by_hand_is_a_starting_point_up_to_the_base_year(
    base: int, found: list[str]
) -> None:
    made = changed(changed(indexed(), dearer), by_hand)
    rule = replace(made.tariffs.indexation, base_year=base)
    assert holds(replace(made, tariffs=replace(made.tariffs, indexation=rule))) == found


@pytest.mark.parametrize(("year", "found"), [(2026, []), (2027, ["I09"])])
def test_the_grids_that_an_indexation_builds_upon(year: int, found: list[str]) -> None:
    assert codes(check_chain(changed(indexed(), dearer), year)) == found


def test_a_rate_that_nobody_published() -> None:
    made = indexed()
    told = replace(INDEX.points[1], origin=f"INSEE, {COMPUTED}")
    own = replace(made, index=PriceIndex.of([INDEX.points[0], told]))
    assert codes(rate_is_published(made, made.tariffs.grids[2026])) == []
    assert codes(rate_is_published(own, own.tariffs.grids[2026])) == ["I14"]
    assert codes(rate_is_published(own, own.tariffs.grids[2025])) == []
    by_setting = changed(own, by_hand)
    assert codes(rate_is_published(by_setting, by_setting.tariffs.grids[2026])) == ["I14"]
    computed = indexed(IndexationRule(base_year=2025, rate="computed"))
    assert codes(rate_is_published(computed, computed.tariffs.grids[2026])) == []
    lost = replace(own, index=PriceIndex())
    assert codes(rate_is_published(lost, lost.tariffs.grids[2026])) == []


def test_the_kinds_that_the_next_indexation_leaves_behind() -> None:
    """Of the last grid alone."""
    fixed = grid(Level("2B", "exemple", brackets=(Bracket(None, fixed=Decimal(10)),)), year=2026)
    last = workspace(tariffs=tariffs(grid(), fixed))
    assert codes(kinds_are_indexed(last)) == ["I17"]
    assert codes(kinds_are_indexed(workspace(tariffs=tariffs(grid(year=2027), fixed)))) == []
    assert codes(kinds_are_indexed(workspace(tariffs=replace(tariffs(), grids={})))) == []
