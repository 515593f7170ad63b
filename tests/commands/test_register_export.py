"""To and from the finance software: the import file, and the titres that come back."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import Cli, edit
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
    cli("index", "2025", "--act", "Délibération d'exemple")
    assert cli(*ISSUE).code == 0
    return folder


def rows(path: Path, encoding: str = "utf-8-sig", delimiter: str = ";") -> list[dict[str, str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_one_row_an_invoice(issued: Path, cli: Cli) -> None:
    assert cli("register", "export").code == 0
    exported = rows(issued / "out/export-a-titrer.csv")
    assert len(exported) == 38
    assert exported[0] == {
        "Exercice": "2025",
        "Nature": "facture",
        "N° facture": "F2025-0001",
        "Date": "15/12/2025",
        "Année facturée": "2025",
        "Débiteur": "Commune d'Amagney",
        "Code INSEE": "25014",
        "SIREN": "212500144",
        "SIRET": "",
        "Code service": "",
        "Engagement": "",
        "Objet": "Adhésion 2025, niveau 2B",
        "Compte": "70875",
        "Montant": "3073,36",
        "N° titre": "",
    }
    total = sum(int(row["Montant"].replace(",", "")) for row in exported)
    assert total == 10410798 - 704800 - 3420
    answer = cli("register", "export", "--withheld")
    assert (answer.code, "titres" in answer.out) == (0, False)
    apart = rows(issued / "out/export-retenues-ac.csv")
    assert [(row["N° facture"], row["Montant"]) for row in apart] == [
        ("R2025-0001", "34,20"),
        ("R2025-0002", "7048,00"),
    ]


def test_the_layout_is_a_setting(issued: Path, cli: Cli) -> None:
    columns = (
        'columns = [{ title = "Tiers", field = "debtor" }, { title = "TTC", field = "amount" },'
        ' { title = "Du", field = "date" }]\n'
    )
    path = issued / "data/issuer.toml"
    edit(path, 'delimiter = ";"\nencoding = "utf-8-sig" ', 'delimiter = "|"\nencoding = "cp1252" ')
    edit(path, 'decimal = ","\ndate = "%d/%m/%Y"\n', f'decimal = "."\ndate = "%Y%m%d"\n{columns}')
    assert cli("register", "export", "--out", "import.txt").code == 0
    exported = rows(issued / "import.txt", "cp1252", "|")
    assert exported[0] == {"Tiers": "Commune d'Amagney", "TTC": "3073.36", "Du": "20251215"}
    names = [row["Tiers"] for row in exported]
    assert "Commune de Châtillon-le-Duc" in names


def test_other_formats(issued: Path, cli: Cli) -> None:
    assert cli("register", "export", "--format", "json").code == 0
    answer = json.loads((issued / "out/export-a-titrer.json").read_text("utf-8"))
    assert (answer[0]["number"], answer[0]["amount"], answer[0]["date"]) == (
        *("F2025-0001", "3073.36", "2025-12-15"),
    )
    assert cli("register", "export", "--format", "xlsx").code == 0
    sheet = load_workbook(issued / "out/export-a-titrer.xlsx").worksheets[0]
    assert sheet.max_row == 39
    assert sheet["N2"].value == 3073.36
    assert cli("register", "export", "--format", "pdf").code == 2


def test_titres(issued: Path, cli: Cli) -> None:
    file = issued / "titres.csv"
    file.write_text(
        "facture;exercice;titre;bordereau;date\n"
        "F2025-0001;2025;101;12;20/12/2025\n"
        "F2025-0002;2026;102;13;03/02/2026\n",
        "utf-8",
    )
    assert "2\u00a0titres notés" in cli("register", "titres", "--from", str(file)).out
    assert "0\u00a0titre noté, 2 déjà connus" in cli("register", "titres", "--from", str(file)).out
    assert cli("register", "titres", "F2025-0003", "103", "--exercice", "2026").code == 0
    # A titre corrected by the finance software is a new row, never an update.
    assert cli("register", "titres", "F2025-0003", "104", "--exercice", "2026").code == 0
    ledger = store.read_ledger(issued)
    assert [titre.titre for titre in ledger.titres] == ["101", "102", "103", "104"]
    last = ledger.titre_of("F2025-0003")
    assert last is not None
    assert last.titre == "104"
    # What has its titre is not exported again.
    cli("register", "export")
    assert "F2025-0001" not in (issued / "out/export-a-titrer.csv").read_text("utf-8")
    assert "titre" in cli("register", "show", "F2025-0001").out.lower()
    assert verify(issued).is_intact


@pytest.mark.parametrize(
    ("number", "day", "words"),
    [
        ("F2025-0001", "02/02/2026", "exercice clos 2025 : mandat sur le compte 673"),
        ("F2025-0002", "02/02/2026", "de l'exercice 2026 : annulation ou réduction"),
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
        ("F2025-0001;1925;12", "précède l'année facturée"),
        ("F2025-0001;2026;12\nF2025-0001;2026;13", "déjà un autre titre ligne 2"),
    ],
)
def test_titres_that_excel_changed(rows: str, words: str, issued: Path, cli: Cli) -> None:
    (issued / "t.csv").write_text(f"facture;exercice;titre\n{rows}\n", "utf-8")
    answer = cli("register", "titres", "--from", "t.csv")
    assert answer.code in (1, 3)
    assert words in answer.err
    assert store.read_ledger(issued).titres == ()
