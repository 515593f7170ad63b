"""quote, index, tariffs, check and explain, end to end."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import Cli, edit

LINES = ("--line", "A:2:Rédaction du cahier des charges", "--line", "B:3:Analyse : étape 1")
QUOTE = ("quote", "saône", *LINES, "--date", "15/03/2025")


# --- quote ------------------------------------------------------------------------------------


def test_quote(cli: Cli, folder: Path) -> None:
    answer = cli(*QUOTE, "--service", "Commande publique", "--valid-days", "60", "--json").json
    assert answer["number"] is None
    assert (answer["year"], answer["code_insee"], answer["commune"]) == (2025, "25532", "Saône")
    assert answer["lines"] == [
        {
            "category": "A",
            "half_days": 2,
            "unit_price": "255.00",
            "amount": "510.00",
            "label": "Rédaction du cahier des charges",
        },
        {
            "category": "B",
            "half_days": 3,
            "unit_price": "186.00",
            "amount": "558.00",
            "label": "Analyse : étape 1",
        },
    ]
    assert answer["total"] == "1068.00"
    assert answer["valid_until"] == "2025-05-14"
    sheet = load_workbook(folder / answer["files"][0]).worksheets[0]
    cells = [value for row in sheet.iter_rows(values_only=True) for value in row if value]
    for text in (
        "PROJET",
        "Commune de Saône",
        "Établi le 15 mars 2025, valable jusqu'au 14 mai 2025 (60 jours)",
        "mille soixante-huit euros",
        "TVA non applicable, article 256 B du code général des impôts",
        "Bon pour accord, Commune de Saône",
        "Date :",
        "Nom :",
        "Qualité :",
        "Service : Commande publique",
        "Prix de la grille 2025.",
    ):
        assert text in [str(cell).replace("\u00a0", " ") for cell in cells], text
    assert 1068 in cells


def test_a_second_draft_does_not_replace_the_first(cli: Cli, folder: Path) -> None:
    one = cli(*QUOTE, "--json").json["files"]
    other = cli(*QUOTE, "--json").json["files"]
    assert one != other
    assert all((folder / name).exists() for name in (*one, *other))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("quote", "Thise", *LINES), "est au niveau 2A"),
        (("quote", "Besançon", *LINES), "n'est pas adhérente"),
        (("quote", "Saône", "--line", "D:1:x"), "n'a pas de catégorie « D »"),
        (("quote", "Saône", "--line", "A:0:x"), "« 0 »"),
        (("quote", "Saône", "--line", "A:-1:x"), "« -1 »"),
        (("quote", "Saône", "--line", "A:1.5:x"), "« 1.5 »"),
        (("quote", "Saône", "--line", "A:1,5:x"), "« 1,5 »"),
        (("quote", "Saône", "--line", "A:deux:x"), "« deux »"),
        (("quote", "Saône", "--line", "A:99999999999:x"), "« 99999999999 »"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_refused_quotes(arguments: tuple[str, ...], words: str, cli: Cli, folder: Path) -> None:
    answer = cli(*arguments, "--date", "15/03/2025")
    assert answer.code == 3
    assert words in answer.err
    assert "À faire" in answer.err
    assert not (folder / "out").exists()


def test_every_wrong_line_is_named(cli: Cli) -> None:
    answer = cli(
        "quote", "Saône", "--line", "D:0:x", "--line", "A:1:y", "--line", "E:2:z", "--year", "2025"
    )
    assert answer.code == 3
    assert answer.err.count("ligne 1") == 2
    assert "ligne 3" in answer.err
    assert "ligne 2" not in answer.err


def test_membership_counts_on_the_day_of_the_quote(cli: Cli, folder: Path) -> None:
    path = folder / "data/communes.csv"
    head, *lines = path.read_text("utf-8-sig").splitlines()
    out = [f"{head};date_debut;date_fin"]
    for line in lines:
        if line.startswith("2025;25532;"):
            out += [
                f"{line.replace(';2B;', ';2A;')};;30/06/2025",
                f"{line};01/07/2025;",
            ]
        else:
            out.append(f"{line};;")
    path.write_text("\n".join(out), "utf-8-sig")
    assert cli("quote", "Saône", *LINES, "--date", "30/06/2025").code == 3
    assert cli("quote", "Saône", *LINES, "--date", "01/07/2025").code == 0


def test_before_the_vote(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    answer = cli("quote", "Saône", *LINES, "--date", "10/01/2026", "--json").json
    assert (answer["year"], answer["grid"], answer["total"]) == (2026, 2025, "1068.00")
    screen = cli("quote", "Saône", *LINES, "--date", "10/01/2026").out
    assert "Prix de la grille 2025, la grille 2026 n'étant pas encore votée." in screen
    edit(
        folder / "data/tariffs.toml",
        'before_vote = "previous_grid"',
        'before_vote = "refuse"',
    )
    refused = cli("quote", "Saône", *LINES, "--date", "10/01/2026")
    assert refused.code == 3
    assert "mutualis index 2026 --act" in refused.err
    cli("index", "2026", "--act", "Délibération d'exemple")
    voted = cli("quote", "Saône", *LINES, "--date", "10/01/2026", "--json").json
    assert (voted["grid"], voted["total"]) == (2026, "1075.00")  # 2 x 257 + 3 x 187


# --- index ------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["\n", ""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_index_keeps_every_byte(
    newline: str, last: str, mark: bytes, cli: Cli, folder: Path
) -> None:
    path = folder / "data/tariffs.toml"
    text = path.read_text("utf-8").rstrip("\n") + last
    before = mark + text.replace("\n", newline).encode()
    path.write_bytes(before)
    assert cli("index", "2026").code == 0
    after = path.read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode()
    assert "[grids.2026]" in added
    assert "cap = 7104 }" in added
    assert "\n" not in added.replace(newline, "")
    assert cli("bill", "2026").code == 0


def test_index_twice_refuses(cli: Cli, folder: Path) -> None:
    assert cli("index").code == 0
    before = (folder / "data/tariffs.toml").read_bytes()
    again = cli("index", "2026")
    assert again.code == 3
    assert "existe déjà" in again.err
    assert (folder / "data/tariffs.toml").read_bytes() == before


def test_dry_run_writes_nothing(cli: Cli, folder: Path) -> None:
    before = (folder / "data/tariffs.toml").read_bytes()
    answer = cli("index", "2026", "--dry-run", "--json").json
    assert answer["written"] is False
    assert answer["files"] == []
    assert (folder / "data/tariffs.toml").read_bytes() == before


def test_the_contract_of_index(cli: Cli) -> None:
    answer = cli("index", "2026", "--json").json
    assert (answer["from"], answer["to"], answer["month"]) == (2025, 2026, "2025-12")
    assert (answer["rate"], answer["written"]) == ("0.8", True)
    assert answer["files"] == ["data/tariffs.toml"]
    rate_2b = next(a for a in answer["amounts"] if a["key"] == "levels.2B.per_inhabitant")
    assert (rate_2b["before"], rate_2b["exact"], rate_2b["after"]) == ("3.28", "3.30624", "3.31")
    assert rate_2b["variants"] == {
        "published/exact": "3.31",
        "published/published": "3.31",
        "computed/exact": "3.31",
        "computed/published": "3.31",
        "rates_alone": "3.31",
        "hors_tabac": None,
    }
    half_day = next(a for a in answer["amounts"] if a["key"] == "levels.3.half_day.A")
    assert half_day["variants"]["rates_alone"] == "255.00"


def test_recording_the_act_changes_two_values(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    path = folder / "data/tariffs.toml"
    before = path.read_text("utf-8")
    act = 'Délibération « n° 12 » du 3 mars, "tarifs" \\ annexe'
    assert cli("index", "2026", "--act", act, "--json").json["status"] == "voted"
    after = path.read_text("utf-8")
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True)
        if old != new
    ]
    assert changed == [
        ('status = "projected"', 'status = "voted"'),
        ('act = "à compléter"', f"act = {json.dumps(act, ensure_ascii=False)}"),
    ]
    assert cli("index", "2026", "--act", "autre").code == 3
    assert path.read_text("utf-8") == after


def test_the_act_of_a_voted_grid_can_be_filled_in_once(cli: Cli, folder: Path) -> None:
    assert cli("index", "2025", "--act", "Délibération d'exemple").code == 0
    text = (folder / "data/tariffs.toml").read_text("utf-8")
    assert 'act = "Délibération d\'exemple"             # numéro et date' in text
    assert cli("index", "2025", "--act", "autre").code == 3
    assert "B07" not in cli("check").out


def test_a_missing_december_can_be_given(cli: Cli, folder: Path) -> None:
    cli("index", "2026")
    missing = cli("index", "2027")
    assert missing.code == 1
    assert "[I01]" in missing.err
    assert "mutualis index 2027 --rate" in missing.err
    given = ("--rate", "1,0 %", "--index", "100,95", "--base", "2025", "--source", "exemple; 2027")
    before = (folder / "data/cpi.csv").read_bytes()
    answer = cli("index", "2027", *given, "--json").json
    assert sorted(answer["files"]) == ["data/cpi.csv", "data/tariffs.toml"]
    added = (folder / "data/cpi.csv").read_bytes().removeprefix(before).decode()
    assert added == '2026-12;011814630;2025;100,95;1.0;"exemple; 2027"\n'.replace("1.0", "1,0")
    assert cli("check").code == 0
    # The same month again in that base is refused.
    assert cli("index", "2026", *given).code == 3


def test_bases_are_never_divided(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", 'rate = "published"', 'rate = "computed"')
    path = folder / "data/cpi.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith("2024-12;011814630")]
    path.write_text("\n".join(kept), "utf-8-sig")
    answer = cli("index", "2026")
    assert answer.code == 1
    assert "[I02]" in answer.err


def test_readings_of_the_rule(cli: Cli, folder: Path) -> None:
    """computed rate, published chain, rates alone, no decrease: each by hand."""
    tariffs = folder / "data/tariffs.toml"
    cli("index", "2026")
    cli("index", "2026", "--act", "Délibération d'exemple")
    given = ("--rate", "1,0", "--index", "100,95", "--base", "2025", "--source", "exemple")
    exact = after(cli("index", "2027", *given, "--dry-run", "--json").json)
    assert exact["levels.2A.per_inhabitant"] == "0.39"  # 0.386 870 4
    edit(tariffs, 'chain = "exact"', 'chain = "published"')
    published = after(cli("index", "2027", *given, "--dry-run", "--json").json)
    assert published["levels.2A.per_inhabitant"] == "0.38"  # 0.38 x 1.01 = 0.383 8
    assert published["levels.2B.per_inhabitant"] == "3.34"  # 3.31 x 1.01 = 3.343 1
    edit(tariffs, 'indexed = ["per_inhabitant", "cap", "half_day"]', 'indexed = ["cap"]')
    caps_alone = after(cli("index", "2027", *given, "--dry-run", "--json").json)
    assert caps_alone["levels.2B.per_inhabitant"] == "3.31"
    assert caps_alone["levels.2B.brackets.0.cap"] == "7175.00"  # 7104 x 1.01 = 7175.04
    falling = ("--rate", "-0,4", "--index", "99,55", "--base", "2025", "--source", "exemple")
    fallen = after(cli("index", "2027", *falling, "--dry-run", "--json").json)
    assert fallen["levels.2B.brackets.0.cap"] == "7076.00"  # 7104 x 0.996 = 7075.584
    edit(tariffs, "never_decrease = false", "never_decrease = true")
    kept = after(cli("index", "2027", *falling, "--dry-run", "--json").json)
    assert kept["levels.2B.brackets.0.cap"] == "7104.00"


def after(answer: Any) -> dict[str, str]:
    return {amount["key"]: amount["after"] for amount in answer["amounts"]}


def test_index_without_the_year_before(cli: Cli) -> None:
    answer = cli("index", "2028")
    assert answer.code == 1
    assert "mutualis index 2026, puis mutualis index 2027, puis mutualis index 2028" in answer.err


# --- tariffs and check -------------------------------------------------------------------------


def test_the_shipped_data_are_sound_and_locked(cli: Cli) -> None:
    answer = cli("check", "--format", "json")
    assert answer.code == 0
    problems = answer.json["problems"]
    assert {p["severity"] for p in problems} == {"warning"}
    codes = {p["code"] for p in problems}
    assert {"B01", "B07", "B08"} <= codes
    assert "B09" not in codes, "the 2025 table is shipped locked"
    assert answer.json["checked"]["locked_amounts"] > 150
    assert set(problems[0]) == {
        *("code", "severity", "file", "line", "column", "cell", "message", "remedy")
    }


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("tariffs.toml", "per_inhabitant = 0.38", "per_inhabitant = 0.39"),
        ("tariffs.toml", "cap = 7048", "cap = 7049"),
        ("tariffs.toml", "up_to = 3999", "up_to = 3998"),
        ("tariffs.toml", "up_to = 10000", "up_to = 10001"),
        ("tariffs.toml", "C = 150", "C = 151"),
        ("communes.csv", "2025;25014;Amagney;212500144;937;", "2025;25014;Amagney;212500144;938;"),
        ("tables/2025.csv", "seuil;2B;2148;;2148;7045,44", "seuil;2B;2148;;2148;7045,45"),
    ],
)
def test_check_fails_when_a_locked_tariff_moves(
    file: str, before: str, after: str, cli: Cli, folder: Path
) -> None:
    edit(folder / "data" / file, before, after)
    answer = cli("check")
    assert answer.code == 1
    assert "erreur[L01]" in answer.out
    assert " → " in answer.out
    assert "mutualis tariffs 2025 --lock" in answer.out
    assert cli("tariffs", "2025", "--lock").code == 0
    assert cli("check").code == 0


def test_github_annotations(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", "cap = 7048", "cap = 7049")
    lines = cli("check", "--format", "github").out.splitlines()
    assert all(line.startswith(("::error file=data/", "::warning file=data/")) for line in lines)
    moved = next(line for line in lines if "plafond" in line and line.startswith("::error"))
    assert "title=L01::" in moved
    assert "%0AÀ faire" in moved


def test_tariffs_csv_is_the_locked_file(cli: Cli, folder: Path) -> None:
    answer = cli("tariffs", "2025", "--format", "csv")
    assert answer.out.encode() == (folder / "data/tables/2025.csv").read_bytes()
    rows = cli("tariffs", "2025", "--format", "json").json["rows"]
    edges = {row["population"] for row in rows if row["kind"] == "seuil" and row["level"] == "2A"}
    assert edges == {0, 1, 2148, 2149, 2150, 3999, 4000, 4001, 10000, 10001, 10002}
    besancon = [row for row in rows if row["kind"] == "commune" and row["key"] == "25056"]
    assert [(row["level"], row["amount"]) for row in besancon] == [
        ("2A", "45621.66"),
        ("2B", None),
    ]
    assert cli("tariffs", "2025").code == 0
    assert cli("tariffs", "2031").code == 1


# --- explain -----------------------------------------------------------------------------------


def test_explain(cli: Cli, folder: Path) -> None:
    answer = cli("explain", "SAONE", "2025", "--json").json
    assert (answer["code_insee"], answer["year"], answer["level"]) == ("25532", 2025, "2B")
    assert answer["amount"] == "7048.00"
    assert answer["next_threshold"] == {"population": 4000, "amount": "9416.00"}
    steps = {step["name"]: step for step in answer["steps"]}
    lines = {
        name: (folder / name).read_text("utf-8-sig").splitlines()
        for name in ("data/communes.csv", "data/tariffs.toml")
    }

    def cited(step: str) -> str:
        file, _, line = steps[step]["source"].partition(":")
        return lines[file][int(line) - 1]

    assert cited("Population").startswith("2025;25532;Saône")
    assert "per_inhabitant = 3.28" in cited("Tarif par habitant")
    assert "cap = 7048" in cited("Plafond")
    assert steps["Montant brut"]["source"] is None
    assert [steps[name]["value"] for name in steps] == [
        *("3142", "3.28", "10305.76", "7048.00", "7048.00")
    ]
    assert answer["other_levels"] == {"1": "0.00", "2A": "1193.96"}
    screen = cli("explain", "saone", "2025").out.replace("\u00a0", " ")
    assert "dans 858 habitants : 9 416,00 €" in screen
    assert "niveau 2A, 1 193,96 €" in screen
    assert "à compléter (data/tariffs.toml:" in screen


def test_explain_a_commune_without_a_fee(cli: Cli) -> None:
    answer = cli("explain", "Besançon", "2025")
    assert answer.code == 0
    assert "Pas de facture : non adhérente." in answer.out
    assert "le niveau 2B n'a pas de prix au-dessus de 10\u00a0000 habitants" in answer.out
    free = cli("explain", "Audeux", "2025", "--json").json
    assert (free["amount"], free["steps"]) == ("0.00", [])
    assert free["not_billed"].startswith("niveau 1 gratuit")


def test_explain_an_unknown_or_ambiguous_commune(cli: Cli) -> None:
    ambiguous = cli("explain", "Pouilley", "2025")
    assert ambiguous.code == 1
    assert "Pouilley-Français (25466) ou Pouilley-les-Vignes (25467)" in ambiguous.err
    assert cli("explain", "Dijon", "2025").code == 1
    merged = cli("explain", "Le Gratteris", "2025")
    assert merged.code == 1
