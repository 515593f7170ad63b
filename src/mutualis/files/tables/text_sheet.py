"""The lines of a CSV file changed by cell, every other byte of it untouched."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence

from mutualis.domain.french.names import fold
from mutualis.domain.problems.refusals import Refusal
from mutualis.files.tables.csv_table import find_delimiter, header_of
from mutualis.files.tables.text import decode, encoding_of, without_mark

_NEWLINE = re.compile("(\r\n|\r|\n)")


class TextSheet:
    """The lines of the file with their ends; `known` are the columns that it may have."""

    def __init__(self, file: str, before: bytes, known: Sequence[str]) -> None:
        body = without_mark(before)
        self.file, self.before = file, before
        self.mark = before[: len(before) - len(body)]
        self.encoding = encoding_of(before)
        # Bytes that Windows-1252 does not have go through as they are.
        pieces = _NEWLINE.split(body.decode(self.encoding, "surrogateescape"))
        self.lines, self.ends = pieces[0::2], [*pieces[1::2], ""]
        header = header_of(decode(file, before).text)
        delimiter = find_delimiter(header, known)
        if delimiter is None:
            raise AssertionError(f"{file} was read and has no header")
        self.delimiter = delimiter
        self.titles = [fold(title) for title in next(csv.reader([header], delimiter=delimiter))]
        self.newline = self.ends[0] or "\n"

    @property
    def content(self) -> bytes:
        """Raises Refusal when the encoding of the file cannot hold a new name."""
        text = "".join(line + end for line, end in zip(self.lines, self.ends, strict=True))
        try:
            return self.mark + text.encode(self.encoding, "surrogateescape")
        except UnicodeEncodeError:
            raise Refusal("files.name_beyond_windows_1252", path=self.file) from None

    def change(self, number: int, cells: Mapping[str, str]) -> None:
        """Write some cells of a line, counted from 1."""
        self.lines[number - 1] = self._line(self.lines[number - 1], cells)

    def insert(self, number: int, cells: Mapping[str, str]) -> None:
        """Add a line under line `number`: a copy of it but for some cells."""
        self.lines.insert(number, self._line(self.lines[number - 1], cells))
        if not self.ends[number - 1]:  # it was the last line and has no end
            self.ends[number - 1] = self.newline
            self.ends.insert(number, "")
        else:
            self.ends.insert(number, self.ends[number - 1])

    def widen(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Add the columns that are not there, empty, at the end of each line that holds a cell;
        returns them."""
        missing = [column for column in columns if fold(column) not in self.titles]
        for rank, line in enumerate(self.lines) if missing else ():
            if rank and not line.strip():
                continue
            pieces = _split(line, self.delimiter)
            pieces.extend([""] * (len(self.titles) - len(pieces)))
            added = missing if rank == 0 else [""] * len(missing)
            self.lines[rank] = self.delimiter.join([*pieces, *added])
        self.titles += [fold(column) for column in missing]
        return tuple(missing)

    def append(self, number: int | None, cells: Mapping[str, str]) -> None:
        """Add a line after the last one: a copy of line `number` but for some cells."""
        empty = self.delimiter * (len(self.titles) - 1)
        line = self._line(empty if number is None else self.lines[number - 1], cells)
        if self.lines[-1]:  # the last line has no end
            self.ends[-1] = self.newline
            self.lines.append("")
            self.ends.append("")
        self.lines.insert(len(self.lines) - 1, line)
        self.ends.insert(len(self.ends) - 1, self.newline)

    def _line(self, line: str, cells: Mapping[str, str]) -> str:
        pieces = _split(line, self.delimiter)
        for column, text in cells.items():
            if fold(column) not in self.titles:
                continue  # an optional column that the file does not have
            position = self.titles.index(fold(column))
            pieces.extend([""] * (position + 1 - len(pieces)))
            pieces[position] = _spelled(text, pieces[position], self.delimiter)
        return self.delimiter.join(pieces)


def _split(line: str, delimiter: str) -> list[str]:
    """The cells of a line as they are spelled, quotes and spaces included."""
    mark = re.escape(delimiter)
    cell = re.compile(f'"(?:[^"]|"")*"[^{mark}]*|[^{mark}]*')
    pieces, at = [], 0
    while True:
        match = cell.match(line, at)
        end = match.end() if match else at
        pieces.append(line[at:end])
        if end >= len(line):
            return pieces
        at = end + 1


def _spelled(text: str, before: str, delimiter: str) -> str:
    """The text as a cell, in quotes where it needs them or the old one had them."""
    if before.startswith('"') or any(mark in text for mark in (delimiter, '"')):
        return '"' + text.replace('"', '""') + '"'
    return text
