"""What a grid does at its bounds to the communes of a year, and what its caps cost the body."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import EXACT, ZERO, round_fraction
from mutualis.domain.simulation.priced import Due, PricedYear
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.tariffs.thresholds import Fall, falls, thresholds
from mutualis.domain.value import Struct

_BOUNDS = ("bound", "end")
_HUNDRED = Decimal(100)


class BoundCrossed(Struct, frozen=True):
    """One more inhabitant at a bound, in a commune of average wealth: `population` is the first
    beyond it, `after` its fee, None where the level gives it no price."""

    level: str
    population: int
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


class NearBound(Struct, frozen=True):
    """A commune near a bound: `missing` inhabitants to cross it, below 0 those above it; `amount`
    is the fee of a whole year, `other` that on the other side."""

    due: Due
    bound: BoundCrossed
    missing: int
    amount: Decimal | None
    other: Decimal | None


class Shield(Struct, frozen=True):
    """The members that a cap shields: how many of those that pay, and what they do not pay."""

    members: int
    shielded: int
    cost: Decimal

    @property
    def share(self) -> Decimal:
        """In per cent."""
        if not self.members:
            return ZERO
        return EXACT.divide(Decimal(self.shielded) * _HUNDRED, Decimal(self.members))


def bounds_crossed(grid: Grid) -> tuple[BoundCrossed, ...]:
    """Every bound of the levels that have a price, in the order of the grid."""
    return tuple(
        BoundCrossed(
            level.code, turn.population, amount_due(level, turn.population - 1), turn.amount
        )
        for level in grid.levels.values()
        if level.is_priced
        for turn in thresholds(level)
        if turn.kind in _BOUNDS
    )


def falls_of(grid: Grid) -> tuple[Fall, ...]:
    """Each bound across which one who has more inhabitants pays less."""
    return tuple(fall for level in grid.levels.values() for fall in falls(level))


def near_bounds(year: PricedYear, percent: Decimal) -> Iterator[NearBound]:
    """The members within `percent` % of a bound of their level."""
    bounds = bounds_crossed(year.dataset.grid)
    for due in year.dues.values():
        if due.line is None:
            continue
        fee = due.line.fee
        for bound in (item for item in bounds if item.level == fee.level.code):
            missing = bound.population - fee.population
            if abs(missing) * _HUNDRED <= bound.population * percent:
                beyond = bound.population if missing > 0 else bound.population - 1
                other = amount_due(fee.level, beyond, fee.potential)
                yield NearBound(due, bound, missing, fee.amount, other)


def shield(year: PricedYear) -> Shield:
    """What the caps of the grid do; a part of a year counts for its share."""
    paying = [due.line for due in year.dues.values() if due.line is not None and due.amount]
    spared = [cost for line in paying if (cost := _spared(line))]
    return Shield(len(paying), len(spared), sum(spared, ZERO))


def _spared(line: BillingLine) -> Decimal:
    """What a cap takes off a fee, to the cent."""
    parts = line.parts or (Part(line.row, line.fee),)
    exact = sum(
        (
            (part.fee.weighted - part.fee.due) * Fraction(part.numerator, part.denominator)
            for part in parts
            if part.fee.cap is not None
        ),
        Fraction(0),
    )
    return round_fraction(exact)
