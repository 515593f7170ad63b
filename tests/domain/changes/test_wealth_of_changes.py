"""What wealth counts for between two years, by hand: 3,28 € in 2025, 3,31 € in 2026, coefficients
around 950 € an inhabitant, from 0,8 to 1,2."""

from datetime import date
from decimal import Decimal

import pytest
from test_golden_changes import HERE, two_grids

from mutualis.domain.changes.change import Change
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

WEALTH = Wealth(Decimal(950), Decimal("0.8"), Decimal("1.2"))
AMONT, AVAL = "25901", "25902"


def weighted(tariffs: Tariffs, *years: int) -> Tariffs:
    """The coefficient in the grids of those years."""
    found = two_grids(tariffs, "full_year")
    grids = dict(found.grids)
    for year in years:
        levels = grids[year].levels
        own = {**levels, "2B": replace(levels["2B"], wealth=WEALTH)}
        grids[year] = replace(grids[year], levels=own)
    return replace(found, grids=grids)


def row(code: str, year: int, people: int, potential: int | None) -> CommuneYear:
    wealth = None if potential is None else Decimal(potential)
    own = CommuneYear(year, code, code, "", people, people, "2B", HERE, HERE)
    return replace(own, financial_potential=wealth)


def change(tariffs: Tariffs, rows: list[CommuneYear], *moves: Movement) -> Change:
    communes = Communes.of(rows, movements=Movements.of(moves))
    (found,) = compare(Side(communes, tariffs, 2025), Side(communes, tariffs, 2026)).changes
    return found


@pytest.mark.parametrize(
    ("years", "then", "now", "before", "after", "effects"),
    [
        # 3 280 at the average, then 3 310 x 1.1
        ((2025, 2026), (1000, 950_000), (1000, 1_045_000), "3280", "3641", (0, 30, 331)),
        # no coefficient in 2025: none until the last effect
        ((2026,), (1000, None), (1000, 1_045_000), "3280", "3641", (0, 30, 331)),
        # 3 280 x 1.1, 3 310 x 1.1 = 3 641, then no coefficient any more
        ((2025,), (1000, 1_045_000), (1000, None), "3608", "3310", (0, 33, -331)),
        # a hundred more: 1 100 x 3.28 as wealthy each, 3 641 at 3.31; with the same wealth in all
        # each is poorer, at 10 / 11 of the average
        ((2025, 2026), (1000, 950_000), (1100, 950_000), "3280", "3310", (328, 33, -331)),
        ((), (1000, 950_000), (1000, 1_900_000), "3280", "3310", (0, 30, 0)),
    ],
)
def test_one_commune(
    years: tuple[int, ...],
    then: tuple[int, int | None],
    now: tuple[int, int | None],
    before: str,
    after: str,
    effects: tuple[int, int, int],
    shipped: Workspace,
) -> None:
    rows = [row(AMONT, 2025, *then), row(AMONT, 2026, *now)]
    found = change(weighted(shipped.tariffs, *years), rows)
    assert (found.before, found.after) == (Decimal(before), Decimal(after))
    told = found.effects
    assert (told.population, told.tariff, told.wealth) == tuple(map(Decimal, effects))
    assert told.total == found.amount


def test_communes_merged_since_have_the_wealth_of_both(shipped: Workspace) -> None:
    """600 x 3.28 and 400 x 3.28 x 1.1 are 3 411.20, which is 1 000 x 3.28 x 1.04 too; at 3.31 it is
    3 442.40."""
    rows = [
        row(AMONT, 2025, 600, 570_000),
        row(AVAL, 2025, 400, 418_000),
        row(AMONT, 2026, 1000, 988_000),
    ]
    moved = Movement(date(2026, 1, 1), MovementKind.MERGER, AVAL, AVAL, AMONT, AMONT, "", HERE)
    stays = replace(moved, code_before=AMONT, name_before=AMONT)
    found = change(weighted(shipped.tariffs, 2025, 2026), rows, moved, stays)
    assert (found.before, found.after) == (Decimal("3411.20"), Decimal("3442.40"))
    assert found.effects.by_name == {
        "full_year": 0,
        "perimeter": 0,
        "population": 0,
        "level": 0,
        "tariff": Decimal("31.20"),
        "wealth": 0,
    }
