"""Two priced years side by side: who pays what, who gains and who loses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.simulation.priced import Due, PricedYear
from mutualis.domain.tariffs.grid import Grid

USUAL_BOUNDS = (499, 999, 1999)  # of strata, beside those that the grid has


class ChangeClass(StrEnum):
    """What a change does to a commune; `GAINS` pays less, `ZERO` nothing on either side."""

    GAINS = "gains"
    UNCHANGED = "unchanged"
    LOSES = "loses"
    ZERO = "zero"
    STARTS = "starts"


@dataclass(frozen=True, slots=True)
class Compared:
    """One commune on both sides. A level is empty for no member, None where a side has no such
    commune; `effects` add up to the change. What one owed that has become another since is the
    other's, `heir`."""

    code_insee: str
    name: str
    levels: tuple[str | None, str | None]
    populations: tuple[int, int]
    before: Decimal
    after: Decimal
    heir: str = ""
    effects: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    @property
    def population(self) -> int:
        """Its inhabitants: those after, else those before of one that is no more."""
        return self.populations[1] or self.populations[0]

    @property
    def kind(self) -> ChangeClass:
        if not self.before:
            return ChangeClass.STARTS if self.after else ChangeClass.ZERO
        if not self.change:
            return ChangeClass.UNCHANGED
        return ChangeClass.GAINS if self.change < 0 else ChangeClass.LOSES


@dataclass(frozen=True, slots=True)
class Sum:
    """Several communes together; `payers` are the inhabitants of those that pay, on each side."""

    communes: int
    population: int
    before: Decimal
    after: Decimal
    payers: tuple[int, int]

    @classmethod
    def of(cls, lines: Iterable[Compared]) -> "Sum":
        own = [line for line in lines if not line.heir]
        return cls(
            communes=len(own),
            population=sum(line.population for line in own),
            before=sum((line.before for line in own), ZERO),
            after=sum((line.after for line in own), ZERO),
            payers=(
                sum(line.populations[0] for line in own if line.before),
                sum(line.populations[1] for line in own if line.after),
            ),
        )

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    @property
    def per_inhabitant(self) -> tuple[Decimal, Decimal]:
        """Per inhabitant of the communes that pay, to the cent, before and after."""
        before, after = self.payers
        return _per(self.before, before), _per(self.after, after)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Communes of a size, `first` and `last` included; `last` is None in the open one."""

    first: int
    last: int | None
    sum: Sum


def compare(before: PricedYear, after: PricedYear) -> tuple[Compared, ...]:
    """Every commune of either side, in INSEE-code order.

    What a commune owed in the earlier year is beside what its heir owes in the later one: this one
    place is where the causes of a change are to be added.
    """
    last = date(max(before.year, after.year), 12, 31)
    sides = tuple(_by_person(side, last) for side in (before, after))
    codes = sorted({*before.dues, *after.dues, *sides[0], *sides[1]})
    return tuple(_compared(code, (before, after), sides, last) for code in codes)


_ByPerson = Mapping[str, Sequence[Due]]


def _by_person(side: PricedYear, last: date) -> _ByPerson:
    """What the communes of a side owe, by the one that each has become on a day."""
    found: dict[str, list[Due]] = {}
    for code, due in side.dues.items():
        found.setdefault(_heir(side, code, last), []).append(due)
    return found


def _heir(side: PricedYear, code: str, last: date) -> str:
    moves = side.dataset.communes.movements
    return moves.heir(code, date(side.year, 1, 1), last) or code


def _compared(
    code: str,
    sides: tuple[PricedYear, PricedYear],
    persons: tuple[_ByPerson, ...],
    last: date,
) -> Compared:
    own = [side.dues.get(code) for side in sides]
    grouped = [found.get(code, ()) for found in persons]
    name = next(due.row.name for due in (own[1], own[0], *grouped[1], *grouped[0]) if due)
    heirs = {_heir(side, code, last) for side in sides if code in side.dues} - {code}
    before, after = (sum((due.amount for due in dues), ZERO) for dues in grouped)
    return Compared(
        code_insee=code,
        name=name,
        levels=(_level(own[0], grouped[0]), _level(own[1], grouped[1])),
        populations=(
            sum(due.population for due in grouped[0]),
            sum(due.population for due in grouped[1]),
        ),
        before=before,
        after=after,
        heir=min(heirs, default=""),
    )


def _level(own: Due | None, grouped: Sequence[Due]) -> str | None:
    """Its own level, else that of the one that owed most of those that it has come from."""
    found = own or max(grouped, key=lambda due: due.amount, default=None)
    return None if found is None else found.level


def by_class(lines: Sequence[Compared]) -> Mapping[ChangeClass, Sum]:
    return {kind: Sum.of(line for line in lines if line.kind is kind) for kind in ChangeClass}


def bounds_of(grid: Grid) -> tuple[int, ...]:
    """The last populations of the strata that a grid suggests."""
    own = {b.up_to for level in grid.levels.values() for b in level.brackets if b.up_to is not None}
    return tuple(sorted({*USUAL_BOUNDS, *own}))


def strata(lines: Sequence[Compared], bounds: Iterable[int]) -> tuple[Stratum, ...]:
    """The communes by size, `bounds` being the last population of each stratum but the open one."""
    ends = [-1, *sorted(set(bounds)), None]
    return tuple(
        Stratum(
            first + 1,
            last,
            Sum.of(
                line
                for line in lines
                if line.population > first and (last is None or line.population <= last)
            ),
        )
        for first, last in pairwise(ends)
        if first is not None
    )


def movers(lines: Iterable[Compared], most: int) -> tuple[Compared, ...]:
    """The largest changes first."""
    moved = sorted((line for line in lines if line.change), key=lambda line: line.code_insee)
    return tuple(sorted(moved, key=lambda line: -abs(line.change))[:most])


def _per(amount: Decimal, people: int) -> Decimal:
    return round_half_up(EXACT.divide(amount, Decimal(people))) if people else ZERO
