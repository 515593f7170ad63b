"""One request explained, on the screen and to other programs."""

from typing import Any

from mutualis.cli.screens.requests.rank import exact, planned_answer, refused_answer, session_answer
from mutualis.cli.terminal import console
from mutualis.documents.wording.ranking import days_asked, figure, note, points, reference
from mutualis.domain.french.typography import count, long_date, month_name, number, short_date
from mutualis.domain.requests.explanation import Place, WayUp
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Ranked
from mutualis.workflows.requests_rank import Explained, PreparedRanking


def show(explained: Explained) -> None:
    prepared = explained.prepared
    show_standing(prepared, explained.standing, explained.meeting)
    console.show_next(f"mutualis requests rank {prepared.session.year}")


def show_standing(prepared: PreparedRanking, standing: Place, meeting: Meeting | None) -> None:
    item = standing.item
    candidate = item.candidate
    request = candidate.request
    console.show(f"{request.id} : {request.project}", "bold")
    console.show(
        f"{candidate.commune} ({candidate.code_insee}), demande du {long_date(request.received)}, "
        f"{request.place('id')}"
    )
    if request.service:
        console.show(f"Service : {request.service}")
    if request.directorate:
        console.show(f"Direction : {request.directorate}")
    if request.total:
        console.show(f"Demandé : {days_asked(request)}")
    if meeting is not None:
        console.show(_decided(meeting, request.id), "bold")
    if item.computed is not None and item.score is not None:
        console.show(
            f"Rang {item.computed} sur {standing.of}, score {points(item.score)} sur 100", "bold"
        )
        _show_terms(prepared, standing)
        _show_neighbour(standing)
    if isinstance(item, Ranked):
        months = ", ".join(
            f"{month_name(slot.month)} ({count(slot.half_days, 'demi-journée')})"
            for slot in item.slots
        )
        console.show(f"Planifiée : {months}")
        console.show(f"Échéance atteignable : {long_date(item.attainable)}{_wished(item)}", "bold")
        if standing.sharing:
            names = ", ".join(
                f"{one.candidate.request.id} ({count(one.candidate.request.total, 'demi-journée')})"
                for one in standing.sharing
            )
            console.show(f"Servies avant elle par cette direction : {names}")
    else:
        for reason in item.reasons:
            console.show(f"Non planifiée : {reason.text}.", "bold")
            console.show(f"  Ce qui changerait cette réponse : {reason.remedy}.")


def _show_terms(prepared: PreparedRanking, standing: Place) -> None:
    criteria = {c.name: c for c in prepared.session.criteria.active}
    details = standing.item.candidate.details
    console.show_table(
        ("Critère", "Chiffre", "Note", "Poids", "Points"),
        [
            (
                f"{criteria[term.name].label}\n{reference(criteria[term.name])}"
                + (f"\n{details[term.name]}" if term.name in details else ""),
                figure(term.name, term.value),
                note(term.note),
                number(criteria[term.name].weight),
                points(term.share),
            )
            for term in standing.item.terms
        ],
        right=(1, 2, 3, 4),
    )


def _show_neighbour(standing: Place) -> None:
    """Who is just before, by how much, and what would pass it."""
    before = standing.before
    if before is None or before.score is None or standing.item.score is None:
        console.show("Aucune demande n'est classée avant elle.")
        return
    name = f"{before.candidate.request.id} ({before.candidate.commune})"
    if standing.tied:
        console.show(
            f"À égalité avec {name}, qui passe avant par la date de la demande, puis le code "
            "INSEE, puis l'identifiant."
        )
    else:
        gap = points(before.score - standing.item.score)
        console.show(f"Juste avant : {name}, {points(before.score)}, soit {gap} de plus.")
    for change in standing.changes:
        console.show(f"  {_what(change)}")


def _what(change: WayUp) -> str:
    name, label = change.criterion.name, change.criterion.label
    now = figure(name, change.now)
    if change.wanted is None:
        return f"{label} : aucun chiffre ne suffirait, seul, à passer devant."
    return f"{label} : {figure(name, change.wanted)} au lieu de {now} suffirait à passer devant."


def _wished(item: Any) -> str:
    if item.is_met is None:
        return ""
    wished = long_date(item.candidate.request.wished)
    return f" (souhaitée le {wished} : {'tenue' if item.is_met else 'dépassée'})"


def _decided(meeting: Meeting, name: str) -> str:
    """What the last meeting that saw the request decided of it."""
    item = next(i for i in meeting.outcome.everyone if i.candidate.request.id == name)
    if isinstance(item, Ranked):
        said = f"planifiée au rang {item.rank}, échéance atteignable {long_date(item.attainable)}"
    else:
        said = f"non planifiée, {' ; '.join(reason.text for reason in item.reasons)}"
    departure = next((d for d in meeting.departures if d.request == name), None)
    why = f" ({departure.reason})" if departure is not None and isinstance(item, Ranked) else ""
    return f"Séance du {short_date(meeting.day)} : {said}{why}"


def answer(explained: Explained) -> dict[str, Any]:
    """The JSON contract of `requests explain`."""
    prepared, standing, meeting = explained.prepared, explained.standing, explained.meeting
    item, before = standing.item, standing.before
    return {
        **session_answer(prepared.session),
        "meeting": None
        if meeting is None
        else {
            "date": meeting.day.isoformat(),
            "decision": _decided(meeting, item.candidate.request.id),
        },
        "ranked": standing.of,
        "planned": planned_answer(item) if isinstance(item, Ranked) else None,
        "refused": None if isinstance(item, Ranked) else refused_answer(item),
        "source": str(item.candidate.request.place("id")),
        "before": None
        if before is None or before.score is None
        else {"id": before.candidate.request.id, "score": exact(before.score)},
        "changes": [
            {
                "criterion": change.criterion.name,
                "value": exact(change.now),
                "wanted": None if change.wanted is None else exact(change.wanted),
            }
            for change in standing.changes
        ],
        "served_before": [one.candidate.request.id for one in standing.sharing],
    }
