"""One commune's usage, invoices and next threshold, as its account shows them."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from made import grid, row, tariffs

from mutualis.domain.communes.communes import Communes
from mutualis.domain.issuing.account import Account, accounts_on
from mutualis.domain.issuing.commune_account import (
    CommuneAccount,
    CommuneUsage,
    NextThreshold,
    threshold_of,
)
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.vat.tax import Tax


def served(half_days: int, *, on_quote: bool) -> Any:
    return SimpleNamespace(half_days=half_days, on_quote=on_quote)


def test_half_days_and_those_on_quote() -> None:
    usage = CommuneUsage((served(2, on_quote=False), served(3, on_quote=True)), ())
    assert (usage.half_days, usage.on_quote) == (5, 3)


def test_the_invoices_of_a_mission() -> None:
    one: Any = SimpleNamespace(work=SimpleNamespace(quote="D1"))
    other: Any = SimpleNamespace(work=SimpleNamespace(quote="D2"))
    ledger: Any = SimpleNamespace(mission_invoices=(one, other, one))
    year: Any = SimpleNamespace()
    account = CommuneAccount(date(2025, 1, 1), ledger, None, (year,), year, ())
    mission: Any = SimpleNamespace(number="D1")
    assert account.invoices_of(mission) == (one, one)


CAPPED = Bracket(999, cap=Decimal(900))
LEVEL = Level("2A", "exemple", per_inhabitant=Decimal(2), brackets=(CAPPED, Bracket(3000)))


def account(people: int, **more: Any) -> Account:
    """A commune at 2 € an inhabitant, at most 900 € up to 999 inhabitants, no price after 3 000."""
    communes = Communes.of([row(people=people, **more)])
    rules = tariffs(grid(LEVEL), proration="month")
    return accounts_on(communes, rules, 2025, Ledger(), date(2025, 7, 1)).all[0]


@pytest.mark.parametrize(
    ("people", "population", "kind", "amount"),
    [
        (100, 451, "cap", "900"),  # 450 × 2 = 900: the 451st is the first that pays nothing more
        (450, 451, "cap", "900"),
        (451, 1000, "bound", "2000"),
        (1000, 3001, "end", None),
        (3000, 3001, "end", None),
    ],
)
def test_the_next_threshold(people: int, population: int, kind: str, amount: str | None) -> None:
    found = threshold_of(account(people), None)
    due = None if amount is None else Decimal(amount)
    assert found == NextThreshold(population, population - people, kind, due, whole=True)


def test_a_threshold_with_tax_and_of_a_part_of_a_year() -> None:
    """2 000 € and 20 % of tax; a member from July owes half of a year."""
    found = threshold_of(account(500), Tax("S", Decimal(20)))
    assert found is not None
    assert found.amount == Decimal(2400)
    half = threshold_of(account(500, start=date(2025, 7, 1)), None)
    assert half == NextThreshold(1000, 500, "bound", Decimal(2000), whole=False)


def test_no_threshold_where_nothing_is_due_nor_where_the_price_runs_on() -> None:
    assert threshold_of(account(500, level=""), None) is None
    communes = Communes.of([row()])
    runs_on = accounts_on(communes, tariffs(), 2025, Ledger(), date(2025, 7, 1)).all[0]
    assert runs_on.line is not None
    assert threshold_of(runs_on, None) is None
