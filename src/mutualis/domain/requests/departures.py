"""Decisions of a meeting that depart from the ranking: whether each one applies."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mutualis.domain.french.names import nearest
from mutualis.domain.french.typography import alternatives, count, short_date
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.problems.refusals import Fact, Reason
from mutualis.domain.requests.candidate import Candidate
from mutualis.domain.requests.ranking import Choice, Departure, Session, decide, is_acceptable
from mutualis.domain.value import Struct


class Minutes(Struct, frozen=True):
    """What the officer notes of a meeting; `sources` say where each departure stands, `warnings`
    what must be said of the file."""

    day: date
    elected: tuple[str, ...]
    agents: tuple[str, ...]
    departures: tuple[Departure, ...]
    sources: tuple[Source, ...]
    warnings: tuple[Problem, ...] = ()


def departure_problems(session: Session, minutes: Minutes) -> Iterator[Problem]:
    """R11: a departure that names no request, or does not apply to the one that it names."""
    for rank, wrong in faults(session, minutes.departures):
        yield _problem(minutes, rank, wrong)


def idle_moves(session: Session, minutes: Minutes) -> Iterator[Problem]:
    """R11: a request moved to the rank that it has anyway; the minutes hold no other problem."""
    departures = minutes.departures
    for place, departure in enumerate(departures):
        rank = departure.rank
        if rank is not None and _rank_without(session, departures, departure) == rank:
            yield _problem(minutes, place, Reason("requests.idle", {"rank": rank}))


def _problem(minutes: Minutes, place: int, wrong: Reason) -> Problem:
    facts = {
        "id": minutes.departures[place].request,
        "what": wrong.text,
        "how": f"{wrong.remedy}.",
    }
    return Problem("R11", minutes.sources[place], facts)


def faults(session: Session, departures: Sequence[Departure]) -> Iterator[tuple[int, Reason]]:
    """The place of each departure that does not apply, and why."""
    known = {candidate.request.id: candidate for candidate in session.candidates}
    ranked = _left(session, departures)
    seen: set[str] = set()
    taken: dict[int, str] = {}
    for place, departure in enumerate(departures):
        wrong = _wrong(departure, known, ranked, session)
        if departure.request in seen:
            wrong = Reason("requests.twice")
        elif wrong is None and departure.rank is not None:
            other = taken.setdefault(departure.rank, departure.request)
            if other != departure.request:
                facts: dict[str, Fact] = {"rank": departure.rank, "other": other}
                wrong = Reason("requests.rank_taken", facts)
        seen.add(departure.request)
        if wrong is not None:
            yield place, wrong


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
) -> Reason | None:
    """What is wrong with a departure; None when it applies."""
    if not departure.reason:
        return Reason("requests.no_reason")
    candidate = known.get(departure.request)
    if candidate is None:
        return _not_to_rank(departure, known, session)
    reasons = session.obstacles(candidate)
    if departure.choice is Choice.ACCEPT:
        if not reasons:
            return Reason("requests.already_ranked")
        if not is_acceptable(reasons):
            return Reason("requests.not_acceptable", {"why": reasons[0].text})
        return None
    if reasons:
        return Reason("requests.not_ranked", {"why": reasons[0].text})
    if departure.choice is Choice.MOVE:
        if departure.rank is None:
            return Reason("requests.no_rank")
        if departure.rank > ranked:
            requests = count(ranked, "demande")
            beyond: dict[str, Fact] = {"rank": departure.rank, "requests": requests, "most": ranked}
            return Reason("requests.rank_beyond", beyond)
    elif departure.rank is not None:
        return Reason("requests.rank_unwanted")
    return None


def _not_to_rank(departure: Departure, known: Mapping[str, Candidate], session: Session) -> Reason:
    given = next((p for p in session.promised if p.request == departure.request), None)
    if given is not None:
        return Reason("requests.already_planned", {"day": short_date(given.meeting)})
    close = nearest(departure.request, known)
    if close:
        return Reason("requests.nearly_known", {"close": alternatives(close)})
    return Reason("requests.unknown")
