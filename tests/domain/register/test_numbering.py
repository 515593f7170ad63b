"""Which dates and numbers are refused, at each edge."""

from datetime import date
from types import SimpleNamespace

import pytest

from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import (
    check_clock,
    check_day,
    check_exercice,
    check_quote_day,
)

TODAY, LAST = date(2026, 3, 15), date(2026, 2, 1)


class Dated(Ledger):
    """A register whose last document and last quote are of 1 February 2026."""

    last_day = last_quote_day = LAST


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 3, 16), "to_come"),
        (TODAY, ""),
        (LAST, ""),
        (date(2026, 1, 31), "before_last"),
    ],
)
def test_days(day: date, code: str) -> None:
    assert refused(lambda: check_day(day, TODAY, Dated())) == (code and f"numbering.{code}")
    quote = {"to_come": "quote_to_come", "before_last": "before_last_quote"}.get(code, "")
    found = refused(lambda: check_quote_day(day, TODAY, Dated()))
    assert found == (quote and f"numbering.{quote}")


@pytest.mark.parametrize(
    ("exercice", "code"),
    [(2024, "numbering.exercice"), (2025, ""), (2026, ""), (2027, "numbering.exercice")],
)
def test_exercices(exercice: int, code: str) -> None:
    assert refused(lambda: check_exercice(exercice, TODAY)) == code


class Meetings(Ledger):
    """One whose only record of an order is a meeting published that day."""

    meetings = (SimpleNamespace(act=SimpleNamespace(day=LAST)),)  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("ledger", "today", "code"),
    [
        (Meetings(), date(2027, 3, 8), ""),
        (Meetings(), date(2027, 3, 9), "after_last"),
        (Meetings(), date(2035, 1, 1), "after_last"),
        (Meetings(), date(2025, 12, 31), ""),
        (Meetings(), date(2023, 12, 31), "before_grids"),
        (Ledger(), date(2029, 12, 31), ""),
        (Ledger(), date(2030, 1, 1), "after_grids"),
        (Ledger(), date(2024, 1, 1), ""),
        (Ledger(), date(2023, 12, 31), "before_grids"),
    ],
)
def test_clocks(ledger: Ledger, today: date, code: str) -> None:
    """400 days after 1 February 2026 is 8 March 2027; the grids are those of 2025 to 2027."""
    found = refused(lambda: check_clock(today, ledger, (2025, 2026, 2027)))
    assert found == (code and f"numbering.clock_{code}")


def test_a_clock_beside_nothing() -> None:
    assert refused(lambda: check_clock(date(1980, 1, 1), Ledger(), ())) == ""


def refused(rule: object) -> str:
    """The code of the refusal; empty when the rule lets it through."""
    assert callable(rule)
    try:
        rule()
    except Refusal as refusal:
        return refusal.reason.code
    return ""
