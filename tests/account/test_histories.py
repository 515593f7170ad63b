"""What holds of the oracle after any life of a year, drawn at random.

MUTUALIS_HISTORIES of them; the same ones at every run, a failing one shrunk.
"""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date

import oracle
from histories import YEAR, History, Issue, Played, histories, play
from hypothesis import given, settings
from state import AC, CORRECTION, REMISE, RefusedError, State

from mutualis.domain.value import replace

HISTORIES = int(os.environ.get("MUTUALIS_HISTORIES", "200"))
NEW_YEAR = date(YEAR + 1, 1, 1)


def settle(state: State, day: date) -> tuple[State, set[str]]:
    """All that is lacking issued, and who is settled: whoever cannot be asked is left aside."""
    people, aside = oracle.persons(state, day), set[str]()
    for person in people:
        try:
            oracle.lacking(state, person, day)
        except RefusedError:
            aside |= oracle.names_of(state, person, day)
    done = {person for person in people if not oracle.names_of(state, person, day) & aside}
    return oracle.issue(state, day, leave=tuple(aside), regularise=True), done


def what_is_issued_is_what_is_due(life: Sequence[Played]) -> None:
    """Points 8 and 9: to the cent by AC, up to the minimum by titre; and again is nothing."""
    for played in life:
        if not isinstance(played.step, Issue) and played is not life[-1]:
            continue
        day = played.day
        state, people = settle(played.after, day)
        for person in people:
            assert oracle.lacking(state, person, day) == []
            found = oracle.account(state, person, day)
            kept = found.target - found.balance
            rows = oracle.groups_of(state, person, day)
            if not rows or oracle.billed(state, person, day).settlement == AC:
                assert kept == 0
            else:
                assert 0 <= kept < max(state.tariff.minimum, 1)
            assert found.stale == 0


def no_cent_is_lost_nor_counted_twice(life: Sequence[Played]) -> None:
    """Conservation: the balances are the documents less what was taken from them."""
    for played in life:
        state, day = played.after, played.day
        accounts = [oracle.account(state, person, day) for person in oracle.persons(state, day)]
        issued = sum(document.amount for document in state.documents)
        taken = Counter[str]()
        for credit in state.credits:
            taken[credit.cause] += credit.amount
        assert sum(a.balance for a in accounts) == issued - taken[CORRECTION] - taken[REMISE]
        assert all(oracle.worth(state, number) >= 0 for number in range(len(state.documents)))
        assert sum(oracle.net(state, a.person, day) for a in accounts) == sum(
            oracle.amount(rows, state.tariff) for rows in oracle.groups(state, day).values()
        )


def each_row_is_billed_once(life: Sequence[Played]) -> None:
    """Nobody twice, nobody forgotten: each row of the year stands in one account."""
    for played in life:
        state, day = played.after, played.day
        owed = [
            row
            for person in oracle.persons(state, day)
            for rows in oracle.groups_of(state, person, day)
            for row in rows
        ]
        assert Counter(owed) == Counter(oracle.counted(state, day))


def what_is_issued_is_never_changed(life: Sequence[Played]) -> None:
    """Documents and credits are added, none above what is due on the day; refused, nothing is."""
    for played in life:
        before, after = played.before, played.after
        assert after.documents[: len(before.documents)] == before.documents
        assert [replace(c, withdrawn=False) for c in after.credits[: len(before.credits)]] == [
            replace(c, withdrawn=False) for c in before.credits
        ]
        if played.refused:
            assert after == before
        for document in after.documents[len(before.documents) :]:
            found = oracle.account(after, document.debtor, played.day)
            assert 0 < found.balance <= found.target


def the_way_does_not_matter(life: Sequence[Played]) -> None:
    """The same files and remises leave the same balances, up to the minimum."""
    for played in life[-1:]:
        day = played.day
        state, people = settle(played.after, day)
        fresh, asked = settle(State(YEAR, replace(state.files, tariff=state.tariff)), day)
        for person in people & asked:
            found = oracle.account(state, person, day)
            for number in oracle.owned(fresh, person, day):
                cents = min(found.granted, oracle.worth(fresh, number))
                if cents:
                    fresh = oracle.remise(fresh, number, cents, day)
            other = oracle.account(fresh, person, day)
            assert other.due == found.due
            assert abs(other.balance - found.balance) < max(state.tariff.minimum, 1)


def a_movement_of_the_next_new_year_moves_no_amount(life: Sequence[Played]) -> None:
    for played in life:
        state, day = played.after, played.day
        files = state.files
        before = replace(
            state,
            files=replace(files, movements=tuple(m for m in files.movements if m.day != NEW_YEAR)),
        )
        assert oracle.groups(before, day) == oracle.groups(state, day)


def the_files_are_sound(life: Sequence[Played]) -> None:
    """A code has one row at a time, within a year, and none once it has ceased."""
    for played in life:
        files = played.after.files
        for row in files.rows:
            assert row.start <= row.end <= date(row.start.year, 12, 31)
            others = [r for r in files.rows if r.code == row.code and r is not row]
            assert not any(r.start <= row.end and row.start <= r.end for r in others)
            told = [m for m in files.movements if row.code in (m.before, m.after)]
            last = max((m.day for m in told if m.day <= row.start), default=None)
            assert last is None or any(m.day == last and m.after == row.code for m in told)


@settings(max_examples=HISTORIES)
@given(histories)
def test_after_any_life(history: History) -> None:
    life = list(play(history))
    what_is_issued_is_what_is_due(life)
    no_cent_is_lost_nor_counted_twice(life)
    each_row_is_billed_once(life)
    what_is_issued_is_never_changed(life)
    the_way_does_not_matter(life)
    a_movement_of_the_next_new_year_moves_no_amount(life)
    the_files_are_sound(life)
