"""What the finance software is given: titres less corrections, remises apart, fees withheld."""

from datetime import date
from decimal import Decimal

import pytest

from books import CLAIRMONT, DECISION, FONTAINE, ROWS, Books
from mutualis.domain.act import Act
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuer.export_fields import Value
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import Nature
from mutualis.domain.register import export_rows as exports
from mutualis.domain.register.accounting import effect_of, titre_amount
from mutualis.domain.register.export_rows import Row
from mutualis.domain.register.records import CreditQualified, RemiseWithdrawn, Titre
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

LATER = date(2025, 4, 10)
ACT = Act(LATER, "agent", "test", "")
PART = TakenOff(Decimal("100.00"), Nature.CORRECTION, "Population comptée deux fois (exemple)")


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """F2025-0001 (456.00), F2025-0002 (304.00), and R2025-0001 (7 048.00) withheld."""
    return Books(shipped, ROWS).issued(date(2025, 1, 15))


def seen(row: Row) -> tuple[Value, ...]:
    return tuple(row[name] for name in ("nature", "number", "account", "amount"))


def titre(number: str, exercice: int) -> Titre:
    return Titre(ACT, number, exercice, "101", "12", LATER)


def test_a_titre_is_less_its_corrections_and_a_remise_stands_apart(books: Books) -> None:
    made = books.credited("F2025-0001", PART, LATER).granted("F2025-0001", "56.50", LATER)
    rows = list(exports.awaiting_titre(made.ledger))
    assert [seen(row) for row in rows] == [
        ("facture", "F2025-0001", "70875", Decimal("356.00")),
        ("remise", "A2025-0002", "6577", Decimal("-56.50")),
        ("facture", "F2025-0002", "70875", Decimal("304.00")),
    ]
    assert rows[1]["subject"] == "Adhésion 2025, niveau 2A, remise sur F2025-0001"
    assert titre_amount(made.ledger.invoices[0], made.ledger) == Decimal("356.00")


def test_a_remise_of_the_whole_leaves_its_titre_whole(books: Books) -> None:
    rows = exports.awaiting_titre(books.granted("F2025-0001", "456.00", LATER).ledger)
    assert [row["amount"] for row in rows] == [Decimal(a) for a in ("456.00", "-456.00", "304.00")]


def test_what_is_cancelled_or_has_its_titre_awaits_nothing(books: Books) -> None:
    made = books.credited("F2025-0001", replace(PART, amount=None), LATER)
    made = made.granted("F2025-0002", "50", LATER).added((titre("F2025-0002", 2025),))
    assert list(exports.awaiting_titre(made.ledger)) == []


def test_a_remise_withdrawn_stays_a_row(books: Books) -> None:
    """What is due again is another invoice: all of them still come to the 304.00 of the year."""
    made = books.granted("F2025-0002", "50", LATER)
    made = made.added((RemiseWithdrawn(ACT, "A2025-0001", DECISION, "Retrait (exemple)"),))
    made = made.issued(date(2025, 6, 1))
    rows = [row for row in exports.awaiting_titre(made.ledger) if row["code_insee"] == FONTAINE]
    assert [row["amount"] for row in rows] == [Decimal(a) for a in ("304.00", "-50", "50.00")]


def test_a_partial_credit_of_before_is_taken_off_until_it_is_qualified(books: Books) -> None:
    made = books.credited("F2025-0001", PART, LATER)
    before = replace(made.ledger.credits[0], nature=None)
    old = books.added((before,))
    assert next(exports.awaiting_titre(old.ledger))["amount"] == Decimal("356.00")
    told = old.added((CreditQualified(ACT, before.number, Nature.REMISE),))
    assert [seen(r)[3] for r in exports.awaiting_titre(told.ledger)][:2] == [456, -100]


def test_no_account_of_a_remise_in_an_issuer_of_before(books: Books) -> None:
    made = books.granted("F2025-0001", "56.50", LATER)
    accounts = {name: n for name, n in made.workspace.issuer.accounts.items() if name != "remise"}
    issuer = replace(made.workspace.issuer, accounts=accounts)
    old = books.added((replace(made.ledger.credits[0], issuer=issuer),))
    assert [row["account"] for row in exports.awaiting_titre(old.ledger)][1] == "6577"


def test_everything_but_the_fees_withheld(books: Books) -> None:
    made = books.credited("R2025-0001", PART, LATER).granted("F2025-0001", "56.50", LATER)
    made = made.added((titre("F2025-0001", 2025),))
    rows = list(exports.all_documents(made.ledger))
    assert [row["undone"] for row in rows] == ["", "", "101"]
    assert [(row["nature"], row["number"], row["titre"]) for row in rows] == [
        ("facture", "F2025-0001", "101"),
        ("facture", "F2025-0002", ""),
        ("remise", "A2025-0001", ""),
    ]


@pytest.mark.parametrize(
    ("level", "left", "off"),
    [("2A", "1193.96", "-5854.04"), ("", "0.00", "-7048.00")],
)
def test_a_withheld_fee_corrected(level: str, left: str, off: str, books: Books) -> None:
    """The case « withheld-fee-cannot-be-corrected »: 3 142 x 0.38 is left, or nothing."""
    made = books.changed(CLAIRMONT, level=level).issued(date(2025, 6, 20))
    rows = list(exports.withheld(made.ledger))
    assert [seen(row) for row in rows] == [
        ("retenue sur AC", "R2025-0001", "70875", Decimal("7048.00")),
        ("rectification de retenue sur AC", "R2025-0002", "70875", Decimal(off)),
    ]
    assert sum(Decimal(str(row["amount"])) for row in rows) == Decimal(left)


def test_fees_withheld_before_have_no_number(books: Books) -> None:
    first, *rest = books.ledger.records
    assert isinstance(first, Batch)
    _, line = books.plan_of("R2025-0001")
    old = replace(first, withheld=(replace(line, number=None),), statements=0)
    kept = [record for record in rest if record not in books.ledger.statements]
    before = replace(books, ledger=replace(books.ledger, records=(old, *kept)))
    made = before.credited("lot 1/25903", PART, LATER)
    assert [seen(row) for row in exports.withheld(made.ledger)] == [
        ("retenue sur AC", "", "70875", Decimal("7048.00")),
        ("rectification de retenue sur AC", "R2025-0001", "70875", Decimal("-100.00")),
    ]


@pytest.mark.parametrize(
    ("exercice", "words"),
    [
        (None, "Aucun titre enregistré : annulation interne"),
        (2025, "Titre 101 de l'exercice 2025 : réduction."),
        (2024, "exercice clos 2024 : mandat sur le compte 673."),
    ],
)
def test_what_a_correction_means_by_the_titres_now_known(
    exercice: int | None, words: str, books: Books
) -> None:
    made = books.credited("F2025-0001", PART, LATER)
    if exercice is not None:
        made = made.added((titre("F2025-0001", exercice),))
    assert words in effect_of(made.ledger.credits[0], made.ledger)


def test_a_remise_is_paid_and_a_statement_has_no_titre(books: Books) -> None:
    made = books.granted("F2025-0001", "56.50", LATER).added((titre("F2025-0001", 2024),))
    assert "mandat sur le compte 6577" in effect_of(made.ledger.credits[0], made.ledger)
    made = books.credited("R2025-0001", PART, LATER)
    assert "aucun titre" in effect_of(made.ledger.credits[0], made.ledger)
    made = books.granted("R2025-0001", "48", LATER)
    said = effect_of(made.ledger.credits[0], made.ledger)
    assert "mandat" not in said
    assert "aucun titre, le compte 6577" in said
