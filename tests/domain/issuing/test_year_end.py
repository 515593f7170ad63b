"""What belongs to the accounts of a year, whenever it is issued: figures by hand.

Valbois 1 200 × 0,38 = 456,00 and Hautefontaine 800 × 0,38 = 304,00 by titre, 760,00; Clairmont at
its cap of 7 048,00, withheld.
"""

from datetime import date
from decimal import Decimal

import pytest

from books import FONTAINE, ROWS, VALBOIS, Books
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.issuing.year_end import attached, deferred, in_accounts_of
from mutualis.domain.kinds import Nature
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

DAY = date(2026, 2, 10)
Found = list[tuple[bool, str, str, str]]
ALL_DUE: Found = [(False, "760.00", "0", "0"), (True, "7048.00", "0", "0")]


@pytest.fixture
def books(shipped: Workspace) -> Books:
    return Books(shipped, ROWS)


def to_attach(books: Books, exercice: int = 2025) -> Found:
    """(withheld, to attach, to correct, below the minimum) of the memberships of 2025."""
    grid = replace(books.workspace.tariffs.grids[2025], act="Délibération d'exemple")
    tariffs = replace(books.workspace.tariffs, grids={2025: grid})
    ledger = in_accounts_of(books.ledger, exercice)
    plan = plan_issue(books.communes, tariffs, 2025, ledger, DAY)
    found = attached(ledger, plan, exercice, books.workspace.issuer)
    assert {item.account for item in found} <= {"70875"}
    return [
        (item.withheld, str(item.amount), str(item.corrections), str(item.below_minimum))
        for item in found
    ]


def test_what_no_document_claims(books: Books) -> None:
    assert to_attach(books) == ALL_DUE


def test_what_is_issued_in_the_year(books: Books) -> None:
    assert to_attach(books.issued(date(2025, 12, 31))) == []


def test_what_is_issued_after_the_year_is_still_to_attach(books: Books) -> None:
    late = books.issued(date(2026, 1, 15))
    assert to_attach(late) == ALL_DUE
    assert to_attach(late, 2026) == []
    assert deferred(in_accounts_of(late.ledger, 2026), 2026) == ()


def test_what_is_taken_off_after_the_year_stays_in_its_accounts(books: Books) -> None:
    issued = books.issued(date(2025, 6, 1))
    off = TakenOff(Decimal("456.00"), Nature.CORRECTION, "Exemple")
    credited = issued.credited("F2025-0001", off, date(2026, 1, 20))
    assert to_attach(credited) == []
    assert to_attach(credited, 2026) == [(False, "456.00", "0", "0")]


def test_what_is_to_correct_and_what_is_too_small(books: Books) -> None:
    """Valbois loses 200 × 0,38 = 76,00; Hautefontaine gains 20 × 0,38 = 7,60, below 15,00."""
    issued = books.issued(date(2025, 6, 1))
    moved = issued.changed(VALBOIS, municipal_population=1000)
    moved = moved.changed(FONTAINE, municipal_population=820)
    assert to_attach(moved) == [(False, "0", "-76.00", "7.60")]


def test_what_is_issued_before_the_year_is_known_in_advance(books: Books) -> None:
    early = books.issued(date(2024, 12, 15))
    found = deferred(in_accounts_of(early.ledger, 2024), 2024)
    assert [(item.year, item.withheld, str(item.amount)) for item in found] == [
        (2025, False, "760.00"),
        (2025, True, "7048.00"),
    ]
    assert deferred(in_accounts_of(early.ledger, 2025), 2025) == ()
    assert to_attach(early) == []
