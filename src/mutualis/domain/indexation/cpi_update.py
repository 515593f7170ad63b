"""INSEE's own series file put into cpi.csv: the final Decembers that are not there yet."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.domain.french import indexation as french
from mutualis.domain.french.typography import month_name, number
from mutualis.domain.indexation.cpi import COMPUTED, SERIES, IndexPoint, PriceIndex
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.value import Struct, replace


class Figure(Struct, frozen=True):
    """One December in the file; INSEE may still revise one that is not `final`."""

    month: str
    index: Decimal
    final: bool
    source: Source


class Release(Struct, frozen=True):
    """The file: one series in one base, as INSEE gave it on `updated` (JJ/MM/AAAA, or empty); its
    `series_id` may be one that is not known yet."""

    series_id: str
    series: str
    base: str
    label: str
    updated: str
    decembers: tuple[Figure, ...]

    @property
    def final(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.decembers if figure.final)

    @property
    def written_id(self) -> str:
        """What names the series in cpi.csv: its name, where its number says nothing yet."""
        return self.series_id if self.series_id in SERIES else self.series

    @property
    def origin(self) -> str:
        return french.release(self.updated)


class IndexUpdate(Struct, frozen=True):
    """`added` are new points, oldest first; `known` were there, `left_out` are not final."""

    release: Release
    added: tuple[IndexPoint, ...]
    known: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def computed(self) -> tuple[IndexPoint, ...]:
        return tuple(point for point in self.added if point.rate is not None)


def plan_index_update(index: PriceIndex, release: Release) -> IndexUpdate:
    """The points to add; raises Refusal when the index already says otherwise.

    A rate is computed within the base of the file, and only for a month that has none: one
    that INSEE published is never doubled by a computed one.
    """
    known = {
        point.month: point
        for point in index.points
        if (point.series, point.base) == (release.series, release.base)
    }
    final = sorted(release.final, key=lambda figure: figure.month)
    differing = [f for f in final if f.month in known and known[f.month].index != f.index]
    if differing:
        raise _differs(differing, known)
    fresh = [
        IndexPoint(
            figure.month,
            release.written_id,
            release.base,
            figure.index,
            None,
            release.origin,
            figure.source,
        )
        for figure in final
        if figure.month not in known
    ]
    whole = PriceIndex.of((*index.points, *fresh))
    return IndexUpdate(
        release,
        tuple(_with_rate(point, index, whole, release.series) for point in fresh),
        tuple(figure.month for figure in final if figure.month in known),
        tuple(sorted(figure.month for figure in release.decembers if not figure.final)),
    )


def _with_rate(point: IndexPoint, index: PriceIndex, whole: PriceIndex, series: str) -> IndexPoint:
    if index.published(point.month, series) is not None:
        return point
    rate = whole.computed(point.month, series, point.base)
    if rate is None:
        return point
    return replace(point, rate=rate.to_tenth, origin=f"{point.origin}, {COMPUTED}")


def _differs(figures: Sequence[Figure], known: dict[str, IndexPoint]) -> Refusal:
    details = [
        Reason(
            "indexation.index_of_month",
            {
                "month": month_name(figure.month),
                "found": number(figure.index),
                "known": number(known[figure.month].index),
                "place": str(known[figure.month].source),
            },
        )
        for figure in figures
    ]
    return Refusal("indexation.index_differs", details=details)
