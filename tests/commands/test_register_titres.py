"""From the finance software: the titres and mandats that it gave back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import Cli
from mutualis.register import store
from mutualis.workflows.register import verify

ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/12/2025")


@pytest.fixture
def issued(folder: Path, cli: Cli) -> Path:
    """The 2025 batch, issued in 2025, two of its fees withheld from the AC."""
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    apart = ("2025;25532", "2025;25117")
    marked = [f"{line};{'AC' if line.startswith(apart) else ''}" for line in lines]
    path.write_text("\n".join([f"{head};reglement", *marked]), "utf-8")
    cli.once(("index", "2025", "--act", "Délibération d'exemple"))
    cli.once(ISSUE)
    return folder


def test_titres(issued: Path, cli: Cli) -> None:
    file = issued / "titres.csv"
    file.write_text(
        "facture;exercice;titre;bordereau;date\n"
        "F2025-0001;2025;101;12;20/12/2025\n"
        "F2025-0002;2026;102;13;03/02/2026\n",
        "utf-8",
    )
    assert "2\u00a0titres notés" in cli("register", "titres", "--from", str(file)).out
    assert (
        "0\u00a0titre noté, 2\u00a0déjà connus"
        in cli("register", "titres", "--from", str(file)).out
    )
    assert cli("register", "titres", "F2025-0003", "103", "--exercice", "2026").code == 0
    # A titre corrected by the finance software is a new row, never an update.
    answer = cli("register", "titres", "F2025-0003", "104", "--exercice", "2026")
    assert "F2025-0003 : le titre 104 remplace le titre 103" in answer.out
    ledger = store.read_ledger(issued)
    assert [titre.titre for titre in ledger.titres] == ["101", "102", "103", "104"]
    last = ledger.titre_of("F2025-0003")
    assert last is not None
    assert last.titre == "104"
    # What has its titre is not exported.
    cli("register", "export")
    assert "F2025-0001" not in (issued / "out/export-a-titrer-01.csv").read_text("utf-8")
    assert "titre" in cli("register", "show", "F2025-0001").out.lower()
    assert verify(issued).is_intact


@pytest.mark.parametrize(
    ("number", "day", "words"),
    [
        ("F2025-0001", "02/02/2026", "exercice clos 2025 : mandat sur le compte 673"),
        ("F2025-0002", "02/02/2026", "de l'exercice 2026 : annulation"),
        ("F2025-0004", "02/02/2026", "Aucun titre enregistré : annulation interne"),
    ],
)
def test_what_a_credit_means_for_the_accounts(
    number: str, day: str, words: str, issued: Path, cli: Cli
) -> None:
    cli("register", "titres", "F2025-0001", "101", "--exercice", "2025")
    cli("register", "titres", "F2025-0002", "102", "--exercice", "2026")
    answer = cli("credit", number, "--reason", "essai", "--date", day, "--json").json
    shown = cli("register", "show", answer["number"], "--json").json
    assert words in shown["accounting"]
    # It is the body's business alone: the commune's copy says nothing of it.
    sheet = load_workbook(issued / answer["files"][0]).worksheets[0]
    cells = [str(c) for row in sheet.iter_rows(values_only=True) for c in row]
    assert shown["accounting"] not in cells


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("facture;exercice;titre\nF2025-9999;2025;1\n", 3, "F2025-9999"),
        ("facture;exercice\nF2025-0001;2025\n", 1, "[C06]"),
        ("facture;exercice;titre\nF2025-0001;deux;1\n", 1, "[C13]"),
        ("facture;exercice;titre\nF2025-0001;2025;\n", 1, "[C15]"),
        ("facture;exercice;titre;date\nF2025-0001;2025;1;31/02/2026\n", 1, "[C20]"),
    ],
)
def test_wrong_titres_record_nothing(
    text: str, code: int, words: str, issued: Path, cli: Cli
) -> None:
    file = issued / "titres.csv"
    file.write_text(text, "utf-8")
    before = store.read_ledger(issued).head
    answer = cli("register", "titres", "--from", str(file))
    assert answer.code == code
    assert words in answer.err
    assert store.read_ledger(issued).head == before


def test_titres_of_nothing(folder: Path, cli: Cli) -> None:
    assert cli("register", "titres").code == 2
    assert cli("register", "titres", "F2025-0001").code == 2
    assert cli("register", "titres", "F2025-0001", "1").code == 3
    assert not (folder / "register.db").exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("F2025-0001;2026;1,25E+05", "perdus"),
        ("F2025-0001;2026;déc-25", "une date"),
        ("F2025-0001;2026;12,0", "numéro de titre"),
        ("F2025-0001;1925;12", "précède celui du document, 2025"),
        ("F2025-0001;2026;12\nF2025-0001;2026;13", "déjà un autre titre ligne 2"),
    ],
)
def test_titres_that_excel_changed(rows: str, words: str, issued: Path, cli: Cli) -> None:
    (issued / "t.csv").write_text(f"facture;exercice;titre\n{rows}\n", "utf-8")
    answer = cli("register", "titres", "--from", "t.csv")
    assert answer.code in (1, 3)
    assert words in answer.err
    assert store.read_ledger(issued).titres == ()


BOOK = "out/2025/lot-01/adhesions-2025-lot-01.xlsx"


def told(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_one_number_for_two_debtors(issued: Path, cli: Cli) -> None:
    """The case « one-titre-number-for-two-debtors »: each line is told, nothing is recorded."""
    (issued / "t.csv").write_text(
        "facture;exercice;titre\nF2025-0001;2025;500\nF2025-0002;2025;500\nF2025-0003;2024;7\n",
        "utf-8",
    )
    answer = cli("register", "titres", "--from", "t.csv")
    assert answer.code == 3
    assert "t.csv:2 F2025-0001 : le titre 500 de 2025 est celui de F2025-0002" in told(answer.err)
    assert "t.csv:3 F2025-0002 : le titre 500 de 2025 est celui de F2025-0001" in told(answer.err)
    assert "t.csv:4 F2025-0003 : l'exercice 2024 du titre 7 précède" in told(answer.err)
    assert store.read_ledger(issued).titres == ()
    # Beside the register as well; and a correction says what it replaces.
    assert cli("register", "titres", "F2025-0001", "500", "--exercice", "2025").code == 0
    assert cli("register", "titres", "F2025-0002", "500", "--exercice", "2025").code == 3
    answer = cli("register", "titres", "F2025-0001", "617", "--exercice", "2025")
    assert "F2025-0001 : le titre 617 remplace le titre 500" in told(answer.out)
    assert cli("register", "titres", "F2025-0002", "500", "--exercice", "2025").code == 0
    shown = cli("register", "show", "F2025-0001", "--json").json
    assert [(t["number"], t["exercice"]) for t in shown["titres"]] == [("500", 2025), ("617", 2025)]
    assert shown["titre"]["number"] == "617"
    assert "remplacé" in cli("register", "show", "F2025-0001").out
    assert verify(issued).is_intact


def test_a_titre_of_another_invoice_is_withdrawn(issued: Path, cli: Cli) -> None:
    """500 is that of F2025-0002; F2025-0001 has none, and is still to be exported."""
    assert cli("register", "titres", "F2025-0001", "500", "--exercice", "2025").code == 0
    assert "--cancel" in cli("register", "titres", "F2025-0002", "500", "--exercice", "2025").err
    cancel = ("register", "titres", "f2025-0001", "--cancel")
    assert cli(*cancel).code == 2  # a reason
    why = ("--reason", "Celui de F2025-0002 (exemple)")
    assert cli(*cancel[:3], *why).code == 2
    assert cli(*cancel[:3], "500", "--cancel", *why).code == 2
    assert "F2025-0001 : titre 500 de 2025 retiré" in told(cli(*cancel, *why).out)
    again = cli(*cancel, *why)
    assert (again.code, "Aucun titre n'est noté pour F2025-0001" in again.err) == (3, True)
    assert cli("register", "titres", "F2025-0002", "500", "--exercice", "2025").code == 0
    assert "retiré le 10/02/2026 : Celui de" in told(cli("register", "show", "F2025-0001").out)
    shown = cli("register", "show", "F2025-0001", "--json").json
    assert (shown["titre"], shown["titres"][0]["withdrawn"]) == (None, "2026-02-10")
    (document,) = cli("account", "Amagney", "2025", "--json").json["documents"]
    assert [titre["number"] for titre in document["titres_replaced"]] == ["500"]
    assert document["titre_state"] == "awaited"
    assert cli("register", "export").code == 0
    exported = (issued / "out/export-a-titrer-01.csv").read_text("utf-8-sig")
    assert "F2025-0001" in exported
    assert "F2025-0002" not in exported
    assert verify(issued).is_intact


def test_two_numbers_exchanged_in_one_file(issued: Path, cli: Cli) -> None:
    for order in (("500", "501"), ("501", "500")):
        lines = [f"F2025-000{rank};2025;{titre}" for rank, titre in enumerate(order, start=1)]
        (issued / "t.csv").write_text("\n".join(["facture;exercice;titre", *lines]), "utf-8")
        assert cli("register", "titres", "--from", "t.csv").code == 0
    assert verify(issued).is_intact


def test_json(issued: Path, cli: Cli) -> None:
    cli("register", "titres", "F2025-0001", "500", "--titre-date", "20/12/2025")
    answer = cli(
        *("register", "titres", "F2025-0001", "617", "--titre-date", "21/12/2025"),
        *("--bordereau", "12", "--json"),
    )
    assert answer.json == {
        "added": [
            {
                "document": "F2025-0001",
                "number": "617",
                "exercice": 2025,
                "bordereau": "12",
                "date": "2025-12-21",
                "replaces": {
                    "number": "500",
                    "exercice": 2025,
                    "bordereau": "",
                    "date": "2025-12-20",
                },
                "with": [],
            }
        ],
        "known": 0,
    }


def test_one_titre_of_two_documents_of_a_debtor(issued: Path, cli: Cli) -> None:
    """An invoice and what completes it may be one titre: it has one debtor, and it is told."""
    data = issued / "data/communes.csv"
    text = data.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("2025;25014"))
    cells = row.split(";")
    cells[4] = str(int(cells[4]) + 100)
    data.write_text(text.replace(row, ";".join(cells)), "utf-8")
    issue = ("bill", "2025", "--issue", "--regularise", "--yes", "--date", "20/12/2025")
    assert cli(*issue).code == 0
    cli("register", "titres", "F2025-0001", "500", "--titre-date", "22/12/2025")
    answer = cli("register", "titres", "F2025-0039", "500", "--titre-date", "22/12/2025")
    assert "F2025-0039 : titre 500, comme F2025-0001 (même débiteur)" in told(answer.out)
    assert verify(issued).is_intact


def test_the_workbook_of_the_batch_given_back(issued: Path, cli: Cli) -> None:
    """« N° titre » typed in the workbook is recorded; the workbook written again says it."""
    book = load_workbook(issued / BOOK)
    sheet = book["Récapitulatif"]
    columns = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    for row, titre in ((2, 901), (3, "902")):
        sheet.cell(row, columns["N° titre"], titre)
    book.save(issued / "rendu.xlsx")
    answer = cli("register", "titres", "--from", "rendu.xlsx", "--exercice", "2025")
    assert "2 titres notés (exercice 2025)" in told(answer.out)
    ledger = store.read_ledger(issued)
    assert [(t.document, t.titre, t.exercice) for t in ledger.titres] == [
        ("F2025-0001", "901", 2025),
        ("F2025-0002", "902", 2025),
    ]
    cli.once(ISSUE)
    again = load_workbook(issued / BOOK)["Récapitulatif"]
    assert [again.cell(row, columns["N° titre"]).value for row in (2, 3, 4)] == ["901", "902", None]
    # The one that mutualis wrote again says nothing new, whatever the exercice that is asked.
    answer = cli("register", "titres", "--from", BOOK, "--exercice", "2026")
    assert "0 titre noté, 2 déjà connus" in told(answer.out)


def test_an_export_filled_in_and_given_back(issued: Path, cli: Cli) -> None:
    cli("register", "export")
    path = issued / "out/export-a-titrer-01.csv"
    head, first, *others = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([head, f"{first}77", *others]), "utf-8")
    assert cli("register", "titres", "--from", str(path)).code == 0
    (titre,) = store.read_ledger(issued).titres
    assert (titre.document, titre.titre, titre.exercice) == ("F2025-0001", "77", 2025)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("R2025-0001", "R2025-0001 : retenu sur l'attribution de compensation, donc sans titre"),
        ("F2025-9999", "F2025-9999 : aucune facture ni avoir de ce numéro"),
    ],
)
def test_what_has_no_titre(number: str, words: str, issued: Path, cli: Cli) -> None:
    answer = cli("register", "titres", number, "1", "--exercice", "2025")
    assert (answer.code, words in told(answer.err)) == (3, True)


def test_a_batch_issued_ahead_has_the_titres_of_its_exercice(folder: Path, cli: Cli) -> None:
    """Billed for 2025, issued in December 2024: a titre of 2024 is right, one of 2023 is not."""
    cli.once(("index", "2025", "--act", "Délibération d'exemple"))
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/12/2024"))
    assert cli("register", "titres", "F2025-0001", "1", "--titre-date", "20/12/2023").code == 3
    assert cli("register", "titres", "F2025-0001", "1", "--titre-date", "20/12/2024").code == 0
