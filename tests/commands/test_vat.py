"""What is taxed, from issuer.toml to the documents, the workbook, the export and the JSON."""

from pathlib import Path
from typing import Any

import facturx
import pytest
from openpyxl import load_workbook
from test_factur_x import check_valid, values
from test_workbook import SOFFICE, converted, verdicts_of

from conftest import Cli, edit

RULES = """
[[vat.rules]]
product = "membership"
rates = [{ from = 2014-01-01, rate = 20 }]

[[vat.rules]]
service = "Accompagnement RH"
rates = [{ from = 2014-01-01, rate = 10 }, { from = 2025-06-01, rate = 12.5 }]

[payment]
"""
ADVICE = """[[vat.rules]]
product = "half_days"
rates = [{ from = 2014-01-01, rate = 20 }]

"""
ON = ("--date", "15/03/2025")
CERTIFIED = ("--certified-by", "Mme Exemple")


@pytest.fixture
def taxed(voted: Path) -> Path:
    """Memberships at 20 %, one service at 10 %."""
    path = voted / "data/issuer.toml"
    edit(path, 'number = ""', 'number = "FR28242500361"')
    edit(path, "\n[payment]\n", RULES)
    return voted


def saone(answer: Any) -> Any:
    return next(line for line in answer["lines"] if line["code_insee"] == "25532")


def amounts(line: Any) -> tuple[str, str, str]:
    return line["net"], line["vat"], line["amount"]


def test_memberships(taxed: Path, cli: Cli) -> None:
    draft = cli("bill", "2025", *ON, "--json").json
    # The cap of 7 048, and a fifth of it.
    assert amounts(saone(draft)) == ("7048.00", "1409.60", "8457.60")
    issued = cli("bill", "2025", "--issue", "--yes", *ON, "--json").json
    assert amounts(saone(issued)) == ("7048.00", "1409.60", "8457.60")
    listed = cli("register", "list", "--json").json["documents"]
    (own,) = [d for d in listed if d["code_insee"] == "25532"]
    assert amounts(own) == ("7048.00", "1409.60", "8457.60")
    (entry,) = cli("bill", "2025", "--json").json["account"][31:32]
    assert (entry["due"], entry["remaining"]) == (entry["balance"], "0.00")
    assert cli("register", "verify").code == 0


def titled(sheet: Any, head: int, row: int) -> dict[str, Any]:
    titles = [cell.value for cell in sheet[head]]
    return dict(zip(titles, [cell.value for cell in sheet[row]], strict=True))


def test_the_recap_and_the_control(taxed: Path, cli: Cli) -> None:
    book: Any = load_workbook(taxed / cli("bill", "2025", *ON, "--json").json["files"][0])
    own = titled(book["Récapitulatif"], 1, 2)  # Amagney: 937 x 3.28 = 3 073.36
    found = [own[title] for title in ("Montant dû", "Reste", "dont HT", "dont TVA")]
    assert [str(value) for value in found] == ["3688.03", "3688.03", "3073.36", "614.67"]
    control = titled(book["Contrôle"], 4, 5)
    assert control["TVA (%)"] == 20
    assert "/100,2)" in control["Montant recalculé"]
    assert control["TVA du reste"].startswith("=ROUND(")
    assert control["Verdict"].count("=0") == 3


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_the_tax(taxed: Path, cli: Cli) -> None:
    batch = taxed / cli("bill", "2025", *ON, "--json").json["files"][0]
    book: Any = load_workbook(batch)
    recap = book["Récapitulatif"]
    at = [cell.value for cell in recap[1]].index("dont TVA") + 1
    recap.cell(3, at).value = 1
    tampered = taxed / "tampered.xlsx"
    book.save(tampered)
    as_made, changed = converted([batch, tampered], taxed / "converted")
    assert set(verdicts_of(as_made)) == {"OK"}
    assert changed["Contrôle"]["C2"].value == "ÉCART"


def test_nothing_taxed_has_no_column(voted: Path, cli: Cli) -> None:
    book: Any = load_workbook(voted / cli("bill", "2025", *ON, "--json").json["files"][0])
    titles = [cell.value for name in ("Récapitulatif", "Contrôle") for cell in book[name][1]]
    titles += [cell.value for cell in book["Contrôle"][4]]
    assert not [title for title in titles if title and "TVA" in str(title)]


def test_memberships_that_are_exempt(taxed: Path, cli: Cli) -> None:
    """By a rule: a tax of nothing, which the workbook has no column to check."""
    exempt = 'category = "E"\nreason = "Exonération (exemple)"'
    edit(taxed / "data/issuer.toml", "rates = [{ from = 2014-01-01, rate = 20 }]", exempt)
    answer = cli("bill", "2025", "--issue", "--yes", *ON, "--json")
    assert answer.code == 0, answer.err
    assert amounts(saone(answer.json)) == ("7048.00", "0.00", "7048.00")
    book = load_workbook(taxed / answer.json["files"][0])
    assert not [c.value for c in book["Récapitulatif"][1] if "TVA" in str(c.value)]


def test_explain_shows_the_tax(taxed: Path, cli: Cli) -> None:
    answer = cli("explain", "Saône", "2025", "--json").json
    steps = {step["name"]: step["value"] for step in answer["steps"]}
    assert (steps["TVA"], answer["amount"]) == ("1409.60", "8457.60")
    # Beside it, 9 416 and 3 142 x 0.38 = 1 193.96, with a fifth more.
    assert answer["next_threshold"] == {"population": 4000, "amount": "11299.20"}
    assert answer["other_levels"]["2A"] == "1432.75"
    said = cli("explain", "Saône", "2025").out.replace("\u00a0", " ")
    assert "Prochain seuil : dans 858 habitants : 11 299,20 € TVA comprise" in said


def test_explain_taxes_as_what_is_issued_that_day(taxed: Path, cli: Cli) -> None:
    """2025 is not issued yet on 10 February 2026, when the rate is another."""
    new = "rate = 20 }, { from = 2026-02-01, rate = 25 }]"
    edit(taxed / "data/issuer.toml", "rate = 20 }]", new)
    answer = cli("explain", "Saône", "2025", "--json").json
    assert answer["amount"] == answer["account"]["due"] == "8810.00"
    assert saone(cli("bill", "2025", "--json").json)["amount"] == "8810.00"


def test_a_credit_of_a_part_goes_to_the_export(taxed: Path, cli: Cli) -> None:
    columns = '[export]\ncolumns = [{ title = "N", field = "number" }, '
    columns += '{ title = "HT", field = "net" }, { title = "TVA", field = "vat" }, '
    columns += '{ title = "TTC", field = "amount" }]\n'
    edit(taxed / "data/issuer.toml", "[export]\n", columns)
    number = saone(cli("bill", "2025", "--issue", "--yes", *ON, "--json").json)["number"]
    asked = ("--remise", "100", "--act", "Délibération d'exemple", "--reason", "Exemple")
    assert cli("credit", number, *asked, *ON).code == 0
    assert cli("register", "export").code == 0
    rows = (taxed / "out/export-a-titrer-01.csv").read_text("utf-8-sig").splitlines()
    # A remise of 100,00 €: 7048 × 100 / 8457,60 = 83,333.
    assert f"{number};7048,00;1409,60;8457,60" in rows
    assert "A2025-0001;-83,33;-16,67;-100,00" in rows


def quote(cli: Cli, *more: str) -> Any:
    line = ("--line", "A:2:Recrutement", "--service", "Accompagnement RH")
    return cli("quote", "saône", *line, *more, *ON, "--json").json


def test_a_mission_has_the_tax_of_its_quote(taxed: Path, cli: Cli) -> None:
    made = quote(cli)
    assert (made["net"], made["vat"], made["total"]) == ("510.00", "51.00", "561.00")
    assert cli("quotes", "accept", made["number"], "--date", "16/03/2025").code == 0
    done = ("quotes", "done", made["number"], "--certified-by", "Exemple")
    assert cli(*done, "--line", "A:1", "--date", "20/03/2025").code == 0
    bill = ("bill", "2025", "--quotes")
    (line,) = cli(*bill, "--issue", "--yes", "--date", "01/04/2025", "--json").json["lines"]
    assert amounts(line) == ("255.00", "25.50", "280.50")
    # What is done after the rate has changed is at no price that was agreed to.
    assert cli(*done, "--line", "A:1", "--date", "02/06/2025").code == 0
    late = ("--date", "03/06/2025")
    drafted = cli(*bill, *late)
    assert "une autre TVA ; l'émission le refusera" in drafted.err
    refused = cli(*bill, "--issue", "--yes", *late)
    assert refused.code == 3
    assert "La TVA n'est plus celle des devis acceptés" in refused.err
    assert cli("register", "verify").code == 0


def test_the_credit_of_a_mission_with_two_rates_names_each(taxed: Path, cli: Cli) -> None:
    edit(taxed / "data/issuer.toml", 'service = "Accompagnement RH"', 'service = "Cadrage"')
    edit(taxed / "data/issuer.toml", "[payment]\n", f"{ADVICE}[payment]\n")
    lines = ("--line", "A:1:Étude", "--line", "C:1:Cadrage")
    for command in (
        ("quote", "Saône", *lines, *ON),
        ("quotes", "accept", "D2025-0001", *ON),
        ("quotes", "done", "D2025-0001", "--line", "A:1", "--line", "C:1", *CERTIFIED, *ON),
        ("bill", "2025", "--quotes", "--issue", "--yes", *ON),
        ("credit", "F2025-0001", "--amount", "100,01", "--reason", "Exemple", "--pdf", *ON),
    ):
        answer = cli(*command)
        assert answer.code == 0, answer.err
    credit = (taxed / "out/2025/avoirs/A2025-0001.pdf").read_bytes()
    _, xml = facturx.get_facturx_xml_from_pdf(credit, check_xsd=False)
    check_valid(xml)
    # 255 x 1.20 = 306 and 150 x 1.10 = 165 : 100.01 x 255 / 471 = 54.146, then by what is left.
    named = values(xml, "SpecifiedTradeProduct/Name")
    assert [name.rpartition(", ")[2].replace("\u00a0", " ") for name in named] == [
        "opérations taxées à 20 %",
        "opérations taxées à 10 %",
    ]
    assert values(xml, "ApplicableTradeTax/BasisAmount") == ["54.15", "31.85"]
    assert values(xml, "ApplicableTradeTax/CalculatedAmount") == ["10.83", "3.18"]


def test_a_year_issued_without_vat_keeps_none_until_an_act(voted: Path, cli: Cli) -> None:
    cli("bill", "2025", "--issue", "--yes", *ON)
    path = voted / "data/issuer.toml"
    edit(path, 'number = ""', 'number = "FR28242500361"')
    edit(path, "\n[payment]\n", RULES)
    checked = cli("check", "--format", "json").json["problems"]
    assert [p["code"] for p in checked if p["code"] == "B20"] == ["B20"]
    assert cli("bill", "2025", *ON, "--json").json["to_issue"] == []
    act = ("--regularise", "--act", "Délibération n° 2 (exemple)")
    issued = cli("bill", "2025", "--issue", "--yes", *act, "--date", "20/03/2025", "--json").json
    assert issued["created"] == 80
    assert amounts(saone(issued)) == ("7048.00", "1409.60", "8457.60")
    assert cli("register", "verify").code == 0
