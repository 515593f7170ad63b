"""Decisions of a meeting that depart from the ranking: whether each one applies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mutualis.domain.french.names import nearest
from mutualis.domain.french.typography import count, short_date
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.requests.candidate import Candidate
from mutualis.domain.requests.ranking import Choice, Departure, Session, decide, is_acceptable


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the officer notes of a meeting; `sources` say where each departure stands."""

    day: date
    members: tuple[str, ...]
    departures: tuple[Departure, ...]
    sources: tuple[Source, ...]


def departure_problems(session: Session, minutes: Minutes) -> Iterator[Problem]:
    """R11: a departure that names no request, or does not apply to the one that it names."""
    known = {candidate.request.id: candidate for candidate in session.candidates}
    ranked = _left(session, minutes.departures)
    seen: set[str] = set()
    taken: dict[int, str] = {}
    for departure, source in zip(minutes.departures, minutes.sources, strict=True):
        wrong = _wrong(departure, known, ranked, session)
        if departure.request in seen:
            wrong = ("deux décisions pour la même demande", "n'en garder qu'une")
        elif wrong is None and departure.rank is not None:
            other = taken.setdefault(departure.rank, departure.request)
            if other != departure.request:
                wrong = (f"le rang {departure.rank} est déjà donné à {other}", "changer l'un")
        seen.add(departure.request)
        if wrong is not None:
            what, how = wrong
            facts = {"id": departure.request, "what": what, "how": f"{how}."}
            yield Problem("R11", source, facts)


def idle_moves(session: Session, minutes: Minutes) -> Iterator[Problem]:
    """R11: a request moved to the rank that it has anyway; the minutes hold no other problem."""
    for departure, source in zip(minutes.departures, minutes.sources, strict=True):
        if departure.choice is not Choice.MOVE:
            continue
        if _rank_without(session, minutes.departures, departure) == departure.rank:
            what = f"elle a déjà le rang {departure.rank}, ce n'est pas un écart"
            facts = {"id": departure.request, "what": what, "how": "retirer cette décision."}
            yield Problem("R11", source, facts)


def _left(session: Session, departures: Sequence[Departure]) -> int:
    """How many requests are to be planned once some have come in and gone out."""
    reasons = {c.request.id: session.obstacles(c) for c in session.candidates}
    ranked = {name for name, found in reasons.items() if not found}
    for departure in departures:
        name = departure.request
        if departure.choice is Choice.ACCEPT and is_acceptable(reasons.get(name, ())):
            ranked.add(name)
        elif departure.choice in (Choice.REFUSE, Choice.POSTPONE):
            ranked.discard(name)
    return len(ranked)


def _rank_without(session: Session, departures: Sequence[Departure], one: Departure) -> int | None:
    """The rank that a request would have without its departure; None for one not planned."""
    outcome = decide(session, [other for other in departures if other is not one])
    return next((i.rank for i in outcome.planned if i.candidate.request.id == one.request), None)


def _wrong(
    departure: Departure, known: Mapping[str, Candidate], ranked: int, session: Session
) -> tuple[str, str] | None:
    """What is wrong with a departure and what to do; None when it applies."""
    candidate = known.get(departure.request)
    if candidate is None:
        close = nearest(departure.request, known)
        given = next((p for p in session.promised if p.request == departure.request), None)
        if given is not None:
            return (
                f"la séance du {short_date(given.meeting)} l'a déjà planifiée : elle n'est plus à "
                "classer",
                "retirer cette décision ; pour revenir sur ce qui est promis, corriger cette "
                "séance-là (--correct)",
            )
        guess = f" (vouliez-vous dire {' ou '.join(close)} ?)" if close else ""
        return (
            f"cette demande n'est pas à classer{guess}",
            "donner l'identifiant d'une demande classée (mutualis requests rank)",
        )
    reasons = session.obstacles(candidate)
    if departure.choice is Choice.ACCEPT:
        if not reasons:
            return "elle est déjà classée", "retirer cette décision"
        if not is_acceptable(reasons):
            return (
                f"elle ne peut pas être acceptée ({reasons[0].text})",
                "seul un dispositif départemental se discute : accept ne vaut que pour lui",
            )
        return None
    if reasons:
        return (
            f"elle n'est pas classée ({reasons[0].text})",
            "retirer cette décision : elle est déjà écartée",
        )
    if departure.choice is Choice.MOVE:
        if departure.rank is None:
            return "le rang décidé manque", "ajouter rank = 1 (ou un autre rang)"
        if departure.rank > ranked:
            return (
                f"rang {departure.rank}, alors qu'il y a {count(ranked, 'demande')} à planifier",
                f"donner un rang de 1 à {ranked}",
            )
    elif departure.rank is not None:
        return "rank ne va qu'avec « move »", "retirer rank"
    return None
