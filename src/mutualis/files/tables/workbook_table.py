"""The first visible sheet of a workbook as a table: what is shown of it, as text.

Excel's (.xlsx) are read by openpyxl and LibreOffice's (.ods) by `ods_sheet`, both row by row and
within bounds, so that formulas, errors and merged cells are seen: a faster reader gives the last
value of a formula, and nothing for one without a value or in error, which an empty « niveau »
would turn into a commune that has left.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

from mutualis.domain.french.typography import number
from mutualis.domain.problems.problem import Problem, Source, one_line
from mutualis.files.tables import ods_sheet
from mutualis.files.tables.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Held,
    Record,
    Table,
    make_table,
    no_header,
    titles_known,
    too_large,
)
from mutualis.files.tables.text import MOST_BYTES, too_big

# An archive unpacks to this at most; one that says more, or packs a hundred to one, is a bomb.
_MOST_UNPACKED, _SMALL, _MOST_RATIO = 256 * 2**20, 16 * 2**20, 100
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_LAST_ROW = 2**20  # of a sheet of Excel or LibreOffice: what says more would be counted up to
_PIECE, _OVERLAP = 2**20, 100
_OLD = b"\xd0\xcf\x11\xe0"  # an .xls, or an .xlsx protected by a password


def read_workbook(
    name: str, data: bytes, required: Sequence[str], optional: Sequence[str] = ()
) -> Table:
    """The rows of the first sheet, under its row of titles (see `make_table`)."""
    records = read_records(name, data)
    if isinstance(records, Problem):
        return Table((), (records,))
    return table_of(name, records, required, optional)


def table_of(
    name: str, records: Sequence[Record], required: Sequence[str], optional: Sequence[str] = ()
) -> Table:
    """The records of a sheet as a table; C05 when its first row has no known title."""
    known = (*required, *optional)
    if not records or not titles_known(records[0].cells, known):
        return Table((), (no_header(name, 1, _why_no_header(records, known), required),))
    return make_table(name, records, required, optional)


def read_records(name: str, data: bytes, wanted: str = "") -> list[Record] | Problem:
    """The rows as text, blank ones after the first left out, of the sheet `wanted` if there is one,
    else of the first visible; C28 when the file is no readable
    workbook, C18 when cells are merged, C44 when there are too many, A10 when their texts are."""
    if data.startswith(_OLD):
        return _unreadable(name, "ancien format .xls ou mot de passe")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > min(_MOST_UNPACKED, max(_SMALL, _MOST_RATIO * len(data))):
                return _unreadable(name, f"il contient {number(size // 2**20)} Mo")
            is_ods = ods_sheet.CONTENT in archive.namelist()
            rows = ods_sheet.rows(archive, wanted) if is_ods else _rows(archive, data, wanted)
            return _numbered(name, rows)
    except ods_sheet.Protected:
        return _unreadable(name, "mot de passe")
    except ods_sheet.Merged as error:
        return _merged(name, str(error))
    except Exception as error:  # noqa: BLE001  # a damaged file can fail anywhere in the parsers
        return _unreadable(name, f"fichier abîmé ({type(error).__name__})")


def read_values(data: bytes) -> dict[int, list[Held]]:
    """What each cell of the first visible sheet holds, by row: of a formula, the last value that it
    had. Of a workbook that `read_records` has read without a problem."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if ods_sheet.CONTENT in archive.namelist():
            return dict(ods_sheet.rows(archive, read=ods_sheet.value_of))
        sheet = _sheet(data, "", values=True)
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        return {rank: [_held(value) for value in values] for rank, values in rows}


def _numbered(name: str, rows: Iterator[tuple[int, list[str]]]) -> list[Record] | Problem:
    """The records of the rows that hold something, each with its rank in the sheet."""
    records: list[Record] = []
    size = 0  # a few bytes can stand for the same text in every cell
    for rank, cells in rows:
        if rank > _LAST_ROW:
            return too_large(name, rank, f"des lignes au-delà de la {number(_LAST_ROW)}e")
        while cells and not cells[-1]:
            cells.pop()
        if not cells and rank > 1:
            continue
        if len(cells) > MOST_COLUMNS:
            return too_large(name, rank, f"{number(len(cells))} colonnes")
        if len(records) == MOST_ROWS:
            return too_large(name, rank, f"plus de {number(MOST_ROWS)} lignes")
        size += sum(map(len, cells)) + len(cells)
        if size > MOST_BYTES:
            return too_big(name, size)
        records.append(Record(rank, rank, cells, one_line(" ; ".join(cells))))
    return records


def _rows(archive: zipfile.ZipFile, data: bytes, wanted: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet of Excel, from 1."""
    sheet = _sheet(data, wanted)
    _refuse_merged(archive, sheet._worksheet_path)
    for rank, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield rank, [_spelled(value) for value in values]


def _sheet(data: bytes, wanted: str, *, values: bool = False) -> Any:
    """The sheet to read, with its formulas or their `values`."""
    from openpyxl import load_workbook  # noqa: PLC0415  # only those who give a workbook wait for it

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False, data_only=values)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    named = [sheet for sheet in book.worksheets if sheet.title == wanted]
    sheet: Any = (named or shown or book.worksheets)[0]
    sheet.reset_dimensions()  # what the sheet says of its size may be a million rows, or a lie
    return sheet


def _refuse_merged(archive: zipfile.ZipFile, path: str) -> None:
    with archive.open(path) as file:
        before = b""
        while piece := file.read(_PIECE):
            merged = _MERGED.search(before + piece)
            if merged is not None:
                raise ods_sheet.Merged(merged[1].decode())
            before = piece[-_OVERLAP:]


def _merged(name: str, place: str) -> Problem:
    first = place.partition(":")[0]
    facts = {
        "what": f"des cellules sont fusionnées ({place}) : seule la première a une valeur",
        "how": "dans Excel, annuler la fusion et remplir chaque cellule",
    }
    return Problem("C18", Source(name, int(re.sub(r"\D", "", first)), cell=first), facts)


def _unreadable(name: str, why: str) -> Problem:
    return Problem("C28", Source(name), {"why": why})


def _spelled(value: Any) -> str:
    """What a person would have typed: 3142, 0,38, 2025-07-01; a formula stays one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, float):  # a time, a duration; a formula that fills several cells
        return f"={value.text}" if hasattr(value, "text") else str(value)
    return ods_sheet.decimal_comma(Decimal(repr(value))) if isfinite(value) else "#N/A"


def _held(value: Any) -> Held:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, float):
        return Decimal(repr(value)) if isfinite(value) else _spelled(value)
    return value if isinstance(value, Held) else _spelled(value)


def _why_no_header(records: Sequence[Record], known: Sequence[str]) -> str:
    for record in records[1:10]:
        if titles_known(record.cells, known):
            return f"les titres des colonnes sont ligne {record.rank} : supprimer celles au-dessus"
    if not any(record.cells for record in records):
        return "la première feuille est vide"
    return f"titres de colonnes non reconnus dans la première feuille : « {records[0].raw[:60]} »"
