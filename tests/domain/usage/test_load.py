"""What directorates have to do by month, by hand. All « exemple ».

U can give 4 half-days a month and none in August; V 3. W, X and what is of no directorate have no
capacity.
"""

import random
from datetime import date

from test_tables_of_usage import YEAR

from mutualis.domain.interventions.allocation import Served
from mutualis.domain.requests.calendar import Promise, Slot
from mutualis.domain.requests.criteria import Capacity
from mutualis.domain.usage.load import DirectorateLoad, loads
from mutualis.domain.value import replace

CAPACITIES = {"U": Capacity("U", 4, {"2025-08": 0}), "V": Capacity("V", 3)}


def done(directorate: str, month: int, half_days: int) -> Served:
    item = YEAR.served[0]
    assert item.service is not None
    row = replace(item.intervention, day=date(2025, month, 28), half_days=half_days)
    return replace(item, intervention=row, service=replace(item.service, directorate=directorate))


def promise(directorate: str, *slots: tuple[str, int]) -> Promise:
    given = tuple(Slot(month, half_days) for month, half_days in slots)
    return Promise("P1", "Commune 25001", "projet", directorate, date(2025, 1, 9), given)


SERVED = [
    *(done("U", 1, 1), done("u", 1, 2), done("U", 3, 5), done("U", 4, 4)),
    *(done("W", 1, 1), done("", 2, 2)),
]
PROMISES = [
    promise("U", ("2025-01", 2), ("2025-08", 1), ("2026-01", 3)),
    promise("X", ("2025-02", 4)),
    promise("Y", ("2024-12", 9)),  # of another year alone: not there
]
LOADS = loads(2025, SERVED, PROMISES, CAPACITIES)
# Month, done, promised, load, capacity, beyond.
OF_U = [
    ("2025-01", 3, 2, 5, 4, 1),
    ("2025-02", 0, 0, 0, 4, 0),
    ("2025-03", 5, 0, 5, 4, 1),
    ("2025-04", 4, 0, 4, 4, 0),
    ("2025-05", 0, 0, 0, 4, 0),
    ("2025-06", 0, 0, 0, 4, 0),
    ("2025-07", 0, 0, 0, 4, 0),
    ("2025-08", 0, 1, 1, 0, 1),
    ("2025-09", 0, 0, 0, 4, 0),
    ("2025-10", 0, 0, 0, 4, 0),
    ("2025-11", 0, 0, 0, 4, 0),
    ("2025-12", 0, 0, 0, 4, 0),
]


def test_the_months_of_a_directorate() -> None:
    own = LOADS[0]
    found = [(m.month, m.done, m.promised, m.load, m.capacity, m.beyond) for m in own.months]
    assert found == OF_U
    assert [month.month for month in own.beyond] == ["2025-01", "2025-03", "2025-08"]


def test_what_is_calibrated_and_what_is_not() -> None:
    def figures(one: DirectorateLoad) -> tuple[object, ...]:
        return (one.directorate, one.is_calibrated, one.done, one.promised, one.capacity, one.usual)

    assert [figures(one) for one in LOADS] == [
        ("U", True, 12, 3, 44, 4),
        ("V", True, 0, 0, 36, 3),
        ("W", False, 1, 0, None, None),
        ("X", False, 0, 4, None, None),
        ("", False, 2, 0, None, None),
    ]


def test_without_a_capacity_no_month_is_beyond_it() -> None:
    assert [one.beyond for one in LOADS if not one.is_calibrated] == [(), (), ()]
    assert all(one.beyond == () for one in loads(2025, SERVED, PROMISES, {}))


def test_a_directorate_that_gives_nothing_has_a_capacity_of_nothing() -> None:
    (closed,) = loads(2025, [done("U", 5, 1)], (), {"U": Capacity("U", 0)})
    assert closed.is_calibrated
    assert [(month.month, month.load, month.beyond) for month in closed.beyond] == [
        ("2025-05", 1, 1)
    ]


def test_all_that_was_done_is_in_one_directorate() -> None:
    assert sum(one.done for one in LOADS) == sum(item.half_days for item in SERVED) == 15


def test_the_order_changes_nothing() -> None:
    """But for which spelling of a name without capacity is kept: there is one here."""
    for seed in range(5):
        served, promises = list(SERVED), list(PROMISES)
        random.Random(seed).shuffle(served)
        random.Random(seed).shuffle(promises)
        assert loads(2025, served, promises, CAPACITIES) == LOADS
