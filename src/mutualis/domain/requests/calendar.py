"""Half-days put into the months of a directorate: the earliest ones that hold a request whole."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mutualis.domain.requests.criteria import Capacity
from mutualis.domain.value import Struct


class Slot(Struct, frozen=True):
    """The half-days of a request in a month (AAAA-MM)."""

    month: str
    half_days: int


class Promise(Struct, frozen=True):
    """What a published meeting gave a request: its months hold until it is done or withdrawn."""

    request: str
    commune: str
    project: str
    directorate: str
    meeting: date
    slots: tuple[Slot, ...]

    @property
    def attainable(self) -> date:
        return last_day(self.slots[-1].month)


class Calendar:
    """What is left of each month of each directorate, as requests are placed one by one.

    `booked` are the half-days already promised, by directorate then month.
    """

    def __init__(
        self,
        capacities: Mapping[str, Capacity],
        months: Sequence[str],
        booked: Mapping[str, Mapping[str, int]],
    ) -> None:
        # A month that is closed for a directorate does not interrupt its projects.
        self._left: dict[str, dict[str, int]] = {}
        for name, capacity in capacities.items():
            taken = booked.get(name, {})
            self._left[name] = {
                month: max(capacity.of(month) - taken.get(month, 0), 0)
                for month in months
                if capacity.of(month) > 0
            }

    def place(self, directorate: str, half_days: int) -> tuple[Slot, ...]:
        """Take the first run of consecutive open months that holds `half_days` (> 0), each month
        having something left; nothing is taken, and nothing returned, where none does."""
        left = self._left.get(directorate, {})
        run: list[Slot] = []
        missing = half_days
        for month, free in left.items():
            if not free:
                run, missing = [], half_days
                continue
            run.append(Slot(month, min(free, missing)))
            missing -= run[-1].half_days
            if not missing:
                for slot in run:
                    left[slot.month] -= slot.half_days
                return tuple(run)
        return ()


def months_from(first: str, count: int) -> tuple[str, ...]:
    """`count` months from `first`, as AAAA-MM."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return tuple(f"{rank // 12:04d}-{rank % 12 + 1:02d}" for rank in range(start, start + count))


def first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """The last day of a month: what is planned in it is done by then."""
    return first_day(months_from(month, 2)[1]) - timedelta(days=1)


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"
