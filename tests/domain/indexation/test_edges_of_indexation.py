"""Which grid a chain begins with, which rate each reading takes, which base is read first."""

from decimal import Decimal
from fractions import Fraction

import pytest
from made import grid, tariffs

from mutualis.domain.indexation.cpi import IndexPoint, PriceIndex, Rate, december_before
from mutualis.domain.indexation.indexation import (
    IndexationPlan,
    IndexedAmount,
    index_grid,
    left_behind,
    plan_indexation,
    rate_again,
)
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Bracket, IndexationRule, IndexedFrom, Level, Price, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace

HERE = Source("data/cpi.csv")
ALL, NO_TOBACCO = "011814630", "011814056"
A_THOUSAND = Level("3", "exemple", half_day={"A": Decimal(1000)})


def point(
    year: int, index: str, rate: str | None = None, series: str = ALL, base: str = "2025"
) -> IndexPoint:
    value = None if rate is None else Decimal(rate)
    return IndexPoint(f"{year}-12", series, base, Decimal(index), value, "exemple", HERE)


# INSEE says +0,8 % for the end of 2025, its indices give +1 %; without tobacco, +2,1 % and +2 %.
INDEX = PriceIndex.of(
    [
        point(2024, "100"),
        point(2025, "101", "0.8"),
        point(2026, "102.01", "0.8"),
        point(2024, "100", series=NO_TOBACCO),
        point(2025, "102", "2.1", series=NO_TOBACCO),
        point(2026, "104.04", "2.0", series=NO_TOBACCO),
    ]
)


def since_2025(**rule: object) -> Tariffs:
    """1 000 € in 2025, indexed by 0,8 % as published in 2026: 1 008 €."""
    own = IndexationRule(**{"base_year": 2025, **rule})  # type: ignore[arg-type]
    first = tariffs(grid(A_THOUSAND), indexation=own)
    plan = index_grid(first, INDEX, 2026, replace(own, rate="published"))
    assert isinstance(plan, IndexationPlan)
    return replace(first, grids={**first.grids, 2026: replace(plan.grid, status=Status.VOTED)})


def after(found: IndexationPlan | Problem) -> Decimal:
    assert isinstance(found, IndexationPlan)
    (amount,) = found.amounts
    return amount.after


@pytest.mark.parametrize(
    ("reading", "amount"),
    [
        ({}, "1016"),  # 1000 x 1,008 x 1,008 = 1016,064
        ({"chain": "published"}, "1016"),  # 1008 x 1,008 = 1016,064
        ({"rate": "computed"}, "1020"),  # 1000 x 1,01 x 1,01 = 1020,1: the recorded rate is not it
        ({"rate": "computed", "chain": "published"}, "1018"),  # 1008 x 1,01 = 1018,08
        ({"series": "hors_tabac"}, "1041"),  # 1000 x 1,021 x 1,02 = 1041,42
        ({"series": "hors_tabac", "chain": "published"}, "1028"),  # 1008 x 1,02 = 1028,16
    ],
)
def test_a_reading_takes_the_recorded_rate_only_where_it_is_its_own(
    reading: dict[str, str], amount: str
) -> None:
    own = since_2025()
    rule = replace(own.indexation, **reading)  # type: ignore[arg-type]
    assert after(index_grid(own, INDEX, 2027, rule)) == Decimal(amount)


def test_the_readings_side_by_side() -> None:
    """What `rates_alone` leaves out stays at 1 008 €, the amount of the year before."""
    plan = plan_indexation(since_2025(), INDEX, 2027)
    assert isinstance(plan, IndexationPlan)
    assert plan.amounts[0].variants == {
        "published/exact": 1016,
        "published/published": 1016,
        "computed/exact": 1020,
        "computed/published": 1018,
        "rates_alone": 1008,
        "hors_tabac": 1041,
    }


def test_a_recorded_rate_outlives_its_figure() -> None:
    """The file has lost December 2025: its grid has kept the rate; another reading has not."""
    own, index = since_2025(), PriceIndex.of([point(2026, "102.01", "0.8")])
    assert after(index_grid(own, index, 2027, own.indexation)) == Decimal(1016)
    plan = plan_indexation(own, index, 2027)
    assert isinstance(plan, IndexationPlan)
    assert plan.amounts[0].variants["computed/exact"] is None
    lost = index_grid(own, index, 2027, replace(own.indexation, rate="computed"))
    assert isinstance(lost, Problem)
    assert lost.code == "I02"


@pytest.mark.parametrize(
    ("base", "code"),
    [(2024, "I05"), (2025, ""), (2026, ""), (2027, "I05"), (2028, "I05")],
)
def test_a_chain_begins_with_a_grid_before_the_year(base: int, code: str) -> None:
    """There are grids from 2025 to 2028; that of 2027 is computed again."""
    own = since_2025()
    more = {year: replace(own.grids[2026], year=year) for year in (2027, 2028)}
    own = replace(own, grids={**own.grids, **more})
    found = index_grid(own, INDEX, 2027, replace(own.indexation, base_year=base))
    assert (found.code if isinstance(found, Problem) else "") == code


def facts(found: IndexationPlan | Problem) -> dict[str, str]:
    assert isinstance(found, Problem)
    return {**found.facts, "at": str(found.source)}


def test_what_a_problem_says() -> None:
    """Its facts, whole, and its place."""
    places = {
        "indexation.base_year": Source("t.toml", 3),
        "grids.2026": Source("t.toml", 8),
        "grids.2026.levels.3.half_day.B": Source("t.toml", 9),
    }
    own = replace(since_2025(), sources=places)
    late = replace(own.indexation, base_year=2027)
    years = {"base_year": "2027", "year": "2027", "last": "2026", "at": "t.toml:3"}
    assert facts(index_grid(own, INDEX, 2027, late)) == years
    two = replace(A_THOUSAND, half_day={"A": Decimal(1008), "B": Decimal(500)})
    grids = {**own.grids, 2026: replace(own.grids[2026], levels={"3": two})}
    assert facts(index_grid(replace(own, grids=grids), INDEX, 2027, own.indexation)) == {
        "label": "3, demi-journée B",
        "base_year": "2025",
        "last": "2026",
        "at": "t.toml:9",
    }
    grids = {**own.grids, 2026: replace(own.grids[2026], indexed_from=None)}
    assert facts(index_grid(replace(own, grids=grids), INDEX, 2027, own.indexation)) == {
        "base_year": "2025",
        "year": "2026",
        "at": "t.toml:8",
    }
    none = index_grid(own, PriceIndex(), 2027, own.indexation)
    assert facts(none) == {
        "month": "2026-12",
        "year": "2027",
        "series": "ensemble",
        "before": "2025-12",
        "at": "data/cpi.csv",
    }


def test_an_earlier_december_that_a_reading_lacks() -> None:
    """Those of 2025 and 2026 give the rate of 2027; that of 2026 asks for 2024."""
    index = PriceIndex.of([point(2025, "101", "0.8"), point(2026, "102.01", "0.8")])
    own = since_2025()
    found = index_grid(own, index, 2027, replace(own.indexation, rate="computed"))
    assert isinstance(found, Problem)
    assert found.code == "I02"
    said = {"month": "2025-12", "year": "2026", "series": "ensemble", "before": "2024-12"}
    assert found.facts == said


def test_where_a_rate_comes_from() -> None:
    published, computed = (
        INDEX.rate(kind, "2025-12", "ensemble") for kind in ("published", "computed")
    )
    place = Source("data/cpi.csv")
    assert published == Rate(Decimal("0.8"), "2025-12", "ensemble", place, "exemple")
    figures = (Decimal(100), Decimal(101))
    assert computed == Rate(Decimal(1), "2025-12", "ensemble", place, "", figures)
    assert published is not None
    assert computed is not None
    assert published.origin == "exemple"
    assert computed.origin == "indices 2024-12 et 2025-12, base 2025"
    small = PriceIndex.of([point(2024, "0.5"), point(2025, "1")]).computed("2025-12", "ensemble")
    assert small is not None
    assert small.factor == 2


def test_what_a_new_grid_says_of_itself() -> None:
    voted = replace(grid(A_THOUSAND), act_url="https://exemple", checked_on="2025-01-01")
    own = tariffs(voted, indexation=IndexationRule(base_year=2025))
    plan = plan_indexation(own, INDEX, 2026)
    assert isinstance(plan, IndexationPlan)
    assert plan.before == voted
    made = plan.grid
    assert (made.year, made.status, made.act) == (2026, Status.PROJECTED, "à compléter")
    assert (made.act_url, made.checked_on) == ("", "")
    said = IndexedFrom(2025, "2025-12", Decimal("0.8"), "ensemble", own.indexation)
    assert made.indexed_from == said
    (amount,) = plan.amounts
    assert [amount.before, amount.exact, amount.after] == [1000, 1008, 1008]
    assert (amount.price.key, amount.price.value) == ("levels.3.half_day.A", Decimal(1000))


def test_what_is_not_indexed_stays_as_it_was() -> None:
    own = tariffs(grid(A_THOUSAND), indexation=IndexationRule(base_year=2025, indexed=("cap",)))
    plan = index_grid(own, INDEX, 2026, own.indexation)
    assert isinstance(plan, IndexationPlan)
    (amount,) = plan.amounts
    assert [amount.before, amount.exact, amount.after] == [1000, 1000, 1000]


def test_a_rate_that_is_given_is_the_one_taken() -> None:
    """That of 2026 (+0,8 % published) in the place of none for 2026's own month."""
    own = tariffs(grid(A_THOUSAND), indexation=IndexationRule(base_year=2025))
    rate = PriceIndex.of([point(2025, "100", "5.0")]).published("2025-12", "ensemble")
    assert rate is not None
    for plan in (
        plan_indexation(own, INDEX, 2026, rate),
        plan_indexation(own, PriceIndex(), 2026, rate),
        index_grid(own, INDEX, 2026, own.indexation, rate),
    ):
        assert after(plan) == 1050


def test_a_rate_of_an_older_grid_has_no_indices() -> None:
    rule = IndexationRule(base_year=2025, rate="computed")
    origin = IndexedFrom(2025, "2025-12", Decimal("1.0"), "ensemble", rule)
    found = rate_again(INDEX, origin, rule)
    assert found is not None
    assert (found.value, found.indices, found.factor) == (Decimal("1.0"), (), Fraction(101, 100))


def test_the_base_year_does_not_matter_to_the_chain_of_published_amounts() -> None:
    own = since_2025(base_year=2030, chain="published")
    assert after(index_grid(own, INDEX, 2027, own.indexation)) == Decimal(1016)


def test_a_chain_stops_at_a_grid_that_does_not_say_its_rate() -> None:
    own = since_2025()
    grids = {**own.grids, 2026: replace(own.grids[2026], indexed_from=None)}
    found = index_grid(replace(own, grids=grids), INDEX, 2027, own.indexation)
    assert isinstance(found, Problem)
    assert (found.code, found.facts["year"]) == ("I06", "2026")


def test_a_price_made_since_the_base_year_has_no_chain() -> None:
    own = since_2025()
    two = replace(A_THOUSAND, half_day={"A": Decimal(1008), "B": Decimal(500)})
    grids = {**own.grids, 2026: replace(own.grids[2026], levels={"3": two})}
    found = index_grid(replace(own, grids=grids), INDEX, 2027, own.indexation)
    assert isinstance(found, Problem)
    assert found.code == "I07"
    kept = replace(own.indexation, chain="published")
    assert isinstance(index_grid(replace(own, grids=grids), INDEX, 2027, kept), IndexationPlan)


@pytest.mark.parametrize(
    ("rate", "never_decrease", "amount"),
    [
        ("0.1", True, "1001"),
        ("0.0", True, "1000"),
        ("-0.1", True, "1000"),
        ("-0.1", False, "999"),
        ("0.0", False, "1000"),
    ],
)
def test_a_fall_of_the_index(rate: str, never_decrease: bool, amount: str) -> None:
    own = tariffs(
        grid(A_THOUSAND), indexation=IndexationRule(base_year=2025, never_decrease=never_decrease)
    )
    index = PriceIndex.of([point(2025, "100", rate)])
    plan = index_grid(own, index, 2026, own.indexation)
    assert after(plan) == Decimal(amount)
    assert isinstance(plan, IndexationPlan)
    assert plan.applied == (Decimal(amount) - 1000) / 10
    assert plan.grid.indexed_from is not None
    assert plan.grid.indexed_from.rate == Decimal(rate)


@pytest.mark.parametrize(
    ("rate", "points", "code"),
    [
        ("published", [], "I01"),
        ("published", [point(2024, "100"), point(2025, "101")], "I01"),
        ("computed", [], "I01"),
        ("computed", [point(2025, "101")], "I02"),
        ("computed", [point(2024, "100"), point(2025, "101", base="2015")], "I02"),
        ("computed", [point(2024, "0"), point(2025, "101")], "I02"),
    ],
)
def test_a_december_that_is_missing(rate: str, points: list[IndexPoint], code: str) -> None:
    own = tariffs(grid(A_THOUSAND), indexation=IndexationRule(base_year=2025, rate=rate))
    found = plan_indexation(own, PriceIndex.of(points), 2026)
    assert isinstance(found, Problem)
    assert found.code == code


# --- the index --------------------------------------------------------------------------------


def test_the_newest_base_is_read_first() -> None:
    """Whatever the order of the file; an older one serves where the newest lacks a figure."""
    old = [point(2024, "200", base="2015"), point(2025, "206", "3.0", base="2015")]
    new = [point(2024, "100"), point(2025, "101", "1.0")]
    for points in ([*old, *new], [*new, *old]):
        index = PriceIndex.of(points)
        assert [p.base for p in index.of_month("2025-12", "ensemble")] == ["2025", "2015"]
        published, computed = (
            index.rate(kind, "2025-12", "ensemble") for kind in ("published", "computed")
        )
        assert published is not None
        assert computed is not None
        assert (published.value, computed.factor) == (Decimal(1), Fraction(101, 100))
        assert published.factor == Fraction(101, 100)
        older = index.computed("2025-12", "ensemble", "2015")
        assert older is not None
        assert older.factor == Fraction(103, 100)
        assert index.computed("2025-12", "ensemble", "2005") is None
    index = PriceIndex.of([*old, replace(new[1], rate=None)])
    published, computed = (
        index.published("2025-12", "ensemble"),
        index.computed("2025-12", "ensemble"),
    )
    assert published is not None
    assert computed is not None
    assert (published.value, computed.factor) == (Decimal(3), Fraction(103, 100))


def test_a_series_that_is_not_known_is_of_no_series() -> None:
    index = PriceIndex.of([point(2025, "101", "1.0", series="999")])
    assert index.published("2025-12", "ensemble") is None
    assert index.of_month("2025-11", "ensemble") == []


@pytest.mark.parametrize(
    ("before", "now", "tenth", "value"),
    [
        ("100", "100.05", "0.1", "0.05"),
        ("100", "100.049", "0.0", "0.049"),
        ("100", "99.95", "-0.1", "-0.05"),
        ("3", "4", "33.3", "33.333333"),
        ("100", "100", "0.0", "0"),
    ],
)
def test_a_computed_rate_to_the_tenth(before: str, now: str, tenth: str, value: str) -> None:
    index = PriceIndex.of([point(2024, before), point(2025, now)])
    rate = index.computed("2025-12", "ensemble")
    assert rate is not None
    assert (rate.to_tenth, rate.value) == (Decimal(tenth), Decimal(value))


@pytest.mark.parametrize(("year", "month"), [(2026, "2025-12"), (2000, "1999-12")])
def test_the_month_that_indexes_a_year(year: int, month: str) -> None:
    assert december_before(year) == month


def test_what_an_origin_says() -> None:
    said = replace(point(2025, "101", "1.0"), origin="INSEE, Variation calculee")
    assert said.is_computed
    assert not replace(said, rate=None).is_computed
    assert not point(2025, "101", "1.0").is_computed
    assert replace(said, origin="provisoire").is_provisional
    assert not said.is_provisional


# --- what a plan shows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "variation"),
    [
        ("0", "0", "0"),
        ("0", "5", "0"),
        ("1000", "1008", "0.8"),
        ("1000", "1000.5", "0.1"),
        ("1000", "1000.4", "0"),
        ("1000", "999.5", "-0.1"),
    ],
)
def test_a_variation_in_per_cent(before: str, now: str, variation: str) -> None:
    price = Price("levels.3.half_day.A", "half_day", "3", Decimal(before), category="A")
    amount = IndexedAmount(price, Decimal(before), Decimal(now), Decimal(now))
    assert amount.variation == Decimal(variation)


def test_the_kinds_that_a_rule_leaves_behind() -> None:
    """In file order, those of a price that is not zero."""
    own = grid(
        Level(
            "2B",
            "exemple",
            per_inhabitant=Decimal(3),
            brackets=(Bracket(None, cap=Decimal(9), fixed=Decimal(0), floor=Decimal(1)),),
        ),
        A_THOUSAND,
    )
    rule = IndexationRule(indexed=("per_inhabitant",))
    assert left_behind(own, rule) == ("floor", "cap", "half_day")
    assert left_behind(own, IndexationRule()) == ("floor",)


def test_a_published_rate_is_found_again_as_it_was() -> None:
    origin = IndexedFrom(2025, "2025-12", Decimal("0.8"), "ensemble")
    found = rate_again(INDEX, origin, IndexationRule(base_year=2025))
    assert found is not None
    assert found.value == Decimal("0.8")
