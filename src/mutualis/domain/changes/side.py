"""One side of a comparison: the rows of a year, what prices them, and what a person owes then."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.debtors import Known
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, fee_of
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.proration import amount_of, shares
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct

Rows = Sequence[CommuneYear]


class Side(Struct, frozen=True):
    """The rows of `year` and the grid and settings that price them, as known on `day`: by default
    at the end of the year."""

    communes: Communes
    tariffs: Tariffs
    year: int
    day: date | None = None

    @property
    def known(self) -> Known:
        return Known.of(self.communes, self.year, self.day)

    @property
    def grid(self) -> Grid:
        return self.tariffs.grids[self.year]

    def inhabitants(self, row: CommuneYear) -> int:
        """The population that counts, by the setting."""
        return row.population(self.tariffs.population)

    def due(self, groups: Sequence[Rows]) -> Decimal | None:
        """What a person owes for the groups of rows that it owes, each rounded once, and the tax on
        all of them: 0 where it is a receivable too small to be recovered; None where the grid has
        no price for one of them."""
        owed = []
        for rows in groups:
            amount = self._amount(rows)
            if amount is None:
                return None
            owed.append((rows[-1], amount))
        due, tax = sum((amount for _, amount in owed), ZERO), self.tariffs.tax(self.known.day)
        due += ZERO if tax is None else tax.on(due)
        settled = next((row for row, amount in reversed(owed) if amount), owed[-1][0])
        is_claimed = settled.settlement is Settlement.AC or due >= self.tariffs.minimum_recovery
        return due if is_claimed else ZERO

    def _amount(self, rows: Rows) -> Decimal | None:
        priced: list[tuple[CommuneYear, FeeBreakdown]] = []
        for row in rows:
            fee = fee_of(row, self.grid, self.tariffs.population)
            if isinstance(fee, NoPrice) or (row.level and row.level not in self.grid.levels):
                return None
            if fee is not None:
                priced.append((row, fee))
        return amount_of(shares(priced, self.tariffs.proration))
