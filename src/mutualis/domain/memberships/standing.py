"""What memberships come to, by level, each counted once whatever its documents."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.domain.memberships.plan import BillingLine, LevelTotal
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.value import Struct


class Standing(Struct, frozen=True):
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
