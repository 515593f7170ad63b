"""Workbooks of Excel and LibreOffice: read whole or refused, nothing of them dropped in silence."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from ods import number_cell, table, text_cell
from ods import workbook as ods
from openpyxl import Workbook

from conftest import Cli
from mutualis.domain.problems.problem import Problem
from mutualis.files.any_table import read_grid
from mutualis.files.tables import csv_table, workbook_table
from mutualis.files.tables import table as table_module
from mutualis.files.tables.csv_table import read_table
from mutualis.files.tables.table import Record
from mutualis.files.tables.text import TextFile
from mutualis.files.tables.workbook_table import read_records, read_workbook

Rows = Sequence[Sequence[str]]


def xlsx_of(rows: Rows) -> bytes:
    book = Workbook()
    for at, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                book.worksheets[0].cell(at, column, text)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods_of(rows: Rows) -> bytes:
    return ods(table(["".join(map(text_cell, row)) for row in rows]))


KINDS: dict[str, Callable[[Rows], bytes]] = {".xlsx": xlsx_of, ".ods": ods_of}
every_kind = pytest.mark.parametrize("kind", KINDS)


def records_of(data: bytes) -> list[Record]:
    found = read_records("x", data)
    assert isinstance(found, list), found.message
    return found


def problem_of(data: bytes) -> Problem:
    found = read_records("x", data)
    assert isinstance(found, Problem)
    return found


@every_kind
def test_the_same_bills(kind: str, folder: Path, cli: Cli) -> None:
    before = cli("bill", "2025", "--json").json
    path = folder / "data/communes.csv"
    rows = [line.split(";") for line in path.read_text("utf-8-sig").splitlines()]
    path.unlink()
    (folder / f"data/communes{kind}").write_bytes(KINDS[kind](rows))
    after = cli("bill", "2025", "--json")
    assert (after.code, after.json) == (0, before)
    assert read_grid(folder, f"data/communes{kind}")[0] == rows[0]
    path.write_text("x", "utf-8")
    assert f"[C27] data/communes{kind}" in cli("check").out


def test_two_workbooks_for_a_table(folder: Path, cli: Cli) -> None:
    (folder / "data/communes.csv").unlink()
    for kind, made in KINDS.items():
        (folder / f"data/communes{kind}").write_bytes(made([["annee"]]))
    assert "[C27] data/communes.ods" in cli("check").out


@every_kind
def test_rows_and_columns_to_the_bound(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more is refused: until now it was dropped."""
    monkeypatch.setattr(workbook_table, "MOST_ROWS", 4)
    assert len(records_of(KINDS[kind]([["a"]] * 4))) == 4
    assert problem_of(KINDS[kind]([["a"]] * 5)).code == "C44"
    assert problem_of(KINDS[kind]([["a"]] * 5)).source.line == 5
    widest = ["a"] * table_module.MOST_COLUMNS
    assert len(records_of(KINDS[kind]([widest]))[0].cells) == 500
    refused = problem_of(KINDS[kind]([["a"], [*widest, "b"]]))
    assert (refused.code, refused.source.line) == ("C44", 2)


@pytest.mark.parametrize("rows", [200_000, 200_001])
def test_the_rows_of_a_csv_to_the_bound(rows: int) -> None:
    text = TextFile("x", "a;b\n" + "1;2\n" * (rows - 1))
    problems = read_table(text, ("a",), keep=lambda *_: False).problems
    assert [problem.code for problem in problems] == ["C44"] * (rows > 200_000)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_are_counted_before_they_are_made(
    end: str, last: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """20 million of them took 1.5 GB before they were refused."""
    monkeypatch.setattr(csv_table, "MOST_ROWS", 3)
    for rows in (3, 4):
        if rows == 4:
            monkeypatch.setattr(csv_table, "_lines", None)
        text = TextFile("x", end.join(["a;b"] + ["1;2"] * (rows - 1)) + end * last)
        problems = read_table(text, ("a",)).problems
        assert [problem.facts["what"] for problem in problems] == ["4 lignes"] * (rows == 4)
        assert len(csv_table.read_grid(text.text, ("a",))) == (0 if rows == 4 else 3)


def test_the_columns_of_a_csv_to_the_bound() -> None:
    for columns in (500, 501):
        text = TextFile("x", "a" + ";b" * (columns - 1))
        problems = read_table(text, ("a",)).problems
        assert [problem.code for problem in problems] == ["C44"] * (columns > 500)


@every_kind
def test_the_row_after_a_hundred_thousand_is_read(kind: str) -> None:
    """By the sheet's own numbers: blank rows before it count for nothing."""
    if kind == ".xlsx":
        book = Workbook()
        book.worksheets[0]["A1"], book.worksheets[0]["B150000"] = "niveau", "2A"
        stream = io.BytesIO()
        book.save(stream)
        data = stream.getvalue()
    else:
        blank = '<table:table-row table:number-rows-repeated="149998"><table:table-cell/>'
        last = f"<table:table-cell/>{text_cell('2A')}"
        data = ods(table([text_cell("niveau"), f"{blank}</table:table-row>", last]))
    first, second = records_of(data)
    assert (first.rank, second.rank, second.cells) == (1, 150_000, ["", "2A"])


@pytest.mark.parametrize("said", ["A1:A1", "A1:XFD1048576"])
def test_the_size_that_a_sheet_says_it_has_is_not_believed(said: str) -> None:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of([["a", "b"], ["c", "d"]]))) as old,
        zipfile.ZipFile(data, "w") as new,
    ):
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info, text.replace(b'ref="A1:B2"', f'ref="{said}"'.encode()))
    assert [record.cells for record in records_of(data.getvalue())] == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("size", [17, 300])
def test_a_bomb_is_not_unpacked(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In mebibytes; a hundred to one, or more than a workbook may be."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as file,
    ):
        for _ in range(size):
            file.write(bytes(2**20))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # nothing of it is unpacked
    problem = problem_of(data.getvalue())
    assert problem.code == "C28"
    assert f"il contient {size} Mo" in problem.message


@every_kind
def test_texts_that_a_workbook_repeats_are_counted(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kilobyte could fill the memory: the same text in each of 200,000 rows and 500 columns."""
    monkeypatch.setattr(workbook_table, "MOST_BYTES", 12)
    assert len(records_of(KINDS[kind]([["aa", "bb"]] * 2))) == 2
    assert problem_of(KINDS[kind]([["aa", "bb"], ["aa", "bbb"]])).code == "A10"


@every_kind
def test_a_row_that_no_sheet_has(kind: str) -> None:
    """The blank ones before it, two thousand million at worst, were gone through one by one."""
    if kind == ".xlsx":
        book = Workbook()
        book.worksheets[0].cell(2**20, 1, "a")
        stream = io.BytesIO()
        book.save(stream)
        last, beyond = stream.getvalue(), io.BytesIO()
        with zipfile.ZipFile(stream) as old, zipfile.ZipFile(beyond, "w") as new:
            for info in old.infolist():
                new.writestr(info, old.read(info).replace(b"1048576", b"2000000"))
        data = beyond.getvalue()
    else:
        blank = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/>'
        last, data = (
            ods(table([blank.format(2**20 - 1 + more) + "</table:table-row>", text_cell("a")]))
            for more in (0, 1)
        )
    assert records_of(last)[-1].rank == 2**20
    assert "au-delà de la 1 048 576e" in problem_of(data).message.replace("\xa0", " ")


def test_a_row_of_libreoffice_repeated_without_end() -> None:
    wide = text_cell("x" * 2000).replace(
        "table-cell ", 'table-cell table:number-columns-repeated="500" ', 1
    )
    data = ods(
        table([f'<table:table-row table:number-rows-repeated="200000">{wide}</table:table-row>'])
    )
    assert len(data) < 2000
    assert problem_of(data).code == "A10"


# --- what a faster reader would drop ------------------------------------------------------------

FORMULA = "<table:table-cell {} table:formula='of:=SUM([.A1:.A3])'>{}</table:table-cell>"
ERROR = 'office:value-type="string" calcext:value-type="error" xmlns:calcext="urn:x"'


@pytest.mark.parametrize(
    "cell",
    [
        FORMULA.format("", ""),
        FORMULA.format('office:value-type="float" office:value="3"', "<text:p>3</text:p>"),
        FORMULA.format(ERROR, "<text:p>#N/A</text:p>"),
    ],
    ids=["no value", "a value", "an error"],
)
def test_a_formula_of_libreoffice_is_refused(cell: str) -> None:
    found = read_workbook("x", ods(table([text_cell("niveau"), cell])), ("niveau",))
    assert [(p.code, p.source.cell) for p in found.problems] == [("C14", "A2")]


@pytest.mark.parametrize("value", ["=A1", "#N/A", "#REF!"])
def test_a_formula_of_excel_is_refused(value: str) -> None:
    """openpyxl writes no value for a formula, as other programs do."""
    found = read_workbook("x", xlsx_of([["niveau"], [value]]), ("niveau",))
    assert [(p.code, p.source.cell) for p in found.problems] == [("C14", "A2")]


def test_merged_cells_of_libreoffice_are_refused() -> None:
    merged = text_cell("2A").replace(">", ' table:number-rows-spanned="3">', 1)
    problem = problem_of(ods(table([text_cell("niveau"), f"<table:table-cell/>{merged}"])))
    assert (problem.code, problem.source.cell) == ("C18", "B2")
    assert "(B2:B4)" in problem.message


def test_merged_cells_far_in_a_sheet_of_excel_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet is looked at piece by piece: what lies across two pieces too."""
    book = Workbook()
    book.worksheets[0].append(["niveau"])
    book.worksheets[0].merge_cells("G3:G5")
    data = io.BytesIO()
    book.save(data)
    for piece in (101, 150, 333, 2**20):
        monkeypatch.setattr(workbook_table, "_PIECE", piece)
        assert "(G3:G5)" in problem_of(data.getvalue()).message


def test_the_sheet_of_libreoffice_that_is_shown() -> None:
    old = table([text_cell("ancien")], style="hidden", name="Ancien")
    assert records_of(ods(old, table([text_cell("vrai")])))[0].cells == ["vrai"]
    assert records_of(ods(old))[0].cells == ["ancien"]


def test_a_sheet_by_its_name() -> None:
    """As `register titres` asks for that of a batch; the first one where none has the name."""
    book = Workbook()
    for title in ("Synthèse", "Récapitulatif"):
        book.create_sheet(title).append([title])
    del book["Sheet"]
    data = io.BytesIO()
    book.save(data)
    sheets = [table([text_cell(name)], name=name) for name in ("Synthèse", "Récapitulatif")]
    for workbook in (data.getvalue(), ods(*sheets)):
        for wanted, found in (("Récapitulatif", "Récapitulatif"), ("Autre", "Synthèse")):
            records = read_records("x", workbook, wanted)
            assert isinstance(records, list)
            assert records[0].cells == [found]


def test_the_cells_of_libreoffice() -> None:
    date = '<table:table-cell office:value-type="date" office:date-value="{}"/>'
    true = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    noted = text_cell("2A").replace("<text:p>", f"{note}<text:p>", 1)
    spaced = text_cell("a").replace("a<", '<text:span>a<text:s text:c="2"/>b</text:span> c<')
    twice = text_cell("x").replace(">", ' table:number-columns-repeated="2">', 1)
    blanks = '<table:table-cell table:number-columns-repeated="16000"/>'
    cells = (
        *(number_cell("3142"), number_cell("0.38"), number_cell("0.008", "percentage")),
        *(date.format("2025-07-01"), date.format("2025-07-01T00:00:00"), true, noted, spaced),
        *(twice, text_cell("deux\nlignes"), blanks),
    )
    assert records_of(ods(table(["".join(cells)])))[0].cells == [
        *("3142", "0,38", "0,008", "2025-07-01", "2025-07-01", "VRAI", "2A", "a  b c", "x", "x"),
        "deux\nlignes",
    ]


def test_a_row_of_libreoffice_given_for_several() -> None:
    row = f'<table:table-row table:number-rows-repeated="3">{text_cell("a")}</table:table-row>'
    assert [record.rank for record in records_of(ods(table([row])))] == [1, 2, 3]


def test_a_workbook_of_libreoffice_behind_a_password() -> None:
    data = ods(table([text_cell("a")]), manifest="<manifest:encryption-data/>")
    assert "mot de passe" in problem_of(data).message


@pytest.mark.parametrize("damage", [b"<table:table-row>", b"office:spreadsheet>"])
def test_a_damaged_workbook_of_libreoffice(damage: bytes) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", b"<a>" + damage)
    assert problem_of(data.getvalue()).code == "C28"
