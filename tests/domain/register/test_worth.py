"""What documents are worth and what recovers them: sums by hand, and the state of each titre."""

from datetime import date
from decimal import Decimal

import pytest

from books import CLAIRMONT, DECISION, FONTAINE, ROWS, VALBOIS, Books
from mutualis.domain.act import Act
from mutualis.domain.communes.debtors import Known
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import Nature
from mutualis.domain.register.accounting import TitreState, titre_state
from mutualis.domain.register.balance import Owned, owned_of, sums_of
from mutualis.domain.register.records import RemiseWithdrawn, Titre
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

ACT = Act(date(2025, 7, 1), "agent", "test", "")
WHOLE = TakenOff(None, Nature.CORRECTION, "Adhésion annulée (exemple)")


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """F2025-0001 (Valbois, 456.00), F2025-0002 (Hautefontaine, 304.00), R2025-0001 (Clairmont)."""
    return Books(shipped, ROWS).issued(date(2025, 1, 15))


def owned(books: Books, code: str) -> list[Owned]:
    known = Known.of(books.communes, 2025)
    return [item for item in owned_of(books.ledger, 2025, known) if item.owner == code]


def sums(books: Books, code: str) -> list[str]:
    """invoiced, withheld, corrected, granted, withdrawn, unqualified, balance."""
    found = sums_of(owned(books, code), books.ledger)
    parts = (found.corrected, found.granted, found.withdrawn, found.unqualified)
    # The balance is what the documents are worth, whatever took them down.
    assert found.balance == sum((o.worth for o in owned(books, code)), Decimal(0))
    return [f"{a:.2f}" for a in (found.invoiced, found.withheld, *parts, found.balance)]


def test_as_issued(books: Books) -> None:
    assert sums(books, VALBOIS) == ["456.00", *["0.00"] * 5, "456.00"]
    assert sums(books, CLAIRMONT) == ["0.00", "7048.00", *["0.00"] * 4, "7048.00"]
    assert sums(books, "25999") == ["0.00"] * 7


def test_what_took_it_down(books: Books) -> None:
    """304 - 50 - 20, of which the 50 are withdrawn, then 800 x 3,28 - 304 + 20 + 50 - 50 = 2 320
    of complement, cancelled."""
    made = books.granted("F2025-0002", "50", date(2025, 4, 10))
    made = made.granted("F2025-0002", "20", date(2025, 4, 11))
    assert sums(made, FONTAINE) == ["304.00", "0.00", "0.00", "70.00", "0.00", "0.00", "234.00"]
    made = made.added((RemiseWithdrawn(ACT, "A2025-0001", DECISION, "Erreur (exemple)"),))
    assert sums(made, FONTAINE) == ["304.00", "0.00", "0.00", "20.00", "50.00", "0.00", "234.00"]
    made = made.changed(FONTAINE, level="2B").issued(date(2025, 7, 2))  # 2 624 - 20 - 234
    made = made.credited("F2025-0003", WHOLE, date(2025, 7, 3))
    assert sums(made, FONTAINE) == [
        *("2674.00", "0.00", "2370.00", "20.00", "50.00", "0.00", "234.00")
    ]


def test_a_credit_of_before_is_neither(books: Books) -> None:
    made = books.granted("F2025-0002", "50", date(2025, 4, 10))
    old = [replace(r, nature=None) if isinstance(r, CreditNote) else r for r in made.ledger.records]
    made = replace(made, ledger=type(made.ledger)(tuple(old), made.ledger.closing))
    assert sums(made, FONTAINE) == ["304.00", "0.00", "0.00", "0.00", "0.00", "50.00", "254.00"]


def titre(invoice: str, number: str = "1234", exercice: int = 2025) -> Titre:
    return Titre(ACT, invoice, exercice, number, "", None)


def state(books: Books, number: str) -> TitreState:
    return titre_state(books.claim(number), books.ledger)


def test_a_titre_is_awaited_then_recorded(books: Books) -> None:
    assert state(books, "F2025-0001") is TitreState.AWAITED
    assert state(books, "R2025-0001") is TitreState.WITHHELD
    made = books.added((titre("F2025-0001"), titre("F2025-0001", "1240")))
    assert state(made, "F2025-0001") is TitreState.RECORDED
    assert [t.titre for t, _ in made.ledger.finance.history("F2025-0001")] == ["1234", "1240"]
    assert made.ledger.finance.history("F2025-0002") == ()


def test_nothing_is_left_for_a_titre(books: Books) -> None:
    """A cancelled invoice needs none, unless it has one; a remise leaves the titre whole."""
    assert (
        state(books.credited("F2025-0001", WHOLE, date(2025, 2, 1)), "F2025-0001")
        is TitreState.NEEDLESS
    )
    made = books.added((titre("F2025-0001"),)).credited("F2025-0001", WHOLE, date(2025, 2, 1))
    assert state(made, "F2025-0001") is TitreState.RECORDED
    granted = books.granted("F2025-0002", "304", date(2025, 4, 10))
    assert granted.ledger.remaining("F2025-0002") == 0
    assert state(granted, "F2025-0002") is TitreState.AWAITED
