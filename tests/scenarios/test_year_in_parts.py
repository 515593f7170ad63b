"""A year in several parts: its draft, recalculated, and complements after the batch is issued."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_workbook import SOFFICE, recalculated

from conftest import Cli, edit
from mutualis.domain.register import balance
from mutualis.register import store
from mutualis.workflows.register import verify
from parts_of_a_year import CASES, HEAD, merges_in_july, set_case


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_the_control_recomputes_parts(folder: Path, cli: Cli) -> None:
    lines = [line for case in CASES if case != "merger on 1 January" for line in CASES[case]]
    kept = [line for line in lines if "15/07" not in line]
    (folder / "data/communes.csv").write_text("\n".join([HEAD, *kept]), "utf-8")
    merges_in_july(folder)
    edit(folder / "data/tariffs.toml", 'proration = "full_year"', 'proration = "day"')
    batch = folder / cli("bill", "2025", "--json").json["files"][0]
    assert recalculated(batch, folder / "once") == ["OK"] * 3


def test_an_invoice_of_parts_says_each(folder: Path, cli: Cli) -> None:
    set_case(folder, "upgrade in July", "month")
    answer = cli("bill", "2025", "--json").json
    line = answer["lines"][0]
    assert [(p["level"], p["share"]) for p in line["parts"]] == [("2A", "6/12"), ("2B", "6/12")]
    assert "total 2\u00a0196,00\u00a0€" in line["explanation"]
    sheet = load_workbook(folder / answer["files"][0])["25245 Fontain"]
    cells = [str(c).replace("\u00a0", " ") for r in sheet.iter_rows(values_only=True) for c in r]
    assert "Fontain, niveau 2A, du 1er janvier au 30 juin 2025 (6/12)" in cells
    assert "Fontain, niveau 2B, du 1er juillet au 31 décembre 2025 (6/12)" in cells
    assert "2196" in cells
    assert [(p["part"], p["from"], p["amount_of_year"], p["amount"]) for p in line["parts"]] == [
        (1, "2025-01-01", "456.00", "228.00"),
        (2, "2025-07-01", "3936.00", "1968.00"),
    ]
    subject = (
        "niveau 2A du 1er janvier au 30 juin 2025, niveau 2B du 1er juillet au 31 décembre 2025"
    )
    assert f"Objet : Adhésion 2025 aux services mutualisés, {subject}" in cells


# --- complements -------------------------------------------------------------------------------

ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/01/2026")
COMPLEMENT = (*ISSUE, "--regularise")


@pytest.fixture
def issued(folder: Path, cli: Cli) -> Path:
    cli.once(("index", "2025", "--act", "Délibération d'exemple"))
    cli.once(ISSUE)
    return folder


def replace_in(folder: Path, *pairs: tuple[str, str]) -> None:
    path = folder / "data/communes.csv"
    text = path.read_text("utf-8-sig")
    for before, after in pairs:
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def numbers(answer: Any, code: str) -> list[tuple[str, str]]:
    return [(x["number"], x["amount"]) for x in answer["lines"] if x["code_insee"] == code]


def test_a_rise_becomes_a_complement_and_a_fall_a_credit(issued: Path, cli: Cli) -> None:
    """Fontain goes from 2A to 2B: 3 936,00 due, 456,00 invoiced; Amagney loses 37 inhabitants at
    3,28 €."""
    replace_in(
        issued,
        fontain(issued),
        ("2025;25014;Amagney;212500144;937", "2025;25014;Amagney;212500144;900"),
    )
    refused = cli(*ISSUE)
    assert (refused.code, "Amagney (F2025-0001)" in refused.err) == (3, True)
    answer = cli(*COMPLEMENT, "--json").json
    assert [(d["number"], d["code_insee"], d["amount"]) for d in answer["documents"]] == [
        ("F2025-0041", "25245", "3480.00"),
        ("A2025-0001", "25014", "-121.36"),
    ]
    shown = cli("register", "show", "F2025-0041", "--json").json
    assert shown["refers_to"] == numbers(answer, "25245")[0][0]
    assert "déjà comptés" in shown["explanation"]
    assert verify(issued).is_intact
    assert cli(*COMPLEMENT, "--json").json["created"] == 0


def fontain(folder: Path) -> tuple[str, str]:
    lines = (folder / "data/communes.csv").read_text("utf-8-sig").splitlines()
    line = next(line for line in lines if line.startswith("2025;25245;"))
    return line, line.replace(";2A;", ";2B;")


def test_replacing_one_of_two_invoices_deducts_the_other(issued: Path, cli: Cli) -> None:
    replace_in(issued, fontain(issued))
    first = numbers(cli(*COMPLEMENT, "--json").json, "25245")[0][0]
    credit = ("credit", first, "--reason", "essai", "--replace", "--date", "16/01/2026", "--json")
    answer = cli(*credit).json
    assert answer["replacement"]["amount"] == "456.00"  # 3936.00 less the complement of 3480.00
    standing = balance.standing(store.read_ledger(issued), 2025)
    assert [str(item.amount) for item in standing if item.code_insee == "25245"] == ["3936.00"]
    assert verify(issued).is_intact
