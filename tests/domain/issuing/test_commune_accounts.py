"""One commune's usage and invoices, as its account shows them."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from mutualis.domain.issuing.commune_account import CommuneAccount, CommuneUsage


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
