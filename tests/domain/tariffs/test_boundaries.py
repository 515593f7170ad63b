"""Rows generated from the grid, against a formula of their own: whole cents, no Decimal."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, compute_fee
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.thresholds import edges, next_threshold, thresholds
from mutualis.domain.workspace import Workspace

OTHER_BODY = Level(
    "X",
    "a body that prices otherwise",
    per_inhabitant=Decimal("1.234"),
    brackets=(
        Bracket(99, fixed=Decimal(50), floor=Decimal(80)),
        Bracket(2000, cap=Decimal("999.99"), per_inhabitant=Decimal("0.5"), floor=Decimal(120)),
        Bracket(None, cap=Decimal(5000)),
    ),
)


def cents(level: Level, population: int) -> int | None:
    """The fee in cents, by whole numbers: millionths of a euro, then half up to the cent."""
    bracket = next(
        (b for b in level.brackets if b.up_to is None or population <= b.up_to),
        None if level.brackets else Bracket(None),
    )
    if bracket is None:
        return None
    rate = bracket.per_inhabitant if bracket.per_inhabitant is not None else level.per_inhabitant
    millionths = population * int((rate or 0) * 10**6) + int((bracket.fixed or 0) * 10**6)
    if bracket.cap is not None:
        millionths = min(millionths, int(bracket.cap * 10**6))
    if bracket.floor is not None:
        millionths = max(millionths, int(bracket.floor * 10**6))
    return (millionths + 5000) // 10**4


def levels(workspace: Workspace) -> Iterator[Level]:
    yield from (level for level in workspace.tariffs.grids[2025].levels.values() if level.is_priced)
    yield OTHER_BODY


def test_every_edge_of_every_level(shipped: Workspace) -> None:
    tried = 0
    for level in levels(shipped):
        for population in {*edges(level), *range(300), *range(0, 12_000, 97)}:
            fee = compute_fee(level, population)
            expected = cents(level, population)
            if expected is None:
                assert isinstance(fee, NoPrice), (level.code, population)
            else:
                assert isinstance(fee, FeeBreakdown)
                assert fee.amount * 100 == expected, (level.code, population)
            tried += 1
    assert tried > 1000


def test_thresholds_are_where_the_price_turns(shipped: Workspace) -> None:
    grid = shipped.tariffs.grids[2025]
    found = [(t.population, t.kind, t.amount) for t in thresholds(grid.levels["2B"])]
    assert found == [
        (2149, "cap", Decimal("7048.00")),
        (4000, "bound", Decimal("9416.00")),
        (10001, "end", None),
    ]
    assert thresholds(grid.levels["2A"]) == []
    # 0.5 x 240 = 120 is the floor itself: above it from 241; 999.99 / 0.5 is passed at 2000.
    assert [(t.population, t.kind) for t in thresholds(OTHER_BODY)] == [
        (25, "floor"),
        (100, "bound"),
        (241, "floor"),
        (2000, "cap"),
        (2001, "bound"),
        (4052, "cap"),
    ]


@pytest.mark.parametrize(
    ("population", "expected"), [(0, 2149), (2148, 2149), (2149, 4000), (9999, 10001)]
)
def test_next_threshold(population: int, expected: int, shipped: Workspace) -> None:
    turn = next_threshold(shipped.tariffs.grids[2025].levels["2B"], population)
    assert turn is not None
    assert turn.population == expected


def test_no_threshold_after_the_last(shipped: Workspace) -> None:
    assert next_threshold(shipped.tariffs.grids[2025].levels["2B"], 10_001) is None
