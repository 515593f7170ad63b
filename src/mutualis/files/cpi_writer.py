"""A December added at the end of data/cpi.csv, the rest of the file untouched."""

from decimal import Decimal
from pathlib import Path

from mutualis.domain.cpi import IndexPoint
from mutualis.domain.names import fold
from mutualis.domain.refusals import Refusal
from mutualis.files import atomic
from mutualis.files.cpi_file import NAME, REQUIRED, parse_index
from mutualis.files.csv_table import find_delimiter, header_of
from mutualis.files.text import decode, encoding_of


def with_point(root: Path, point: IndexPoint) -> bytes:
    """The file with the point, in its own column order, delimiter, decimal mark and encoding.

    Raises Refusal when its encoding cannot hold the point's text.
    """
    before = (root / NAME).read_bytes()
    encoding = encoding_of(before)
    text = decode(NAME, before).text
    newline = "\r\n" if "\r\n" in text else "\n"
    header = header_of(text)
    delimiter = find_delimiter(header, REQUIRED)
    if delimiter is None:
        raise AssertionError(f"{NAME} was read and has no header")
    values = {
        "mois": point.month,
        "serie": point.series_id,
        "base": point.base,
        "indice": _spelled(point.index, delimiter),
        "variation_annuelle": "" if point.rate is None else _spelled(point.rate, delimiter),
        "source": point.origin,
    }
    titles = [fold(title) for title in header.split(delimiter)]
    by_title = {fold(column): value for column, value in values.items()}
    line = delimiter.join(_quoted(by_title.get(title, ""), delimiter) for title in titles)
    joint = "" if text.endswith("\n") else newline
    try:
        after = before + (joint + line + newline).encode(encoding)
    except UnicodeEncodeError:
        raise Refusal(
            f"{NAME} est en Windows-1252 et ne peut pas recevoir ce texte : {point.origin}.",
            "l'enregistrer en « CSV UTF-8 », ou donner une source sans caractère spécial",
        ) from None
    index, _ = parse_index(decode(NAME, after))
    if not any(same(point, other) for other in index.points):
        raise AssertionError(f"the December read back from {NAME} is not the one written")
    return after


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
