"""Rows of data/communes.csv added or changed, every other byte of the file untouched."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.level_change import applied
from mutualis.domain.communes.population_update import ChangeKind, RowChange
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import short_date
from mutualis.domain.problems.problem import Problem, Source, has_errors
from mutualis.domain.problems.refusals import NotWritten, Refusal, UnusableData
from mutualis.files.data.communes import NAME, OPTIONAL, REQUIRED, parse_communes
from mutualis.files.disk import atomic
from mutualis.files.tables.csv_table import find_delimiter, header_of
from mutualis.files.tables.text import decode, encoding_of, read_bytes, without_mark

_NEWLINE = re.compile("(\r\n|\r|\n)")
_EMPTIED = ("date_debut", "date_fin")  # a part of a year is that year's alone
_NOWHERE = Source(NAME)


@dataclass(frozen=True, slots=True)
class NewCommunes:
    """A new content of the file, made from `before` and already read back; `widened` are the
    columns that it had not."""

    before: bytes
    after: bytes
    widened: tuple[str, ...] = ()


def with_rows(root: Path, year: int, changes: Iterable[RowChange], known: Communes) -> NewCommunes:
    """The file with the year's rows changed in place, and the new ones at its end.

    Raises NotWritten when the file does not say any more what was read as `known`,
    UnusableData when a row at its end would swallow the new ones, Refusal when its encoding
    cannot hold a name.
    """
    before = _as_known(root, known)
    changes = list(changes)
    sheet = _Sheet(before)
    for change in changes:
        if change.kind is ChangeKind.UPDATED and change.origin is not None:
            sheet.change(change.origin.source.line or 0, _cells(change))
    for change in changes:
        if change.kind is ChangeKind.ADDED:
            line = None if change.origin is None else change.origin.source.line
            sheet.append(line, _cells(change))
    after = sheet.content
    communes, problems = parse_communes(decode(NAME, after))
    if has_errors(problems):
        raise UnusableData(problems)
    others = [row for row in known.rows if row.year != year]
    if [row for row in communes.rows if row.year != year] != others or (
        _figures(communes.of_year(year)) != _figures(change.row for change in changes)
    ):
        raise AssertionError(f"the rows read back from {NAME} are not those written")
    return NewCommunes(before, after)


def with_levels(root: Path, changes: Sequence[RowChange], known: Communes) -> NewCommunes:
    """The file with rows at another level or for another period, each new one under the row that it
    comes from; columns that it lacks are added at the end of every line.

    Raises NotWritten when the file does not say any more what was read as `known`, Refusal when
    its encoding cannot hold an act.
    """
    before = _as_known(root, known)
    sheet = _Sheet(before)
    cells = [_of_level(change) for change in changes]
    written = {column for own in cells for column, text in own.items() if text}
    widened = sheet.widen([column for column in OPTIONAL if column in written])
    pairs = [
        (c.origin.source.line or 0, c, x) for c, x in zip(changes, cells, strict=True) if c.origin
    ]
    for line, change, own in pairs:
        if change.kind is ChangeKind.UPDATED:
            sheet.change(line, own)
    for line, change, own in sorted(pairs, key=lambda pair: -pair[0]):
        if change.kind is ChangeKind.ADDED:
            sheet.insert(line, own)
    after = sheet.content
    communes, problems = parse_communes(decode(NAME, after))
    if has_errors(problems):
        raise UnusableData(problems)
    if _figures(communes.rows) != _figures(applied(known, changes).rows):
        raise AssertionError(f"the rows read back from {NAME} are not those written")
    return NewCommunes(before, after, widened)


def _as_known(root: Path, known: Communes) -> bytes:
    before = read_bytes(root, NAME)
    if isinstance(before, Problem) or parse_communes(decode(NAME, before))[0].rows != known.rows:
        raise _changed()
    return before


def apply(root: Path, change: NewCommunes) -> None:
    """Put the new content in place, unless somebody has changed the file meanwhile."""
    if read_bytes(root, NAME) != change.before:
        raise _changed()
    atomic.write_data(root / NAME, change.after)


class _Sheet:
    """The lines of the file with their ends, changed by cell; the rest stays as it is."""

    def __init__(self, before: bytes) -> None:
        body = without_mark(before)
        self.mark = before[: len(before) - len(body)]
        self.encoding = encoding_of(before)
        # Bytes that Windows-1252 does not have go through as they are.
        pieces = _NEWLINE.split(body.decode(self.encoding, "surrogateescape"))
        self.lines, self.ends = pieces[0::2], [*pieces[1::2], ""]
        header = header_of(decode(NAME, before).text)
        delimiter = find_delimiter(header, (*REQUIRED, *OPTIONAL))
        if delimiter is None:
            raise AssertionError(f"{NAME} was read and has no header")
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
            raise Refusal("files.name_beyond_windows_1252", path=NAME) from None

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


def _cells(change: RowChange) -> dict[str, str]:
    """The cells to write, by column: those that differ from where the row comes from."""
    wanted = _texts(change.row)
    if change.origin is None:
        return wanted
    there = _texts(change.origin)
    cells = {column: text for column, text in wanted.items() if there[column] != text}
    return cells | dict.fromkeys(_EMPTIED, "") if change.kind is ChangeKind.ADDED else cells


def _texts(row: CommuneYear) -> dict[str, str]:
    """What an import may change of a row, by column."""
    return {
        "annee": str(row.year),
        "code_insee": row.code_insee,
        "commune": row.name,
        "siren": row.siren,
        "siret": row.siret,
        "code_service": row.service_code,
        "engagement": row.commitment,
        "code_tiers": row.debtor_code,
        "population_municipale": str(row.municipal_population),
        "population_totale": str(row.total_population),
    }


def _of_level(change: RowChange) -> dict[str, str]:
    """The cells of a row at another level, or cut, that differ from where it comes from; all of
    them for a new row, a copy of one that was changed."""
    wanted, origin = _level_texts(change.row), change.origin
    if change.kind is ChangeKind.ADDED:
        return wanted
    there = wanted if origin is None else _level_texts(origin)
    return {column: text for column, text in wanted.items() if there[column] != text}


def _level_texts(row: CommuneYear) -> dict[str, str]:
    days = {"date_debut": row.start, "date_fin": row.end, "date_source": row.level_day}
    return {
        "niveau": row.level,
        "source_niveau": row.level_source,
        **{column: "" if day is None else short_date(day) for column, day in days.items()},
    }


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


def _figures(rows: Iterable[CommuneYear]) -> Sequence[CommuneYear]:
    """The rows without their places, in the file's order or not."""
    plain = [replace(row, source=_NOWHERE, level_at=_NOWHERE) for row in rows]
    return sorted(plain, key=lambda row: (row.code_insee, row.first_day))


def _changed() -> NotWritten:
    return NotWritten("files.changed_meanwhile", path=NAME)
