"""The price of a half-day beside its cost, and what a year costs beside what it brings in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from mutualis.domain.costs.unit_cost import UnitCost, UnitCosts
from mutualis.domain.money import EXACT, ZERO


@dataclass(frozen=True, slots=True)
class Margin:
    """A unit cost beside the grid's price for its category, None where the grid has none."""

    cost: UnitCost
    price: Decimal | None

    @property
    def each(self) -> Decimal | None:
        """The price less the published cost of a half-day; a loss is negative."""
        if self.price is None or self.cost.published is None:
            return None
        return self.price - self.cost.published

    @property
    def whole(self) -> Decimal | None:
        """What all the units at the price bring in, less the charges; exact."""
        if self.price is None or self.cost.missing is not None:
            return None
        return EXACT.multiply(self.price, Decimal(self.cost.half_days)) - self.cost.charges


@dataclass(frozen=True, slots=True)
class CategoryMargin:
    """The half-days of a category in all directorates that have a cost, beside its one price.

    `break_even` is the smallest multiple of the grid's step whose product by the units covers the
    charges; None without units.
    """

    category: str
    charges: Decimal
    half_days: int
    price: Decimal | None
    step: Decimal

    @property
    def break_even(self) -> Decimal | None:
        if not self.half_days:
            return None
        exact = Fraction(self.charges) / self.half_days
        return EXACT.multiply(Decimal(ceil(exact / Fraction(self.step))), self.step)

    @property
    def whole(self) -> Decimal | None:
        if self.price is None or not self.half_days:
            return None
        return EXACT.multiply(self.price, Decimal(self.half_days)) - self.charges


@dataclass(frozen=True, slots=True)
class YearMargins:
    """The unit costs of a year beside the prices of its grid, `prices` by category."""

    costs: UnitCosts
    prices: Mapping[str, Decimal]
    step: Decimal

    @property
    def lines(self) -> tuple[Margin, ...]:
        return tuple(Margin(line, self.prices.get(line.category)) for line in self.costs.lines)

    @property
    def whole(self) -> Decimal | None:
        """The margins of all that have one; None where none has."""
        known = [line.whole for line in self.lines if line.whole is not None]
        return sum(known, ZERO) if known else None

    @property
    def categories(self) -> tuple[CategoryMargin, ...]:
        """In the order of the grid, then of the alphabet."""
        known = {line.category for line in self.costs.lines}
        order = [code for code in self.prices if code in known]
        return tuple(self._category(code) for code in (*order, *sorted(known - set(self.prices))))

    def _category(self, code: str) -> CategoryMargin:
        lines = [line for line in self.costs.of_category(code) if line.missing is None]
        charges = sum((line.charges for line in lines), ZERO)
        units = sum(line.half_days for line in lines)
        return CategoryMargin(code, charges, units, self.prices.get(code), self.step)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a year costs and what it brings in, in euros before tax.

    `charges` are all those of the year, whether or not a unit cost could be found from them.
    """

    charges: Decimal
    fees: Decimal
    missions: Decimal

    @property
    def income(self) -> Decimal:
        return self.fees + self.missions

    @property
    def difference(self) -> Decimal:
        """Positive where more comes in than it costs."""
        return self.income - self.charges

    @property
    def to_cover(self) -> Decimal:
        """What memberships are to bring in to break even: never below 0."""
        return max(self.charges - self.missions, ZERO)
