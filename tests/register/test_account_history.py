"""Registers that go on from the history: read, proved, every key of them away from its default.

The first rows of each are those of the one before (see the README of each).
"""

import json
import re
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from test_history import EXCEPTED, HISTORY, is_away, lost, paths

from conftest import TESTS, Cli, Clock
from mutualis.register import codec, store
from mutualis.register.rows import Row, SharedTexts, columns_of
from mutualis.register.stored_keys import FORMS, ROWS

ACCOUNT = TESTS / "registers/account"
EXPORTS = TESTS / "registers/exports"
TITRES = TESTS / "registers/titres"
# What each one goes on from.
BEFORE = {
    ACCOUNT: HISTORY,
    TESTS / "registers/missions": ACCOUNT,
    EXPORTS: ACCOUNT,
    TITRES: EXPORTS,
    TESTS / "registers/citations": TITRES,
    TESTS / "registers/vat": ACCOUNT,
    TESTS / "registers/wealth": ACCOUNT,
    TESTS / "registers/changes": ACCOUNT,
    TESTS / "registers/meetings": ACCOUNT,
    TESTS / "registers/costs": ACCOUNT,
    TESTS / "registers/shared": ACCOUNT,
}
# An example goes on from nothing: no register is one and real.
EXAMPLE = TESTS / "registers/example"
ALL = (*BEFORE, EXAMPLE)
after_another = pytest.mark.parametrize("register", BEFORE, ids=lambda path: path.name)
each = pytest.mark.parametrize("register", ALL, ids=lambda path: path.name)
# Beside those of the history: patterns of « kind path ».
NEVER = {
    r"\w+ .*\.?successor": "what a commune became is in movements.csv since",
    r"(batch accounts\.\*\.line|statement)(\.parts\.\*\.fee|\.fee)?\.?.*level\.half_day": (
        "a level with a yearly fee is not on quote (T05)"
    ),
    r"batch accounts\.\*\.line\.(number|deducted|granted|completes|listed)": (
        "what is due of an account has nothing taken off"
    ),
    r"(invoice|credit|batch below_minimum\.\*\.?) ?billed\.settlement": (
        "what is withheld has a statement"
    ),
    r"batch tariffs\.vat\.service": "memberships are a product, no service",
    r"costs issuer\.example": "this register is no example",
    r"meeting addressees": "these meetings wrote to communes as they were that day",
    r"statement (product|work|effect)": "a statement is of a membership",
}


@cache
def rows_of(register: Path) -> tuple[Row, ...]:
    """Of a copy: what reads a register of an older schema brings it up to date."""
    with TemporaryDirectory() as folder:
        shutil.copy(register / store.NAME, folder)
        return tuple(store.read_rows(Path(folder)))


def chained(rows: Iterable[Row]) -> list[tuple[object, ...]]:
    return [(row.seq, *columns_of(row.record), row.content, row.hash) for row in rows]


@after_another
def test_it_begins_with_the_one_before(register: Path) -> None:
    old, own = rows_of(BEFORE[register]), rows_of(register)
    assert chained(own[: len(old)]) == chained(old)


@each
def test_proved(register: Path, folder: Path, cli: Cli, clock: Clock) -> None:
    clock.day = date(2026, 12, 31)
    shutil.copy(register / store.NAME, folder / store.NAME)
    answer = cli("register", "verify", "--json")
    assert (answer.code, answer.json["findings"]) == (0, [])


def test_every_kind_of_row_is_there() -> None:
    kinds = {type(row.record) for register in BEFORE for row in rows_of(register)}
    assert kinds == {form.kind for forms in ROWS.values() for form in forms}


def test_every_stored_key_is_away_from_its_default() -> None:
    found: dict[str, list[object]] = {}
    for register in ALL:
        for path, values in paths(register).items():
            found.setdefault(path, []).extend(values)
    same_everywhere = [p for p, values in found.items() if not any(is_away(p, v) for v in values)]
    known = [p for p in same_everywhere for e in EXCEPTED if re.fullmatch(e, p)]
    excepted = {p: e for p in same_everywhere for e in NEVER if re.fullmatch(e, p)}
    assert sorted({*known, *excepted}) == sorted(same_everywhere)
    assert set(excepted.values()) == set(NEVER)


def test_every_key_that_few_rows_have_is_there() -> None:
    """One that is left out where it is empty must stand somewhere, else nothing reads it."""
    found = {path.rpartition(" ")[2] for register in ALL for path in paths(register)}
    keys = {key for path in found for key in path.split(".")}
    assert {key for form in FORMS.values() for key in form.sparse} <= keys


@each
def test_reading_loses_nothing(register: Path) -> None:
    for row in rows_of(register):
        blank = FORMS[type(row.record)].blank
        before = {k: v for k, v in json.loads(row.content).items() if k not in blank}
        assert list(lost(before, json.loads(codec.dump(row.record)))) == [], f"row {row.seq}"


@each
def test_what_is_shared_changes_no_text(register: Path) -> None:
    """The hash covers the whole text: a row is proved as one that shares nothing."""
    shared = SharedTexts(())
    for row in rows_of(register):
        stored = codec.dump(row.record, shared.number)
        assert codec.whole(stored, shared.parts) == codec.dump(row.record), f"row {row.seq}"
        assert codec.load(row.kind, stored, shared.parts) == row.record
