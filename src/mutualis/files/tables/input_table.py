"""A table of data/: a CSV file, or an Excel workbook of the same name in its place."""

from collections.abc import Sequence
from pathlib import Path

from mutualis.domain.problems.problem import Problem, Source
from mutualis.files.tables.csv_table import read_table
from mutualis.files.tables.table import Table
from mutualis.files.tables.text import read_bytes, read_text
from mutualis.files.tables.workbook_table import read_workbook


def read_input(
    root: Path, name: str, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[str, Table]:
    """The name of the file that is there, and its rows; `name` is that of the CSV.

    Problems: A03 when neither is there, C27 when both are, and those of a table.
    """
    workbook = workbook_of(name)
    if not (root / workbook).exists():
        file = read_text(root, name)
        if isinstance(file, Problem):
            return name, Table((), (file,))
        return name, read_table(file, required, optional)
    if (root / name).exists():
        return name, Table((), (Problem("C27", Source(workbook), {"other": name}),))
    data = read_bytes(root, workbook)
    if isinstance(data, Problem):
        return workbook, Table((), (data,))
    return workbook, read_workbook(workbook, data, required, optional)


def is_there(root: Path, name: str) -> bool:
    """Whether a table that a workspace may do without is given."""
    return (root / name).exists() or (root / workbook_of(name)).exists()


def workbook_of(name: str) -> str:
    """data/communes.xlsx, from data/communes.csv."""
    return name.removesuffix(".csv") + ".xlsx"
