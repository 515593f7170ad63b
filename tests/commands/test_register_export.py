"""To the finance software: the import files, each a row of the register."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import Cli, edit
from mutualis.domain.kinds import ExportKind
from mutualis.files.disk import atomic
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


def rows(path: Path, encoding: str = "utf-8-sig", delimiter: str = ";") -> list[dict[str, str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_one_row_an_invoice(issued: Path, cli: Cli) -> None:
    assert cli("register", "export").code == 0
    exported = rows(issued / "out/export-a-titrer-01.csv")
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
    assert cli("register", "export", "--out", "import.csv", "--operator", "A. Exemple").code == 0
    exported = rows(issued / "import.csv", "cp1252", "|")
    assert exported[0] == {"Tiers": "Commune d'Amagney", "TTC": "3073.36", "Du": "20251215"}
    names = [row["Tiers"] for row in exported]
    assert "Commune de Châtillon-le-Duc" in names


def test_other_formats(issued: Path, cli: Cli) -> None:
    assert cli("register", "export", "--format", "json").code == 0
    answer = json.loads((issued / "out/export-a-titrer-01.json").read_text("utf-8"))
    assert (answer[0]["number"], answer[0]["amount"], answer[0]["date"]) == (
        *("F2025-0001", "3073.36", "2025-12-15"),
    )
    assert cli("register", "export", "--format", "xlsx").code == 0
    sheet = load_workbook(issued / "out/export-a-titrer-01.xlsx").worksheets[0]
    assert sheet.max_row == 39
    assert sheet["N2"].value == 3073.36
    assert cli("register", "export", "--format", "pdf").code == 2


def test_what_is_exported_is_said_and_kept(issued: Path, cli: Cli) -> None:
    head = store.read_ledger(issued).head
    looked = cli("register", "export", "--dry-run").out.replace("\u00a0", " ")
    assert "38 lignes pour le logiciel financier, 97 025,78 € en tout" in looked
    assert not (issued / "out/export-a-titrer-01.csv").exists()
    assert store.read_ledger(issued).head == head
    first = cli("register", "export", "--operator", "A. Exemple")
    assert "38 lignes pour le logiciel financier, 97 025,78 € en tout" in first.out.replace(
        "\u00a0", " "
    )
    (export,) = store.read_ledger(issued).finance.exports(ExportKind.TITRES)
    assert (export.file, len(export.documents)) == ("out/export-a-titrer-01.csv", 38)
    assert export.act.operator == "A. Exemple"
    # Typed again: the same file, and it is said; nothing more in the register.
    path, head = issued / "out/export-a-titrer-01.csv", store.read_ledger(issued).head
    before = path.read_bytes()
    path.unlink()
    again = cli("register", "export")
    assert "Déjà exporté le" in again.out
    assert path.read_bytes() == before
    assert store.read_ledger(issued).head == head
    listed = cli("register", "list", "--json").json["documents"]
    assert {d["exported"] is None for d in listed if d["kind"] == "invoice"} == {False}
    shown = cli("register", "show", "F2025-0001").out
    assert "titre pas encore connu" in " ".join(shown.split())
    assert verify(issued).is_intact


def test_an_export_that_was_lost_is_made_again(issued: Path, cli: Cli) -> None:
    cli("register", "export")
    cli("register", "titres", "F2025-0001", "101", "--exercice", "2025")
    answer = cli("register", "export")
    assert "Rien de nouveau à exporter." in answer.out
    assert "sans --dry-run" not in cli("register", "export", "--dry-run").out
    assert "37\u00a0documents déjà exportés" in answer.out
    assert not (issued / "out/export-a-titrer-02.csv").exists()
    assert cli("register", "export", "--again").code == 0
    assert len(rows(issued / "out/export-a-titrer-02.csv")) == 37


def test_reductions(issued: Path, cli: Cli) -> None:
    cli("register", "titres", "F2025-0001", "101", "--exercice", "2025")
    assert "Rien de nouveau" in cli("register", "export", "--reductions").out
    credit = ("--reason", "Exemple", "--date", "20/12/2025")
    assert cli("credit", "F2025-0001", *credit).code == 0
    assert cli("register", "export", "--reductions").code == 0
    (row,) = rows(issued / "out/export-reductions-01.csv")
    names = ("Nature", "N° facture", "Objet", "Montant", "N° titre")
    assert [row[name] for name in names] == [
        *("annulation", "A2025-0001", "Adhésion 2025, niveau 2B, sur le titre 101 de 2025"),
        *("-3073,36", ""),
    ]
    answer = cli("register", "titres", "A2025-0001", "12", "--exercice", "2025")
    assert answer.code == 0
    shown = cli("register", "show", "A2025-0001", "--json").json
    assert (shown["titre"]["number"], shown["exported"] is None) == ("12", False)
    assert "Rien de nouveau" in cli("register", "export", "--reductions").out
    assert verify(issued).is_intact


def test_a_credit_of_an_invoice_whose_titre_is_not_known_yet(issued: Path, cli: Cli) -> None:
    cli("register", "export")
    cli("credit", "F2025-0001", "--reason", "Exemple", "--date", "20/12/2025")
    answer = cli("register", "export", "--reductions").out.replace("\u00a0", " ")
    assert "1 avoir attend le titre d'une facture exportée avant : A2025-0001." in answer
    assert not (issued / "out/export-reductions-01.csv").exists()
    cli("register", "titres", "F2025-0001", "101", "--exercice", "2025")
    cli("register", "export", "--reductions")
    assert len(rows(issued / "out/export-reductions-01.csv")) == 1


def test_lists_export_nothing(issued: Path, cli: Cli) -> None:
    head = store.read_ledger(issued).head
    for option in ("--all", "--withheld"):
        assert cli("register", "export", option).code == 0
        assert cli("register", "export", option, "--again").code == 2
    assert store.read_ledger(issued).head == head


def test_constants_and_the_code_of_the_debtor(issued: Path, cli: Cli) -> None:
    columns = (
        'columns = [{ title = "Budget", value = "01" }, { title = "Tiers", field = "debtor_code" },'
        ' { title = "TTC", field = "amount" }]\n'
    )
    edit(issued / "data/issuer.toml", '"%d/%m/%Y"\n', f'"%d/%m/%Y"\n{columns}')
    path = issued / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    coded = [f"{line};{'C014' if line.startswith('2025;25014') else ''}" for line in lines]
    path.write_text("\n".join([f"{head};code_tiers", *coded]), "utf-8")
    # Given after the documents were issued: it is told of the export all the same.
    assert cli("register", "export").code == 0
    first, second, *_ = rows(issued / "out/export-a-titrer-01.csv")
    assert first == {"Budget": "01", "Tiers": "C014", "TTC": "3073,36"}
    assert (second["Budget"], second["Tiers"]) == ("01", "")
    assert cli("register", "export", "--format", "xlsx").code == 0
    sheet = load_workbook(issued / "out/export-a-titrer-01.xlsx").worksheets[0]
    assert [sheet[cell].value for cell in ("A2", "B2", "C2")] == ["01", "C014", 3073.36]


def test_what_cannot_be_spelled_is_not_recorded(issued: Path, cli: Cli) -> None:
    edit(issued / "data/issuer.toml", '"utf-8-sig" ', '"cp1252" ')
    head = store.read_ledger(issued).head
    columns = 'columns = [{ title = "Łódź", field = "amount" }]\n'
    edit(issued / "data/issuer.toml", '"%d/%m/%Y"\n', f'"%d/%m/%Y"\n{columns}')
    answer = cli("register", "export")
    assert (answer.code, "ne s'écrit pas en cp1252" in answer.err) == (3, True)
    assert store.read_ledger(issued).head == head


def test_a_file_held_open_is_written_by_the_same_command(
    issued: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, _data: bytes) -> None:
        raise atomic.not_written(path, PermissionError(13, "held"))

    with monkeypatch.context() as locked:
        locked.setattr(atomic, "write", held)
        answer = cli("register", "export")
    assert (answer.code, "L'export est noté au registre" in answer.err) == (4, True)
    assert cli("register", "export").code == 0
    assert len(rows(issued / "out/export-a-titrer-01.csv")) == 38
    assert len(store.read_ledger(issued).finance.exports(ExportKind.TITRES)) == 1


def test_a_file_of_a_newer_register_is_not_replaced(issued: Path, cli: Cli) -> None:
    left = issued / "out/export-a-titrer-01.csv"
    left.write_text("handed over by a lost register", "utf-8")
    assert cli("register", "export").code == 3
    assert left.read_text("utf-8") == "handed over by a lost register"
