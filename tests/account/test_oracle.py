"""The oracle by itself: lives of a year computed by hand, in cents."""

from datetime import date

import pytest
from oracle import (
    account,
    amount,
    cancel,
    counted,
    due,
    groups,
    heir,
    issue,
    persons,
    remise,
    replace_document,
    to_issue,
    withdraw,
    worth,
)
from state import AC, CORRECTION, INVOICE, STATEMENT, Files, Movement, RefusedError, Row, State
from state import Tariff as Prices

from mutualis.domain.value import replace

GRID = Prices()
A, X, N = "25901", "25902", "25903"
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
NEW_YEAR = date(2026, 1, 1)
JULY, END_OF_JUNE = date(2025, 7, 1), date(2025, 6, 30)
WINTER, SPRING, AUTUMN, NEXT = (
    date(2025, 1, 15),
    date(2025, 4, 10),
    date(2025, 10, 10),
    date(2026, 2, 10),
)


def row(
    code: str,
    people: int,
    level: str = "2A",
    settlement: str = "titre",
    start: date = FIRST,
    end: date | None = None,
) -> Row:
    return Row(code, start, end or date(start.year, 12, 31), people, level, settlement)


def year(*rows: Row, moves: tuple[Movement, ...] = (), prices: Prices = GRID) -> State:
    return State(2025, Files(rows, moves, prices))


def now(state: State, *rows: Row) -> State:
    """The files say other rows."""
    return replace(state, files=replace(state.files, rows=rows))


def learn(state: State, moves: tuple[Movement, ...], *rows: Row) -> State:
    return replace(state, files=replace(state.files, rows=rows, movements=moves))


def regularise(state: State, day: date) -> State:
    """Issued, and nothing left to issue."""
    after = issue(state, day, regularise=True)
    assert to_issue(after, day) == []
    return after


def told(state: State, day: date) -> list[tuple[str, str, int]]:
    """What issuing would add: kind, person, cents."""
    return [(entry.kind, entry.person, entry.amount) for entry in to_issue(state, day)]


def merged(day: date = JULY, kind: str = "fusion") -> tuple[Movement, ...]:
    """X is taken in by A."""
    return (Movement(day, kind, X, A), Movement(day, kind, A, A))


# --- one commune ----------------------------------------------------------------------------


def test_a_remise_then_a_rise() -> None:
    state = issue(year(row(A, 1342)), WINTER)  # 1342 × 38 = 50 996
    state = remise(state, 0, 12_050, SPRING)  # 38 946 left
    assert to_issue(state, SPRING) == []
    state = now(state, row(A, 1342, "2B"))  # 1342 × 328 = 440 176
    # 440 176 − 12 050 = 428 126; less 38 946
    assert told(state, AUTUMN) == [(INVOICE, A, 389_180)]
    with pytest.raises(RefusedError, match="to regularise"):
        issue(state, AUTUMN)
    assert account(regularise(state, AUTUMN), A, AUTUMN).balance == 428_126


def test_a_remise_then_a_fall_below_it_and_a_rise() -> None:
    state = issue(year(row(A, 1342, "2B")), WINTER)  # 440 176
    state = remise(state, 0, 400_000, SPRING)  # 40 176 left
    state = now(state, row(A, 1342))  # 50 996 < 400 000: nothing is owed
    assert told(state, SPRING) == [(CORRECTION, A, -40_176)]
    state = regularise(state, SPRING)
    assert account(state, A, SPRING).target == account(state, A, SPRING).balance == 0
    state = now(state, row(A, 1342, "2B"))  # 440 176 − 400 000
    assert told(state, AUTUMN) == [(INVOICE, A, 40_176)]


def test_a_whole_remise_then_no_member_then_the_remise_withdrawn() -> None:
    state = issue(year(row(A, 667)), WINTER)  # 667 × 38 = 25 346
    state = now(remise(state, 0, 25_346, SPRING), row(A, 667, ""))
    assert regularise(state, SPRING) == state
    state = withdraw(state, 0)
    assert regularise(state, SPRING) == state
    state = now(state, row(A, 667))
    assert told(state, AUTUMN) == [(INVOICE, A, 25_346)]
    assert worth(state, 0) == 0  # its credit note stays


def test_from_withheld_to_invoiced_and_back() -> None:
    state = issue(year(row(A, 667, settlement=AC)), WINTER)  # 25 346
    assert [document.kind for document in state.documents] == [STATEMENT]
    state = now(state, row(A, 667))
    assert account(state, A, SPRING).stale == 25_346
    assert told(state, SPRING) == [(CORRECTION, A, -25_346), (INVOICE, A, 25_346)]
    state = regularise(state, SPRING)
    state = now(state, row(A, 667, settlement=AC))
    assert told(state, AUTUMN) == [(CORRECTION, A, -25_346), (STATEMENT, A, 25_346)]
    state = regularise(state, AUTUMN)
    assert [worth(state, number) for number in range(3)] == [0, 0, 25_346]


def test_cancelled_then_issued_again() -> None:
    state = cancel(issue(year(row(A, 667)), WINTER), 0, SPRING)
    assert account(state, A, SPRING).balance == 0
    with pytest.raises(RefusedError, match="to regularise"):
        issue(state, SPRING)
    assert told(state, SPRING) == [(INVOICE, A, 25_346)]
    with pytest.raises(RefusedError, match="worth nothing"):
        cancel(state, 0, SPRING)


def test_three_rises_of_ten_euros() -> None:
    prices = Prices(rate_2a=1000)  # 10 € an inhabitant
    state = issue(year(row(A, 30), prices=prices), WINTER)
    issued = []
    for people in (31, 32, 33):
        state = now(state, row(A, people))
        issued += [cents for _, _, cents in told(state, SPRING)]
        state = regularise(state, SPRING)
    assert issued == [2_000]
    assert account(state, A, SPRING).remaining == 1_000
    # A statement has no minimum: the 320 € invoiced to 0, then all of the 330 €.
    state = regularise(now(state, row(A, 33, settlement=AC)), SPRING)
    assert state.documents[-1].amount == 33_000


def test_a_fall_of_three_euros() -> None:
    state = issue(year(row(A, 30), prices=Prices(rate_2a=300)), WINTER)
    assert told(now(state, row(A, 29)), SPRING) == [(CORRECTION, A, -300)]


def test_the_settlement_is_that_of_the_last_row() -> None:
    state = issue(year(row(A, 667)), WINTER)
    rows = (row(A, 667, end=END_OF_JUNE), row(A, 667, settlement=AC, start=JULY))
    assert told(now(state, *rows), SPRING) == [(CORRECTION, A, -25_346), (STATEMENT, A, 25_346)]


def test_corrections_begin_with_the_last_document() -> None:
    state = issue(year(row(A, 667)), WINTER)  # 25 346
    state = regularise(now(state, row(A, 1342)), SPRING)  # 50 996 − 25 346 = 25 650
    state = regularise(now(state, row(A, 500)), AUTUMN)  # 19 000: 31 996 to take back
    assert [(c.document, c.amount) for c in state.credits] == [(1, 25_650), (0, 6_346)]


def test_the_minimum_from_the_first_cent() -> None:
    # 39 × 38 = 1 482; 40 × 38 = 1 520
    assert told(year(row(A, 39)), WINTER) == []
    assert told(year(row(A, 40)), WINTER) == [(INVOICE, A, 1_520)]
    assert told(year(row(A, 39, settlement=AC)), WINTER) == [(STATEMENT, A, 1_482)]
    assert told(year(row(A, 15), prices=Prices(rate_2a=100)), WINTER) == [(INVOICE, A, 1_500)]


def test_the_caps_and_the_free_levels() -> None:
    # 2 149 × 328 = 704 872 > 704 800 = the cap; 3 999 and 4 000 are on either side of a bound.
    for people, level, cents in (
        (2148, "2B", 704_544),
        (2149, "2B", 704_800),
        (3999, "2B", 704_800),
        (4000, "2B", 941_600),
        (4000, "1", 0),
        (4000, "", 0),
    ):
        assert due(year(row(A, people, level)), A, WINTER) == cents


def test_a_remise_is_no_more_than_its_document() -> None:
    state = issue(year(row(A, 667)), WINTER)
    for cents in (0, 25_347):
        with pytest.raises(RefusedError, match="more than it is worth"):
            remise(state, 0, cents, SPRING)
    state = withdraw(remise(state, 0, 5_000, SPRING), 0)
    with pytest.raises(RefusedError, match="no remise to withdraw"):
        withdraw(state, 0)
    assert told(state, SPRING) == [(INVOICE, A, 5_000)]


def test_a_document_replaced_is_what_its_account_lacks() -> None:
    state = issue(year(row(A, 667)), WINTER)  # 25 346
    state = regularise(now(state, row(A, 667, "2B")), SPRING)  # 218 776 − 25 346 = 193 430
    state = now(state, row(A, 594, "2B"))  # 594 × 328 = 194 832; 1 402 above the second
    assert len(replace_document(state, 0, AUTUMN).documents) == 2  # below the minimum
    assert replace_document(state, 1, AUTUMN).documents[-1].amount == 169_486  # less the first


# --- part of a year -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proration", "cents"),
    # 2A until 14 June, then 2B: 1342 × 38 = 50 996, 1342 × 328 = 440 176.
    [
        ("full_year", 440_176),
        ("month", 245_586),  # June is 2A's: (50 996 × 6 + 440 176 × 6) ÷ 12
        ("day", 265_312),  # (50 996 × 164 + 440 176 × 201) ÷ 365 = 265 311.6
    ],
)
def test_a_level_that_rises_in_june(proration: str, cents: int) -> None:
    rows = (
        row(A, 1342, end=date(2025, 6, 13)),
        row(A, 1342, "2B", start=date(2025, 6, 14)),
    )
    assert amount(rows, Prices(proration=proration)) == cents


def test_a_group_is_rounded_once_half_up() -> None:
    # 50 × 38 = 1 900 and 25 × 38 = 950, a month each: 2 850 ÷ 12 = 237.5
    rows = [row(code, people, end=date(2025, 1, 31)) for code, people in ((A, 50), (X, 25))]
    assert amount(rows, Prices(proration="month")) == 238


# --- movements ------------------------------------------------------------------------------


def test_heirs() -> None:
    moves = (
        Movement(date(1972, 1, 1), "fusion", X, A),
        Movement(date(1972, 1, 1), "fusion", A, A),
        Movement(date(1985, 1, 1), "rétablissement", A, X),
        Movement(date(1985, 1, 1), "rétablissement", A, A),
        Movement(JULY, "fusion", X, A),
        Movement(AUTUMN, "changement de code", A, N),
        Movement(NEW_YEAR, "retrait", N, ""),
    )
    assert heir(moves, X, date(1971, 1, 1), date(1984, 1, 1)) == A
    assert heir(moves, X, date(1971, 1, 1), date(1990, 1, 1)) == A
    assert heir(moves, X, date(1985, 1, 1), END_OF_JUNE) == X
    assert heir(moves, X, END_OF_JUNE, JULY) == A
    assert heir(moves, X, JULY, LAST) == X  # the day itself does not count
    assert heir(moves, X, FIRST, NEXT) == N
    with pytest.raises(RefusedError, match="split"):
        heir(
            (Movement(JULY, "rétablissement", A, X), Movement(JULY, "rétablissement", A, N)),
            A,
            FIRST,
            LAST,
        )


MERGED_ROWS = (
    row(A, 1000, end=END_OF_JUNE),  # 38 000
    row(X, 500, "2B", end=END_OF_JUNE),  # 164 000
    row(A, 1500, start=JULY),  # 57 000
)


@pytest.mark.parametrize(
    ("proration", "cents"),
    [
        ("full_year", 202_000),  # the highest total: 38 000 + 164 000
        ("month", 129_500),  # (202 000 + 57 000) ÷ 2
        ("day", 128_904),  # (202 000 × 181 + 57 000 × 184) ÷ 365 = 128 904.1
    ],
)
def test_a_merger_in_july_before_and_after_issue(proration: str, cents: int) -> None:
    prices = Prices(proration=proration)
    state = year(*MERGED_ROWS, moves=merged(), prices=prices)
    assert told(state, AUTUMN) == [(INVOICE, A, cents)]
    # In winter nothing of it is: the year is billed as it stands.
    assert told(state, WINTER) == [(INVOICE, A, 38_000), (INVOICE, X, 164_000)]
    state = issue(state, WINTER)
    assert persons(state, AUTUMN) == [A]
    assert account(state, A, AUTUMN).balance == 202_000
    state = regularise(state, AUTUMN)
    # X's own invoice, the last one issued, is what is corrected.
    assert (worth(state, 0), worth(state, 1)) == (38_000, cents - 38_000)


def test_rows_after_a_merger_to_come_are_not_yet() -> None:
    """Nor a later row of the commune that it makes, although no movement begins that one."""
    rows = (
        row(A, 1000, end=END_OF_JUNE),
        row(X, 500, end=END_OF_JUNE),
        row(N, 1500, start=JULY, end=date(2025, 9, 30)),
        row(N, 1500, "2B", start=date(2025, 10, 1)),
    )
    moves = tuple(Movement(JULY, "commune nouvelle", code, N) for code in (A, X))
    state = year(*rows, moves=moves)
    assert counted(state, WINTER) == [row(A, 1000), row(X, 500)]
    assert told(state, WINTER) == [(INVOICE, A, 38_000), (INVOICE, X, 19_000)]
    assert set(groups(state, JULY)) == {N}
    assert told(state, JULY) == [(INVOICE, N, 492_000)]  # 1500 × 328


def test_a_row_ended_by_what_is_to_come_runs_on() -> None:
    # A survives: its own row of the merger may be left out.
    assert counted(year(*MERGED_ROWS, moves=merged()[:1]), WINTER) == [
        row(A, 1000),
        row(X, 500, "2B"),
    ]
    # Up to the next row that counts, here a commune that leaves, then has a row again.
    rows = (row(A, 667, end=END_OF_JUNE), row(A, 667, start=AUTUMN))
    state = year(*rows, moves=(Movement(JULY, "retrait", A, ""),))
    assert counted(state, WINTER) == [row(A, 667, end=date(2025, 10, 9)), rows[1]]
    assert counted(state, JULY) == list(rows)


def test_the_surviving_commune_is_the_one_billed() -> None:
    rows = (
        row(A, 1500, settlement=AC),
        row(X, 500, end=date(2025, 2, 14)),
        row(X, 500, "2B", start=date(2025, 2, 15), end=END_OF_JUNE),
    )
    [entry] = to_issue(year(*rows, moves=merged()), AUTUMN)
    assert (entry.kind, entry.billed) == (STATEMENT, A)
    assert entry.amount == 221_000  # 57 000 + 164 000


def test_a_merger_of_the_next_new_year_moves_who_owes() -> None:
    state = year(row(A, 1000), row(X, 500, "2B"), row(A, 1500, start=NEW_YEAR))
    state = learn(state, merged(NEW_YEAR), *state.files.rows)
    assert told(state, LAST) == [(INVOICE, A, 38_000), (INVOICE, X, 164_000)]
    assert told(state, NEW_YEAR) == [(INVOICE, A, 202_000)]
    assert set(groups(state, NEW_YEAR)) == {A, X}
    assert to_issue(state, NEW_YEAR)[0].billed == A
    state = issue(state, LAST)
    assert regularise(state, NEXT) == state
    state = now(state, row(A, 1000), row(X, 600, "2B"), row(A, 1600, start=NEW_YEAR))
    assert told(state, NEXT) == [(INVOICE, A, 32_800)]  # 100 × 328


def test_a_movement_of_the_first_of_january_is_in_its_year() -> None:
    state = year(row(A, 1500), moves=merged(FIRST))
    assert told(state, date(2024, 12, 10)) == [(INVOICE, A, 57_000)]
    state = issue(year(row(A, 1000), row(X, 500)), date(2024, 12, 10))
    state = learn(state, merged(FIRST), row(A, 1500))  # told after the issue of December
    assert regularise(state, WINTER) == state


def test_a_movement_told_too_late_moves_whose_the_document_is() -> None:
    state = issue(year(row(A, 1000), row(X, 500)), WINTER)
    state = learn(state, merged(FIRST), row(A, 1500))
    assert account(state, A, SPRING).balance == 57_000  # 380,00 of A and 190,00 of X
    assert regularise(state, SPRING) == state
    assert told(cancel(state, 1, SPRING), SPRING) == [(INVOICE, A, 19_000)]


def test_a_change_of_code_is_nothing_to_pay() -> None:
    move = (Movement(JULY, "changement de code", A, N),)
    rows = (row(A, 667, end=END_OF_JUNE), row(N, 667, start=JULY))
    state = issue(year(*rows, moves=move), WINTER)
    assert [document.debtor for document in state.documents] == [A]
    assert regularise(state, AUTUMN) == state
    assert account(state, N, AUTUMN).balance == 25_346
    nameless = now(state, rows[0], replace(row(N, 900, start=JULY), siren=""))
    with pytest.raises(RefusedError, match="no SIREN"):
        issue(nameless, AUTUMN, regularise=True)


def test_who_has_no_siren_on_the_day_is_not_asked() -> None:
    nameless = replace(row(A, 667, start=JULY), siren="")
    state = year(row(A, 667, end=END_OF_JUNE), nameless)
    assert told(state, WINTER) == [(INVOICE, A, 25_346)]
    with pytest.raises(RefusedError, match="no SIREN"):
        to_issue(state, JULY)
    state = issue(state, WINTER)
    assert regularise(state, JULY) == state
    with pytest.raises(RefusedError, match="no SIREN"):
        cancel(state, 0, JULY)
    with pytest.raises(RefusedError, match="no SIREN"):
        remise(state, 0, 1, JULY)


def test_a_restored_commune_begins_empty() -> None:
    moves = tuple(Movement(JULY, "rétablissement", A, code) for code in (A, X))
    rows = (row(A, 1500, end=END_OF_JUNE), row(A, 1000, start=JULY), row(X, 500, start=JULY))
    state = issue(year(*rows, moves=moves), WINTER)
    assert state.documents[0].amount == 57_000
    assert told(state, AUTUMN) == [(INVOICE, X, 19_000)]


@pytest.mark.parametrize(("proration", "cents"), [("full_year", 0), ("month", -12_673)])
def test_a_commune_that_leaves_the_body(proration: str, cents: int) -> None:
    rows = (row(A, 667, end=END_OF_JUNE),)
    move = (Movement(JULY, "retrait", A, ""),)
    state = issue(year(*rows, moves=move, prices=Prices(proration=proration)), WINTER)
    assert state.documents[0].amount == 25_346
    assert sum(cents for _, _, cents in told(state, AUTUMN)) == cents


# --- issuing --------------------------------------------------------------------------------


def test_some_communes_alone_or_left_aside() -> None:
    state = issue(year(row(A, 667), row(X, 500)), WINTER, only=(X,))
    assert [document.debtor for document in state.documents] == [X]
    assert account(remise(state, 0, 5_000, SPRING), A, SPRING).granted == 0
    state = now(state, row(A, 667), row(X, 600))  # a complement of 38 € for X
    with pytest.raises(RefusedError, match="to regularise"):
        issue(state, SPRING)
    assert issue(state, SPRING, leave=(X,)).documents[-1].debtor == A
    assert [entry.person for entry in to_issue(state, SPRING, only=(A,))] == [A]


def test_a_corrected_grid_waits_for_its_act() -> None:
    state = issue(year(row(A, 1342)), WINTER)  # 50 996
    dearer = Prices(rate_2a=40, minimum=0, proration="day")
    state = replace(state, files=replace(state.files, tariff=dearer))
    assert regularise(state, SPRING) == state
    with pytest.raises(RefusedError, match="an act"):
        issue(state, SPRING, act=True)
    state = issue(state, SPRING, regularise=True, act=True)
    assert state.documents[-1].amount == 2_684  # 2 × 1342
    assert state.recorded == dearer
