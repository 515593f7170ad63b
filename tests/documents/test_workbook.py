"""The workbooks, cell by cell, and recalculated by LibreOffice."""

import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from conftest import Cli, edit
from render_once import render_anew

SOFFICE = shutil.which("soffice")
DRAFT = "out/2025/adhesions-2025-brouillon.xlsx"
HEADER = [
    *("N° facture", "Code INSEE", "Commune", "SIREN", "Niveau", "Population", "Tarif"),
    *("Montant brut", "Plafond", "Montant dû", "Déjà émis", "Reste", "Calcul", "N° titre"),
]


@pytest.fixture
def batch(cli: Cli, folder: Path) -> Path:
    """The draft of 2025, at levels that are an example."""
    path = folder / "data/communes.csv"
    path.write_text(path.read_text("utf-8").replace(";convention;", ";exemple;"), "utf-8")
    return cli.once(("bill", "2025", "--date", "15/01/2025")) / DRAFT


@cache
def _opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def opened(path: Path) -> Workbook:
    """The workbook, to be looked at: half of these tests look at the same one."""
    return _opened(path.read_bytes())


def projection(sheet: Any) -> str:
    """The cells that are filled in, one a line, with their number format and their link."""
    lines = [f"[{sheet.title}] freeze={sheet.freeze_panes} filter={sheet.auto_filter.ref}"]
    lines += [f"table {table.name} {table.ref}" for table in sheet.tables.values()]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                form = "" if cell.number_format == "General" else f"  {{{cell.number_format}}}"
                link = f"  -> {cell.hyperlink.location}" if cell.hyperlink else ""
                lines.append(f"{cell.coordinate} {cell.value!r}{form}{link}")
    return "\n".join(lines).replace("\\xa0", "_") + "\n"


def test_cells(batch: Path, snapshot: Callable[[str, str], None]) -> None:
    book = opened(batch)
    assert book.sheetnames[:5] == ["Synthèse", "Récapitulatif", "Barème", "Contrôle", "Graphique"]
    files = {
        "summary": "Synthèse",
        "recap": "Récapitulatif",
        "tariff": "Barème",
        "invoice-capped": "25532 Saône",
        "invoice-small": "25117 Champoux",
    }
    for file, name in files.items():
        snapshot(f"workbook/{file}.txt", projection(book[name]))


def test_recap(batch: Path) -> None:
    sheet = opened(batch)["Récapitulatif"]
    assert [cell.value for cell in sheet[1]] == HEADER
    codes = [str(sheet.cell(row, 2).value) for row in range(2, sheet.max_row)]
    assert codes == sorted(codes)
    assert len(codes) == 40
    assert sheet.cell(sheet.max_row, 3).value == "Total"
    totals = [cell.value for cell in sheet[sheet.max_row]][9:12]
    assert totals == [104107.98, 0, 104107.98]  # the total of tests/golden/communes_2025.csv
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref is None  # the table has its own
    table = sheet.tables["Recapitulatif"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("A1:N41", "A1:N41", None)
    assert [column.name for column in table.tableColumns] == HEADER
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.page_setup.orientation == "landscape"


def location(cell: Any) -> str:
    return str(cell.hyperlink.location)


def test_links_lead_to_each_invoice_and_back(voted: Path, cli: Cli) -> None:
    """By the commune in a draft, by the number once issued; an apostrophe is doubled."""
    edit(voted / "data/communes.csv", "2025;25014;Amagney", "2025;25014;L'Hôpital-du-Test")
    draft = ("bill", "2025", "--date", "15/01/2025")
    for command, column in ((draft, "C"), ((*draft, "--issue", "--yes"), "A")):
        book = load_workbook(voted / cli(*command, "--json").json["files"][0])
        recap = book["Récapitulatif"]
        linked = [c for row in recap.iter_rows() for c in row if c.hyperlink]
        assert [c.coordinate for c in linked] == [f"{column}{row}" for row in range(2, 42)]
        assert location(linked[0]) == "'25014 L''Hôpital-du-Test'!A1"
        for cell in linked:
            title = location(cell)[1:].removesuffix("'!A1").replace("''", "'")
            assert location(book[title]["G1"]) == f"'Récapitulatif'!{cell.coordinate}"
            last = book[title].max_row
            assert book[title].print_area.endswith(f"!$A$1:$E${last}")  # the link is not printed


def test_a_batch_without_a_fee_has_no_table(cli: Cli, folder: Path) -> None:
    edit(folder / "data/tariffs.toml", "minimum_recovery = 15.00", "minimum_recovery = 99999.00")
    book = load_workbook(folder / cli("bill", "2025", "--json").json["files"][0])
    assert not book["Récapitulatif"].tables
    assert list(book["Sous le seuil"].tables) == ["Sous_seuil"]


def test_one_printable_sheet_an_invoice(batch: Path) -> None:
    book = opened(batch)
    assert len(book.sheetnames) == 5 + 40
    for name in book.sheetnames[5:]:
        sheet = book[name]
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        cells = [c for row in sheet.iter_rows(values_only=True) for c in row if c is not None]
        assert "BROUILLON" in cells
        assert "TVA non applicable, article 256 B du code général des impôts" in cells
        assert any("ne pas payer avant réception de l'avis" in str(c) for c in cells)
        assert not [c for c in cells if isinstance(c, str) and c.startswith("=")]


def test_amounts_are_values_and_only_the_control_has_formulas(batch: Path) -> None:
    book = opened(batch)
    for sheet in book.worksheets:
        formulas = [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert bool(formulas) == (sheet.title == "Contrôle"), sheet.title


def test_the_chart_shows_the_caps(batch: Path) -> None:
    with zipfile.ZipFile(batch) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "scatterChart" in chart
    for title in ("Barème 2A", "Communes 2A", "Barème 2B", "Communes 2B"):
        assert title in chart
    points = opened(batch)["Graphique"]
    curve = {
        points.cell(row, 7).value: points.cell(row, 8).value for row in range(4, points.max_row + 1)
    }
    assert (curve[2149], curve[3999], curve[4000], curve[10000]) == (7048, 7048, 9416, 9416)


def test_the_cover_says_that_the_levels_are_an_example(batch: Path, cli: Cli, folder: Path) -> None:
    def cover(path: Path) -> str:
        sheet = load_workbook(path)["Synthèse"]
        return "\n".join(str(c) for row in sheet.iter_rows(values_only=True) for c in row if c)

    assert "sont donnés en exemple" in cover(batch)
    path = folder / "data/communes.csv"
    path.write_text(path.read_text("utf-8").replace(";exemple;", ";convention;"), "utf-8")
    cli("bill", "2025")
    assert "exemple" not in cover(batch)


def test_the_same_data_give_the_same_cells(
    batch: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_anew(monkeypatch)

    def cells(path: Path) -> list[str]:
        return [projection(sheet) for sheet in load_workbook(path).worksheets]

    before = cells(batch)
    cli("bill", "2025", "--date", "15/01/2025")
    assert cells(batch) == before


def test_hostile_names(cli: Cli, folder: Path) -> None:
    """Names that Excel or the file system could take for something else."""
    names = ["a[b]c:d*e?/f\\g", "x" * 300, "../../x", "'quoted'"]
    head = "annee;code_insee;commune;siren;population_municipale;population_totale;niveau"
    rows = [
        f"2025;{25100 + rank};{name};212500144;{600 + rank};{600 + rank};2B"
        for rank, name in enumerate(names)
    ]
    (folder / "data/communes.csv").write_text("\n".join([head, *rows]), "utf-8")
    answer = cli("bill", "2025", "--json")
    assert answer.code == 0
    book = load_workbook(folder / answer.json["files"][0])
    shown = [cell.value for cell in book["Récapitulatif"]["C"][1:-1]]
    assert shown == names
    quote = cli("quote", "25102", "--line", "A:1:=1+1", "--date", "01/02/2025", "--json").json
    path = folder / quote["files"][0]
    assert path.resolve().is_relative_to((folder / "out").resolve())
    sheet = load_workbook(path).worksheets[0]
    labels = [c for row in sheet.iter_rows() for c in row if c.value == "=1+1"]
    assert [cell.data_type for cell in labels] == ["s"]


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_recalculates_the_control(cli: Cli, folder: Path) -> None:
    """Every verdict reads OK, and ÉCART when an amount of the recap is tampered with."""
    communes = folder / "data/communes.csv"
    head, *lines = communes.read_text("utf-8-sig").splitlines()
    apart = ("2025;25532", "2025;25117")  # two fees withheld from the AC
    marked = [f"{line};{'AC' if line.startswith(apart) else ''}" for line in lines]
    communes.write_text("\n".join([f"{head};reglement", *marked]), "utf-8")
    edit(folder / "data/tariffs.toml", "minimum_recovery = 15.00", "minimum_recovery = 200.00")
    batch = folder / cli("bill", "2025", "--json").json["files"][0]
    book = load_workbook(batch)
    recap = book["Récapitulatif"]
    for cell in ("J5", "K6", "L7"):  # due, already issued, left
        recap[cell] = float(recap[cell].value) + 0.01
    tampered = folder / "tampered.xlsx"
    book.save(tampered)
    as_made, changed = converted([batch, tampered], folder / "converted")
    assert verdicts_of(as_made) == ["OK"] * 40
    assert verdicts_of(changed).count("ÉCART") == 3


def tables(sheet: Any) -> dict[str, str]:
    return {table.displayName: table.ref for table in sheet.tables.values()}


def links(sheet: Any) -> dict[str, str]:
    """Where each cell leads: a sheet and a cell, however the name of the sheet is quoted."""
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    return {cell.coordinate: location(cell).replace("'", "").lstrip("#") for cell in cells}


def recalculated(path: Path, out: Path) -> list[str]:
    """The verdicts on fees in the sheet Contrôle as LibreOffice computes them."""
    (book,) = converted([path], out)
    return verdicts_of(book)


def verdicts_of(book: Workbook) -> list[str]:
    """Those on fees; the totals of the sheet are those of the cover."""
    sheet: Any = book["Contrôle"]
    assert sheet["C2"].value in ("OK", "ÉCART")
    titles = [cell.value for cell in sheet[4]]
    found = [str(row[titles.index("Verdict")].value) for row in sheet.iter_rows(min_row=5)]
    total = [row[titles.index("Commune")].value for row in sheet.iter_rows(min_row=5)].index(
        "Total"
    )
    verdicts = [verdict for verdict in found[:total] if verdict != "None"]
    totals = set(found[total:]) - {"None", "Verdict"}
    assert (totals == {"OK"}) == (set(verdicts) == {"OK"})
    assert (sheet["C2"].value == "OK") == (totals == {"OK"})
    return verdicts


def converted(paths: Sequence[Path], out: Path) -> list[Workbook]:
    """The workbooks with the values that LibreOffice computes: to start it takes longer than to
    convert one."""
    assert SOFFICE is not None
    # Making its profile takes as long as a conversion: one serves all the tests of a process.
    profile = f"-env:UserInstallation={(out.parent.parent / 'libreoffice').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    for attempt in range(3):
        subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
        if all((out / path.name).exists() for path in paths):
            break
        time.sleep(1 + attempt)
    return [_converted(path, out) for path in paths]


def _converted(path: Path, out: Path) -> Workbook:
    book = load_workbook(out / path.name, data_only=True)
    # What the officer's pivot tables and clicks rely on comes through a round trip.
    for sheet in load_workbook(path).worksheets:
        assert tables(book[sheet.title]) == tables(sheet)
        assert links(book[sheet.title]) == links(sheet)
        assert book[sheet.title].sheet_state == sheet.sheet_state
    return book
