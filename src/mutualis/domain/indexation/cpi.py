"""INSEE's consumer price index: the December figures and the rates drawn from them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from mutualis.domain.french import indexation as french
from mutualis.domain.french.names import fold
from mutualis.domain.money import MILLIONTH, ZERO, round_fraction
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import Struct, equal_but_for

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


class IndexPoint(Struct, frozen=True):
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


class Rate(Struct, frozen=True):
    """A year-on-year rate in per cent and where it comes from (`origin`: in words, the file's own
    when it is published).

    One that INSEE published has one decimal; a computed one is the unrounded ratio of its two
    `indices`, the earlier first, which `value` gives to the millionth.
    """

    value: Decimal
    month: str
    series: str
    source: Source
    origin: str
    indices: tuple[Decimal, ...] = ()

    __eq__ = equal_but_for("origin")

    @property
    def factor(self) -> Fraction:
        """What a price is multiplied by, exact: 1.008 for 0.8 %."""
        return factor_of(self.value, self.indices)

    @property
    def to_tenth(self) -> Decimal:
        """In per cent, half up to one decimal, as INSEE publishes it."""
        return round_fraction((self.factor - 1) * 100, TENTH)


class PriceIndex(Struct, frozen=True):
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
        point = self.rated(month, series)
        if point is None or point.rate is None:
            return None
        return Rate(point.rate, month, series, point.source, point.origin)

    def rated(self, month: str, series: str) -> IndexPoint | None:
        """The point that gives the month its published rate."""
        return next((p for p in self.of_month(month, series) if p.rate is not None), None)

    def computed(self, month: str, series: str, base: str | None = None) -> Rate | None:
        """The rate drawn from the indices of two Decembers of the same base, the newest one.

        An index of one base is never divided by one of another: None when no base (or not the
        `base` wanted) holds both.
        """
        return next((rate for own, rate in self.ratios(month, series) if base in (None, own)), None)

    def ratios(self, month: str, series: str) -> Iterator[tuple[str, Rate]]:
        """Each base that holds both Decembers, newest first, and the rate that it gives."""
        before = {point.base: point for point in self.of_month(_year_before(month), series)}
        for point in self.of_month(month, series):
            earlier = before.get(point.base)
            if earlier is not None and earlier.index > 0:
                indices = (earlier.index, point.index)
                value = round_fraction((factor_of(ZERO, indices) - 1) * 100, MILLIONTH).normalize()
                origin = french.two_indices(earlier.month, point.month, point.base)
                yield point.base, Rate(value, month, series, point.source, origin, indices)

    def rate(self, kind: str, month: str, series: str) -> Rate | None:
        """The rate by its reading: "published" or "computed"."""
        return (self.published if kind == "published" else self.computed)(month, series)


def factor_of(rate: Decimal, indices: tuple[Decimal, ...]) -> Fraction:
    """What a price is multiplied by: the ratio of two indices where it is known, else 1 + the
    `rate` in per cent."""
    if indices:
        before, after = indices
        return Fraction(Fraction(after), Fraction(before))
    return 1 + Fraction(Fraction(rate), 100)


def is_computed(origin: str) -> bool:
    return fold(COMPUTED) in fold(origin)


def december_before(year: int) -> str:
    """The month whose rate indexes the grid of `year`: 2026 gives 2025-12."""
    return f"{year - 1:04d}-12"


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1:04d}{month[4:]}"
