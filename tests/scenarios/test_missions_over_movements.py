"""A mission done for a commune that is another one on the day of its invoice.

`dissolved_commune` is a case that was tried by hand: Valbois joins Hautefontaine on 1 January 2026,
whose SIREN becomes 934280017; what was done for Valbois in December is invoiced in January.
"""

import shutil
from pathlib import Path

import pytest
from pdfs import plain
from pypdf import PdfReader

from conftest import TESTS, Cli

MOVEMENTS = "data/movements.csv"
MERGED = (
    "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
    "2026-01-01;fusion;25901;Valbois;25902;Hautefontaine;arrêté\n"
    "2026-01-01;fusion;25902;Hautefontaine;25902;Hautefontaine;arrêté\n"
)
LATER = ("--date", "15/01/2026", "--json")
BILL = ("bill", "2025", "--quotes", "--issue", "--yes")
IMPORT = ("import", "populations", "donnees_communes.csv", "--year", "2026")
SIREN = ("--siren", "25902=934280017")


@pytest.fixture
def done(folder: Path, cli: Cli) -> Path:
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/dissolved_commune", folder, dirs_exist_ok=True)
    number, when = "D2025-0001", "--date"
    for command in (
        ("bill", "2025", "--issue", "--yes", when, "15/01/2025"),
        ("quote", "25901", "--line", "A:2:Cadrage", when, "15/10/2025"),
        ("quotes", "accept", number, when, "20/10/2025", "--by", "M. le maire"),
        (
            "quotes",
            "done",
            number,
            "--line",
            "A:2",
            when,
            "12/12/2025",
            "--certified-by",
            "Mme Roy",
        ),
    ):
        assert cli(*command).code == 0
    return folder


def billed(cli: Cli) -> tuple[str, str, str, str]:
    (line,) = cli(*BILL, *LATER).json["lines"]
    return line["code_insee"], line["commune"], line["siren"], line["amount"]


def printed(folder: Path, cli: Cli) -> str:
    """The text of the mission's invoice, on one line."""
    assert cli("register", "render", "F2025-0005").code == 0
    (path,) = (folder / "out/2025").glob("*/pdf/F2025-0005_*.pdf")
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


def test_the_heir_owes_under_its_siren_of_the_day(done: Path, cli: Cli) -> None:
    """2 half-days × 255 €."""
    (done / MOVEMENTS).write_text(MERGED, "utf-8")
    assert cli(*IMPORT, *SIREN).code == 0
    assert billed(cli) == ("25902", "Hautefontaine", "934280017", "510.00")
    assert cli("register", "verify").code == 0
    text = printed(done, cli)
    assert "Commune concernée : Valbois (25901), devenue Hautefontaine (25902)." in text
    assert "(devis n° D2025-0001), commune de Valbois" in text


def test_before_the_merger_the_commune_itself_owes(done: Path, cli: Cli) -> None:
    (done / MOVEMENTS).write_text(MERGED, "utf-8")
    (line,) = cli(*BILL, "--date", "31/12/2025", "--json").json["lines"]
    assert (line["code_insee"], line["siren"]) == ("25901", "212590103")


def test_an_heir_without_a_row_of_the_day_owes_by_its_last_one(done: Path, cli: Cli) -> None:
    (done / MOVEMENTS).write_text(MERGED, "utf-8")
    assert billed(cli) == ("25902", "Hautefontaine", "212590202", "510.00")


def test_the_siren_of_the_day_without_a_merger(done: Path, cli: Cli) -> None:
    """Another SIREN is another row of another year: the one in force on the day counts."""
    path = done / "data/communes.csv"
    with path.open("ab") as file:
        file.write(b"2026;25901;Valbois;934280017;826;834;2B;convention;;;;;25900;Valbois\n")
    for code in ("25902", "25903", "25904"):
        line = next(x for x in path.read_text("utf-8-sig").splitlines() if f"2025;{code}" in x)
        with path.open("a", encoding="utf-8") as file:
            file.write(line.replace("2025;", "2026;", 1) + "\n")
    assert billed(cli)[2] == "934280017"
    successor = "SIREN 934 280 017, qui a succédé à Valbois, SIREN 212 590 103."
    assert f"Débiteur : Valbois, {successor}" in printed(done, cli)


def test_a_replacement_is_made_out_to_the_heir(done: Path, cli: Cli) -> None:
    cli(*BILL, "--date", "31/12/2025")
    (done / MOVEMENTS).write_text(MERGED, "utf-8")
    assert cli(*IMPORT, *SIREN).code == 0
    reason = ("--reason", "Mauvais débiteur", "--replace", "--date", "15/01/2026")
    answer = cli("credit", "F2025-0005", *reason, "--json")
    assert answer.code == 0, answer.err
    shown = cli("register", "show", "F2025-0006", "--json").json
    assert "934280017" in str(shown)
    assert cli("register", "verify").code == 0
