"""Why a request has its rank, and what would change it, one figure at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from mutualis.domain.candidates import Candidate, Scorer
from mutualis.domain.criteria import WAITING, Criterion
from mutualis.domain.ranking import Outcome, Ranked, Refused, Session, sort_key

Placed = Ranked | Refused


@dataclass(frozen=True, slots=True)
class Change:
    """The nearest figure of one criterion that would pass the request before; None: none would."""

    criterion: Criterion
    now: Fraction
    wanted: Fraction | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A request in the ranking by the criteria alone.

    `before` is the one just before it, `tied` says that their scores are equal; `sharing` are the
    better ranked requests of its directorate, which took their months first.
    """

    item: Placed
    of: int
    before: Placed | None
    tied: bool
    changes: tuple[Change, ...]
    sharing: tuple[Ranked, ...]


def standing(session: Session, outcome: Outcome, wanted: str) -> Standing:
    """The standing of a candidate of the session, by its identifier."""
    everyone = outcome.everyone
    item = next(one for one in everyone if one.candidate.request.id == wanted)
    ranking = sorted(
        (one for one in everyone if one.computed is not None), key=lambda one: one.computed or 0
    )
    before = ranking[item.computed - 2] if item.computed is not None and item.computed > 1 else None
    changes = tuple(_changes(session, item.candidate, before.candidate)) if before else ()
    directorate = item.candidate.request.directorate
    sharing = tuple(
        one
        for one in outcome.planned
        if one.candidate.request.directorate == directorate
        and item.computed is not None
        and one.computed is not None
        and one.computed < item.computed
    )
    tied = before is not None and before.score == item.score
    return Standing(item, len(ranking), before, tied, changes, sharing)


def _changes(session: Session, candidate: Candidate, other: Candidate) -> Iterator[Change]:
    """What each criterion alone would need, for `candidate` to pass `other`."""
    scorer = Scorer(session.criteria, session.start)
    mark = sort_key(other, scorer.score(other))
    gap = scorer.score(other) - scorer.score(candidate)
    for criterion in session.criteria.active:
        now = candidate.value(criterion, session.start)
        share = Fraction(Fraction(criterion.weight), session.criteria.total_weight)
        note = criterion.note(now) + Fraction(gap, share)
        wanted = None
        if note <= 1:
            upwards = criterion.one_at > criterion.zero_at
            exact = criterion.value_at(note)
            # Whole figures: a day, a project, an inhabitant, a euro.
            nearest = Fraction(ceil(exact) if upwards else floor(exact))
            for value in (nearest, nearest + (1 if upwards else -1)):
                changed = _with(candidate, criterion, now, value)
                if value >= 0 and sort_key(changed, scorer.score(changed)) < mark:
                    wanted = value
                    break
        yield Change(criterion, now, wanted)


def _with(candidate: Candidate, criterion: Criterion, now: Fraction, value: Fraction) -> Candidate:
    """The candidate with another figure."""
    if criterion.name == WAITING:
        earlier = timedelta(days=int(value - now))
        request = replace(candidate.request, received=candidate.request.received - earlier)
        return replace(candidate, request=request)
    return replace(candidate, values={**candidate.values, criterion.name: value})
