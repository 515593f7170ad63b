"""What a year's half-days cost, beside their price and beside what the year brings in."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.costs.checks import costs_are_sound, units_cover
from mutualis.domain.costs.margins import Balance, YearMargins, half_day_prices
from mutualis.domain.costs.received import Received, received
from mutualis.domain.costs.unit_cost import UnitCosts, costs_before_budget, costs_of_year
from mutualis.domain.french import interventions as words
from mutualis.domain.french.typography import euros
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.kinds import Product
from mutualis.domain.money import CENT, ZERO
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import UnusableData
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.usage.income import Incomes, incomes, missions_billed
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.costs import costs as costs_file
from mutualis.workflows.inputs import checked, gather, grid_of
from mutualis.workflows.register import ledger_of
from mutualis.workflows.usage import done_in

EXAMPLE = "« 2025;Direction de l'urbanisme;B;personnel;20650,00;;définitif;compte 2025 »"


class CommuneCost(Struct, frozen=True):
    """What a debtor received in a year and what it paid before tax, in euros; `received` is None
    where no intervention is noted for it."""

    debtor: CommuneYear
    received: Received | None
    paid: Decimal


class YearCosts(Struct, frozen=True):
    """`margins` is without prices, and `balance` None, where the year has no grid or no communes:
    the notice before the budget goes without. `notes_work` tells that what is done for
    communes is noted. `communes` are those that have a level, were served
    or pay, in the order of INSEE codes."""

    workspace: Workspace
    costs: UnitCosts
    margins: YearMargins
    balance: Balance | None
    incomes: Incomes | None
    communes: tuple[CommuneCost, ...]
    warnings: tuple[Problem, ...]
    is_notice: bool = False
    notes_work: bool = False

    @property
    def year(self) -> int:
        return self.costs.year


def year_costs(root: Path, year: int, *, before_budget: bool = False) -> YearCosts:
    """The unit costs of a year, or those to make known before its budget; raises UnusableData."""
    workspace, warnings = gather(root)
    found = found_costs(workspace, year, before_budget=before_budget)
    grid = workspace.tariffs.grids.get(year)
    categories = half_day_prices(grid)
    told = [
        *warnings,
        *costs_are_sound(workspace.costs, found, workspace.services, tuple(categories)),
    ]
    step = CENT if grid is None else workspace.tariffs.indexation.rounding["half_day"]
    margins = YearMargins(found, categories, step)
    if before_budget or grid is None or not workspace.communes.of_year(year):
        return YearCosts(
            workspace,
            found,
            margins,
            None,
            None,
            (),
            tuple(in_order(told)),
            before_budget,
        )
    grid_of(workspace, year)
    told += checked(workspace, grid)
    ledger = ledger_of(root)
    come_in = incomes(workspace.communes, workspace.tariffs, grid, ledger)
    balance = balance_of(found, come_in)
    served = None
    if workspace.interventions.is_given and grid.on_quote is not None:
        served = done_in(workspace, ledger, year).served
    told += [*_against_cost(found, balance, grid), *units_cover(found, served or ())]
    communes = _communes(found, workspace, come_in, served)
    return YearCosts(
        workspace,
        found,
        margins,
        balance,
        come_in,
        communes,
        tuple(in_order(told)),
        notes_work=served is not None,
    )


def found_costs(workspace: Workspace, year: int, *, before_budget: bool = False) -> UnitCosts:
    """Raises UnusableData (U29) where the workspace has none."""
    costs = workspace.costs
    found = (costs_before_budget if before_budget else costs_of_year)(costs, year)
    if not found.lines or not (before_budget or costs.of_year(year)):
        facts = {
            "year": str(year),
            "known": words.known_costs(costs.years, before_budget=year if before_budget else None),
            "columns": costs_file.columns(),
            "example": EXAMPLE.strip("« »"),
        }
        raise UnusableData([Problem("U29", Source(costs.file or costs_file.NAME), facts)])
    return found


def fees_to_cover(workspace: Workspace, ledger: Ledger, year: int) -> Decimal:
    """The charges of a year less what its missions bring in, before tax: what memberships are to
    bring in to break even. Raises UnusableData (U29)."""
    missions = sum((line.amount for line in missions_billed(ledger, year)), ZERO)
    return Balance(found_costs(workspace, year).charges, ZERO, missions).to_cover


def balance_of(found: UnitCosts, come_in: Incomes) -> Balance:
    """All that a year costs and brings in, before tax."""
    missions = sum((i.amount for i in come_in.lines if i.product == Product.MISSION), ZERO)
    fees = sum((i.amount for i in come_in.lines if i.product != Product.MISSION), ZERO)
    return Balance(found.charges, fees, missions)


def _against_cost(found: UnitCosts, balance: Balance, grid: Grid) -> list[Problem]:
    """U27 or U28, nothing where both are equal."""
    if not balance.difference:
        return []
    facts = {
        "year": str(found.year),
        "income": euros(balance.income),
        "charges": euros(balance.charges),
        "gap": euros(abs(balance.difference)),
        "key": _rate_key(grid),
    }
    code = "U27" if balance.difference > Decimal(0) else "U28"
    return [Problem(code, found.rows[0].at("annee"), facts)]


def _rate_key(grid: Grid) -> str:
    """The rate of the highest membership, by its dotted key: the first price to look at."""
    keys = [item.key for item in grid.prices() if item.kind == "per_inhabitant"]
    return keys[-1] if keys else "levels.….fixed"


def _communes(
    found: UnitCosts,
    workspace: Workspace,
    come_in: Incomes,
    served: Sequence[Served] | None,
) -> tuple[CommuneCost, ...]:
    debtors = {
        rows[-1].code_insee: rows[-1]
        for rows in workspace.communes.by_debtor(found.year)
        if any(row.level for row in rows)
    }
    debtors |= {item.debtor.code_insee: item.debtor for item in served or ()}
    debtors |= {line.debtor.code_insee: line.debtor for line in come_in.lines}
    given = {one.debtor.code_insee: one for one in received(served or (), found)}
    paid = dict.fromkeys(debtors, ZERO)
    for line in come_in.lines:
        paid[line.debtor.code_insee] += line.amount
    return tuple(
        CommuneCost(debtors[code], given.get(code), paid[code]) for code in sorted(debtors)
    )
