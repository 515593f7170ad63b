"""INSEE's consumer price index: the December figures and the rates drawn from them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from mutualis.domain.french import indexation as french
from mutualis.domain.french.names import fold
from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.problems.problem import Source

# INSEE's identifiers (idBank) of the monthly series, all households, France. A file may
# name the series in words instead, which serves an identifier not listed here.
SERIES = {
    "001759970": "ensemble",
    "011814630": "ensemble",
    "001763852": "hors_tabac",
    "011814056": "hors_tabac",
    "ensemble": "ensemble",
    "hors_tabac": "hors_tabac",
}
CURRENT_ID = {
    ("ensemble", "2015"): "001759970",
    ("ensemble", "2025"): "011814630",
    ("hors_tabac", "2015"): "001763852",
    ("hors_tabac", "2025"): "011814056",
}
BASE_OF = {series_id: base for (_, base), series_id in CURRENT_ID.items()}
TENTH = Decimal("0.1")
COMPUTED = "variation calculée"  # what the origin of a rate that INSEE did not publish says


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """One month of one series in one base. `rate` is the published year-on-year variation, in %."""

    month: str
    series_id: str
    base: str
    index: Decimal
    rate: Decimal | None
    origin: str
    source: Source

    @property
    def series(self) -> str | None:
        return SERIES.get(self.series_id)

    @property
    def is_provisional(self) -> bool:
        """Whether its origin says that INSEE may still revise it: it must not be used."""
        return french.is_provisional(self.origin)

    @property
    def is_computed(self) -> bool:
        """Whether its origin says that its rate was computed, not published."""
        return self.rate is not None and is_computed(self.origin)

    @property
    def rate_or_zero(self) -> Decimal:
        return self.rate if self.rate is not None else ZERO


@dataclass(frozen=True, slots=True)
class Rate:
    """A year-on-year rate in per cent, one decimal, and where it comes from (`origin`: in words,
    the file's own when it is published)."""

    value: Decimal
    month: str
    series: str
    source: Source
    origin: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class PriceIndex:
    points: tuple[IndexPoint, ...] = ()

    @classmethod
    def of(cls, points: Iterable[IndexPoint]) -> "PriceIndex":
        return cls(tuple(sorted(points, key=lambda point: (point.month, point.base))))

    def of_month(self, month: str, series: str) -> list[IndexPoint]:
        """The points of a month, newest base first: 2025 before 2015."""
        found = [p for p in self.points if p.month == month and p.series == series]
        return sorted(found, key=lambda point: point.base, reverse=True)

    def published(self, month: str, series: str) -> Rate | None:
        """The rate as INSEE published it."""
        for point in self.of_month(month, series):
            if point.rate is not None:
                return Rate(point.rate, month, series, point.source, point.origin)
        return None

    def computed(self, month: str, series: str, base: str | None = None) -> Rate | None:
        """The rate drawn from the indices of two Decembers of the same base, half up to 0.1.

        An index of one base is never divided by one of another: None when no base (or not the
        `base` wanted) holds both.
        """
        before = {point.base: point for point in self.of_month(_year_before(month), series)}
        for point in self.of_month(month, series):
            if base not in (None, point.base):
                continue
            earlier = before.get(point.base)
            if earlier is not None and earlier.index > 0:
                ratio = EXACT.divide(point.index, earlier.index)
                value = round_half_up(EXACT.multiply(ratio - 1, Decimal(100)), TENTH)
                origin = french.two_indices(earlier.month, point.month, point.base)
                return Rate(value, month, series, point.source, origin)
        return None

    def rate(self, kind: str, month: str, series: str) -> Rate | None:
        """The rate by its reading: "published" or "computed"."""
        return (self.published if kind == "published" else self.computed)(month, series)


def is_computed(origin: str) -> bool:
    return fold(COMPUTED) in fold(origin)


def december_before(year: int) -> str:
    """The month whose rate indexes the grid of `year`: 2026 gives 2025-12."""
    return f"{year - 1:04d}-12"


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1:04d}{month[4:]}"
