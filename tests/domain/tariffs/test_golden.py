"""The golden tables: arithmetic done by hand, in tests/golden."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import TESTS, Cli, edit
from mutualis.domain.french.letters import euros_in_letters
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, compute_fee
from mutualis.domain.workspace import Workspace

GOLDEN = TESTS / "golden"


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize("row", rows("fees.csv"), ids=lambda r: f"{r['level']}-{r['population']}")
def test_each_level_at_each_bound(row: dict[str, str], shipped: Workspace) -> None:
    level = shipped.tariffs.grids[2025].levels[row["level"]]
    fee = compute_fee(level, int(row["population"]))
    if row["amount"] == "none":
        assert isinstance(fee, NoPrice)
        return
    assert isinstance(fee, FeeBreakdown)
    assert fee.gross == Decimal(row["gross"])
    assert fee.cap == (Decimal(row["cap"]) if row["cap"] else None)
    assert str(fee.amount) == row["amount"]


@pytest.mark.parametrize("row", rows("communes_2025.csv"), ids=lambda r: r["commune"])
def test_real_communes(row: dict[str, str], shipped: Workspace) -> None:
    plan = plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025])
    line = next(x for x in plan.invoices if x.commune.code_insee == row["code_insee"])
    assert line.commune.name == row["commune"]
    assert line.fee.population == int(row["population"])
    assert line.fee.level.code == row["level"]
    assert str(line.amount) == row["amount"]


@pytest.mark.parametrize("row", rows("letters.csv"), ids=lambda r: r["amount"])
def test_amounts_in_letters(row: dict[str, str]) -> None:
    assert euros_in_letters(Decimal(row["amount"])) == row["letters"]


def test_indexation_of_2026_then_of_a_voted_2026(cli: Cli, folder: Path) -> None:
    golden = rows("indexation.csv")
    first = cli("index", "2026", "--json").json
    edit(
        folder / "data/tariffs.toml",
        'status = "projected"\nact = "à compléter"',
        'status = "voted"\nact = "Délibération d\'exemple"',
    )
    december = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    second = cli("index", "2027", *december, "--json").json
    for answer in (first, second):
        expected = [row for row in golden if row["year"] == str(answer["to"])]
        got = [
            {name: Decimal(amount[name]) for name in ("before", "exact", "after")}
            for amount in answer["amounts"]
        ]
        assert [a["key"] for a in answer["amounts"]] == [row["key"] for row in expected]
        assert got == [
            {name: Decimal(row[name]) for name in ("before", "exact", "after")} for row in expected
        ]
