"""The simulator's formulas against the program, computed again by LibreOffice.

Everything is invented (« exemple »): communes with one row or several, two that merge, prices on
half cents, brackets with all that they may have, a threshold, tax, wealth.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec import Struct
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conftest import ROOT
from mutualis.documents.simulation import words
from mutualis.documents.simulation.book import render_simulation
from mutualis.documents.simulation.sides import Sides
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Source
from mutualis.domain.simulation.comparison import compare
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.files.workspace import load

SOFFICE = shutil.which("soffice")
YEAR = 2026
HERE = Source("exemple")
CASES = 9
EDGE = 1501  # the inhabitants of a commune, and the bound that a bracket is given
Cells = Mapping[tuple[str, str], Any]


def commune(code: str, level: str, people: int, random: Random, **facts: Any) -> CommuneYear:
    return CommuneYear(
        YEAR,
        code,
        f"Commune {code}",
        "219000015",
        people,
        people,
        level,
        HERE,
        HERE,
        settlement=random.choice((Settlement.TITRE, Settlement.TITRE, Settlement.AC)),
        financial_potential=Decimal(random.randrange(50_000, 9_000_000)),
        **facts,
    )


def amount(random: Random, most: int, places: int) -> Decimal:
    return Decimal(random.randrange(most * 10**places)).scaleb(-places)


def prices(random: Random, bound: int, *, weighted: bool) -> dict[str, Level]:
    bounds = (bound, random.randrange(bound + 1, 6000))
    wealth = Wealth(Decimal("1013.37"), Decimal("0.75"), Decimal("1.25")) if weighted else None
    brackets = tuple(
        Bracket(
            bound,
            cap=random.choice((None, amount(random, 9000, 2))),
            per_inhabitant=random.choice((None, None, amount(random, 9, 3))),
            fixed=random.choice((None, amount(random, 400, 2))),
            floor=random.choice((None, amount(random, 300, 2))),
        )
        for bound in (*bounds, None)
    )
    return {
        "1": Level("1", "exemple"),
        "2A": Level("2A", "exemple", per_inhabitant=amount(random, 2, 3)),
        "2B": Level("2B", "exemple", (), amount(random, 5, 3), brackets, wealth=wealth),
    }


def rows(random: Random) -> Iterator[CommuneYear]:
    levels = ("", "1", "2A", "2B", "2B")
    for rank in range(12):
        yield commune(f"250{rank:02}", random.choice(levels), random.randrange(7000), random)
    yield commune("25050", random.choice(levels[2:]), EDGE, random, end=date(YEAR, 4, 10))
    yield commune("25050", random.choice(levels[2:]), EDGE, random, start=date(YEAR, 4, 11))
    yield commune("25060", "2A", random.randrange(3000), random, end=date(YEAR, 8, 31))
    people = random.randrange(3000)
    yield commune("25061", random.choice(levels), people, random, end=date(YEAR, 7, 1))
    yield commune("25061", random.choice(levels), people, random, start=date(YEAR, 7, 2))


def dataset(seed: int) -> Dataset:
    random = Random(seed)
    merger = Movement(
        date(YEAR, 9, 1), MovementKind.MERGER, "25060", "", "25061", "", "exemple", HERE
    )
    vat = random.choice(("", "20", "5.5"))
    rule = VatRule("cotisation", "", "S", (DatedRate(date(2020, 1, 1), Decimal(vat or 1)),))
    grid = Grid(YEAR, Status.PROJECTED, "exemple", prices(random, 2222, weighted=seed % 3 == 0))
    tariffs = Tariffs(
        population=PopulationBasis.MUNICIPAL,
        minimum_recovery=Decimal(random.choice(("0", "15", "400"))),
        proration=("full_year", "month", "day")[seed % 4 % 3],
        before_vote="refuse",
        indexation=IndexationRule(base_year=YEAR),
        grids={YEAR: grid},
        vat=rule if vat else None,
    )
    return Dataset(YEAR, Communes.of(rows(random), "", Movements.of([merger])), tariffs, YEAR, YEAR)


def changed(before: Dataset, seed: int) -> Dataset:
    """Another price of each kind, other bounds, a threshold, and levels."""
    random = Random(1000 + seed)
    levels = prices(random, EDGE, weighted=before.grid.levels["2B"].wealth is not None)
    # Whether a bracket has a price of its own is not a cell.
    kept = zip(levels["2B"].brackets, before.grid.levels["2B"].brackets, strict=True)
    brackets = tuple(
        replace(
            new,
            per_inhabitant=None if old.per_inhabitant is None else amount(random, 9, 3),
        )
        for new, old in kept
    )
    levels["2B"] = replace(levels["2B"], brackets=brackets)
    codes = {row.code_insee for row in before.communes.rows}
    moved = {code: random.choice(("", "1", "2A", "2B")) for code in sorted(codes)[::2]}
    after = before.with_levels(levels).with_memberships(moved)
    free = replace(after, tariffs=replace(after.tariffs, minimum_recovery=Decimal(0)))
    if seed % 2:
        return free
    # What one of them owes, to the cent: that is recovered, and what is below it is not.
    owed = sorted(due.amount for due in price(free).dues.values() if due.amount)
    minimum = owed[len(owed) // 3]
    return replace(after, tariffs=replace(after.tariffs, minimum_recovery=minimum))


def rendered(found: Dataset, other: Dataset | None = None) -> bytes:
    """The workbook of a dataset, which is its own baseline unless there is another."""
    baseline, scenario = price(other or found), price(found)
    lines = compare(baseline, scenario)
    sides = Sides(baseline, scenario, ("avant", "après"), (), lines, (999,), 10)
    return render_simulation(sides, issuer(), date(YEAR, 2, 10))


@cache
def issuer() -> Issuer:
    loaded = load(ROOT)
    assert loaded.workspace is not None
    return loaded.workspace.issuer


def found_row(sheet: Worksheet, text: str, column: int = 1) -> int:
    return next(row for row in range(1, 200) if sheet.cell(row, column).value == text)


def put(sheet: Worksheet, row: int, column: int, value: Decimal | int | str | None) -> None:
    """In a cell that may be changed."""
    cell = sheet.cell(row, column)
    assert not cell.protection.locked, cell.coordinate
    cell.value = value


def change(sheet: Worksheet, after: Dataset) -> None:
    levels = after.grid.levels
    put(sheet, found_row(sheet, "Niveau 2A"), 3, levels["2A"].per_inhabitant)
    shared = levels["2B"].per_inhabitant
    for rank, bracket in enumerate(levels["2B"].brackets, start=1):
        row = found_row(sheet, f"Niveau 2B, tranche {rank}")
        own = bracket.per_inhabitant
        if own is None and shared is not None:
            own, shared = shared, None
        for column, value in ((2, bracket.up_to), (4, bracket.fixed), (5, bracket.cap)):
            put(sheet, row, column, value)
        put(sheet, row, 6, bracket.floor)
        if own is not None:
            put(sheet, row, 3, own)
    put(sheet, found_row(sheet, "Seuil de recouvrement"), 3, after.tariffs.minimum_recovery)
    for line in after.communes.rows:
        at = next(row for row in range(1, 200) if is_of(sheet, row, line))
        put(sheet, at, 4, line.level or words.NO_MEMBER)


def is_of(sheet: Worksheet, at: int, row: CommuneYear) -> bool:
    title = str(sheet.cell(at, 1).value or "")
    if sheet.cell(at, 4).protection.locked:
        return False
    return sheet.cell(at, 2).value == row.code_insee or title.strip() == words.period(row)


class Case(Struct, frozen=True):
    """A dataset as it is written and as its cells are then changed, with what they come to."""

    before: Dataset
    after: Dataset
    found: Cells


@pytest.fixture(scope="module")
def books() -> list[bytes]:
    return [rendered(dataset(seed)) for seed in range(CASES)]


@pytest.fixture(scope="module")
def computed(books: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Cells]:
    """What LibreOffice computes, in one run: the workbooks as they are and as they are changed, all
    without their results, and those of odd cells."""
    if SOFFICE is None:
        pytest.skip("no LibreOffice here")
    folder = tmp_path_factory.mktemp("simulateur")
    for seed, data in enumerate(books):
        book = load_workbook(BytesIO(data))
        if seed < 3:
            book.save(folder / f"same{seed}.xlsx")
        change(book[words.SIMULATOR], changed(dataset(seed), seed))
        book.save(folder / f"changed{seed}.xlsx")
    doubtful().save(folder / "doubts.xlsx")
    for name, made in (("halves", rendered(half_cents())), ("heirs", rendered(*heirs()))):
        load_workbook(BytesIO(made)).save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder.parent / 'libreoffice').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "out"), *map(str, folder.glob("*.xlsx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {path.stem: cells(path) for path in (folder / "out").glob("*.xlsx")}


@pytest.fixture(scope="module")
def cases(computed: Mapping[str, Cells]) -> list[Case]:
    return [
        Case(dataset(seed), changed(dataset(seed), seed), computed[f"changed{seed}"])
        for seed in range(CASES)
    ]


def small(*levels: Level, people: int = 100, **facts: Any) -> Dataset:
    """Three communes at a level 2B."""
    found = [commune(f"2500{at}", "2B", people, Random(at), **facts) for at in range(3)]
    tariffs = replace(
        dataset(0).tariffs,
        proration="full_year",
        grids={YEAR: Grid(YEAR, Status.PROJECTED, "exemple", {x.code: x for x in levels})},
        minimum_recovery=Decimal(0),
        vat=None,
    )
    return Dataset(YEAR, Communes.of(found), tariffs, YEAR, YEAR)


def doubtful() -> Workbook:
    """Two prices that grow together, then cells that no price answers: a population above the last
    bracket, a level that is not one, bounds upside down."""
    brackets = (Bracket(99, cap=Decimal(50)), Bracket(200))
    book = load_workbook(BytesIO(rendered(small(Level("2B", "x", (), Decimal(1), brackets)))))
    sheet = book[words.SIMULATOR]
    put(sheet, found_row(sheet, "25000", 2), 4, "2C")
    put(sheet, found_row(sheet, "25001", 2), 4, None)
    put(sheet, found_row(sheet, "Niveau 2B, tranche 2"), 2, 98)
    return book


def half_cents() -> Dataset:
    """100 inhabitants at 0.0005 and a wealth of 1.1 times the average: 0.055 exactly."""
    wealth = Wealth(Decimal(1000), Decimal("0.5"), Decimal(2))
    found = small(Level("2B", "exemple", (), Decimal("0.0005"), wealth=wealth))
    rows = [replace(row, financial_potential=Decimal(110_000)) for row in found.communes.rows]
    return replace(found, communes=Communes.of(rows))


def cells(path: Path | BytesIO) -> Cells:
    """The values of the cells of a workbook, by the title of their sheet and their address."""
    book = load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def heirs() -> tuple[Dataset, Dataset]:
    """A year beside the next one, in which two of its communes are one and another has come."""
    found = small(Level("2B", "exemple", (), Decimal(1)))
    next_year = YEAR + 1
    grown = [replace(row, year=next_year) for row in found.communes.rows if row.name[-1] != "1"]
    come = replace(grown[0], code_insee="25009", name="Commune 25009")
    day = date(next_year, 1, 1)
    merger = Movement(day, MovementKind.MERGER, "25001", "", "25000", "", "exemple", HERE)
    communes = Communes.of((*found.communes.rows, *grown, come), "", Movements.of([merger]))
    grids = {year: replace(found.grid, year=year) for year in (YEAR, next_year)}
    tariffs = replace(found.tariffs, grids=grids)
    years = (replace(found, year=year, communes=communes) for year in (YEAR, next_year))
    one, other = (replace(dataset, tariffs=tariffs) for dataset in years)
    return one, other


def communes_of(found: Cells) -> dict[str, tuple[Any, ...]]:
    """What the simulator says of each commune: its fee, the gap, the class."""
    own = {at: value for (sheet, at), value in found.items() if sheet == words.SIMULATOR}
    return {
        value: tuple(own[f"{letter}{at[1:]}"] for letter in "FGH")
        for at, value in own.items()
        if at[0] == "B" and isinstance(value, str) and value.isdigit()
    }


def total_of(found: Cells) -> Any:
    at = next(at for (sheet, at), v in found.items() if sheet == words.SIMULATOR and v == "Total")
    assert found[words.SIMULATOR, f"F{at[1:]}"] == found[words.SIMULATOR, "F1"]
    return found[words.SIMULATOR, "F1"]


def test_every_fee_class_and_total_is_the_programs(cases: list[Case]) -> None:
    for case in cases:
        before, after = price(case.before), price(case.after)
        assert communes_of(case.found) == {
            line.code_insee: (float(line.after), float(line.change), words.CLASSES[line.kind])
            for line in compare(before, after)
            if not line.heir
        }
        assert total_of(case.found) == float(after.total)


def test_the_cases_have_what_a_spreadsheet_gets_wrong(cases: list[Case]) -> None:
    """Half cents, every way of sharing a year, tax, wealth, the threshold: else the test above says
    little."""
    rules = {(case.after.tariffs.proration, case.after.tariffs.vat is None) for case in cases}
    assert len(rules) == 6
    priced = [price(case.after) for case in cases]
    dues = [due for year in priced for due in year.dues.values() if due.line is not None]
    exact = [due.line.fee.due * 100 for due in dues if due.line and not due.line.parts]
    assert sum(amount.denominator == 2 for amount in exact) > 3
    assert any(due.line.fee.coefficient is not None for due in dues if due.line)
    assert any(not due.amount and due.line.whole for due in dues if due.line)
    assert any(len(due.line.parts) > 2 for due in dues if due.line)


def test_the_results_beside_the_formulas_are_theirs(
    books: list[bytes], computed: Mapping[str, Cells]
) -> None:
    for seed in range(3):
        written = cells(BytesIO(books[seed]))
        formulas = [
            (sheet.title, cell.coordinate)
            for sheet in load_workbook(BytesIO(books[seed])).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert len(formulas) > 250
        for place in formulas:
            one, other = written[place] or "", computed[f"same{seed}"][place] or ""
            near = isinstance(one, float) and one == pytest.approx(other, rel=1e-14)
            assert near or one == other, place


def test_what_cannot_be_told_is_said_and_leaves_no_total(computed: Mapping[str, Cells]) -> None:
    found = computed["doubts"]
    assert communes_of(found) == {
        "25000": (words.UNKNOWN_LEVEL, None, words.TO_REVIEW),
        "25001": (0, -100, "paie moins"),
        "25002": (words.NO_PRICE, None, words.TO_REVIEW),
    }
    assert total_of(found) == words.TO_REVIEW
    assert words.REVIEW in found.values()
    assert next(v for (s, at), v in found.items() if s == words.CALCULATION and at == "B10") == 1


def test_half_a_cent_of_a_coefficient_without_end_is_left_to_the_program(
    computed: Mapping[str, Cells],
) -> None:
    written = cells(BytesIO(rendered(half_cents())))
    for found in (computed["halves"], written):
        assert {row[0] for row in communes_of(found).values()} == {words.HALF_CENT}
        assert total_of(found) == words.TO_REVIEW


def test_what_a_commune_owes_is_beside_what_its_heir_owes(computed: Mapping[str, Cells]) -> None:
    """100 inhabitants at 1 € each: two communes together, one alone, one that is not there yet."""
    found = computed["heirs"]
    assert communes_of(found) == {
        "25000": (200, 100, "paie plus"),
        "25002": (100, 0, "paie autant"),
        "25009": (0, -100, "paie moins"),
    }
    assert total_of(found) == 300
    assert words.NOT_THERE in found.values()


def test_every_sheet_says_that_it_is_a_simulation_and_only_inputs_change(
    books: list[bytes],
) -> None:
    book = load_workbook(BytesIO(books[0]))
    for sheet in book.worksheets:
        assert words.MARK in sheet.title + str(sheet["A1"].value)
        assert sheet.oddHeader is not None
        assert words.MARK in str(sheet.oddHeader.left.text)
        for row in sheet.iter_rows():
            for cell in row:
                is_input = cell.style.startswith("saisie")
                assert cell.protection.locked is not is_input
                assert not (is_input and cell.data_type == "f")
    for name in (words.SIMULATOR, words.CALCULATION):
        assert book[name].protection.sheet


def test_formulas_are_those_of_every_excel(books: list[bytes]) -> None:
    """No dynamic array, no function younger than Excel 2007, no macro."""
    known = {"ROUND", "IF", "MATCH", "INDEX", "SUMPRODUCT", "COUNTIF", "SUMIF", "SUM", "INT"}
    known |= {"MAX", "MIN", "AND", "OR", "ISTEXT"}
    for data in books[:3]:
        for sheet in load_workbook(BytesIO(data)).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert {*re.findall(r"([A-Z0-9.]+)\(", str(cell.value))} <= known
