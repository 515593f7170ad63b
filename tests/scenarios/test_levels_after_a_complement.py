"""A membership counts once by level, whatever its documents are.

`levels_after_a_complement` is a case that was tried by hand: Beauregard goes from 2A to 2B once
2025 is issued. 4 communes, 5 981 inhabitants: 2A is Hautefontaine, 667 × 0.38 = 253.46; 2B is
830 × 3.28 + 7 048.00 (cap) + 1 342 × 3.28 = 2 722.40 + 7 048.00 + 4 401.76 = 14 172.16. In 2026,
at 3.31, 2B is 2 747.30 + 7 104.00 (7 048 × 1.008) + 4 442.02 = 14 293.32.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_year_on_year import cover

from conftest import TESTS, Cli, edit

ISSUE = ("--issue", "--yes", "--json")
MOVED = ("bill", "2025", "--date", "20/06/2025")
BY_LEVEL = {
    "2A": {"communes": 1, "population": 667, "amount": "253.46"},
    "2B": {"communes": 3, "population": 5314, "amount": "14172.16"},
}


@pytest.fixture
def risen(folder: Path, cli: Cli) -> Path:
    """2025 is issued, then Beauregard is at 2B."""
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    first = cli("bill", "2025", "--date", "15/01/2025", *ISSUE).json
    assert (first["created"], first["total"]) == (4, "10533.82")
    beauregard = "2025;25904;Beauregard;212590400;1342;1357;"
    edit(folder / "data/communes.csv", f"{beauregard}2A", f"{beauregard}2B")
    return folder


def levels(path: Path) -> list[tuple[Any, ...]]:
    """The first table of the cover: level, communes, population, amount."""
    rows = list(load_workbook(path)["Synthèse"].iter_rows(values_only=True))
    title = next(at for at, row in enumerate(rows) if ", par niveau" in str(row[0]))
    return [(row[0], *row[2:5]) for row in rows[title + 2 : title + 5]]


def test_the_draft_and_the_issue(risen: Path, cli: Cli) -> None:
    draft = cli(*MOVED, "--json").json
    assert draft["by_level"] == BY_LEVEL
    screen = " ".join(cli(*MOVED).out.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "2A Services, conseils 1 667 253,46 €" in screen
    assert "2B Expertise 3 5 314 14 172,16 €" in screen
    assert "Total 4 5 981 14 425,62 €" in screen
    issued = cli(*MOVED, "--regularise", *ISSUE).json
    assert issued["by_level"] == BY_LEVEL
    assert [(d["kind"], d["amount"]) for d in issued["documents"]] == [("invoice", "3891.80")]
    table = [
        ("Niveau 2A", 1, 667, 253.46),
        ("Niveau 2B", 3, 5314, 14172.16),
        ("Total", 4, 5981, 14425.62),
    ]
    assert levels(risen / draft["files"][0]) == levels(risen / issued["files"][0]) == table


def test_the_next_year_beside_it(risen: Path, cli: Cli) -> None:
    cli(*MOVED, "--regularise", *ISSUE)
    cli("index", "2026")
    rows, text = cover(risen / cli("bill", "2026", "--json").json["files"][0])
    assert "2025 : émis d'après le registre" in text, "though the data give the same"
    amounts = {name: tuple(map(str, row)) for name, row in rows.items()}
    assert amounts == {
        "Niveau 2A": ("253.46", "253.46", "0"),
        "Niveau 2B": ("14172.16", "14293.32", "121.16"),
        "Total": ("14425.62", "14546.78", "121.16"),
    }


def test_a_batch_written_again_says_the_same(risen: Path, cli: Cli) -> None:
    """The first batch keeps the levels of its closing, whatever was issued since."""
    lot = risen / "out/2025/lot-01/adhesions-2025-lot-01.xlsx"
    before = lot.read_bytes()
    cli(*MOVED, "--regularise", *ISSUE)
    lot.unlink()
    cli(*MOVED, "--issue", "--yes")
    assert lot.read_bytes() == before
    assert levels(lot)[-1] == ("Total", 4, 5981, 10533.82)
