"""Where a year's grid and rows come from when the files do not have them."""

from datetime import date
from decimal import Decimal

import pytest
from simulated import NOWHERE, YEAR, grid, row, tariffs

from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.indexation.cpi import IndexPoint, PriceIndex
from mutualis.domain.problems.problem import Problem
from mutualis.domain.simulation.dataset import Dataset, dataset_of, with_rows
from mutualis.domain.simulation.rates import supposing
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace

LEVEL = Level("2A", "exemple", per_inhabitant=Decimal(10), brackets=(Bracket(None),))
RULES = tariffs(grid(LEVEL))
COMMUNES = Communes.of([row("25001", "2A", 100)])


def rate_of(year: int, rate: str) -> PriceIndex:
    point = IndexPoint(
        f"{year - 1}-12", "ensemble", "2025", Decimal(99), Decimal(rate), "", NOWHERE
    )
    return PriceIndex.of([point])


def found(
    year: int, index: PriceIndex, rules: Tariffs = RULES, *, again: bool = False
) -> Dataset | Problem:
    return dataset_of(COMMUNES, rules, index, year, again=again)


def price_of(item: Dataset | Problem) -> Decimal | None:
    assert isinstance(item, Dataset)
    return item.grid.levels["2A"].per_inhabitant


def test_a_year_without_a_grid_takes_the_last_one_indexed() -> None:
    """10 x 1.02 = 10.20; the year after, exact since base_year: 10 x 1.02 x 1.01 = 10.302."""
    index = PriceIndex.of([*rate_of(YEAR + 1, "2").points, *rate_of(YEAR + 2, "1").points])
    year = found(YEAR + 2, index)
    assert price_of(year) == Decimal("10.30")
    assert isinstance(year, Dataset)
    assert (year.grid_of, year.rows_of) == (YEAR, YEAR)
    assert year.rates == {YEAR + 1: Decimal(2), YEAR + 2: Decimal(1)}


def test_a_negative_rate_that_counts_for_zero_is_told_as_zero() -> None:
    rules = replace(RULES, indexation=replace(RULES.indexation, never_decrease=True))
    year = found(YEAR + 1, rate_of(YEAR + 1, "-1"), rules)
    assert price_of(year) == Decimal(10)
    assert isinstance(year, Dataset)
    assert year.rates == {YEAR + 1: Decimal(0)}


def test_a_rate_that_nobody_knows_is_not_invented() -> None:
    problem = found(YEAR + 1, PriceIndex())
    assert isinstance(problem, Problem)
    assert problem.code == "I01"


@pytest.mark.parametrize("reading", ["published", "computed"])
def test_a_supposed_rate_is_the_same_under_every_reading(reading: str) -> None:
    """10 x 1.005 = 10.05, whatever INSEE says; where it stands by, INSEE's own is kept."""
    rules = replace(RULES, indexation=replace(RULES.indexation, rate=reading))
    known = rate_of(YEAR + 1, "2")
    supposed = supposing(known, "ensemble", [YEAR + 1], Decimal("0.5"), since=YEAR + 1)
    assert price_of(found(YEAR + 1, supposed, rules)) == Decimal("10.05")
    kept = supposing(known, "ensemble", [YEAR + 1], Decimal("0.5"), since=YEAR + 2)
    assert kept == known


def test_supposed_rates_follow_each_other() -> None:
    index = supposing(PriceIndex(), "ensemble", [YEAR + 1, YEAR + 2], Decimal(10), since=YEAR)
    for reading in ("published", "computed"):
        rules = replace(RULES, indexation=replace(RULES.indexation, rate=reading))
        assert price_of(found(YEAR + 2, index, rules)) == Decimal("12.10")


def test_a_grid_of_the_file_is_indexed_again_on_request() -> None:
    """The year's own 11 stands, unless another index is asked for: 10 x 1.02."""
    next_year = grid(replace(LEVEL, per_inhabitant=Decimal(11)), year=YEAR + 1)
    rules = tariffs(grid(LEVEL), next_year)
    index = rate_of(YEAR + 1, "2")
    assert price_of(found(YEAR + 1, index, rules)) == 11
    assert price_of(found(YEAR + 1, index, rules, again=True)) == Decimal("10.20")
    for year in (YEAR, YEAR - 1):
        problem = found(year, index, rules, again=True)
        assert isinstance(problem, Problem)
        assert (problem.code, problem.facts["year"]) == ("A02", str(year - 1))


def test_a_year_before_the_first_grid_takes_it_as_it_is() -> None:
    year = found(YEAR - 1, PriceIndex())
    assert price_of(year) == 10
    assert isinstance(year, Dataset)
    assert (year.grid_of, year.rates) == (YEAR, {})


def moved(day: date, kind: MovementKind, before: str, after: str) -> Movements:
    return Movements.of([Movement(day, kind, before, before, after, after, "exemple", NOWHERE)])


@pytest.mark.parametrize(
    ("movements", "left"),
    [
        (Movements(), {"25001": 100, "25002": 200}),
        (moved(date(YEAR + 1, 1, 1), MovementKind.MERGER, "25001", "25002"), {"25002": 300}),
        (
            moved(date(YEAR + 1, 1, 1), MovementKind.NEW_CODE, "25001", "25003"),
            {"25002": 200, "25003": 100},
        ),
        (moved(date(YEAR + 1, 1, 1), MovementKind.LEFT, "25001", ""), {"25002": 200}),
        (
            moved(date(YEAR + 1, 1, 2), MovementKind.LEFT, "25001", ""),
            {"25001": 100, "25002": 200},
        ),
    ],
    ids=["none", "merger", "new code", "left", "left later"],
)
def test_rows_are_carried_over_to_who_is_there(movements: Movements, left: dict[str, int]) -> None:
    rows = [row("25001", "2A", 100), row("25002", "2B", 200)]
    carried, of = with_rows(Communes.of(rows, movements=movements), YEAR + 1)
    own = {item.code_insee: item.municipal_population for item in carried.of_year(YEAR + 1)}
    assert (own, of) == (left, YEAR)


def test_wealth_is_carried_over_with_the_inhabitants() -> None:
    rows = [
        replace(row("25001", "2A", 100), financial_potential=Decimal(5)),
        replace(row("25002", "2B", 200), financial_potential=Decimal(7)),
    ]
    movements = moved(date(YEAR + 1, 1, 1), MovementKind.MERGER, "25001", "25002")
    carried, _ = with_rows(Communes.of(rows, movements=movements), YEAR + 1)
    assert [item.financial_potential for item in carried.of_year(YEAR + 1)] == [Decimal(12)]


@pytest.mark.parametrize(
    ("start", "people"),
    [(None, 300), (date(YEAR, 7, 1), 200)],
    ids=["its row went on", "its new row counts them"],
)
def test_one_merged_during_the_year_is_counted_once(start: date | None, people: int) -> None:
    """As the effects do: the next year has its inhabitants, at the level of its heir."""
    rows = [
        replace(row("25001", "2A", 100), end=date(YEAR, 6, 30)),
        replace(row("25002", "2B", 200), start=start),
    ]
    movements = moved(date(YEAR, 7, 1), MovementKind.MERGER, "25001", "25002")
    carried, _ = with_rows(Communes.of(rows, movements=movements), YEAR + 1)
    (own,) = carried.of_year(YEAR + 1)
    assert (own.code_insee, own.level, own.municipal_population) == ("25002", "2B", people)


def test_one_that_ceases_in_the_year_lasts_until_the_eve() -> None:
    rows = [row("25001", "2A", 100), row("25002", "2B", 200)]
    day = date(YEAR + 1, 7, 1)
    for kind, after in ((MovementKind.MERGER, "25002"), (MovementKind.LEFT, "")):
        movements = moved(day, kind, "25001", after)
        carried, _ = with_rows(Communes.of(rows, movements=movements), YEAR + 1)
        ends = {item.code_insee: item.end for item in carried.of_year(YEAR + 1)}
        assert ends == {"25001": date(YEAR + 1, 6, 30), "25002": None}


def test_the_level_that_closed_the_year_is_carried_over() -> None:
    rows = [
        replace(row("25001", "2A", 100), end=date(YEAR, 6, 30)),
        replace(row("25001", "2B", 100), start=date(YEAR, 7, 1)),
    ]
    rows.append(row("25001", "1", 90, year=YEAR - 1))
    carried, of = with_rows(Communes.of(rows), YEAR + 1)
    (own,) = carried.of_year(YEAR + 1)
    assert (own.level, own.is_whole_year, own.municipal_population) == ("2B", True, 100)
    assert of == YEAR


def test_populations_grow_from_the_last_rows_rounded_once() -> None:
    """1 234 x 1.003 = 1 237.702; twice, 1 241.415 (from 1 238, it would be 1 241.714)."""
    communes = Communes.of([row("25001", "2A", 1234)])
    people = {}
    for year in (YEAR, YEAR + 1, YEAR + 2):
        grown, _ = with_rows(communes, year, Decimal("0.3"))
        people[year] = [
            (item.municipal_population, item.total_population) for item in grown.of_year(year)
        ]
    assert people == {YEAR: [(1234, 1244)], YEAR + 1: [(1238, 1248)], YEAR + 2: [(1241, 1251)]}


def test_half_an_inhabitant_is_one() -> None:
    grown, _ = with_rows(Communes.of([row("25001", "2A", 50)]), YEAR + 1, Decimal(1))
    assert grown.of_year(YEAR + 1)[0].municipal_population == 51  # 50.5
