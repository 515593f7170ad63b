"""The numbers of a register as they stand, to be offered."""

import sqlite3
from contextlib import closing
from pathlib import Path

from mutualis.register.store import NAME


def last_numbers(root: Path, most: int) -> list[tuple[str, str]]:
    """The numbers of the last documents and their kinds, unchecked; nothing is written, waited
    for or brought up to date. Raises sqlite3.Error."""
    uri = f"{(root / NAME).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, timeout=0, uri=True)) as database:
        return database.execute(
            "SELECT number, kind FROM entries WHERE number IS NOT NULL ORDER BY seq DESC LIMIT ?",
            (most,),
        ).fetchall()
