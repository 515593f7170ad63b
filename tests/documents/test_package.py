"""Every workbook opens without an offer to repair it, prints, and is the same when made again."""

import zipfile
from pathlib import Path

import pytest
from excel_package import faults
from openxml_audit import (  # type: ignore[import-untyped]
    FileFormat,
    OpenXmlValidator,
    ValidationSeverity,
)
from printed_page import badly_printed

from conftest import Cli, edit
from render_once import render_anew

QUOTE = ("quote", "Saône", "--line", "A:2:Cadrage", "--line", "B:3:Analyse")
DRAFT = "out/2025/adhesions-2025-brouillon.xlsx"
MEETING = ("--meeting", "data/meetings/2025-02-20.toml", "--date", "24/02/2025", "--yes")


@pytest.fixture
def workbooks(voted: Path, cli: Cli) -> list[Path]:
    """One workbook of each kind, with fees withheld and below the minimum."""
    communes = voted / "data/communes.csv"
    head, *lines = communes.read_text("utf-8-sig").splitlines()
    marked = [f"{line};{'AC' if line.startswith('2025;25532') else ''}" for line in lines]
    communes.write_text("\n".join([f"{head};reglement", *marked]), "utf-8")
    edit(voted / "data/tariffs.toml", "minimum_recovery = 15.00", "minimum_recovery = 200.00")
    for command in (
        ("bill", "2025", "--date", "15/01/2025"),
        ("index", "2026"),
        ("bill", "2026", "--date", "15/01/2026"),
        (*QUOTE, "--draft", "--date", "14/03/2025"),
        (*QUOTE, "--date", "15/03/2025"),
        ("quotes", "accept", "D2025-0001", "--date", "20/04/2025", "--by", "M. Petit"),
        *(
            ("quotes", "done", "D2025-0001", "--line", line, "--date", day, "--certified-by", "X")
            for line, day in (("A:2", "12/05/2025"), ("B:1", "13/05/2025"))
        ),
        ("bill", "2025", "--issue", "--yes", "--date", "15/01/2026"),
        ("bill", "2025", "--quotes", "--date", "16/01/2026"),
        ("bill", "2025", "--quotes", "--issue", "--yes", "--date", "16/01/2026"),
        ("credit", "F2025-0001", "--reason", "erreur", "--date", "17/01/2026"),
        ("usage", "2025", "--workbook"),
        ("simulate", "2026", "--set", "levels.2B.per_inhabitant=3.5", "--workbook"),
        ("simulate", "--years", "2026-2029", "--cpi", "1", "--workbook"),
        ("requests", "rank", "2025", "--workbook"),
        ("requests", "publish", "2025", *MEETING),
        ("register", "export", "--format", "xlsx", "--all"),
        ("report", "2025", "--date", "15/01/2026"),
        ("check", "--report", "out/problemes.xlsx"),
        ("init", "out/essai", "--example"),
    ):
        answer = cli(*command)
        assert answer.code == 0, (command, answer.err)
    return sorted((voted / "out").rglob("*.xlsx"))


def test_every_workbook_is_sound(workbooks: list[Path]) -> None:
    names = {path.name for path in workbooks}
    assert {"D2025-0001.xlsx", "modele-communes.xlsx", "problemes.xlsx"} <= names
    assert len(workbooks) >= 15
    for path in workbooks:
        assert faults(path) == [], path.name
        assert badly_printed(path) == [], path.name
        assert schema_errors(path) == [], path.name


def schema_errors(path: Path) -> list[str]:
    """What the schemas of Office Open XML refuse.

    openpyxl writes what describes a type in an order of its own, which ECMA-376 allows and the
    later schemas no longer do; every version of Excel reads it.
    """
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(path).errors
    return [
        str(error)
        for error in found
        if error.severity is ValidationSeverity.ERROR
        and not (error.part_uri == "/xl/styles.xml" and "/fonts" in error.path)
    ]


def test_the_same_data_give_the_same_file(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_anew(monkeypatch)
    made = []
    for _ in range(2):
        cli("bill", "2025", "--date", "15/01/2025")
        made.append((folder / DRAFT).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(folder / DRAFT) as archive:
        properties = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert properties.count("2025-01-15T00:00:00Z") == 2
    assert "<dc:creator" in properties
    assert "Grand Besançon Métropole" in properties
    assert "Services mutualisés : adhésions 2025" in properties


def test_hostile_names_make_a_sound_workbook(cli: Cli, folder: Path) -> None:
    """Quotes where a name is cut, ampersands in what is printed, more than Excel takes."""
    names = ["x" * 24 + "'" * 10, "&" * 300, "History", "é" * 300, "L'Hôpital 'A'!A1", "<b>"]
    head = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"
    rows = [
        f"2025;{25100 + rank};{name};212500144;{600 + rank};{600 + rank};2B"
        for rank, name in enumerate(names)
    ]
    (folder / "data/communes.csv").write_text("\n".join([head, *rows]), "utf-8")
    assert cli("bill", "2025").code == 0
    assert faults(folder / DRAFT) == []
    assert schema_errors(folder / DRAFT) == []


@pytest.fixture
def draft(cli: Cli, folder: Path) -> Path:
    assert cli("bill", "2025", "--date", "15/01/2025").code == 0
    return folder / DRAFT


def test_the_schemas_are_asked(draft: Path, tmp_path: Path) -> None:
    chart = "xl/charts/chart1.xml"
    broken = changed(draft, tmp_path, chart, '<scatterStyle val="lineMarker"/>', "")
    assert any("scatterStyle" in error for error in schema_errors(broken))


def changed(path: Path, folder: Path, part: str, before: str, after: str) -> Path:
    """The workbook with one passage of a part changed."""
    broken = folder / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == part:
                assert before in text
                text = text.replace(before, after, 1)
            target.writestr(name, text)
    return broken


RECAP, TABLE, COVER = "xl/worksheets/sheet2.xml", "xl/tables/table1.xml", "xl/worksheets/sheet1.xml"


BROKEN = [
    (TABLE, 'name="Commune"', 'name="Ville"'),
    (TABLE, 'name="Commune"', 'name="SIREN"'),
    (TABLE, 'count="14"', 'count="13"'),
    (TABLE, 'displayName="Recapitulatif"', 'displayName="AB12"'),
    (TABLE, 'displayName="Recapitulatif"', 'displayName="a b"'),
    (TABLE, 'ref="A1:N41"', 'ref="A1:N1"'),
    (TABLE, '<autoFilter ref="A1:N41"', '<autoFilter ref="A1:N40"'),
    ("xl/worksheets/_rels/sheet2.xml.rels", "table1.xml", "table9.xml"),
    ("[Content_Types].xml", "/xl/tables/table1.xml", "/xl/tables/table2.xml"),
    (COVER, '<mergeCell ref="', '<mergeCell ref="A1:F90"/><mergeCell ref="'),
    (RECAP, "</sheetData>", '</sheetData><autoFilter ref="A1:N41"/>'),
    (RECAP, ' s="', ' s="999'),
    (RECAP, '<hyperlink ref="C2"', '<hyperlink ref="C3"'),
    (RECAP, "'25014 Amagney'!A1", "'25014 Amagny'!A1"),
    (RECAP, "'25014 Amagney'!A1", "25014 Amagney!A1"),
    (RECAP, "<oddFooter>", f"<oddFooter>{'x' * 256}"),
    ("xl/workbook.xml", 'name="Barème"', f'name="{"x" * 32}"'),
    ("xl/workbook.xml", 'name="Barème"', 'name="synthèse"'),
    ("xl/workbook.xml", 'name="Barème"', 'name="a/b"'),
    ("xl/workbook.xml", "'Récapitulatif'!$1:$1", "Récapitulatif!$1:$1"),
]


def test_the_checks_see_what_is_broken(draft: Path, tmp_path: Path) -> None:
    assert faults(draft) == []
    for part, before, after in BROKEN:
        assert faults(changed(draft, tmp_path, part, before, after)) != [], (part, after)
