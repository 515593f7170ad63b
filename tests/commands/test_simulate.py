"""mutualis simulate, end to end."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import TESTS, Answer, Cli, edit

REFORM = """title = "Prix relevés (exemple)"
description = "Deux prix et un plafond."
minimum_recovery = 40

[levels.2A]
per_inhabitant = 0.40

[levels.2B]
per_inhabitant = 3.50
brackets.0.cap = 7500
"""
MOVES = ("--move", "Beure=2b", "--move", "25111=2A", "--move", "Saône=2A", "--leave", "Thise")


def golden() -> list[dict[str, str]]:
    with (TESTS / "golden/simulation.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def reform(folder: Path) -> Path:
    path = folder / "reforme.toml"
    path.write_text(REFORM, "utf-8")
    return path


def lines(answer: Answer) -> dict[str, Any]:
    assert answer.code == 0, answer.err
    return {line["code_insee"]: line for line in answer.json["lines"]}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_reform_on_ten_real_communes(cli: Cli, reform: Path) -> None:
    answer = cli("simulate", "2025", "--reform", reform.name, *MOVES, "--json")
    found = lines(answer)
    for row in golden():
        line = found[row["code_insee"]]
        assert {key: line[key] for key in row if key != "calcul"} == {
            key: value for key, value in row.items() if key != "calcul"
        }
    causes = {
        code: {name: amount for name, amount in line["effects"].items() if amount != "0.00"}
        for code, line in found.items()
    }
    assert causes["25560"] == {"perimeter": "-1136.20"}
    assert causes["25058"] == {"level": "3891.80", "tariff": "295.24"}  # 1342 x 2.90, x 0.22
    assert causes["25117"] == {"tariff": "-34.20"}
    whole = answer.json
    assert len(found) == 67  # every commune of 2025
    for side in ("before", "after", "change"):
        total = sum(Decimal(line[side]) for line in found.values())
        key = {"before": "baseline", "after": "scenario"}.get(side)
        assert total == Decimal(whole[key]["total"] if key else whole["change"])
    assert whole["scenario"]["title"] == (
        "Prix relevés (exemple) + Beure au niveau 2B + Chalèze au niveau 2A + Saône au niveau 2A "
        "+ Thise non adhérente"
    )
    assert [(d["key"], d["before"], d["after"]) for d in whole["differences"]] == [
        ("levels.2A.per_inhabitant", "0.38", "0.40"),
        ("levels.2B.per_inhabitant", "3.28", "3.50"),
        ("levels.2B.brackets.0.cap", "7048.00", "7500.00"),
        ("minimum_recovery", "15.00", "40.00"),
    ]
    assert sum(item["communes"] for item in whole["classes"].values()) == 67
    assert {name: item["communes"] for name, item in whole["classes"].items()}["starts"] == 1


def test_2024_to_2025_with_the_merger(cli: Cli, folder: Path) -> None:
    """Le Gratteris (161 x 0.38 = 61.18) is Mamirolle's since 1 January 2025: 1 798 x 3.28 =
    5 897.44 before; 1 974 x 3.28 = 6 474.72 after. 2024 has no grid: it takes that of 2025."""
    answer = cli("simulate", "2025", "--baseline", "2024", "--json")
    found = lines(answer)
    assert {key: found["25364"][key] for key in ("before", "after", "change", "class")} == {
        "before": "5958.62",
        "after": "6474.72",
        "change": "516.10",
        "class": "loses",
    }
    effects = found["25364"]["effects"]
    # (1 798 + 161) x 3.28 = 6 425.52, then 15 inhabitants more.
    assert {name: amount for name, amount in effects.items() if amount != "0.00"} == {
        "perimeter": "466.90",
        "population": "49.20",
    }
    assert (found["25297"]["heir"], found["25297"]["change"]) == ("25364", "0.00")
    whole = answer.json
    assert (whole["baseline"]["year"], whole["baseline"]["grid_of"]) == (2024, 2025)
    assert Decimal(whole["baseline"]["total"]) == by_hand(folder, "2024")
    assert Decimal(whole["scenario"]["total"]) == by_hand(folder, "2025")
    screen = cli("simulate", "2025", "--baseline", "2024").out
    assert "Référence : données 2024 (pas de grille 2024 : celle de 2025)." in screen


def by_hand(folder: Path, year: str) -> Decimal:
    """The fees of a year in hundredths, without the program: 2A 0.38, 2B 3.28 capped."""
    cents = 0
    with (folder / "data/communes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            people = int(row["population_municipale"])
            if row["annee"] == year and row["niveau"] == "2A":
                cents += people * 38 if people * 38 >= 1500 else 0
            if row["annee"] == year and row["niveau"] == "2B":
                cents += min(people * 328, 704800 if people < 4000 else 941600)
    return Decimal(cents) / 100


def test_an_empty_reform_gives_zeros(cli: Cli, folder: Path) -> None:
    (folder / "vide.toml").write_text('title = "Rien (exemple)"\n', "utf-8")
    answer = cli("simulate", "2025", "--reform", "vide.toml", "--json")
    assert {line["change"] for line in lines(answer).values()} == {"0.00"}
    assert answer.json["differences"] == []
    assert "Aucun prix, aucune borne et aucun réglage ne change." in cli("simulate", "2025").out


def test_swapping_the_reform_and_the_baseline_flips_the_signs(cli: Cli, reform: Path) -> None:
    there = cli("simulate", "2025", "--reform", reform.name, "--json")
    back = cli("simulate", "2025", "--baseline", reform.name, "--json")
    one, other = lines(there), lines(back)
    assert one.keys() == other.keys()
    for code, line in one.items():
        assert sum(map(Decimal, line["effects"].values())) == Decimal(line["change"])
        assert Decimal(other[code]["change"]) == -Decimal(line["change"])
    assert Decimal(back.json["change"]) == -Decimal(there.json["change"]) != 0


def test_reforms_compose_from_left_to_right(cli: Cli, folder: Path, reform: Path) -> None:
    (folder / "autre.toml").write_text(
        'title = "Autre (exemple)"\n[levels.2B]\nper_inhabitant = 3.60\n'
        "brackets = [{ up_to = 3999, cap = 7600 }, { up_to = 10000, cap = 9500 }]\n",
        "utf-8",
    )
    answers = [
        cli("simulate", "2025", "--reform", both, "--json").json["differences"]
        for both in ("reforme.toml+autre.toml", "autre.toml+reforme.toml")
    ]
    after = [{item["key"]: item["after"] for item in found} for found in answers]
    assert [prices["levels.2B.per_inhabitant"] for prices in after] == ["3.60", "3.50"]
    assert [prices["levels.2B.brackets.0.cap"] for prices in after] == ["7600.00", "7500.00"]
    assert [prices["levels.2B.brackets.1.cap"] for prices in after] == ["9500.00", "9500.00"]
    assert [prices["levels.2A.per_inhabitant"] for prices in after] == ["0.40", "0.40"]


def test_the_due_is_what_bill_drafts(cli: Cli) -> None:
    cli("index", "2026")
    drafted = cli("bill", "2026", "--json").json
    simulated = cli("simulate", "2026", "--json").json
    assert simulated["scenario"]["total"] == drafted["total"]
    assert simulated["scenario"]["by_level"] == drafted["by_level"]
    due = {line["code_insee"]: line["amount"] for line in drafted["lines"]}
    found = {line["code_insee"]: line["after"] for line in simulated["lines"]}
    assert {code: amount for code, amount in found.items() if amount != "0.00"} == due


def test_a_year_without_a_grid_is_indexed(cli: Cli) -> None:
    """2026 by December 2025 (+0.8 %); at 0.5 %, 3.28 x 1.005 = 3.2964, 7048 x 1.005 = 7083.24."""
    answer = cli("simulate", "2026", "--cpi", "0,5", "--json").json
    assert answer["baseline"]["rates"] == {"2026": "0.8"}
    assert answer["scenario"]["rates"] == {"2026": "0.5"}
    found = {item["key"]: (item["before"], item["after"]) for item in answer["differences"]}
    assert found["levels.2B.per_inhabitant"] == ("3.31", "3.30")
    assert found["levels.2B.brackets.0.cap"] == ("7104.00", "7083.00")
    cli("index", "2026")
    again = cli("simulate", "2026", "--cpi", "0,5", "--json").json
    assert again["differences"] == answer["differences"]
    assert again["baseline"]["rates"] == {}


def test_a_year_without_grid_nor_rate_says_so(cli: Cli) -> None:
    missing = cli("simulate", "2027")
    assert missing.code == 1
    assert "[A20]" in missing.err
    assert "--cpi TAUX" in missing.err
    answer = cli("simulate", "2027", "--cpi", "1", "--set", "levels.2A.per_inhabitant=0,40")
    assert answer.code == 0
    assert "2A, tarif par habitant = 0,40" in answer.out
    alone = cli("simulate", "2027", "--cpi", "1", "--json").json
    assert alone["differences"] == []  # both sides take it, where INSEE has published nothing
    said = "(grille 2025 indexée : 2026 +0,8 %, 2027 +1 % ; pas de communes 2027 : celles de 2026"
    assert said in answer.out.replace("\u00a0", " ")


def test_it_is_marked_and_writes_nothing(cli: Cli, folder: Path, reform: Path) -> None:
    before = contents(folder)
    for arguments in (
        ("2025", "--reform", reform.name, *MOVES),
        ("2025", "--solve", "levels.2B.per_inhabitant", "--target", "110000"),
        ("--years", "2025-2028", "--cpi", "1"),
    ):
        answer = cli("simulate", *arguments)
        assert answer.code == 0
        assert answer.out.startswith("SIMULATION : ")
        assert "une simulation ne peut être ni émise, ni inscrite." in answer.out
        assert max(map(len, tables(answer.out))) <= 80
        assert cli("simulate", *arguments, "--json").json["simulation"] is True
    assert contents(folder) == before


def tables(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(" ")]


def test_solve_finds_the_smallest_price(cli: Cli) -> None:
    key, target = "levels.2B.per_inhabitant", Decimal(108000)
    answer = cli("simulate", "2025", "--solve", key, "--target", "108 000,00 €", "--json").json
    value = Decimal(answer["solved"]["value"])
    assert answer["solved"]["key"] == key
    assert Decimal(answer["solved"]["total"]) == Decimal(answer["scenario"]["total"]) >= target
    less = cli("simulate", "2025", "--set", f"{key}={value - Decimal('0.01')}", "--json").json
    assert Decimal(less["scenario"]["total"]) < target
    same = cli("simulate", "2025", "--set", f"{key}={value}", "--json").json
    assert same["scenario"]["total"] == answer["scenario"]["total"]


def test_solve_says_what_caps_make_impossible(cli: Cli) -> None:
    answer = cli("simulate", "2025", "--solve", "levels.2B.per_inhabitant", "--target", "900000")
    assert answer.code == 3
    assert "le total le plus élevé est" in answer.err
    # The caps of 18 members below 4 000 inhabitants and of Saint-Vit, and the 2A.
    highest = 18 * Decimal(7048) + Decimal(9416) + Decimal("10616.06")
    assert f"{highest:,.2f}".replace(",", " ").replace(".", ",") in answer.err.replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("key", ["levels.3.half_day.A", "levels.2B", "proration"])
def test_solve_takes_the_price_of_a_membership(key: str, cli: Cli) -> None:
    answer = cli("simulate", "2025", "--solve", key, "--target", "1000")
    assert answer.code == 2
    assert "levels.2B.brackets.1.cap" in answer.err


def test_a_projection_of_the_real_data(cli: Cli) -> None:
    flat = cli("simulate", "--years", "2025-2030", "--cpi", "0", "--json")
    assert flat.code == 0
    totals = [item["readings"]["published/exact"]["total"] for item in flat.json["years"]]
    assert len(set(totals[1:])) == 1  # the communes of 2026 go on
    assert flat.json["drift"] == "0.00"
    grown = cli("simulate", "--years", "2026-2031", "--cpi", "1.8", "--growth", "0.3", "--json")
    years = grown.json["years"]
    assert [item["year"] for item in years] == [*range(2026, 2032)]
    for item in years:
        readings = [Decimal(reading["total"]) for reading in item["readings"].values()]
        assert Decimal(item["drift"]) == max(readings) - min(readings)
        for reading in item["readings"].values():
            levels = sum(Decimal(level["amount"]) for level in reading["by_level"].values())
            assert levels == Decimal(reading["total"])
    insee = cli("simulate", "--years", "2025-2026", "--json").json["years"]
    assert insee[1]["readings"]["published/exact"]["rate"] == "0.8"
    ahead = cli("simulate", "--years", "2026-2026").out
    assert "Sur 1\u00a0an, " in ahead
    assert "Ensuite : mutualis index 2026 --dry-run" in ahead
    assert cli("index", "2026", "--dry-run").code == 0
    known = cli("simulate", "--years", "2025-2025").out
    assert "Ensuite : mutualis simulate 2025 --cpi TAUX" in known


def test_a_projection_needs_a_rate_and_a_price_for_each(cli: Cli) -> None:
    assert "[A20]" in cli("simulate", "--years", "2026-2028").err
    cli("index", "2026")
    crowded = cli("simulate", "--years", "2026-2035", "--cpi", "1", "--growth", "50")
    assert crowded.code == 1
    assert "[B03]" in crowded.err


def test_a_fee_that_falls_at_a_bound_is_named(cli: Cli) -> None:
    answer = cli("simulate", "2025", "--set", "levels.2B.brackets.1.cap=7000")
    assert (
        "Attention : au niveau 2B, une commune de 4\u00a0000 habitants paie 48,00\u00a0€ de moins "
        "qu'une commune de 3\u00a0999." in answer.out
    )
    bounds = cli("simulate", "2025", "--json").json["thresholds"]["bounds"]
    assert bounds[0] == {
        "level": "2B",
        "population": 4000,
        "before": "7048.00",
        "after": "9416.00",
        "change": "2368.00",
        "falls": False,
    }


def test_what_the_caps_shield(cli: Cli) -> None:
    """By hand, at 3.28: Les Auxons 8 272.16, Miserey-Salines 8 724.80, Pouilley-les-Vignes
    7 091.36, Pirey 7 147.12, Saône 10 305.76 over 7 048; Saint-Vit 16 593.52 over 9 416."""
    found = cli("simulate", "2025", "--json").json["thresholds"]["shield"]
    over = ("8272.16", "8724.80", "7091.36", "7147.12", "10305.76")
    cost = sum(Decimal(amount) - 7048 for amount in over) + Decimal("16593.52") - 9416
    assert found == {"members": 40, "shielded": 6, "cost": str(cost)}


def test_everything_wrong_is_told_at_once(cli: Cli, folder: Path) -> None:
    (folder / "faux.toml").write_text(
        'title = "Faux"\n[levels.2B]\nper_inhabitent = 3\nbrackets.7.cap = 1\n', "utf-8"
    )
    (folder / "faux2.toml").write_text(
        'title = "Faux"\nlevels.2B.brackets.7.cap = 1\nlevels.2Z.per_inhabitant = 1\n', "utf-8"
    )
    answer = cli(
        *("simulate", "2025", "--reform", "faux.toml+faux2.toml"),
        *("--set", "levels.2A.per_inhabitant=cher", "--move", "Sanoe=2A", "--move", "Thise=4"),
    )
    assert answer.code == 1
    for said in (
        "erreur[T02] faux.toml:3:1 : clé inconnue « per_inhabitent »",
        "erreur[T05] faux2.toml:2:1 : le niveau 2B n'a pas de tranche 7",
        "erreur[T04] --set:1:28 : « levels.2A.per_inhabitant » vaut « cher »",
        "erreur[A04] data/communes.csv : commune « Sanoe » inconnue en 2025",
        "erreur[A06] data/tariffs.toml : niveau « 4 » inconnu",
        "5 erreurs : rien n'a été calculé ni écrit.",
    ):
        assert said in answer.err.replace("\u00a0", " "), answer.err
    assert answer.out == ""


def test_a_level_that_has_no_price_for_a_commune_is_an_error(cli: Cli) -> None:
    answer = cli("simulate", "2025", "--move", "Besançon=2B")
    assert answer.code == 1
    assert "erreur[B03] --move Besançon=2B : Besançon a 120\u00a0057 habitants" in answer.err


def test_settings_can_be_simulated(cli: Cli) -> None:
    answer = cli("simulate", "2025", "--set", "minimum_recovery=35", "--json").json
    assert answer["change"] == "-34.20"  # Champoux, 90 x 0.38
    total = cli("simulate", "2025", "--set", "population=totale", "--json")
    assert lines(total)["25117"]["after"] == "34.20"
    assert lines(total)["25014"]["after"] == "3102.88"  # 946 x 3.28
    assert cli("simulate", "2025", "--set", "proration=month", "--json").json["change"] == "0.00"


def test_a_bound_is_a_number_of_people(cli: Cli) -> None:
    (moved,) = cli("simulate", "2025", "--set", "levels.2B.brackets.0.up_to=3500", "--json").json[
        "differences"
    ]
    assert (moved["before"], moved["after"]) == ("3999", "3500")


def test_what_is_due_is_with_tax(cli: Cli, folder: Path) -> None:
    """Amagney: 937 x 3.28 = 3 073.36, with 20 % 3 688.03; at 3.50, 3 279.50 and 3 935.40."""
    edit(folder / "data/issuer.toml", 'number = "" ', 'number = "FR28242500361" ')
    with (folder / "data/issuer.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[vat.rules]]\nproduct = "membership"\n')
        file.write("rates = [{ from = 2014-01-01, rate = 20 }]\n")
    answer = cli("simulate", "2025", "--set", "levels.2B.per_inhabitant=3,50", "--json")
    amagney = lines(answer)["25014"]
    assert (amagney["before"], amagney["after"]) == ("3688.03", "3935.40")
    assert amagney["effects"]["tariff"] == amagney["change"]
    after = sum(Decimal(line["after"]) for line in lines(answer).values())
    assert Decimal(answer.json["scenario"]["total"]) == after
    assert answer.json["scenario"]["vat"] == "20"
    drafted = cli("bill", "2025", "--json").json
    assert answer.json["baseline"]["total"] == drafted["total"]
    shown = cli("simulate", "2025").out
    assert "le seuil de recouvrement sont TVA comprise (20\u00a0%)" in shown


def test_a_kind_left_behind_and_the_fee_that_then_falls_are_named(cli: Cli, folder: Path) -> None:
    """5 € up to 1 000 inhabitants, a fixed 5 000 € beyond: 5 040 € and 5 000 € in 2026."""
    level = """label = "exemple"
brackets = [{ up_to = 1000, per_inhabitant = 5 }, { up_to = 2000, fixed = 5000 }]
"""
    with (folder / "data/tariffs.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[grids.2025.levels.2C]\n{level}")
    assert "[I17]" not in cli("simulate", "2025").err
    year = cli("simulate", "2026")
    assert "[I17]" in year.err
    assert "une commune de 1\u00a0001 habitants paie 40,00\u00a0€ de moins" in year.out
    years = cli("simulate", "--years", "2025-2027", "--cpi", "0,8")
    assert years.err.count("[I17]") == 1
    assert years.err.count("[B40]") == 1  # 2026; it was there in 2027


def test_a_year_issued_by_other_rules_is_said(cli: Cli, small: Path) -> None:
    """`bill` keeps what the year was issued with, a simulation takes the files."""
    cli.once(("bill", "2025", "--issue", "--yes", "--date", "15/03/2025"))
    assert "[B20]" not in cli("simulate", "2025").err
    edit(small / "data/tariffs.toml", "per_inhabitant = 3.28", "per_inhabitant = 3.29")
    answer = cli("simulate", "2025")
    assert answer.code == 0
    assert answer.err.count("[B20]") == 1
    assert "[B20]" in cli("simulate", "2026", "--baseline", "2025", "--cpi", "1").err
    assert "[B20]" not in cli("simulate", "2026", "--cpi", "1").err


def test_options_of_the_screen(cli: Cli) -> None:
    answer = cli("simulate", "2025", "--strata", "1000,4000", "--near", "50", "--json").json
    assert [(item["from"], item["to"]) for item in answer["strata"]] == [
        (0, 1000),
        (1001, 4000),
        (4001, None),
    ]
    near = {item["code_insee"] for item in answer["thresholds"]["near"]}
    assert {"25532", "25527"} <= near  # 3 142 and 5 059 around 4 000
    assert "25014" not in near
    three = cli("simulate", "2025", "--cpi", "0,5", "--top", "3")
    assert three.code == 1  # 2025 comes from no grid before it
    edit_2026 = cli("simulate", "2026", "--cpi", "0,5", "--top", "3", "--json").json
    assert len(edit_2026["movers"]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("2025", "--years", "2025-2026"),
        ("2025", "--growth", "1"),
        ("2025", "--solve", "levels.2B.per_inhabitant"),
        ("2025", "--target", "1000"),
        ("2025", "--solve", "levels.2B.per_inhabitant", "--target", "-1"),
        ("2025", "--cpi", "101"),
        ("2025", "--cpi", "nan"),
        ("2025", "--set", "levels.2B"),
        ("2025", "--set", "levels 2B=3"),
        ("2025", "--move", "Saône"),
        ("2025", "--move", "Saône=2A", "--leave", "Saône"),
        ("2025", "--reform", "absent.toml"),
        ("2025", "--reform", "a.toml+"),
        ("2025", "--baseline", "absent.toml"),
        ("2025", "--strata", "a,b"),
        ("2025", "--near", "101"),
        ("2025", "--top", "-1"),
        ("--years", "2031-2026"),
        ("--years", "2026-2056"),
        ("--years", "2026-2031", "--move", "Saône=2A"),
        ("--years", "2026-2031", "--growth", "200"),
    ],
    ids=" ".join,
)
def test_a_request_that_cannot_be_read(arguments: tuple[str, ...], cli: Cli) -> None:
    answer = cli("simulate", *arguments)
    assert answer.code == 2, answer.err
    assert answer.out == ""
    assert "  À faire : " in answer.err


@pytest.mark.parametrize("option", ["--reform", "--baseline"])
def test_an_empty_list_of_files_names_its_option(option: str, cli: Cli) -> None:
    assert f"erreur : {option} : il manque" in cli("simulate", "2025", option, "+").err


def test_a_rate_that_its_indices_contradict_indexes_nothing(cli: Cli, folder: Path) -> None:
    """As in `index`; one that is supposed in its place needs it no more."""
    edit(folder / "data/cpi.csv", "99,95;0,8;", "99,95;8;")
    for arguments in (("2026",), ("2027", "--cpi", "1"), ("--years", "2025-2026")):
        answer = cli("simulate", *arguments)
        assert answer.code == 1, arguments
        assert answer.err.count("[I11]") == 1
    assert cli("simulate", "--years", "2026-2027", "--cpi", "0,55").code == 0


def test_a_grid_that_was_indexed_is_free_to_be_simulated(cli: Cli, folder: Path) -> None:
    """A reform of an indexed grid is not held to be what its index gives; the file still is."""
    cli("index", "2026", "--act", "Délibération d'exemple")
    assert cli("simulate", "2026", "--set", "levels.2B.per_inhabitant=4").code == 0
    edit(folder / "data/tariffs.toml", "per_inhabitant = 3.31", "per_inhabitant = 3.30")
    for arguments in (
        ("2026", "--set", "levels.2B.per_inhabitant=4"),
        ("2027", "--cpi", "1"),
        ("--years", "2027-2028", "--cpi", "1"),
    ):
        answer = cli("simulate", *arguments)
        assert answer.code == 1
        assert "[I09]" in answer.err


def test_it_is_written_for_those_who_vote(cli: Cli, folder: Path) -> None:
    """A page and a sheet, beside those that somebody changed since."""
    asked = ("simulate", "2025", "--set", "levels.2B.per_inhabitant=3,50", "--page", "--pdf")
    before = contents(folder / "data")
    answer = cli(*asked, "--json")
    assert answer.json["files"] == ["out/2025/simulation-2025.html", "out/2025/simulation-2025.pdf"]
    page, sheet = (folder / file for file in answer.json["files"])
    first = page.read_bytes(), sheet.read_bytes()
    assert "10 février 2026" in first[0].decode().replace("\u00a0", " ")
    assert cli(*asked, "--date", "10/02/2026").code == 0
    assert (page.read_bytes(), sheet.read_bytes()) == first
    page.write_bytes(b"changed")
    answer = cli(*asked)
    assert "simulation-2025-reecrit.html" in answer.out
    assert "Rien n'a été écrit" not in answer.out
    assert "Ni les données, ni le registre n'ont changé" in answer.out
    assert page.read_bytes() == b"changed"
    assert contents(folder / "data") == before
    assert not (folder / "register.db").exists()


def test_where_it_is_written(cli: Cli, folder: Path) -> None:
    for out, files in (
        ("commission", ["commission/simulation-2025.html", "commission/simulation-2025.pdf"]),
        ("vote.2/essai.html", ["vote.2/essai.html", "vote.2/essai.pdf"]),
    ):
        answer = cli("simulate", "2025", "--page", "--pdf", "--out", out, "--json")
        assert answer.json["files"] == files, answer.err
        assert all((folder / file).is_file() for file in files)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2025", "--out", "x"), "--page"),
        (("2025", "--date", "01/01/2026"), "--page"),
        (("2025", "--page", "--out", "x.pdf"), "ni un fichier .html"),
        (("--years", "2025-2026", "--page"), "--page"),
        (("--years", "2025-2026", "--pdf"), "--pdf"),
    ],
)
def test_what_is_not_written(arguments: tuple[str, ...], told: str, cli: Cli, folder: Path) -> None:
    before = contents(folder)
    answer = cli("simulate", *arguments)
    assert answer.code == 2
    assert told in answer.err
    assert contents(folder) == before


def test_a_workbook_is_written_where_it_is_asked_and_nothing_else(cli: Cli, folder: Path) -> None:
    before = contents(folder)
    rate = ("--set", "levels.2B.per_inhabitant=3,50")
    answer = cli("simulate", "2026", *rate, "--workbook")
    assert answer.code == 0, answer.err
    assert "Écrit : out/2026/simulation-2026.xlsx" in answer.out
    assert "Rien n'a été écrit" not in answer.out
    named = cli("simulate", "2026", *rate, "--workbook", "--out", "bureau/vote.xlsx", "--json").json
    assert named["files"] == ["bureau/vote.xlsx"]
    found = load_workbook(folder / named["files"][0], data_only=True)
    assert found["Simulateur"]["F1"].value == float(named["scenario"]["total"])
    years = [row[0].value for row in found["Recette par année"]["A6:A11"]]
    assert years == [str(year) for year in range(2026, 2032)]
    after = {Path(path).relative_to(folder).as_posix() for path in contents(folder).keys() - before}
    assert after == {
        "bureau/vote.xlsx",
        "out/2026/simulation-2026.xlsx",
        "out/SHA256SUMS",
    }


def test_the_years_after_are_those_of_a_projection(cli: Cli, folder: Path) -> None:
    """The same rate, the same reading: --years gives the same totals from the files' own grid."""
    rate = ("--cpi", "1,8", "--workbook", "--json")
    name = cli("simulate", "2026", "--baseline", "2026", *rate).json["files"][0]
    sheet = load_workbook(folder / name)["Recette par année"]
    found = [row[2].value for row in sheet["A6:C11"]]
    projected = cli("simulate", "--years", "2026-2031", *rate).json
    assert projected["files"] == ["out/2026/projection-2026-2031.xlsx"]
    totals = [float(year["readings"]["published/exact"]["total"]) for year in projected["years"]]
    assert found == totals


def test_years_that_have_no_price_are_told(cli: Cli, folder: Path) -> None:
    """Without any rate of INSEE's, nor one that is given, no year after is invented."""
    path = folder / "data/cpi.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    name = cli("simulate", "2025", "--workbook", "--json").json["files"][0]
    book = load_workbook(folder / name)
    assert "Recette par année" not in book.sheetnames
    assert "pas de projection" in book["Comparaison"]["A3"].value


def test_no_year_after_is_indexed_by_a_rate_that_its_indices_contradict(
    cli: Cli, folder: Path
) -> None:
    edit(folder / "data/cpi.csv", "99,95;0,8;", "99,95;8;")
    name = cli("simulate", "2025", "--workbook", "--json").json["files"][0]
    assert "Recette par année" not in load_workbook(folder / name).sheetnames
