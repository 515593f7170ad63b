"""data/cpi.csv: the December figures of INSEE's consumer price index."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.french.indexation import rate_of
from mutualis.domain.french.typography import percent
from mutualis.domain.indexation.cpi import IndexPoint, PriceIndex
from mutualis.domain.money import ZERO
from mutualis.domain.problems.problem import Problem
from mutualis.files.tables import cells
from mutualis.files.tables.csv_table import read_table
from mutualis.files.tables.table import Cell, FileRow
from mutualis.files.tables.text import TextFile, read_text

NAME = "data/cpi.csv"
REQUIRED = ("mois", "serie", "base", "indice", "variation_annuelle", "source")
_MAY_BE_EMPTY = ("variation_annuelle", "source")


def read_index(root: Path) -> tuple[PriceIndex, list[Problem]]:
    file = read_text(root, NAME)
    if isinstance(file, Problem):
        return PriceIndex(), [file]
    return parse_index(file)


def parse_index(file: TextFile) -> tuple[PriceIndex, list[Problem]]:
    """The index of a text that may not be in the file yet."""
    table = read_table(file, REQUIRED)
    problems = list(table.problems)
    points: list[IndexPoint] = []
    for row in table.rows:
        read = _point(row)
        if isinstance(read, IndexPoint):
            problems.extend(_clashes(read, points))
            if read.is_provisional:
                facts = {"month": read.month, "origin": read.origin}
                problems.append(Problem("I13", row["source"].source, facts))
            points.append(read)
        else:
            problems.extend(read)
    return PriceIndex.of(points), problems


def _clashes(point: IndexPoint, earlier: Sequence[IndexPoint]) -> Iterator[Problem]:
    """A month given twice in a base, or with two rates."""
    name = point.series or point.series_id
    for other in earlier:
        if (other.month, other.series or other.series_id) != (point.month, name):
            continue
        facts = {"month": point.month, "series": name, "line": str(other.source.line)}
        if other.base == point.base:
            yield Problem("I03", point.source, {**facts, "base": point.base})
        elif None not in (other.rate, point.rate) and other.rate != point.rate:
            rates = {"other": percent(other.rate or ZERO), "rate": percent(point.rate or ZERO)}
            yield Problem("I10", point.source, {**facts, **rates})


def _point(row: FileRow) -> IndexPoint | Sequence[Problem]:
    problems = [
        Problem("C15", row[column].source, {"row": f"la ligne {row.source.line}", "column": column})
        for column in REQUIRED
        if column not in _MAY_BE_EMPTY and not row[column].text
    ]
    if problems:
        return problems
    month = cells.read(row["mois"], _month)
    base = cells.read(row["base"], _base)
    index = cells.read(row["indice"], cells.decimal_number)
    rate = None
    if row["variation_annuelle"].text:
        rate = cells.read(row["variation_annuelle"], _rate)
    if isinstance(rate, Decimal) and not -50 <= rate <= 100:
        rate = _wrong(row["variation_annuelle"], "un taux en % entre -50 et 100")
    if isinstance(index, Decimal) and index <= 0:
        index = _wrong(row["indice"], "un indice positif")
    wrong = [value for value in (month, base, index, rate) if isinstance(value, Problem)]
    if (
        isinstance(month, Problem)
        or isinstance(base, Problem)
        or isinstance(index, Problem)
        or isinstance(rate, Problem)
    ):
        return wrong
    return IndexPoint(
        month,
        cells.padded(row["serie"], 9),
        base,
        index,
        rate,
        row["source"].text,
        row["mois"].source,
    )


def _rate(cell: Cell) -> Decimal | Problem:
    """A rate in %, as INSEE writes it; of anything else, why it is no number."""
    rate = rate_of(cell.text)
    return cells.decimal_number(cell, "un taux en %") if rate is None else rate


def _month(cell: Cell) -> str | Problem:
    if re.fullmatch(r"(19|20)\d{2}-(0[1-9]|1[0-2])", cell.text, re.ASCII):
        return cell.text
    month = cells.month_of(cell.text)
    if month is None:
        return _wrong(cell, "un mois (AAAA-MM)")
    facts = {"value": cell.text, "what": "un mois (AAAA-MM)"}
    guess = f" Excel en a fait une date : lire sans doute {month}."
    return Problem("C13", cell.source, {**facts, "guess": guess})


def _base(cell: Cell) -> str | Problem:
    if re.fullmatch(r"(19|20)\d{2}", cell.text, re.ASCII):
        return cell.text
    return _wrong(cell, "une année de base (2015, 2025)")


def _wrong(cell: Cell, what: str) -> Problem:
    return Problem("C13", cell.source, {"value": cell.text[:40], "what": what, "guess": ""})
