"""What was done for communes, at the published unit costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french.names import fold
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.money import EXACT, ZERO


@dataclass(frozen=True, slots=True)
class Received:
    """Half-days, their value at the grid's prices, and at the unit costs for those that have one.

    `uncosted` are the half-days that have none: they are in `half_days`, not in `at_cost`.
    """

    half_days: int = 0
    at_price: Decimal = ZERO
    at_cost: Decimal = ZERO
    uncosted: int = 0

    @property
    def has_cost(self) -> bool:
        """Whether some of it has a cost: what has none is worth nothing known, not 0."""
        return self.uncosted < self.half_days or not self.half_days

    def __add__(self, other: "Received") -> "Received":
        return Received(
            self.half_days + other.half_days,
            self.at_price + other.at_price,
            self.at_cost + other.at_cost,
            self.uncosted + other.uncosted,
        )


def received_by_debtor(served: Iterable[Served], costs: UnitCosts) -> dict[str, Received]:
    """What was done in the costs' year for each debtor, by INSEE code, in order.

    An intervention is worth its half-days at the published cost of the directorate of its service
    and of its category, in euros, exact.
    """
    published = {line.own: line.published for line in costs.lines}
    found: dict[str, Received] = {}
    for item in served:
        cost = published.get((fold(item.directorate), item.intervention.category))
        one = Received(
            item.half_days,
            item.cost,
            ZERO if cost is None else EXACT.multiply(Decimal(item.half_days), cost),
            item.half_days if cost is None else 0,
        )
        code = item.debtor.code_insee
        found[code] = found.get(code, Received()) + one
    return {code: found[code] for code in sorted(found)}
