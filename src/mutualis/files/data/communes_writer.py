"""Rows of the table of communes added or changed, the others as they were: in the CSV file, every
other byte untouched, or in a sheet to be put beside the workbook."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.level_change import applied
from mutualis.domain.communes.population_update import ChangeKind, RowChange
from mutualis.domain.french.typography import short_date
from mutualis.domain.problems.problem import Problem, Source, has_errors
from mutualis.domain.problems.refusals import UnusableData
from mutualis.domain.value import Struct, replace
from mutualis.files.data.communes import NAME, OPTIONAL, REQUIRED, RETIRED, parse_communes
from mutualis.files.disk import atomic
from mutualis.files.tables.input_table import changed_meanwhile
from mutualis.files.tables.text import read_bytes
from mutualis.files.tables.text_sheet import TextSheet
from mutualis.files.tables.value_sheet import ValueSheet

_EMPTIED = ("date_debut", "date_fin")  # a part of a year is that year's alone
_NOWHERE = Source(NAME)


class NewCommunes(Struct, frozen=True):
    """The sheet as changed, and the rows that it has to be read as; `widened` are the columns that
    it had not."""

    sheet: TextSheet | ValueSheet
    rows: tuple[CommuneYear, ...]
    widened: tuple[str, ...] = ()


def with_rows(root: Path, year: int, changes: Iterable[RowChange], known: Communes) -> NewCommunes:
    """The table with the year's rows changed in place, and the new ones at its end.

    Raises NotWritten when the file does not say any more what was read as `known`,
    UnusableData when a row at its end would swallow the new ones, Refusal when its encoding
    cannot hold a name.
    """
    sheet = _as_known(root, known)
    changes = list(changes)
    for change in changes:
        if change.kind is ChangeKind.UPDATED and change.origin is not None:
            sheet.change(change.origin.source.line or 0, _cells(change))
    for change in changes:
        if change.kind is ChangeKind.ADDED:
            line = None if change.origin is None else change.origin.source.line
            sheet.append(line, _cells(change))
    others = (row for row in known.rows if row.year != year)
    new = NewCommunes(sheet, (*others, *(change.row for change in changes)))
    _check_text(new)
    return new


def with_levels(root: Path, changes: Sequence[RowChange], known: Communes) -> NewCommunes:
    """The table with rows at another level or for another period, each new one under the row that
    it comes from; columns that it lacks are added at the end of every line.

    Raises NotWritten when the file does not say any more what was read as `known`, Refusal when
    its encoding cannot hold an act.
    """
    sheet = _as_known(root, known)
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
    new = NewCommunes(sheet, applied(known, changes).rows, widened)
    _check_text(new)
    return new


def _as_known(root: Path, known: Communes) -> TextSheet | ValueSheet:
    before = read_bytes(root, known.file)
    if isinstance(before, Problem) or parse_communes(known.file, before)[0].rows != known.rows:
        raise changed_meanwhile(known.file)
    columns = (*REQUIRED, *OPTIONAL, *RETIRED)
    kind = TextSheet if known.file == NAME else ValueSheet
    return kind(known.file, before, columns)


def check_written(new: NewCommunes, after: bytes) -> None:
    """Read the bytes that are to be written back: raises UnusableData on an error in them."""
    communes, problems = parse_communes(new.sheet.file, after)
    if has_errors(problems):
        raise UnusableData(problems)
    if _figures(communes.rows) != _figures(new.rows):
        raise AssertionError(f"the rows read back from {new.sheet.file} are not those written")


def _check_text(new: NewCommunes) -> None:
    """A workbook is read back by who makes it."""
    if isinstance(new.sheet, TextSheet):
        check_written(new, new.sheet.content)


def apply(root: Path, sheet: TextSheet) -> None:
    """Put the new content in place, unless somebody has changed the file meanwhile."""
    if read_bytes(root, sheet.file) != sheet.before:
        raise changed_meanwhile(sheet.file)
    atomic.write_data(root / sheet.file, sheet.content)


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


def _figures(rows: Iterable[CommuneYear]) -> Sequence[CommuneYear]:
    """The rows without their places, in the file's order or not."""
    plain = [replace(row, source=_NOWHERE, level_at=_NOWHERE) for row in rows]
    return sorted(plain, key=lambda row: (row.code_insee, row.first_day))
