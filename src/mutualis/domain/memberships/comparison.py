"""What moved between two years' batches, and why: prices, populations, memberships."""

from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.memberships.plan import BillingLine, BillingPlan, total
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import amount_due


@dataclass(frozen=True, slots=True)
class Comparison:
    """From one batch to the next, over every fee computed (billed or not).

    The three effects add up to `after - before`: `prices` is last year's members at last
    year's populations under the new grid, `populations` the change of their populations, and
    `memberships` the rest: who joined, left or changed level.
    """

    year: int
    before: Decimal
    after: Decimal
    prices: Decimal
    populations: Decimal
    joined: tuple[BillingLine, ...]
    left: tuple[BillingLine, ...]
    changed_level: tuple[tuple[BillingLine, BillingLine], ...]

    @property
    def memberships(self) -> Decimal:
        return self.after - self.before - self.prices - self.populations


def compare(previous: BillingPlan, current: BillingPlan) -> Comparison:
    """Compare two plans made with the same selection."""
    before = {line.row.code_insee: line for line in previous.fees}
    after = {line.row.code_insee: line for line in current.fees}
    prices = populations = ZERO
    for code, old in before.items():
        repriced = _reprice(old, current, old.fee.population)
        if repriced is None:
            continue
        prices += repriced - old.amount
        new = after.get(code)
        if new is not None:
            moved = _reprice(old, current, new.fee.population)
            populations += (moved if moved is not None else repriced) - repriced
    kept = before.keys() & after.keys()
    return Comparison(
        year=previous.year,
        before=total(previous.fees),
        after=total(current.fees),
        prices=prices,
        populations=populations,
        joined=tuple(after[code] for code in sorted(after.keys() - before.keys())),
        left=tuple(before[code] for code in sorted(before.keys() - after.keys())),
        changed_level=tuple(
            (before[code], after[code])
            for code in sorted(kept)
            if before[code].fee.level.code != after[code].fee.level.code
        ),
    )


def _reprice(line: BillingLine, plan: BillingPlan, population: int) -> Decimal | None:
    """The fee of the line's level under the plan's grid, where that grid prices it."""
    level = plan.grid.levels.get(line.fee.level.code)
    if level is None or not level.is_priced:
        return None
    return amount_due(level, population)
