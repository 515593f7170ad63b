"""A ranking on the screen and to other programs."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.documents.wording.ranking import (
    criteria_lines,
    points,
    rounded,
    term_brief,
    title,
    wish,
)
from mutualis.domain.french.typography import count, number, short_date
from mutualis.domain.requests.candidate import Candidate, Term
from mutualis.domain.requests.ranking import Outcome, Ranked, Refused, Session
from mutualis.workflows.requests_rank import PreparedRanking


def show(prepared: PreparedRanking, files: Sequence[str], folder: Path) -> None:
    session, outcome = prepared.session, prepared.outcome
    console.show(title(session), "bold")
    for line in criteria_lines(session.criteria):
        console.show(line)
    show_outcome(outcome)
    show_promised(session)
    console.show_files(files, folder)
    console.show_next(
        "mutualis requests explain DEMANDE ; après la séance : "
        f"mutualis requests publish {session.year} --meeting FICHIER"
    )


def show_promised(session: Session) -> None:
    """What earlier meetings planned and nobody has begun, which is not ranked anew."""
    if session.promised:
        console.show("Déjà planifiées par une séance, et gardées (non classées de nouveau) :")
        console.show_table(
            ("Demande", "Commune et projet", "Séance", "Échéance"),
            [
                (
                    promise.request,
                    f"{promise.commune}\n{promise.project}",
                    short_date(promise.meeting),
                    short_date(promise.attainable),
                )
                for promise in session.promised
            ],
        )


def show_outcome(outcome: Outcome) -> None:
    """What is planned, what is not, and how many of each."""
    show_planned(outcome)
    show_refused(outcome)
    console.show(
        f"{count(len(outcome.planned), 'demande planifiée', 'demandes planifiées')}, "
        f"{number(len(outcome.refused))} non planifiées."
    )


def show_planned(outcome: Outcome) -> None:
    if not outcome.planned:
        return
    console.show_table(
        ("Rang", "Demande", "Commune et projet", "Notes", "Score", "Échéance"),
        [
            (
                str(item.rank),
                item.candidate.request.id,
                f"{item.candidate.commune}\n{item.candidate.request.project}",
                "\n".join(term_brief(term) for term in item.terms),
                points(item.score),
                f"{short_date(item.attainable)}\n{wish(item)}".strip(),
            )
            for item in outcome.planned
        ],
        right=(0, 4),
    )


def show_refused(outcome: Outcome) -> None:
    if outcome.refused:
        console.show_table(
            ("Demande", "Commune", "Non planifiée parce que"),
            [
                (
                    item.candidate.request.id,
                    item.candidate.commune,
                    " ; ".join(reason.text for reason in item.reasons),
                )
                for item in outcome.refused
            ],
        )


def answer(prepared: PreparedRanking, files: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `requests rank`."""
    return {
        **session_answer(prepared.session),
        **outcome_answer(prepared.outcome),
        "files": list(files),
    }


def session_answer(session: Session) -> dict[str, Any]:
    criteria = session.criteria
    return {
        "year": session.year,
        "from": session.start,
        "months": list(session.months),
        "criteria": [
            {
                "name": criterion.name,
                "label": criterion.label,
                "weight": f"{criterion.weight:f}",
                "zero_at": f"{criterion.zero_at:f}",
                "one_at": f"{criterion.one_at:f}",
                "act": criterion.act,
                "adopted_on": criterion.adopted_on.isoformat() if criterion.adopted_on else None,
            }
            for criterion in criteria.criteria
        ],
        "examples": sum(c.request.is_example for c in session.candidates),
        "promised": [
            {
                "id": promise.request,
                "commune": promise.commune,
                "meeting": promise.meeting.isoformat(),
                "months": {slot.month: slot.half_days for slot in promise.slots},
                "attainable": promise.attainable.isoformat(),
            }
            for promise in session.promised
        ],
    }


def outcome_answer(outcome: Outcome) -> dict[str, Any]:
    return {
        "planned": [planned_answer(item) for item in outcome.planned],
        "refused": [refused_answer(item) for item in outcome.refused],
    }


def planned_answer(item: Ranked) -> dict[str, Any]:
    request = item.candidate.request
    return {
        "rank": item.rank,
        "computed_rank": item.computed,
        **_request(item.candidate),
        "score": exact(item.score),
        "points": f"{rounded(item.score * 100, 2):f}",
        "terms": [_term(term) for term in item.terms],
        "months": {slot.month: slot.half_days for slot in item.slots},
        "attainable": item.attainable.isoformat(),
        "wished": None if request.wished is None else request.wished.isoformat(),
        "wished_met": item.is_met,
    }


def refused_answer(item: Refused) -> dict[str, Any]:
    return {
        **_request(item.candidate),
        "computed_rank": item.computed,
        "score": None if item.score is None else exact(item.score),
        "terms": [_term(term) for term in item.terms],
        "reasons": [
            {"code": reason.obstacle.value, "text": reason.text, "remedy": reason.remedy}
            for reason in item.reasons
        ],
    }


def exact(value: Fraction) -> str:
    """A fraction as it is, 13/24, since other programs must not round it."""
    return str(value)


def _request(candidate: Candidate) -> dict[str, Any]:
    request = candidate.request
    return {
        "id": request.id,
        "date": request.received.isoformat(),
        "code_insee": candidate.code_insee,
        "commune": candidate.commune,
        "project": request.project,
        "service": request.service,
        "directorate": request.directorate,
        "scheme": request.scheme or None,
        "half_days": dict(request.half_days),
        "example": request.is_example,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        "value": exact(term.value),
        "note": exact(term.note),
        "share": exact(term.share),
    }
