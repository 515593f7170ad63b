"""A request beside what is known of its commune: may it be ranked, and what are its notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mutualis.domain.french.typography import long_date
from mutualis.domain.requests.calendar import first_day
from mutualis.domain.requests.criteria import WAITING, Criteria, Criterion
from mutualis.domain.requests.request import Request


class Obstacle(StrEnum):
    """Why a request is not planned."""

    NOT_A_MEMBER = "not_a_member"
    SCHEME = "departmental_scheme"
    INCOMPLETE = "incomplete"
    TOO_LATE = "received_too_late"
    TOO_LARGE = "beyond_horizon"
    REFUSED = "refused_by_the_body"
    POSTPONED = "postponed_by_the_body"


@dataclass(frozen=True, slots=True)
class Reason:
    """`remedy` is what the commune can do about it.

    Two reasons are the same whatever their wording, which a later program may improve: a meeting
    published before must still be proved.
    """

    obstacle: Obstacle
    text: str = field(compare=False)
    remedy: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request to rank, with the facts that its checks and its notes rest upon.

    `level` is the commune's on the reference day, `required` the one that the service asks for
    (empty: none). `values` holds the figure of each active criterion but the wait, which follows
    from the dates; `details` says in words where a figure comes from.
    """

    request: Request
    code_insee: str
    commune: str
    level: str
    required: tuple[str, ...]
    values: Mapping[str, Fraction]
    details: Mapping[str, str] = field(default_factory=dict, compare=False)

    def value(self, criterion: Criterion, start: str) -> Fraction:
        """The figure x of a criterion, for a planning that begins with the month `start`."""
        if criterion.name == WAITING:
            return Fraction((first_day(start) - self.request.received).days)
        return self.values[criterion.name]


@dataclass(frozen=True, slots=True)
class Term:
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


def obstacles(candidate: Candidate, start: str, sitting: date | None) -> tuple[Reason, ...]:
    """Why a request cannot be ranked, every reason at once; none when it can.

    `sitting` is the day of the meeting, None before one: it decides of nothing received since.
    """
    request = candidate.request
    found = []
    if candidate.required and candidate.level not in candidate.required:
        level = f"au niveau {candidate.level}" if candidate.level else "non adhérente"
        wanted = " ou ".join(candidate.required)
        found.append(
            Reason(
                Obstacle.NOT_A_MEMBER,
                f"commune {level} : ce service demande le niveau {wanted}",
                f"rejoindre le niveau {wanted}, puis renouveler la demande",
            )
        )
    if request.scheme:
        found.append(
            Reason(
                Obstacle.SCHEME,
                f"un dispositif départemental peut servir : {request.scheme}",
                "solliciter ce dispositif ; s'il ne convient pas, dire pourquoi : l'instance peut "
                "accepter la demande",
            )
        )
    missing = [
        what
        for what, is_there in (
            ("le service", request.service),
            ("la direction", request.directorate),
            ("les demi-journées", request.total),
        )
        if not is_there
    ]
    if missing:
        found.append(
            Reason(
                Obstacle.INCOMPLETE,
                f"dossier incomplet : il manque {', '.join(missing)}",
                "donner ce qui manque ; la demande sera classée à la prochaine séance",
            )
        )
    after = ""
    if request.received >= first_day(start):
        after = "le début de la période planifiée"
    elif sitting is not None and request.received > sitting:
        after = f"la séance du {long_date(sitting)}"
    if after:
        found.append(
            Reason(
                Obstacle.TOO_LATE,
                f"reçue le {long_date(request.received)}, après {after}",
                "elle sera classée à la prochaine séance",
            )
        )
    return tuple(found)


def is_met(wished: date | None, attainable: date) -> bool | None:
    """Whether a wished date is met; None without one."""
    return None if wished is None else attainable <= wished
