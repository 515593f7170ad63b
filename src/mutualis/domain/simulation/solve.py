"""Which price brings in a target.

The total due never falls when one price rises: a fee is max(min((fixed + population x rate) x
coefficient, cap), floor), which rises with each of the four; so do the highest moment of a year, a
share of it, what is rounded half up, the tax on it, and an amount that counts for nothing below
`minimum_recovery`, since it is never below 0. The smallest value that reaches the target is thus
found by halving.
"""

from decimal import Decimal

from mutualis.domain.money import EXACT
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import total_due
from mutualis.domain.tariffs.grid import Price
from mutualis.domain.value import Struct

# The largest that the tariff file takes.
MOST = {"per_inhabitant": Decimal(10**6)}
MOST_AMOUNT = Decimal(10**9)


class Solved(Struct, frozen=True):
    """The smallest value of a price, a multiple of `step`, whose `total` reaches the target."""

    price: Price
    step: Decimal
    value: Decimal
    total: Decimal
    dataset: Dataset


class OutOfReach(Struct, frozen=True):
    """No value of the price reaches the target: `highest` is the most that it brings in."""

    price: Price
    highest: Decimal


def solve(
    dataset: Dataset, price: Price, target: Decimal, *, before_tax: bool = False
) -> Solved | OutOfReach:
    """The smallest value at the price's `rounding`; `before_tax` is for the target and the totals.
    Raises nothing."""
    step = dataset.tariffs.indexation.rounding[price.kind]
    most = int(EXACT.divide(MOST.get(price.kind, MOST_AMOUNT), step))

    def at(steps: int) -> Dataset:
        return dataset.with_prices({price.key: EXACT.multiply(Decimal(steps), step)})

    def total(steps: int) -> Decimal:
        return total_due(at(steps), before_tax=before_tax)

    low, high = -1, 1  # `low` misses the target, `high` is to reach it
    while total(high) < target:
        if high == most:
            return OutOfReach(price, total(most))
        low, high = high, min(high * 2, most)
    while high - low > 1:
        middle = (low + high) // 2
        if total(middle) < target:
            low = middle
        else:
            high = middle
    return Solved(price, step, EXACT.multiply(Decimal(high), step), total(high), at(high))
