"""What a titre may be by itself, and beside the others: one number has one debtor."""

from datetime import date

import pytest

from books import ROWS, Books
from mutualis.domain.act import Act
from mutualis.domain.invoices.invoice import Invoice
from mutualis.domain.kinds import Nature
from mutualis.domain.register.records import Titre
from mutualis.domain.register.titre_rules import (
    faults_of,
    has_titre,
    is_mandated,
    series_of,
    sharing,
)
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

KNOWN = date(2026, 3, 10)
ACT = Act(KNOWN, "agent", "test", "")


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """F2025-0001 and F2025-0002 of 15 January 2025, R2025-0001 withheld."""
    return Books(shipped, ROWS).issued(date(2025, 1, 15))


@pytest.fixture
def invoice(books: Books) -> Invoice:
    return books.ledger.invoices[0]


def titre(exercice: int, day: str | None = None, number: str = "500") -> Titre:
    own = None if day is None else date.fromisoformat(day)
    return Titre(ACT, "F2025-0001", exercice, number, "", own, "212590103")


@pytest.mark.parametrize(
    ("exercice", "day", "codes"),
    [
        # The day of the document is the first, the 31 January after the exercice the last.
        (2025, "2025-01-14", ["before_document"]),
        (2025, "2025-01-15", []),
        (2025, "2025-12-31", []),
        (2025, "2026-01-31", []),
        (2025, "2026-02-01", ["outside_exercice"]),
        (2026, "2025-12-31", ["outside_exercice"]),
        (2026, "2026-01-01", []),
        # Known on 10 March 2026: that day is not to come.
        (2026, "2026-03-10", []),
        (2026, "2026-03-11", ["to_come"]),
        (2026, None, []),
        (2027, None, ["exercice_to_come"]),
        (2999, None, ["exercice_to_come"]),
        (2024, None, ["before_exercice"]),
        (2024, "2024-06-01", ["before_exercice", "before_document"]),
        (2025, None, []),
    ],
)
def test_a_titre_is_of_its_exercice(
    exercice: int, day: str | None, codes: list[str], invoice: Invoice
) -> None:
    found = faults_of(titre(exercice, day), invoice, "F2025-0001")
    assert [reason.code.removeprefix("titres.") for reason in found] == codes


def test_the_exercice_is_the_document_s_own_whatever_year_it_bills(invoice: Invoice) -> None:
    """Billed for 2026, issued in 2025: its exercice is 2025, and so may be its titre's."""
    ahead = replace(invoice, year=2026)
    assert list(faults_of(titre(2025, "2025-01-20"), ahead, "")) == []


def test_what_is_withheld_has_no_titre(books: Books) -> None:
    assert [has_titre(document) for document in books.ledger.documents] == [True, True, False]
    assert not has_titre(None)


CASES = [
    # number and exercice of the other titre, whether it is the same one
    ("500", 2025, True),
    ("0500", 2025, True),
    ("501", 2025, False),
    ("500", 2026, False),
]


@pytest.mark.parametrize(("number", "exercice", "same"), CASES)
def test_a_number_is_of_an_exercice(number: str, exercice: int, same: bool) -> None:
    own, other = titre(2025), replace(titre(exercice, None, number), document="F2025-0002")
    last = {one.document: one for one in (own, other)}
    pairs = list(sharing(last, {"F2025-0002"}, lambda _: "titre"))
    assert pairs == ([(other, own)] if same else [])
    # A mandat may bear the number of a titre; what was known before is not told again.
    assert list(sharing(last, {"F2025-0002"}, lambda number: number)) == []
    assert list(sharing(last, set(), lambda _: "titre")) == []


@pytest.mark.parametrize(
    ("nature", "exercice", "day", "own", "mandated"),
    [
        (Nature.REMISE, None, "2025-04-10", 2025, True),
        (Nature.CORRECTION, None, "2025-04-10", 2025, False),
        (Nature.CORRECTION, 2025, "2025-04-10", 2025, False),
        (Nature.CORRECTION, 2024, "2025-04-10", 2025, True),
        # Of the exercice 2025 still, in January 2026; after it 2025 is closed, whatever it says.
        (Nature.CORRECTION, 2025, "2026-01-31", 2025, False),
        (Nature.CORRECTION, 2025, "2026-02-01", 2025, True),
    ],
)
def test_when_a_mandat_pays_a_credit(
    nature: Nature, exercice: int | None, day: str, own: int, mandated: bool, books: Books
) -> None:
    credit = books.granted("F2025-0001", "50", date(2025, 4, 10)).ledger.credits[0]
    act = replace(credit.act, day=date.fromisoformat(day))
    credit = replace(credit, act=act, exercice=own, nature=nature)
    known = None if exercice is None else titre(exercice)
    assert is_mandated(credit, nature, known) is mandated
    assert series_of(credit, nature, known) == ("mandat" if mandated else "reduction")
