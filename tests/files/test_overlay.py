"""A reform laid over a grid: what it says changes, and nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.problems.problem import Problem
from mutualis.domain.simulation.dataset import Dataset, dataset_of
from mutualis.domain.simulation.differences import differences
from mutualis.domain.tariffs.grid import Bracket
from mutualis.domain.workspace import Workspace
from mutualis.files.simulation.overlay import laid_over, parse_settings, read_reform

TITLE = 'title = "Exemple"\n'


@pytest.fixture
def year(shipped: Workspace) -> Dataset:
    found = dataset_of(shipped.communes, shipped.tariffs, shipped.index, 2025)
    assert isinstance(found, Dataset)
    return found


def reformed(year: Dataset, folder: Path, text: str) -> Dataset | list[Problem]:
    path = folder / "reforme.toml"
    path.write_text(TITLE + text, "utf-8")
    overlay, problems = read_reform(path)
    assert overlay is not None, problems
    return laid_over(year, overlay)


def set_to(year: Dataset, *pairs: tuple[str, str]) -> Dataset:
    overlay, problems = parse_settings(pairs)
    assert overlay is not None, problems
    changed = laid_over(year, overlay)
    assert isinstance(changed, Dataset), changed
    return changed


def test_each_key_of_the_grid_changes_its_price_alone(year: Dataset) -> None:
    for price in year.grid.prices():
        changed = set_to(year, (price.key, "12,50"))
        moved = [(item.key, item.before, item.after) for item in differences(year, changed)]
        assert moved == [(price.key, price.value, Decimal("12.50"))]


@pytest.mark.parametrize("typed", ["3.50", "3,50", " 3,50 € ", "3,5"])
def test_numbers_are_typed_as_people_write_them(typed: str, year: Dataset) -> None:
    changed = set_to(year, ("levels.2B.per_inhabitant", typed))
    assert changed.grid.levels["2B"].per_inhabitant == Decimal("3.5")


def test_a_reform_that_says_nothing_changes_nothing(year: Dataset, tmp_path: Path) -> None:
    changed = reformed(year, tmp_path, "")
    assert isinstance(changed, Dataset)
    assert changed.grid.levels == year.grid.levels
    assert changed.tariffs.minimum_recovery == year.tariffs.minimum_recovery


def test_tables_add_and_lists_replace(year: Dataset, tmp_path: Path) -> None:
    changed = reformed(
        year,
        tmp_path,
        'population = "totale"\n[levels.2B]\nbrackets = [{ fixed = 100 }]\n'
        "[levels.3.half_day]\nB = 200\nD = 100\n"
        '[levels.2C]\nlabel = "Exemple"\nper_inhabitant = 1\n',
    )
    assert isinstance(changed, Dataset)
    levels = changed.grid.levels
    assert levels["2B"].brackets == (Bracket(None, fixed=Decimal(100)),)
    assert levels["2B"].per_inhabitant == Decimal("3.28")
    assert {code: int(value) for code, value in levels["3"].half_day.items()} == {
        "A": 255,
        "B": 200,
        "C": 150,
        "D": 100,
    }
    assert levels["2C"].per_inhabitant == 1
    assert changed.tariffs.population is PopulationBasis.TOTAL
    assert changed.tariffs.proration == year.tariffs.proration


def test_a_coefficient_of_wealth_can_be_simulated(year: Dataset, tmp_path: Path) -> None:
    text = '[levels.2B.wealth]\nreference = "potentiel_financier"\n'
    text += "average = 900\nfloor = 0.8\nceiling = 1.2\n"
    changed = reformed(year, tmp_path, text)
    assert isinstance(changed, Dataset)
    wealth = changed.grid.levels["2B"].wealth
    assert wealth is not None
    assert (wealth.average, wealth.floor) == (Decimal(900), Decimal("0.8"))
    less = set_to(changed, ("levels.2B.wealth.floor", "0,7")).grid.levels["2B"].wealth
    assert less is not None
    assert (less.average, less.floor) == (Decimal(900), Decimal("0.7"))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("levels.2A.label = 'x'\nlevels.2B.brackets.2.cap = 1\n", "T05", 3),
        ("[levels.2A.brackets.0]\ncap = 1\n", "T05", 2),
        ("\n[levels.2C]\nper_inhabitant = 1\n", "T03", 3),
        ("[levels.2B.brackets.1]\nup_to = 300\n", "T05", 2),
        ("[levels.2B]\nrequires = '2C'\n", "T05", 3),
        ("[levels.2A]\nhalf_day = { A = 1 }\n", "T05", 2),
        ("[levels.2A.wealth]\naverage = 900\n", "T03", 2),
        ("[levels.2A]\nper_inhabitant = 1\nwealth = 3\n", "T04", 4),
    ],
)
def test_what_cannot_be_is_told_with_its_line(
    text: str, code: str, line: int, year: Dataset, tmp_path: Path
) -> None:
    found = reformed(year, tmp_path, text)
    assert isinstance(found, list)
    assert (found[0].code, found[0].source.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[levels.2B]\nper_inhabitent = 1\n", "T02", 3),
        ("[levels.2B.brackets.0]\ncup = 1\n", "T02", 3),
        ("[levels.2B]\nbrackets = [{ cup = 1 }]\n", "T02", 3),
        ("[levels.2B.brackets.x]\ncap = 1\n", "T04", 2),
        ("[levels.2B]\nbrackets = 3\n", "T04", 3),
        ("[levels.2B.brackets.0]\ncap = -1\n", "T04", 3),
        ("[grids.2025]\nact = 'x'\n", "T02", 2),
    ],
)
def test_what_is_mistyped_is_told_with_its_line(
    text: str, code: str, line: int, tmp_path: Path
) -> None:
    path = tmp_path / "reforme.toml"
    path.write_text(TITLE + text, "utf-8")
    overlay, problems = read_reform(path)
    assert overlay is None
    assert [(problem.code, problem.source.line) for problem in problems] == [(code, line)]
    assert problems[0].message
    assert problems[0].remedy


def test_a_reform_has_a_title(tmp_path: Path) -> None:
    path = tmp_path / "reforme.toml"
    path.write_text("minimum_recovery = 20\n", "utf-8")
    overlay, problems = read_reform(path)
    assert overlay is None
    assert [problem.code for problem in problems] == ["T03"]
