"""The rows of a workbook changed by cell: what another workbook, beside it, is made from."""

from collections.abc import Iterable, Mapping, Sequence

from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import UnusableData
from mutualis.files.tables.table import Held, letters


class ValueSheet:
    """The `rows` of the sheet that is read, its titles first and its blank ones kept: the texts
    that are read of the `known` columns, what each cell of the others holds. `formulas` are the
    names of those that held formulas: the last values are left, but in the rows that change, where
    they would be those of other figures.
    """

    def __init__(self, file: str, before: bytes, known: Sequence[str]) -> None:
        # Only those who give a workbook wait for it.
        from mutualis.files.tables.workbook_table import (  # noqa: PLC0415
            read_records,
            read_values,
        )

        records = read_records(file, before)
        if isinstance(records, Problem):
            raise UnusableData([records])
        self.file, self.before = file, before
        self.rows: list[list[Held]] = [[] for _ in range(records[-1].rank)]
        header = records[0].cells
        self.titles = [fold(title) for title in header]
        names = {fold(name) for name in known}
        read = [title in names for title in self.titles]
        held = read_values(before)
        self._computed: set[int] = set()
        for record in records:
            row = self.rows[record.rank - 1]
            values = held.get(record.rank, [])
            for at, text in enumerate(record.cells[: len(header)]):
                value = values[at] if at < len(values) else None
                if text.startswith("=") and value != text:
                    self._computed.add(at)
                row.append((text or None) if read[at] or record.rank == 1 else value)
        self.formulas = tuple(header[at] or letters(at + 1) for at in sorted(self._computed))

    def change(self, number: int, cells: Mapping[str, str]) -> None:
        """Write some cells of a row, counted from 1."""
        self.rows[number - 1] = self._row(self.rows[number - 1], cells)

    def insert(self, number: int, cells: Mapping[str, str]) -> None:
        """Add a row under row `number`: a copy of it but for some cells."""
        self.rows.insert(number, self._row(self.rows[number - 1], cells))

    def widen(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Add the columns that are not there, empty, after the last one; returns them."""
        missing = [column for column in columns if fold(column) not in self.titles]
        self.rows[0] += missing
        self.titles += [fold(column) for column in missing]
        return tuple(missing)

    def append(self, number: int | None, cells: Mapping[str, str]) -> None:
        """Add a row after the last one: a copy of row `number` but for some cells."""
        self.rows.append(self._row([] if number is None else self.rows[number - 1], cells))

    def _row(self, before: Sequence[Held], cells: Mapping[str, str]) -> list[Held]:
        row = [*before, *[None] * (len(self.titles) - len(before))]
        for at in self._computed:
            row[at] = None
        for column, text in cells.items():
            if fold(column) in self.titles:  # else one that the file may do without
                row[self.titles.index(fold(column))] = text or None
        return row
