"""What each directorate has to do in the months of a year, beside what it can give."""

from collections import Counter
from collections.abc import Iterable, Mapping

from mutualis.domain.french.names import fold
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.requests.calendar import Promise, month_of, months_from
from mutualis.domain.requests.criteria import Capacity
from mutualis.domain.value import Struct


class MonthLoad(Struct, frozen=True):
    """The half-days of a directorate in a month (AAAA-MM): `done` from the interventions,
    `promised` by the published meetings; `capacity` is None where nobody gave one."""

    month: str
    done: int
    promised: int
    capacity: int | None

    @property
    def load(self) -> int:
        return self.done + self.promised

    @property
    def beyond(self) -> int:
        """How far the load goes beyond the capacity; 0 without a capacity, which tells nothing."""
        return 0 if self.capacity is None else max(self.load - self.capacity, 0)


class DirectorateLoad(Struct, frozen=True):
    """The twelve months of a directorate, named "" for what is of none."""

    directorate: str
    months: tuple[MonthLoad, ...]
    usual: int | None = None

    @property
    def is_calibrated(self) -> bool:
        """Whether a capacity was given; `usual` is that of a month without exception."""
        return self.usual is not None

    @property
    def done(self) -> int:
        return sum(month.done for month in self.months)

    @property
    def promised(self) -> int:
        return sum(month.promised for month in self.months)

    @property
    def capacity(self) -> int | None:
        """What it can give in the year."""
        if not self.is_calibrated:
            return None
        return sum(month.capacity or 0 for month in self.months)

    @property
    def beyond(self) -> tuple[MonthLoad, ...]:
        return tuple(month for month in self.months if month.beyond)


def loads(
    year: int,
    served: Iterable[Served],
    promises: Iterable[Promise],
    capacities: Mapping[str, Capacity],
) -> tuple[DirectorateLoad, ...]:
    """Each directorate that has a capacity, in the order of the file, then each that has work in
    the year and none, in the order of their names; what is of none is last. Two names that `fold`
    makes one are the same."""
    months = months_from(f"{year}-01", 12)
    done: Counter[tuple[str, str]] = Counter()
    promised: Counter[tuple[str, str]] = Counter()
    names = {fold(name): name for name in capacities}
    given = {fold(name): capacity for name, capacity in capacities.items()}
    working: dict[str, str] = {}
    for item in served:
        name, month = item.directorate, month_of(item.intervention.day)
        working.setdefault(fold(name), name)
        done[fold(name), month] += item.half_days
    for promise in promises:
        for slot in promise.slots:
            if slot.month in months:
                working.setdefault(fold(promise.directorate), promise.directorate)
                promised[fold(promise.directorate), slot.month] += slot.half_days
    names |= {
        own: working[own] for own in sorted(working, key=lambda x: (not x, x)) if own not in names
    }
    return tuple(
        DirectorateLoad(
            name,
            tuple(
                MonthLoad(m, done[own, m], promised[own, m], _of(given.get(own), m)) for m in months
            ),
            given[own].half_days if own in given else None,
        )
        for own, name in names.items()
    )


def _of(capacity: Capacity | None, month: str) -> int | None:
    return None if capacity is None else capacity.of(month)
