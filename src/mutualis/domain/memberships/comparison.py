"""What moved between two years' memberships, and why: prices, populations, who pays what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.memberships.plan import BillingLine, LevelTotal
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Grid, Level


@dataclass(frozen=True, slots=True)
class Standing:
    """What the membership of a commune comes to, and the last line that it was priced by."""

    code_insee: str
    line: BillingLine
    amount: Decimal

    @property
    def level(self) -> str:
        return self.line.fee.level.code


def totals_by_level(grid: Grid, items: Sequence[Standing]) -> tuple[LevelTotal, ...]:
    """The memberships of each level of the grid that has a fee, each counted once."""
    return tuple(
        _total(level, [item for item in items if item.level == level.code])
        for level in grid.levels.values()
        if level.is_priced
    )


def _total(level: Level, items: Sequence[Standing]) -> LevelTotal:
    population = sum(item.line.fee.population for item in items)
    amount = sum((item.amount for item in items), ZERO)
    return LevelTotal(level.code, level.label, len(items), population, amount)


@dataclass(frozen=True, slots=True)
class Comparison:
    """From one year to the next, over what is to be collected, invoiced or withheld.

    The three effects add up to `after - before`: `prices` is last year's members at last
    year's populations under the new grid, a whole year beside a whole year, `populations` the
    change of their populations, and `memberships` the rest: who joined, left or changed level,
    parts of a year, remises.
    """

    year: int
    before: Decimal
    after: Decimal
    prices: Decimal
    populations: Decimal
    joined: int
    left: int
    changed_level: int

    @property
    def memberships(self) -> Decimal:
        return self.after - self.before - self.prices - self.populations


def compare(
    year: int, previous: Iterable[Standing], current: Iterable[Standing], grid: Grid
) -> Comparison:
    """Compare the memberships of `year` with those of the next one, whose grid it is."""
    before = {item.code_insee: item for item in previous}
    after = {item.code_insee: item for item in current}
    prices = populations = ZERO
    for code, old in before.items():
        own = after.get(code, old).line.fee.potential
        potential = own if old.line.fee.potential is None else old.line.fee.potential
        repriced = _price(old, grid, old.line.fee.population, potential)
        if repriced is None:
            continue
        prices += repriced - old.line.fee.amount
        new = after.get(code)
        if new is not None:
            moved = _price(old, grid, new.line.fee.population, potential)
            populations += (moved if moved is not None else repriced) - repriced
    kept = before.keys() & after.keys()
    return Comparison(
        year=year,
        before=sum((item.amount for item in before.values()), ZERO),
        after=sum((item.amount for item in after.values()), ZERO),
        prices=prices,
        populations=populations,
        joined=len(after.keys() - before.keys()),
        left=len(before.keys() - after.keys()),
        changed_level=sum(before[code].level != after[code].level for code in kept),
    )


def _price(
    item: Standing, grid: Grid, population: int, potential: Decimal | None
) -> Decimal | None:
    """The fee of a level under a grid, where that grid prices it."""
    level = grid.levels.get(item.level)
    if level is None or not level.is_priced:
        return None
    return amount_due(level, population, potential)
