"""Which dates and numbers are refused, at each edge."""

from datetime import date

import pytest

from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day, check_exercice, check_quote_day

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


def refused(rule: object) -> str:
    """The code of the refusal; empty when the rule lets it through."""
    assert callable(rule)
    try:
        rule()
    except Refusal as refusal:
        return refusal.reason.code
    return ""
