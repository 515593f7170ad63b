"""What is said of the catalogue, of requests, of interventions, and of what was recorded."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import state
from made import HERE, codes, grid, issuer, move, row, tariffs, workspace
from program import Program

from mutualis.domain.checks.recorded import (
    check_recorded,
    exports_are_answered,
    movements_are_kept,
)
from mutualis.domain.checks.requests import criteria_hold, requests_hold
from mutualis.domain.checks.services import (
    directorates_are_real,
    levels_of_services_exist,
    services_are_sure,
    taxed_services_are_known,
    uncertain_reading,
)
from mutualis.domain.checks.usage import costs_hold, interventions_hold
from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.costs.margins import half_day_prices
from mutualis.domain.interventions.intervention import Intervention, Interventions
from mutualis.domain.problems.problem import Source
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.requests.criteria import Capacity, Criteria, Criterion
from mutualis.domain.requests.measures import MEASURES, WEALTH
from mutualis.domain.requests.request import Request, Requests
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import VatRule
from mutualis.domain.workspace import Workspace

GRID = grid(
    Level("2A", "exemple", per_inhabitant=Decimal(1)),
    Level("3", "exemple", half_day={"A": Decimal(400)}),
)
PRICED = tariffs(GRID)


def cell(name: str, level: str = "3", **more: object) -> Service:
    return Service("Rives", level, name, HERE, HERE, **more)  # type: ignore[arg-type]


def catalogue(*cells: Service, **more: Any) -> Workspace:
    return workspace(tariffs=PRICED, services=Services(cells, "services.csv"), **more)


def test_the_catalogue() -> None:
    own = catalogue(
        cell("Étude"),
        cell("Suivi", "4"),
        cell("Conseil", "2A", uncertain=True, directorate="U", directorate_source="Exemple"),
    )
    assert codes(levels_of_services_exist(own)) == ["S02"]
    assert codes(services_are_sure(own)) == ["S04"]
    assert codes(directorates_are_real(own)) == ["S05"]
    sure = catalogue(cell("Étude"))
    assert codes(levels_of_services_exist(sure)) == []
    assert codes(services_are_sure(sure)) == codes(directorates_are_real(sure)) == []
    assert codes([uncertain_reading(cell("Conseil", "2A", uncertain=True))]) == ["S04"]


@pytest.mark.parametrize(
    ("named", "found"),
    [("étude", []), ("Etudes", ["S08"]), ("", []), ("Rives : Étude", ["S08"])],
)
def test_a_tax_of_a_service_that_no_quote_bears(named: str, found: list[str]) -> None:
    taxed = issuer(vat_rules=(VatRule("mission", named, "S"),))
    assert codes(taxed_services_are_known(catalogue(cell("Étude"), issuer=taxed))) == found
    assert codes(taxed_services_are_known(workspace(issuer=taxed))) == []  # no catalogue


# --- requests ---------------------------------------------------------------------------------

DAY = date(2025, 1, 10)


def asked(name: str, commune: str = "Commune 25001", **more: object) -> Request:
    own = {"project": f"projet {name}", "service": "Étude", "directorate": "U", **more}
    return Request(name, DAY, commune, half_days={"A": 1}, **own)  # type: ignore[arg-type]


def criteria(weight: int = 0, name: str = WEALTH, act: str = "exemple") -> Criteria:
    zero, one = MEASURES[name].points
    own = Criterion(name, Decimal(weight), Decimal(zero), Decimal(one), act, DAY)
    return Criteria((own,), {"U": Capacity("U", 10)}, 12)


def requested(*rows: Request, **more: Any) -> Workspace:
    own = {"criteria": criteria(), **more}
    return catalogue(cell("Étude"), requests=Requests.of(rows), **own)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((asked("P1"),), []),
        ((asked("P1", "Nulle-Part"),), ["R01"]),
        ((asked("P1", service="Autre"),), ["R12"]),
        ((asked("P1", directorate="V"),), ["R03"]),
        ((asked("P1", wished=DAY),), []),
        ((asked("P1", wished=date(2025, 1, 9)),), ["R04"]),
        ((asked("P1"), asked("P2", "25001", project="PROJET P1")), ["R09"]),
        ((asked("P1"), asked("P2", "25001")), []),
        ((asked("P1", origin="exemple"),), ["R08"]),
    ],
)
def test_requests(rows: tuple[Request, ...], found: list[str]) -> None:
    assert codes(requests_hold(requested(*rows))) == found


def test_a_workspace_without_requests_or_grids() -> None:
    assert codes(requests_hold(workspace())) == codes(criteria_hold(workspace())) == []
    bare = requested(asked("P1", service="Autre"))
    bare = replace(bare, tariffs=replace(PRICED, grids={}))
    assert codes(requests_hold(bare)) == []


def test_criteria() -> None:
    poor = row(financial_potential=Decimal(1))
    made = workspace(poor, criteria=criteria(1))
    assert codes(criteria_hold(made)) == ["R10"]
    assert codes(criteria_hold(replace(made, criteria=criteria(0)))) == []
    assert codes(criteria_hold(replace(made, criteria=criteria(1, "population")))) == []
    assert codes(criteria_hold(workspace(criteria=criteria(1, act="à compléter")))) == ["R07"]


# --- interventions ----------------------------------------------------------------------------


def done(year: int = 2025, category: str = "A", origin: str = "") -> Intervention:
    place = Source("i.csv", 2)
    return Intervention(
        date(year, 3, 1), "25001", "", "Étude", category, 1, place, quote="D1", origin=origin
    )


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (done(), []),
        (done(category="Z"), ["U04"]),
        (done(2026), ["U13"]),
        (done(origin="exemple"), ["U11"]),
    ],
)
def test_interventions(given: Intervention, found: list[str]) -> None:
    own = catalogue(cell("Étude"), interventions=Interventions((given,), "i.csv"))
    assert codes(interventions_hold(own)) == found


def test_a_year_whose_grid_has_no_half_days_cannot_be_looked_at() -> None:
    own = workspace(interventions=Interventions((done(),), "i.csv"))
    assert codes(interventions_hold(own)) == ["U13"]


# --- what was recorded ------------------------------------------------------------------------


@pytest.mark.parametrize(("today", "found"), [(date(2025, 3, 31), []), (date(2025, 4, 1), ["E01"])])
def test_an_export_that_nobody_answered_for_a_month(today: date, found: list[str]) -> None:
    """Thirty days after 1 March is 31 March."""
    export = SimpleNamespace(act=SimpleNamespace(day=date(2025, 3, 1)), file="titres.csv")
    finance = SimpleNamespace(unanswered={"F1": export, "F2": export})
    ledger = SimpleNamespace(finance=finance)
    assert codes(exports_are_answered(ledger, today)) == found  # type: ignore[arg-type]


def test_nothing_was_recorded() -> None:
    assert codes(check_recorded(workspace(), Ledger(), DAY)) == []
    moved = workspace(moves=[move(DAY, "25002", "25001")])
    assert codes(movements_are_kept(moved, Ledger())) == []


A, B = "25901", "25902"


def billed(people: int, level: str = "2B") -> state.Row:
    return state.Row(A, date(2025, 1, 1), date(2025, 12, 31), people, level)


@pytest.fixture
def program(shipped: Workspace) -> Program:
    made = Program(shipped, 2025)
    made.write(state.Files((billed(100), replace(billed(100), code=B))))
    made.issue(DAY)
    return made


def recorded(program: Program) -> list[str]:
    now = replace(program.shipped, communes=program.communes, tariffs=program.tariffs)
    return codes(check_recorded(now, program.ledger, DAY))


def test_files_that_still_say_what_was_issued(program: Program) -> None:
    assert recorded(program) == []
    program.write(replace(program.read, rows=(billed(200), replace(billed(100), code=B))))
    assert recorded(program) == []  # what is due has changed, not what it is due by


def test_a_grid_that_is_not_the_one_recorded(program: Program) -> None:
    program.write(replace(program.read, tariff=state.Tariff(rate_2b=331)))
    assert recorded(program) == ["B20"]
    program.write(replace(program.read, tariff=state.Tariff(vat=200)))
    assert recorded(program) == ["B20"]


def test_a_document_whose_debtor_has_no_row(program: Program) -> None:
    program.write(replace(program.read, rows=(billed(100),)))
    assert recorded(program) == ["B22"]


@pytest.mark.parametrize("ill_typed", [billed(20_000), billed(100, "2C")])
def test_a_row_that_has_no_price_any_more_is_no_fault_of_the_register(
    ill_typed: state.Row, program: Program
) -> None:
    """Who owes is asked without what: B02 and B03 tell of the row."""
    program.write(replace(program.read, rows=(ill_typed,)))
    assert recorded(program) == ["B22"]


def test_a_movement_that_the_file_has_lost(program: Program) -> None:
    day = date(2025, 2, 1)
    moves = tuple(state.Movement(day, "fusion", code, B) for code in (A, B))
    rows = (
        replace(billed(100), end=date(2025, 1, 31)),
        replace(billed(100), code=B, end=date(2025, 1, 31)),
        replace(billed(250), code=B, start=day),
    )
    program.write(replace(program.read, rows=rows, movements=moves))
    program.issue(date(2025, 3, 1))
    assert recorded(program) == []
    program.write(replace(program.read, movements=()))
    assert "B21" in recorded(program)


def test_costs_of_each_year() -> None:
    """The grid of 2025 gives the price of A; there is none of 2026, so that nothing is asked."""
    assert list(half_day_prices(GRID)) == ["A"]
    assert half_day_prices(None) == half_day_prices(grid()) == {}
    vintage = Vintage.ACCOUNTS
    rows = tuple(
        CostRow(year, "U", "Z", nature, vintage, Decimal(1), 1, HERE)
        for year in (2025, 2026)
        for nature in (CostNature.STAFF, CostNature.UNITS)
    )
    own = workspace(tariffs=PRICED, costs=Costs(rows, "costs.csv"))
    assert codes(costs_hold(own)) == ["U25"]
