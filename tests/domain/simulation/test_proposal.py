"""What a proposed grid brings in, computed by hand on invented communes (« exemple »).

| commune | 2025 | 2026, grid 2025 | 2026, grid 2026 |
|---|---|---|---|
| 25001, 2A, 100 then 110 | 100 × 0.50 = 50 | 55 | 110 × 0.60 = 66 |
| 25002, 2B, 1 000 then 1 250 | 3 000, and 100 of 25003 | 3 750, at most 3 300 | 3 500 |
| 25003, 2A, 200, in 25002 since 2026 | 200 × 0.50 = 100 | | |
| 25005, 2A, 300, since 2026 | | 150 | 180 |
| total | 3 150 | 3 505 | 3 746 |
"""

from datetime import date
from decimal import Decimal

from simulated import FREE, NOWHERE, YEAR, dataset, grid, row, tariffs

from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.indexation.cpi import Rate
from mutualis.domain.indexation.indexation import IndexationPlan
from mutualis.domain.simulation.proposal import Proposal
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level
from mutualis.domain.value import replace

BEFORE = YEAR - 1
ROWS = (
    row("25001", "2A", 100, year=BEFORE),
    row("25002", "2B", 1000, year=BEFORE),
    row("25003", "2A", 200, year=BEFORE),
    row("25004", "1", 400, year=BEFORE),
    row("25001", "2A", 110),
    row("25002", "2B", 1250),
    row("25004", "1", 400),
    row("25005", "2A", 300),
)
MERGED = Movement(
    date(YEAR, 1, 1), MovementKind.MERGER, "25003", "25003", "25002", "25002", "exemple", NOWHERE
)


def priced(year: int, low: str, high: str, cap: int) -> Grid:
    return grid(
        FREE,
        Level("2A", "exemple", per_inhabitant=Decimal(low)),
        Level(
            "2B",
            "exemple",
            per_inhabitant=Decimal(high),
            brackets=(Bracket(None, cap=Decimal(cap)),),
        ),
        year=year,
    )


STOOD, NEW = priced(BEFORE, "0.50", "3", 3300), priced(YEAR, "0.60", "3.20", 3500)


def proposal(*, past: bool = True) -> Proposal:
    communes = replace(Communes.of(ROWS), movements=Movements((MERGED,)))
    sides = [
        replace(dataset(ROWS, tariffs(STOOD, other), other.year), communes=communes)
        for other in (STOOD, replace(STOOD, year=YEAR), NEW)
    ]
    rate = Rate(Decimal(20), f"{BEFORE}-12", "ensemble", NOWHERE, "exemple")
    plan = IndexationPlan(STOOD, NEW, rate, rate.value, ())
    return Proposal.of(plan, IndexationRule(), None, sides[0] if past else None, *sides[1:])


def whole(*amounts: Decimal) -> list[int]:
    """In euros: these have no cents."""
    assert all(amount == int(amount) for amount in amounts)
    return [int(amount) for amount in amounts]


def test_each_commune_by_hand() -> None:
    assert [
        (one.code_insee, one.level, one.population, whole(one.past, one.same, one.after))
        for one in proposal().communes()
    ] == [
        ("25001", "2A", 110, [50, 55, 66]),
        ("25002", "2B", 1250, [3100, 3300, 3500]),
        ("25005", "2A", 300, [0, 150, 180]),
    ]
    assert whole(*(one.change for one in proposal().communes())) == [11, 200, 30]


def test_the_total_and_each_level_by_hand() -> None:
    found = proposal()
    assert found.past is not None
    assert whole(found.past.total, found.same.total, found.after.total) == [3150, 3505, 3746]
    assert [
        (one.level, one.communes, whole(one.past, one.same, one.after, one.change))
        for one in found.levels()
    ] == [("2A", 2, [150, 205, 246, 41]), ("2B", 1, [3000, 3300, 3500, 200])]
    assert whole(found.effects.total, found.effects.tariff) == [3746 - 3150, 3746 - 3505]


def test_a_year_before_that_is_not_known_counts_for_nothing() -> None:
    found = proposal(past=False)
    assert found.past is None
    assert not found.effects.total
    assert [whole(one.past, one.same, one.after) for one in found.communes()] == [
        [0, 55, 66],
        [0, 3300, 3500],
        [0, 150, 180],
    ]
