"""The tariff file as a whole: what is kept of it, where its values are, what each year is."""

from datetime import date
from decimal import Decimal

import pytest
from made import grid, tariffs

from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule

QUOTED = Level("3", "exemple", half_day={"B": Decimal(300), "A": Decimal(400)})
OTHER = Level("3", "exemple", half_day={"A": Decimal(410), "C": Decimal(200)})


def at(line: int) -> Source:
    return Source("data/tariffs.toml", line)


def three() -> Tariffs:
    sources = {
        "proration": at(1),
        "grids": at(2),
        "grids.2024": at(3),
        "grids.2024.levels.2A": at(4),
        "grids.2025": at(5),
        "grids.2025.levels.2A": at(6),
        "grids.2026": at(7),
        "grids.2026.levels.2A.per_inhabitant": at(8),
    }
    return tariffs(*(grid(year=year) for year in (2024, 2025, 2026)), sources=sources)


@pytest.mark.parametrize(
    ("years", "lines"),
    [
        ((2024, 2025, 2026), [1, 2, 3, 4, 5, 6, 7, 8]),
        ((2025,), [1, 2, 5, 6]),
        ((2026, 2024), [1, 2, 3, 4, 7, 8]),
        ((), [1, 2]),
    ],
)
def test_only_keeps_the_settings_and_the_sources_of_its_years(
    years: tuple[int, ...], lines: list[int]
) -> None:
    kept = three().only(*years)
    assert list(kept.grids) == [*years]
    assert [source.line for source in kept.sources.values()] == lines


@pytest.mark.parametrize(
    ("year", "key", "line"),
    [
        (2026, "levels.2A.per_inhabitant", 8),
        (2026, "levels.2A", 7),
        (2025, "levels.2A.per_inhabitant", 6),
        (2025, "", 5),
        (2027, "", 2),
    ],
)
def test_the_place_of_a_value_is_that_of_the_nearest_table(year: int, key: str, line: int) -> None:
    assert three().grid_source(year, key) == at(line)


def test_a_value_that_the_file_does_not_hold_is_in_the_file() -> None:
    assert three().source("minimum_recovery") == Source("data/tariffs.toml")
    assert tariffs().source("proration.month") == Source("data/tariffs.toml")


def test_the_last_grid_voted_before_a_year() -> None:
    """2024 is voted, 2025 and 2026 are projected."""
    own = three()
    projected = {
        year: replace(one, status=Status.VOTED if year == 2024 else Status.PROJECTED)
        for year, one in own.grids.items()
    }
    own = replace(own, grids=projected)
    found = [own.last_voted_before(year) for year in (2023, 2024, 2025, 2026, 2027)]
    assert [one and one.year for one in found] == [None, None, 2024, 2024, 2024]
    assert three().last_voted_before(2026) == grid(year=2025)


def test_the_categories_of_every_year_each_once() -> None:
    own = tariffs(grid(QUOTED, year=2024), grid(), grid(OTHER, year=2026))
    assert own.categories == ("B", "A", "C")
    assert tariffs().categories == ()


@pytest.mark.parametrize("text", ["", "  ", "à compléter", " À Compléter "])
def test_an_act_left_to_fill_in(text: str) -> None:
    assert grid(act=text).act_is_missing
    assert not grid(act=f"{text} x").act_is_missing


def test_what_a_membership_serves_through_others_in_turn() -> None:
    """2B includes 2A, which includes 1, which includes 2B again: a circle ends."""
    one = Level("1", "exemple", includes=("2B",))
    two = Level("2A", "exemple", includes=("1",), per_inhabitant=Decimal(1))
    three = Level("2B", "exemple", includes=("2A", "inconnu"), per_inhabitant=Decimal(2))
    alone = Level("4", "exemple")
    own = grid(one, two, three, alone, QUOTED)
    assert own.served("2B") == {"1", "2A", "2B"}
    assert own.served("4") == {"4"}
    assert own.served("") == own.served("inconnu") == frozenset()
    assert own.giving("1") == ("1", "2A", "2B")
    assert own.giving("4") == ("4",)
    assert own.giving("3") == ()


def test_who_may_have_quotes() -> None:
    bound = replace(QUOTED, requires="2B")
    assert [bound.is_open_to(membership) for membership in ("2B", "2A", "")] == [True, False, False]
    assert QUOTED.is_open_to("")


@pytest.mark.parametrize(
    ("day", "year", "rate"),
    [
        (date(2024, 12, 31), 2025, "20"),  # a year that has not begun: as on its 1 January
        (date(2025, 6, 30), 2025, "20"),
        (date(2025, 7, 1), 2025, "10"),
        (date(2026, 3, 1), 2025, "10"),
    ],
)
def test_a_recorded_year_has_the_tax_of_its_first_day(day: date, year: int, rate: str) -> None:
    rates = ((date(2025, 1, 1), 20), (date(2025, 7, 1), 10))
    dated = tuple(DatedRate(start, Decimal(percent)) for start, percent in rates)
    rule = VatRule("adhésion", "", "S", dated)
    kept = tariffs(vat=rule).settled(day, year)
    tax = kept.tax(date(2030, 1, 1))
    assert tax is not None
    assert tax.rate == Decimal(rate)
    assert tariffs().settled(day, year).tax(day) is None
