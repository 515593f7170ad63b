"""Why a request has its rank, and what would change it, one figure at a time."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from mutualis.domain.requests.candidate import Candidate, Scorer
from mutualis.domain.requests.criteria import Criterion
from mutualis.domain.requests.measures import Origin
from mutualis.domain.requests.ranking import Outcome, Ranked, Refused, Session, sort_key
from mutualis.domain.value import Struct, replace

Placed = Ranked | Refused


class WayUp(Struct, frozen=True):
    """The nearest figure of one criterion that would pass the request before; None: none would."""

    criterion: Criterion
    now: Fraction
    wanted: Fraction | None


class Place(Struct, frozen=True):
    """A request in the ranking by the criteria, and in the months.

    `before` is the one just before it, `tied` says that their scores are equal; `sharing` are the
    better ranked requests of its directorate, which took their months first.
    """

    item: Placed
    of: int
    before: Placed | None
    tied: bool
    changes: tuple[WayUp, ...]
    sharing: tuple[Ranked, ...]


def standing(session: Session, outcome: Outcome, wanted: str) -> Place:
    """The standing of a candidate of the session, by its identifier."""
    everyone = outcome.everyone
    item = next(one for one in everyone if one.candidate.request.id == wanted)
    ranking = sorted(
        (one for one in everyone if one.computed is not None), key=lambda one: one.computed or 0
    )
    before = ranking[item.computed - 2] if item.computed is not None and item.computed > 1 else None
    changes = tuple(_changes(session, item.candidate, before.candidate)) if before else ()
    directorate = item.candidate.request.directorate
    rank = item.rank if isinstance(item, Ranked) else item.computed
    sharing = tuple(
        one
        for one in outcome.planned
        if one.candidate.request.directorate == directorate and rank is not None and one.rank < rank
    )
    tied = before is not None and before.score == item.score
    return Place(item, len(ranking), before, tied, changes, sharing)


def _is_own(criterion: Criterion) -> bool:
    """Whether the figure is the request's own, a wait in days; others are of its commune."""
    return criterion.measure.origin is Origin.REQUEST


def _changes(session: Session, candidate: Candidate, other: Candidate) -> Iterator[WayUp]:
    """What each criterion alone would need, for `candidate` to pass `other`.

    A figure of a commune changes for all its requests, so for `other` too when it is its own.
    """
    scorer = Scorer(session.criteria, session.start)

    def passes(criterion: Criterion, now: Fraction, value: Fraction) -> bool:
        changed, rival = _with(candidate, criterion, now, value), other
        if not _is_own(criterion) and other.code_insee == candidate.code_insee:
            rival = _with(other, criterion, now, value)
        return sort_key(changed, scorer.score(changed)) < sort_key(rival, scorer.score(rival))

    gap = scorer.score(other) - scorer.score(candidate)
    for criterion in session.criteria.active:
        now = candidate.value(criterion, session.start)
        tried = _tried(session, criterion, now, other, gap)
        wanted = next((value for value in tried if passes(criterion, now, value)), None)
        yield WayUp(criterion, now, wanted)


def _tried(
    session: Session, criterion: Criterion, now: Fraction, other: Candidate, gap: Fraction
) -> list[Fraction]:
    """The figures that may pass `other`, nearest first: the one that makes up for the gap, and
    for a wait that of `other`, since ties go by date."""
    share = Fraction(Fraction(criterion.weight), session.criteria.total_weight)
    note = criterion.note(now) + Fraction(gap, share)
    upwards = criterion.one_at > criterion.zero_at
    found = []
    if note <= 1:
        exact = criterion.value_at(note)
        # Whole figures: a day, a project, an inhabitant, a euro.
        nearest = Fraction(ceil(exact) if upwards else floor(exact))
        found = [nearest, nearest + (1 if upwards else -1)]
    if _is_own(criterion):
        wait = other.value(criterion, session.start)
        found += [wait, wait + 1]
    return sorted((value for value in found if value >= 0), key=lambda value: abs(value - now))


def _with(candidate: Candidate, criterion: Criterion, now: Fraction, value: Fraction) -> Candidate:
    """The candidate with another figure."""
    if _is_own(criterion):
        earlier = timedelta(days=int(value - now))
        request = replace(candidate.request, received=candidate.request.received - earlier)
        return replace(candidate, request=request)
    return replace(candidate, values={**candidate.values, criterion.name: value})
