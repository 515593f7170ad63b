"""Publish what a meeting decided: check its minutes, keep them in the register, write them out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.checks import signatory_is_known
from mutualis.domain.ledger import Ledger
from mutualis.domain.meetings import (
    Minutes,
    check_meeting,
    departure_problems,
    differences,
    stored,
)
from mutualis.domain.problems import Problem, in_order
from mutualis.domain.ranking import decide
from mutualis.domain.records import Act, Meeting
from mutualis.domain.refusals import NotWritten, Refusal, UnusableData
from mutualis.domain.typography import long_date, short_date
from mutualis.files import atomic
from mutualis.files.fingerprint import fingerprint
from mutualis.files.meeting_file import read_meeting
from mutualis.register import store
from mutualis.workflows.outputs import check_not_lost, check_target, relative
from mutualis.workflows.printing import Printer, meeting_letters
from mutualis.workflows.prioritising import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Publication:
    """A meeting ready to be published; `is_new` is false for one that the register has already."""

    root: Path
    meeting: Meeting
    is_new: bool
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Published:
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

    Raises UnusableData on bad data or minutes, Refusal on criteria without an act, a meeting to
    come, or one published otherwise.
    """
    minutes = read_meeting(minutes_path)
    if not isinstance(minutes, Minutes):
        raise UnusableData(minutes)
    prepared = prepare(root, year, first=first, today=today)
    problems = list(departure_problems(prepared.session, minutes))
    if problems:
        raise UnusableData(in_order(problems))
    _check_acts(prepared)
    if day > today:
        raise Refusal(
            f"La publication du {long_date(day)} est à venir : rien n'a été publié.",
            "donner la date du jour, ou retirer --date",
        )
    meeting = _meeting(root, prepared, minutes, day, operator, correction)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    is_new = _to_add(meeting, ledger)
    warnings = (*prepared.warnings, *signatory_is_known(prepared.workspace))
    return Publication(root, meeting, is_new, tuple(in_order(warnings)))


def publish(publication: Publication, printer: Printer) -> Published:
    """Keep the meeting in the register, unless it is there already, then write its documents.

    Raises Refusal or NotWritten; the documents that are missing are written by a second run.
    """
    root, meeting = publication.root, publication.meeting
    created = False
    if publication.is_new:
        atomic.probe(_folder(root, meeting, _version(root, meeting) + 1) / "essai")

        def records(ledger: Ledger) -> tuple[Meeting, ...]:
            return (meeting,) if _to_add(meeting, ledger) else ()

        ledger, added = store.append(root, records)
        created = bool(added)
    else:
        ledger = store.read_ledger(root)
    kept = next(one for one in ledger.meetings if one.key == meeting.key)
    version = ledger.versions(*kept.key)
    try:
        files = write_meeting(root, kept, version, printer, only_missing=not created)
    except NotWritten as error:
        raise NotWritten(
            f"{error.message} La séance du {long_date(kept.day)} est enregistrée.",
            "fermer le fichier, puis relancer la même commande : elle écrira ce qui manque",
        ) from error
    return Published(kept, created, ledger.head, files)


def write_meeting(
    root: Path, meeting: Meeting, version: int, printer: Printer, *, only_missing: bool = False
) -> tuple[str, ...]:
    """The decision workbook and the letters, from the register's record alone."""
    from mutualis.documents.decision_book import render_meeting

    folder = _folder(root, meeting, version)
    path = folder / f"decision-{meeting.day.isoformat()}.xlsx"
    letters = meeting_letters(folder / "lettres", meeting)
    files = []
    if not (only_missing and path.exists()):
        atomic.write(path, render_meeting(meeting))
        files.append(relative(root, path))
    wanted = [item for item in letters if not (only_missing and item[0].exists())]
    return (*files, *printer.write(wanted))


def render_again(root: Path, day: date, printer: Printer) -> tuple[str, ...]:
    """Write the documents of a published meeting again, from the register alone.

    Raises Refusal when no meeting of that day was published.
    """
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    kept = next((one for one in ledger.meetings if one.day == day), None)
    if kept is None:
        known = ", ".join(short_date(one.day) for one in ledger.meetings) or "aucune"
        raise Refusal(
            f"Aucune séance du {long_date(day)} n'est publiée (séances : {known}).",
            "mutualis register list",
        )
    return write_meeting(root, kept, ledger.versions(*kept.key), printer)


def write_draft(root: Path, prepared: Prepared, made_on: date, out: Path | None) -> str:
    """The workbook of a ranking that no meeting has seen: a PROJET."""
    from mutualis.documents.decision_book import render_draft

    session = prepared.session
    name = f"classement-{session.year}-projet.xlsx"
    if out is not None and out.suffix.lower() == ".xlsx":
        path = out
    else:
        path = (out if out is not None else root / "out" / str(session.year)) / name
    check_target(root, path)
    atomic.write(path, render_draft(session, prepared.outcome, prepared.issuer, made_on))
    return relative(root, path)


def _check_acts(prepared: Prepared) -> None:
    """Raises Refusal when a criterion that counts was adopted by nobody."""
    missing = [c for c in prepared.session.criteria.active if c.act_is_missing]
    if missing:
        names = ", ".join(f"« {criterion.label} »" for criterion in missing)
        raise Refusal(
            f"L'acte de ces critères est « à compléter » : {names}. Rien n'a été publié.",
            "remplir act et adopted_on dans data/criteria.toml, ou remettre leur poids à 0",
        )


def _meeting(
    root: Path,
    prepared: Prepared,
    minutes: Minutes,
    day: date,
    operator: str,
    correction: str,
) -> Meeting:
    session = stored(prepared.session)
    return Meeting(
        act=Act(day, operator, __version__, fingerprint(root)),
        year=session.year,
        day=minutes.day,
        members=minutes.members,
        session=session,
        departures=minutes.departures,
        outcome=decide(session, minutes.departures),
        issuer=prepared.issuer,
        signatory=prepared.issuer.signatory(day),
        communes=prepared.communes,
        correction=correction,
    )


def _to_add(meeting: Meeting, ledger: Ledger) -> bool:
    """Whether the register lacks this meeting, or this correction of it.

    Raises Refusal when it has another one of that day, with what differs.
    """
    kept = next((one for one in ledger.meetings if one.key == meeting.key), None)
    if kept is None or (meeting.correction and differences(kept, meeting)):
        check_meeting(meeting, ledger.meetings)
        return True
    lines = differences(kept, meeting)
    if lines:
        raise Refusal(
            f"La séance du {long_date(meeting.day)} est déjà publiée, autrement :\n  "
            + "\n  ".join(lines)
            + "\n  Rien n'a été publié.",
            "rien si la décision publiée est la bonne (mutualis requests render "
            f"{short_date(meeting.day)} réécrit ses documents) ; si elle est fausse, ajouter "
            '--correct "RAISON", qui publie une correction',
        )
    return False


def _version(root: Path, meeting: Meeting) -> int:
    return store.read_ledger(root).versions(*meeting.key)


def _folder(root: Path, meeting: Meeting, version: int) -> Path:
    """out/2025/seance-2025-02-20, and -2 for its first correction."""
    suffix = f"-{version}" if version > 1 else ""
    return root / "out" / str(meeting.year) / f"seance-{meeting.day.isoformat()}{suffix}"
