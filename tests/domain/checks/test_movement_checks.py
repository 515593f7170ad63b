"""Who is there, who has gone and why: each edge of what movements explain, on three communes."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from mutualis.domain.checks.debtors import issuer_is_no_debtor
from mutualis.domain.checks.movements import (
    communes_exist,
    communes_have_an_heir,
    members_do_not_vanish,
    movements_touch_the_body,
)
from mutualis.domain.checks.populations import populations_are_plausible
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

MERGER, LEFT, RESTORED = MovementKind.MERGER, MovementKind.LEFT, MovementKind.RESTORED
NOWHERE = Source("x")


def row(year: int, code: str, level: str = "2A", **more: object) -> CommuneYear:
    basis = CommuneYear(year, code, code, "", 100, 100, level, NOWHERE, NOWHERE)
    return replace(basis, **more)  # type: ignore[arg-type]


def moved(day: date, kind: MovementKind, before: str, after: str) -> Movement:
    return Movement(day, kind, before, before, after, after, "", NOWHERE)


@pytest.fixture
def found(shipped: Workspace) -> Callable[..., list[str]]:
    """The codes of the problems that a check finds in 2025."""

    def call(
        check: Callable[[Workspace, Grid], Iterable[Problem]],
        rows: list[CommuneYear],
        *movements: Movement,
    ) -> list[str]:
        workspace = replace(shipped, communes=Communes.of(rows, movements=Movements.of(movements)))
        return [problem.code for problem in check(workspace, shipped.tariffs.grids[2025])]

    return call


JOINED_B = moved(date(2025, 1, 1), MERGER, "A", "B")
BOTH = [row(2024, "A"), row(2024, "B"), row(2025, "B")]


@pytest.mark.parametrize(
    ("rows", "movements", "codes"),
    [
        (BOTH, [], ["M11"]),
        (BOTH, [JOINED_B], []),
        (BOTH, [moved(date(2025, 1, 2), MERGER, "A", "B")], ["M11"]),  # it was there in 2025
        (BOTH, [moved(date(2024, 7, 1), MERGER, "A", "B")], []),
        (BOTH, [moved(date(2025, 1, 1), LEFT, "A", "")], []),
        (BOTH, [moved(date(2026, 1, 1), LEFT, "A", "")], ["M11"]),
        (BOTH, [moved(date(1972, 1, 1), MERGER, "A", "B")], []),  # M10 says the rest
        (
            BOTH,
            [
                moved(date(1972, 1, 1), MERGER, "A", "B"),
                moved(date(1985, 1, 1), RESTORED, "B", "A"),
                moved(date(1985, 1, 1), RESTORED, "B", "B"),
            ],
            ["M11"],
        ),
        ([row(2024, "A", ""), row(2025, "B")], [], []),  # no member
        ([*BOTH, row(2025, "A", "")], [], []),  # a member no more, and it says so
        ([row(2024, "A")], [], []),  # 2025 has no row yet
        ([row(2023, "A"), row(2025, "B")], [], []),
    ],
)
def test_members_do_not_vanish(
    rows: list[CommuneYear],
    movements: list[Movement],
    codes: list[str],
    found: Callable[..., list[str]],
) -> None:
    assert found(members_do_not_vanish, rows, *movements) == codes


@pytest.mark.parametrize(
    ("end", "day", "codes"),
    [
        (None, date(2025, 12, 31), ["M10"]),
        (None, date(2026, 1, 1), []),
        (date(2025, 6, 30), date(2025, 7, 1), []),
        (date(2025, 7, 1), date(2025, 7, 1), ["M10"]),
        (None, date(2024, 1, 1), ["M10"]),
    ],
)
def test_a_row_ends_with_its_commune(
    end: date | None, day: date, codes: list[str], found: Callable[..., list[str]]
) -> None:
    assert found(communes_exist, [row(2025, "A", end=end)], moved(day, MERGER, "A", "B")) == codes
    assert found(communes_exist, [row(2025, "B")], moved(day, MERGER, "A", "B")) == []


def test_a_commune_that_leaves_the_body_still_exists(found: Callable[..., list[str]]) -> None:
    left = moved(date(2025, 3, 1), LEFT, "A", "")
    assert found(communes_exist, [row(2025, "A", "")], left) == []
    assert found(communes_exist, [row(2025, "A", end=date(2025, 2, 28))], left) == []
    assert found(communes_exist, [row(2025, "A")], left) == ["M13"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [(date(2025, 1, 1), []), (date(2025, 1, 2), ["M09"]), (date(2027, 1, 1), ["M09"])],
)
def test_a_split_commune_of_the_year(
    day: date, codes: list[str], found: Callable[..., list[str]]
) -> None:
    split = [moved(day, MERGER, "A", "B"), moved(day, MERGER, "A", "C")]
    assert found(communes_have_an_heir, [row(2025, "A")], *split) == codes
    assert found(communes_have_an_heir, [row(2025, "B"), row(2024, "A")], *split) == []


def test_the_issuer_is_no_commune(shipped: Workspace, found: Callable[..., list[str]]) -> None:
    own = row(2025, "A", "", siren=shipped.issuer.siren)
    assert found(issuer_is_no_debtor, [own, row(2025, "B")]) == ["B19"]
    assert found(issuer_is_no_debtor, [row(2025, "B", siren="212505325")]) == []


@pytest.mark.parametrize(
    ("people", "movements", "codes"),
    [
        (115, [], []),
        (116, [], ["B17"]),
        (85, [], []),
        (84, [], ["B17"]),
        (150, [JOINED_B], []),  # what it took in explains it
        (150, [moved(date(2025, 1, 1), MovementKind.NEW_NAME, "B", "B")], ["B17"]),
        (150, [moved(date(2025, 1, 2), MERGER, "A", "B")], ["B17"]),  # too late for these figures
        (150, [moved(date(2024, 1, 1), MERGER, "A", "B")], ["B17"]),  # too early
    ],
)
def test_a_leap_is_told_unless_a_movement_explains_it(
    people: int, movements: list[Movement], codes: list[str], found: Callable[..., list[str]]
) -> None:
    """Beyond 15 % of the year before, by hand: 100 inhabitants, then 115 or 116, 85 or 84."""
    before = replace(row(2024, "B"), municipal_population=100, total_population=200)
    after = replace(row(2025, "B"), municipal_population=people, total_population=200)
    assert found(populations_are_plausible, [before, after], *movements) == codes


def test_a_movement_of_no_commune(found: Callable[..., list[str]]) -> None:
    """One of strangers is told; one that leads to a commune through a stranger is not."""

    def check(workspace: Workspace, _: Grid) -> Iterable[Problem]:
        return movements_touch_the_body(workspace)

    strangers = moved(date(2024, 3, 1), MERGER, "X", "Y")
    assert found(check, [row(2025, "A")], strangers) == ["M14"]
    on = moved(date(2025, 3, 1), MERGER, "Y", "A")
    assert found(check, [row(2025, "A")], strangers, on) == []
