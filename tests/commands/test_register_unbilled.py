"""`register unbilled`: what is not claimed yet for a year, missions (see test_missions) and
memberships."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import TESTS, Cli, edit

ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/01/2025")
UNBILLED = ("register", "unbilled", "2025", "--json")
FOUR = "10533.82"  # 2 722.40 + 253.46 + 7 048.00 + 1 342 × 0.38
ROW = "2025;25902;Hautefontaine;212590202;667;681;2A;convention;;;"


@pytest.fixture
def four(folder: Path, cli: Cli) -> Path:
    """Four communes; 2025 is issued."""
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    cli.once(ISSUE)
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
    cli.once(ISSUE)
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


def test_the_end_of_the_year(voted: Path, cli: Cli) -> None:
    """One half-day A of two, at 255.00, is done in 2025 and invoiced in 2026."""
    cli.once(ISSUE)
    for command in (
        ("quote", "Saône", "--line", "A:2:Cadrage d'exemple", "--date", "15/03/2025"),
        ("quotes", "accept", "D2025-0001", "--date", "16/03/2025"),
        ("quotes", "done", "D2025-0001", "--line=A:1", "--certified-by=x", "--date=17/03/2025"),
    ):
        assert cli(*command).code == 0
    before = cli(*UNBILLED).json
    assert before["to_attach"] == [
        {
            "product": "mission",
            "withheld": False,
            "account": "70875",
            "amount": "255.00",
            "corrections": "0.00",
            "below_minimum": "0.00",
        }
    ]
    assert [(x["quote"], x["half_days"], x["amount"]) for x in before["to_do"]] == [
        ("D2025-0001", {"A": 1}, "255.00")
    ]
    assert cli("bill", "2025", "--quotes", "--issue", "--yes", "--date", "10/02/2026").code == 0
    after = cli(*UNBILLED).json
    assert (after["works"], after["to_attach"]) == ([], before["to_attach"])
    told = " ".join(cli("register", "unbilled", "2025").out.split())
    assert "À rattacher à l'exercice 2025" in told
    assert "Devis acceptés, pas encore faits au 31 décembre 2025" in told


def test_issued_the_year_before(four: Path, cli: Cli) -> None:
    """What only the body needs: on its cover, its export and its screen, never on an invoice."""
    shutil.rmtree(four / "out")
    (four / "register.db").unlink()
    issued = cli(*ISSUE[:-1], "15/12/2024", "--pdf")
    said = "Produit constaté d'avance : ces documents de 2025 sont d'un exercice antérieur"
    assert said in issued.out
    lot = four / "out/2025/lot-01"
    book = load_workbook(lot / "adhesions-2025-lot-01.xlsx")
    with_it = [
        sheet.title
        for sheet in book
        if any("constaté d'avance" in str(cell) for row in sheet.values for cell in row)
    ]
    assert with_it == ["Synthèse"]
    assert cli("register", "export", "--out", "a.csv").code == 0
    export = (four / "a.csv").read_text("utf-8-sig").splitlines()[1:]
    assert all(line.startswith("2024;facture, produit constaté d'avance;") for line in export)
    assert cli("register", "unbilled", "2024", "--json").json["deferred"] == [
        {"year": 2025, "withheld": False, "account": "487", "amount": FOUR}
    ]
    told = cli("register", "unbilled", "2024").out
    assert "Produits constatés d'avance à la clôture 2024" in told


def test_a_forecast_says_so(four: Path, cli: Cli) -> None:
    cli("index", "2026")
    told = cli("register", "unbilled", "2026").out
    assert "Adhésions 2026, ce qui reste (grille projetée, non votée)" in told


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


def test_a_register_of_before(history: Path, cli: Cli) -> None:
    """A partial credit of before may be a remise or a correction: its account says so."""
    assert memberships(cli) == [
        ("99903", "75.20", "to_qualify"),
        ("99905", "9.57", "below_minimum"),
        ("99906", "-1563.57", "correction"),
    ]
    told = " ".join(cli("register", "unbilled", "2025").out.split())
    assert "mutualis credit AV2025-002 --qualify remise, ou correction ; mutualis bill 2025" in told


@pytest.fixture
def history(folder: Path) -> Path:
    """A register with a long history, and the inputs that it ended with."""
    shutil.rmtree(folder / "data")
    for name in ("data", "register.db"):
        source = TESTS / "registers/history" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    return folder
