"""Publish what a meeting decided: check its minutes, keep them in the register, write them out."""

from datetime import date
from functools import partial
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.debtors import is_same_person, owing
from mutualis.domain.conditions.conditions import OF_ISSUER, ToIssue, check_issuable
from mutualis.domain.french.typography import long_date, month_name, short_date
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Reason, Refusal, UnusableData
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.requests.criteria import Criteria
from mutualis.domain.requests.departures import Minutes, departure_problems, idle_moves
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.meeting_rules import check_day, check_meeting, differences, stored
from mutualis.domain.requests.ranking import decide
from mutualis.domain.value import Struct, replace
from mutualis.files.disk import atomic, sums
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.files.received.meeting import read_meeting
from mutualis.register import store
from mutualis.workflows.inputs import gather
from mutualis.workflows.outputs import check_not_lost, relative
from mutualis.workflows.printing import Printer, meeting_letters
from mutualis.workflows.requests_rank import PreparedRanking, prepare


class Publication(Struct, frozen=True):
    """A meeting ready to be published; `is_new` is false for one that the register has already."""

    root: Path
    meeting: Meeting
    is_new: bool
    warnings: tuple[Problem, ...]
    known: int  # the records of meetings that the register had


class Published(Struct, frozen=True):
    meeting: Meeting
    created: bool
    head: str
    files: tuple[str, ...]


def prepare_publication(
    root: Path,
    year: int,
    minutes_path: Path,
    *,
    first: str | None,
    day: date,
    today: date,
    operator: str,
    correction: str = "",
) -> Publication:
    """Everything that can refuse a publication is tried here, before anybody confirms it.

    A correction keeps the requests, the criteria and the ranking of the meeting published, and
    changes its members and its departures alone. Raises UnusableData on bad data or minutes,
    Refusal on criteria without an act, a meeting to come, or one published otherwise.
    """
    minutes = read_meeting(minutes_path, year)
    if not isinstance(minutes, Minutes):
        raise UnusableData(minutes)
    if day > today:
        raise Refusal("requests_publish.to_come", day=long_date(day))
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    check_day(year, minutes.day, ledger.meetings)
    act = Act(day, operator, __version__, fingerprint(root))
    kept = next((one for one in ledger.meetings if one.key == (year, minutes.day)), None)
    if correction and kept is not None:
        _check_same_start(kept, first)
        workspace, warnings = gather(root)
        meeting = replace(_decided(kept, minutes), act=act, correction=correction)
    else:
        prepared = prepare(root, year, first=first, today=today, sitting=minutes.day)
        workspace, warnings = prepared.workspace, prepared.warnings
        meeting = _decided(_meeting(prepared, minutes, act, correction), minutes)
        _check_acts(meeting.session.criteria, minutes.day)
    issuer = workspace.issuer
    meeting = replace(
        meeting,
        issuer=issuer,
        signatory=issuer.signatory(day),
        addressees=_addressees(workspace.communes, meeting),
    )
    is_new = _to_add(meeting, ledger)
    if is_new:
        # A letter goes to a commune at the address that it has: it owes nothing.
        check_issuable(ToIssue.on(day, issuer, (), ledger.is_example), OF_ISSUER)
    return Publication(
        root,
        meeting,
        is_new,
        tuple(in_order([*warnings, *minutes.warnings])),
        len(_meetings(ledger)),
    )


def publish(publication: Publication, printer: Printer) -> Published:
    """Keep the meeting in the register, unless it is there already, then write its documents.

    Raises Refusal or NotWritten; the documents that are missing are written by a second run.
    """
    root, meeting = publication.root, publication.meeting
    created = False
    if publication.is_new:
        atomic.probe(_folder(root, meeting, _version(root, meeting) + 1) / "essai")

        def records(ledger: Ledger) -> tuple[Meeting, ...]:
            if not _to_add(meeting, ledger):
                return ()
            if len(_meetings(ledger)) != publication.known:
                # What it promised since could be given twice.
                raise Refusal("requests_publish.another_just_now")
            return (meeting,)

        ledger, added = store.append(root, records)
        created = bool(added)
    else:
        ledger = store.read_ledger(root)
    kept = next(one for one in ledger.meetings if one.key == meeting.key)
    version = ledger.versions(*kept.key)
    files = write_meeting(root, kept, version, printer, only_missing=not created)
    return Published(kept, created, ledger.head, files)


def write_meeting(
    root: Path, meeting: Meeting, version: int, printer: Printer, *, only_missing: bool = False
) -> tuple[str, ...]:
    """The decision workbook and the letters, from the register's record alone."""
    from mutualis.documents.requests.book import render_meeting

    folder = _folder(root, meeting, version)
    path = folder / f"decision-{meeting.day.isoformat()}.xlsx"
    letters = meeting_letters(folder / "lettres", meeting)
    there = {item for item in (path, *dict(letters)) if only_missing and item.exists()}
    done = {item for item in there if sums.is_noted(root, item)}
    put = partial(sums.write_missing if only_missing else sums.write, root)
    files = []
    if path not in done:
        files.append(relative(root, put(path, render_meeting(meeting))))
    files += printer.write([item for item in letters if item[0] not in done], put=put)
    known = {relative(root, item) for item in there}
    return tuple(file for file in files if file not in known)


def render_again(root: Path, day: date, printer: Printer) -> tuple[str, ...]:
    """Write the documents of a published meeting again, from the register alone.

    Raises Refusal when no meeting of that day was published.
    """
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    kept = next((one for one in ledger.meetings if one.day == day), None)
    if kept is None:
        days = ", ".join(short_date(one.day) for one in ledger.meetings)
        if not days:
            raise Refusal("requests_publish.no_meeting", day=long_date(day))
        raise Refusal("requests_publish.no_meeting_of_that_day", day=long_date(day), days=days)
    return write_meeting(root, kept, ledger.versions(*kept.key), printer)


def write_draft(root: Path, prepared: PreparedRanking, made_on: date, out: Path | None) -> str:
    """The workbook of a ranking that no meeting has seen: a PROJET."""
    from mutualis.documents.requests.book import render_draft

    session = prepared.session
    name = f"classement-{session.year}-projet.xlsx"
    if out is not None and out.suffix.lower() == ".xlsx":
        path = out
    else:
        path = (out if out is not None else root / "out" / str(session.year)) / name
    data = render_draft(session, prepared.outcome, prepared.issuer, made_on)
    return relative(root, sums.write(root, path, data))


def _check_acts(criteria: Criteria, sitting: date) -> None:
    """Raises Refusal when a criterion that counts was adopted by nobody, or after the meeting."""
    wrong = []
    for criterion in criteria.active:
        name, day = criterion.label, criterion.adopted_on
        if criterion.act_is_missing:
            wrong.append(Reason("requests_publish.without_act", {"criterion": name}))
        elif criterion.date_is_missing:
            wrong.append(Reason("requests_publish.act_without_date", {"criterion": name}))
        elif day is not None and day > sitting:
            facts = {"criterion": name, "day": long_date(day)}
            wrong.append(Reason("requests_publish.adopted_after", facts))
    if wrong:
        raise Refusal("requests_publish.criteria_not_adopted", details=wrong)


def _check_same_start(kept: Meeting, first: str | None) -> None:
    """Raises Refusal when a correction would plan other months."""
    if first is not None and first != kept.session.start:
        raise Refusal(
            "requests_publish.other_start",
            day=long_date(kept.day),
            month=month_name(kept.session.start),
        )


def _meeting(prepared: PreparedRanking, minutes: Minutes, act: Act, correction: str) -> Meeting:
    """A meeting whose session nobody has decided yet."""
    session = stored(prepared.session)
    return Meeting(
        act=act,
        year=session.year,
        day=minutes.day,
        session=session,
        departures=(),
        outcome=prepared.outcome,
        issuer=prepared.issuer,
        signatory=None,
        communes=prepared.communes,
        correction=correction,
    )


def _addressees(communes: Communes, meeting: Meeting) -> dict[str, CommuneYear]:
    """What communes had become between the meeting and its letters."""
    now = {
        row.code_insee: (row, owing(communes, row, meeting.day, meeting.act.day))
        for row in meeting.communes
    }
    return {code: person for code, (row, person) in now.items() if not is_same_person(row, person)}


def _decided(meeting: Meeting, minutes: Minutes) -> Meeting:
    """The meeting as its minutes decide it; raises UnusableData on departures without effect."""
    problems = list(departure_problems(meeting.session, minutes))
    problems = problems or list(idle_moves(meeting.session, minutes))
    if problems:
        raise UnusableData(in_order(problems))
    return replace(
        meeting,
        members=(),
        elected=minutes.elected,
        agents=minutes.agents,
        departures=minutes.departures,
        outcome=decide(meeting.session, minutes.departures),
    )


def _meetings(ledger: Ledger) -> list[Meeting]:
    """Every record of a meeting, in order."""
    return [record for record in ledger.records if isinstance(record, Meeting)]


def _to_add(meeting: Meeting, ledger: Ledger) -> bool:
    """Whether the register lacks this meeting, or this correction of it.

    Raises Refusal when it has another one of that day, with what differs.
    """
    kept = next((one for one in ledger.meetings if one.key == meeting.key), None)
    changes = [] if kept is None else differences(kept, meeting)
    if kept is None or (meeting.correction and changes):
        check_meeting(meeting, _meetings(ledger))
        return True
    if changes:
        raise Refusal(
            "meetings.published_otherwise",
            details=changes,
            day=long_date(meeting.day),
            render=short_date(meeting.day),
        )
    return False


def _version(root: Path, meeting: Meeting) -> int:
    return store.read_ledger(root).versions(*meeting.key)


def _folder(root: Path, meeting: Meeting, version: int) -> Path:
    """out/2025/seance-2025-02-20, and -2 for its first correction."""
    suffix = f"-{version}" if version > 1 else ""
    return root / "out" / str(meeting.year) / f"seance-{meeting.day.isoformat()}{suffix}"
