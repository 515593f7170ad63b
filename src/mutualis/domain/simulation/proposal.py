"""A grid to be voted: what it brings in and what each commune would owe, beside what stands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mutualis.domain.changes.change import Effects
from mutualis.domain.indexation.cpi import IndexPoint
from mutualis.domain.indexation.indexation import IndexationPlan
from mutualis.domain.money import ZERO
from mutualis.domain.simulation.comparison import Compared, compare
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import PricedYear, price
from mutualis.domain.tariffs.grid import IndexationRule
from mutualis.domain.value import Struct


class CommuneEffect(Struct, frozen=True):
    """What a commune owed the year before (`past`, with those that it has become the heir of), and
    owes in the year under the grid before (`same`) and under the new one (`after`)."""

    code_insee: str
    name: str
    level: str
    population: int
    past: Decimal
    same: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """What the new prices alone do."""
        return self.after - self.same


class LevelEffect(Struct, frozen=True):
    """The same of a level: `communes` are those after."""

    level: str
    communes: int
    past: Decimal
    same: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.same


class Proposal(Struct, frozen=True):
    """The grid of `plan`, read by `rule`, and three years priced: the year `past`, None where the
    files have no rows of it; the year to vote under the grid before (`same`), and under the new one
    (`after`). `moved` goes from `same` to `after`, `since` from `past` to `after`; `point` is that
    of a published rate."""

    plan: IndexationPlan
    rule: IndexationRule
    point: IndexPoint | None
    past: PricedYear | None
    same: PricedYear
    after: PricedYear
    moved: tuple[Compared, ...]
    since: tuple[Compared, ...]

    @classmethod
    def of(
        cls,
        plan: IndexationPlan,
        rule: IndexationRule,
        point: IndexPoint | None,
        past: Dataset | None,
        same: Dataset,
        after: Dataset,
    ) -> "Proposal":
        """Every dataset must be priced without an error (checks B02 and B03)."""
        before, stood, voted = (None if past is None else price(past)), price(same), price(after)
        return cls(
            plan=plan,
            rule=rule,
            point=point,
            past=before,
            same=stood,
            after=voted,
            moved=compare(stood, voted),
            since=() if before is None else compare(before, voted),
        )

    @property
    def effects(self) -> Effects:
        """Why the total is not that of the year before."""
        return Effects.sum(line.effects for line in self.since)

    def communes(self) -> Iterator[CommuneEffect]:
        """The communes that owe something in one of the three, in INSEE-code order."""
        owed = {line.code_insee: line for line in self.since if not line.heir}
        moved = {line.code_insee: line for line in self.moved if not line.heir}
        for code in sorted({*owed, *moved}):
            line, earlier = moved.get(code), owed.get(code)
            one = line or earlier
            if one is None:
                raise AssertionError("a code of neither side")
            found = CommuneEffect(
                code_insee=code,
                name=one.name,
                level="" if line is None else line.levels[1] or "",
                population=0 if line is None else line.populations[1],
                past=ZERO if earlier is None else earlier.before,
                same=ZERO if line is None else line.before,
                after=ZERO if line is None else line.after,
            )
            if found.past or found.same or found.after:
                yield found

    def levels(self) -> Iterator[LevelEffect]:
        """Each level that has a fee, in the order of the grid."""
        past, same, after = (_amounts(year) for year in (self.past, self.same, self.after))
        counts = {total.level: total.communes for total in self.after.by_level}
        for level in dict.fromkeys((*after, *same, *past)):
            yield LevelEffect(
                level=level,
                communes=counts.get(level, 0),
                past=past.get(level, ZERO),
                same=same.get(level, ZERO),
                after=after.get(level, ZERO),
            )


def _amounts(year: PricedYear | None) -> Mapping[str, Decimal]:
    return {} if year is None else {total.level: total.amount for total in year.by_level}
