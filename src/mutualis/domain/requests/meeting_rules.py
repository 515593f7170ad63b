"""A meeting of the prioritisation body: whether its record holds, and what changed since.

A record is proved by its figures and its decisions: the sentences kept beside them are what was
told that day, and are never compared.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.french.typography import long_date, month_name, short_date
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.quotes.quote import membership_on
from mutualis.domain.requests.calendar import first_day, month_of, months_from
from mutualis.domain.requests.candidate import Candidate
from mutualis.domain.requests.departures import faults
from mutualis.domain.requests.measures import MEASURES, Facts, Origin
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.ranking import Outcome, Ranked, Refused, Session, decide
from mutualis.domain.value import replace

MOST_SHOWN = 12


def stored(session: Session) -> Session:
    """The session as the register keeps it: the place of each request, not its line's text."""
    return replace(
        session,
        candidates=tuple(
            replace(
                candidate,
                request=replace(
                    candidate.request,
                    source=Source(candidate.request.source.file, candidate.request.source.line),
                    sources={},
                ),
            )
            for candidate in session.candidates
        ),
    )


def check_day(year: int, day: date, earlier: Sequence[Meeting]) -> None:
    """Raises Refusal when a meeting of that day was published for another year."""
    other = next((m for m in earlier if m.day == day and m.year != year), None)
    if other is not None:
        raise Refusal("meetings.day_taken", day=long_date(day), year=other.year)


def check_meeting(meeting: Meeting, earlier: Sequence[Meeting]) -> None:
    """Raises Refusal for a record that contradicts itself, or that the day does not allow.

    `earlier` are all the records of meetings before it.
    """
    day, session = long_date(meeting.day), meeting.session
    if meeting.day > meeting.act.day:
        raise Refusal("meetings.to_come", day=day)
    if not meeting.present:
        raise Refusal("meetings.no_members")
    check_day(meeting.year, meeting.day, earlier)
    is_second = any(other.key == meeting.key for other in earlier)
    if is_second and not meeting.correction:
        raise Refusal("meetings.published", day=day)
    if meeting.correction and not is_second:
        raise Refusal("meetings.nothing_to_correct", day=day)
    if session.start < month_of(meeting.day):
        following = months_from(month_of(meeting.day), 2)[1]
        month = month_name(session.start)
        raise Refusal("meetings.starts_before", day=day, month=month, next=following)
    if session.day not in (None, meeting.day) or session.year != meeting.year:
        raise Refusal("meetings.other_day", day=day)
    _check_promises(session, earlier)
    _check_figures(meeting, day)
    for place, wrong in faults(session, meeting.departures):
        request = meeting.departures[place].request
        raise Refusal("meetings.departure", request=request, day=day, details=[wrong])
    if decide(session, meeting.departures).figures != meeting.outcome.figures:
        raise Refusal("meetings.other_outcome", day=day)


def _check_promises(session: Session, earlier: Sequence[Meeting]) -> None:
    """Raises Refusal for a promise that no earlier meeting made."""
    made = {
        (meeting.day, item.candidate.request.id, item.candidate.request.directorate, item.slots)
        for meeting in earlier
        for item in meeting.outcome.planned
    }
    for promise in session.promised:
        if (promise.meeting, promise.request, promise.directorate, promise.slots) not in made:
            day = long_date(promise.meeting)
            raise Refusal("meetings.no_promise", request=promise.request, day=day)


def _check_figures(meeting: Meeting, day: str) -> None:
    """Raises Refusal for criteria that give no note, or for candidates whose level or figures are
    not those of their communes."""
    criteria, start = meeting.session.criteria, first_day(meeting.session.start)
    for criterion in criteria.criteria:
        if criterion.name not in MEASURES or criterion.zero_at == criterion.one_at:
            raise Refusal("meetings.no_criterion", name=criterion.name, day=day)
    wanted = {c.name for c in criteria.active if c.measure.origin is not Origin.REQUEST}
    communes = {row.code_insee: row for row in meeting.communes}
    known = []
    for candidate in meeting.session.candidates:
        request, row = candidate.request.id, communes.get(candidate.code_insee)
        member = row if row is None else membership_on([row], meeting.year, start)
        if row is None or row.year != meeting.session.year:
            raise Refusal("meetings.other_commune", request=request, day=day)
        if candidate.level != ("" if member is None else member.level):
            raise Refusal("meetings.other_commune", request=request, day=day)
        if set(candidate.values) != wanted:
            raise Refusal("meetings.no_figure", request=request, day=day)
        known.append((candidate, row))
    # The register does not say which population counted: one of the two did, for everybody.
    apart = [
        [candidate.request.id for candidate, row in known if not _are_of(candidate, row, basis)]
        for basis in PopulationBasis
    ]
    if all(apart):
        raise Refusal("meetings.other_figures", request=min(apart, key=len)[0], day=day)


def _are_of(candidate: Candidate, row: CommuneYear, basis: PopulationBasis) -> bool:
    """Whether the figures that follow from the commune's row are those of the candidate."""
    facts = Facts(population=row.population(basis), potential=row.financial_potential)
    return all(
        value == MEASURES[name].value(facts)
        for name, value in candidate.values.items()
        if MEASURES[name].origin is Origin.COMMUNE
    )


def differences(old: Meeting, new: Meeting) -> list[Reason]:
    """What a second publication would change; empty when it is the same."""
    found = [*_members(old, new), *_departures(old, new)]
    before, after = old.session, new.session
    if before.start != after.start:
        found.append(Reason("meetings.start", {"before": before.start, "after": after.start}))
    if before.criteria != after.criteria:
        found.append(Reason("meetings.criteria"))
    if before.booked != after.booked:
        found.append(Reason("meetings.booked"))
    moves = [*_moved(old.outcome, new.outcome), *_edited(before, after)]
    found.extend(moves[:MOST_SHOWN])
    if len(moves) > MOST_SHOWN:
        found.append(Reason("meetings.more", {"count": len(moves) - MOST_SHOWN}))
    if not found and (before, old.outcome) != (after, new.outcome):
        found.append(Reason("meetings.data"))
    return found


def _members(old: Meeting, new: Meeting) -> list[Reason]:
    gone = [name for name in old.present if name not in new.present]
    come = [name for name in new.present if name not in old.present]
    is_same = (old.members, old.elected, old.agents) == (new.members, new.elected, new.agents)
    if not is_same and not gone and not come:
        return [Reason("meetings.members_order")]
    return [
        *(Reason("meetings.member_gone", {"name": name}) for name in gone),
        *(Reason("meetings.member_come", {"name": name}) for name in come),
    ]


def _departures(old: Meeting, new: Meeting) -> list[Reason]:
    if old.departures == new.departures:
        return []
    changed = {*old.departures} ^ {*new.departures}
    names = ", ".join(sorted({departure.request for departure in changed}))
    if not names:
        return [Reason("meetings.departures_order")]
    return [Reason("meetings.departures", {"requests": names})]


def _moved(old: Outcome, new: Outcome) -> Iterator[Reason]:
    before, after = _by_request(old), _by_request(new)
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None or now is None or was.place != now.place:
            facts = {"request": name, "before": _place(was).text, "after": _place(now).text}
            yield Reason("meetings.moved", facts)


def _by_request(outcome: Outcome) -> dict[str, Ranked | Refused]:
    return {item.candidate.request.id: item for item in outcome.everyone}


def _place(item: Ranked | Refused | None) -> Reason:
    if item is None:
        return Reason("meetings.absent")
    if isinstance(item, Ranked):
        facts = {"rank": str(item.rank), "day": short_date(item.attainable)}
        return Reason("meetings.planned", facts)
    return Reason("meetings.not_planned", {"why": item.reasons[0].text})


def _edited(old: Session, new: Session) -> Iterator[Reason]:
    """The requests of both whose own data changed."""
    before = {candidate.request.id: candidate for candidate in old.candidates}
    for candidate in new.candidates:
        was = before.get(candidate.request.id)
        if was is not None and was != candidate:
            yield Reason("meetings.edited", {"request": candidate.request.id})
