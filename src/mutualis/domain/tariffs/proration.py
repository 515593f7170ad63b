"""A year in several parts: a change of level, a merger, a commune that comes or leaves.

`proration` says what a part of the year owes, since a convention may say otherwise:
"full_year": the highest total in force at any moment of the year, whole;
"month": twelfths, a month belonging to the row in force on its first day;
"day": days over the days of the year.
"""

from calendar import isleap
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import tariffs as french
from mutualis.domain.money import ZERO, round_fraction
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.value import Struct

FULL_YEAR, MONTH, DAY = "full_year", "month", "day"


class Part(Struct, frozen=True):
    """The fee of one row, for `numerator` of the `denominator` parts of the year.

    Parts of one `group` are priced together: their sum is rounded once.
    """

    row: CommuneYear
    fee: FeeBreakdown
    numerator: int = 1
    denominator: int = 1
    group: int = 0

    @property
    def due(self) -> Fraction:
        """Exact, not rounded."""
        return self.fee.due * Fraction(self.numerator, self.denominator)

    @property
    def is_whole(self) -> bool:
        return self.numerator == self.denominator

    @property
    def share(self) -> str:
        """« 6/12 », « 184/365 »; empty for a whole year."""
        return "" if self.is_whole else f"{self.numerator}/{self.denominator}"

    @property
    def first_day(self) -> date:
        """The first day that it pays for: of the year, where the whole of it is due."""
        return date(self.row.year, 1, 1) if self.is_whole else self.row.first_day

    @property
    def last_day(self) -> date:
        """The last one, included."""
        return date(self.row.year, 12, 31) if self.is_whole else self.row.last_day

    @property
    def title(self) -> str:
        """« Saône, niveau 2B, du 1er juillet au 31 décembre 2025 »."""
        name, level = self.row.name, self.fee.level.code
        if self.is_whole:
            return french.year_of(name, level)
        return french.part_of(name, level, self.first_day, self.last_day)

    @property
    def name(self) -> str:
        """Its title and its share of the year."""
        return self.title if self.is_whole else french.with_share(self.title, self.share)

    def explanation(self, amount: Decimal) -> str:
        """The calculation of the `amount` that it comes to."""
        if self.is_whole:
            return french.whole_part(self.title, self.fee.explanation)
        return french.part(self.title, self.fee.exact_explanation, self.share, amount)


class Moment(Struct, frozen=True):
    """What is in force from a day on, and owes a whole year."""

    day: date
    parts: tuple[Part, ...]

    @property
    def amount(self) -> Decimal:
        return amount_of(self.parts)


def shares(priced: Sequence[tuple[CommuneYear, FeeBreakdown]], proration: str) -> tuple[Part, ...]:
    """The parts that are due of the priced rows of one debtor; none when they are too short."""
    if proration == FULL_YEAR:
        due = highest(moments(priced))
        return () if due is None else due.parts
    parts = (Part(row, fee, *share_of(row, proration)) for row, fee in priced)
    return tuple(part for part in parts if part.numerator)


def share_of(row: CommuneYear, proration: str) -> tuple[int, int]:
    """What a row owes of a year's fee, and out of how many: 6, 12. The whole under "full_year",
    where the highest moment alone counts."""
    if proration == FULL_YEAR:
        return 1, 1
    return _months(row) if proration == MONTH else _days(row)


def amount_of(parts: Iterable[Part]) -> Decimal:
    """The sum of the groups, each rounded once, half up, to the cent."""
    parts = tuple(parts)
    if len(parts) == 1 and parts[0].is_whole:  # as most are: its fee is rounded
        return parts[0].fee.amount
    groups: dict[int, Fraction] = {}
    for part in parts:
        groups[part.group] = groups.get(part.group, Fraction(0)) + part.due
    return sum((round_fraction(exact) for exact in groups.values()), ZERO)


def amounts_of(parts: Sequence[Part]) -> list[Decimal]:
    """The amount of each part, to the cent, so that they add up to `amount_of`: the difference
    of two totals that follow each other, each rounded once."""
    totals = [amount_of(parts[:rank]) for rank in range(len(parts) + 1)]
    return [after - before for before, after in pairwise(totals)]


def moments(priced: Sequence[tuple[CommuneYear, FeeBreakdown]]) -> tuple[Moment, ...]:
    """What is compared where the whole year is due: each day on which a row begins."""
    return tuple(
        Moment(day, tuple(Part(row, fee) for row, fee in priced if row.in_force(day)))
        for day in sorted({row.first_day for row, _ in priced})
    )


def highest(compared: Sequence[Moment]) -> Moment | None:
    """The moment when the rows together owe most, the first of them; None without any."""
    if len(compared) == 1:  # as in most years, and nothing to compare it with
        return compared[0]
    return max(compared, key=lambda moment: moment.amount, default=None)


def periods_of(parts: Iterable[Part]) -> list[tuple[str, date, date]]:
    """Each level and from when to when it is paid for, in order: spans that touch are one."""
    found: list[tuple[str, date, date]] = []
    for part in sorted(parts, key=lambda part: (part.fee.level.code, part.first_day)):
        level, first, last = part.fee.level.code, part.first_day, part.last_day
        if found and found[-1][0] == level and first <= found[-1][2] + timedelta(days=1):
            _, first, before = found.pop()
            last = max(last, before)
        found.append((level, first, last))
    return sorted(found, key=lambda period: period[1:])


def _months(row: CommuneYear) -> tuple[int, int]:
    firsts = (date(row.year, month, 1) for month in range(1, 13))
    return sum(row.in_force(first) for first in firsts), 12


def _days(row: CommuneYear) -> tuple[int, int]:
    days = (row.last_day - row.first_day).days + 1
    return days, 366 if isleap(row.year) else 365
