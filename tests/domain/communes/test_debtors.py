"""Who owes what on a day, one day before a movement, on it, and after."""

from datetime import date, timedelta
from typing import Any

import pytest
from made import move, row

from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement, disjoint
from mutualis.domain.communes.debtors import (
    Known,
    groups_of,
    is_same_person,
    owing,
    person,
    rows_known,
)
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.value import replace

A, B, C, N = "25001", "25002", "25003", "25009"
DAY = date(2025, 7, 1)
EVE = DAY - timedelta(days=1)
MERGER = (move(DAY, A, B), move(DAY, B, B))
BEFORE = (row(A, end=EVE), row(B, end=EVE), row(B, 200, start=DAY))


def groups(
    rows: tuple[CommuneYear, ...], moves: tuple[Movement, ...], day: date
) -> list[tuple[list[str], str]]:
    communes = Communes.of(rows, movements=Movements.of(moves))
    return [
        ([one.code_insee for one in group.rows], group.debtor.code_insee)
        for group in groups_of(communes, 2025, day)
    ]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 1, 1), [([A], A), ([B], B)]),  # as on 1 January: nothing has happened
        (EVE, [([A], A), ([B], B)]),
        (DAY, [([A, B, B], B)]),
        (date(2030, 1, 1), [([A, B, B], B)]),
    ],
)
def test_a_merger_in_the_year(day: date, found: list[tuple[list[str], str]]) -> None:
    assert groups(BEFORE, MERGER, day) == found


@pytest.mark.parametrize(("day", "debtor"), [(date(2025, 12, 31), A), (date(2026, 1, 1), B)])
def test_a_merger_of_the_next_1_january_moves_who_owes_alone(day: date, debtor: str) -> None:
    new_year = date(2026, 1, 1)
    moves = (move(new_year, A, B), move(new_year, B, B))
    assert groups((row(A), row(B)), moves, day) == [([A], debtor), ([B], B)]


def test_a_merger_of_1_january_has_happened_before_the_year() -> None:
    first = date(2025, 1, 1)
    assert groups((row(A), row(B)), (move(first, A, B), move(first, B, B)), DAY) == [
        ([A], A),
        ([B], B),
    ]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (EVE, {A: [None], B: [None]}),  # their rows go on to the end of the year
        (DAY, {A: [EVE], B: [EVE, None]}),
    ],
)
def test_rows_without_what_a_movement_to_come_does(
    day: date, found: dict[str, list[date | None]]
) -> None:
    communes = Communes.of(BEFORE, movements=Movements.of(MERGER))
    known = rows_known(communes, 2025, day)
    assert {code: [one.end for one in rows] for code, rows in known.items()} == found


def test_a_row_that_ends_before_a_movement_to_come_ends_there() -> None:
    """The commune left a month before: it does not go on."""
    gone = (row(A, end=EVE - timedelta(days=30)), *BEFORE[1:])
    communes = Communes.of(gone, movements=Movements.of(MERGER))
    assert rows_known(communes, 2025, EVE)[A][0].end == EVE - timedelta(days=30)
    begun = Communes.of((row(A, start=DAY),), movements=Movements.of(MERGER))
    assert rows_known(begun, 2025, EVE) == {}
    later = (row(A, end=EVE), row(A, start=DAY))
    next_year = Movements.of([move(date(2026, 1, 1), A, B)])
    assert len(rows_known(Communes.of(later, movements=next_year), 2025, EVE)[A]) == 2


# --- who a code is ----------------------------------------------------------------------------

OWN = row(A, commitment="E1", address="1, rue A", siren="212500011")


def person_of(
    code: str,
    rows: tuple[CommuneYear, ...],
    *moves: Movement,
    day: date = DAY,
    billed: CommuneYear = OWN,
) -> CommuneYear:
    return person(Communes.of(rows, movements=Movements.of(moves)), billed, code, day)


def test_a_person_is_its_row_of_the_day() -> None:
    then = replace(OWN, address="2, rue B", commitment="", start=DAY)
    first = replace(OWN, end=EVE)
    assert person_of(A, (first, then)).address == "2, rue B"
    assert person_of(A, (first, then), day=EVE).address == "1, rue A"
    # The commitment is given by year: that of the row that is billed.
    assert person_of(A, (first, then)).commitment == "E1"
    assert person_of(A, (first, replace(then, siren="212500029"))).commitment == ""
    last = person_of(A, (first,), day=date(2030, 1, 1))
    assert last.address == "1, rue A"


def test_a_commune_nouvelle_has_no_number_yet() -> None:
    kind = MovementKind.NEW_COMMUNE
    made = person_of(N, (OWN,), move(DAY, A, N, kind), move(DAY, B, N, kind))
    assert (made.code_insee, made.name, made.siren, made.address) == (N, N, "", "")
    kept = person_of(A, (OWN,), move(DAY, A, A, kind), move(DAY, B, A, kind))
    assert (kept.code_insee, kept.siren, kept.address) == (A, "", "1, rue A")
    eve = person_of(A, (OWN,), move(DAY, A, A, kind), move(DAY, B, A, kind), day=EVE)
    assert eve.siren == "212500011"


def test_a_code_that_moved_is_the_same_person() -> None:
    found = person_of(N, (OWN,), move(DAY, A, N, MovementKind.NEW_CODE))
    assert (found.code_insee, found.siren, found.address) == (N, "212500011", "1, rue A")


def test_a_restored_commune_and_the_one_it_leaves() -> None:
    kind = MovementKind.RESTORED
    left = person_of(A, (OWN,), move(DAY, A, A, kind), move(DAY, A, B, kind))
    assert left.siren == "212500011"
    restored = person_of(B, (OWN,), move(DAY, A, A, kind), move(DAY, A, B, kind))
    assert (restored.code_insee, restored.siren) == (B, "")
    unknown = person_of(C, (OWN,))
    assert unknown == OWN


def test_who_owes_later_what_was_owed() -> None:
    communes = Communes.of(BEFORE, movements=Movements.of(MERGER))
    assert owing(communes, BEFORE[0], EVE, EVE).code_insee == A
    assert owing(communes, BEFORE[0], EVE, DAY).code_insee == B
    split = Movements.of([move(DAY, A, B), move(DAY, A, C)])
    assert owing(Communes.of((OWN,), movements=split), OWN, EVE, DAY).code_insee == A


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"municipal_population": 1}, True),
        ({"level": "2B"}, True),
        ({"year": 2026}, True),
        ({"settlement": Settlement.AC}, True),
        ({"debtor_code": "x"}, True),
        ({"code_insee": B}, False),
        ({"name": "x"}, False),
        ({"siren": "x"}, False),
        ({"siret": "x"}, False),
        ({"service_code": "x"}, False),
        ({"commitment": "x"}, False),
        ({"address": "x"}, False),
        ({"postal_code": "x"}, False),
        ({"city": "x"}, False),
    ],
)
def test_the_same_legal_person_at_the_same_address(changed: dict[str, Any], same: bool) -> None:
    assert is_same_person(OWN, replace(OWN, **changed)) is same


# --- what is known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (None, date(2025, 12, 31)),
        (date(2024, 5, 1), date(2025, 1, 1)),
        (date(2025, 5, 1), date(2025, 5, 1)),
        (date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_the_day_of_what_is_known(day: date | None, known: date) -> None:
    assert Known.of(Communes.of([OWN]), 2025, day).day == known


def test_who_owes_for_a_year() -> None:
    first, new_year = date(2025, 1, 1), date(2026, 1, 1)
    moves = Movements.of([move(first, A, B), move(DAY, B, C), move(new_year, C, N)])
    ways = [
        (EVE, A, A),
        (EVE, B, B),
        (DAY, B, C),
        (date(2026, 2, 1), B, C),  # the year's own movements alone
        (date(2026, 2, 1), C, C),
    ]
    for day, code, owner in ways:
        assert Known(day, moves).group(code, 2025) == owner
    assert Known(EVE, moves).learned_late(A, 2025) == B
    assert Known(date(2026, 2, 1), moves).learned_late(A, 2025) == N
    assert Known(EVE, moves).learned_late(N, 2025) == N


def test_the_movements_that_a_document_rests_upon() -> None:
    """Through communes without a row; from a day on, up to the one known."""
    one, two, other = move(EVE, A, B), move(DAY, B, C), move(DAY, N, "25008")
    moves = Movements.of([one, two, other])
    assert Known(DAY, moves).used({C}, EVE) == (one, two)
    assert Known(DAY, moves).used({C}, DAY) == (two,)
    assert Known(EVE, moves).used({A}, EVE) == (one,)
    assert Known(DAY, moves).used({"25007"}, EVE) == ()


@pytest.mark.parametrize(
    ("end", "start", "found"),
    [(EVE, DAY, True), (DAY, DAY, False), (EVE, EVE, False)],
)
def test_periods_that_overlap(end: date, start: date, found: bool) -> None:
    assert disjoint([row(A, start=start), row(A, end=end)]) is found
