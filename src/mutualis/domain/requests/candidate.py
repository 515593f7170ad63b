"""A request beside what is known of its commune: may it be ranked, and what are its notes."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mutualis.domain.french import requests as words
from mutualis.domain.requests.calendar import first_day
from mutualis.domain.requests.criteria import Criteria, Criterion
from mutualis.domain.requests.measures import Facts, Origin
from mutualis.domain.requests.request import Request
from mutualis.domain.value import Struct, equal_but_for, field


class Obstacle(StrEnum):
    """Why a request is not planned."""

    NOT_A_MEMBER = "not_a_member"
    SCHEME = "departmental_scheme"
    INCOMPLETE = "incomplete"
    TOO_LATE = "received_too_late"
    TOO_LARGE = "beyond_horizon"
    REFUSED = "refused_by_the_body"
    POSTPONED = "postponed_by_the_body"


class Objection(Struct, frozen=True):
    """An obstacle, and what was said of it; `remedy` is what the commune can do about it.

    Two are the same whatever their wording, which a later program may improve: a meeting
    published before must still be proved.
    """

    obstacle: Obstacle
    text: str
    remedy: str

    __eq__ = equal_but_for("text", "remedy")


class Candidate(Struct, frozen=True):
    """A request to rank, with the facts that its checks and its notes rest upon.

    `level` is the commune's on the reference day, `required` the one that the service asks for
    (empty: none). `values` holds the figure of each active criterion but what follows from the
    request's date; `details` says in words where a figure comes from.
    """

    request: Request
    code_insee: str
    commune: str
    level: str
    required: tuple[str, ...]
    values: Mapping[str, Fraction]
    details: Mapping[str, str] = field(default_factory=dict)

    __eq__ = equal_but_for("details")

    @property
    def figures(self) -> tuple[object, ...]:
        """What its checks, its notes and its months rest upon."""
        asked = self.request
        return (
            (asked.id, asked.received, asked.half_days, asked.wished),
            (asked.service, asked.directorate, asked.scheme),
            (self.code_insee, self.level, self.required, self.values),
        )

    def value(self, criterion: Criterion, start: str) -> Fraction:
        """The figure x of a criterion, for a planning that begins with the month `start`."""
        if criterion.measure.origin is not Origin.REQUEST:
            return self.values[criterion.name]
        return criterion.measure.value(Facts((first_day(start) - self.request.received).days))


class Term(Struct, frozen=True):
    """One criterion of one request: its figure, its note, and the part of the score it gives."""

    name: str
    value: Fraction
    note: Fraction
    share: Fraction


class Scorer:
    """The notes of one session's criteria. Communes and days repeat, so each note is computed
    once."""

    def __init__(self, criteria: Criteria, start: str) -> None:
        self._active = criteria.active
        self._total = criteria.total_weight
        self._start = start
        self._terms: dict[tuple[str, Fraction], Term] = {}

    def terms(self, candidate: Candidate) -> tuple[Term, ...]:
        """The terms of the active criteria; their shares add up to the score, from 0 to 1."""
        return tuple(
            self._term(criterion, candidate.value(criterion, self._start))
            for criterion in self._active
        )

    def score(self, candidate: Candidate) -> Fraction:
        return sum((term.share for term in self.terms(candidate)), Fraction(0))

    def _term(self, criterion: Criterion, value: Fraction) -> Term:
        known = self._terms.get((criterion.name, value))
        if known is None:
            note = criterion.note(value)
            share = Fraction(Fraction(criterion.weight) * note, self._total)
            known = Term(criterion.name, value, note, share)
            self._terms[criterion.name, value] = known
        return known


def obstacles(candidate: Candidate, start: str, sitting: date | None) -> tuple[Objection, ...]:
    """Why a request cannot be ranked, every reason at once; none when it can.

    `sitting` is the day of the meeting, None before one: it decides of nothing received since.
    """
    request = candidate.request
    found = []
    if candidate.required and candidate.level not in candidate.required:
        said = words.not_a_member(candidate.level, candidate.required)
        found.append(Objection(Obstacle.NOT_A_MEMBER, *said))
    if request.scheme:
        found.append(Objection(Obstacle.SCHEME, *words.scheme(request.scheme)))
    if not (request.service and request.directorate and request.total):
        said = words.incomplete(request.service, request.directorate, request.total)
        found.append(Objection(Obstacle.INCOMPLETE, *said))
    if request.received >= first_day(start):
        found.append(Objection(Obstacle.TOO_LATE, *words.after_start(request.received)))
    elif sitting is not None and request.received > sitting:
        found.append(Objection(Obstacle.TOO_LATE, *words.after_meeting(request.received, sitting)))
    return tuple(found)


def is_met(wished: date | None, attainable: date) -> bool | None:
    """Whether a wished date is met; None without one."""
    return None if wished is None else attainable <= wished
