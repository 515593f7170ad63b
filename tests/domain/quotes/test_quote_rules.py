"""Which grid, which commune, which lines a quote may have."""

import pytest

from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import WantedLine, choose_grid, price_lines
from mutualis.domain.tariffs.grid import Grid, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


@pytest.fixture
def grid(shipped: Workspace) -> Grid:
    return shipped.tariffs.grids[2025]


@pytest.fixture
def level(grid: Grid) -> Level:
    found = grid.on_quote
    assert found is not None
    return found


def tariffs_with(shipped: Workspace, setting: str, *grids: tuple[int, Status]) -> Tariffs:
    only = shipped.tariffs.grids[2025]
    years = {year: replace(only, year=year, status=status) for year, status in grids}
    return replace(shipped.tariffs, before_vote=setting, grids=years)


VOTED, PROJECTED = Status.VOTED, Status.PROJECTED


@pytest.mark.parametrize(
    ("setting", "grids", "found"),
    [
        ("previous_grid", ((2025, VOTED), (2026, VOTED)), 2026),
        ("previous_grid", ((2025, VOTED), (2026, PROJECTED)), 2025),
        ("previous_grid", ((2025, VOTED),), 2025),
        ("refuse", ((2025, VOTED), (2026, VOTED)), 2026),
        ("refuse", ((2025, VOTED), (2026, PROJECTED)), "quotes.projected_no_earlier"),
        ("refuse", ((2025, VOTED),), "quotes.no_grid_no_earlier"),
        ("previous_grid", ((2025, PROJECTED), (2026, PROJECTED)), "quotes.projected_alone"),
        ("previous_grid", ((2025, PROJECTED),), "quotes.no_grid"),
        ("previous_grid", ((2027, VOTED),), "quotes.no_grid"),
    ],
)
def test_the_grid_of_a_quote(
    setting: str, grids: tuple[tuple[int, Status], ...], found: int | str, shipped: Workspace
) -> None:
    tariffs = tariffs_with(shipped, setting, *grids)
    if isinstance(found, int):
        assert choose_grid(tariffs, 2026).year == found
        return
    with pytest.raises(Refusal) as refused:
        choose_grid(tariffs, 2026)
    assert refused.value.reason.code == found
    assert "mutualis index 2026" in refused.value.remedy


def test_every_wrong_line_is_told(level: Level, grid: Grid) -> None:
    wanted = [WantedLine("A", "2", ""), WantedLine("Z", "x", ""), WantedLine("B", "1001", "")]
    with pytest.raises(Refusal) as refused:
        price_lines(wanted, level, grid)
    assert [(detail.code, detail.facts["rank"]) for detail in refused.value.reason.details] == [
        ("quotes.unknown_category", 2),
        ("quotes.not_half_days", 2),
        ("quotes.not_half_days", 3),
    ]


@pytest.mark.parametrize("typed", ["0", "-1", "1,5", "", "²", "1001", "9999999"])
def test_half_days_are_whole(typed: str, level: Level, grid: Grid) -> None:
    with pytest.raises(Refusal):
        price_lines([WantedLine("A", typed, "")], level, grid)
    for good in ("1", " 2 ", "1000"):
        assert price_lines([WantedLine("A", good, "")], level, grid)[0].half_days == int(good)
