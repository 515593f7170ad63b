"""Two priced years side by side: who pays what, who gains and who loses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from mutualis.domain.changes.change import Change, Effects
from mutualis.domain.changes.path import compare as compared
from mutualis.domain.changes.side import Side
from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import Due, PricedYear
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct, field, replace

USUAL_BOUNDS = (499, 999, 1999)  # of strata, beside those that the grid has


class ChangeClass(StrEnum):
    """What a change does to a commune; `GAINS` pays less, `ZERO` nothing on either side."""

    GAINS = "gains"
    UNCHANGED = "unchanged"
    LOSES = "loses"
    ZERO = "zero"
    STARTS = "starts"


class Compared(Struct, frozen=True):
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
    effects: Effects = field(default_factory=Effects)

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


class Sum(Struct, frozen=True):
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


class Stratum(Struct, frozen=True):
    """Communes of a size, `first` and `last` included; `last` is None in the open one."""

    first: int
    last: int | None
    sum: Sum


def compare(before: PricedYear, after: PricedYear) -> tuple[Compared, ...]:
    """Every commune of either side, in INSEE-code order.

    What a commune owed in the earlier year is beside what its heir owes in the later one; the
    effects go from one side to the other, whichever is the earlier.
    """
    changes = _changes(before.dataset, after.dataset)
    year = max(before.year, after.year)
    sides = (_Persons.of(before, year), _Persons.of(after, year))
    codes = sorted({*before.dues, *after.dues, *changes})
    return tuple(_compared(code, sides, changes.get(code)) for code in codes)


def _changes(before: Dataset, after: Dataset) -> Mapping[str, Change]:
    """Why each person's amount is not the same."""
    if before.year <= after.year:
        return {
            change.code_insee: change for change in compared(_side(before), _side(after)).changes
        }
    return {code: _reversed(change) for code, change in _changes(after, before).items()}


def _side(dataset: Dataset) -> Side:
    return Side(dataset.communes, dataset.tariffs, dataset.year)


def _reversed(change: Change) -> Change:
    effects = Effects(*(-amount for amount in change.effects.by_name.values()))
    return replace(change, before=change.after, after=change.before, effects=effects)


class _Persons(Struct, frozen=True):
    """A side, what each of its communes has become, and the other way round."""

    side: PricedYear
    heirs: Mapping[str, str]
    groups: Mapping[str, Sequence[Due]]

    @classmethod
    def of(cls, side: PricedYear, year: int) -> "_Persons":
        """As at the end of a year."""
        moves, first, last = (
            side.dataset.communes.movements,
            date(side.year, 1, 1),
            date(year, 12, 31),
        )
        heirs = {code: moves.heir(code, first, last) or code for code in side.dues}
        groups: dict[str, list[Due]] = {}
        for code, due in side.dues.items():
            groups.setdefault(heirs[code], []).append(due)
        return cls(side, heirs, groups)

    def population(self, code: str) -> int:
        return sum(due.population for due in self.groups.get(code, ()))

    def level(self, code: str) -> str | None:
        """Its own level, else that of the one that owed most of those that it has come from."""
        largest = max(self.groups.get(code, ()), key=lambda due: due.amount, default=None)
        found = self.side.dues.get(code, largest)
        return None if found is None else found.level


def _compared(code: str, sides: tuple[_Persons, _Persons], change: Change | None) -> Compared:
    """`change` is None for one that another commune owes for."""
    before, after = sides
    names = (found.side.dues[code].row.name for found in (after, before) if code in found.side.dues)
    others = {found.heirs.get(code, code) for found in sides} - {code}
    return Compared(
        code_insee=code,
        name=next(names) if change is None else change.name,
        levels=(before.level(code), after.level(code)),
        populations=(before.population(code), after.population(code)),
        before=ZERO if change is None else change.before,
        after=ZERO if change is None else change.after,
        effects=Effects() if change is None else change.effects,
        heir=min(others, default=""),
    )


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
