"""`register list`, `show` and `render` of statements, of what takes off a claim, of heirs."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from books import CLAIRMONT, DECISION, FONTAINE, ROWS, Books
from conftest import Cli
from mutualis.domain.act import Act
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import Nature
from mutualis.domain.register.records import RemiseWithdrawn
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.register import store

ACT = Act(date(2025, 7, 1), "agent", "test", "")
WHOLE = TakenOff(None, Nature.CORRECTION, "Adhésion annulée (exemple)")
Stored = Callable[[Books], None]


@pytest.fixture
def stored(folder: Path) -> Stored:
    return lambda books: store.append(folder, lambda _: books.ledger.records)  # type: ignore[return-value]


@pytest.fixture
def books(shipped: Workspace) -> Books:
    """A year with a remise, withdrawn since, a complement, a withheld fee corrected twice, an
    invoice cancelled: F2025-0001 (Valbois), F2025-0002 (Hautefontaine), R2025-0001 (Clairmont)."""
    made = Books(shipped, ROWS).issued(date(2025, 1, 15))
    made = made.granted("F2025-0002", "50", date(2025, 4, 10))
    made = made.changed(FONTAINE, level="2B").issued(date(2025, 6, 1))
    made = made.changed(CLAIRMONT, level="2A").issued(date(2025, 6, 20))
    made = made.granted("R2025-0001", "100", date(2025, 6, 21))
    made = made.credited("F2025-0003", WHOLE, date(2025, 6, 22))
    made = made.credited("F2025-0001", WHOLE, date(2025, 6, 23))
    return made.added((RemiseWithdrawn(ACT, "A2025-0001", DECISION, "Erreur (exemple)"),))


def lines_of(text: str) -> str:
    """On one line, so that a folded cell is found."""
    return " ".join(text.replace("\u00a0", " ").split())


def test_list(books: Books, stored: Stored, folder: Path, cli: Cli) -> None:
    stored(books)
    documents = cli("register", "list", "--json").json["documents"]
    assert [(d["number"], d["kind"], d["nature"], d["refers_to"]) for d in documents] == [
        ("F2025-0001", "invoice", None, None),
        ("F2025-0002", "invoice", None, None),
        ("R2025-0001", "statement", None, None),
        ("A2025-0001", "credit", "remise", "F2025-0002"),
        ("F2025-0003", "invoice", None, "F2025-0002"),
        ("R2025-0002", "statement", "correction", "R2025-0001"),
        ("R2025-0003", "statement", "remise", "R2025-0001"),
        ("A2025-0002", "credit", "correction", "F2025-0003"),
        ("A2025-0003", "credit", "correction", "F2025-0001"),
    ]
    assert {d["billed"] for d in documents} == {None}
    shown = cli("register", "list").out
    for kind in ("facture", "relevé", "relevé rectificatif", "avoir"):
        assert kind.split()[-1] in shown
    for effect in ("(remise)", "(réduction)", "(annulation)"):
        assert effect in shown


def test_show_a_statement(books: Books, stored: Stored, cli: Cli) -> None:
    stored(books)
    shown = lines_of(cli("register", "show", "R2025-0001").out)
    assert shown.startswith("Relevé R2025-0001 du 15 janvier 2025")
    assert "Réduction R2025-0002 : -5 854,04 €, niveau 2B → 2A" in shown
    assert "Remise R2025-0003 : -100,00 €, Sécheresse de l'été (exemple)" in shown
    assert "Reste à retenir 1 093,96 €" in shown  # 7 048.00 - 5 854.04 - 100.00
    answer = cli("register", "show", "R2025-0001", "--json").json
    assert (answer["kind"], answer["remaining"], answer["titre"]) == ("statement", "1093.96", None)
    assert [credit["nature"] for credit in answer["credits"]] == ["correction", "remise"]


def test_show_a_negative_statement(books: Books, stored: Stored, cli: Cli) -> None:
    stored(books)
    shown = lines_of(cli("register", "show", "R2025-0002").out)
    assert shown.startswith("Relevé rectificatif R2025-0002")
    assert "Réduction sur R2025-0001 : niveau 2B → 2A" in shown
    assert "aucun titre, rien à annuler" in shown
    assert cli("register", "show", "R2025-0002", "--json").json["remaining"] is None


def test_show_an_invoice_with_a_remise(books: Books, stored: Stored, cli: Cli) -> None:
    stored(books)
    shown = lines_of(cli("register", "show", "F2025-0002").out)
    assert "Titre à émettre 304,00 €, remises à mandater à part" in shown
    assert "Complété par F2025-0003 : 2 320,00 €" in shown
    assert f"(retirée, {DECISION} : Erreur (exemple))" in shown
    assert "Reste dû 254,00 €" in shown
    assert "Complète F2025-0002" in lines_of(cli("register", "show", "F2025-0003").out)


def test_show_a_remise(books: Books, stored: Stored, cli: Cli) -> None:
    stored(books)
    shown = lines_of(cli("register", "show", "A2025-0001").out)
    assert "Remise sur F2025-0002 : Sécheresse de l'été (exemple)" in shown
    assert f"Décision {DECISION}" in shown
    assert f"Remise retirée {DECISION} : Erreur (exemple)" in shown
    assert "mandat sur le compte 6577" in shown
    answer = cli("register", "show", "A2025-0001", "--json").json
    assert (answer["decision"], answer["withdrawn"]) == (DECISION, True)


def test_what_a_credit_means_changes_with_the_titres(
    books: Books, stored: Stored, cli: Cli
) -> None:
    stored(books)
    assert "Aucun titre" in cli("register", "show", "A2025-0002", "--json").json["accounting"]
    cli("register", "titres", "F2025-0003", "77", "--exercice", "2025")
    now = cli("register", "show", "A2025-0002", "--json").json["accounting"]
    assert "Titre 77 de l'exercice 2025" in now


def test_a_credit_to_be_qualified(books: Books, stored: Stored, cli: Cli) -> None:
    first = Books(books.workspace, ROWS).issued(date(2025, 1, 15))
    part = first.credited("F2025-0001", replace(WHOLE, amount=Decimal(1)), date(2025, 2, 1))
    stored(first.added((replace(part.ledger.credits[0], nature=None),)))
    assert "qualifier)" in cli("register", "list").out
    shown = lines_of(cli("register", "show", "A2025-0001").out)
    assert "mutualis credit A2025-0001 --qualify remise|correction" in shown
    assert cli("register", "show", "A2025-0001", "--json").json["nature"] is None


def test_the_commune_billed(books: Books, stored: Stored, cli: Cli) -> None:
    first = Books(books.workspace, ROWS).issued(date(2025, 1, 15))
    batch, one, *others = first.ledger.records
    assert isinstance(one, MembershipInvoice)
    moved = replace(one, commune=ROWS[1], billed=ROWS[0])
    stored(replace(first, ledger=replace(first.ledger, records=(batch, moved, *others))))
    (billed,) = {
        tuple((d["billed"] or {}).values())
        for d in cli("register", "list", "--json").json["documents"]
        if d["number"] == "F2025-0001"
    }
    assert billed == ("25901", "Valbois", "219000015")
    shown = lines_of(cli("register", "show", "F2025-0001").out)
    assert "Commune concernée Valbois (25901), SIREN 219000015" in shown


def test_a_fee_withheld_before(books: Books, stored: Stored, folder: Path, cli: Cli) -> None:
    first = Books(books.workspace, ROWS).issued(date(2025, 1, 15))
    (statement,) = first.ledger.statements
    line = statement.line
    assert line is not None
    (batch,) = first.ledger.batches
    old = replace(batch, withheld=(replace(line, number=None),), statements=0)
    kept = [r for r in first.ledger.records[1:] if r not in first.ledger.statements]
    stored(replace(first, ledger=replace(first.ledger, records=(old, *kept))))
    numbers = [d["number"] for d in cli("register", "list", "--json").json["documents"]]
    assert numbers == ["lot 1/25903", "F2025-0001", "F2025-0002"]
    shown = lines_of(cli("register", "show", "Lot 1/25903 ").out)
    assert "Reste à retenir 7 048,00 €" in shown
    assert cli("register", "render", "lot 1/25903").code == 0
    assert (folder / "out/2025/lot-01/pdf/AC-25903_Clairmont.pdf").exists()
    assert cli("register", "show", "lot 2/25903").code == 3


def test_render(books: Books, stored: Stored, folder: Path, cli: Cli) -> None:
    stored(books)
    for number, file in (
        ("R2025-0001", "lot-01/pdf/R2025-0001_Clairmont.pdf"),
        ("R2025-0002", "lot-03/pdf/R2025-0002_Clairmont.pdf"),
        ("R2025-0003", "avoirs/R2025-0003.pdf"),
        ("A2025-0001", "avoirs/A2025-0001.pdf"),
    ):
        answer = cli("register", "render", number)
        assert answer.code == 0
        assert (folder / "out/2025" / file).exists()


def test_export(books: Books, stored: Stored, folder: Path, cli: Cli) -> None:
    stored(books)
    exported = cli("register", "export", "--withheld")
    assert (exported.code, "titres --from" in exported.out) == (0, False)
    text = (folder / "out/export-retenues-ac.csv").read_text("utf-8-sig")
    assert [row.split(";")[-2] for row in text.splitlines()[1:]] == [
        "7048,00",
        "-5854,04",
        "-100,00",
    ]
    assert cli("register", "titres", "R2025-0001", "1", "--exercice", "2025").code == 3
