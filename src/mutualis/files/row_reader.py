"""The cells of one row read one by one, with what is wrong with them."""

from collections.abc import Callable, Collection
from typing import TypeVar

from mutualis.domain.problems import Problem
from mutualis.files import cells
from mutualis.files.table import Cell, Row

T = TypeVar("T")


class RowReader:
    """`needed` are the columns that may not be empty, `name` what people call the row."""

    def __init__(self, row: Row, needed: Collection[str], name: str = "") -> None:
        self.row = row
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._needed = needed
        self._name = name or f"la ligne {row.source.line}"

    def read(self, column: str, parse: Callable[[Cell], T | Problem]) -> T | None:
        """The value of a cell; None when it is empty (a problem if it may not be) or wrong."""
        cell = self.row[column]
        if not cell.text:
            if column in self._needed:
                facts = {"row": self._name, "column": column}
                self.problems.append(Problem("C15", cell.source, facts))
            return None
        value = cells.read(cell, parse)
        if isinstance(value, Problem):
            self.problems.append(value)
            return None
        if parse is cells.insee_code and value != cell.text.upper():
            facts = {"value": cell.text, "code": str(value)}
            self.warnings.append(Problem("C25", cell.source, facts))
        return value
