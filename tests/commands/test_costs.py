"""mutualis costs: the shipped example, and simulate --target cost, end to end."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from conftest import Cli, edit
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
        if commune["code_insee"] not in usage:  # a free level, and nothing asked
            assert (commune["half_days"], commune["paid"]) == (0, "0.00")
            continue
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
    assert answer.json["files"] == [f"out/2026/couts-unitaires-2026.{x}" for x in ("pdf", "xlsx")]
    pages = PdfReader(folder / answer.json["files"][0]).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    for said in (
        *("EXEMPLE", "avant l’adoption du budget 2026", "Chiffres des comptes 2025"),
        *("contrats prévisionnel 2026 1 500,00 €", "fournitures définitif 2025 890,00 €"),
        "23 040,00 € : 125 demi-journées = 184,32 €.",
        "18 940,00 € : 71 demi-journées, arrondi à 266,76 €.",
    ):
        assert said in text, text
    # The article is that of a regime which is not set.
    assert "D. 5211-16" not in text
    book = load_workbook(folder / answer.json["files"][1])
    terms = list(book["Termes"].iter_rows(min_row=2, values_only=True))
    assert sum(int(str(row[6])) for row in terms if row[6] is not None) == 429
    refused = cli("costs", "2026", "--date", "2025-12-01")
    assert (refused.code, refused.out) == (2, "")


def statement(path: Path) -> str:
    text = " ".join(PdfReader(path).pages[0].extract_text().split())
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_each_beneficiary_has_its_statement(cli: Cli, folder: Path) -> None:
    answer = cli("costs", "2025", "--record", "--merge", "--date", "2026-03-01", "--json")
    assert answer.code == 0, answer.err
    book, *pages, together = answer.json["files"]
    statements = answer.json["statements"]
    communes = cli("costs", "2025", "--json").json["communes"]
    assert [one["code_insee"] for one in statements] == [one["code_insee"] for one in communes]
    assert len(pages) == len(statements) == len(PdfReader(folder / together).pages)
    found = load_workbook(folder / book)
    rows = [row for row in found["Recours"].iter_rows(min_row=2, values_only=True) if row[1]]
    each = [row for row in found["Communes"].iter_rows(min_row=2, values_only=True) if row[1]]
    assert len(each) == len(statements)
    for one, line in zip(statements, each, strict=True):
        own = [row for row in rows if row[1] == one["code_insee"]]
        assert sum(int(str(row[6])) for row in own) == one["half_days"] == line[2]
        amounts = [Decimal(str(row[8])) for row in own if row[8] is not None]
        assert sum(amounts) == Decimal(one["at_cost"] or 0)
    assert sum(one["half_days"] for one in statements) == 50
    (page,) = (name for name in pages if "25527" in name)
    # One half-day of the finances at 193,41; two of a directorate without costs.
    assert "Total : 3 demi-journées 193,41 €" in statement(folder / page)
    assert "hors du total : 2 demi-journées" in statement(folder / page)
    assert "EXEMPLE, données inventées : coûts, interventions" in statement(folder / page)
    (page,) = (name for name in pages if "25030" in name)
    assert "Total : 0 demi-journée 0,00 €" in statement(folder / page)
    assert "Aucun recours aux services n'est noté en 2025." in statement(folder / page)
    again = cli("costs", "2025", "--record", "--notice")
    assert (again.code, again.out) == (2, "")


def test_one_commune_is_asked_for(cli: Cli, folder: Path) -> None:
    one = ("costs", "2025", "--record", "--date", "2026-03-01", "--json", "--commune")
    assert cli(*one, "saint vit").json["files"] == [
        "out/2025/etats-annuels/etat-2025-25527-Saint-Vit.pdf"
    ]
    assert [x["commune"] for x in cli(*one, "saint vit").json["statements"]] == ["Saint-Vit"]
    refused = cli(*one, "Besançon")
    assert refused.code != 0
    assert "25056" in refused.err
    assert cli(*one, "Nulle-Part").code == 1


@pytest.mark.parametrize(
    ("regime", "cited"), [("mise_a_disposition", True), ("service_commun", False)]
)
def test_the_article_is_cited_under_its_own_regime(
    cli: Cli, folder: Path, regime: str, *, cited: bool
) -> None:
    edit(folder / "data/issuer.toml", 'regime = ""', f'regime = "{regime}"')
    files = cli("costs", "2025", "--record", "--date", "2026-03-01", "--json").json["files"]
    text = statement(folder / files[1])
    assert ("D. 5211-16" in text) is cited
    assert "Cadre juridique : " in text


def test_what_was_made_known_is_kept(cli: Cli, folder: Path) -> None:
    """Published once; the same again adds nothing; other figures make a version that follows, and
    the first one is still there, from the register alone."""
    issuer = folder / "data/issuer.toml"
    issuer.write_text("example = true\n" + issuer.read_text("utf-8"), "utf-8")
    publish = ("costs", "2025", "--record", "--publish", "--yes", "--json", "--date")
    first = cli(*publish, "2026-02-01").json
    assert (first["created"], first["version"]) == (1, 1)
    again = cli(*publish, "2026-02-02").json
    assert (again["created"], again["version"], again["head"]) == (0, 1, first["head"])
    assert again["date"] == "2026-02-01"
    edit(folder / "data/costs.csv", ";21450,00;", ";21550,00;")
    second = cli(*publish, "2026-02-03").json
    assert (second["created"], second["version"]) == (1, 2)
    assert second["files"][0] == "out/2025/etats-annuels-2/etats-annuels-2025.xlsx"
    assert (first["replaces"], second["replaces"]) == (None, "2026-02-01")
    assert "remplacent ceux du" not in statement(folder / first["files"][1])
    told = statement(folder / second["files"][1])
    assert "Les états annuels 2025 remplacent ceux du 1" in told
    edit(folder / "data/costs.csv", ";21550,00;", ";21650,00;")
    earlier = cli(*publish, "2026-02-02")
    assert (earlier.code, earlier.out) == (3, "")
    assert "publié le 3\u00a0février\u00a02026" in earlier.err
    (folder / "data/costs.csv").unlink()
    kept = cli("costs", "2025", "--record", "--kept", "--json").json
    assert {**kept, "created": 1} == second
    assert cli("register", "verify").code == 0
    listed = cli("register", "list", "--json").json["costs"]
    assert [(x["year"], x["kind"]) for x in listed] == [(2025, "statements")] * 2


def test_what_cannot_be_published(cli: Cli, folder: Path) -> None:
    publish = ("costs", "2025", "--record", "--publish", "--yes")
    to_come = cli(*publish, "--date", "2026-03-01")
    assert (to_come.code, "à venir" in to_come.err) == (3, True)
    assert cli("costs", "2025", "--record", "--kept").code == 3
    assert cli("costs", "2025", "--record", "--publish", "--date", "2026-02-01").code == 3
    invented = cli(*publish, "--date", "2026-02-01")
    assert (invented.code, "exemples inventés" in invented.err) == (3, True)
    assert not (folder / "register.db").exists()
    assert not (folder / "out").exists()


def test_nobody_served_is_no_statement(cli: Cli, folder: Path) -> None:
    (folder / "data/interventions.csv").unlink()
    answer = cli("costs", "2025", "--record")
    assert answer.code != 0
    assert "Aucune intervention" in answer.err
    assert not (folder / "out").exists()


def test_statements_of_a_year_without_communes_say_what_it_lacks(cli: Cli, folder: Path) -> None:
    """Interventions are noted: it is not they that are missing."""
    path = folder / "data/communes.csv"
    rows = path.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("2025")), "utf-8")
    answer = cli("costs", "2025", "--record")
    assert (answer.code, "[A05]" in answer.err) == (1, True)


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


def test_a_paper_that_is_kept_and_not_written_is_told(cli: Cli, as_shipped: Path) -> None:
    (as_shipped / "out/2026/couts-unitaires-2026.pdf").mkdir(parents=True)
    answer = cli("costs", "2026", "--notice", "--publish", "--yes", "--date", "2025-12-01")
    assert answer.code == 4
    assert "est publié au registre, une fois pour toutes" in answer.err
    assert "mutualis costs 2026 --notice --kept" in answer.err
    (as_shipped / "out/2026/couts-unitaires-2026.pdf").rmdir()
    assert cli("costs", "2026", "--notice", "--kept").code == 0
    assert (as_shipped / "out/2026/couts-unitaires-2026.pdf").is_file()


def test_what_was_kept_is_written_whole(cli: Cli) -> None:
    answer = cli("costs", "2025", "--record", "--kept", "--commune", "Thise")
    assert (answer.code, answer.out) == (2, "")
    assert "--kept" in answer.err
