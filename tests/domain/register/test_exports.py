"""What is handed to the finance software, once; what each credit asks of it by what it answered."""

from datetime import date
from decimal import Decimal

import pytest

from books import ROWS, Books
from mutualis.domain.act import Act
from mutualis.domain.issuer.export_fields import Value
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import ExportKind, Nature
from mutualis.domain.register.accounting import (
    CreditEntry,
    TitreState,
    effect_of,
    entry_of,
    titre_state,
    to_enter,
)
from mutualis.domain.register.export_rows import ToExport, to_export
from mutualis.domain.register.records import Exported, Titre
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

DAY = date(2025, 4, 10)
ACT = Act(DAY, "agent", "test", "")
TITRES, REDUCTIONS = ExportKind.TITRES, ExportKind.REDUCTIONS


def part(amount: str | None) -> TakenOff:
    whole = None if amount is None else Decimal(amount)
    return TakenOff(whole, Nature.CORRECTION, "Population comptée deux fois (exemple)")


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """F2025-0001 (456.00), F2025-0002 (304.00), R2025-0001 withheld."""
    return Books(shipped, ROWS).issued(date(2025, 1, 15))


def handed(books: Books, what: ExportKind = TITRES, *, again: bool = False) -> Books:
    """The same once it was exported."""
    found = to_export(what, books.ledger, again=again)
    assert found.repeats is None
    return books.added((Exported(ACT, what, "out/exemple.csv", found.numbers),))


def answered(books: Books, number: str, titre: str = "101", exercice: int = 2025) -> Books:
    siren = books.ledger.by_number[number].commune.siren
    return books.added((Titre(ACT, number, exercice, titre, "", None, siren),))


def seen(found: ToExport) -> tuple[list[tuple[Value, Value]], bool, tuple[str, ...]]:
    rows = [(row["number"], row["amount"]) for row in found.rows]
    return rows, found.repeats is not None, found.unanswered


BOTH = [("F2025-0001", Decimal("456.00")), ("F2025-0002", Decimal("304.00"))]


def test_once(books: Books) -> None:
    assert seen(to_export(TITRES, books.ledger)) == (BOTH, False, ())
    made = handed(books)
    # Typed again after a cut: the same rows, said to be the same.
    assert seen(to_export(TITRES, made.ledger)) == (BOTH, True, ())
    assert seen(to_export(TITRES, made.ledger, again=True)) == (BOTH, True, ())
    # Once the software has answered it was imported: nothing is given twice.
    made = answered(made, "F2025-0001")
    assert seen(to_export(TITRES, made.ledger)) == ([], False, ("F2025-0002",))
    assert seen(to_export(TITRES, made.ledger, again=True)) == (BOTH[1:], False, ())


def test_what_is_new_alone(books: Books) -> None:
    made = handed(books).changed(ROWS[0].code_insee, level="2B").issued(date(2025, 6, 1))
    found = to_export(TITRES, made.ledger)
    # 1 200 x 3.28 - 456.00
    assert seen(found) == (
        [("F2025-0003", Decimal("3480.00"))],
        False,
        ("F2025-0001", "F2025-0002"),
    )
    assert len(to_export(TITRES, made.ledger, again=True).rows) == 3


def test_the_rows_of_a_repeated_export_are_those_of_then(books: Books) -> None:
    made = handed(books).credited("F2025-0001", part("100.00"), DAY)
    assert seen(to_export(TITRES, made.ledger))[:2] == (BOTH, True)
    # --again gives what is due now: it is another export.
    rows, is_same, _ = seen(to_export(TITRES, made.ledger, again=True))
    assert (rows[0][1], is_same) == (Decimal("356.00"), False)


def test_nothing_to_export(books: Books) -> None:
    assert seen(to_export(REDUCTIONS, books.ledger)) == ([], False, ())


@pytest.mark.parametrize(
    ("life", "entry", "words"),
    [
        # -: a correction of 100.00; x: one of all that remains; e: exported; t, u: titre of 2025,
        # of 2024.
        ("-", CreditEntry.INTERNAL, "Aucun titre enregistré"),
        ("-e", CreditEntry.DEDUCTED, "Déduit de l'export du 10/04/2025"),
        ("-et", CreditEntry.DEDUCTED, "rien à annuler"),
        ("e-", CreditEntry.AWAITED, "Facture exportée le 10/04/2025 avant cet avoir"),
        ("e-t", CreditEntry.REDUCED, "Titre 101 de l'exercice 2025 : réduction."),
        ("et-", CreditEntry.REDUCED, "Titre 101 de l'exercice 2025 : réduction."),
        ("t-", CreditEntry.REDUCED, "réduction."),
        ("tx", CreditEntry.CANCELLED, "Titre 101 de l'exercice 2025 : annulation."),
        ("t-x", CreditEntry.CANCELLED, "annulation."),
        ("u-", CreditEntry.CLOSED, "exercice clos 2024 : mandat sur le compte 673."),
        ("ux", CreditEntry.CLOSED, "mandat sur le compte 673."),
        # The last titre recorded is the one.
        ("ut-", CreditEntry.REDUCED, "Titre 101 de l'exercice 2025 : réduction."),
    ],
)
def test_what_a_correction_asks_for(
    life: str, entry: CreditEntry, words: str, books: Books
) -> None:
    made = books
    for step in life:
        if step == "e":
            made = handed(made)
        elif step in "tu":
            made = answered(made, "F2025-0001", exercice=2025 if step == "t" else 2024)
        else:
            made = made.credited("F2025-0001", part("100.00" if step == "-" else None), DAY)
    last = made.ledger.credits[-1]
    assert entry_of(last, made.ledger) is entry
    assert words in effect_of(last, made.ledger)
    is_asked = entry in (CreditEntry.REDUCED, CreditEntry.CANCELLED, CreditEntry.CLOSED)
    assert (last in to_enter(made.ledger)) is is_asked


def test_a_reduction_stays_one_once_the_rest_is_cancelled(books: Books) -> None:
    made = answered(books, "F2025-0001").credited("F2025-0001", part("100.00"), DAY)
    made = made.credited("F2025-0001", part(None), DAY)
    entries = [entry_of(credit, made.ledger) for credit in made.ledger.credits]
    assert entries == [CreditEntry.REDUCED, CreditEntry.CANCELLED]


def test_reductions_still_to_enter(books: Books) -> None:
    made = answered(answered(books, "F2025-0001"), "F2025-0002", "102", 2024)
    made = made.credited("F2025-0001", part("100.00"), DAY)
    made = made.granted("F2025-0001", "56.50", DAY).credited("F2025-0002", part(None), DAY)
    made = made.credited("R2025-0001", part("10.00"), DAY)  # withheld: no titre, nothing to enter
    rows = to_export(REDUCTIONS, made.ledger).rows
    names = ("nature", "number", "account", "amount", "undone", "titre")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("réduction", "A2025-0001", "70875", Decimal("-100.00"), "101", ""),
        ("remise", "A2025-0002", "6577", Decimal("-56.50"), "101", ""),
        ("mandat", "A2025-0003", "673", Decimal("-304.00"), "102", ""),
    ]
    assert rows[0]["subject"] == "Adhésion 2025, niveau 2A, sur le titre 101 de 2025"
    # Its own titre or mandat known, there is nothing more to do.
    made = answered(handed(made, REDUCTIONS), "A2025-0001", "12")
    assert seen(to_export(REDUCTIONS, made.ledger)) == ([], False, ("A2025-0002", "A2025-0003"))
    assert [credit.number for credit in to_enter(made.ledger)] == ["A2025-0002", "A2025-0003"]


def test_a_remise_goes_with_its_invoice_or_alone_after_it(books: Books) -> None:
    before = books.granted("F2025-0001", "56.50", DAY)
    assert to_export(REDUCTIONS, before.ledger).rows == ()
    made = handed(before)
    assert made.ledger.finance.exported("A2025-0001") is not None
    assert to_export(REDUCTIONS, made.ledger).rows == ()
    after = handed(books).granted("F2025-0001", "56.50", DAY)
    assert to_export(REDUCTIONS, after.ledger).numbers == ("A2025-0001",)


def test_what_is_exported_and_not_answered(books: Books) -> None:
    made = answered(handed(books), "F2025-0001")
    assert list(made.ledger.finance.unanswered) == ["F2025-0002"]
    replaced = answered(made, "F2025-0001", "617")
    assert [t.titre for t, _ in replaced.ledger.finance.history("F2025-0001")] == ["101", "617"]
    assert replaced.ledger.titre_of("F2025-0001") == replace(made.ledger.titres[0], titre="617")


def test_what_was_exported_then_cancelled_awaits_its_titre(books: Books) -> None:
    """Its titre is to come, and to be cancelled; it is not exported again, at nothing."""
    made = handed(books).credited("F2025-0001", part(None), DAY)
    assert titre_state(made.claim("F2025-0001"), made.ledger) is TitreState.EXPORTED
    assert seen(to_export(TITRES, made.ledger, again=True))[0] == BOTH[1:]
    made = books.credited("F2025-0001", part(None), DAY)
    assert titre_state(made.claim("F2025-0001"), made.ledger) is TitreState.NEEDLESS
