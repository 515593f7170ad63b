"""Which dates and numbers are refused, at each edge."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from made import issuer

from mutualis.domain.kinds import Kind
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import (
    check_clock,
    check_day,
    check_exercice,
    check_free,
    check_quote_day,
    document_number,
    next_numbers,
)

TODAY, LAST = date(2026, 3, 15), date(2026, 2, 1)


class Dated(Ledger, frozen=True):
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


class Meetings(Ledger, frozen=True):
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
        said = refusal.message + refusal.remedy  # with every fact that its texts ask for
        return refusal.reason.code if "None" not in said else said
    return ""


# --- numbers ----------------------------------------------------------------------------------


class Numbered(Ledger, frozen=True):
    """A register whose last invoice of 2026 is the seventh, and that holds two numbers."""

    by_number: ClassVar[Any] = {"F2026-0009": None, "F2026-0010": None}

    def next_rank(self, series: str) -> int:
        return 8 if series == "F2026-" else 1


@pytest.mark.parametrize(
    ("format_of", "number"),
    [
        ("F{year}-{rank:4}", "F2026-0007"),
        ("FACTURE-{year}-{rank:6}", "FACTURE-2026-000007"),  # 19 characters
        ("FACTURES-{year}-{rank:6}", "FACTURES-2026-000007"),  # 20
        ("LESFACTURES-{year}-{rank:4}", ""),  # 21
        ("f{year}-{rank:4}", ""),
        ("F {year}-{rank:4}", ""),
        ("F/{year}_+{rank:4}", "F/2026_+0007"),
    ],
)
def test_a_number_that_software_takes(format_of: str, number: str) -> None:
    own = issuer(numbers={"invoice": format_of})
    if number:
        assert document_number(own, Kind.INVOICE, 2026, 7) == number
        return
    found = refused(lambda: document_number(own, Kind.INVOICE, 2026, 7))
    assert found == "numbering.unsuitable"


def test_numbers_follow_each_other() -> None:
    own = issuer()
    assert next_numbers(own, Kind.INVOICE, 2025, 2, Numbered()) == [
        (1, "F2025-0001"),
        (2, "F2025-0002"),
    ]
    assert next_numbers(own, Kind.INVOICE, 2026, 1, Numbered()) == [(8, "F2026-0008")]
    assert next_numbers(own, Kind.INVOICE, 2026, 0, Numbered()) == []
    assert refused(lambda: next_numbers(own, Kind.INVOICE, 2026, 2, Numbered())) == (
        "numbering.taken"
    )
    with pytest.raises(Refusal) as taken:
        check_free(["F2026-0001", "F2026-0010", "F2026-0009"], Numbered())
    assert taken.value.reason.facts == {"number": "F2026-0010"}


def facts(rule: Callable[[], object]) -> dict[str, object]:
    with pytest.raises(Refusal) as raised:
        rule()
    return {
        name: fact.replace("\u00a0", " ") if isinstance(fact, str) else fact
        for name, fact in raised.value.reason.facts.items()
    }


def test_what_a_refusal_says() -> None:
    late = date(2026, 3, 16)
    assert facts(lambda: check_day(late, TODAY, Dated())) == {
        "day": "16 mars 2026",
        "today": "15 mars 2026",
    }
    early = date(2026, 1, 31)
    last = {"day": "31 janvier 2026", "last": "1er février 2026"}
    assert facts(lambda: check_day(early, TODAY, Dated())) == last
    assert facts(lambda: check_quote_day(early, TODAY, Dated())) == last
    assert facts(lambda: check_quote_day(late, TODAY, Dated())) == {"day": "16 mars 2026"}
    assert facts(lambda: check_exercice(2024, TODAY)) == {
        "exercice": 2024,
        "day": "15 mars 2026",
        "year": 2026,
        "before": 2025,
    }
    years, day = (2025, 2026, 2027), date(2035, 1, 2)
    own = {"today": "2 janvier 2035", "typed": "02/01/2035"}
    assert facts(lambda: check_clock(day, Meetings(), years)) == {**own, "last": "1er février 2026"}
    assert facts(lambda: check_clock(day, Ledger(), years)) == {**own, "year": 2027}
    before = date(2001, 2, 3)
    own = {"today": "3 février 2001", "typed": "03/02/2001"}
    assert facts(lambda: check_clock(before, Ledger(), years)) == {**own, "year": 2025}
