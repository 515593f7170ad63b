"""The yearly rate that is supposed in the place of INSEE's."""

from collections.abc import Iterable
from decimal import Decimal

from mutualis.domain.indexation.cpi import IndexPoint, PriceIndex, december_before
from mutualis.domain.problems.problem import Source

OPTION = "--cpi"
_START = Decimal(100)


def supposing(
    index: PriceIndex, series: str, years: Iterable[int], rate: Decimal, *, since: int
) -> PriceIndex:
    """The index with the `rate` (%) that the grids of `years` take, under every reading of it.

    It is in the place of INSEE's from the year `since` on; before, a December that is known keeps
    its own. Each supposed rate is that of two indices of a base of its own, so that the computed
    one is the same.
    """
    known = {point.month for point in index.points if point.series == series}
    wanted = [year for year in years if year >= since or december_before(year) not in known]
    points = [
        point
        for year in wanted
        for point in (
            _point(year, year - 1, series, _START, None),
            _point(year, year, series, _START + rate, rate),
        )
    ]
    return PriceIndex.of((*index.points, *points))


def is_supposed(index: PriceIndex, series: str, year: int) -> bool:
    """Whether the rate that the grid of a year takes is not INSEE's."""
    points = index.of_month(december_before(year), series)
    return any(point.origin == OPTION and point.rate is not None for point in points)


def _point(year: int, grid: int, series: str, index: Decimal, rate: Decimal | None) -> IndexPoint:
    # « ~ » comes after every digit: the newest base is asked first.
    return IndexPoint(
        december_before(grid), series, f"~{year}", index, rate, OPTION, Source(OPTION)
    )
