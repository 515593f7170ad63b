"""The members of each level at two dates, and what moved: tables by hand."""

from datetime import date

import pytest
from made import move, row

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.report.members import Members, MoveKind, members_of

BASIS = PopulationBasis.MUNICIPAL


def members(*rows: CommuneYear, moves: tuple[Movement, ...] = ()) -> Members:
    return members_of(Communes.of(rows, "", Movements(moves)), 2025, ("1", "2A", "2B"), BASIS)


def figures(found: Members) -> dict[str, tuple[int, ...]]:
    """By level: before, joined, came, went, left, after, inhabitants."""
    return {
        one.level: (one.before, one.joined, one.came, one.went, one.left, one.after, one.population)
        for one in found.levels
    }


def kinds(found: Members) -> list[tuple[str, MoveKind]]:
    return [(one.code_insee, one.kind) for one in found.moves]


def test_each_way_of_moving() -> None:
    """25001 stays, 25002 joins, 25003 changes, 25004 leaves, 25005 is no member, 25006 enters the
    body with a level, 25007 leaves the body."""
    before = {"25001": "2A", "25002": "", "25003": "2A", "25004": "2B", "25005": "", "25007": "1"}
    after = {"25001": "2A", "25002": "2A", "25003": "2B", "25004": "", "25005": "", "25006": "2B"}
    rows = [row(code, 100, level, 2024) for code, level in before.items()]
    rows += [row(code, 200, level, 2025) for code, level in after.items()]
    found = members(*rows)
    assert (found.first, found.last) == (date(2024, 12, 31), date(2025, 12, 31))
    assert found.others == 2
    assert figures(found) == {
        "1": (1, 0, 0, 0, 1, 0, 0),
        "2A": (2, 1, 0, 1, 0, 2, 400),
        "2B": (1, 1, 1, 0, 1, 2, 400),
    }
    assert kinds(found) == [
        ("25002", MoveKind.JOINED),
        ("25003", MoveKind.CHANGED),
        ("25004", MoveKind.LEFT),
        ("25006", MoveKind.JOINED),
        ("25007", MoveKind.LEFT),
    ]
    for one in found.levels:
        assert one.before + one.joined + one.came - one.went - one.left == one.after


def test_a_level_during_the_year_counts_at_its_end() -> None:
    half = date(2025, 6, 30)
    rows = (
        row("25001", level="2A", end=half),
        row("25001", level="2B", start=date(2025, 7, 1)),
        row("25001", level="2A", year=2024),
    )
    assert figures(members(*rows))["2B"] == (0, 0, 1, 0, 0, 1, 100)


def test_without_the_year_before_the_year_begins_on_its_first_day() -> None:
    half = date(2025, 6, 30)
    found = members(row(level="2A", end=half), row(level="2B", start=date(2025, 7, 1)))
    assert found.first == date(2025, 1, 1)
    assert kinds(found) == [("25001", MoveKind.CHANGED)]


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 7, 1), date(2025, 12, 31)])
def test_a_merged_commune_is_part_of_another(day: date) -> None:
    """The level of the one that remains is its own; the other's is gone, and said so."""
    rows = (
        row("25001", level="2A", year=2024),
        row("25002", level="2B", year=2024),
        row("25002", 300, "2B"),
    )
    found = members(*rows, moves=(move(day, "25001", "25002"),))
    assert figures(found)["2A"] == (1, 0, 0, 0, 1, 0, 0)
    assert figures(found)["2B"] == (1, 0, 0, 0, 0, 1, 300)
    assert [(one.kind, one.heir) for one in found.moves] == [(MoveKind.MERGED, "Commune 25002")]


def test_a_merger_after_the_last_day_has_not_happened() -> None:
    rows = (row("25001", year=2024), row("25002", year=2024), row("25001"), row("25002"))
    assert members(*rows, moves=(move(date(2026, 1, 1), "25001", "25002"),)).moves == ()


def test_a_change_of_code_is_no_movement() -> None:
    """25001 becomes 25099: the same member. At another level, it changed."""
    kept = (move(date(2025, 1, 1), "25001", "25099", MovementKind.NEW_CODE),)
    same = members(row("25001", year=2024), row("25099"), moves=kept)
    assert same.moves == ()
    assert figures(same)["2A"] == (1, 0, 0, 0, 0, 1, 100)
    other = members(row("25001", year=2024), row("25099", level="2B"), moves=kept)
    assert kinds(other) == [("25099", MoveKind.CHANGED)]


def test_a_new_commune_goes_on_with_the_first_that_it_is_made_of() -> None:
    """25001 and 25002, both members, become 25099: one goes on, one has joined it."""
    day = date(2025, 1, 1)
    moves = (move(day, "25001", "25099"), move(day, "25002", "25099", at=3))
    found = members(
        row("25001", year=2024), row("25002", year=2024), row("25099", 200), moves=moves
    )
    assert figures(found)["2A"] == (2, 0, 0, 0, 1, 1, 200)
    assert kinds(found) == [("25002", MoveKind.MERGED)]


def test_the_population_is_the_one_that_counts() -> None:
    rows = Communes.of([row("25001", 100)])
    found = members_of(rows, 2025, ("2A",), PopulationBasis.TOTAL)
    assert [one.population for one in found.levels] == [110]


def test_a_level_that_the_grid_lacks_comes_last() -> None:
    found = members(row("25001", level="3X", year=2024), row("25002", level="2A"))
    assert [one.level for one in found.levels] == ["1", "2A", "2B", "3X"]
    assert figures(found)["3X"] == (1, 0, 0, 0, 1, 0, 0)
