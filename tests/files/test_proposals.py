"""A workbook is read and never written in: the changed table waits beside it, whole, and once in
its place is read as the CSV file would have been."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import ods
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter as letter

from conftest import ROOT, TESTS, Cli
from mutualis.documents.excel.proposal import render_proposal
from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.level_change import plan_level
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import replace
from mutualis.files.data import communes as communes_file
from mutualis.files.data import communes_writer
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.files.tables.value_sheet import ValueSheet
from mutualis.files.workspace import load
from mutualis.workflows.check import check_workspace

TODAY = date(2026, 2, 10)
DOUBS = str(TESTS / "insee/donnees_communes-2026-doubs.csv")
MOVED = str(TESTS / "insee/v_mvtcommune-sample.csv")
LEVEL = ("level", "Thise", "2B", "--from", "01/07/2025", "--act", "Délibération n° 12")
COMMANDS = {
    "populations": ("communes", ("import", "populations", DOUBS, "--year", "2026")),
    "level": ("communes", LEVEL),
    "leave": (
        "communes",
        ("level", "Thise", "--leave", "--from", "01/01/2026", "--act", "Délibération n° 3"),
    ),
    "movements": ("movements", ("import", "movements", MOVED)),
}
Rows = list[list[object]]


def rows_of(folder: Path, name: str) -> list[list[str]]:
    text = (folder / f"data/{name}.csv").read_text("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def typed(text: str) -> object:
    """As Excel keeps what is typed; a code that begins with 0 was a text."""
    if text.isascii() and text.isdigit() and not text.startswith("0"):
        return int(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text or None


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([*row])
    book.create_sheet("Notes").append(["autre chose"])
    return saved(book)


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def cell(text: str) -> str:
    return ods.number_cell(text) if isinstance(typed(text), int) else ods.text_cell(text)


def in_ods(rows: list[list[str]]) -> bytes:
    return ods.workbook(ods.table(["".join(map(cell, row)) for row in rows]))


WAYS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "xlsx": lambda rows: workbook([[typed(text) for text in row] for row in rows]),
    "ods": in_ods,
}


def put_workbook(folder: Path, name: str, kind: str) -> Path:
    path = folder / f"data/{name}.{kind}"
    path.write_bytes(WAYS[kind](rows_of(folder, name)))
    (folder / f"data/{name}.csv").unlink()
    return path


def swap(path: Path) -> None:
    """What the screen says to do."""
    path.rename(path.with_name(f"ancien{path.suffix}"))
    proposal = path.with_name(f"{path.stem}-propose.xlsx")
    proposal.rename(path.with_name(f"{path.stem}.xlsx"))


def said(folder: Path) -> object:
    """What the two tables say, wherever; and the problems of the workspace, but of style."""
    workspace = load(folder).workspace
    assert workspace is not None
    problems = check_workspace(folder, TODAY).problems
    return (
        figures(workspace.communes),
        [row.key for row in workspace.movements.rows],
        sorted((problem.code, problem.source.line or 0) for problem in problems),
    )


def figures(communes: Communes) -> object:
    nowhere = Source("")
    rows = [replace(row, source=nowhere, level_at=nowhere) for row in communes.rows]
    return sorted(rows, key=lambda row: (row.code_insee, row.first_day))


def before_2026(folder: Path) -> None:
    path = folder / "data/communes.csv"
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("2026;")), "utf-8-sig")


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("what", COMMANDS)
def test_in_its_place_it_says_what_the_csv_would_have_said(
    what: str, kind: str, cli: Cli, folder: Path
) -> None:
    name, command = COMMANDS[what]
    if what == "populations":
        before_2026(folder)
    given_rows = (folder / f"data/{name}.csv").read_bytes()
    assert cli(*command).code == 0
    expected = said(folder)
    (folder / f"data/{name}.csv").write_bytes(given_rows)

    path = put_workbook(folder, name, kind)
    before, mark = path.read_bytes(), fingerprint(folder)
    proposed = f"data/{name}-propose.xlsx"
    dry = cli(*command, "--dry-run", "--json").json
    assert (dry["files"], dry["proposal"]) == ([], proposed)
    assert f"ce serait {proposed}" in cli(*command, "--dry-run").out
    assert not (folder / proposed).exists()

    answer = cli(*command)
    assert answer.code == 0, answer.err
    assert f"Écrit : {proposed}" in answer.out
    swapped = f"garder {path.name} sous un autre nom, renommer {name}-propose.xlsx en {name}.xlsx"
    assert swapped in answer.out
    assert (path.read_bytes(), fingerprint(folder)) == (before, mark)
    assert f"En attente : {proposed} (à renommer, ou à supprimer)." in cli("check").out
    assert cli("check", "--format", "json").json["proposals"] == [proposed]
    swap(path)
    assert said(folder) == expected
    assert "En attente" not in cli("check").out


def test_every_column_and_row_in_its_order_and_kind(cli: Cli, small: Path) -> None:
    head, *rows = rows_of(small, "communes")
    others: list[object] = ["à suivre", 12, 0.5, True, date(2025, 3, 1), time(10, 30)]
    titles = ["note", "nombre", "part", "fait", "vu le", "heure"]
    lines: Rows = [[typed(text) for text in row] for row in rows]
    wide: Rows = [[titles[0], *head[::-1], *titles[1:]]]
    wide += [[others[0], *line[::-1], *others[1:]] for line in lines]
    wide.insert(2, [None])
    path = small / "data/communes.xlsx"
    path.write_bytes(workbook(wide))
    (small / "data/communes.csv").unlink()
    answer = cli("level", "Amagney", "2A", "--from", "01/07/2025", "--act", "Acte")
    assert answer.code == 0, answer.err
    sheet = load_workbook(small / "data/communes-propose.xlsx").worksheets[0]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0] == [*wide[0], "date_debut", "date_fin", "source_niveau"]
    assert found[3] == [None] * len(found[0])
    amagney = [row for row in found if "25014" in row and 2025 in row]
    read = [946, 937, "212500144", "Amagney", "25014", 2025]
    assert [row[2:10] for row in amagney] == [["25900", "2B", *read], ["25900", "2A", *read]]
    day = datetime(2025, 7, 1)
    assert [row[-3:] for row in amagney] == [
        [None, day - timedelta(days=1), None],
        [day, None, "Acte"],
    ]
    held = ["à suivre", 12, 0.5, True, datetime(2025, 3, 1), time(10, 30)]
    assert [repr([row[0], *row[10:15]]) for row in amagney] == [repr(held)] * 2
    assert (sheet["B1"].font.b, sheet.freeze_panes) == (True, "A2")
    dimensions = [sheet.column_dimensions[letter(at)] for at in range(1, 1 + len(found[0]))]
    widths = {title: own.width for title, own in zip(found[0], dimensions, strict=True)}
    assert widths["commune"] == 30
    assert all(width > len(str(title)) for title, width in widths.items())
    forms = [sheet.cell(40, at).number_format for at in range(1, 1 + len(found[0]))]
    spare = dict(zip(found[0], forms, strict=True))
    assert (spare["siren"], spare["date_fin"], spare["vu le"]) == ("@", "dd/mm/yyyy", "dd/mm/yyyy")


def test_of_a_formula_the_value_and_it_is_said(cli: Cli, small: Path) -> None:
    rows = rows_of(small, "communes")
    written = workbook([[*rows[0], "calcul"], *([*row, "=1+1"] for row in rows[1:])])
    # As Excel saves it, with what the formula came to.
    data = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(data, "w") as new:
        for item in old.namelist():
            text = old.read(item)
            if item.endswith("sheet1.xml"):
                text = text.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
                text = text.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            new.writestr(item, text)
    (small / "data/communes.xlsx").write_bytes(data.getvalue())
    (small / "data/communes.csv").unlink()
    answer = cli("level", "Amagney", "2A", "--from", "01/01/2025", "--act", "Acte")
    assert "par leur valeur, vide dans les lignes changées : « calcul »." in answer.out
    sheet = load_workbook(small / "data/communes-propose.xlsx").worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    of_the_row = [sheet.cell(row, 1 + titles.index("calcul")).value for row in (2, 3)]
    assert of_the_row == [None, 2]


def test_what_waits_is_never_lost(cli: Cli, folder: Path) -> None:
    put_workbook(folder, "communes", "xlsx")
    path = folder / "data/communes-propose.xlsx"
    assert cli(*LEVEL).code == 0
    first = path.read_bytes()
    again = cli(*LEVEL)
    assert (again.code, path.read_bytes()) == (0, first)
    assert "Déjà là, la même : data/communes-propose.xlsx" in again.out
    other = COMMANDS["leave"][1]
    for words in ((), ("--dry-run",)):
        answer = cli(*other, *words)
        assert (answer.code, path.read_bytes()) == (3, first)
        assert "Une proposition attend déjà" in answer.err
    path.unlink()
    assert cli(*other).code == 0
    assert path.read_bytes() != first


def test_the_workbook_changed_meanwhile(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_workbook(folder, "communes", "xlsx")
    original = communes_writer.with_levels

    def slow(*arguments: object) -> object:
        change = original(*arguments)  # type: ignore[arg-type]
        path.write_bytes(path.read_bytes() + b"\0")
        return change

    monkeypatch.setattr(communes_writer, "with_levels", slow)
    answer = cli(*LEVEL)
    assert answer.code == 4
    assert "data/communes.xlsx a changé pendant le calcul" in answer.err
    assert not (folder / "data/communes-propose.xlsx").exists()


LINES = (ROOT / "data/communes.csv").read_text("utf-8-sig").splitlines()
SHIPPED = [line.split(";") for line in LINES if line.startswith(("annee", "2024"))]
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@given(data=st.data())
def test_any_change_of_level_is_the_same_in_both(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Columns in any order, cells of any kind, rows left blank."""
    root = tmp_path_factory.mktemp("both")
    (root / "data").mkdir()
    order = data.draw(st.permutations(range(len(SHIPPED[0]))))
    head, *body = ([row[at] for at in order] for row in SHIPPED)
    chosen = data.draw(st.lists(st.sampled_from(body), min_size=2, max_size=8, unique_by=tuple))
    blank = data.draw(st.integers(1, len(chosen)))
    rows = [head, *chosen[:blank], [""] * len(head), *chosen[blank:]]
    row = data.draw(st.sampled_from(chosen))
    code, level = row[head.index("code_insee")], row[head.index("niveau")]
    wanted = data.draw(st.sampled_from([x for x in ("1", "2A", "2B", "") if x != level]))
    day = data.draw(DAYS)
    (root / "data/communes.csv").write_text("\n".join(map(";".join, rows)), "utf-8")
    known = communes_file.read_communes(root)[0]
    changes = plan_level(known, code, wanted, day, "Acte n° 1")
    text = communes_writer.with_levels(root, changes, known).sheet
    assert not isinstance(text, ValueSheet)
    expected = communes_file.parse_communes("x.csv", text.content)[0]

    kind = data.draw(st.sampled_from(sorted(WAYS)))
    (root / "data/communes.csv").unlink()
    (root / f"data/communes.{kind}").write_bytes(WAYS[kind](rows))
    known = communes_file.read_communes(root)[0]
    changes = plan_level(known, code, wanted, day, "Acte n° 1")
    sheet = communes_writer.with_levels(root, changes, known).sheet
    assert isinstance(sheet, ValueSheet)
    made = render_proposal("communes", sheet.rows, ["1", "2A", "2B"], "Exemple", TODAY)
    found, problems = communes_file.parse_communes("x.xlsx", made)
    assert (figures(found), problems) == (figures(expected), [])


def test_what_libreoffice_keeps_in_other_columns(cli: Cli, small: Path) -> None:
    """Numbers, days, yes or no; the last value of a formula; a day that is none, as it is shown."""
    head, *rows = rows_of(small, "communes")
    day = '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>{}</text:p>'
    others = (
        ods.number_cell("0.5", "percentage"),
        day.format("2025-03-01T00:00:00", "1er mars") + "</table:table-cell>",
        day.format("2025-02-31", "31 février") + "</table:table-cell>",
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        ods.number_cell("0"),
        ods.number_cell("2").replace("office:value=", 'table:formula="of:=1+1" office:value=', 1),
        ods.number_cell("NaN").replace("shown", "?"),
    )
    titles = ("part", "vu le", "jour", "fait", "rien", "calcul", "aucun")
    lines = ["".join(map(ods.text_cell, [*head, *titles]))]
    lines += ["".join([*map(cell, row), *others]) for row in rows]
    (small / "data/communes.ods").write_bytes(ods.workbook(ods.table(lines)))
    (small / "data/communes.csv").unlink()
    answer = cli("level", "Amagney", "2A", "--from", "01/01/2025", "--act", "Acte")
    assert "par leur valeur, vide dans les lignes changées : « calcul »." in answer.out
    sheet = load_workbook(small / "data/communes-propose.xlsx").worksheets[0]
    at = 1 + [cell.value for cell in sheet[1]].index("part")
    found = [sheet.cell(3, column).value for column in range(at, at + len(titles))]
    assert repr(found) == repr([0.5, datetime(2025, 3, 1), "31 février", True, 0, 2, "?"])


def test_movements_that_contradict_each_other_propose_nothing(cli: Cli, folder: Path) -> None:
    row = "1960-01-01;fusion;25901;25014"
    (folder / "data/movements.csv").write_text(f"date_effet;type;code_avant;code_apres\n{row}\n")
    put_workbook(folder, "movements", "xlsx")
    answer = cli("import", "movements", MOVED)
    assert answer.code == 1
    assert "erreur[M05] data/movements.xlsx" in answer.err
    assert not (folder / "data/movements-propose.xlsx").exists()
