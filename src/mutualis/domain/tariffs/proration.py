"""A year in several parts: a change of level, a merger, a commune that comes or leaves.

`proration` says what a part of the year owes, since a convention may say otherwise:
"full_year": the highest total in force at any moment of the year, whole;
"month": twelfths, a month belonging to the row in force on its first day;
"day": days over the days of the year.
"""

from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import tariffs as french
from mutualis.domain.money import ZERO, round_fraction
from mutualis.domain.tariffs.fees import FeeBreakdown

FULL_YEAR, MONTH, DAY = "full_year", "month", "day"


@dataclass(frozen=True, slots=True)
class Part:
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
        return Fraction(self.fee.due) * Fraction(self.numerator, self.denominator)

    @property
    def is_whole(self) -> bool:
        return self.numerator == self.denominator

    @property
    def title(self) -> str:
        """« Saône, niveau 2B, du 1er juillet 2025 au 31 décembre 2025 (6/12) »."""
        name, level = self.row.name, self.fee.level.code
        if self.is_whole:
            return french.year_of(name, level)
        return french.part_of(name, level, self.row.first_day, self.row.last_day, self._share)

    @property
    def explanation(self) -> str:
        return french.part(self.title, self.fee.explanation, self._share)

    @property
    def _share(self) -> str:
        return "" if self.is_whole else f"{self.numerator}/{self.denominator}"


def shares(priced: Sequence[tuple[CommuneYear, FeeBreakdown]], proration: str) -> tuple[Part, ...]:
    """The parts that are due of the priced rows of one debtor; none when they are too short."""
    if proration == FULL_YEAR:
        return _highest_moment(priced)
    share = _months if proration == MONTH else _days
    parts = (Part(row, fee, *share(row)) for row, fee in priced)
    return tuple(part for part in parts if part.numerator)


def amount_of(parts: Iterable[Part]) -> Decimal:
    """The sum of the groups, each rounded once, half up, to the cent."""
    groups: dict[int, Fraction] = {}
    for part in parts:
        groups[part.group] = groups.get(part.group, Fraction(0)) + part.due
    return sum((round_fraction(exact) for exact in groups.values()), ZERO)


def amounts_of(parts: Sequence[Part]) -> list[Decimal]:
    """The amount of each part, to the cent, so that they add up to `amount_of`: the difference
    of two totals that follow each other, each rounded once."""
    totals = [amount_of(parts[:rank]) for rank in range(len(parts) + 1)]
    return [after - before for before, after in pairwise(totals)]


def _highest_moment(priced: Sequence[tuple[CommuneYear, FeeBreakdown]]) -> tuple[Part, ...]:
    """The rows in force on the day of the year when together they owe most."""

    def in_force(day: date) -> tuple[Part, ...]:
        return tuple(Part(row, fee) for row, fee in priced if row.in_force(day))

    moments = sorted({row.first_day for row, _ in priced})
    return max((in_force(day) for day in moments), key=amount_of, default=())


def _months(row: CommuneYear) -> tuple[int, int]:
    firsts = (date(row.year, month, 1) for month in range(1, 13))
    return sum(row.in_force(first) for first in firsts), 12


def _days(row: CommuneYear) -> tuple[int, int]:
    days = (row.last_day - row.first_day).days + 1
    return days, 366 if isleap(row.year) else 365
