"""`register list` of a commune, of a year, of what is still open."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import TESTS, Answer, Cli, moves

HISTORY = TESTS / "registers/history"
LIST = ("register", "list", "--json")


@pytest.fixture
def history(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("mutualis.cli.commands.register.today", lambda: date(2026, 7, 1))
    shutil.rmtree(folder / "data")
    shutil.copytree(HISTORY / "data", folder / "data")
    shutil.copy(HISTORY / "register.db", folder)
    return folder


def numbers(answer: Answer) -> list[str]:
    return [document["number"] for document in answer.json["documents"]]


def test_a_commune_a_year_and_both(history: Path, cli: Cli) -> None:
    combe = numbers(cli(*LIST, "--commune", "COMBE le fictif"))
    assert combe == ["F2024-0002", "FAC/2025/001", "AV2025-002", "FAC/2026/002"]
    both = cli(*LIST, "--commune", "99903", "--year", "2025")
    assert numbers(both) == ["FAC/2025/001", "AV2025-002"]
    assert both.json["meetings"] == []
    # An old fee withheld is among them, and a credit is of the year of its invoice.
    assert "lot 4/99904" in numbers(cli(*LIST, "--commune", "Doline", "--year", "2025"))
    assert "AV2024-001" in numbers(cli(*LIST, "--year", "2024"))
    assert len(cli(*LIST).json["meetings"]) == 2


def test_what_is_open(history: Path, cli: Cli) -> None:
    """Of Doline: its invoices and statements still worth something, and the quote under way; not
    the invoice credited wholly, the credits, nor the quote of 2026 that has expired."""
    assert numbers(cli(*LIST, "--commune", "Doline", "--open")) == [
        *("lot 4/99904", "DEV-2025-002", "FAC/2025/008", "lot 10/99904")
    ]
    # A credit that a person must qualify is open.
    assert numbers(cli(*LIST, "--commune", "Combe", "--year", "2025", "--open")) == [
        "FAC/2025/001",
        "AV2025-002",
    ]


def test_nothing_found_is_said(history: Path, cli: Cli) -> None:
    answer = cli("register", "list", "--year", "2031")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Aucun document ne répond à cette demande.\nEnsuite : ")
    assert cli(*LIST, "--year", "2031").json == {"documents": [], "meetings": [], "costs": []}


def test_a_commune_that_merged_and_its_heir(history: Path, cli: Cli) -> None:
    """Combe's documents are Bourg's from the day it joins it; they stay Combe's own too."""
    moves(history, "2026-06-01", "99903 Combe-le-Fictif", "99902 Bourg-le-Fictif")
    combe = ["F2024-0002", "FAC/2025/001", "AV2025-002", "FAC/2026/002"]
    assert numbers(cli(*LIST, "--commune", "Combe")) == combe
    assert set(combe) < set(numbers(cli(*LIST, "--commune", "Bourg")))


def test_a_commune_that_the_register_alone_knows(history: Path, cli: Cli) -> None:
    """Méandre has gone from the file; then no file can be read at all."""
    own = ["DEV-2025-003", "DEV-2025-004", "FAC/2025/009", "AV2025-005"]
    assert numbers(cli(*LIST, "--commune", "meandre")) == own
    shutil.rmtree(history / "data")
    assert numbers(cli(*LIST, "--commune", "meandre")) == own


def test_an_unknown_commune(history: Path, cli: Cli) -> None:
    answer = cli("register", "list", "--commune", "Combe-le-Fictifs")
    assert (answer.code, answer.out) == (1, "")
    assert "Vouliez-vous dire Combe-le-Fictif (99903)" in answer.err
    assert "d'une commune de data/communes.csv." in answer.err
