"""What a part of a year is a share of, at each edge of months and years."""

from datetime import date
from decimal import Decimal

import pytest
from made import ONE_EURO, row

from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.proration import (
    Part,
    amount_of,
    amounts_of,
    moments,
    periods_of,
    share_of,
    shares,
)
from mutualis.domain.value import replace


@pytest.mark.parametrize(
    ("start", "end", "months", "days"),
    [
        (None, None, (12, 12), (365, 365)),
        (date(2025, 1, 1), date(2025, 12, 31), (12, 12), (365, 365)),
        (date(2025, 1, 1), date(2025, 1, 1), (1, 12), (1, 365)),
        (date(2025, 1, 2), None, (11, 12), (364, 365)),
        (date(2025, 1, 2), date(2025, 1, 31), (0, 12), (30, 365)),
        (date(2025, 2, 1), date(2025, 2, 28), (1, 12), (28, 365)),
        (date(2025, 12, 1), None, (1, 12), (31, 365)),
        (date(2025, 12, 2), None, (0, 12), (30, 365)),
        (date(2025, 12, 31), None, (0, 12), (1, 365)),
        (None, date(2025, 11, 30), (11, 12), (334, 365)),
        (None, date(2025, 12, 1), (12, 12), (335, 365)),
        (date(2024, 1, 1), date(2024, 12, 31), (12, 12), (366, 366)),
        (date(2024, 2, 1), date(2024, 2, 29), (1, 12), (29, 366)),
        (date(2024, 7, 1), None, (6, 12), (184, 366)),
        (date(2025, 7, 1), None, (6, 12), (184, 365)),
        (date(2100, 7, 1), None, (6, 12), (184, 365)),
        (date(2000, 7, 1), None, (6, 12), (184, 366)),
    ],
)
def test_the_share_of_a_row(
    start: date | None, end: date | None, months: tuple[int, int], days: tuple[int, int]
) -> None:
    year = start.year if start else 2025
    own = row(year=year, start=start, end=end)
    assert share_of(own, "month") == months
    assert share_of(own, "day") == days
    assert share_of(own, "full_year") == (1, 1)


def fee(people: int) -> FeeBreakdown:
    """1 € an inhabitant."""
    found = compute_fee(ONE_EURO, people)
    assert isinstance(found, FeeBreakdown)
    return found


HALF = (date(2025, 6, 30), date(2025, 7, 1))


def test_parts_too_short_are_none() -> None:
    own = row(start=date(2025, 1, 2), end=date(2025, 1, 31))
    assert shares([(own, fee(100))], "month") == ()
    assert [part.share for part in shares([(own, fee(100))], "day")] == ["30/365"]
    assert shares([], "full_year") == shares([], "month") == shares([], "day") == ()


def test_a_group_is_rounded_once() -> None:
    """7/12 of 1 €, of 1 €: 0,58333 twice is 1,16667, rounded once 1,17; apart 0,58 each."""
    one, other = row("25001", 1), row("25002", 1)
    together = (Part(one, fee(1), 7, 12), Part(other, fee(1), 7, 12))
    assert amount_of(together) == Decimal("1.17")
    assert amounts_of(together) == [Decimal("0.58"), Decimal("0.59")]
    apart = (Part(one, fee(1), 7, 12), Part(other, fee(1), 7, 12, group=1))
    assert amount_of(apart) == Decimal("1.16")
    assert amounts_of(apart) == [Decimal("0.58"), Decimal("0.58")]
    assert amount_of(()) == 0
    assert isinstance(amount_of(()), Decimal)


def test_the_first_of_the_highest_moments_is_due() -> None:
    """100 until June, 100 from July on: the first half of the year, whole."""
    first, then = row(people=100, end=HALF[0]), row(people=100, start=HALF[1])
    found = moments([(then, fee(100)), (first, fee(100))])
    assert [(moment.day, moment.amount) for moment in found] == [
        (date(2025, 1, 1), Decimal(100)),
        (HALF[1], Decimal(100)),
    ]
    assert [part.row for part in shares([(first, fee(100)), (then, fee(100))], "full_year")] == [
        first
    ]
    more = row(people=101, start=HALF[1])
    assert [part.row for part in shares([(first, fee(100)), (more, fee(101))], "full_year")] == [
        more
    ]


@pytest.mark.parametrize(
    ("until", "since", "periods"),
    [
        (date(2025, 6, 30), date(2025, 7, 1), [((1, 1), (12, 31))]),  # they touch
        (date(2025, 6, 29), date(2025, 7, 1), [((1, 1), (6, 29)), ((7, 1), (12, 31))]),
        (date(2025, 7, 31), date(2025, 7, 1), [((1, 1), (12, 31))]),  # they overlap
    ],
)
def test_periods_of_a_level(
    until: date, since: date, periods: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    parts = [
        Part(row("25002", start=since), fee(1), 6, 12),
        Part(row("25001", end=until), fee(1), 6, 12),
    ]
    expected = [("2A", date(2025, *first), date(2025, *last)) for first, last in periods]
    assert periods_of(parts) == expected


def test_a_period_within_another_does_not_shorten_it() -> None:
    whole, within = Part(row("25001"), fee(1)), row("25002", start=date(2025, 3, 1), end=HALF[0])
    assert periods_of([Part(within, fee(1), 4, 12), whole]) == [
        ("2A", date(2025, 1, 1), date(2025, 12, 31))
    ]


def test_a_part_that_is_the_whole_year_is_so_whatever_its_row() -> None:
    half = row(start=HALF[1])
    whole, part = Part(half, fee(1)), Part(half, fee(1), 6, 12)
    assert (whole.first_day, whole.last_day, whole.share) == (
        date(2025, 1, 1),
        date(2025, 12, 31),
        "",
    )
    assert (part.first_day, part.last_day, part.share) == (HALF[1], date(2025, 12, 31), "6/12")
    assert whole.name == whole.title
    assert part.name.startswith(part.title)
    assert "6/12" in part.name


def test_periods_are_in_order_of_their_first_day() -> None:
    """Whatever the names of the levels, and whichever ends first."""
    other = compute_fee(replace(ONE_EURO, code="2B"), 1)
    assert isinstance(other, FeeBreakdown)
    before = Part(row("25001", end=HALF[0]), other, 6, 12)
    after = Part(row("25001", start=HALF[1]), fee(1), 6, 12)
    assert [level for level, *_ in periods_of([after, before])] == ["2B", "2A"]
    whole = Part(row("25002"), other)
    summer = Part(row("25001", start=HALF[1], end=date(2025, 9, 30)), fee(1), 3, 12)
    assert [level for level, *_ in periods_of([summer, whole])] == ["2B", "2A"]
