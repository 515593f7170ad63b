"""What is recovered and what is not, one cent below the minimum, at it, and above.

1 400 inhabitants at 0,01 € are 14,00 €; the minimum is 15,00 €.
"""

from datetime import date
from decimal import Decimal

import pytest
from made import grid, move, row, tariffs

from mutualis.domain.communes.communes import Communes, Settlement
from mutualis.domain.communes.movements import Movements
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


@pytest.mark.parametrize(("people", "about"), [(0, "25001"), (5, "25002")])
def test_an_account_is_about_the_last_group_that_owes(people: int, about: str) -> None:
    """25001 has joined 25002, whose own fee may be of nobody: 0,00 €."""
    day = date(2026, 1, 1)
    moves = Movements.of([move(day, "25001", "25002"), move(day, "25002", "25002")])
    communes = Communes.of([row("25001", 2000), row("25002", people)], movements=moves)
    (account,) = accounts_on(communes, TARIFFS, 2025, Ledger(), day).all
    assert (account.person.code_insee, account.row.code_insee) == ("25002", about)
    due = Decimal(20) + Decimal(people) / 100
    assert account.entry.due == due
    shares = [(item.code_insee, item.amount) for item in account.shared(due)]
    own = [("25001", Decimal(20)), ("25002", Decimal(people) / 100)]
    assert shares == [share for share in own if share[1]]
    # Less than the whole: the last has what the others leave.
    assert [item.amount for item in account.shared(Decimal(15))] == [15]
    assert list(account.shared(Decimal(0))) == []
