"""Statements, what corrects them, remises, and who a document is about: the words and figures of
each paper, alike on its page, its sheet and in its data."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pdfs import pdf_of, plain
from pypdf import PdfReader

from books import CLAIRMONT, DECISION, FONTAINE, HERE, ROWS, VALBOIS, Books
from mutualis.documents.electronic.factur_x import render_xml
from mutualis.documents.paper.paper import Paper, invoice_paper
from mutualis.documents.quotes.credit_note import render_credit
from mutualis.documents.wording.payment import RECTIFIED_PAYMENT, WITHHELD_PAYMENT
from mutualis.domain.communes.movements import Movement, MovementKind
from mutualis.domain.invoices.invoice import Statement
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import Nature
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.workflows.printing import batch_papers, document_path

FIRST = date(2025, 1, 15)
CORRECTION = TakenOff(None, Nature.CORRECTION, "Adhésion annulée (exemple)")


def text_of(paper: Paper) -> str:
    data = pdf_of(paper)
    return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


def all_plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(text) for text in texts)


def adds_up(paper: Paper) -> bool:
    amounts = [row[-1] for row in paper.rows if isinstance(row[-1], Decimal)]
    return sum(amounts) == paper.amount


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """Issued on 15 January: F2025-0001 and 0002 (2A), R2025-0001 (2B, withheld)."""
    return Books(shipped, ROWS).issued(FIRST)


def test_a_statement_has_a_number_and_is_no_invoice(books: Books) -> None:
    paper = books.paper("R2025-0001")
    text = text_of(paper)
    assert paper.heading == "Relevé de retenue n° R2025-0001"
    assert paper.made == "Établi le 15\u00a0janvier\u00a02025"
    assert "Montant retenu 7 048,00 €" in text
    assert WITHHELD_PAYMENT in text
    assert "factur" not in text.lower()
    assert (paper.electronic, paper.terms) == (None, ())
    assert adds_up(paper)


def test_no_terms_of_payment_on_a_statement(books: Books) -> None:
    plan, line = books.plan_of("R2025-0001")
    paid = replace(books.workspace.issuer, iban="FR7630001007941234567890185", due_days=30)
    assert invoice_paper(plan, line, paid, FIRST).terms == ()
    invoice = invoice_paper(plan, plan.invoices[0], paid, FIRST)
    assert len(invoice.terms) == 2


def test_a_statement_without_number(books: Books) -> None:
    """A draft, and one of a register of before, say so as they did."""
    plan, line = books.plan_of("R2025-0001")
    bare = replace(line, number=None)
    before = invoice_paper(replace(plan, withheld=(bare,)), bare, books.workspace.issuer, FIRST)
    assert before.heading == "Relevé de retenue 2025"
    assert before.made.endswith(" : un relevé n'a pas de numéro")
    draft = invoice_paper(replace(plan, issue=None), bare, books.workspace.issuer, FIRST)
    assert draft.made.startswith("Brouillon établi")
    assert draft.stamp == "BROUILLON"


def test_a_statement_corrected_in_part(books: Books) -> None:
    after = books.changed(CLAIRMONT, level="2A").issued(date(2025, 6, 20))
    paper = after.paper("R2025-0002")
    text = text_of(paper)
    assert "Relevé rectificatif n° R2025-0002" in text
    assert "Objet : rectification du relevé de retenue n° R2025-0001 du 15 janvier 2025" in text
    # 3 142 x 0.38 - 7 048.00
    assert paper.amount == Decimal("-5854.04")
    assert "Montant de la rectification -5 854,04 €" in text
    assert "Arrêté à la somme de : cinq mille huit cent cinquante-quatre euros" in text
    assert "Retenue 2025, services mutualisés, niveau 2B : 7 048,00 € retenus" in text
    assert not {"Adhésion", "TVA"} & set(text.split())
    assert RECTIFIED_PAYMENT in text
    assert "factur" not in text.lower()
    assert "annule" not in text.lower()
    assert paper.electronic is None


def test_a_statement_brought_to_nothing(books: Books) -> None:
    paper = books.credited("R2025-0001", CORRECTION, date(2025, 6, 20)).paper("R2025-0002")
    assert paper.subject.startswith("annule et remplace le relevé de retenue n° R2025-0001 du ")
    assert paper.reasons[0] == "Motif : Adhésion annulée (exemple)"
    assert paper.reasons[1].startswith("Il ne reste rien à retenir")


def test_a_remise_on_a_statement(books: Books) -> None:
    paper = books.granted("R2025-0001", "7048", date(2025, 6, 20)).paper("R2025-0002")
    assert paper.heading == "Relevé rectificatif n° R2025-0002 (remise)"
    assert paper.subject.startswith("remise sur le relevé de retenue n° R2025-0001 du ")
    assert paper.reasons[0] == f"Remise accordée par {DECISION}."


def test_the_statement_of_a_register_of_before_is_named_by_its_batch(books: Books) -> None:
    made = books.credited("R2025-0001", CORRECTION, date(2025, 6, 20))
    claim, credit = made.claim("R2025-0001"), made.ledger.credits[-1]
    assert isinstance(claim, Statement)
    legacy = replace(claim, number="lot 1/25903", series="", rank=0)
    (sheet,) = load_workbook(BytesIO(render_credit(credit, legacy, None))).worksheets
    cells = [cell.value for line in sheet.iter_rows() for cell in line if cell.value]
    subject = (
        "annule et remplace le relevé de retenue 2025 (lot 1/25903) du 15\u00a0janvier\u00a02025"
    )
    assert f"Objet : {subject}" in cells
    # Nothing is written over the frame that says how it is paid.
    assert cells.index(RECTIFIED_PAYMENT) < cells.index("Pour Grand Besançon Métropole")


def test_what_a_credit_note_is(books: Books) -> None:
    """What is asked by itself takes all that remains; a regularisation reduces."""
    made = books.granted("F2025-0001", "56.50", date(2025, 2, 2))
    made = made.credited("F2025-0001", CORRECTION, date(2025, 2, 3))
    made = made.changed(FONTAINE, municipal_population=700).issued(date(2025, 2, 4))
    made = made.changed(FONTAINE, level="").issued(date(2025, 2, 5))
    papers = [made.paper(f"A2025-000{rank}") for rank in (1, 2, 3, 4)]
    assert [(paper.heading, paper.amount) for paper in papers] == [
        ("Avoir n° A2025-0001 (remise)", Decimal("-56.50")),
        ("Avoir n° A2025-0002 (annulation)", Decimal("-399.50")),
        ("Avoir n° A2025-0003 (réduction)", Decimal("-38.00")),
        ("Avoir n° A2025-0004 (réduction)", Decimal("-266.00")),
    ]
    assert [paper.subject.split(" du ")[0] for paper in papers[:3]] == [
        "remise sur la facture n° F2025-0001",
        "annulation de la facture n° F2025-0001",
        "réduction de la facture n° F2025-0002",
    ]
    granted = (f"Remise accordée par {DECISION}.", "Motif : Sécheresse de l'été (exemple)")
    assert papers[0].reasons[:2] == granted
    assert papers[1].reasons[0] == "Motif : Adhésion annulée (exemple)"
    for paper in papers:
        assert paper.electronic is not None
        assert paper.electronic.amount == -paper.amount


def test_a_regularisation_of_the_whole_cancels(books: Books) -> None:
    made = books.changed(FONTAINE, level="").issued(date(2025, 2, 4))
    assert made.paper("A2025-0001").heading == "Avoir n° A2025-0001 (annulation)"


def test_a_partial_one_of_before_is_worded_as_then(books: Books) -> None:
    made = books.credited("F2025-0001", replace(CORRECTION, amount=Decimal(1)), date(2025, 2, 1))
    before = replace(made.ledger.credits[-1].issuer, legal=None)
    credit = replace(
        made.ledger.credits[-1], nature=None, effect="Aucun titre enregistré.", issuer=before
    )
    paper = books.added((credit,)).paper("A2025-0001")
    assert paper.heading == "Avoir n° A2025-0001"
    assert paper.subject.startswith("annulation partielle de la facture n° F2025-0001 du ")
    assert paper.reasons[-1] == "Aucun titre enregistré."


def test_a_complement_takes_off_what_was_granted_and_claimed(books: Books) -> None:
    made = books.granted("F2025-0002", "50", date(2025, 4, 10))
    made = made.changed(FONTAINE, level="2B").issued(date(2025, 6, 1))
    paper = made.paper("F2025-0003")
    # 800 x 3.28; 304.00 - 50.00 stands
    assert [row[-1] for row in paper.rows] == [Decimal(a) for a in ("2624.00", "-50", "-254.00")]
    assert [row[0] for row in paper.rows[1:]] == ["Remise accordée", "Déjà compté (n° F2025-0002)"]
    assert paper.amount == Decimal("2320.00")
    assert adds_up(paper)
    (calculation,) = (text for text in all_plain(paper.reasons) if text.startswith("Calcul"))
    assert calculation.endswith(
        "; moins 50,00 € de remise accordée ; moins 254,00 € déjà comptés (F2025-0002)."
    )
    assert paper.electronic is not None
    assert paper.electronic.amount == paper.amount
    assert b"F2025-0002" in render_xml(paper.electronic)


def test_a_second_complement_names_both(books: Books) -> None:
    made = books.changed(FONTAINE, municipal_population=900).issued(date(2025, 6, 1))
    made = made.changed(FONTAINE, municipal_population=1000).issued(date(2025, 7, 1))
    paper = made.paper("F2025-0004")
    assert paper.rows[-1][0] == "Déjà compté (n° F2025-0002, F2025-0003)"
    assert paper.electronic is not None
    preceding = [number for number, _ in paper.electronic.preceding]
    assert preceding == ["F2025-0002", "F2025-0003"]


def test_a_complement_of_a_statement_invoices_nothing(books: Books) -> None:
    made = books.changed(CLAIRMONT, level="2A").issued(date(2025, 6, 20))
    made = made.changed(CLAIRMONT, level="2B").issued(date(2025, 7, 1))
    paper = made.paper("R2025-0003")
    assert paper.amount == Decimal("5854.04")
    assert adds_up(paper)
    assert "factur" not in text_of(paper).lower()


def test_a_remise_above_what_is_due_leaves_nothing_below_zero(books: Books) -> None:
    plan, line = books.plan_of("F2025-0002")
    over = replace(line, granted=Decimal(500), deducted=Decimal(0))
    paper = invoice_paper(plan, over, books.workspace.issuer, FIRST)
    assert [row[-1] for row in paper.rows] == [Decimal("304.00"), Decimal("-304.00")]
    assert adds_up(paper)


MERGED = Movement(
    *(date(2026, 1, 1), MovementKind.MERGER, VALBOIS, "Valbois", FONTAINE, "Hautefontaine"),
    *("exemple", HERE),
)
CONCERNED = "Commune concernée : Valbois (25901), devenue Hautefontaine (25902)."


def test_the_debtor_and_the_commune_billed_are_both_named(shipped: Workspace) -> None:
    rows = tuple(row for row in ROWS if row.code_insee != FONTAINE)
    heir = replace(ROWS[1], year=2026)
    made = Books(shipped, (*rows, heir), movements=(MERGED,)).issued(date(2026, 2, 3))
    made = made.credited("F2025-0001", CORRECTION, date(2026, 3, 1))
    for number in ("F2025-0001", "A2025-0001"):
        paper = made.paper(number)
        assert paper.commune.name == "Hautefontaine"
        assert paper.subject.endswith(", commune de Valbois")
        assert paper.title.endswith(" - Hautefontaine (pour Valbois)")
        assert CONCERNED in paper.reasons
        assert CONCERNED in text_of(paper)
        assert paper.electronic is not None
        assert CONCERNED in render_xml(paper.electronic).decode()
    (sheet,) = load_workbook(
        BytesIO(render_credit(made.ledger.credits[0], made.claim("F2025-0001"), None))
    ).worksheets
    assert any(cell.value == CONCERNED for line in sheet.iter_rows() for cell in line)


def test_a_debtor_of_several_communes_names_each(shipped: Workspace) -> None:
    made = Books(shipped, ROWS, movements=(MERGED,)).issued(date(2026, 2, 3))
    paper = made.paper("F2025-0001")
    assert paper.amount == Decimal("760.00")  # 1 200 x 0.38 + 800 x 0.38
    assert paper.reasons[0] == CONCERNED


def test_another_person_under_the_same_code(books: Books) -> None:
    plan, line = books.plan_of("F2025-0001")
    billed = line.commune
    for person, said in (
        (
            replace(billed, siren="934280017"),
            "Débiteur : Valbois, SIREN 934 280 017, qui a succédé à Valbois, SIREN 219 000 015.",
        ),
        (
            replace(billed, name="Valbois-les-Monts"),
            "Commune concernée : Valbois, devenue Valbois-les-Monts.",
        ),
        (replace(billed, address="2 rue Neuve"), "Population municipale"),
    ):
        moved = replace(line, commune=person, billed=billed)
        paper = invoice_paper(plan, moved, books.workspace.issuer, FIRST)
        assert all_plain(paper.reasons)[0].startswith(said)
        assert "commune de" not in paper.subject
    # A SIREN that was not known yet is no other person.
    moved = replace(line, billed=replace(billed, siren=""))
    paper = invoice_paper(plan, moved, books.workspace.issuer, FIRST)
    assert paper.reasons[0].startswith("Population municipale")


def test_file_names(books: Books) -> None:
    plan, line = books.plan_of("R2025-0001")
    issuer = books.workspace.issuer
    named = [path.name for path, _ in batch_papers(Path(), plan, issuer, FIRST)]
    assert named == [
        "F2025-0001_Valbois.pdf",
        "F2025-0002_Hautefontaine.pdf",
        "R2025-0001_Clairmont.pdf",
    ]
    drafted = replace(plan, withheld=(replace(line, number=None),), issue=None)
    assert batch_papers(Path(), drafted, issuer, FIRST)[-1][0].name == "AC-25903_Clairmont.pdf"
    claim = books.claim("R2025-0001")
    assert document_path(Path("lot.xlsx"), claim).name == "R2025-0001_Clairmont.pdf"
    assert isinstance(claim, Statement)
    legacy = replace(claim, number="lot 1/25903", series="")
    assert document_path(Path("lot.xlsx"), legacy).name == "AC-25903_Clairmont.pdf"
