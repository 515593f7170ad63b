"""What `requests publish` and `render` ask and say."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mutualis.cli.screens.requests.rank import outcome_answer, session_answer, show_outcome
from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.problems.tables import files
from mutualis.domain.requests.meeting import Meeting
from mutualis.workflows.requests_publish import Published


def question(meeting: Meeting) -> str:
    what = "correction" if meeting.correction else "décision"
    requests = count(len(meeting.session.candidates), "demande")
    return f"Publier la {what} du {long_date(meeting.day)} ({requests}) ? C'est définitif."


def answer(published: Published) -> dict[str, Any]:
    """The JSON contract of `requests publish`."""
    meeting = published.meeting
    return {
        **session_answer(meeting.session),
        "meeting": meeting.day.isoformat(),
        "published": meeting.act.day.isoformat(),
        "members": list(meeting.present),
        "elected": list(meeting.elected),
        "agents": list(meeting.agents),
        "departures": [
            {
                "request": departure.request,
                "decision": departure.choice.value,
                "rank": departure.rank,
                "reason": departure.reason,
            }
            for departure in meeting.departures
        ],
        "correction": meeting.correction or None,
        "created": int(published.created),
        "head": published.head,
        **outcome_answer(meeting.outcome),
        "files": list(published.files),
    }


def show(published: Published, folder: Path) -> None:
    meeting = published.meeting
    state = "publiée" if published.created else "déjà publiée : rien n'est ajouté"
    console.show(f"Séance du {long_date(meeting.day)} {state}", "bold")
    show_outcome(meeting.outcome)
    console.show_files(published.files, folder)
    console.show(f"Empreinte du registre : {published.head}")
    if meeting.correction:
        console.show(
            "Une correction garde les demandes, les critères et les scores de la séance ; pour "
            "classer de nouveau, tenir une nouvelle séance."
        )
    console.show_next(
        f"envoyer les lettres ; dans {files()['requests_file']}, mettre les demandes lancées à "
        "l'état « en cours », puis « terminée » : jusque-là, leurs mois restent réservés"
    )


def rendered_answer(day: date, files: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `requests render`."""
    return {"meeting": day.isoformat(), "files": list(files)}


def show_rendered(files: Sequence[str], folder: Path) -> None:
    console.show_files(files, folder)
    console.show_next("mutualis register verify")
