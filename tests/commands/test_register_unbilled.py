"""`register unbilled`: what is not claimed yet for a year, missions (see test_missions) and
memberships."""

import shutil
from pathlib import Path

import pytest

from conftest import TESTS, Cli, edit

ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/01/2025")
UNBILLED = ("register", "unbilled", "2025", "--json")
ROW = "2025;25902;Hautefontaine;212590202;667;681;2A;convention;;;"


@pytest.fixture
def four(folder: Path, cli: Cli) -> Path:
    """Four communes; 2025 is issued."""
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    assert cli(*ISSUE).code == 0
    return folder


def memberships(cli: Cli) -> list[tuple[str, str, str]]:
    found = cli(*UNBILLED).json["memberships"]
    return [(x["code_insee"], x["remaining"], x["state"]) for x in found]


def test_before_and_after_the_issue(voted: Path, cli: Cli) -> None:
    """104 107.98 is the total of tests/golden/communes_2025.csv."""
    answer = cli(*UNBILLED).json
    assert (answer["works"], answer["total"]) == ([], "0.00")
    assert answer["memberships_total"] == "104107.98"
    assert len(answer["memberships"]) == 40
    assert {x["state"] for x in answer["memberships"]} == {"to_issue"}
    told = cli("register", "unbilled", "2025").out
    assert "104 107,98 €" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert told.endswith("Ensuite : mutualis bill 2025\n")
    assert cli(*ISSUE).code == 0
    answer = cli(*UNBILLED).json
    assert (answer["memberships"], answer["memberships_total"]) == ([], "0.00")
    told = cli("register", "unbilled", "2025").out
    assert "Adhésions 2025 : les documents émis disent ce qui est dû." in told


def test_what_moved_since(four: Path, cli: Cli) -> None:
    """Valbois + 70 × 3.28 = 229.60; Hautefontaine + 10 × 0.38 = 3.80; Clairmont falls from its cap
    of 7 048.00 to 2 000 × 3.28 = 6 560.00."""
    for before, after in (
        ("2025;25901;Valbois;212590103;830;", "2025;25901;Valbois;212590103;900;"),
        (ROW, ROW.replace("667", "677")),
        ("2025;25903;Clairmont;212590301;3142;", "2025;25903;Clairmont;212590301;2000;"),
    ):
        edit(four / "data/communes.csv", before, after)
    assert memberships(cli) == [
        ("25901", "229.60", "to_issue"),
        ("25902", "3.80", "below_minimum"),
        ("25903", "-488.00", "correction"),
    ]
    answer = cli(*UNBILLED).json
    assert answer["memberships_total"] == "-254.60"
    first = answer["memberships"][0]
    assert [first[key] for key in ("due", "granted", "balance")] == ["2952.00", "0.00", "2722.40"]
    # Once the rest is issued, what stays below the minimum is not asked for again.
    assert cli(*ISSUE[:-1], "20/06/2025", "--regularise").code == 0
    assert memberships(cli) == [("25902", "3.80", "below_minimum")]
    told = cli("register", "unbilled", "2025").out
    assert "sous le seuil" in told
    assert told.endswith("Ensuite : mutualis quotes list\n")


def test_nothing_remains_but_an_invoice_is_to_be_undone(four: Path, cli: Cli) -> None:
    """It is withheld now, and no longer a member: its invoice of 253.46 has to go."""
    edit(four / "data/communes.csv", ROW, ROW.replace("2A", "") + "AC")
    found = cli(*UNBILLED).json["memberships"]
    assert [(x["remaining"], x["stale"], x["state"]) for x in found] == [
        ("0.00", "253.46", "correction")
    ]


def test_a_forecast_says_so(four: Path, cli: Cli) -> None:
    cli("index", "2026")
    told = cli("register", "unbilled", "2026").out
    assert "Adhésions 2026 encore à émettre (grille projetée, non votée)" in told


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        ("2024", "pas de grille 2024 dans data/tariffs.toml"),
        ("2026", "pas de communes 2026"),
    ],
)
def test_a_year_without_memberships(year: str, missing: str, four: Path, cli: Cli) -> None:
    cli("index", "2026")
    communes = four / "data/communes.csv"
    kept = [line for line in communes.read_text("utf-8").splitlines() if line[:4] != "2026"]
    communes.write_text("\n".join(kept), "utf-8")
    answer = cli("register", "unbilled", year, "--json")
    assert answer.code == 0
    assert (answer.json["works"], answer.json["total"]) == ([], "0.00")
    assert (answer.json["memberships"], answer.json["memberships_total"]) == (None, None)
    assert answer.json["memberships_missing"] == missing
    told = cli("register", "unbilled", year).out
    assert f"Adhésions {year} : {missing} ; seules les missions sont données." in told
