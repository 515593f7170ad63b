"""What is still due, told a second time: the twelve points of the account, in whole cents.

Written from the design alone; it imports nothing of the program, so that the two can be played
one against the other. One body, one billed year; amounts in cents, days as dates.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from state import (
    AC,
    CORRECTION,
    INVOICE,
    ONE_DAY,
    REMISE,
    STATEMENT,
    Account,
    Credit,
    Document,
    Entry,
    Movement,
    RefusedError,
    Row,
    State,
    Tariff,
)

from mutualis.domain.value import replace

# --- who (points 1 and 2) -------------------------------------------------------------------


def heir(movements: Iterable[Movement], code: str, after: date, until: date) -> str:
    """What a code has become by the movements after one day and up to another."""
    found = [m for m in movements if m.before and m.after and after < m.day <= until]
    for day in sorted({m.day for m in found}):
        became = {m.after for m in found if m.day == day and m.before == code}
        if len(became) > 1 and code not in became:
            raise RefusedError("split")
        if became and code not in became:
            code = became.pop()
    return code


def present(state: State, day: date) -> tuple[date, date]:
    """The day that people are of (p), and the one that groups are of (q)."""
    p = max(day, date(state.year, 1, 1))
    return p, min(p, date(state.year, 12, 31))


def counted(state: State, day: date) -> list[Row]:
    """The rows of the year, as if the movements still to come were not to be."""
    p, _ = present(state, day)
    to_come = [m for m in state.files.movements if m.day > p]
    rows = [
        row
        for row in state.files.rows
        if row.start.year == state.year
        and not any(m.after == row.code and m.day <= row.start for m in to_come)
    ]
    return [
        replace(row, end=_end(row, rows))
        if any(row.code in (m.before, m.after) and m.day == row.end + ONE_DAY for m in to_come)
        else row
        for row in rows
    ]


def _end(row: Row, rows: Sequence[Row]) -> date:
    """The eve of the code's next row, else the year's end."""
    following = [r.start for r in rows if r.code == row.code and r.start > row.start]
    return min(following) - ONE_DAY if following else date(row.start.year, 12, 31)


def has_siren(state: State, person: str, day: date) -> bool:
    """Whether a person can be asked: by its row of the day, else the last one known, unless it was
    made anew since; a change of code keeps the person, whatever else makes one gives no SIREN."""
    p, _ = present(state, day)
    into = [m for m in state.files.movements if m.after == person and m.day <= p]
    rows = sorted((r for r in state.files.rows if r.code == person), key=lambda row: row.start)
    begun = [row for row in rows if row.start <= p]
    if begun:
        made = [
            move
            for move in into
            if move.kind == "commune nouvelle"
            or (move.kind == "rétablissement" and move.before != person)
        ]
        return begun[-1].siren != "" and all(move.day <= begun[-1].start for move in made)
    told = sorted((m for m in into if m.before != person), key=lambda move: move.day)
    if not told:
        return bool(rows) and rows[0].siren != ""
    if told[-1].kind != "changement de code":
        return False
    since = max(told[-1].day - ONE_DAY, date(state.year, 1, 1))
    return has_siren(state, told[-1].before, since)


def is_known(state: State, number: int, day: date) -> bool:
    """Whether the owner of a document can be asked: the document itself tells who it is, where
    no row does."""
    person, p = owner(state, number, day), present(state, day)[0]
    begun = any(row.code == person and row.start <= p for row in state.files.rows)
    if not begun and person == state.documents[number].debtor:
        return True
    return has_siren(state, person, day)


# --- what is due (points 3 and 4) -----------------------------------------------------------


@lru_cache(maxsize=256)
def groups(state: State, day: date) -> Mapping[str, Sequence[Row]]:
    """The rows of the year by their heir at q; the last row is the one that is billed."""
    _, q = present(state, day)
    found: dict[str, list[Row]] = {}
    for row in counted(state, day):
        found.setdefault(heir(state.files.movements, row.code, row.start, q), []).append(row)
    return {
        code: sorted(rows, key=lambda row: (row.code == code, row.start, row.code))
        for code, rows in found.items()
    }


def groups_of(state: State, person: str, day: date) -> list[Sequence[Row]]:
    """The groups that a person answers for, that of its own code last."""
    p, q = present(state, day)
    found = sorted(groups(state, day).items(), key=lambda group: (group[0] == person, group[0]))
    return [rows for code, rows in found if heir(state.files.movements, code, q, p) == person]


def fee(row: Row, tariff: Tariff) -> int:
    """A whole year's fee of a row, in cents."""
    if row.level == "2A":
        return row.population * tariff.rate_2a
    if row.level == "2B":
        cap = next(cap for up_to, cap in tariff.caps if row.population <= up_to)
        return min(row.population * tariff.rate_2b, cap)
    return 0


def amount(rows: Sequence[Row], tariff: Tariff) -> int:
    """What a group owes, rounded once, half up."""
    year = rows[0].start.year
    if tariff.proration == "full_year":
        return max(
            sum(fee(row, tariff) for row in rows if row.start <= moment.start <= row.end)
            for moment in rows
        )
    whole = 12 if tariff.proration == "month" else (date(year, 12, 31) - date(year, 1, 1)).days + 1
    parts = sum(fee(row, tariff) * share(row, tariff.proration) for row in rows)
    return (2 * parts + whole) // (2 * whole)


def share(row: Row, proration: str) -> int:
    """The months that a row has the first day of, or its days."""
    if proration == "month":
        return sum(row.start <= date(row.start.year, n, 1) <= row.end for n in range(1, 13))
    return (row.end - row.start).days + 1


def billed(state: State, person: str, day: date) -> Row:
    """The row that a document is about: the last of the last group that owes something."""
    found = groups_of(state, person, day)
    return ([rows for rows in found if amount(rows, state.tariff)] or found)[-1][-1]


def net(state: State, person: str, day: date) -> int:
    """What is due before tax."""
    return sum(amount(rows, state.tariff) for rows in groups_of(state, person, day))


def due(state: State, person: str, day: date) -> int:
    """With its tax, rounded once, half up."""
    before = net(state, person, day)
    return before + (2 * before * state.tariff.vat + 1000) // 2000


# --- the account (points 5 to 8) ------------------------------------------------------------


def owner(state: State, number: int, day: date) -> str:
    """Whose a document is on a day: its debtor's heir; where that one has no row of the year (a
    merger learned late), whoever answers for the commune billed, or what it has become."""
    p, q = present(state, day)
    document = state.documents[number]
    person = heir(state.files.movements, document.debtor, document.day, p)
    if groups_of(state, person, day):
        return person
    answering = [
        heir(state.files.movements, code, q, p)
        for code, rows in groups(state, day).items()
        if document.billed in {code, *(row.code for row in rows)}
    ]
    late = heir(state.files.movements, document.billed, date(state.year - 1, 12, 31), p)
    return answering[0] if answering else late


def owned(state: State, person: str, day: date) -> list[int]:
    """The places of a person's documents, last issued first."""
    places = range(len(state.documents))
    return [number for number in reversed(places) if owner(state, number, day) == person]


def worth(state: State, number: int) -> int:
    """A remise withdrawn is paid back by a document of its own: its credit stays."""
    taken = sum(credit.amount for credit in state.credits if credit.document == number)
    return state.documents[number].amount - taken


def is_stale(state: State, number: int, day: date) -> bool:
    """Whether the year's last row of the commune billed names the other settlement, or the year
    is taxed otherwise."""
    document = state.documents[number]
    if document.vat != state.tariff.vat:
        return True
    own = [row for row in counted(state, day) if row.code == document.billed]
    return bool(own) and kind_of(max(own, key=lambda row: row.start)) != document.kind


def kind_of(row: Row) -> str:
    return STATEMENT if row.settlement == AC else INVOICE


def account(state: State, person: str, day: date) -> Account:
    own = owned(state, person, day)
    owes = due(state, person, day)
    granted = sum(
        credit.amount
        for credit in state.credits
        if credit.document in own and credit.cause == REMISE and not credit.withdrawn
    )
    target = max(owes - granted, 0)
    balance = sum(worth(state, number) for number in own)
    stale = sum(worth(state, number) for number in own if is_stale(state, number, day))
    return Account(person, owes, granted, target, balance, stale, target - (balance - stale))


def persons(state: State, day: date) -> list[str]:
    """Everyone with a row of the year or a document, by code."""
    p, q = present(state, day)
    of_rows = {heir(state.files.movements, code, q, p) for code in groups(state, day)}
    return sorted(of_rows | {owner(state, n, day) for n in range(len(state.documents))})


def is_lost(state: State, person: str, day: date) -> bool:
    """Whether a person has documents worth something and no row of the year (point 10)."""
    return not groups_of(state, person, day) and account(state, person, day).balance > 0


# --- issuing (points 8, 10 and 11) ----------------------------------------------------------


def to_issue(
    state: State, day: date, only: Sequence[str] = (), leave: Sequence[str] = ()
) -> list[Entry]:
    """What the accounts lack; a commune is named by its own code or one that it answers for."""
    found: list[Entry] = []
    for person in persons(state, day):
        names = names_of(state, person, day)
        if (not only or names & set(only)) and not names & set(leave):
            found += lacking(state, person, day)
    return found


def names_of(state: State, person: str, day: date) -> set[str]:
    """The codes that name an account: the person's own, and those that it answers for."""
    return {person, *(row.code for rows in groups_of(state, person, day) for row in rows)}


def lacking(state: State, person: str, day: date) -> list[Entry]:
    """What one account lacks: stale documents, then the last ones, then one document more."""
    if is_lost(state, person, day):
        raise RefusedError("documents without a row")
    own, remaining = owned(state, person, day), account(state, person, day).remaining
    off = {number: worth(state, number) for number in own if is_stale(state, number, day)}
    excess = max(-remaining, 0)
    for number in own:
        if number not in off:
            off[number] = min(worth(state, number), excess)
            excess -= off[number]
    found = [
        Entry(CORRECTION, person, state.documents[number].billed, -cents, number)
        for number, cents in off.items()
        if cents
    ]
    if remaining > 0:
        row = billed(state, person, day)
        if row.settlement == AC or remaining >= state.tariff.minimum:
            found.append(Entry(kind_of(row), person, row.code, remaining))
    if found and not has_siren(state, person, day):
        raise RefusedError("no SIREN")
    return found


def issue(
    state: State,
    day: date,
    only: Sequence[str] = (),
    leave: Sequence[str] = (),
    regularise: bool = False,
    act: bool = False,
) -> State:
    """Add what the accounts lack, all of it or nothing; an act adopts the tariff of the files."""
    if act and not regularise:
        raise RefusedError("an act regularises")
    if act and state.recorded is not None:
        state = replace(state, recorded=state.files.tariff)
    entries = to_issue(state, day, only, leave)
    if not regularise and any(owned(state, entry.person, day) for entry in entries):
        raise RefusedError("to regularise")
    # As they are numbered: invoices, then statements.
    for entry in sorted(entries, key=lambda entry: entry.kind == STATEMENT):
        if entry.document is None:
            document = Document(
                entry.kind, entry.amount, entry.billed, entry.person, day, state.tariff.vat
            )
            state = replace(state, documents=(*state.documents, document))
        else:
            state = _credit(state, Credit(entry.document, CORRECTION, -entry.amount, day))
    return replace(state, recorded=state.tariff) if entries else state


def remise(state: State, number: int, cents: int, day: date) -> State:
    """Take a voted reduction from a document."""
    if not is_known(state, number, day):
        raise RefusedError("no SIREN")
    if not 0 < cents <= worth(state, number):
        raise RefusedError("more than it is worth")
    return _credit(state, Credit(number, REMISE, cents, day))


def withdraw(state: State, number: int) -> State:
    """Take back the remise of that place among the credits."""
    credit = state.credits[number]
    if credit.cause != REMISE or credit.withdrawn:
        raise RefusedError("no remise to withdraw")
    before, after = state.credits[:number], state.credits[number + 1 :]
    return replace(state, credits=(*before, replace(credit, withdrawn=True), *after))


def cancel(state: State, number: int, day: date) -> State:
    """Correct a document to nothing."""
    if not is_known(state, number, day):
        raise RefusedError("no SIREN")
    if worth(state, number) == 0:
        raise RefusedError("worth nothing")
    return _credit(state, Credit(number, CORRECTION, worth(state, number), day))


def replace_document(state: State, number: int, day: date) -> State:
    """`--replace`: cancel a document, and issue what its account then lacks."""
    return issue(cancel(state, number, day), day, (owner(state, number, day),), regularise=True)


def _credit(state: State, credit: Credit) -> State:
    return replace(state, credits=(*state.credits, credit))
