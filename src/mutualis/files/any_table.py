"""A table as it stands, cell by cell, whatever is wrong with it: to give it back to people."""

from pathlib import Path

from mutualis.domain.problems.problem import Problem
from mutualis.files.data import communes as communes_file
from mutualis.files.data import cpi as cpi_file
from mutualis.files.data import interventions as interventions_file
from mutualis.files.data import locked_table as table_file
from mutualis.files.data import movements as movements_file
from mutualis.files.data import requests as requests_file
from mutualis.files.data import services as services_file
from mutualis.files.services import schemes as schemes_file
from mutualis.files.tables import csv_table
from mutualis.files.tables.text import WORKBOOKS, decode, read_bytes
from mutualis.files.tables.workbook_table import read_records

_KNOWN = (
    *communes_file.REQUIRED,
    *communes_file.OPTIONAL,
    *cpi_file.REQUIRED,
    *movements_file.COLUMNS,
    *table_file.COLUMNS,
    *interventions_file.REQUIRED,
    *interventions_file.OPTIONAL,
    *services_file.REQUIRED,
    *services_file.OPTIONAL,
    *requests_file.REQUIRED,
    *requests_file.OPTIONAL,
    *schemes_file.REQUIRED,
    *schemes_file.OPTIONAL,
)


def read_grid(root: Path, name: str) -> list[list[str]]:
    """The rows of a CSV file or a workbook, as Excel numbers them; none of anything else."""
    if not name.endswith((".csv", *WORKBOOKS)):
        return []
    data = read_bytes(root, name)
    if isinstance(data, Problem) or data.startswith(b"PK") != name.endswith(WORKBOOKS):
        return []
    if name.endswith(".csv"):
        return csv_table.read_grid(decode(name, data).text, _KNOWN)
    records = read_records(name, data)
    if isinstance(records, Problem):
        return []
    grid: list[list[str]] = [[] for _ in range(records[-1].rank if records else 0)]
    for record in records:
        grid[record.rank - 1] = record.cells
    return grid
