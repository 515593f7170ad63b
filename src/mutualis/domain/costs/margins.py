"""The price of a half-day beside its cost, and what a year costs beside what it brings in."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil

from mutualis.domain.costs.unit_cost import UnitCost, UnitCosts
from mutualis.domain.money import EXACT, ZERO
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct


class Margin(Struct, frozen=True):
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


class CategoryMargin(Struct, frozen=True):
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
        steps = (
            Fraction(self.charges) * Fraction(1, self.half_days) * Fraction(1, Fraction(self.step))
        )
        return EXACT.multiply(Decimal(ceil(steps)), self.step)

    @property
    def whole(self) -> Decimal | None:
        if self.price is None or not self.half_days:
            return None
        return EXACT.multiply(self.price, Decimal(self.half_days)) - self.charges


class YearMargins(Struct, frozen=True):
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


class Balance(Struct, frozen=True):
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


def half_day_prices(grid: Grid | None) -> Mapping[str, Decimal]:
    """The prices of a half-day, by category, in the order of the grid; none without a grid."""
    level = grid.on_quote if grid is not None else None
    return level.half_day if level is not None else {}
