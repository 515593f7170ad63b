"""The cells of one row read one after the other, with everything that is wrong with them."""

import re
from collections.abc import Callable, Collection
from typing import TypeVar

from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem
from mutualis.files.tables import cells
from mutualis.files.tables.table import Cell, FileRow

T = TypeVar("T")

_YEAR = re.compile(r" ?[0-9]{4}$")
_DIGITS = "0123456789"
_MAYBE = re.compile("tot|ensemble|somme", re.IGNORECASE)
_TOTALS = ("total", "totaux", "total general", "ensemble", "somme")


class RowReader:
    """`needed` are the columns that may not be empty; `title` names the row to people."""

    def __init__(self, row: FileRow, needed: Collection[str], title: str = "") -> None:
        self.row = row
        self.needed = needed
        self.title = title or f"la ligne {row.record.line}"
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def read(self, column: str, parse: Callable[[Cell], T | Problem]) -> T | None:
        """The value of a cell; None when it is empty (a problem if it may not be) or wrong."""
        if column not in self.row.texts:
            if column in self.needed:
                facts = {"row": self.title, "column": column}
                self.problems.append(Problem("C15", self.row.place(column), facts))
            return None
        cell = self.row[column]
        value = parse(cell) if cell.fault is None else cell.fault
        if isinstance(value, Problem):
            self.problems.append(value)
            return None
        if parse is cells.insee_code and value != cell.text.upper():
            facts = {"value": cell.text, "code": str(value)}
            self.warnings.append(Problem("C25", cell.source, facts))
        return value

    def text(self, column: str) -> str:
        """The text of a cell, empty when there is none."""
        text = self.row.text(column)
        if text.isascii() and column not in self.row.faults and (text or column not in self.needed):
            return text  # as most are: nothing can be wrong with it
        return self.read(column, cells.text) or ""


def total_row(row: FileRow, apart: Collection[str] = ()) -> Problem | None:
    """C19 for a row of totals: TOTAL, Total général, TOTAL 2025.

    `apart` are columns of free text, where the word means nothing.
    """
    for column, text in row.texts.items():
        if column in apart or text[0] in _DIGITS:
            continue  # what begins with a figure is no word
        if text.isascii() and not _MAYBE.search(text):
            continue
        if _YEAR.sub("", fold(text)) in _TOTALS:
            return Problem("C19", row.place(column), {"value": text})
    return None
