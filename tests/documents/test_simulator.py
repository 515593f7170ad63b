"""The simulator's formulas against the program, computed again by LibreOffice.

Everything is invented (« exemple »): communes with one row or several, two that merge, prices on
half cents, brackets with all that they may have, a threshold, tax, wealth.
"""

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conftest import ROOT
from mutualis.documents.simulation import words
from mutualis.documents.simulation.book import Sides, render_simulation
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Source
from mutualis.domain.simulation.comparison import compare
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level, Status, Tariffs
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.files.workspace import load

SOFFICE = shutil.which("soffice")
YEAR = 2026
HERE = Source("exemple")
CASES = 18
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


def prices(random: Random, *, weighted: bool) -> dict[str, Level]:
    bounds = sorted(random.sample(range(1, 6000), 2))
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
    for first, last in ((date(YEAR, 1, 1), date(YEAR, 4, 10)), (date(YEAR, 4, 11), None)):
        yield commune("25050", random.choice(levels), 1501, random, start=first, end=last)
    yield commune("25060", "2A", random.randrange(3000), random, end=date(YEAR, 8, 31))
    yield commune("25061", "2B", random.randrange(3000), random)
    yield commune("25062", "2B", random.randrange(3000), random, start=date(YEAR, 7, 2))


def dataset(seed: int) -> Dataset:
    random = Random(seed)
    merger = Movement(date(YEAR, 9, 1), MovementKind.MERGER, "25060", "", "25061", "", "exemple", HERE)
    vat = random.choice(("", "20", "5.5"))
    rule = VatRule("cotisation", "", "S", (DatedRate(date(2020, 1, 1), Decimal(vat or 1)),))
    grid = Grid(YEAR, Status.PROJECTED, "exemple", prices(random, weighted=seed % 3 == 0))
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
    levels = prices(random, weighted=before.grid.levels["2B"].wealth is not None)
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
    tariffs = replace(after.tariffs, minimum_recovery=Decimal(random.choice(("0", "250.5"))))
    return replace(after, tariffs=tariffs)


@dataclass(frozen=True)
class Case:
    """A dataset as it is written, and as its cells are then changed."""

    before: Dataset
    after: Dataset
    data: bytes

    @classmethod
    def of(cls, before: Dataset, after: Dataset, issuer: Issuer) -> "Case":
        priced = price(before)
        sides = Sides(priced, priced, ("avant", "après"), compare(priced, priced))
        return cls(before, after, render_simulation(sides, issuer, date(YEAR, 2, 10)))

    def write(self, path: Path) -> None:
        """The workbook with the cells that somebody changes, and no result."""
        book = load_workbook(BytesIO(self.data))
        sheet = book[words.SIMULATOR]
        change(sheet, self.after)
        book.save(path)


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
    for code in {row.code_insee for row in after.communes.rows}:
        own_rows = [row for row in after.communes.rows if row.code_insee == code]
        for row in own_rows:
            at = [r for r in range(1, 200) if is_of(sheet, r, row)][0]
            put(sheet, at, 4, row.level or words.NO_MEMBER)


def is_of(sheet: Worksheet, at: int, row: CommuneYear) -> bool:
    title = str(sheet.cell(at, 1).value or "")
    if sheet.cell(at, 4).protection.locked:
        return False
    return sheet.cell(at, 2).value == row.code_insee or title.strip() == words.period(row)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Cells]]:
    """Each case, and the simulator as LibreOffice computes it once changed."""
    if SOFFICE is None:
        pytest.skip("no LibreOffice here")
    loaded = load(ROOT)
    assert loaded.workspace is not None
    issuer = loaded.workspace.issuer
    folder = tmp_path_factory.mktemp("simulateur")
    made = []
    for seed in range(CASES):
        before = dataset(seed)
        made.append(Case.of(before, changed(before, seed), issuer))
        made[-1].write(folder / f"{seed}.xlsx")
    return list(zip(made, computed(folder), strict=True))


def computed(folder: Path) -> Sequence[Cells]:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(folder.glob("*.xlsx"), key=lambda path: int(path.stem))
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "out"]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return [cells(folder / "out" / file.name) for file in files]


def cells(path: Path | BytesIO) -> Cells:
    """The values of the cells of a workbook, by the title of their sheet and their address."""
    book = load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def test_every_fee_class_and_total_is_the_programs(cases: list[tuple[Case, Cells]]) -> None:
    for case, found in cases:
        before, after = price(case.before), price(case.after)
        expected = {
            line.code_insee: (float(line.after), float(line.change), words.CLASSES[line.kind])
            for line in compare(before, after)
            if not line.heir
        }
        at = {v: c[1:] for (s, c), v in found.items() if s == words.SIMULATOR and c[0] == "B"}
        got = {
            code: tuple(found[words.SIMULATOR, f"{letter}{at[code]}"] for letter in "FGH")
            for code in expected
        }
        assert got == expected
        total = next(
            c[1:] for (s, c), v in found.items() if s == words.SIMULATOR and v == "Total"
        )
        assert found[words.SIMULATOR, f"F{total}"] == float(after.total)


def test_half_cents_are_there_and_every_way_of_sharing_a_year(
    cases: list[tuple[Case, Cells]],
) -> None:
    """What the comparison above would not see otherwise."""
    rules = {
        (case.after.tariffs.proration, case.after.tariffs.vat is None, wealth is None)
        for case, _ in cases
        for wealth in (case.after.grid.levels["2B"].wealth,)
    }
    assert {proration for proration, _, _ in rules} == {"full_year", "month", "day"}
    assert len(rules) > 6
    halves = 0
    for case, _ in cases:
        for due in price(case.after).dues.values():
            if due.line is not None and not due.line.parts:
                halves += Fraction(due.line.fee.due * 100).denominator == 2
    assert halves > 5
