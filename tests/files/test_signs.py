"""Signs that nobody sees or that a spreadsheet would run, in every text of every file."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from conftest import ROOT, Cli, edit
from mutualis.domain.problems.problem import Problem, has_errors
from mutualis.files.data import communes, cpi, interventions, locked_table, movements, services
from mutualis.files.data import requests as requests_file
from mutualis.files.insee import movements as insee_movements
from mutualis.files.insee import populations
from mutualis.files.new import codes_file
from mutualis.files.received import titres
from mutualis.files.received.meeting import read_meeting
from mutualis.files.tables.signs import look_at
from mutualis.files.toml.lines import locate
from mutualis.files.workspace import load

INVISIBLE = ("\u00ad", "\u200b", "\u2060", "\ufeff")
FORBIDDEN = (
    *("\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u200e", "\u200f", "\u2028", "\u202e"),
    *("\u2066", "\ue000", "\ufffe", "\U000e0041"),
)
FORMULAS = ("+a", "-a", "@a", "-1+1", "+1-1", "＝a", "＋a", "－a", "＠a", " =a")
NUMBERS = ("-5", "+0,8 %", "- 3", "+33 (0)3 81 00 00 00", "1-1", "a=b", "(-1)")

# --- one text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", INVISIBLE)
@pytest.mark.parametrize("text", ["{}Saône", "Sa{}ône", "Saône{}", "{}=1", "3{}142"])
def test_an_invisible_sign_is_taken_out_and_named(text: str, sign: str) -> None:
    seen = look_at(text.format(sign))
    assert seen.text == text.format("")
    assert seen.taken == f"U+{ord(sign):04X}"
    assert seen.code == ("C14" if "=" in text else "")


@pytest.mark.parametrize("sign", [*FORBIDDEN, "\x00", "\ud800"])
@pytest.mark.parametrize("text", ["{}Saône", "Sa{}ône", "Saône{}"])
def test_a_forbidden_sign_is_named(text: str, sign: str) -> None:
    seen = look_at(text.format(sign))
    assert (seen.code, seen.value) == ("C41", f"U+{ord(sign):04X}")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run(text: str) -> None:
    assert look_at(text).code == ("C14" if "=a" in text else "C42")
    assert look_at(text, of_table=False).code == "C42"


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_runs_nothing(text: str) -> None:
    assert look_at(text).code == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\t", " \n\n "])
def test_a_text_stays_on_its_line(end: str) -> None:
    assert look_at(f"Saône{end}0 erreur").text == "Saône 0 erreur"


@pytest.mark.parametrize("text", ["Saône", "L'Haÿ-les-Roses", "1\u00a0234\u202f€", "", "\t", " "])
def test_a_sound_text_is_left_as_it_is(text: str) -> None:
    assert look_at(text).text == text


# --- every column of every table ----------------------------------------------------------------

Read = Callable[[Path, str], Sequence[Problem]]
TABLES: dict[str, tuple[Read, Sequence[str]]] = {
    communes.NAME: (
        lambda root, _: communes.read_communes(root)[1],
        (*communes.REQUIRED, *communes.OPTIONAL),
    ),
    movements.NAME: (lambda root, _: movements.read_movements(root)[1], movements.COLUMNS),
    services.NAME: (
        lambda root, _: services.read_services(root)[1],
        (*services.REQUIRED, *services.OPTIONAL),
    ),
    interventions.NAME: (
        lambda root, _: interventions.read_interventions(root)[1],
        (*interventions.REQUIRED, *interventions.OPTIONAL),
    ),
    "data/requests.csv": (
        lambda root, _: requests_file.read_requests(root, ["A"])[1],
        requests_file.columns(["A"]),
    ),
    cpi.NAME: (lambda root, _: cpi.read_index(root)[1], cpi.REQUIRED),
    locked_table.table_name(2025): (
        lambda root, _: locked_table.read_tables(root)[1],
        locked_table.COLUMNS,
    ),
    "codes.csv": (
        lambda root, name: codes_file.read_codes(root / name, ["2A"])[1],
        (codes_file.COLUMN, *codes_file.OPTIONAL),
    ),
    "titres.csv": (
        lambda root, name: titres.read_titres(root / name)[1],
        ("facture", "titre", "exercice", "bordereau", "date"),
    ),
    "v_mvtcommune_2025.csv": (
        lambda root, name: insee_movements.read_insee_movements(root / name, {"25014"})[1],
        ("DATE_EFF", *insee_movements._NAMES),
    ),
    "donnees_communes.csv": (
        lambda root, name: populations.read_populations(root / name, {"25014"})[1],
        ("Commune", "PMUN", "PTOT"),
    ),
}
# What lets a reader keep the row, in INSEE's files.
ROW = {"MOD": "32", "TYPECOM_AV": "COM", "TYPECOM_AP": "COM", "COM_AV": "25014", "COM_AP": "25014"}
ROW |= {"COM": "25014"}
CELLS = [(name, column) for name, (_, columns) in TABLES.items() for column in columns]
CASES = (("Sa\u200bône", "C40"), ("Sa\u202eône", "C41"), ("-1+1", "C42"), ("＝1", "C42"))


def written(root: Path, name: str, column: str, text: str) -> None:
    columns = TABLES[name][1]
    titles = [*columns, *(title for title in ROW if title not in columns and name[0] in "vd")]
    if name.startswith("data/"):
        titles = list(columns)
    row = [text if title == column else ROW.get(title, "") for title in titles]
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{';'.join(titles)}\n{';'.join(row)}\n", "utf-8")


@pytest.mark.parametrize(("text", "code"), CASES, ids=["invisible", "bidi", "formula", "wide"])
@pytest.mark.parametrize(("name", "column"), CELLS)
def test_every_column_is_looked_at(
    name: str, column: str, text: str, code: str, tmp_path: Path
) -> None:
    written(tmp_path, name, column, text)
    problems = TABLES[name][0](tmp_path, name)
    told = [problem for problem in problems if problem.code == code]
    assert told
    assert {(problem.source.line, problem.source.field) for problem in told} == {(2, column)}
    assert has_errors(told) == (code != "C40")


PLACES_NAMED = ("commune", "ville", "commune_avant", "commune_apres", "Commune", "LIBELLE_AV")


@pytest.mark.parametrize(("name", "column"), [cell for cell in CELLS if cell[1] in PLACES_NAMED])
def test_a_dash_in_the_name_of_a_place_is_another_encoding(
    name: str, column: str, tmp_path: Path
) -> None:
    """« Brûlon » for MS-DOS; a sentence may hold « aller–retour »."""
    written(tmp_path, name, column, "Br–lon")
    told = [p for p in TABLES[name][0](tmp_path, name) if p.code == "C43"]
    assert {p.source.field for p in told} == {column}
    assert "MS-DOS : Brûlon" in told[0].remedy


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_workbook_is_looked_at_too(kind: str, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append([*communes.REQUIRED])
    book.worksheets[0].append(["2025", "25014", "Ama\u200bgney", "", "1", "-1+1", "2\u202eA"])
    (tmp_path / "data").mkdir()
    book.save(tmp_path / "data/communes.xlsx")
    if kind == "csv":
        sheet = load_workbook(tmp_path / "data/communes.xlsx").worksheets[0]
        rows = [";".join(str(v or "") for v in row) for row in sheet.values]
        (tmp_path / communes.NAME).write_text("\n".join(rows), "utf-8")
        (tmp_path / "data/communes.xlsx").unlink()
    found = [(p.code, p.source.cell) for p in communes.read_communes(tmp_path)[1]]
    assert {("C40", "C2"), ("C42", "F2"), ("C41", "G2")} <= set(found)


# --- every text of every TOML file ---------------------------------------------------------------

MEETING = """date = 2025-02-20
elected = ["Mme Exemple"]
agents = ["M. Exemple"]
departures = [{ request = "P2025-04", decision = "postpone", reason = "exemple" }]
"""
TOML = ("data/issuer.toml", "data/tariffs.toml", "data/criteria.toml", "seance.toml")


def texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, str):
        yield path
    for key, item in value.items() if isinstance(value, dict) else ():
        yield from texts(item, (*path, key))
    for rank, item in enumerate(value) if isinstance(value, list) else ():
        yield from texts(item, (*path, rank))


def source_of(name: str) -> str:
    return MEETING if name == "seance.toml" else (ROOT / name).read_text("utf-8")


PLACES = [(name, path) for name in TOML for path in texts(tomllib.loads(source_of(name)))]


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\\u202eb", "C41"), ("\\u0000", "C41"), ("a\\u200bb", "C40"), ("=1", "C42")],
)
@pytest.mark.parametrize("name", TOML)
def test_every_text_of_a_toml_file_is_looked_at(
    name: str, text: str, code: str, folder: Path
) -> None:
    """All of them at once: each is told at its own line."""
    source = source_of(name)
    spans = locate(source)
    paths = [path for other, path in PLACES if other == name]
    for path in sorted(paths, key=lambda path: spans[path].start, reverse=True):
        span = spans[path]
        source = f'{source[: span.start]}"{text}"{source[span.end :]}'
    (folder / name).write_text(source, "utf-8")
    if name == "seance.toml":
        found = read_meeting(folder / name, 2025)
        problems = found if isinstance(found, list) else []
    else:
        problems = list(load(folder).problems)
    told = [p for p in problems if p.code == code and p.source.file.endswith(name)]
    assert len(told) == len(paths) > 0
    assert {p.source.line for p in told} == {
        1 + source.count("\n", 0, span.start)
        for path, span in locate(source).items()
        if path in paths
    }


def test_the_name_of_the_issuer_without_its_signs(folder: Path) -> None:
    edit(folder / "data/issuer.toml", 'name = "Grand Besançon', 'name = "Gr\u00adand Besançon')
    loaded = load(folder)
    assert loaded.workspace is not None
    assert loaded.workspace.issuer.name.startswith("Grand Besançon")
    assert [p.code for p in loaded.problems if p.source.file == "data/issuer.toml"] == ["C40"]


# --- the screen -----------------------------------------------------------------------------------

FORGED = "0 erreur, 0 avertissement."


def test_a_cell_forges_no_line(folder: Path, cli: Cli) -> None:
    """A newline in a cell, in a title, in a TOML text or key is shown on the line of its text."""
    text = (folder / "data/services.csv").read_text("utf-8-sig").splitlines()
    rows = [line.split(";") for line in text]
    rows[0].append(f"unites\n{FORGED}")
    quota = rows[0].index("quota")
    rows[1][quota - 1 : quota + 1] = f"jour\n{FORGED}", "trois"
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    (folder / "data/services.csv").unlink()
    book.save(folder / "data/services.xlsx")
    edit(folder / "data/issuer.toml", 'siren = "', f'"x\\n{FORGED}" = "y\\n{FORGED}"\nsiren = "')
    edit(folder / "data/tariffs.toml", 'status = "voted"', f'status = "voted\\n{FORGED}"')
    for answer in (cli("check"), cli("check", "--format", "github"), cli("services")):
        lines = (answer.out + answer.err).splitlines()
        assert answer.code == 1
        assert len(lines) > 1
        assert not [line for line in lines if line.strip().startswith("0 erreur")]


def test_an_argument_forges_no_line(cli: Cli) -> None:
    answer = cli("explain", f"Saône\n{FORGED}", "2025")
    assert answer.code == 1
    assert not [line for line in answer.err.splitlines() if line.startswith("0 erreur")]


@pytest.mark.parametrize("sign", [*INVISIBLE, "\u202e", "\x1b", "\x85", "\u2028"])
def test_no_such_sign_reaches_the_screen_nor_a_locked_table(
    sign: str, folder: Path, cli: Cli
) -> None:
    edit(folder / "data/communes.csv", "2025;25532;Saône;", f"2025;25532;Sa{sign}ône;")
    answers = [cli("check"), cli("tariffs", "2025", "--lock"), cli("bill", "2025")]
    assert not [answer for answer in answers if sign in answer.out + answer.err]
    assert sign.encode() not in (folder / "data/tables/2025.csv").read_bytes()[3:]
    assert {answer.code for answer in answers} == ({0} if sign in INVISIBLE else {1})
