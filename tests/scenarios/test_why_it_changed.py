"""Why an amount is not that of the year before: said by its document, its account and its batch.

The communes of `levels_after_a_complement` are invented. By hand, 2025: Valbois 830 × 3,28 =
2 722,40, Hautefontaine 667 × 0,38 = 253,46, Clairmont 7 048,00 (cap), Beauregard 1 342 × 0,38 =
509,96. In 2026, at 3,31 and 7 104,00: 840 × 3,31 = 2 780,40, 253,46, 7 104,00 and 1 342 × 3,31 =
4 442,02.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pdfs import plain, spoken

from conftest import TESTS, Cli, edit
from mutualis.register import store
from mutualis.workflows.register import verify

ISSUE = ("--issue", "--yes", "--json", "--date")
VALBOIS = (
    "Pourquoi ce montant a changé : 2025 : 2 722,40 € ; 2026 : 2 780,40 € (+58,00 €) : "
    "population +32,80 €, tarif +25,20 €."
)
BEAUREGARD = (
    "Pourquoi ce montant a changé : 2025 : 509,96 € ; 2026 : 4 442,02 € (+3 932,06 €) : "
    "niveau +3 891,80 €, tarif +40,26 €."
)
ALL = (
    "Dû, 2025 : 10 533,82 € ; 2026 : 14 579,88 € (+4 046,06 €) : population +32,80 €, "
    "niveau +3 891,80 €, tarif +121,46 €."
)


@pytest.fixture
def two_years(folder: Path, cli: Cli) -> Path:
    """2025 is issued, the grid of 2026 voted; Valbois has 10 inhabitants more."""
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    assert cli("bill", "2025", *ISSUE, "15/01/2025").code == 0
    edit(
        folder / "data/communes.csv",
        "2026;25901;Valbois;212590103;830",
        "2026;25901;Valbois;212590103;840",
    )
    assert cli("index", "2026").code == 0
    assert cli("index", "2026", "--act", "Délibération d'exemple").code == 0
    return folder


def said(path: Path, sheet: str) -> list[str]:
    """The sentences of a sheet about the year before."""
    rows: Any = load_workbook(path)[sheet].iter_rows(values_only=True)
    texts = [str(row[0]).replace("\u00a0", " ") for row in rows]
    return [text for text in texts if text.startswith(("Pourquoi ce montant a", "Dû, "))]


def test_each_document_says_it(two_years: Path, cli: Cli) -> None:
    answer = cli("bill", "2026", "--pdf", *ISSUE, "15/01/2026").json
    book = two_years / answer["files"][0]
    assert said(book, "Synthèse") == [ALL]
    assert said(book, "25901 Valbois") == [VALBOIS]
    assert said(book, "25902 Hautefontaine") == []  # the same amount
    assert said(book, "25904 Beauregard") == [BEAUREGARD]
    pdf = book.parent / "pdf/F2026-0004_Beauregard.pdf"
    assert f"P: {plain(BEAUREGARD)}" in [plain(text) for text in spoken(pdf)]
    shown = cli("account", "Valbois", "2026").out.replace("\u00a0", " ")
    assert VALBOIS in " ".join(shown.split())
    assert answer["changes"]["effects"]["level"] == "3891.80"
    assert verify(two_years).is_intact


def test_the_documents_of_a_batch_say_it_for_ever(two_years: Path, cli: Cli) -> None:
    """Whatever becomes of the files, and of the documents of the year before."""
    book = two_years / cli("bill", "2026", *ISSUE, "15/01/2026").json["files"][0]
    before = book.read_bytes()
    edit(
        two_years / "data/communes.csv",
        "2025;25901;Valbois;212590103;830",
        "2025;25901;Valbois;212590103;700",
    )
    assert cli("credit", "F2025-0001", "--reason", "x", "--date", "16/01/2026").code == 0
    book.unlink()
    assert cli("bill", "2026", "--issue", "--yes").code == 0
    assert book.read_bytes() == before


def test_a_document_never_begins_with_another_amount_than_was_claimed(
    two_years: Path, cli: Cli
) -> None:
    """The row of 2025 was corrected, and nothing issued for it: the commune has an invoice of
    2 722,40, where 700 × 3,28 = 2 296,00 is due."""
    edit(
        two_years / "data/communes.csv",
        "2025;25901;Valbois;212590103;830",
        "2025;25901;Valbois;212590103;700",
    )
    book = two_years / cli("bill", "2026", *ISSUE, "15/01/2026").json["files"][0]
    assert said(book, "25901 Valbois") == []
    assert said(book, "25904 Beauregard") == [BEAUREGARD]
    # 2025 is regularised: from now on it agrees.
    assert cli("bill", "2025", "--regularise", *ISSUE, "16/01/2026").code == 0
    edit(
        two_years / "data/communes.csv",
        "2026;25901;Valbois;212590103;840",
        "2026;25901;Valbois;212590103;850",
    )
    drafted = two_years / cli("bill", "2026", "--json").json["files"][0]
    # A complement says why by itself.
    assert said(drafted, "25901 Valbois") == []


def test_a_remise_of_the_year_before_is_no_cause(two_years: Path, cli: Cli) -> None:
    remise = ("--remise", "100", "--act", "Délibération d'exemple", "--reason", "Exemple")
    assert cli("credit", "F2025-0001", *remise, "--date", "16/01/2025").code == 0
    book = two_years / cli("bill", "2026", *ISSUE, "15/01/2026").json["files"][0]
    assert said(book, "25901 Valbois") == [VALBOIS]


def test_a_register_of_before_says_nothing(two_years: Path, cli: Cli) -> None:
    """2025 was the first year, and 2024 has no grid."""
    (batch, *_) = store.read_ledger(two_years).batches
    assert batch.changes == ()
    book = two_years / "out/2025/lot-01/adhesions-2025-lot-01.xlsx"
    assert said(book, "Synthèse") == said(book, "25901 Valbois") == []


def test_a_part_of_a_batch_tells_its_own_change(two_years: Path, cli: Cli) -> None:
    answer = cli("bill", "2026", "--level", "2A", "--json").json
    assert [line["code_insee"] for line in answer["changes"]["lines"]] == ["25902"]
