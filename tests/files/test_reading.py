"""One table saved in many ways: read the same, or refused with its place and its remedy."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from conftest import Cli, edit
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.files.workspace import load

NAME = "data/communes.csv"


def lines(folder: Path) -> list[list[str]]:
    text = (folder / NAME).read_text(encoding="utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


def joined(rows: list[list[str]], mark: str = ";", newline: str = "\r\n") -> str:
    return newline.join(mark.join(row) for row in rows) + newline


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def numeric(rows: list[list[str]]) -> list[list[object]]:
    """As Excel keeps what is typed: every number as a number, codes too (none begins with 0)."""
    return [[int(c) if c.isascii() and c.isdigit() else c or None for c in row] for row in rows]


def spaced(rows: list[list[str]]) -> list[list[str]]:
    """Thousands set apart by a narrow no-break space, empty columns and rows at the end."""
    people = [f"{int(row[4]):,}".replace(",", "\u202f") for row in rows[1:]]
    changed = [[*row[:4], p, *row[5:], "", ""] for row, p in zip(rows[1:], people, strict=True)]
    return [[*rows[0], "", ""], *changed, [""] * (len(rows[0]) + 2)]


WAYS: dict[str, tuple[str, Callable[[list[list[str]]], bytes]]] = {
    "utf-8": (NAME, lambda rows: joined(rows, newline="\n").encode()),
    "utf-8 with BOM, CRLF": (NAME, lambda rows: joined(rows).encode("utf-8-sig")),
    "windows-1252": (NAME, lambda rows: joined(rows).encode("cp1252")),
    "utf-16": (NAME, lambda rows: joined(rows, "\t").encode("utf-16")),
    "utf-16 big-endian": (NAME, lambda rows: b"\xfe\xff" + joined(rows).encode("utf-16-be")),
    "commas": (NAME, lambda rows: joined(rows, ",").encode()),
    "tabs": (NAME, lambda rows: joined(rows, "\t", "\n").encode("utf-8-sig")),
    "sep=": (NAME, lambda rows: b"sep=;\r\n" + joined(rows).encode()),
    "spaces and blanks": (NAME, lambda rows: joined(spaced(rows)).encode()),
    "workbook of texts": ("data/communes.xlsx", lambda rows: workbook([list(r) for r in rows])),
    "workbook of numbers": ("data/communes.xlsx", lambda rows: workbook(numeric(rows))),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_bills(way: str, folder: Path, cli: Cli) -> None:
    before = cli("bill", "2025", "--json")
    name, save = WAYS[way]
    rows = lines(folder)
    (folder / NAME).unlink()
    (folder / name).write_bytes(save(rows))
    after = cli("bill", "2025", "--json")
    assert (after.code, after.json) == (0, before.json)
    assert ("[C01]" in after.err) == (way == "windows-1252")


def test_places_in_a_workbook(folder: Path, cli: Cli) -> None:
    """Its own name, row and cell; what is shown of the row is its cells."""
    rows = lines(folder)
    rows[3][4], rows[5][1] = "9OO", "1004"
    (folder / NAME).unlink()
    (folder / "data/communes.xlsx").write_bytes(workbook([list(row) for row in rows]))
    answer = cli("check")
    assert answer.code == 1
    assert "data/communes.xlsx:4:5 (E4, « population_municipale »)" in answer.out
    assert "Lire sans doute 900" in answer.out
    assert "data/communes.xlsx:6:2 (B6, « code_insee »)" in answer.out
    assert "lire 01004" in answer.out
    assert cli("explain", "nulle part", "2025").code == 1


def test_what_excel_keeps_in_cells(folder: Path, cli: Cli) -> None:
    """Dates, numbers with decimals, formulas and errors; only the first sheet."""
    from datetime import datetime

    rows: list[list[object]] = [list(row) for row in numeric(lines(folder))]
    rows[0] += ["date_debut", "date_fin"]
    rows[1] += [datetime(2024, 1, 1), datetime(2024, 12, 31)]
    rows[2][4] = "=1+1"
    rows[3][4] = 12.5
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.create_sheet("Notes").append(["autre chose"])
    (folder / NAME).unlink()
    book.save(folder / "data/communes.xlsx")
    answer = cli("check")
    assert "erreur[C14] data/communes.xlsx:3:5" in answer.out
    assert "« =1+1 »" in answer.out
    assert "« 12,5 » n'est pas un nombre entier" in answer.out
    assert "2\u00a0erreurs" in answer.out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ne peut pas être lu"),
        (b"\xd0\xcf\x11\xe0 old", "ancien format .xls ou mot de passe"),
        (workbook([]), "la première feuille est vide"),
        (workbook([["Communes 2025"], ["annee", "commune"]]), "sont ligne 2"),
        (workbook([["a", "b"]]), "titres de colonnes non reconnus"),
    ],
    ids=["empty", "old", "blank", "title above", "strange"],
)
def test_workbooks_that_are_no_table(data: bytes, words: str, folder: Path, cli: Cli) -> None:
    (folder / NAME).unlink()
    (folder / "data/communes.xlsx").write_bytes(data)
    answer = cli("check")
    assert answer.code == 1
    assert words in answer.out


def test_a_title_above_the_titles(folder: Path, cli: Cli) -> None:
    path = folder / NAME
    path.write_text("Communes 2025;;;\n\n" + path.read_text("utf-8-sig"), "utf-8")
    answer = cli("check")
    assert answer.code == 1
    assert "les titres des colonnes sont ligne 3" in answer.out


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3 142", None),
        ("3\u00a0142", None),
        ("3142,0", None),
        ("3.142", "est ambigu"),
        ("3,142.0", "est ambigu"),
        ("22-mai", "sans doute 22,5"),
        ("janv-25", "sans doute 1,25"),
        ("01/05/2025", "pour une date"),
        ("3I42", "Lire sans doute 3142"),
        ("#REF!", "formule"),
        ("−5", "n'est pas un nombre entier"),
        ("1e3", "n'est pas un nombre entier"),
    ],
)
def test_numbers(typed: str, words: str | None, folder: Path, cli: Cli) -> None:
    edit(folder / NAME, "2025;25532;Saône;212505325;3142", f"2025;25532;Saône;212505325;{typed}")
    answer = cli("check")
    assert answer.code == (0 if words is None else 1)
    assert (words or "") in answer.out


@pytest.mark.parametrize(
    ("siren", "words"),
    [
        ("212 505 325", None),
        ("212505324", "clé de contrôle fausse"),
        ("000000000", "clé de contrôle fausse"),
        ("2125053", "n'est pas un SIREN"),
        ("2,12505E+08", "notation scientifique"),
    ],
)
def test_sirens(siren: str, words: str | None, folder: Path, cli: Cli) -> None:
    edit(folder / NAME, "2025;25532;Saône;212505325", f"2025;25532;Saône;{siren}")
    answer = cli("check")
    assert answer.code == (0 if words is None else 1)
    if words == "notation scientifique":
        words = "a remplacé le numéro par son affichage"
    assert (words or "") in answer.out


def test_the_issuer_s_numbers(folder: Path, cli: Cli) -> None:
    issuer = folder / "data/issuer.toml"
    edit(issuer, 'siren = "242500361"', 'siren = "242500362"')
    assert "clé de contrôle est juste" in cli("check").out
    edit(issuer, 'siren = "242500362"', 'siren = "242500361"\nsiret = "20004697700019"')
    assert cli("check").code == 1


def test_the_texts_that_documents_cite(folder: Path, cli: Cli) -> None:
    issuer = folder / "data/issuer.toml"
    assert "[B60]" in cli("check").out
    edit(issuer, 'regime = ""', 'regime = "autre"')
    assert "[C60]" in cli("check").out
    edit(issuer, 'text = ""  ', 'text = " Convention (exemple) "')
    edit(issuer, "# 2025 = ", '2026 = ""\n2025 = ')
    edit(issuer, 'appeal = ""', 'appeal = "Deux mois (exemple)"')
    workspace = load(folder).workspace
    assert workspace is not None
    assert workspace.issuer.legal == Legal(
        Regime.OTHER, "Convention (exemple)", "", {2025: "décret n° …"}
    )
    assert workspace.issuer.appeal == "Deux mois (exemple)"
    assert not {"[B60]", "[C60]"} & set(cli("check").out.split())
    edit(issuer, "2025 = ", "25 = ")
    edit(issuer, 'regime = "autre"', 'regime = "service"')
    wrong = cli("check").out
    assert wrong.count("erreur[T04]") == 2
    assert "« service_commun »" in wrong


def test_the_date_of_an_act_is_read_as_other_dates(folder: Path, cli: Cli) -> None:
    path = folder / NAME
    rows = path.read_text("utf-8-sig").splitlines()
    dates = {"25014": "12/12/2024", "25030": "2024-12-13", "25035": "31/02/2025"}
    lines = [f"{row};{dates.get(row.split(';')[1], '')}" for row in rows[1:]]
    path.write_text("\n".join((f"{rows[0]};date_source", *lines)), "utf-8-sig")
    answer = cli("check")
    assert answer.out.count("« date_source »") == 3  # the third commune, in each year
    path.write_text(path.read_text("utf-8-sig").replace("31/02/2025", ""), "utf-8-sig")
    workspace = load(folder).workspace
    assert workspace is not None
    days = [row.level_day for row in workspace.communes.of_year(2025)[:3]]
    assert days == [date(2024, 12, 12), date(2024, 12, 13), None]


# --- the report, and one entry -----------------------------------------------------------------


def test_the_report_gives_the_table_back(folder: Path, cli: Cli) -> None:
    """The cells as they were typed, as text; the faulty ones marked, with what to do."""
    edit(folder / NAME, "2025;25532;Saône;212505325;3142", "2025;25532;=1+1;212505325;3I42")
    answer = cli("check", "--report", "problemes.xlsx")
    assert answer.code == 1
    assert "Écrit : problemes.xlsx" in answer.out
    book = load_workbook(folder / "problemes.xlsx")
    found = [(row[1].value, row[4].value) for row in book["Problèmes"].iter_rows(min_row=2)]
    line = 1 + next(i for i, row in enumerate(lines(folder)) if row[:2] == ["2025", "25532"])
    assert ("C14", f"C{line}") in found
    assert ("C13", f"E{line}") in found
    table = book["communes.csv"]
    assert table[f"C{line}"].value == "=1+1"
    assert table[f"C{line}"].data_type == "s"
    assert table[f"B{line}"].value == "25532"
    assert "Lire sans doute 3142" in table[f"E{line}"].comment.text
    assert table[f"E{line}"].style == "faute"
    assert table[f"F{line}"].comment is None
    assert [path.name for path in folder.glob("out/*")] == ["SHA256SUMS"]


@pytest.mark.parametrize("target", ["register.db", "data/communes.csv", "data/x.xlsx", "x.csv"])
def test_where_a_report_cannot_go(target: str, folder: Path, cli: Cli) -> None:
    before = (folder / NAME).read_bytes()
    assert cli("check", "--report", target).code in (2, 3)
    assert (folder / NAME).read_bytes() == before


def test_one_entry_of_the_catalogue(cli: Cli) -> None:
    answer = cli("explain", "c07")
    assert answer.code == 0
    assert answer.out.startswith("C07 (erreur) : Code mal formé\n")
    assert cli("explain", "C07", "--json").json["severity"] == "error"
    assert cli("explain", "C70").code == 2
    assert cli("explain", "Saône").code == 2


# --- hostile text ------------------------------------------------------------------------------

NAMES = [
    "=HYPERLINK(1)",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "a\x07b\x1b[31m",
    "x" * 300,
    "[a]/b:c",
    "../../x",
    "rev\u202eexe.xlsx",
    "'quoted'",
    "a&b<c>",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_hostile_names(name: str, folder: Path, cli: Cli) -> None:
    """Refused, or written as plain text: never a formula, never a path out of the folder."""
    inside = {path for path in folder.parent.rglob("*") if "out" not in path.parts}
    edit(folder / NAME, "2025;25532;Saône;", f"2025;25532;{name};")
    answer = cli("bill", "2025", "--json")
    assert answer.code in (0, 1)
    shown = cli("check")
    assert not set("\x07\x1b\u202e") & set(shown.out + shown.err)
    quote = cli("quote", "25532", "--line", f"A:1:{name}", "--date", "01/02/2025", "--json")
    assert quote.code in (0, 1)
    for path in folder.rglob("out/**/*.xlsx"):
        for sheet in load_workbook(path):
            formulas = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
            assert sheet.title == "Contrôle" or not formulas
    assert {path for path in folder.parent.rglob("*") if "out" not in path.parts} == inside
    assert load(folder).problems is not None


# --- found by review ---------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1,000", "12,000", "9 4 1", "94 1", "###"])
def test_populations_that_are_not_read(typed: str, folder: Path, cli: Cli) -> None:
    """English thousands, spaces that set nothing apart, a column too narrow."""
    edit(folder / NAME, "2025;25014;Amagney;212500144;937", f"2025;25014;Amagney;212500144;{typed}")
    assert cli("check").code == 1


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (";937;946;", ";9370;9460;", "B17"),
        (";937;946;", ";946;937;", "B16"),
        ("2025;25030;Audeux;212500300", "2025;25030;Audeux;212500144", "B18"),
        ("2025;25030;Audeux;212500300", "TOTAL 2025;;;", "C19"),
        ("2025;25030;Audeux;212500300", "2025;25030;Audeux;21250030000012", "C07"),
    ],
)
def test_what_looks_wrong_is_told(
    before: str, after: str, code: str, folder: Path, cli: Cli
) -> None:
    (folder / "data/tables/2025.csv").unlink()
    edit(folder / NAME, before, after)
    answer = cli("check")
    assert f"[{code}]" in answer.out
    if code == "C07":
        assert "C'est un SIRET : son SIREN est 212500300" in answer.out


def test_the_sheet_that_is_shown(folder: Path, cli: Cli) -> None:
    """An old copy in a hidden first sheet is not read; merged cells are refused."""
    before = cli("bill", "2025", "--json").json
    rows = lines(folder)
    book = Workbook()
    book.worksheets[0].append(["annee", "autre chose"])
    book.worksheets[0].sheet_state = "hidden"
    sheet = book.create_sheet("Communes")
    for row in rows:
        sheet.append(row)
    book.active = 1
    (folder / NAME).unlink()
    book.save(folder / "data/communes.xlsx")
    assert cli("bill", "2025", "--json").json == before
    sheet.merge_cells("G3:G5")
    book.save(folder / "data/communes.xlsx")
    answer = cli("check")
    assert answer.code == 1
    assert "cellules sont fusionnées (G3:G5)" in answer.out


def test_odd_cells_of_a_workbook(folder: Path, cli: Cli) -> None:
    from datetime import time, timedelta

    from openpyxl.worksheet.formula import ArrayFormula

    rows = numeric(lines(folder))
    rows[1][4], rows[2][4], rows[3][4] = time(9, 30), timedelta(hours=30), ArrayFormula("E4", "=1")
    (folder / NAME).unlink()
    (folder / "data/communes.xlsx").write_bytes(workbook(rows))
    answer = cli("check")
    assert answer.code == 1
    for place in ("(E2,", "(E3,", "(E4,"):
        assert place in answer.out


def test_a_report_of_anything(folder: Path, cli: Cli) -> None:
    """Control characters, a cell too long for a csv reader, more columns than a sheet has."""
    path = folder / NAME
    text = path.read_text("utf-8-sig").splitlines()
    text[3] = text[3].replace("2024;", "2024;\x1b[31m\x01", 1)
    text[5] += "x" * 140_000
    text[7] += ";" * 20_000
    path.write_text("\n".join(text), "utf-8")
    assert cli("check", "--report", "r.xlsx").code == 1
    assert load_workbook(folder / "r.xlsx").sheetnames == ["Problèmes", "communes.csv"]
    assert "\x1b" not in cli("check", "--format", "github").out


def test_a_month_that_excel_changed(folder: Path, cli: Cli) -> None:
    path = folder / "data/cpi.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("2024-12;", "déc-24;"), "utf-8")
    assert "lire sans doute 2024-12" in cli("check").out
    path.write_text(text.replace(";001759970;", ";1759970;"), "utf-8")
    assert cli("check").code == 0
    assert "I12" not in cli("check").out
