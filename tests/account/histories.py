"""Lives of a year at random, as plain data: files as they begin, then steps.

A step names communes, documents and remises by place, modulo how many there are when it is
played; one that means nothing then is left out, so that a failing history shrinks freely.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

import edits
import oracle
from hypothesis import strategies as st
from msgspec import Struct, field
from state import AC, REMISE, TITRE, Files, RefusedError, Row, State, Tariff

from mutualis.domain.value import replace

YEAR = 2025
FIRST_DAYS = (date(2025, 1, 15), date(2024, 12, 10))
LAST_DAY = date(2026, 6, 30)
MOVEMENT_DAYS = (
    date(2025, 1, 1),
    date(2025, 1, 2),
    date(2025, 4, 1),
    date(2025, 7, 15),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 3, 1),
    date(2024, 12, 15),
)


class Issue(Struct, frozen=True):
    days: int
    only: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    regularise: bool = True
    act: bool = False


class Remise(Struct, frozen=True):
    """Of one cent more than `cents` modulo what the document is worth."""

    days: int
    document: int
    cents: int


class Withdraw(Struct, frozen=True):
    days: int
    remise: int


class Cancel(Struct, frozen=True):
    days: int
    document: int


class Replace(Struct, frozen=True):
    days: int
    document: int


class Change(Struct, frozen=True):
    """A cell of a commune's rows, for the whole of the billed year or from a day on."""

    days: int
    commune: int
    column: str  # level, population, settlement, siren
    value: str | int
    since: date | None = None


class Join(Struct, frozen=True):
    """A row for a code that has none, from a day on."""

    days: int
    code: str
    since: date
    population: int


class Leave(Struct, frozen=True):
    """A commune's last row of the billed year ends on a day; without one, its rows go."""

    days: int
    commune: int
    until: date | None


class Retariff(Struct, frozen=True):
    days: int
    tariff: Tariff


class Move(Struct, frozen=True):
    """A movement written in the files, with the rows that it ends and begins.

    It is told before its day (the next of MOVEMENT_DAYS when that is past), or late. Two communes
    by place, a code not in use; what the row that begins says, "=" as before.
    """

    days: int
    kind: str
    day: date
    first: int
    second: int
    code: str
    level: str
    settlement: str
    siren: str
    late: bool = False


Step = Issue | Remise | Withdraw | Cancel | Replace | Change | Join | Leave | Retariff | Move


class History(Struct, frozen=True):
    first_day: date
    files: Files
    steps: tuple[Step, ...] = field(default=())


class Played(Struct, frozen=True):
    """A step as it was played, its places and amounts those of the state before."""

    step: Step
    day: date
    before: State
    after: State
    refused: str = ""


# --- playing --------------------------------------------------------------------------------


def play(history: History) -> Iterator[Played]:
    state, day = State(YEAR, history.files), history.first_day
    for step in history.steps:
        day = min(day + timedelta(days=step.days), LAST_DAY)
        settled = settle(state, step, day)
        if settled is None:
            continue
        try:
            played = Played(settled, day, state, after(state, settled, day))
        except RefusedError as refusal:
            played = Played(settled, day, state, state, str(refusal))
        yield played
        state = played.after


def settle(state: State, step: Step, day: date) -> Step | None:
    """A step whose places are those of the state; None when there is nothing to play it on."""
    match step:
        case Issue():
            known = {row.code for row in oracle.counted(state, day)}
            only, leave = (tuple(sorted(known & set(names))) for names in (step.only, step.leave))
            return replace(step, only=only, leave=leave) if bool(only) == bool(step.only) else None
        case Remise() | Cancel() | Replace():
            alive = [n for n in range(len(state.documents)) if oracle.worth(state, n)]
            if not alive:
                return None
            number = alive[step.document % len(alive)]
            if isinstance(step, Remise):
                cents = 1 + step.cents % oracle.worth(state, number)
                return replace(step, document=number, cents=cents)
            return replace(step, document=number)
        case Withdraw():
            given = [
                n
                for n, credit in enumerate(state.credits)
                if credit.cause == REMISE and not credit.withdrawn
            ]
            return replace(step, remise=given[step.remise % len(given)]) if given else None
        case Move():
            step = told(step, day)
            return step if edited(state.files, step) else None
        case _:
            files = edited(state.files, step)
            return step if files not in (None, state.files) else None


def after(state: State, step: Step, day: date) -> State:
    """The state that a settled step leaves."""
    match step:
        case Issue():
            return oracle.issue(state, day, step.only, step.leave, step.regularise, step.act)
        case Remise():
            return oracle.remise(state, step.document, step.cents, day)
        case Withdraw():
            return oracle.withdraw(state, step.remise)
        case Cancel():
            return oracle.cancel(state, step.document, day)
        case Replace():
            return oracle.replace_document(state, step.document, day)
        case _:
            files = edited(state.files, step)
            assert files is not None
            return replace(state, files=files)


def told(step: Move, day: date) -> Move:
    """A movement told in time, or late."""
    to_come = sorted(on for on in MOVEMENT_DAYS if on > day)
    return step if step.late or step.day > day or not to_come else replace(step, day=to_come[0])


def edited(files: Files, step: Step) -> Files | None:
    """The files after a step that writes in them; None when it means nothing."""
    match step:
        case Change():
            return edits.change(files, YEAR, step.commune, step.column, step.value, step.since)
        case Join():
            return edits.join(files, step.code, step.since, step.population)
        case Leave():
            return edits.leave(files, YEAR, step.commune, step.until)
        case Retariff():
            return replace(files, tariff=step.tariff)
        case Move():
            begun = Row(step.code, step.day, step.day, 0, step.level, step.settlement, step.siren)
            return edits.MOVES[step.kind](files, step.day, step.first, step.second, begun)
        case _:
            return None


# --- drawing --------------------------------------------------------------------------------

BODY = ("25901", "25902", "25903")
OTHERS = ("25904", "25905", "25906")
SINCE = (date(2025, 2, 15), date(2025, 6, 1), date(2025, 10, 1))
LEVELS = ("2A", "2B", "1", "")

days = st.integers(0, 60)
places = st.integers(0, 3)
names = st.lists(st.sampled_from(BODY + OTHERS), max_size=2, unique=True).map(tuple)
no_names: st.SearchStrategy[tuple[str, ...]] = st.just(())
# Few inhabitants: amounts about the minimum; 2 149 of them: the cap.
populations = st.one_of(st.integers(1, 100), st.sampled_from((500, 1300, 1600)))
in_the_year = st.sampled_from(SINCE)
tariffs = st.builds(
    Tariff,
    rate_2a=st.sampled_from((38, 39)),
    rate_2b=st.sampled_from((328, 331)),
    caps=st.sampled_from((Tariff().caps, ((800, 200_000), (10_000, 400_000)))),
    minimum=st.sampled_from((1500, 0, 4000)),
    proration=st.sampled_from(("full_year", "month", "day")),
    vat=st.sampled_from((0, 0, 200, 55)),
)


def change(column: str, values: st.SearchStrategy[str | int]) -> st.SearchStrategy[Change]:
    since = st.none() if column in ("population", "siren") else st.none() | in_the_year
    return st.builds(Change, days, places, st.just(column), values, since)


def move(kind: str) -> st.SearchStrategy[Move]:
    return st.builds(
        Move,
        days,
        st.just(kind),
        st.sampled_from(MOVEMENT_DAYS),
        places,
        places,
        st.sampled_from(OTHERS + BODY),
        level=st.sampled_from(("=", "=", *LEVELS)),
        settlement=st.sampled_from(("=", TITRE, AC)),
        siren=st.sampled_from(("nouveau", "nouveau", "nouveau", "nouveau", "")),
        late=st.booleans(),
    )


issues = st.builds(Issue, days, no_names | names, no_names | names, st.booleans())
whole_issues = st.builds(Issue, days, no_names, no_names, st.just(True), st.booleans())
file_steps = st.one_of(
    change("level", st.sampled_from(LEVELS)),
    change("population", populations),
    change("settlement", st.sampled_from((AC, TITRE))),
    change("siren", st.sampled_from(("nouveau", ""))),
    st.builds(Join, days, st.sampled_from(OTHERS), in_the_year, populations),
    st.builds(Leave, days, places, st.sampled_from((*SINCE, None))),
    st.builds(Retariff, days, tariffs),
    *map(move, edits.MOVES),
)
reductions = st.one_of(
    st.builds(Remise, days, places, st.integers(0, 999_999)),
    st.builds(Withdraw, days, places),
    st.builds(Cancel, days, places),
    st.builds(Replace, days, places),
)
# What happens between two issues, then the issue.
rounds = st.tuples(
    st.lists(st.one_of(file_steps, reductions), max_size=5), st.one_of(whole_issues, issues)
).map(lambda pair: (*pair[0], pair[1]))


@st.composite
def files(draw: st.DrawFn) -> Files:
    """Three communes in the billed year, and in the next one when it is known."""
    years = (YEAR, YEAR + 1) if draw(st.booleans()) else (YEAR,)
    rows = []
    for code in BODY:
        people, level = draw(populations), draw(st.sampled_from(LEVELS))
        settlement = draw(st.sampled_from((TITRE, AC)))
        for year in years:
            row = Row(code, date(year, 1, 1), date(year, 12, 31), people, level, settlement)
            rows.append(row)
    return Files(tuple(rows), tariff=draw(tariffs))


histories = st.builds(
    History,
    st.sampled_from(FIRST_DAYS),
    files(),
    st.lists(rounds, min_size=1, max_size=6).map(lambda found: tuple(chain.from_iterable(found))),
)
