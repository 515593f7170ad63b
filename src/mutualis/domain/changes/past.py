"""What the communes of a year were in an earlier one: level, inhabitants, how they settled.

Between two years, the earlier one is as it ended: a change during it has its whole effect in the
next. Two readings of one and the same year are put side by side day by day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Protocol

from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import Group, groups_of, rows_known
from mutualis.domain.communes.movements import Movement, MovementKind
from mutualis.domain.money import EXACT, ZERO
from mutualis.domain.value import replace


class Past(Protocol):
    """What the rows of the later side were in the earlier one."""

    def pieces(self, row: CommuneYear) -> Sequence[CommuneYear]:
        """A row of the later side, cut where the earlier side changes in it."""

    def of(self, piece: CommuneYear) -> CommuneYear | None:
        """What its commune was: None for one that the earlier side does not know."""


def counted(row: CommuneYear, inhabitants: int) -> CommuneYear:
    """The row with so many inhabitants, whichever population counts."""
    return replace(row, municipal_population=inhabitants, total_population=inhabitants)


def resized(row: CommuneYear, inhabitants: int) -> CommuneYear:
    """A counted row with other inhabitants, each as wealthy as those that it had."""
    people, potential = row.municipal_population, row.financial_potential
    if people == inhabitants != 0:
        return row
    if potential is not None:
        whole = EXACT.multiply(potential, Decimal(inhabitants))
        potential = EXACT.divide(whole, Decimal(people)) if people else None
    return _peopled(row, inhabitants, potential)


def _peopled(row: CommuneYear, inhabitants: int, potential: Decimal | None) -> CommuneYear:
    return replace(
        row,
        municipal_population=inhabitants,
        total_population=inhabitants,
        financial_potential=potential,
    )


def together(main: CommuneYear, rows: Sequence[CommuneYear]) -> CommuneYear:
    """Counted rows as one, which is what `main` is: it has the inhabitants and wealth of all."""
    known = [row.financial_potential for row in rows if row.financial_potential is not None]
    potential = sum(known, ZERO) if len(known) == len(rows) else None
    people = sum(row.municipal_population for row in rows)
    return _peopled(main, people, potential)


def at_the_end(group: Group, side: Side) -> CommuneYear | None:
    """The state on 31 December of what a person owes for, as if it had lasted the whole year; None
    where no row is in force then.

    A commune that merged during the year while the row of its heir went on unchanged is not yet
    counted in it: its inhabitants are added, with their wealth.
    """
    last = group.row
    if last.last_day != date(side.year, 12, 31):
        return None
    others = {row.code_insee: row for row in group.rows if row.code_insee != last.code_insee}
    rows = [last, *(row for row in others.values() if row.last_day >= last.first_day)]
    own = [counted(row, side.inhabitants(row)) for row in rows]
    return together(replace(last, start=None, end=None), own)


class EndOfYear:
    """The earlier year as it ended; `ends` are its persons by code, as `at_the_end`."""

    def __init__(self, before: Side, after: Side, ends: Mapping[str, CommuneYear]) -> None:
        self._before, self._after, self._ends = before, after, ends
        self._origins = cache(self._origins_on)
        self._restored: dict[str, list[Movement]] = {}
        for move in after.communes.movements.rows:
            if move.kind is MovementKind.RESTORED and move.code_before != move.code_after:
                self._restored.setdefault(move.code_before, []).append(move)
        self._rows = rows_known(after.communes, after.year, after.known.day)

    def pieces(self, row: CommuneYear) -> Sequence[CommuneYear]:
        return (row,)

    def of(self, piece: CommuneYear) -> CommuneYear | None:
        """The communes that had become this one by the first day of the piece, as one: the level
        and settlement of the one that keeps its code, else of the most populous, and the
        inhabitants of all with their wealth, less those of the communes restored from it since."""
        code, day = piece.code_insee, piece.first_day
        origins = self._origins(day).get(code, ())
        if not origins:
            return None
        kept = self._ends.get(code) if code in origins else None
        rows = [self._ends[origin] for origin in origins]
        main = kept or max(rows, key=lambda row: (row.municipal_population, row.code_insee))
        one = together(main, rows)
        return resized(one, max(one.municipal_population - self._taken(code, day), 0))

    def _origins_on(self, day: date) -> Mapping[str, Sequence[str]]:
        """The persons of the end of the earlier year, by what they are on a day."""
        found: dict[str, list[str]] = {}
        moves, end = self._after.communes.movements, date(self._before.year, 12, 31)
        for code in self._ends:
            heir = moves.heir(code, end, day)
            if heir is not None:
                found.setdefault(heir, []).append(code)
        return found

    def _taken(self, code: str, day: date) -> int:
        """The inhabitants of the communes restored from that one by a day."""
        end = date(self._before.year, 12, 31)
        return sum(
            self._before.inhabitants(self._rows[move.code_after][0])
            for move in self._restored.get(code, ())
            if end < move.day <= day and move.code_after in self._rows
        )


class SameYear:
    """Another reading of the same year, day by day."""

    def __init__(self, before: Side) -> None:
        self._before = before
        self._rows = rows_known(before.communes, before.year, before.known.day)

    def pieces(self, row: CommuneYear) -> Sequence[CommuneYear]:
        """Cut, a row owes what it owed whole."""
        own = self._rows.get(row.code_insee, ())
        bounds = {r.first_day for r in own} | {r.last_day + timedelta(days=1) for r in own}
        cuts = sorted(day for day in bounds if row.first_day < day <= row.last_day)
        starts = (row.start, *cuts)
        ends = (*(day - timedelta(days=1) for day in cuts), row.end)
        return [replace(row, start=start, end=end) for start, end in zip(starts, ends, strict=True)]

    def of(self, piece: CommuneYear) -> CommuneYear | None:
        own = self._rows.get(piece.code_insee, ())
        row = next((row for row in own if row.in_force(piece.first_day)), None)
        return None if row is None else counted(row, self._before.inhabitants(row))


def ends_of(before: Side) -> Mapping[str, CommuneYear]:
    """What each person is at the end of a year, by its code; none that has gone."""
    known = before.known
    found = {}
    for group in groups_of(before.communes, before.year, known.day):
        end = at_the_end(group, before)
        if end is not None:
            found[known.group(group.row.code_insee, before.year)] = end
    return found
