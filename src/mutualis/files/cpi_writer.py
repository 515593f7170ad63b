"""A December added at the end of data/cpi.csv, the rest of the file untouched."""

from decimal import Decimal
from pathlib import Path

from mutualis.domain.cpi import IndexPoint
from mutualis.files import atomic
from mutualis.files.cpi_file import NAME, REQUIRED
from mutualis.files.text import decode, encoding_of


def append_point(root: Path, point: IndexPoint) -> None:
    """Write the point in the file's own column order, delimiter, decimal mark and encoding."""
    path = root / NAME
    before = path.read_bytes()
    text = decode(NAME, before).text
    encoding = encoding_of(before)
    newline = "\r\n" if "\r\n" in text else "\n"
    header = next(line for line in text.splitlines() if "mois" in line.lower())
    delimiter = max(";,\t", key=header.count)
    titles = [title.strip().strip('"').lower() for title in header.split(delimiter)]
    values = {
        "mois": point.month,
        "serie": point.series_id,
        "base": point.base,
        "indice": _spelled(point.index, delimiter),
        "variation_annuelle": _spelled(point.rate, delimiter) if point.rate is not None else "",
        "source": point.origin,
    }
    assert set(REQUIRED) == set(values)
    line = delimiter.join(_quoted(values.get(title, ""), delimiter) for title in titles)
    joint = "" if text.endswith("\n") else newline
    atomic.write(path, before + (joint + line + newline).encode(encoding, errors="replace"))


def _spelled(value: Decimal, delimiter: str) -> str:
    return f"{value:f}" if delimiter == "," else f"{value:f}".replace(".", ",")


def _quoted(text: str, delimiter: str) -> str:
    clean = " ".join(text.split())
    if delimiter in clean or '"' in clean:
        return '"' + clean.replace('"', '""') + '"'
    return clean
