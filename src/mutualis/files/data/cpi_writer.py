"""Decembers added at the end of data/cpi.csv, the rest of the file untouched."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.indexation.cpi import IndexPoint
from mutualis.domain.problems.problem import has_errors
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.files.data.cpi import NAME, REQUIRED, parse_index
from mutualis.files.disk import atomic
from mutualis.files.tables.appended import with_rows
from mutualis.files.tables.csv_table import find_delimiter, header_of
from mutualis.files.tables.text import decode


def with_points(root: Path, points: Sequence[IndexPoint]) -> bytes:
    """The file with the points, in its own column order, delimiter, decimal mark and encoding.

    Raises Refusal when its encoding cannot hold the text of a point.
    """
    before = (root / NAME).read_bytes()
    delimiter = find_delimiter(header_of(decode(NAME, before).text), REQUIRED)
    mark = "." if delimiter == "," else ","
    try:
        after = with_rows(NAME, before, REQUIRED, [_cells(point, mark) for point in points])
    except UnicodeEncodeError:
        origin = points[0].origin
        raise Refusal("files.origin_beyond_windows_1252", path=NAME, origin=origin) from None
    index, problems = parse_index(decode(NAME, after))
    if has_errors(problems):
        raise UnusableData(problems)
    if not all(any(same(point, other) for other in index.points) for point in points):
        raise AssertionError(f"the Decembers read back from {NAME} are not those written")
    return after


def _cells(point: IndexPoint, mark: str) -> dict[str, str]:
    """The cells of a point by column, its figures with that decimal mark."""
    return {
        "mois": point.month,
        "serie": point.series_id,
        "base": point.base,
        "indice": _spelled(point.index, mark),
        "variation_annuelle": "" if point.rate is None else _spelled(point.rate, mark),
        "source": point.origin,
    }


def write(root: Path, data: bytes) -> None:
    atomic.write_data(root / NAME, data)


def same(one: IndexPoint, other: IndexPoint) -> bool:
    """Whether two points give the same figures, wherever they were read."""
    return (one.month, one.series, one.base, one.index, one.rate) == (
        other.month,
        other.series,
        other.base,
        other.index,
        other.rate,
    )


def _spelled(value: Decimal, mark: str) -> str:
    return f"{value:f}".replace(".", mark)
