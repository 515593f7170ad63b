"""What published meetings promised and still hold: months that no later session gives twice."""

from collections.abc import Iterable, Sequence
from datetime import date

from mutualis.domain.requests.calendar import Promise
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.request import Requests, RequestState

_OVER = (RequestState.DONE, RequestState.WITHDRAWN)


def promises(
    records: Iterable[object], requests: Requests, own: tuple[int, date] | None = None
) -> tuple[Promise, ...]:
    """The promises that hold, in order of identifier, from the register's records in their order.

    The last record that planned a request holds, until the request is done or withdrawn; one
    whose row is no longer in the file keeps its months. A correction that takes back a request
    still to rank frees it; a request under way keeps its months. `own` is the key of a meeting to
    be published: what was promised from its first record on is left out.
    """
    states = {request.id: request.state for request in requests.rows}
    held: dict[str, Promise] = {}
    for record in records:
        if not isinstance(record, Meeting):
            continue
        if record.key == own:
            break
        for refused in record.outcome.refused:
            name = refused.candidate.request.id
            if states.get(name) is RequestState.TO_RANK:
                held.pop(name, None)
        for item in record.outcome.planned:
            asked = item.candidate.request
            held[asked.id] = Promise(
                request=asked.id,
                commune=item.candidate.commune,
                project=asked.project,
                directorate=asked.directorate,
                meeting=record.day,
                slots=item.slots,
            )
    return tuple(held[name] for name in sorted(held) if states.get(name) not in _OVER)


def not_begun(held: Iterable[Promise], requests: Requests) -> tuple[Promise, ...]:
    """The promises to requests that are not under way: they are not ranked anew."""
    begun = {request.id for request in requests.in_state(RequestState.UNDER_WAY)}
    return tuple(promise for promise in held if promise.request not in begun)


def booked(held: Iterable[Promise], months: Sequence[str]) -> dict[str, dict[str, int]]:
    """The half-days promised in these months, by directorate, then month."""
    found: dict[str, dict[str, int]] = {}
    for promise in held:
        for slot in promise.slots:
            if slot.month in months:
                own = found.setdefault(promise.directorate, {})
                own[slot.month] = own.get(slot.month, 0) + slot.half_days
    return found
