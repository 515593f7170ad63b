"""The first visible sheet of an Excel workbook as a table: what Excel shows, as text."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.table import Record, Table, make_table, no_header, titles_known

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 50_000_000, 100_000, 200
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
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
    """Every row as text, from the first one, of the sheet `wanted` if there is one, else of the
    first visible; C28 when the file is no readable workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415  # only those who give a workbook wait for it

    if data.startswith(_OLD) or len(data) > MOST_BYTES:
        why = "ancien format .xls ou mot de passe" if data.startswith(_OLD) else "trop gros"
        return Problem("C28", Source(name), {"why": why})
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        named = [sheet for sheet in book.worksheets if sheet.title == wanted]
        sheet = (named or shown or book.worksheets)[0]
        merged = _MERGED.search(book._archive.read(sheet._worksheet_path))  # type: ignore[attr-defined]
        if merged is not None:
            place = merged[1].decode()
            facts = {
                "what": f"des cellules sont fusionnées ({place}) : seule la première a une valeur",
                "how": "dans Excel, annuler la fusion et remplir chaque cellule",
            }
            line = int(re.sub(r"\D", "", place.partition(":")[0]))
            return Problem("C18", Source(name, line, cell=place.partition(":")[0]), facts)
        return list(_records(sheet))
    except Exception as error:  # noqa: BLE001  # a damaged file can fail anywhere in the parsers
        return Problem("C28", Source(name), {"why": f"fichier abîmé ({type(error).__name__})"})


def _records(sheet: Any) -> Iterator[Record]:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for rank, values in enumerate(rows, start=1):
        cells = [_spelled(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield Record(rank, rank, cells, " ; ".join(cells))


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
    text = f"{Decimal(repr(value)):f}" if isfinite(value) else "#N/A"
    whole, _, decimals = text.partition(".")
    return f"{whole},{decimals}" if decimals.strip("0") else whole


def _why_no_header(records: Sequence[Record], known: Sequence[str]) -> str:
    for record in records[1:10]:
        if titles_known(record.cells, known):
            return f"les titres des colonnes sont ligne {record.rank} : supprimer celles au-dessus"
    if not records:
        return "la première feuille est vide"
    return f"titres de colonnes non reconnus dans la première feuille : « {records[0].raw[:60]} »"
