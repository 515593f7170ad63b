"""What memberships come to by level, by hand."""

from datetime import date
from decimal import Decimal

from made import grid, row, tariffs

from mutualis.domain.communes.communes import Communes
from mutualis.domain.issuing.account import accounts_on
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.report.amounts import LevelAmounts, amounts_by_level
from mutualis.domain.tariffs.grid import Level

TWO, THREE = (
    Level(code, "exemple", per_inhabitant=Decimal(rate)) for code, rate in (("2A", 2), ("2B", 3))
)
FREE = Level("1", "exemple")


def test_each_level_with_its_own_accounts_in_the_order_of_the_grid() -> None:
    """100 and 50 inhabitants at 2 €, 10 at 3 € (kept below 50 €: due, and remaining), one free."""
    rules = tariffs(grid(FREE, THREE, TWO), minimum_recovery=Decimal(50))
    rows = [row("25001", 100), row("25002", 50), row("25003", 10, "2B"), row("25004", 9, "1")]
    accounts = accounts_on(Communes.of(rows), rules, 2025, Ledger(), date(2025, 12, 31))
    zero = Decimal(0)
    assert amounts_by_level(accounts.all, ("1", "2B", "2A")) == (
        LevelAmounts("2B", 1, Decimal(30), zero, zero, Decimal(30)),
        LevelAmounts("2A", 2, Decimal(300), zero, zero, Decimal(300)),
    )
