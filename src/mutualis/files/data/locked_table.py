"""data/tables/<year>.csv: a tariff table as a file, locked under version control."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from mutualis.domain.problems.problem import Problem, Source, has_errors
from mutualis.domain.tariffs.table import BOUND, COMMUNE, EDGE, PRICE, LockedTable, TableRow
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import read_table
from mutualis.files.tables.text import BOM, names_in, read_text

FOLDER = "data/tables"
COLUMNS = ("type", "niveau", "cle", "libelle", "population", "montant")


def table_name(year: int) -> str:
    return f"{FOLDER}/{year}.csv"


def read_tables(root: Path) -> tuple[dict[int, LockedTable], list[Problem]]:
    """Every locked table of the workspace."""
    tables: dict[int, LockedTable] = {}
    names = names_in(root, FOLDER)
    if isinstance(names, Problem):
        return tables, [names]
    problems = []
    for name in names:
        if re.fullmatch(r"(19|2\d)\d{2}\.csv", name):
            table, wrong = _read_table(root, int(name[:4]))
            problems.extend(wrong)
            if not has_errors(wrong):
                tables[table.year] = table
    return tables, problems


def render_table(rows: Iterable[TableRow]) -> bytes:
    """UTF-8 with BOM, `;`, LF; decimal comma, so that Excel shows amounts as numbers."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return BOM + out.getvalue().encode()


def _cells(row: TableRow) -> Iterator[str]:
    yield from (row.kind, row.level, row.key, row.label)
    yield "" if row.population is None else str(row.population)
    yield "" if row.amount is None else f"{row.amount:f}".replace(".", ",")


def _read_table(root: Path, year: int) -> tuple[LockedTable, list[Problem]]:
    name = table_name(year)
    empty = LockedTable(year, name, ())
    file = read_text(root, name)
    if isinstance(file, Problem):
        return empty, [file]
    table = read_table(file, COLUMNS)
    problems = list(table.problems)
    rows: list[TableRow] = []
    sources: dict[tuple[str, str, str], Source] = {}
    for cell_row in table.rows:
        kind = cell_row["type"].text
        if kind not in (PRICE, BOUND, EDGE, COMMUNE):
            known = ", ".join((PRICE, BOUND, EDGE, COMMUNE))
            facts = {"value": kind[:40], "column": "type", "known": known}
            problems.append(Problem("C21", cell_row["type"].source, facts))
            continue
        population: int | Problem | None = None
        if cell_row["population"].text:
            population = cells.whole_number(cell_row["population"])
        amount: Decimal | Problem | None = None
        if cell_row["montant"].text:
            amount = cells.decimal_number(cell_row["montant"])
        if isinstance(population, Problem) or isinstance(amount, Problem):
            problems.extend(v for v in (population, amount) if isinstance(v, Problem))
            continue
        row = TableRow(
            kind,
            cell_row["niveau"].text,
            cell_row["cle"].text,
            cell_row["libelle"].text,
            population,
            amount,
        )
        if row.identity in sources:
            facts = {"line": str(sources[row.identity].line), "title": row.title}
            problems.append(Problem("L05", cell_row["cle"].source, facts))
        rows.append(row)
        sources[row.identity] = cell_row["montant"].source
    return LockedTable(year, name, tuple(rows), sources), problems
