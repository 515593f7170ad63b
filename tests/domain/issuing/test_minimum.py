"""What is recovered and what is not, one cent below the minimum, at it, and above.

1 400 inhabitants at 0,01 € are 14,00 €; the minimum is 15,00 €.
"""

from datetime import date
from decimal import Decimal

import pytest
from made import grid, row, tariffs

from mutualis.domain.communes.communes import Communes, Settlement
from mutualis.domain.issuing.account import Left, accounts_on, kept_below, left_of
from mutualis.domain.issuing.plan import plan_billing, plan_issue
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Level

CENT = Level("2A", "exemple", per_inhabitant=Decimal("0.01"))
TARIFFS = tariffs(grid(CENT))
DAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("people", "settlement", "where"),
    [
        (1499, Settlement.TITRE, "below"),
        (1500, Settlement.TITRE, "invoiced"),
        (1501, Settlement.TITRE, "invoiced"),
        (1, Settlement.TITRE, "below"),
        (0, Settlement.TITRE, "below"),
        (1, Settlement.AC, "withheld"),
        (1499, Settlement.AC, "withheld"),
        (1500, Settlement.AC, "withheld"),
        (0, Settlement.AC, "below"),
    ],
)
def test_where_a_fee_goes(people: int, settlement: Settlement, where: str) -> None:
    communes = Communes.of([row(people=people, settlement=settlement)])
    plan = plan_billing(communes, TARIFFS, TARIFFS.grids[2025])
    found = {"invoiced": plan.invoices, "withheld": plan.withheld, "below": plan.below_minimum}
    assert [name for name, lines in found.items() if lines] == [where]
    assert bool(plan.not_billed) is (where != "invoiced")


@pytest.mark.parametrize(
    ("people", "settlement", "kept", "left"),
    [
        (0, Settlement.TITRE, False, None),
        (1, Settlement.TITRE, True, Left.BELOW_MINIMUM),
        (1499, Settlement.TITRE, True, Left.BELOW_MINIMUM),
        (1500, Settlement.TITRE, False, Left.TO_ISSUE),
        (1, Settlement.AC, False, Left.TO_ISSUE),
    ],
)
def test_what_is_left_of_an_account(
    people: int, settlement: Settlement, kept: bool, left: Left | None
) -> None:
    communes = Communes.of([row(people=people, settlement=settlement)])
    (account,) = accounts_on(communes, TARIFFS, 2025, Ledger(), DAY).all
    assert kept_below(account, TARIFFS.minimum_recovery) is kept
    assert left_of(account, TARIFFS.minimum_recovery) is left


def test_nothing_is_below_a_minimum_of_zero() -> None:
    communes, free = Communes.of([row(people=1)]), tariffs(grid(CENT), minimum_recovery=Decimal(0))
    (item,) = plan_issue(communes, free, 2025, Ledger(), DAY).items
    assert item.amount == Decimal("0.01")
