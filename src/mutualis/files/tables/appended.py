"""Rows added at the end of a CSV file, every byte before them kept."""

from collections.abc import Iterable, Mapping, Sequence

from mutualis.domain.french.names import fold
from mutualis.files.tables.csv_table import find_delimiter, header_of
from mutualis.files.tables.text import decode, encoding_of


def with_rows(
    name: str, before: bytes, known: Sequence[str], rows: Iterable[Mapping[str, str]]
) -> bytes:
    """The file with the rows, in its own column order, delimiter, newline and encoding.

    Raises UnicodeEncodeError when the encoding cannot hold one of them.
    """
    text = decode(name, before).text
    header = header_of(text)
    delimiter = find_delimiter(header, known)
    if delimiter is None:
        raise AssertionError(f"{name} was read and has no header")
    newline = "\r\n" if "\r\n" in text else "\n"
    titles = [fold(title.strip('" ')) for title in header.split(delimiter)]
    lines = [_line(row, titles, delimiter) for row in rows]
    joint = "" if text.endswith("\n") else newline
    added = joint + "".join(line + newline for line in lines)
    return before + added.encode(encoding_of(before))


def _line(row: Mapping[str, str], titles: Sequence[str], delimiter: str) -> str:
    by_title = {fold(column): text for column, text in row.items()}
    return delimiter.join(_quoted(by_title.get(title, ""), delimiter) for title in titles)


def _quoted(text: str, delimiter: str) -> str:
    clean = " ".join(text.split())
    if delimiter in clean or '"' in clean:
        return '"' + clean.replace('"', '""') + '"'
    return clean
