"""What new populations do to fees: 2 € an inhabitant up to 1 000, 1 € above, none beyond 2 000."""

from decimal import Decimal

import pytest
from made import grid, row, tariffs

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.communes.population_update import (
    ChangeKind,
    Gone,
    PopulationUpdate,
    RowChange,
)
from mutualis.domain.tariffs.grid import Bracket, Grid, Level
from mutualis.domain.tariffs.population_effects import (
    crossings,
    effects,
    grid_for,
    totals,
)
from mutualis.domain.value import replace

BRACKETS = (
    Bracket(1000, per_inhabitant=Decimal(2)),
    Bracket(2000, per_inhabitant=Decimal(1)),
)
GRID = grid(Level("1", "exemple"), Level("2B", "exemple", brackets=BRACKETS))
MUNICIPAL = PopulationBasis.MUNICIPAL


def update(before: int | None, after: int, level: str = "2B") -> PopulationUpdate:
    earlier = {} if before is None else {"25001": row(people=before, level=level)}
    new = row(people=after, level=level, year=2026)
    return PopulationUpdate(
        2026, earlier, (RowChange(ChangeKind.ADDED, new, earlier.get("25001")),), (), {}
    )


@pytest.mark.parametrize(
    ("before", "after", "fees", "crossed"),
    [
        (100, 110, ("200", "220"), None),
        (1000, 1001, ("2000", "1001"), 1000),
        (1001, 1000, ("1001", "2000"), 1000),
        (1000, 1000, ("2000", "2000"), None),
        (2000, 2001, ("2000", None), 2000),
        (2001, 2000, (None, "2000"), 2000),
        (900, 2001, ("1800", None), 2000),  # the last bound left upwards
        (2001, 900, (None, "1800"), 1000),  # that of the bracket entered downwards
        (2001, 2002, (None, None), None),
        (None, 100, (None, "200"), None),
    ],
)
def test_a_commune(
    before: int | None, after: int, fees: tuple[str | None, ...], crossed: int | None
) -> None:
    (effect,) = effects(update(before, after), GRID, MUNICIPAL)
    due = tuple(None if fee is None else Decimal(fee) for fee in fees)
    assert (effect.fee_before, effect.fee_after) == due
    assert effect.crossed == crossed
    assert effect.no_price is (after > 2000)
    assert len(crossings([effect])) == (crossed is not None)
    is_known = None not in fees
    assert (effect.change is not None) is is_known
    both = totals([effect])
    assert both == ((effect.fee_before, effect.fee_after) if is_known else (0, 0))


@pytest.mark.parametrize("level", ["", "1", "9"])
def test_a_level_without_a_fee(level: str) -> None:
    (effect,) = effects(update(100, 110, level), GRID, MUNICIPAL)
    assert (effect.before, effect.after) == (100, 110)
    assert effect.fee_before is effect.fee_after is effect.change is None
    assert not effect.no_price
    (effect,) = effects(update(100, 110), None, MUNICIPAL)
    assert effect.fee_after is None


def test_by_the_basis_of_the_tariff() -> None:
    (effect,) = effects(update(100, 110), GRID, PopulationBasis.TOTAL)
    assert (effect.before, effect.after, effect.change) == (110, 120, Decimal(20))


@pytest.mark.parametrize(("level", "change"), [("2B", "-200"), ("1", None), ("9", None)])
def test_who_is_gone_owes_nothing(level: str, change: str | None) -> None:
    lost = Gone(row("25000", level=level), "25001", None, told=True)
    both = replace(update(100, 110), gone=(lost,))
    first, then = effects(both, GRID, MUNICIPAL)
    assert (first.row.code_insee, then.row.code_insee) == ("25000", "25001")
    assert (first.gone, first.after, then.gone) == (True, 0, False)
    assert first.change == (None if change is None else Decimal(change))


@pytest.mark.parametrize(
    ("year", "found"),
    [(2026, 2026), (2027, 2026), (2024, 2024), (2025, 2024), (2023, 2024)],
)
def test_the_grid_that_serves_a_year(year: int, found: int) -> None:
    own = tariffs(grid(year=2024), grid(year=2026))
    served = grid_for(own, year)
    assert isinstance(served, Grid)
    assert served.year == found
    assert grid_for(replace(own, grids={}), year) is None
