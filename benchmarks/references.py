"""The same work done plainly, one a process: `references.py NAME FOLDER`."""

import csv
import hashlib
import io
import pickle
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Cells = dict[str, list[list[tuple[Any, int]]]]


def keep_all_cells(folder: Path) -> None:
    """The values and the styles of a batch, for `workbook` below."""
    keep_cells(folder, None)


def keep_cells(folder: Path, names: Sequence[str] | None = ("Récapitulatif", "Contrôle")) -> None:
    """Those of its sheets of that name."""
    from openpyxl import load_workbook

    book = load_workbook(next(folder.glob("out/**/*.xlsx")))
    found: Cells = {
        name: [[(cell.value, cell.style_id % 8) for cell in row] for row in book[name].iter_rows()]
        for name in names or book.sheetnames
    }
    (folder / "cells").write_bytes(pickle.dumps(found))


def workbook(folder: Path) -> None:
    """The cells that were kept, each with one of eight prepared styles, write-only."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, NamedStyle

    found: Cells = pickle.loads((folder / "cells").read_bytes())
    book = Workbook(write_only=True)
    for at in range(8):
        book.add_named_style(NamedStyle(f"style {at}", font=Font(name="Arial", size=10 + at)))
    prepared = [book._named_styles[1 + at].as_tuple() for at in range(8)]  # type: ignore[attr-defined]
    for name, rows in found.items():
        sheet = book.create_sheet(name)
        for row in rows:
            cells = []
            for value, style in row:
                cell = WriteOnlyCell(sheet, value)
                cell._style = prepared[style]  # type: ignore[attr-defined]
                cells.append(cell)
            sheet.append(cells)
    book.save(io.BytesIO())


def entries(folder: Path) -> None:
    """The rows of the register put in a table without index nor trigger."""
    rows = pickle.loads((folder / "entries").read_bytes())
    with sqlite3.connect(folder / "plain.db") as connection:
        connection.execute("DROP TABLE IF EXISTS entries")
        connection.execute(
            "CREATE TABLE entries (seq INTEGER PRIMARY KEY, kind, number, series, rank, day, cents,"
            " content, previous, hash)"
        )
        connection.executemany("INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?)", rows)


def keep_entries(folder: Path) -> None:
    with sqlite3.connect(folder / "register.db") as connection:
        found = connection.execute("SELECT * FROM entries").fetchall()
    (folder / "entries").write_bytes(pickle.dumps(found))


def hashing(folder: Path) -> None:
    """Every row of the register read and hashed."""
    with sqlite3.connect(folder / "register.db") as connection:
        for (content,) in connection.execute("SELECT content FROM entries ORDER BY seq"):
            hashlib.sha256(content.encode()).hexdigest()


def reading(folder: Path) -> None:
    """communes.csv, and nothing else."""
    with (folder / "data/communes.csv").open(encoding="utf-8", newline="") as file:
        list(csv.DictReader(file, delimiter=";"))


def loading(folder: Path) -> None:
    """communes.csv as the program loads it."""
    from mutualis.files.data.communes import read_communes

    assert not read_communes(folder)[1]


def requests(folder: Path) -> None:
    """requests.csv as the program loads it."""
    from mutualis.files.data.requests import read_requests

    assert not read_requests(folder, ("A", "B", "C"))[1]


def interventions(folder: Path) -> None:
    """interventions.csv as the program loads it."""
    from mutualis.files.data.interventions import read_interventions

    assert not read_interventions(folder)[1]


WORKS: dict[str, Callable[[Path], None]] = {
    work.__name__: work
    for work in (
        keep_all_cells,
        keep_cells,
        workbook,
        keep_entries,
        entries,
        hashing,
        reading,
        loading,
        requests,
        interventions,
    )
}


if __name__ == "__main__":
    WORKS[sys.argv[1]](Path(sys.argv[2]))
