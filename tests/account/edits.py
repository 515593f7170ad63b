"""What people write in the files: a cell, a row, a movement with the rows it ends and begins.

Each edit gives the files as they become, or None when it means nothing there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from state import ONE_DAY, Files, Movement, Row

from mutualis.domain.value import replace

MOST = 10_000  # inhabitants; above it the grid has no price


def change(
    files: Files, year: int, place: int, column: str, value: str | int, since: date | None
) -> Files | None:
    """A cell of a commune's rows, all of them or from a day on."""
    code = _at(_codes(row for row in files.rows if row.start.year == year), place)
    cell: dict[str, Any] = {column: value}
    rows: list[Row] = []
    for row in files.rows:
        if row.code != code or (since is not None and row.end < since):
            rows.append(row)
        elif since is None or since <= row.start:
            rows.append(replace(row, **cell))
        else:
            rows.append(replace(row, end=since - ONE_DAY))
            rows.append(replace(row, start=since, **cell))
    return replace(files, rows=tuple(rows)) if code else None


def join(files: Files, code: str, since: date, population: int) -> Files | None:
    """A row for a code that has none on a day or after it, and that no movement names."""
    named = any(code in (move.before, move.after) for move in files.movements)
    if named or any(row.code == code and row.end >= since for row in files.rows):
        return None
    begun = Row(code, since, since, population, "2A")
    return replace(files, rows=_begin(files.rows, begun, since))


def leave(files: Files, year: int, place: int, until: date | None) -> Files | None:
    """A commune's rows of the year end on a day; without one, they go."""
    code = _at(_codes(row for row in files.rows if row.start.year == year), place)
    own = [row for row in files.rows if row.code == code and row.start.year == year]
    others = [row for row in files.rows if row not in own]
    kept = [replace(row, end=min(row.end, until)) for row in own if until and row.start <= until]
    return replace(files, rows=(*others, *kept)) if own else None


Edit = Callable[[Files, date, int, int, Row], Files | None]


def merge(kind: str, under_a_new_code: bool) -> Edit:
    """One commune is taken in by another, or both make a new one."""

    def edit(files: Files, day: date, first: int, second: int, begun: Row) -> Files | None:
        there = _codes(_on(files.rows, day))
        heir, other = _at(there, first), _at([c for c in there if c != _at(there, first)], second)
        if not heir or not other or (under_a_new_code and not _is_free(files, begun.code, day)):
            return None
        code = begun.code if under_a_new_code else heir
        people = _population(files, day, heir) + _population(files, day, other)
        moves = [Movement(day, kind, heir, code), Movement(day, kind, other, code)]
        return _written(files, moves, [_like(files, begun, heir, code, people)])

    return edit


def new_code(files: Files, day: date, first: int, second: int, begun: Row) -> Files | None:
    """A commune changes its code, for one that was never another's: INSEE gives none twice."""
    old = _at(_codes(_on(files.rows, day)), first)
    was_given = any(begun.code in (move.before, move.after) for move in files.movements)
    if not old or was_given or not _is_free(files, begun.code, day):
        return None
    moves = [Movement(day, "changement de code", old, begun.code)]
    people = _population(files, day, old)
    return _written(files, moves, [_like(files, begun, old, begun.code, people)])


def restore(files: Files, day: date, first: int, second: int, begun: Row) -> Files | None:
    """A part of a commune becomes one again; the rest goes on."""
    whole = _at(_codes(_on(files.rows, day)), first)
    if not whole or not _is_free(files, begun.code, day):
        return None
    moves = [Movement(day, "rétablissement", whole, code) for code in (whole, begun.code)]
    people = _population(files, day, whole)
    rest = replace(begun, level="=", settlement="=", siren="=")
    return _written(
        files,
        moves,
        [
            _like(files, begun, whole, begun.code, people // 3),
            _like(files, rest, whole, whole, people - people // 3),
        ],
    )


def withdraw(files: Files, day: date, first: int, second: int, begun: Row) -> Files | None:
    """A commune leaves the body."""
    code = _at(_codes(_on(files.rows, day)), first)
    return _written(files, [Movement(day, "retrait", code, "")], []) if code else None


def enter(files: Files, day: date, first: int, second: int, begun: Row) -> Files | None:
    """A commune joins the body."""
    if not _is_free(files, begun.code, day):
        return None
    level = begun.level if begun.level not in ("", "=") else "2A"
    settlement = begun.settlement if begun.settlement != "=" else "titre"
    row = replace(begun, population=700, level=level, settlement=settlement)
    return _written(files, [Movement(day, "adhésion", "", begun.code)], [row])


MOVES: Mapping[str, Edit] = {
    "fusion": merge("fusion", under_a_new_code=False),
    "commune nouvelle": merge("commune nouvelle", under_a_new_code=False),
    "commune nouvelle, nouveau code": merge("commune nouvelle", under_a_new_code=True),
    "changement de code": new_code,
    "rétablissement": restore,
    "retrait": withdraw,
    "adhésion": enter,
}


def _written(files: Files, moves: Sequence[Movement], begun: Sequence[Row]) -> Files | None:
    """The movements and what they do to the rows; a code's movements are told in order."""
    day = moves[0].day
    named = {code for move in moves for code in (move.before, move.after) if code}
    if any({m.before, m.after} & named and m.day >= day for m in files.movements):
        return None
    ended = {move.before for move in moves}
    rows = tuple(
        replace(row, end=min(row.end, day - ONE_DAY)) if row.code in ended else row
        for row in files.rows
        if row.code not in ended or row.start < day
    )
    for row in begun:
        rows = _begin(rows, row, day)
    if any(row.population > MOST for row in rows):
        return None
    return replace(files, rows=rows, movements=(*files.movements, *moves))


def _begin(rows: Sequence[Row], begun: Row, day: date) -> tuple[Row, ...]:
    """A row in each year known, from a day on."""
    found = list(rows)
    for year in sorted({row.start.year for row in rows}):
        if day <= date(year, 12, 31):
            start = max(day, date(year, 1, 1))
            found.append(replace(begun, start=start, end=date(year, 12, 31)))
    return tuple(found)


def _like(files: Files, begun: Row, model: str, code: str, people: int) -> Row:
    """A row that begins, where it says nothing like that of another commune on its day."""
    row = next(row for row in _on(files.rows, begun.start) if row.code == model)
    return replace(
        begun,
        code=code,
        population=people,
        level=row.level if begun.level == "=" else begun.level,
        settlement=row.settlement if begun.settlement == "=" else begun.settlement,
        siren=row.siren if begun.siren == "=" else begun.siren,
    )


def _on(rows: Sequence[Row], day: date) -> list[Row]:
    """The rows in force on a day, or on the nearest one that the files know."""
    years = {row.start.year for row in rows}
    near = max(date(min(years), 1, 1), min(day, date(max(years), 12, 31))) if years else day
    return [row for row in rows if row.start <= near <= row.end]


def _population(files: Files, day: date, code: str) -> int:
    return next(row.population for row in _on(files.rows, day) if row.code == code)


def _is_free(files: Files, code: str, day: date) -> bool:
    """Whether a code is no commune of the body in the year of a day, nor after."""
    return not any(row.code == code and row.end.year >= day.year for row in files.rows)


def _codes(rows: Iterable[Row]) -> list[str]:
    return sorted({row.code for row in rows})


def _at(codes: Sequence[str], place: int) -> str:
    return codes[place % len(codes)] if codes else ""
