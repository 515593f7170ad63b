"""Decembers added at the end of data/cpi.csv, the rest of the file untouched."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.french.names import fold
from mutualis.domain.indexation.cpi import IndexPoint
from mutualis.domain.problems.problem import has_errors
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.files.data.cpi import NAME, REQUIRED, parse_index
from mutualis.files.disk import atomic
from mutualis.files.tables.csv_table import find_delimiter, header_of
from mutualis.files.tables.text import decode, encoding_of


def with_points(root: Path, points: Sequence[IndexPoint]) -> bytes:
    """The file with the points, in its own column order, delimiter, decimal mark and encoding.

    Raises Refusal when its encoding cannot hold the text of a point.
    """
    before = (root / NAME).read_bytes()
    encoding = encoding_of(before)
    text = decode(NAME, before).text
    newline = "\r\n" if "\r\n" in text else "\n"
    header = header_of(text)
    delimiter = find_delimiter(header, REQUIRED)
    if delimiter is None:
        raise AssertionError(f"{NAME} was read and has no header")
    titles = [fold(title) for title in header.split(delimiter)]
    lines = "".join(_line(point, titles, delimiter) + newline for point in points)
    joint = "" if text.endswith("\n") else newline
    try:
        after = before + (joint + lines).encode(encoding)
    except UnicodeEncodeError:
        origin = points[0].origin
        raise Refusal("files.origin_beyond_windows_1252", path=NAME, origin=origin) from None
    index, problems = parse_index(decode(NAME, after))
    if has_errors(problems):
        raise UnusableData(problems)
    if not all(any(same(point, other) for other in index.points) for point in points):
        raise AssertionError(f"the Decembers read back from {NAME} are not those written")
    return after


def _line(point: IndexPoint, titles: Sequence[str], delimiter: str) -> str:
    values = {
        "mois": point.month,
        "serie": point.series_id,
        "base": point.base,
        "indice": _spelled(point.index, delimiter),
        "variation_annuelle": "" if point.rate is None else _spelled(point.rate, delimiter),
        "source": point.origin,
    }
    by_title = {fold(column): value for column, value in values.items()}
    return delimiter.join(_quoted(by_title.get(title, ""), delimiter) for title in titles)


def write(root: Path, data: bytes) -> None:
    atomic.write(root / NAME, data)


def same(one: IndexPoint, other: IndexPoint) -> bool:
    """Whether two points give the same figures, wherever they were read."""
    return (one.month, one.series, one.base, one.index, one.rate) == (
        other.month,
        other.series,
        other.base,
        other.index,
        other.rate,
    )


def _spelled(value: Decimal, delimiter: str) -> str:
    return f"{value:f}" if delimiter == "," else f"{value:f}".replace(".", ",")


def _quoted(text: str, delimiter: str) -> str:
    clean = " ".join(text.split())
    if delimiter in clean or '"' in clean:
        return '"' + clean.replace('"', '""') + '"'
    return clean
