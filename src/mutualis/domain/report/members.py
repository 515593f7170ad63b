"""The members of each level at two dates, and who moved between them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.value import Struct


class MoveKind(StrEnum):
    """How a commune moved: from no level to one, between two, to none, or into another commune."""

    JOINED = "joined"
    CHANGED = "changed"
    LEFT = "left"
    MERGED = "merged"


class Move(Struct, frozen=True):
    """`before` and `after` are levels, "" where there is none; `heir` is the name of the commune
    that a merged one is part of."""

    code_insee: str
    name: str
    before: str
    after: str
    kind: MoveKind
    heir: str = ""


class LevelMembers(Struct, frozen=True):
    """The members of a level on the first and the last day: what came and went makes the
    difference."""

    level: str
    before: int
    joined: int
    came: int
    went: int
    left: int
    after: int
    population: int


class Members(Struct, frozen=True):
    """`levels` in the order given, `moves` in INSEE-code order. `others` are the communes without
    a level on the last day."""

    first: date
    last: date
    levels: tuple[LevelMembers, ...]
    moves: tuple[Move, ...]
    others: int


def members_of(
    communes: Communes, year: int, levels: Sequence[str], basis: PopulationBasis
) -> Members:
    """From the last day of the year before, or the first of the year where the year before has no
    rows, to the last day of the year. A level that a row names and `levels` lacks comes after
    them. `basis` is the population that counts."""
    last = date(year, 12, 31)
    first = date(year - 1, 12, 31) if communes.of_year(year - 1) else date(year, 1, 1)
    before, after = _on(communes, first), _on(communes, last)
    moves = tuple(_moves(communes, before, after, last))
    codes = list(dict.fromkeys((*levels, *_levels(before), *_levels(after))))
    return Members(
        first,
        last,
        tuple(_level(code, before, after, moves, basis) for code in codes),
        moves,
        sum(not row.level for row in after.values()),
    )


def _on(communes: Communes, day: date) -> dict[str, CommuneYear]:
    """The row in force of each commune that exists on a day, by code, in their order."""
    rows = (row for row in communes.of_year(day.year) if row.in_force(day))
    return {row.code_insee: row for row in rows}


def _levels(rows: Mapping[str, CommuneYear]) -> list[str]:
    return sorted({row.level for row in rows.values() if row.level})


def _moves(
    communes: Communes,
    before: Mapping[str, CommuneYear],
    after: Mapping[str, CommuneYear],
    last: date,
) -> Iterator[Move]:
    heirs = {
        code: communes.movements.heir(code, row.last_day, last) or ""
        for code, row in before.items()
        if code not in after
    }
    # A new code goes on with the first commune that it is made of; the others joined that one.
    same: dict[str, str] = {}
    for code, heir in heirs.items():
        if heir in after and heir not in before:
            same.setdefault(heir, code)
    continued = set(same.values())
    for code in sorted({*before, *after} - continued):
        old, new = before.get(same.get(code, code)), after.get(code)
        left, reached = "" if old is None else old.level, "" if new is None else new.level
        if left == reached or (old is None and new is None):
            continue
        into = after.get(heirs.get(code, ""))
        merged = "" if into is None else into.name
        name = new.name if new is not None else old.name if old is not None else code
        yield Move(code, name, left, reached, _kind(left, reached, merged), merged)


def _kind(before: str, after: str, heir: str) -> MoveKind:
    if heir:
        return MoveKind.MERGED
    if not before:
        return MoveKind.JOINED
    return MoveKind.CHANGED if after else MoveKind.LEFT


def _level(
    code: str,
    before: Mapping[str, CommuneYear],
    after: Mapping[str, CommuneYear],
    moves: Sequence[Move],
    basis: PopulationBasis,
) -> LevelMembers:
    came = [move for move in moves if move.after == code]
    went = [move for move in moves if move.before == code]
    own = [row for row in after.values() if row.level == code]
    return LevelMembers(
        level=code,
        before=sum(row.level == code for row in before.values()),
        joined=sum(not move.before for move in came),
        came=sum(bool(move.before) for move in came),
        went=sum(bool(move.after) for move in went),
        left=sum(not move.after for move in went),
        after=len(own),
        population=sum(row.population(basis) for row in own),
    )
