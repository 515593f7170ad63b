"""A table of data/: a CSV file, or a workbook of the same name in its place."""

from collections.abc import Sequence
from pathlib import Path

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.problems.refusals import NotWritten
from mutualis.domain.problems.tables import NAMES
from mutualis.files.tables.csv_table import read_table
from mutualis.files.tables.table import Table
from mutualis.files.tables.text import (
    PROPOSED,
    WORKBOOKS,
    decode,
    is_present,
    names_in,
    read_bytes,
    read_text,
)


def read_input(
    root: Path, name: str, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[str, Table]:
    """The name of the file that is there, and its rows; `name` is that of the CSV.

    Problems: A03 when none is there, C27 when two are, and those of a table.
    """
    there = [other for other in _names(name) if is_present(root / other)]
    if len(there) > 1:
        return name, Table((), (Problem("C27", Source(there[1]), {"other": there[0]}),))
    if there in ([], [name]):
        file = read_text(root, name)
        if isinstance(file, Problem):
            return name, Table((), (file,))
        return name, read_table(file, required, optional)
    data = read_bytes(root, there[0])
    if isinstance(data, Problem):
        return there[0], Table((), (data,))
    return there[0], parse_input(there[0], data, required, optional)


def parse_input(
    name: str, data: bytes, required: Sequence[str], optional: Sequence[str] = ()
) -> Table:
    """The rows of the bytes of a CSV file or of a workbook, as its name says."""
    if name.endswith(".csv"):
        return read_table(decode(name, data), required, optional)
    from mutualis.files.tables.workbook_table import read_workbook  # noqa: PLC0415  # few give one

    return read_workbook(name, data, required, optional)


def is_there(root: Path, name: str) -> bool:
    """Whether a table that a workspace may do without is given."""
    return any(is_present(root / other) for other in _names(name))


def file_of(root: Path, name: str) -> str:
    """The name of the file that is there, of the CSV or of a workbook in its place."""
    return next((other for other in _names(name) if is_present(root / other)), name)


def proposal_of(file: str) -> str:
    """data/communes-propose.xlsx, which may take the place of data/communes.xlsx or .ods."""
    return file.rpartition(".")[0] + PROPOSED


def proposals(root: Path) -> tuple[str, ...]:
    """Those that wait in a workspace."""
    names = names_in(root, "data")
    found = [] if isinstance(names, Problem) else [n for n in names if n.endswith(PROPOSED)]
    return tuple(f"data/{name}" for name in found if not name.startswith("~$"))


def changed_meanwhile(file: str) -> NotWritten:
    """A table is not any more what was read of it."""
    return NotWritten("files.changed_meanwhile", path=file)


def tables_there(root: Path) -> dict[str, str]:
    """The file of each table that texts name, by the name of its fact."""
    return {fact: file_of(root, name) for fact, name in NAMES.items()}


def _names(name: str) -> tuple[str, ...]:
    """data/communes.csv, data/communes.xlsx, data/communes.ods."""
    return (name, *(name.removesuffix(".csv") + kind for kind in WORKBOOKS))
