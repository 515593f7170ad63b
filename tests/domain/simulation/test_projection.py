"""Several years ahead, under each reading of the rule."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given, settings
from simulated import YEAR, datasets, grid, row, tariffs

from mutualis.domain.communes.communes import Communes
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.problems.problem import Problem
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import total_due
from mutualis.domain.simulation.projection import Revenue, carried_on, project, revenues
from mutualis.domain.simulation.rates import supposing
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace


def projected(
    communes: Communes, rules: Tariffs, years: Sequence[int], rate: str, growth: str
) -> list[Revenue]:
    index = supposing(PriceIndex(), "ensemble", years, Decimal(rate), since=years[0])
    found = project(communes, rules, index, years, Decimal(growth))
    assert isinstance(found, list)
    return list(revenues(found))


@settings(max_examples=25)
@given(datasets())
def test_a_projection_at_zero_is_flat(found: Dataset) -> None:
    years = range(YEAR, YEAR + 4)
    items = projected(found.communes, found.tariffs, years, "0", "0")
    assert len({item.totals["published/exact"] for item in items}) == 1
    assert all(not item.drift for item in items)
    assert len({item.population for item in items}) == 1


def test_the_readings_part_by_hand() -> None:
    """100 inhabitants at 0.38 growing by 0.8 % a year: exactly 0.383 04, 0.386 10, 0.389 19, so
    0.38, 0.39, 0.39; indexed from what was rounded, 0.38 for ever."""
    communes = Communes.of([row("25001", "2A", 100)])
    rules = tariffs(grid(Level("2A", "exemple", per_inhabitant=Decimal("0.38"))))
    items = projected(communes, rules, range(YEAR, YEAR + 4), "0.8", "0")
    exact = [item.totals["published/exact"] for item in items]
    assert exact == [Decimal(value) for value in (38, 38, 39, 39)]
    assert [item.totals["published/published"] for item in items] == [38, 38, 38, 38]
    assert [item.drift for item in items] == [0, 0, 1, 1]
    assert [item.rates["published/exact"] for item in items] == [None, *[Decimal("0.8")] * 3]
    assert [level.amount for level in items[2].by_level["published/exact"]] == [39]


def test_populations_grow_beside_the_prices() -> None:
    """1 000 x 1.01 = 1 010 at 1 €, then 1 020.1 at 1 €."""
    communes = Communes.of([row("25001", "2A", 1000)])
    rules = tariffs(grid(Level("2A", "exemple", per_inhabitant=Decimal(1))))
    items = projected(communes, rules, range(YEAR, YEAR + 3), "0", "1")
    assert [item.population for item in items] == [1000, 1010, 1020]
    assert [item.totals["computed/exact"] for item in items] == [1000, 1010, 1020]


def test_it_says_whose_rows_they_are() -> None:
    communes = Communes.of([row("25001", "2A", 1000)])
    rules = tariffs(grid(Level("2A", "exemple", per_inhabitant=Decimal(1))))
    index = supposing(PriceIndex(), "ensemble", [YEAR + 1], Decimal(0), since=YEAR)
    found = project(communes, rules, index, [YEAR, YEAR + 1], Decimal(1))
    assert isinstance(found, list)
    assert [item.any.rows_of for item in found] == [YEAR, YEAR]


def test_grids_of_the_file_are_what_they_are() -> None:
    communes = Communes.of([row("25001", "2A", 1000)])
    level = Level("2A", "exemple", per_inhabitant=Decimal(1))
    voted = grid(Level("2A", "exemple", per_inhabitant=Decimal(3)), year=YEAR + 1)
    items = projected(communes, tariffs(grid(level), voted), [YEAR, YEAR + 1], "0", "0")
    assert [item.totals["published/exact"] for item in items] == [1000, 3000]


def test_a_grid_that_no_index_gave_is_where_the_years_after_begin() -> None:
    """1.00 voted in the place of 0.38 indexed: at 10 % a year 1.10, then 1.21, though the rule's
    base is the year before. A grid of the file for a year after is of another scenario."""
    level = Level("2A", "exemple", per_inhabitant=Decimal(1))
    old = replace(level, per_inhabitant=Decimal("0.38"))
    rules = tariffs(grid(old, year=YEAR - 1), grid(level), grid(old, year=YEAR + 1))
    communes = Communes.of([row("25001", "2A", 100), row("25001", "2A", 900, year=YEAR + 1)])
    start = Dataset(YEAR, communes, rules, YEAR, YEAR)
    years = range(YEAR + 1, YEAR + 3)
    index = supposing(PriceIndex(), "ensemble", years, Decimal(10), since=YEAR)
    found = carried_on(start, index, YEAR + 2)
    assert isinstance(found, list)
    assert [total_due(item) for item in found] == [Decimal("110.00"), Decimal("121.00")]


def test_without_a_rate_no_year_after_is_told() -> None:
    level = Level("2A", "exemple", per_inhabitant=Decimal(1))
    start = Dataset(YEAR, Communes.of([row("25001", "2A", 9)]), tariffs(grid(level)), YEAR, YEAR)
    assert isinstance(carried_on(start, PriceIndex(), YEAR + 1), Problem)
