"""Who a commune was, is and became: the movements of communes, one row a code before and after.

A code is a commune from one movement to the next, not for ever: it may cease, and come back as
another commune. Whatever spans time asks for the heir of a code between two days.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from mutualis.domain.problems.problem import Source
from mutualis.domain.value import Struct


class MovementKind(StrEnum):
    MERGER = "fusion"
    NEW_COMMUNE = "commune nouvelle"
    RESTORED = "rétablissement"
    NEW_CODE = "changement de code"
    NEW_NAME = "changement de nom"
    JOINED = "adhésion"
    LEFT = "retrait"


# A commune joins or leaves the body, and exists before and after.
OF_THE_BODY = (MovementKind.JOINED, MovementKind.LEFT)
_MADE_ANEW = (MovementKind.NEW_COMMUNE, MovementKind.NEW_CODE)


class Movement(Struct, frozen=True):
    """What a code became on `day`; one event has a row for each code before and after.

    `code_before` is empty for a commune that joins the body, `code_after` for one that leaves it.
    `origin` says where it was read about.
    """

    day: date
    kind: MovementKind
    code_before: str
    name_before: str
    code_after: str
    name_after: str
    origin: str
    source: Source

    @property
    def key(self) -> tuple[date, MovementKind, str, str]:
        """What it says, wherever it was read and however communes are spelled."""
        return (self.day, self.kind, self.code_before, self.code_after)


class Movements(Struct, frozen=True, dict=True):
    """Each movement once, by day; those of a day in the order of their file."""

    rows: tuple[Movement, ...] = ()
    file: str = ""

    @classmethod
    def of(cls, rows: Iterable[Movement], file: str = "") -> "Movements":
        unique: dict[object, Movement] = {}
        for row in rows:
            unique.setdefault(row.key, row)
        return cls(tuple(sorted(unique.values(), key=lambda row: row.day)), file)

    def heir(self, code: str, after: date, until: date) -> str | None:
        """What the commune of that code on the day `after` has become on the day `until`.

        None when it was split without surviving: nobody can tell.
        """
        heir, day = code, after
        while (following := self._leaves(heir, day)) is not None and following <= until:
            next_heir = heir_on_the_day(self._before[following], heir)
            if next_heir is None:
                return None
            heir, day = next_heir, following
        return heir

    def origins(self, code: str, after: date, until: date) -> tuple[str, ...]:
        """The codes that existed on the day `after` and are the commune of the day `until`.

        None for a commune made or restored between the two, which nothing has become.
        """
        known = {code, *(row.code_before for row in self.rows if row.code_before)}
        return tuple(
            sorted(
                before
                for before in known
                if self.exists(before, after) and self.heir(before, after, until) == code
            )
        )

    def exists(self, code: str, day: date) -> bool:
        """Whether a code is a commune at the end of a day; one that no movement names is."""
        past, future = self._around(code, day)
        if past:
            return _remains(past, code)
        return not future or _was_there(future, code)

    def ceased(self, code: str, day: date) -> Movement | None:
        """The movement since which a code is no commune any more on a day."""
        if code not in self._of_code:  # almost all of them
            return None
        past, _ = self._around(code, day)
        if _remains(past, code):
            return None
        return next((row for row in past if row.code_before == code), None)

    def absence(self, code: str, day: date) -> Movement | None:
        """The movement since which a code is no commune of the body any more on a day."""
        own = reversed(self._of_body.get(code, ()))
        last = next((row for row in own if row.day <= day), None)
        if last is not None and last.kind is MovementKind.LEFT:
            return last
        return self.ceased(code, day)

    def split(self, code: str, after: date) -> Movement | None:
        """The movement that leaves without an heir the commune of that code on a day."""
        heir, day = code, after
        while (following := self._leaves(heir, day)) is not None:
            rows = self._before[following]
            next_heir = heir_on_the_day(rows, heir)
            if next_heir is None:
                return rows[heir][0]
            heir, day = next_heir, following
        return None

    def touch(self, code: str, after: date, until: date) -> bool:
        """Whether a commune took something in, or gave it away, after one day and up to another."""
        return any(
            after < row.day <= until and row.code_before != row.code_after
            for row in self._of_code.get(code, ())
        )

    def groups(self, codes: Iterable[str], year: int, until: date) -> dict[str, tuple[str, ...]]:
        """The codes of a year priced together, by the one that owes them, which comes last.

        They are linked by the movements of the year up to the day `until`, but for those of
        1 January: the year begins after them. A code without an heir stays by itself.
        """
        first, last = date(year, 1, 1), min(until, date(year, 12, 31))
        found: dict[str, list[str]] = {}
        for code in dict.fromkeys(codes):
            found.setdefault(self.heir(code, first, last) or code, []).append(code)
        return {
            heir: (*(c for c in group if c != heir), *(c for c in group if c == heir))
            for heir, group in found.items()
        }

    def linked(self) -> list[tuple[Movement, ...]]:
        """The movements that share a code, even through others, together."""
        of_code: dict[str, list[Movement]] = {}
        for row in self.rows:
            for code in {row.code_before, row.code_after} - {""}:
                of_code.setdefault(code, []).append(row)
        groups, seen = [], set[str]()
        for first in of_code:
            waiting, found = [first], dict[Movement, None]()
            while waiting:
                code = waiting.pop()
                if code in seen:
                    continue
                seen.add(code)
                for row in of_code.get(code, ()):
                    found[row] = None
                    waiting += {row.code_before, row.code_after} - {""}
            if found:
                groups.append(tuple(found))
        return groups

    def family(self, code: str) -> frozenset[str]:
        """The code, and every one that movements link to it, even through others."""
        found, waiting = set[str](), {code}
        while waiting:
            found |= waiting
            moves = [row for linked in waiting for row in self._of_code.get(linked, ())]
            waiting = {end for row in moves for end in (row.code_before, row.code_after)} - found
        return frozenset(found)

    def into(self, code: str) -> tuple[Movement, ...]:
        """The movements of communes by which something became that code, by day."""
        return tuple(row for row in self._of_code.get(code, ()) if row.code_after == code)

    @cached_property
    def _before(self) -> Mapping[date, "ByCode"]:
        """The movements of each day, by the code that they are of."""
        days: dict[date, list[Movement]] = {}
        for row in self.rows:
            days.setdefault(row.day, []).append(row)
        return {day: by_code_before(rows) for day, rows in days.items()}

    @cached_property
    def _days(self) -> Mapping[str, list[date]]:
        """The days on which something happens to each code, in order."""
        found: dict[str, list[date]] = {}
        for row in self.rows:
            found.setdefault(row.code_before, []).append(row.day)
        return found

    @cached_property
    def _of_code(self) -> Mapping[str, list[Movement]]:
        """What makes or ends each code: the movements of communes that name it on either side."""
        found: dict[str, list[Movement]] = {}
        for row in self.rows:
            if row.kind not in OF_THE_BODY:
                for code in {row.code_before, row.code_after}:
                    found.setdefault(code, []).append(row)
        return found

    @cached_property
    def _of_body(self) -> Mapping[str, list[Movement]]:
        """What makes each code one of the body, or takes it out."""
        found: dict[str, list[Movement]] = {}
        for row in self.rows:
            if row.kind in OF_THE_BODY:
                for code in {row.code_before, row.code_after}:
                    found.setdefault(code, []).append(row)
        return found

    def _leaves(self, code: str, after: date) -> date | None:
        """The next day on which something happens to a code."""
        return next((day for day in self._days.get(code, ()) if day > after), None)

    def _around(self, code: str, day: date) -> tuple[list[Movement], list[Movement]]:
        """What the last day up to `day`, and the first one after it, say of a code's existence."""
        own = self._of_code.get(code, [])
        last = max((row.day for row in own if row.day <= day), default=None)
        following = min((row.day for row in own if row.day > day), default=None)
        return (
            [row for row in own if row.day == last],
            [row for row in own if row.day == following],
        )


ByCode = Mapping[str, Sequence[Movement]]


def by_code_before(rows: Iterable[Movement]) -> ByCode:
    """Movements by the code that they are of."""
    found: dict[str, list[Movement]] = {}
    for row in rows:
        found.setdefault(row.code_before, []).append(row)
    return found


def heir_on_the_day(rows: ByCode, code: str) -> str | None:
    """What a code has become by the movements of one day, one after the other.

    None when it was split, or when they turn in a circle.
    """
    seen = {code}
    while (following := _next(rows, code)) != code:
        if following is None or following in seen:
            return None
        seen.add(following)
        code = following
    return code


def becomes(rows: ByCode, code: str, kind: MovementKind) -> set[str]:
    """The codes that a code becomes by the movements of a kind on a day."""
    return {row.code_after for row in rows.get(code, ()) if row.kind is kind}


def _next(rows: ByCode, code: str) -> str | None:
    """One step: the code itself when it survives, for a commune that survives is its own heir."""
    if code not in rows:
        return code
    found: set[str] = set()
    for kind in MovementKind:
        after = becomes(rows, code, kind)
        if kind in OF_THE_BODY or not after or code in after:
            continue
        if kind is MovementKind.RESTORED:  # a restored commune is nobody's heir
            return None
        found |= after
    if len(found) > 1:
        return None
    return found.pop() if found else code


def _remains(rows: Sequence[Movement], code: str) -> bool:
    """Whether a code is a commune after the movements of a day; a later day may say more."""
    if any(row.kind is MovementKind.RESTORED and row.code_after == code for row in rows):
        return True
    return _next(by_code_before(rows), code) == code


def _was_there(rows: Sequence[Movement], code: str) -> bool:
    """Whether a code was a commune before the movements of a day."""
    if any(row.code_before == code == row.code_after for row in rows):
        return True
    joined = {row.kind for row in rows if row.code_after == code}
    if MovementKind.MERGER in joined:  # its own row may be left out
        return True
    return not joined & set(_MADE_ANEW) and any(row.code_before == code for row in rows)
