"""The sheet « Régularisations », and what the other sheets say of a batch that completes another.

2025 is issued on the data of `levels_after_a_complement`, then each commune moves. By hand:
Valbois 830 → 900 inhabitants at 3.28, 22.40 granted: 2 952.00 − 22.40 − 2 700.00 = 229.60;
Hautefontaine's 667 × 0.38 = 253.46 is withheld and no longer invoiced; Clairmont falls from its cap
of 7 048.00 to 2 000 × 3.28 = 6 560.00; Beauregard rises from 1 342 × 0.38 = 509.96 to
1 342 × 3.28 = 4 401.76.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from printed_page import badly_printed
from test_workbook import SOFFICE, location, recalculated

from conftest import TESTS, Cli, edit

ISSUE = ("bill", "2025", "--issue", "--regularise", "--yes", "--json", "--date")
TITLES = (
    *("N°", "Nature", "Commune", "Code INSEE", "Corrige ou complète"),
    *("Dû", "Remises", "Déjà émis", "Montant", "Motif"),
)
ROWS = [
    ("facture complémentaire", "Valbois", "25901", "F2025-0001", 2952, 22.4, 2700, 229.6),
    ("avoir", "Hautefontaine", "25902", "F2025-0002", 253.46, 0, 253.46, -253.46),
    # The account of Hautefontaine stands on its first row alone: the columns add up.
    ("relevé", "Hautefontaine", "25902", None, None, None, None, 253.46),
    ("avoir", "Clairmont", "25903", "F2025-0003", 6560, 0, 7048, -488),
    ("facture complémentaire", "Beauregard", "25904", "F2025-0004", 4401.76, 0, 509.96, 3891.8),
    (None, "Total", None, None, 14167.22, 22.4, 10511.42, 3633.4),
]
NUMBERS = ["F2025-0005", "A2025-0002", "R2025-0001", "A2025-0003", "F2025-0006"]


@pytest.fixture
def moved(folder: Path, cli: Cli) -> Path:
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    remise = ("--remise", "22,40", "--act", "Délibération d'exemple", "--reason", "Exemple")
    cli.once((*ISSUE, "15/01/2025"), ("credit", "F2025-0001", *remise, "--date", "20/02/2025"))
    communes = folder / "data/communes.csv"
    for before, after in (
        ("2025;25901;Valbois;212590103;830;", "2025;25901;Valbois;212590103;900;"),
        (
            "2025;25902;Hautefontaine;212590202;667;681;2A;convention;;;;",
            "2025;25902;Hautefontaine;212590202;667;681;2A;convention;;;AC;",
        ),
        ("2025;25903;Clairmont;212590301;3142;", "2025;25903;Clairmont;212590301;2000;"),
        (
            "2025;25904;Beauregard;212590400;1342;1357;2A",
            "2025;25904;Beauregard;212590400;1342;1357;2B",
        ),
    ):
        edit(communes, before, after)
    return folder


def table(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_one_row_a_document(moved: Path, cli: Cli) -> None:
    """The same in the draft, without numbers, as once issued; the reasons say what moved."""
    draft = load_workbook(moved / cli("bill", "2025", "--json").json["files"][0])
    issued = load_workbook(moved / cli(*ISSUE, "20/06/2025").json["files"][0])
    for book, numbers in ((draft, ["à émettre"] * 5), (issued, NUMBERS)):
        titles, *rows = table(book["Régularisations"])
        assert titles == TITLES
        assert [row[0] for row in rows] == [*numbers, None]
        assert [row[1:9] for row in rows] == ROWS
        assert "population 830 → 900, +229,60" in rows[0][9].replace("\u00a0", " ")
        assert "remise" in rows[0][9]
        assert "niveau 2A → 2B" in rows[4][9]
        assert list(book["Régularisations"].tables) == ["Regularisations"]


def test_the_cover_points_to_it(moved: Path, cli: Cli) -> None:
    cover = load_workbook(moved / cli("bill", "2025", "--json").json["files"][0])["Synthèse"]
    text = "5 documents, +3 633,40 € : détail dans la feuille « Régularisations »"
    cells = [cell for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert [str(cell.value).replace("\u00a0", " ") for cell in cells] == [text]
    assert location(cells[0]) == "'Régularisations'!A1"
    titles = [cell.value for cell in cover["A"]]
    assert "Facturé et à facturer pour 2025, par niveau" in titles


def test_an_issued_batch_is_printed_and_has_nothing_left_to_invoice(moved: Path, cli: Cli) -> None:
    path = moved / cli(*ISSUE, "20/06/2025").json["files"][0]
    cover = load_workbook(path)["Synthèse"]
    assert not [c.value for c in cover["A"] if "facturer" in str(c.value)]
    assert cover.page_setup.fitToHeight == 1
    assert badly_printed(path) == []


def test_the_banner_counts_statements_too(moved: Path, cli: Cli) -> None:
    cover = load_workbook(moved / cli(*ISSUE, "20/06/2025").json["files"][0])["Synthèse"]
    assert cover["A4"].value.replace("\u00a0", " ") == (
        "Lot 2, émis le 20 juin 2025 : 2 factures, F2025-0005 à F2025-0006 ; 1 relevé, R2025-0001"
    )


def test_the_recap_of_what_completes(moved: Path, cli: Cli) -> None:
    book = load_workbook(moved / cli(*ISSUE, "20/06/2025").json["files"][0])
    titles, *rows = table(book["Récapitulatif"])
    found = [dict(zip(titles, row, strict=True)) for row in rows]
    amounts = ("N° facture", "Montant brut", "Remises", "Montant dû", "Déjà émis", "Reste")
    assert [tuple(row[title] for title in amounts) for row in found] == [
        ("F2025-0005", 2952, 22.4, 2929.6, 2700, 229.6),
        ("F2025-0006", 4401.76, 0, 4401.76, 509.96, 3891.8),
        (None, 7353.76, 22.4, 7331.36, 3209.96, 4121.4),
    ]
    titles, row, total = table(book["Retenues sur AC"])
    assert "Remises" not in titles
    found = [dict(zip(titles, cells, strict=True)) for cells in (row, total)]
    assert [x["N° relevé"] for x in found] == ["R2025-0001", None]
    assert [x["Reste"] for x in found] == [253.46, 253.46]


def test_each_correction_opens_its_page(moved: Path, cli: Cli) -> None:
    book = load_workbook(moved / cli(*ISSUE, "20/06/2025").json["files"][0])
    sheet = book["Régularisations"]
    linked = {c.value: location(c) for row in sheet.iter_rows() for c in row if c.hyperlink}
    assert linked == {
        "A2025-0002": "'A2025-0002 Hautefontaine'!A1",
        "A2025-0003": "'A2025-0003 Clairmont'!A1",
    }
    said = [str(c.value) for row in book["A2025-0002 Hautefontaine"].iter_rows() for c in row]
    named = "Remplacement : le relevé n° R2025-0001 du 20 juin 2025."
    assert named in [text.replace("\u00a0", " ") for text in said]
    back = book["A2025-0003 Clairmont"]["G1"]
    assert (back.value, location(back)) == ("← Régularisations", "'Régularisations'!A5")


def test_a_corrected_statement(moved: Path, cli: Cli) -> None:
    """600 × 0.38 = 228.00 are withheld: 25.46 less."""
    cli(*ISSUE, "20/06/2025")
    edit(moved / "data/communes.csv", ";667;681;2A;convention;;;AC", ";600;681;2A;convention;;;AC")
    book = load_workbook(moved / cli(*ISSUE, "20/09/2025").json["files"][0])
    _, row, total = table(book["Régularisations"])
    assert row[:9] == (
        *("R2025-0002", "relevé rectificatif", "Hautefontaine", "25902", "R2025-0001"),
        *(228, 0, 253.46, -25.46),
    )
    assert total[8] == -25.46


def test_a_first_batch_has_none(small: Path, cli: Cli) -> None:
    book = load_workbook(small / cli("bill", "2025", "--json").json["files"][0])
    assert "Régularisations" not in book.sheetnames


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_what_completes(moved: Path, cli: Cli) -> None:
    batch = moved / cli(*ISSUE, "20/06/2025").json["files"][0]
    assert recalculated(batch, moved / "once") == ["OK"] * 3
