"""What becomes of a quote: the commune's answer, the half-days really done."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes
from mutualis.domain.french.typography import long_date
from mutualis.domain.issuing.mission_batch import Unbilled, unbilled
from mutualis.domain.missions.mission import Mission, Missions
from mutualis.domain.missions.rules import check_membership, check_record
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import (
    Answer,
    AnswerWithdrawn,
    ClosureWithdrawn,
    MissionClosed,
    WorkDone,
    WorkWithdrawn,
)
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.value import Struct
from mutualis.register import store
from mutualis.workflows.outputs import check_not_lost


class Clerk(Struct, frozen=True):
    """Who notes something in the register, and the day it is noted."""

    today: date
    operator: str

    @property
    def act(self) -> Act:
        return Act(self.today, self.operator, __version__, "")


def answer_quote(
    root: Path,
    number: str,
    clerk: Clerk,
    *,
    accepted: bool,
    day: date,
    by: str,
    decision: str = "",
) -> Mission:
    """Note what the commune answered on `day`; raises Refusal when it cannot answer so.

    Who accepts is a member that day, unless a `decision` goes on; raises UnusableData when the
    files cannot tell.
    """

    def build(mission: Mission) -> Record:
        return Answer(clerk.act, mission.number, accepted, day, by, decision)

    if not accepted:
        return _note(root, number, build)
    communes = _communes(root)
    return _note(
        root, number, build, lambda mission: check_membership(mission, communes, day, decision)
    )


def withdraw_answer(root: Path, number: str, clerk: Clerk, *, reason: str) -> Mission:
    """Note that an answer was noted by mistake."""
    return _note(root, number, lambda mission: AnswerWithdrawn(clerk.act, mission.number, reason))


def note_work(
    root: Path,
    number: str,
    clerk: Clerk,
    *,
    half_days: Mapping[str, int],
    day: date,
    certified_by: str,
    again: bool = False,
    decision: str = "",
) -> Mission:
    """Note half-days done by `day`, for a member or by `decision`, as an acceptance is.

    The same ones twice are refused unless `again`.
    """
    communes = _communes(root)

    def build(mission: Mission) -> Record:
        work = Work(len(mission.noted) + 1, day, certified_by, half_days, decision)
        same = (work.day, work.certified_by, work.half_days)
        if not again and any((w.day, w.certified_by, w.half_days) == same for w in mission.works):
            raise Refusal("quote.noted_already", day=long_date(day), number=mission.number)
        return WorkDone(clerk.act, mission.number, work)

    return _note(
        root, number, build, lambda mission: check_membership(mission, communes, day, decision)
    )


def withdraw_work(root: Path, number: str, clerk: Clerk, *, rank: int, reason: str) -> Mission:
    """Note that a work was noted by mistake."""
    return _note(
        root, number, lambda mission: WorkWithdrawn(clerk.act, mission.number, rank, reason)
    )


def close_mission(root: Path, number: str, clerk: Clerk, *, day: date, reason: str) -> Mission:
    """Note that a mission ended before all was done."""
    return _note(
        root, number, lambda mission: MissionClosed(clerk.act, mission.number, day, reason)
    )


def withdraw_closure(root: Path, number: str, clerk: Clerk, *, reason: str) -> Mission:
    """Note that a mission was closed by mistake."""
    return _note(root, number, lambda mission: ClosureWithdrawn(clerk.act, mission.number, reason))


def missions_of(root: Path) -> tuple[Mission, ...]:
    """Every quote of the register and what became of it, in order of issue."""
    return tuple(_ledger(root).missions.by_quote.values())


def find_mission(root: Path, number: str) -> Mission:
    return _ledger(root).missions.of(number.strip().upper())


def unbilled_works(root: Path, year: int) -> tuple[Unbilled, ...]:
    """What is done and not invoiced, by date."""
    found = unbilled(_ledger(root), year)
    return tuple(sorted(found, key=lambda item: (item.work.day, item.mission.number)))


def _communes(root: Path) -> Communes:
    """Who is a member; what reads the files is imported here, as most of these commands do not."""
    from mutualis.workflows.inputs import gather_communes

    return gather_communes(root)


def _ledger(root: Path) -> Ledger:
    """The register; raises Refusal when it is lost and its documents are still there."""
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    return ledger


def _note(
    root: Path,
    number: str,
    build: Callable[[Mission], Record],
    check: Callable[[Mission], None] | None = None,
) -> Mission:
    """Add one record to a mission, when its rules and `check` allow it; returns the mission after
    it."""
    wanted = number.strip().upper()

    def records(ledger: Ledger) -> tuple[Record, ...]:
        missions = Missions(ledger.records)
        mission = missions.of(wanted)
        record = build(mission)
        check_record(missions, record)
        if check is not None:
            check(mission)
        return (record,)

    find_mission(root, wanted)  # refused before a register is created
    ledger, _ = store.append(root, records)
    return ledger.missions.of(wanted)
