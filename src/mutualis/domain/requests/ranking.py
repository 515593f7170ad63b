"""The body's ranking: scores, order, months, and every request planned or refused with a reason.

Pure and deterministic: the same session gives the same outcome, whatever the order of the rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mutualis.domain.french import requests as words
from mutualis.domain.requests.calendar import Calendar, Promise, Slot, last_day, months_from
from mutualis.domain.requests.candidate import (
    Candidate,
    Objection,
    Obstacle,
    Scorer,
    Term,
    is_met,
    obstacles,
)
from mutualis.domain.requests.criteria import Criteria
from mutualis.domain.value import Struct, field


class Choice(StrEnum):
    """How the body may depart from the ranking."""

    MOVE = "move"
    POSTPONE = "postpone"
    REFUSE = "refuse"
    ACCEPT = "accept"


class Departure(Struct, frozen=True):
    """A decision that departs from the ranking, and why; `rank` goes with `move` alone."""

    request: str
    choice: Choice
    reason: str
    rank: int | None = None


class Session(Struct, frozen=True):
    """What is ranked, by what, and what the months can still hold.

    `start` is the first month planned (AAAA-MM), whose first day is the reference day of the
    waits; `booked` are the half-days that earlier sessions promised. `day` is the meeting's, None
    before one. `promised` are the requests that an earlier meeting planned and that nobody has
    begun: they keep their months and are not ranked anew.
    """

    year: int
    start: str
    criteria: Criteria
    candidates: tuple[Candidate, ...]
    booked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    day: date | None = None
    promised: tuple[Promise, ...] = ()

    def obstacles(self, candidate: Candidate) -> tuple[Objection, ...]:
        """Why a candidate of the session cannot be ranked; none when it can."""
        return obstacles(candidate, self.start, self.day)

    @property
    def months(self) -> tuple[str, ...]:
        return months_from(self.start, self.criteria.horizon)


class Ranked(Struct, frozen=True):
    """A request that is planned. `computed` is its rank by the criteria alone, None for one that
    the body accepted in spite of a check. One too large for the months keeps its rank, so that
    the ranks planned may have a gap."""

    candidate: Candidate
    rank: int
    computed: int | None
    score: Fraction
    terms: tuple[Term, ...]
    slots: tuple[Slot, ...]

    @property
    def attainable(self) -> date:
        return last_day(self.slots[-1].month)

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands: its rank, its months."""
        return (self.rank, self.slots)

    @property
    def is_met(self) -> bool | None:
        return is_met(self.candidate.request.wished, self.attainable)


class Refused(Struct, frozen=True):
    """A request that is not planned. One that was ranked keeps its `computed` rank and score."""

    candidate: Candidate
    reasons: tuple[Objection, ...]
    computed: int | None = None
    score: Fraction | None = None
    terms: tuple[Term, ...] = ()

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands: what keeps it out."""
        return tuple(objection.obstacle for objection in self.reasons)


class Outcome(Struct, frozen=True):
    """`planned` in rank order, `refused` in order of identifier: together, every candidate."""

    planned: tuple[Ranked, ...]
    refused: tuple[Refused, ...]

    @property
    def everyone(self) -> tuple[Ranked | Refused, ...]:
        return (*self.planned, *self.refused)

    @property
    def figures(self) -> tuple[object, ...]:
        """What the criteria and the departures decide, without a word: two outcomes of the same
        figures are the same."""
        return tuple(
            (type(item), item.candidate.figures, item.place, item.computed, item.score, item.terms)
            for item in self.everyone
        )


class _Scored(Struct, frozen=True):
    candidate: Candidate
    score: Fraction
    terms: tuple[Term, ...]
    computed: int | None = None


def sort_key(candidate: Candidate, score: Fraction) -> tuple[Fraction, date, str, str]:
    """Highest score first; ties by date of the request, then INSEE code, then identifier."""
    request = candidate.request
    return (-score, request.received, candidate.code_insee, request.id)


def decide(session: Session, departures: Sequence[Departure] = ()) -> Outcome:
    """Rank and plan a session, as the body's departures change it.

    A departure that names no request to which it applies changes nothing (`departure_problems` has
    refused it before).
    """
    reasons = {c.request.id: session.obstacles(c) for c in session.candidates}
    scorer = Scorer(session.criteria, session.start)
    ranked = [_score(c, scorer) for c in session.candidates if not reasons[c.request.id]]
    ranked.sort(key=lambda item: sort_key(item.candidate, item.score))
    ranked = [
        _Scored(item.candidate, item.score, item.terms, rank)
        for rank, item in enumerate(ranked, start=1)
    ]
    known = {item.candidate.request.id: item for item in ranked}
    order, said = _departed(session.candidates, scorer, ranked, reasons, departures)
    planned, refused = _place(session, order)
    placed = {item.candidate.request.id for item in planned}
    placed |= {item.candidate.request.id for item in refused}
    for candidate in session.candidates:
        name = candidate.request.id
        if name not in placed:
            was = known.get(name)
            refused.append(
                Refused(candidate, said[name])
                if was is None
                else Refused(candidate, said[name], was.computed, was.score, was.terms)
            )
    refused.sort(key=lambda item: item.candidate.request.id)
    return Outcome(tuple(planned), tuple(refused))


def _score(candidate: Candidate, scorer: Scorer) -> _Scored:
    terms = scorer.terms(candidate)
    return _Scored(candidate, sum((term.share for term in terms), Fraction(0)), terms)


def _departed(
    everyone: Sequence[Candidate],
    scorer: Scorer,
    ranked: Sequence[_Scored],
    reasons: Mapping[str, tuple[Objection, ...]],
    departures: Sequence[Departure],
) -> tuple[list[_Scored], dict[str, tuple[Objection, ...]]]:
    """The order after the departures, and why each request that is out of it is out.

    Whatever their order: those accepted come in at the rank of their score, those refused or
    postponed go out, and then each one moved takes the very rank that was decided.
    """
    said = dict(reasons)
    order = {item.candidate.request.id: item for item in ranked}
    candidates = {c.request.id: c for c in everyone}
    ranks: dict[str, int] = {}
    for departure in departures:
        name, choice = departure.request, departure.choice
        if choice is Choice.ACCEPT and name not in order and is_acceptable(said.get(name, ())):
            order[name] = _score(candidates[name], scorer)
            said[name] = ()
        elif name in order and choice is Choice.MOVE and departure.rank is not None:
            ranks[name] = departure.rank
        elif name in order and choice in (Choice.REFUSE, Choice.POSTPONE):
            said[name] = (_put_out(departure),)
            del order[name]
    kept = [item for name, item in order.items() if name not in ranks]
    kept.sort(key=lambda item: sort_key(item.candidate, item.score))
    # From the lowest rank on, so that one put in does not move one put in before.
    for name, rank in sorted(ranks.items(), key=lambda pair: pair[1]):
        if name in order:
            kept.insert(rank - 1, order[name])
    return kept, said


def _put_out(departure: Departure) -> Objection:
    if departure.choice is Choice.REFUSE:
        return Objection(Obstacle.REFUSED, *words.refused(departure.reason))
    return Objection(Obstacle.POSTPONED, *words.postponed(departure.reason))


def is_acceptable(reasons: Sequence[Objection]) -> bool:
    """Whether the body may accept a request in spite of its obstacles: a departmental scheme is a
    matter of judgement, the others are not."""
    return bool(reasons) and all(reason.obstacle is Obstacle.SCHEME for reason in reasons)


def _place(session: Session, order: Sequence[_Scored]) -> tuple[list[Ranked], list[Refused]]:
    """Plan the requests in order; one that no run of months holds is refused and takes nothing."""
    calendar = Calendar(session.criteria.capacities, session.months, session.booked)
    planned: list[Ranked] = []
    refused: list[Refused] = []
    for rank, item in enumerate(order, start=1):
        request = item.candidate.request
        slots = calendar.place(request.directorate, request.total)
        if slots:
            planned.append(
                Ranked(item.candidate, rank, item.computed, item.score, item.terms, slots)
            )
        else:
            said = words.too_large(request.total, session.months[-1])
            why = (Objection(Obstacle.TOO_LARGE, *said),)
            refused.append(Refused(item.candidate, why, item.computed, item.score, item.terms))
    return planned, refused
