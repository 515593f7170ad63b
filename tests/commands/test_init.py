"""A new workspace: the example, another body from INSEE's file, all or nothing."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from at_once import at_once
from conftest import ROOT, Cli, edit
from mutualis.documents.excel.to_fill import SPARE_ROWS
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import replace
from mutualis.files.data.communes import OPTIONAL, REQUIRED, read_communes
from mutualis.files.data.tariffs import parse_tariffs
from mutualis.files.disk import atomic
from mutualis.files.insee.populations import read_populations
from mutualis.files.new import starter
from mutualis.files.new.codes_file import read_codes
from mutualis.files.new.example import example_files

INSEE_LINE = Source("donnees_communes.csv")
INSEE = ROOT / "tests/insee/doubs-2026.csv"
OLD_LAYOUT = ROOT / "tests/insee/doubs-2026-old-layout.csv"
BODY = ("--name", "Communauté d'exemple", "--siren", "200012342", "--year", "2026")
# SIRENs and levels are invented; codes, names and populations are INSEE's.
CODES = """code_insee;siren;niveau;reglement
25411;200000115;2A;
25021;200000214;2B;
25240;200000313;2b;titre
25321;200000412;2B;AC
25403;200000511;2A;
25020;200000610;1;
"""
# By hand, at the example prices of the template: 2A 0.38, 2B 3.28 capped at 7048 up to 3999
# inhabitants, at 9416 up to 10000.
BILLED = {
    "25021": "5313.60",  # Arc-et-Senans 1620 x 3.28
    "25240": "7048.00",  # Les Fins 3048 x 3.28 = 9997.44, capped
    "25403": "852.72",  # Montlebon 2244 x 0.38
    "25411": "2642.14",  # Morteau 6953 x 0.38
}
WITHHELD = {"25321": "9416.00"}  # Villers-le-Lac 5292 x 3.28 = 17357.76, capped
ALL_2A = {
    "25021": "615.60",  # 1620 x 0.38
    "25240": "1158.24",  # 3048 x 0.38
    "25321": "2010.96",  # 5292 x 0.38
    "25403": "852.72",
    "25411": "2642.14",
}


@pytest.fixture
def place(folder: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Path:
    """An empty folder, where commands are typed."""
    shutil.rmtree(folder / "data")
    (folder / "codes.csv").write_text(CODES, "utf-8")
    return folder


def amounts(lines: Any) -> dict[str, str]:
    return {line["code_insee"]: line["amount"] for line in lines}


def left(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


# --- another body -----------------------------------------------------------------------------


@pytest.mark.parametrize("source", [INSEE, OLD_LAYOUT], ids=["new layout", "old layout"])
def test_from_insee_to_the_drafted_batch(source: Path, place: Path, cli: Cli) -> None:
    """The four commands: init, (cd), check, bill, with nothing to edit."""
    made = cli("init", "val", *BODY, "--codes", "codes.csv", "--populations", str(source), "--json")
    assert made.code == 0, made.err
    assert made.json["communes"] == 6
    assert made.json["without_siren"] == []
    assert all((place / "val" / name).is_file() for name in made.json["files"])
    package = json.loads((place / "val/data/datapackage.json").read_text("utf-8"))
    assert [table["path"] for table in package["resources"]] == ["communes.csv", "cpi.csv"]
    assert all((place / "val/data" / table["schema"]).is_file() for table in package["resources"])
    assert cli("check", "--dir", "val").code == 0
    batch = cli("bill", "2026", "--dir", "val", "--json").json
    assert amounts(batch["lines"]) == BILLED
    assert amounts(batch["withheld"]) == WITHHELD
    assert batch["total"] == "15856.46"  # 5313.60 + 7048.00 + 852.72 + 2642.14
    assert [item["code_insee"] for item in batch["not_billed"] if item["level"] == "1"] == ["25020"]
    assert batch["grid_status"] == "projected"
    line = next(line for line in batch["lines"] if line["code_insee"] == "25411")
    assert (line["commune"], line["population"], line["siren"]) == ("Morteau", 6953, "200000115")
    text = (place / "val/data/communes.csv").read_text("utf-8-sig")
    assert "2026;25321;Villers-le-Lac;200000412;5292;5385;2B;init (codes.csv);AC;;;\n" in text


def test_a_bare_list_reaches_the_draft_and_stops_before_the_issue(place: Path, cli: Cli) -> None:
    """Another body's prices, labels and signatory never reach an invoice, whatever is voted."""
    codes = "25021, 25240,25321;25403 25411"
    typed = ("--codes", codes, "--level", "2a", "--populations", str(INSEE))
    made = cli("init", "val", *BODY, *typed)
    assert made.code == 0, made.err
    lacking = [
        "5\u00a0communes de 2026 sans SIREN : Arc-et-Senans, Les Fins",
        "5\u00a0communes de 2026 sans adresse complète",
        "l'adresse de la collectivité",
        "à compléter, La Présidente ou le Président",
        "les prix de la grille 2026 sont un exemple",
        "libellé donné en exemple pour 1, 2A, 2B, 3",
    ]
    checked = cli("check", "--dir", "val", "--format", "json").json["problems"]
    assert [p["severity"] for p in checked] == ["warning"] * len(checked)
    told = "".join(p["message"] for p in checked)
    batch = cli("bill", "2026", "--dir", "val", "--json").json
    assert amounts(batch["lines"]) == ALL_2A
    assert batch["total"] == "7279.66"  # 19157 x 0.38
    issue = ("bill", "2026", "--dir", "val", "--issue", "--yes", "--date", "05/02/2026")
    projected = cli(*issue).err
    assert "projetée" in projected
    voted = cli("index", "2026", "--act", "Délibération d'exemple", "--dir", "val")
    assert (voted.code, "[B26]" in voted.err) == (0, True)
    refused = cli(*issue)
    assert refused.code == 3
    for words in lacking:
        assert [words in text for text in (made.out, told, projected, refused.err)] == [True] * 4
    assert not (place / "val/register.db").exists()
    fill_in(place / "val/data")
    assert cli(*issue).code == 0


def fill_in(data: Path) -> None:
    """What a new workspace leaves to its officer."""
    path = data / "communes.csv"
    text = re.sub(
        r"(^2026;\d+;[^;]+;);", r"\g<1>200000115;", path.read_text("utf-8-sig"), flags=re.M
    )
    path.write_text(text.replace(";titre;;;", ";titre;;25900;Val"), "utf-8")
    path = data / "issuer.toml"
    edit(path, 'postal_code = ""', 'postal_code = "25900"')
    edit(path, 'city = ""', 'city = "Val"')
    edit(path, '"à compléter"', '"Camille Exemple"')
    edit(path, '"La Présidente ou le Président"', '"La Présidente"')
    path = data / "tariffs.toml"
    text = path.read_text("utf-8").replace('"Exemple : ', '"')
    path.write_text(re.sub(r"\nexample = true.*", "", text), "utf-8")


def test_a_list_one_code_a_line(place: Path, cli: Cli) -> None:
    (place / "codes.txt").write_text("Code INSEE\n25021\n\n25240\n", "utf-8-sig")
    made = cli("init", "val", *BODY, "--codes", "codes.txt", "--populations", str(INSEE), "--json")
    assert made.json["without_level"] == ["25021", "25240"]
    assert "une commune sans niveau n'est pas facturée" in (place / "val/LISEZMOI.txt").read_text(
        "utf-8-sig"
    )
    assert cli("bill", "2026", "--dir", "val", "--json").json["lines"] == []


def test_a_list_in_a_workbook(place: Path, cli: Cli) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in CODES.splitlines():
        sheet.append([value or None for value in line.split(";")])
    book.save(place / "codes.xlsx")
    wanted = ("--codes", "codes.xlsx", "--populations", str(INSEE))
    assert cli("init", "val", *BODY, *wanted).code == 0
    assert amounts(cli("bill", "2026", "--dir", "val", "--json").json["lines"]) == BILLED


def test_accents_lost_in_insee_s_file(place: Path, cli: Cli) -> None:
    spoilt = INSEE.read_text("utf-8").replace("Les Fins", "Les FÃ®ns")
    (place / "insee.csv").write_text(spoilt, "utf-8")
    answer = cli("init", "val", *BODY, "--codes", "codes.csv", "--populations", "insee.csv")
    assert answer.code == 1
    assert "[C02] insee.csv:4" in answer.err
    assert left(place) == ["codes.csv", "insee.csv"]


def test_a_level_that_has_no_price_is_told(place: Path, cli: Cli) -> None:
    """Pontarlier has 18 067 inhabitants: the folder is made, and says what to mend."""
    wanted = ("--codes", "25462", "--level", "2B", "--populations", str(INSEE))
    made = cli("init", "val", *BODY, *wanted)
    assert made.code == 0
    assert "erreur[B03]" in made.err
    assert "corriger les erreurs" in made.out


def test_the_zip_as_insee_gives_it(place: Path, cli: Cli) -> None:
    with zipfile.ZipFile(place / "ensemble.zip", "w") as archive:
        archive.writestr("donnees_departements.csv", "DEP;Département\n")
        archive.write(INSEE, "donnees_communes.csv")
    wanted = ("--codes", "codes.csv", "--populations", "ensemble.zip")
    assert cli("init", "val", *BODY, *wanted, "--json").json["communes"] == 6


def test_the_two_layouts_say_the_same(tmp_path: Path) -> None:
    wanted = {"25021", "25403"}
    new, problems = read_populations(INSEE, wanted)
    old, more = read_populations(OLD_LAYOUT, wanted)
    assert problems == more == []
    assert {c: replace(p, source=INSEE_LINE) for c, p in new.items()} == {
        c: replace(p, source=INSEE_LINE) for c, p in old.items()
    }
    assert (new["25021"].municipal, new["25021"].total) == (1620, 1649)


@pytest.mark.parametrize(
    ("department", "rank", "code"),
    [
        ("971", "101", "97101"),
        ("971", "01", "97101"),
        ("01", "004", "01004"),
        ("2A", "004", "2A004"),
    ],
)
def test_a_code_always_has_five_characters(
    department: str, rank: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "donnees_communes.csv"
    path.write_text(f"CODDEP;CODCOM;COM;PMUN;PTOT\n{department};{rank};Nom;10;12\n", "utf-8")
    assert list(read_populations(path, {code})[0]) == [code]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"a;b\n1;2\n", b"\xff\xfe\x00", b"COM\n1\n"])
def test_any_other_file_gives_problems(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "autre.csv"
    path.write_bytes(data)
    for problems in (read_populations(path, {"25021"})[1], read_codes(path, ["2A"])[1]):
        assert all(problem.message and problem.remedy for problem in problems)
    assert read_populations(path, {"25021"})[1]


# --- the example ------------------------------------------------------------------------------


def test_the_example_is_the_shipped_data(place: Path, cli: Cli) -> None:
    made = cli("init", "essai", "--example", "--json").json
    assert made["example"] is True
    assert {name: (ROOT / name).read_bytes() for name in example_files()} == example_files()
    for name, data in example_files().items():
        assert (place / "essai" / name).read_bytes() == data
    checked = cli("check", "--dir", "essai", "--format", "json").json
    assert checked["checked"]["locked_tables"] == 1
    assert {p["severity"] for p in checked["problems"]} == {"warning"}
    assert cli("bill", "2025", "--dir", "essai").code == 0


def test_the_example_says_what_it_is_for(place: Path, cli: Cli) -> None:
    """It issues as it is: nothing is said to be lacking, which real invoices alone would ask."""
    said = cli("init", "essai", "--example").out
    assert "Il émet tel quel, pour essayer" in said
    assert "À compléter" not in said
    text = (place / "essai/LISEZMOI.txt").read_text("utf-8-sig")
    assert "À COMPLÉTER AVANT DE VRAIES FACTURES (mutualis check --real le redit)" in text
    assert cli("bill", "2025", "--dir", "essai", "--issue", "--yes").code == 0


def test_into_the_current_empty_folder(
    place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = place / "vide"
    empty.mkdir(mode=0o750)
    monkeypatch.chdir(empty)
    made = cli("init", "--example")
    assert made.code == 0
    assert "cd " not in made.out
    assert empty.stat().st_mode & 0o777 == 0o750
    assert left(place) == ["codes.csv", "vide"]
    assert cli("bill", "2025").code == 0


def test_the_readme_names_what_is_there(place: Path, cli: Cli) -> None:
    for name, arguments in (
        ("essai", ("--example",)),
        ("val", (*BODY, "--codes", "codes.csv", "--populations", str(INSEE))),
    ):
        assert cli("init", name, *arguments).code == 0
        data = (place / name / "LISEZMOI.txt").read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n")
        text = data.decode("utf-8-sig")
        assert max(len(line) for line in text.splitlines()) <= 100
        for file in ("data/communes.csv", "data/tariffs.toml", "data/cpi.csv", "data/issuer.toml"):
            assert f"  {file} " in text
            assert (place / name / file).exists()
        commands = [line.split("   ")[0] for line in text.split("puis :")[1].splitlines()]
        typed = [line.split()[1:] for line in commands if line.startswith("  mutualis ")]
        assert len(typed) == 4
        for words in typed:
            where = () if words == ["--help"] else ("--dir", name)
            assert cli(*words, *where).code == 0, words


# --- all or nothing ---------------------------------------------------------------------------


def test_a_folder_that_is_not_empty(place: Path, cli: Cli) -> None:
    answer = cli("init", ".", "--example")
    assert answer.code == 3
    assert "n'est pas vide (codes.csv)" in answer.err
    assert cli("init", "codes.csv", "--example").code == 3
    assert left(place) == ["codes.csv"]


@pytest.mark.parametrize("target", ["new", "there", "a/b/c"])
@pytest.mark.parametrize("broken", ["write", "rename"])
def test_nothing_is_left_on_failure(
    target: str, broken: str, place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "there").mkdir()
    original = atomic.put if broken == "write" else Path.rename

    def fail(path: Path, given: Any) -> Any:
        if broken == "write":
            if path.name == "LISEZMOI.txt":
                raise OSError(28, "no space")
        elif path.name in ("LISEZMOI.txt", "new", "c") or path.name.startswith(".mutualis-"):
            raise OSError(28, "no space")
        return original(path, given)

    if broken == "write":
        monkeypatch.setattr(atomic, "put", fail)
    else:
        monkeypatch.setattr(Path, "rename", fail)
    answer = cli("init", target, "--example")
    assert answer.code == 4, answer.err
    assert f"{target} n'a pas pu être écrit : le disque est plein" in answer.err
    assert left(place) == ["codes.csv", "there"]
    assert left(place / "there") == []


def test_nothing_is_left_on_ctrl_c(place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signal comes once the first item is in place, before anybody knows it."""
    (place / "there").mkdir()
    rename, times = Path.rename, iter(range(9))

    def interrupted(path: Path, target: Path) -> Path:
        placed = rename(path, target)
        if next(times) == 0:
            raise KeyboardInterrupt
        return placed

    monkeypatch.setattr(Path, "rename", interrupted)
    assert cli("init", "there", "--example").code == 130
    assert left(place / "there") == []
    assert left(place) == ["codes.csv", "there"]


def test_a_folder_that_cannot_be_made(place: Path, cli: Cli) -> None:
    answer = cli("init", "codes.csv/dedans", "--example")
    assert answer.code == 4
    assert left(place) == ["codes.csv"]


def test_of_several_at_once_one_makes_it(place: Path) -> None:
    answers = at_once(3, place, "init", "essai", "--example")
    assert sorted(answer.code for answer in answers) == [0, 3, 3]
    assert left(place) == ["codes.csv", "essai"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "--example"),
        (("--example", "--name", "x", "--year", "2026"), 2, "--name, --year"),
        (("--name", "x"), 2, "--siren, --codes, --populations"),
        ((*BODY, "--codes", "25021"), 2, "www.insee.fr"),
        ((*BODY[:3], "12", "--codes", "25021", "--populations", "x"), 2, "SIREN"),
        (("--name", " ", *BODY[2:], "--codes", "25021", "--populations", "x"), 2, "vide"),
        ((*BODY[:4], "--year", "26", "--codes", "25021", "--populations", "x"), 2, "« 26 »"),
        ((*BODY, "--codes", "25021,2524", "--populations", str(INSEE)), 2, "« 2524 »"),
        ((*BODY, "--codes", "25021,25021", "--populations", str(INSEE)), 2, "deux fois"),
        ((*BODY, "--codes", " ", "--populations", str(INSEE)), 2, "liste est vide"),
        ((*BODY, "--codes", "25021", "--level", "3", "--populations", str(INSEE)), 2, "1, 2A, 2B"),
        ((*BODY, "--codes", "codes.csv", "--level", "1", "--populations", str(INSEE)), 2, "déjà"),
        ((*BODY, "--codes", "absent.csv", "--populations", "absent.zip"), 1, "absent.zip"),
        ((*BODY, "--codes", "a" * 5000, "--populations", str(INSEE)), 1, "[N14]"),
        ((*BODY, "--codes", "25056", "--populations", str(INSEE)), 1, "[N12]"),
        ((*BODY, "--codes", "25021", "--populations", "codes.csv"), 1, "codes.csv:1"),
        ((*BODY, "--codes", ".", "--populations", "."), 1, "[N14]"),
    ],
)
def test_refused_requests(
    arguments: tuple[str, ...], code: int, words: str, place: Path, cli: Cli
) -> None:
    answer = cli("init", "val", *arguments)
    assert answer.code == code, answer.err
    assert words in answer.err
    assert answer.out == ""
    assert left(place) == ["codes.csv"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2524;;2A;", "codes.csv:8:1 (A8, « code_insee »)"),
        ("25462;12;2A;", "(B8, « siren »)"),
        ("25462;;2C;", "valeurs possibles 1, 2A, 2B, ou vide"),
        ("25462;;3;", "[C21]"),
        ("25462;;2A;virement", "titre, AC"),
        (";;2A;", "[C15]"),
        ("=25462;;2A;", "[C14]"),
    ],
)
def test_wrong_lists(line: str, words: str, place: Path, cli: Cli) -> None:
    (place / "codes.csv").write_text(f"{CODES}{line}\n", "utf-8")
    wanted = ("--codes", "codes.csv", "--populations", str(INSEE))
    answer = cli("init", "val", *BODY, *wanted)
    assert answer.code == 1
    assert words in answer.err
    assert left(place) == ["codes.csv"]


# --- what is written --------------------------------------------------------------------------


@given(name=st.text(min_size=1))
def test_any_name_gives_a_valid_file(name: str) -> None:
    text = starter.issuer_text(name, "200012342", 2026)
    assert tomllib.loads(text)["name"] == name


def test_a_name_of_all_kinds(place: Path, cli: Cli) -> None:
    name = 'CC "du Val" \\ l\'Est\r\n[vat]\t=1 $year {rank} €'
    wanted = ("--codes", "codes.csv", "--populations", str(INSEE))
    made = cli("init", "val", "--name", name, *BODY[2:], *wanted, "--json")
    assert made.code == 0, made.err
    assert made.json["name"] == 'CC "du Val" \\ l\'Est [vat] =1 $year {rank} €'
    assert cli("bill", "2026", "--dir", "val").code == 0


def test_the_example_prices_are_the_shipped_ones() -> None:
    template, problems = parse_tariffs(starter.tariffs_text(2026))
    shipped, _ = parse_tariffs((ROOT / "data/tariffs.toml").read_text("utf-8"))
    assert problems == []
    assert template is not None
    assert shipped is not None
    grid, other = template.grids[2026], shipped.grids[2025]
    assert [(p.key, p.value) for p in grid.prices()] == [(p.key, p.value) for p in other.prices()]
    assert not grid.is_voted
    assert grid.act_is_missing
    assert all(level.label.startswith("Exemple : ") for level in grid.levels.values())
    assert template.indexation.base_year == 2026


def test_the_workbook_to_fill_in(place: Path, cli: Cli) -> None:
    cli("init", "essai", "--example")
    book = load_workbook(place / "essai/modele-communes.xlsx")
    assert book.sheetnames == ["communes", "Mode d'emploi"]
    sheet, explained = book.worksheets
    assert book.active is sheet
    titles = [cell.value for cell in sheet[1]]
    assert titles == [*REQUIRED, *OPTIONAL]
    assert sheet.freeze_panes == "D2"
    last = 1 + 202 + SPARE_ROWS
    for name in ("code_insee", "siren", "siret", "code_service", "engagement", "code_postal"):
        column = titles.index(name) + 1
        assert {sheet.cell(row, column).number_format for row in range(2, last + 1)} == {"@"}
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        *('"1,2A,2B"', '"titre,AC"', "5", "9", "14")
    }
    assert all(rule.allow_blank for rule in sheet.data_validations.dataValidation)
    ranges = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert f"G2:G{last}" in ranges
    named = {row[0].value for row in explained.iter_rows()}
    assert set(titles) <= named


def test_the_workbook_saved_as_csv_says_the_same(place: Path, cli: Cli) -> None:
    cli("init", "essai", "--example")
    before, _ = read_communes(place / "essai")
    path = place / "essai/data/communes.csv"
    path.write_bytes(as_excel_saves(place / "essai/modele-communes.xlsx"))
    after, problems = read_communes(place / "essai")
    assert problems == []
    assert [without_places(row) for row in after.rows] == [
        without_places(row) for row in before.rows
    ]
    assert cli("check", "--dir", "essai").code == 0


def test_the_workbook_takes_the_place_of_the_csv(place: Path, cli: Cli) -> None:
    cli("init", "essai", "--example")
    before, _ = read_communes(place / "essai")
    shutil.copy(place / "essai/modele-communes.xlsx", place / "essai/data/communes.xlsx")
    assert cli("check", "--dir", "essai").code == 1, "both are there"
    (place / "essai/data/communes.csv").unlink()
    after, problems = read_communes(place / "essai")
    assert problems == []
    assert [without_places(row) for row in after.rows] == [
        without_places(row) for row in before.rows
    ]
    assert cli("bill", "2025", "--dir", "essai").code == 0


def as_excel_saves(path: Path) -> bytes:
    """The first sheet in « CSV UTF-8 », its empty but formatted rows too."""
    out = io.StringIO()
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    csv.writer(out, delimiter=";").writerows(
        ["" if value is None else str(value) for value in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def without_places(row: CommuneYear) -> CommuneYear:
    return replace(row, source=Source(""), level_at=Source(""))


# --- an empty SIREN ---------------------------------------------------------------------------


@pytest.fixture
def nameless(voted: Path, cli: Cli) -> Path:
    """The shipped workspace, voted, without the SIREN of Saône in 2025."""
    path = voted / "data/communes.csv"
    edit(path, "2025;25532;Saône;212505325;", "2025;25532;Saône;;")
    return voted


ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "20/02/2025")
QUOTE = ("quote", "Saône", "--line", "A:2:Étude", "--date", "20/02/2025")


def test_drafts_do_without_a_siren(nameless: Path, cli: Cli) -> None:
    answer = cli("bill", "2025", "--date", "15/06/2025")
    assert answer.code == 0
    assert "[B15]" in answer.err
    sheets = load_workbook(nameless / "out/2025/adhesions-2025-brouillon.xlsx")
    texts = {
        str(value).replace("\u00a0", " ")
        for sheet in sheets.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
    }
    assert "SIREN à compléter" in texts
    assert cli(*QUOTE, "--draft").code == 0
    assert cli("explain", "Saône", "2025").code == 0
    assert cli("tariffs", "2025").code == 0


def test_nothing_is_issued_without_a_siren(nameless: Path, cli: Cli) -> None:
    for arguments in (ISSUE, QUOTE, (*ISSUE, "--commune", "Saône")):
        answer = cli(*arguments)
        assert answer.code == 3, arguments
        assert "1\u00a0commune de 2025 sans SIREN : Saône" in answer.err
        assert "colonne « siren »" in answer.err
    assert not (nameless / "register.db").exists()
    assert cli(*ISSUE, "--commune", "Thise").code == 0, "other communes are not held up"


def test_no_correction_nor_mission_without_a_siren(voted: Path, cli: Cli) -> None:
    path = voted / "data/communes.csv"
    assert cli(*QUOTE).code == 0
    assert cli("quotes", "accept", "D2025-0001", "--date", "21/02/2025").code == 0
    done = ("--line", "A:2", "--certified-by", "Le service", "--date", "22/02/2025")
    assert cli("quotes", "done", "D2025-0001", *done).code == 0
    assert cli(*ISSUE[:-1], "23/02/2025").code == 0
    listed = cli("register", "list", "--json").json["documents"]
    number = next(d["number"] for d in listed if d["commune"] == "Saône" and d["number"][0] == "F")
    edit(path, "2025;25532;Saône;212505325;", "2025;25532;Saône;;")
    before = (voted / "register.db").read_bytes()
    for arguments in (
        ("credit", number, "--reason", "x", "--replace", "--date", "24/02/2025"),
        ("bill", "2025", "--quotes", "--issue", "--yes", "--date", "24/02/2025"),
    ):
        answer = cli(*arguments)
        assert answer.code == 3, arguments
        assert "sans SIREN : Saône" in answer.err
    assert (voted / "register.db").read_bytes() == before
    assert cli("bill", "2025", "--quotes", "--date", "24/02/2025").code == 0


def test_a_commune_that_is_no_customer_needs_no_siren(folder: Path, cli: Cli) -> None:
    edit(folder / "data/communes.csv", "2025;25056;Besançon;212500565;", "2025;25056;Besançon;;")
    assert "B15" not in cli("check").out


# --- the wheel --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked; built without a network."""
    place = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"),
            *("--no-build-isolation", "--wheel-dir", str(place), str(ROOT)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = list(place.glob("*.whl"))
    if built.returncode or not wheels:
        pytest.skip(f"no wheel can be built here: {built.stderr.strip()[-300:]}")
    zipfile.ZipFile(wheels[0]).extractall(place / "site")
    return place / "site"


WHERE_AND_WHAT = """
import json, sys
import mutualis.files.new.example as example
from mutualis.cli.app import run

print(example.__file__, example._folder())
sys.exit(max(run(command) for command in json.loads(sys.argv[1])))
"""


def test_the_wheel_holds_the_example(installed: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MUTUALIS")}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    commands = (
        ("init", "essai", "--example"),
        ("bill", "2025", "--dir", "essai", "--date", date(2025, 1, 15).strftime("%d/%m/%Y")),
        ("init", "val", *BODY, "--codes", "25021", "--populations", str(INSEE)),
    )
    done = run("-c", WHERE_AND_WHAT, json.dumps(commands))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(str(installed)) == 2, done.stdout + done.stderr
    done = run("-m", "mutualis", "check", "--dir", "essai")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "essai/out/2025/adhesions-2025-brouillon.xlsx").exists()
    for name, data in example_files().items():
        assert (tmp_path / "essai" / name).read_bytes() == data
