"""`verify` proves figures: each one that is changed is found, even in a chain made anew.

Whoever rewrites the whole chain can write what contradicts nothing: those figures are listed here,
with the reason why nothing in the register repeats them.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from conftest import TESTS
from mutualis.domain.register.audit import audit
from mutualis.domain.register.records import Record
from mutualis.register import codec, store
from mutualis.register.rows import Row

HISTORY = TESTS / "registers/account" / store.NAME  # the history of before, then accounts
FIGURE = re.compile(r"-?\d+(\.\d+|/\d+)?", re.ASCII)
MOST_OF_A_KIND = 3
Path = tuple[str | int, ...]

# What the register says once, so that nothing contradicts it.
SAID_ONCE = {
    "what identifies a commune or the body, where it is not repeated": (
        r"\.(code_insee|siren|siret|postal_code|successor|selection\.communes\.\*)$",
        r"\.number$",
    ),
    "a movement by which nothing older has another debtor": (
        r"\.movements\.\*\.code_(before|after)$",
    ),
    "where a value was read": (r"\.(line|column|caret|width)$",),
    "what is known of a commune and was not used": (
        r"\.(total_population|municipal_population|financial_potential)$",
        r"\.not_billed\.\*\.commune\.level$",
    ),
    "settings of the body": (
        r"\.issuer\.(accounts\..*|due_days|quote_valid_days)$",
        r"\.(minimum_recovery|example_levels)$",
    ),
    "how a grid was indexed": (r"\.(indexed_from|indexation)\.",),
    "a price, a bound or an inclusion of a level that nothing issued uses": (
        r"^batch\.tariffs\.grids\.\*\.levels\.[^.]+\.",
        r"^quote\.quote\.grid\.levels\.[^.]+\.",
    ),
    "which earlier grid a quote took": (r"^quote\.quote\.grid\.year$",),
    "what was decided": (r"^credit\.amount$", r"^quote\.quote\.lines\.\*\.half_days$"),
    "what the finance software gave back": (r"^titre\.",),
    "what was noted as done and is not invoiced": (r"^work\.work\.half_days\.",),
    "what a meeting was given": (
        r"^meeting\.session\.criteria\.capacities\.[^.]+\.exceptions\.",
        r"^meeting\.session\.(criteria\.(horizon|received_years)|booked\.|promised\.)",
    ),
}


def rows() -> list[Row]:
    with closing(sqlite3.connect(f"file:{HISTORY}?mode=ro", uri=True)) as database:
        query = "SELECT seq, kind, number, series, rank, day, cents, content, previous, hash"
        return [Row(*values) for values in database.execute(f"{query} FROM entries ORDER BY seq")]


def figures(value: Any, path: Path = ()) -> Iterator[tuple[Path, str | int]]:
    if isinstance(value, bool):
        return
    if isinstance(value, int) or (isinstance(value, str) and FIGURE.fullmatch(value)):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from figures(item, (*path, key))
    elif isinstance(value, list):
        for rank, item in enumerate(value):
            yield from figures(item, (*path, rank))


def one_more(figure: str | int) -> str | int:
    """By one unit of its last decimal."""
    if isinstance(figure, int):
        return figure + 1
    if "/" in figure:
        return str(Fraction(figure) + 1)
    exponent = Decimal(figure).as_tuple().exponent
    assert isinstance(exponent, int)
    return f"{Decimal(figure) + Decimal(1).scaleb(exponent):f}"


def changed(content: str, path: Path, figure: str | int) -> str:
    whole = json.loads(content)
    place = whole
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = figure
    return json.dumps(whole)


def name_of(kind: str, path: Path) -> str:
    """The place of a figure, whatever the rank, the year and the file it is under."""
    steps = ("*" if isinstance(step, int) else step for step in path)
    name = ".".join((kind, *steps))
    name = re.sub(r"\.sources\..*\.(\w+)$", r".sources.*.\1", name)
    return re.sub(r"\.grids\.\d+", ".grids.*", name)


def said_once(name: str) -> bool:
    return any(re.search(pattern, name) for group in SAID_ONCE.values() for pattern in group)


ROWS = rows()
RECORDS: list[tuple[int, Record]] = [(row.seq, row.record) for row in ROWS]


def is_found(at: int, content: str) -> bool:
    """Whether the row does not read, or the audit finds a fault."""
    row = ROWS[at]
    try:
        record = codec.load(row.kind, content)
    except ValueError:
        return True
    return any(True for _ in audit([*RECORDS[:at], (row.seq, record), *RECORDS[at + 1 :]]))


def test_the_history_is_sound() -> None:
    assert list(audit(RECORDS)) == []


@pytest.mark.parametrize("kind", sorted({row.kind for row in ROWS}))
def test_each_figure_changed_by_one_is_found(kind: str) -> None:
    seen: Counter[str] = Counter()
    missed = []
    for at, row in enumerate(ROWS):
        if row.kind != kind:
            continue
        for path, figure in figures(json.loads(row.content)):
            name = name_of(kind, path)
            if said_once(name) or seen[name] >= MOST_OF_A_KIND:
                continue
            seen[name] += 1
            if not is_found(at, changed(row.content, path, one_more(figure))):
                missed.append(f"row {row.seq}: {name}")
    assert missed == []


def test_what_is_proved_is_not_little() -> None:
    """The list above spares what identifies and what is set, never what is computed."""
    for name in (
        "invoice.amount",
        "invoice.population",
        "invoice.deducted",
        "invoice.level.brackets.*.cap",
        "invoice.parts.*.numerator",
        "invoice.work.lines.*.unit_price",
        "batch.withheld.*.fee.amount",
        "batch.below_minimum.*.fee.population",
        "credit.population",
        "quote.quote.lines.*.unit_price",
        "meeting.outcome.planned.*.score",
    ):
        assert not said_once(name), name
