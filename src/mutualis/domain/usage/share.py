"""One line of a table of the usage: half-days, their price, their cost, and what was paid."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mutualis.domain.french import interventions as words
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO
from mutualis.domain.usage.income import Income
from mutualis.domain.value import Struct, replace


class Share(Struct, frozen=True):
    """The half-days of one commune, level, theme or directorate; amounts in euros before tax.

    `fees` is None where memberships cannot be shared out: they open every theme at once.
    `known_cost` is the real cost of the half-days that have one, None where the year has no unit
    costs; `uncosted` are the half-days that have none.
    """

    key: str
    label: str
    interventions: int = 0
    half_days: int = 0
    membership_at_price: Decimal = ZERO
    mission_at_price: Decimal = ZERO
    fees: Decimal | None = ZERO
    missions: Decimal = ZERO
    known_cost: Decimal | None = None
    uncosted: int = 0

    @property
    def at_price(self) -> Decimal:
        """At the prices of the year's grid."""
        return self.membership_at_price + self.mission_at_price

    @property
    def at_cost(self) -> Decimal | None:
        """At the published unit costs, without the half-days that have none; None where none of
        them has one: what has none is worth nothing known, not 0."""
        if self.half_days and self.uncosted == self.half_days:
            return None
        return self.known_cost

    @property
    def paid(self) -> Decimal | None:
        """Fees and missions; None where the fees are not shared out."""
        return None if self.fees is None else self.fees + self.missions

    @property
    def balance(self) -> Decimal | None:
        """What was paid less the real cost; None where one of them is not wholly known."""
        if self.paid is None or self.at_cost is None or self.uncosted:
            return None
        return self.paid - self.at_cost

    @property
    def balance_at_price(self) -> Decimal | None:
        """What was paid less the half-days at the grid's prices."""
        return None if self.paid is None else self.paid - self.at_price

    def with_income(self, line: Income) -> "Share":
        if line.product == Product.MISSION:
            return replace(self, missions=self.missions + line.amount)
        return self if self.fees is None else replace(self, fees=self.fees + line.amount)


class CategoryUse(Struct, frozen=True):
    """The half-days of a category of agents, at its price."""

    category: str
    half_days: int
    unit_price: Decimal
    at_price: Decimal


def summed(shares: Iterable[Share]) -> Share:
    """The sum of a table's lines."""
    lines: Sequence[Share] = tuple(shares)
    fees = [share.fees for share in lines if share.fees is not None]
    costs = [share.known_cost for share in lines if share.known_cost is not None]
    return Share(
        "",
        words.TOTAL,
        sum(share.interventions for share in lines),
        sum(share.half_days for share in lines),
        sum((share.membership_at_price for share in lines), ZERO),
        sum((share.mission_at_price for share in lines), ZERO),
        sum(fees, ZERO) if fees or not lines else None,
        sum((share.missions for share in lines), ZERO),
        sum(costs, ZERO) if costs else None,
        sum(share.uncosted for share in lines),
    )
