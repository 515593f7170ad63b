"""What is said of a grid, its levels and the communes of its year, at each edge."""

from datetime import date
from decimal import Decimal

import pytest
from made import ONE_EURO, codes, grid, issuer, move, row, tariffs, workspace

from mutualis.domain.checks.debtors import issuer_is_no_debtor, sirens_differ
from mutualis.domain.checks.grids import (
    cap_is_useful,
    fee_never_falls,
    locked_table_agrees,
    locked_tables_hold,
    voted_grid_is_locked,
)
from mutualis.domain.checks.issuable import as_real, issuer_may_issue, left_to_fill
from mutualis.domain.checks.issuable import year_may_be_issued as may_be_issued
from mutualis.domain.checks.issuer import regime_is_chosen
from mutualis.domain.checks.levels import (
    level_is_in_grid,
    near_a_bound,
    population_has_price,
    wealth_is_known,
)
from mutualis.domain.checks.lists import check_all, check_chain, check_year
from mutualis.domain.checks.populations import populations_are_plausible
from mutualis.domain.checks.years import (
    grid_without_communes,
    how_to_add_communes,
    how_to_add_grid,
    year_without_grid,
)
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.movements import MovementKind
from mutualis.domain.issuer.issuer import Signatory
from mutualis.domain.issuer.legal import Legal, Regime
from mutualis.domain.tariffs.grid import Bracket, Grid, Level, Status
from mutualis.domain.tariffs.table import LockedTable, tariff_table
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace


def capped(*brackets: tuple[int | None, str | None], rate: str = "2") -> Grid:
    """A level at `rate`, whose brackets end at a population and have a cap."""
    made = tuple(Bracket(up_to, None if cap is None else Decimal(cap)) for up_to, cap in brackets)
    return grid(Level("2B", "exemple", per_inhabitant=Decimal(rate), brackets=made))


def with_grid(own: Grid, *rows: CommuneYear) -> Workspace:
    return workspace(*rows, tariffs=tariffs(own))


@pytest.mark.parametrize(
    ("brackets", "found"),
    [
        (((100, "2"), (None, None)), []),  # binds from the second inhabitant on
        (((100, "1"), (None, None)), ["B04"]),  # from the first one
        (((100, "198"), (None, None)), []),  # for the last one alone
        (((100, "199"), (None, None)), []),
        (((100, "200"), (None, None)), ["B05"]),  # which pays just that
        (((100, None), (200, "202"), (None, None)), []),  # 202 = 101 x 2: the first pays just that
        (((100, None), (200, "201"), (None, None)), ["B04"]),
        (((100, None), (200, "400"), (None, None)), ["B05"]),
        (((None, "1"),), []),  # no end: what it is for cannot be told
    ],
)
def test_a_cap_that_binds_always_or_never(
    brackets: tuple[tuple[int | None, str | None], ...], found: list[str]
) -> None:
    own = capped(*brackets)
    assert codes(cap_is_useful(with_grid(own), own)) == found


def test_a_cap_of_a_level_without_a_rate_is_not_looked_at() -> None:
    own = capped((100, "1"), (None, None), rate="0")
    assert codes(cap_is_useful(with_grid(own), own)) == []


@pytest.mark.parametrize(
    ("rates", "found"), [(("2", "1"), ["B40"]), (("2", "2"), []), (("2", "3"), [])]
)
def test_a_fee_that_falls(rates: tuple[str, str], found: list[str]) -> None:
    brackets = tuple(
        Bracket(up_to, per_inhabitant=Decimal(rate))
        for up_to, rate in zip((100, None), rates, strict=True)
    )
    own = grid(Level("2B", "exemple", brackets=brackets))
    assert codes(fee_never_falls(with_grid(own), own)) == found
    before = replace(own, year=2024)
    both = workspace(tariffs=tariffs(before, own))
    assert codes(fee_never_falls(both, own)) == []  # the year before had it


def test_what_is_locked() -> None:
    own = grid()
    open_one = workspace()
    assert codes(voted_grid_is_locked(open_one, own)) == ["B09"]
    projected = replace(own, status=Status.PROJECTED)
    assert codes(voted_grid_is_locked(open_one, projected)) == []
    assert codes(locked_table_agrees(open_one, own)) == []
    rows = tariff_table(own, open_one.communes.by_commune(2025), open_one.tariffs.population)
    locked = replace(open_one, tables={2025: LockedTable(2025, "data/tables/2025.csv", rows)})
    assert codes(voted_grid_is_locked(locked, own)) == []
    assert codes(locked_tables_hold(locked)) == []
    assert codes(locked_table_agrees(locked, own)) == []
    dearer = grid(replace(ONE_EURO, per_inhabitant=Decimal(2)))
    moved = replace(locked, tariffs=tariffs(dearer))
    # The price; one inhabitant, two where there are some; the commune.
    assert set(codes(locked_tables_hold(moved))) == {"L01"}
    assert codes(locked_table_agrees(moved, dearer)) == ["L06"]
    lost = replace(locked, tariffs=tariffs(grid(year=2026)))
    assert codes(locked_tables_hold(lost)) == ["L04"]


@pytest.mark.parametrize(
    ("level", "found"), [("", []), ("2A", []), ("2C", ["B02"]), ("3", ["B02"])]
)
def test_a_level_is_one_that_may_be_joined(level: str, found: list[str]) -> None:
    own = grid(ONE_EURO, Level("3", "exemple", half_day={"A": Decimal(1)}))
    assert codes(level_is_in_grid(with_grid(own, row(level=level)), own)) == found


@pytest.mark.parametrize(("people", "found"), [(100, []), (101, ["B03"])])
def test_a_population_beyond_the_last_bracket(people: int, found: list[str]) -> None:
    own = capped((100, None))
    assert codes(population_has_price(with_grid(own, row(people=people, level="2B")), own)) == found
    nobody = with_grid(own, row(people=people, level=""))
    assert codes(population_has_price(nobody, own)) == []


@pytest.mark.parametrize(
    ("potential", "found"),
    [
        (None, ["B41"]),
        ("9999", ["R10"]),  # 99,99 € an inhabitant
        ("10000", []),
        ("1000000", []),
        ("1000001", ["R10"]),
    ],
)
def test_the_wealth_of_a_weighted_level(potential: str | None, found: list[str]) -> None:
    value = None if potential is None else Decimal(potential)
    one = row(financial_potential=value)
    weighted = grid(
        replace(ONE_EURO, wealth=Wealth(Decimal(700), Decimal("0.5"), Decimal(2))),
    )
    assert codes(wealth_is_known(with_grid(weighted, one), weighted)) == found
    assert codes(wealth_is_known(with_grid(grid(), one), grid())) == []


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (979, []),  # 1 000 is the first of the next bracket: 2 % is 20
        (980, ["B06"]),
        (999, ["B06"]),
        (1000, ["B06"]),
        (1020, ["B06"]),
        (1021, []),
    ],
)
def test_near_a_bound(people: int, found: list[str]) -> None:
    own = capped((999, None), (None, None))
    assert codes(near_a_bound(with_grid(own, row(people=people, level="2B")), own)) == found


def test_near_the_end_of_the_prices() -> None:
    """999 has a price, and is told that one more has none; 1 000 has none already."""
    own = capped((999, None))
    (found,) = near_a_bound(with_grid(own, row(people=999, level="2B")), own)
    assert found.facts["amount"] == "pas de prix"
    assert codes(near_a_bound(with_grid(own, row(people=1000, level="2B")), own)) == []


def test_years_without_one_or_the_other() -> None:
    assert codes(year_without_grid(workspace(row(year=2025)))) == []
    assert codes(year_without_grid(workspace(row(year=2026), row(year=2025)))) == ["B01"]
    own = tariffs()
    assert how_to_add_grid(own, 2026) != how_to_add_grid(own, 2027).replace("2027", "2026")
    assert codes(grid_without_communes(workspace(), grid())) == []
    assert codes(grid_without_communes(workspace(row(year=2024)), grid())) == ["B11"]
    ways = [how_to_add_communes(years, 2027) for years in ((), (2028,), (2026,), (2025,), (2024,))]
    assert ways[0] == ways[1]  # by hand: no year before is known
    assert "2026" in ways[2]
    assert "année 2026" in ways[3]
    assert "année 2025" in ways[4]


def test_sirens() -> None:
    own = grid()
    same = (row("25001", siren="200012342"), row("25002", siren="200012342"))
    assert codes(sirens_differ(workspace(*same), own)) == ["B18"]
    none = (row("25001", siren=""), row("25002", siren=""))
    assert codes(sirens_differ(workspace(*none), own)) == []
    halves = (
        row("25001", end=date(2025, 6, 30)),
        row("25001", start=date(2025, 7, 1)),
    )
    assert codes(sirens_differ(workspace(*halves), own)) == []
    assert codes(issuer_is_no_debtor(workspace(*same), own)) == ["B19", "B19"]
    nobody = workspace(*none, issuer=issuer(siren=""))
    assert codes(issuer_is_no_debtor(nobody, own)) == []


@pytest.mark.parametrize(
    ("before", "people", "found"),
    [
        (100, 115, []),
        (100, 116, ["B17"]),
        (100, 85, []),
        (100, 84, ["B17"]),
        (None, 500, []),
    ],
)
def test_populations_that_leap(before: int | None, people: int, found: list[str]) -> None:
    """Of the municipal population alone: the total one is the same."""
    rows = [] if before is None else [row(people=before, year=2024)]
    total = 600
    made = workspace(*(replace(one, total_population=total) for one in (*rows, row(people=people))))
    assert codes(populations_are_plausible(made, grid())) == found


def test_a_total_population_holds_the_municipal_one() -> None:
    one = row(people=100)
    equal, less = (replace(one, total_population=total) for total in (100, 99))
    assert codes(populations_are_plausible(workspace(equal), grid())) == []
    assert codes(populations_are_plausible(workspace(less), grid())) == ["B16"]


def test_a_movement_explains_a_leap() -> None:
    rows = (row("25001", 100, year=2024), row("25001", 300))
    joined = [move(date(2025, 1, 1), "25002", "25001"), move(date(2025, 1, 1), "25001", "25001")]
    assert codes(populations_are_plausible(workspace(*rows), grid())) == ["B17", "B17"]
    assert codes(populations_are_plausible(workspace(*rows, moves=joined), grid())) == []
    renamed = [move(date(2025, 1, 1), "25001", "25001", MovementKind.NEW_NAME)]
    told = populations_are_plausible(workspace(*rows, moves=renamed), grid())
    assert codes(told) == ["B17", "B17"]


def test_the_regime_is_chosen() -> None:
    assert codes(regime_is_chosen(workspace())) == ["B60"]
    assert codes(regime_is_chosen(workspace(issuer=issuer(legal=Legal())))) == ["B60"]
    chosen = issuer(legal=Legal(Regime.SHARED))
    assert codes(regime_is_chosen(workspace(issuer=chosen))) == []


def test_what_issuing_will_ask() -> None:
    """An example lacks nothing and says so; as if it was real, it lacks what any body lacks."""
    own = grid()
    example = workspace(issuer=issuer(example=True))
    assert codes(issuer_may_issue(example)) == codes(may_be_issued(example, own)) == ["B29"]
    real = as_real(example)
    assert real.issuer == issuer()
    lacking = codes(issuer_may_issue(real)) + codes(may_be_issued(real, own))
    assert "B29" not in lacking
    assert set(codes(left_to_fill(example, 2025))) == set(lacking)
    signed = Signatory("Mme Exemple", "la présidente", "exemple", date(2020, 1, 1), None)
    signing = workspace(issuer=issuer(signatories=(signed,)))
    assert len(codes(issuer_may_issue(signing))) < len(codes(issuer_may_issue(workspace())))


def test_the_lists_walk_every_year_once() -> None:
    made = workspace(row(level="9"), row(year=2026), tariffs=tariffs(grid(), grid(year=2026)))
    all_of_them = codes(check_all(made))
    assert all_of_them.count("B02") == 1
    assert all_of_them.count("B09") == 2
    assert "B60" in all_of_them
    assert "B02" in codes(check_year(made, 2025))
    assert "B02" not in codes(check_year(made, 2026))
    assert "B09" not in codes(check_year(made, 2025))  # only a look at everything is for that
    assert codes(check_chain(made, 2026)) == []
