"""mutualis costs: the shipped example, and simulate --target cost, end to end."""

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader

from conftest import Cli
from mutualis.domain.money import round_half_up


def test_the_shipped_example_balances_to_the_cent(cli: Cli) -> None:
    answer = cli("costs", "2025", "--json")
    assert answer.code == 0, answer.err
    costs = answer.json
    assert (costs["year"], costs["is_final"], costs["accounts"]) == (2025, True, None)
    lines = costs["categories"]
    for line in lines:
        amounts = [Decimal(term["amount"]) for term in line["terms"] if term["amount"]]
        charges, unit = sum(amounts), Decimal(line["unit_cost"])
        assert Decimal(line["charges"]) == charges
        assert unit == round_half_up(charges / line["half_days"])
        assert line["half_days"] * unit + Decimal(line["rounding_gap"]) == charges
        assert Decimal(line["margin"]) == Decimal(line["price"]) - unit
    assert Decimal(costs["charges"]) == sum(Decimal(line["charges"]) for line in lines)
    first = next(x for x in lines if x["direction"].endswith("juridiques"))
    # 21 450 + 610 + 1 980 = 24 040 ; 24 040 : 92 = 261,304...
    assert (first["charges"], first["unit_cost"]) == ("24040.00", "261.30")
    balance = {key: Decimal(value) for key, value in costs["balance"].items()}
    bill = cli("bill", "2025", "--json").json
    assert balance["fees"] == Decimal(bill["total"])
    assert balance["difference"] == balance["fees"] - balance["charges"]
    assert "[U27]" in answer.err
    assert sum(Decimal(x["paid"]) for x in costs["communes"]) == balance["fees"]
    usage = {x["code_insee"]: x for x in cli("usage", "2025", "--json").json["by_commune"]}
    for commune in costs["communes"]:
        same = usage[commune["code_insee"]]
        for name in ("half_days", "at_price", "at_cost", "half_days_without_cost", "paid"):
            assert commune[name] == same[name], (commune["commune"], name)
    (thise,) = (x for x in costs["communes"] if x["commune"] == "Thise")
    # Four questions to the lawyers, at 261,30.
    assert (thise["half_days"], thise["at_cost"]) == (4, "1045.20")


def test_before_the_accounts_the_budget_replaces_them_row_by_row(cli: Cli) -> None:
    costs = cli("costs", "2026", "--json").json
    assert (costs["accounts"], costs["is_final"], costs["balance"]) == (2025, False, None)
    lines = {(x["direction"], x["category"]): x for x in costs["categories"]}
    line = lines["Direction de l'urbanisme", "B"]
    # 20 650 + 890 + 1 500 = 23 040 ; 23 040 : 125 = 184,32
    assert (line["charges"], line["half_days"], line["unit_cost"]) == ("23040.00", 125, "184.32")
    assert [(t["nature"], t["year"], t["status"]) for t in line["terms"]] == [
        ("personnel", 2025, "définitif"),
        ("fournitures", 2025, "définitif"),
        ("contrats", 2026, "prévisionnel"),
        ("unités", 2026, "prévisionnel"),
    ]


def test_the_notice_says_each_term_and_its_vintage(cli: Cli, folder: Path) -> None:
    answer = cli("costs", "2026", "--notice", "--date", "2025-12-01", "--json")
    assert answer.code == 0, answer.err
    assert answer.json["files"] == ["out/2026/couts-unitaires-2026.pdf"]
    pages = PdfReader(folder / answer.json["files"][0]).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    for said in (
        *("EXEMPLE", "D. 5211-16", "avant l’adoption du budget 2026", "Chiffres des comptes 2025"),
        *("contrats prévisionnel 2026 1 500,00 €", "fournitures définitif 2025 890,00 €"),
        "23 040,00 € : 125 demi-journées = 184,32 €.",
    ):
        assert said in text, text
    refused = cli("costs", "2026", "--date", "2025-12-01")
    assert (refused.code, refused.out) == (2, "")


def test_each_commune_that_was_served_has_its_statement(cli: Cli, folder: Path) -> None:
    answer = cli("costs", "2025", "--record", "--date", "2026-03-01", "--json")
    assert answer.code == 0, answer.err
    book, *pages = answer.json["files"]
    served = [one for one in answer.json["communes"] if one["half_days"]]
    assert len(pages) == len(served)
    sheet = load_workbook(folder / book)["Recours"]
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]]
    assert sum(int(str(row[6])) for row in rows) == sum(one["half_days"] for one in served)
    for one in served:
        own = [row for row in rows if row[1] == one["code_insee"]]
        amounts = [Decimal(str(row[8])) for row in own if row[8] is not None]
        assert sum(amounts) == Decimal(one["at_cost"] or 0)
    (page,) = (name for name in pages if "25527" in name)
    text = " ".join(PdfReader(folder / page).pages[0].extract_text().split())
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    # One half-day of the finances at 193,41; two of a directorate without costs.
    assert "Total : 3 demi-journées 193,41 €" in text
    assert "hors du total : 2 demi-journées" in text
    again = cli("costs", "2025", "--record", "--notice")
    assert (again.code, again.out) == (2, "")


def test_nobody_served_is_no_statement(cli: Cli, folder: Path) -> None:
    (folder / "data/interventions.csv").unlink()
    answer = cli("costs", "2025", "--record")
    assert answer.code != 0
    assert "aucune intervention" in answer.err
    assert not (folder / "out").exists()


def test_the_price_that_covers_the_costs(cli: Cli) -> None:
    key = "levels.2B.per_inhabitant"
    answer = cli("simulate", "2025", "--solve", key, "--target", "cost", "--json")
    assert answer.code == 0, answer.err
    solved = answer.json["solved"]
    assert solved["target"] == "93170.00"
    assert Decimal(solved["total"]) >= Decimal(93170)
    below = str(Decimal(solved["value"]) - Decimal("0.01")).replace(".", ",")
    less = cli("simulate", "2025", "--set", f"{key}={below}", "--json").json
    assert Decimal(less["scenario"]["total"]) < Decimal(93170)


def test_a_year_without_costs_has_no_target(cli: Cli) -> None:
    answer = cli("costs", "2024")
    assert (answer.code, answer.out) == (1, "")
    assert "[U29]" in answer.err
    target = cli("simulate", "2025", "--solve", "levels.2B.per_inhabitant", "--target", "coût")
    assert target.code == 2
