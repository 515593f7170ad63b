"""The unit cost of functioning: the charges of a service over the units it gave (D. 5211-16).

A cost is found for each directorate and category of agents, a unit being a half-day. Every term
keeps its row, hence its year and vintage: nothing provisional passes for final.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.french.names import fold
from mutualis.domain.money import EXACT, ZERO, round_fraction
from mutualis.domain.value import Struct


class NoCost(StrEnum):
    """Why a directorate's category has no unit cost."""

    NO_UNITS_ROW = "no_units_row"
    NO_UNITS = "no_units"
    NO_CHARGES = "no_charges"


class UnitCost(Struct, frozen=True):
    """The cost of a half-day of a category of a directorate's agents.

    `terms` are the rows of charges, in the order of the natures; `units` that of the half-days.
    """

    directorate: str
    category: str
    terms: tuple[CostRow, ...]
    units: CostRow | None

    @property
    def own(self) -> tuple[str, str]:
        return fold(self.directorate), self.category

    @property
    def charges(self) -> Decimal:
        return sum((row.amount for row in self.terms), ZERO)

    @property
    def half_days(self) -> int:
        return self.units.half_days if self.units is not None else 0

    @property
    def missing(self) -> NoCost | None:
        if self.units is None:
            return NoCost.NO_UNITS_ROW
        if not self.units.half_days:
            return NoCost.NO_UNITS
        return None if self.terms else NoCost.NO_CHARGES

    @property
    def exact(self) -> Fraction | None:
        """Charges over units, in euros a half-day, unrounded; None where there is no cost."""
        return None if self.missing else Fraction(self.charges) * Fraction(1, self.half_days)

    @property
    def published(self) -> Decimal | None:
        """The unit cost made known: to the cent, half up. Statements are priced at it."""
        return None if self.exact is None else round_fraction(self.exact)

    @property
    def gap(self) -> Decimal:
        """The « écart d'arrondi »: charges less units at the published cost, at most half a cent
        a unit either way; all the charges where there is no cost."""
        if self.published is None:
            return self.charges
        return self.charges - self.at_cost(self.half_days)

    def at_cost(self, half_days: int) -> Decimal:
        """What half-days are worth at the published cost, in euros, exact; 0 without a cost."""
        return EXACT.multiply(Decimal(half_days), self.published or ZERO)

    @property
    def rows(self) -> tuple[CostRow, ...]:
        return self.terms if self.units is None else (*self.terms, self.units)

    @property
    def vintages(self) -> tuple[tuple[int, Vintage], ...]:
        """The years and vintages of its rows, the oldest first."""
        found = {(row.year, row.vintage) for row in self.rows}
        return tuple(sorted(found))


class UnitCosts(Struct, frozen=True):
    """The unit costs of a year, by directorate then category; `accounts` is the year of the
    accounts that a notice before the budget starts from."""

    year: int
    lines: tuple[UnitCost, ...]
    accounts: int | None = None

    @property
    def charges(self) -> Decimal:
        return sum((line.charges for line in self.lines), ZERO)

    @property
    def half_days(self) -> int:
        return sum(line.half_days for line in self.lines)

    @property
    def gap(self) -> Decimal:
        return sum((line.gap for line in self.lines), ZERO)

    @property
    def rows(self) -> tuple[CostRow, ...]:
        return tuple(row for line in self.lines for row in line.rows)

    @property
    def vintages(self) -> tuple[tuple[int, Vintage], ...]:
        return tuple(sorted({(row.year, row.vintage) for row in self.rows}))

    @property
    def is_final(self) -> bool:
        """Whether every figure is of the accounts."""
        return all(vintage is Vintage.ACCOUNTS for _, vintage in self.vintages)

    def of(self, directorate: str, category: str) -> UnitCost | None:
        """The line of a directorate, named as the files do (`fold`), and a category."""
        own = (fold(directorate), category)
        return next((line for line in self.lines if line.own == own), None)

    def of_category(self, category: str) -> tuple[UnitCost, ...]:
        return tuple(line for line in self.lines if line.category == category)


def costs_of_year(costs: Costs, year: int) -> UnitCosts:
    """The unit costs of a year: each figure of its accounts, of its budget where they lack it; of
    a year that no accounts close, those before its budget."""
    accounts = costs.of_year(year, Vintage.ACCOUNTS)
    if not accounts:
        return costs_before_budget(costs, year)
    return UnitCosts(year, _lines((*costs.of_year(year, Vintage.BUDGET), *accounts)))


def costs_before_budget(costs: Costs, year: int) -> UnitCosts:
    """The unit costs to make known before the budget of a year: those of the last accounts, each
    row replaced by the year's provisional one where there is one (D. 5211-16, I)."""
    accounts = costs.last_accounts_before(year)
    final = () if accounts is None else costs.of_year(accounts, Vintage.ACCOUNTS)
    return UnitCosts(year, _lines((*final, *costs.of_year(year, Vintage.BUDGET))), accounts)


def costs_of_rows(year: int, rows: Iterable[CostRow], accounts: int | None) -> UnitCosts:
    """Those that the rows of unit costs give again."""
    return UnitCosts(year, _lines(rows), accounts)


def _lines(rows: Iterable[CostRow]) -> tuple[UnitCost, ...]:
    """A line for each directorate and category, a later row taking the place of an earlier one of
    the same nature."""
    found: dict[tuple[str, str], dict[CostNature, CostRow]] = {}
    for row in rows:
        found.setdefault(row.own, {})[row.nature] = row
    return tuple(_line(list(found[own].values())) for own in sorted(found))


def _line(rows: Sequence[CostRow]) -> UnitCost:
    order = list(CostNature)
    charges = sorted(
        (row for row in rows if row.nature.is_charge), key=lambda row: order.index(row.nature)
    )
    units = next((row for row in rows if not row.nature.is_charge), None)
    return UnitCost(rows[0].directorate, rows[0].category, tuple(charges), units)
