"""One amount, step by step, each figure with the file and line that it comes from."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from mutualis.domain.checks.recorded import rules_are_kept
from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.memberships.plan import BillingLine, NotBilled, Selection
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, Step, compute_fee
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.thresholds import Threshold, next_threshold
from mutualis.register import store
from mutualis.workflows.inputs import checked, commune_rows, gather, grid_of


@dataclass(frozen=True, slots=True)
class SourcedStep:
    name: str
    value: Decimal
    unit: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """`line` is the fee, None when there is none; `not_billed` says why no invoice follows."""

    commune: CommuneYear
    grid: Grid
    basis: PopulationBasis
    line: BillingLine | None
    not_billed: NotBilled | None
    steps: tuple[SourcedStep, ...]
    act: Source
    next_threshold: Threshold | None
    others: tuple[FeeBreakdown | NoPrice, ...]
    warnings: tuple[Problem, ...]

    @property
    def amount(self) -> Decimal:
        return self.line.amount if self.line is not None else Decimal(0)


def explain_fee(root: Path, wanted: str, year: int) -> Explanation:
    """Raises UnusableData when the year or the commune is not there."""
    workspace, warnings = gather(root)
    grid_of(workspace, year)
    ledger = store.read_ledger(root)
    warnings += tuple(rules_are_kept(workspace, ledger, year))
    tariffs = tariffs_of_year(workspace.tariffs, ledger, year)
    workspace, grid = replace(workspace, tariffs=tariffs), tariffs.grids[year]
    warnings += checked(workspace, grid)
    rows = commune_rows(workspace.communes, wanted, year)
    chosen = Selection(communes=frozenset({rows[0].code_insee}))
    plan = plan_billing(workspace.communes, tariffs, grid, chosen)
    line = plan.fees[0] if plan.fees else None
    commune = line.row if line is not None else rows[-1]
    population = commune.population(tariffs.population)

    steps: tuple[SourcedStep, ...] = ()
    if line is not None:
        # The population comes from the commune's row, prices from the grid; the rest is computed.
        population_step, *following = line.fee.steps
        steps = (
            _sourced(population_step, commune.source),
            *(_sourced(s, tariffs.grid_source(year, s.key) if s.key else None) for s in following),
        )
    others = tuple(
        compute_fee(level, population)
        for level in grid.levels.values()
        if not level.is_on_quote and level.code != commune.level
    )
    return Explanation(
        commune=commune,
        grid=grid,
        basis=tariffs.population,
        line=line,
        not_billed=next(iter(plan.not_billed), None),
        steps=steps,
        act=tariffs.grid_source(year, "act"),
        next_threshold=next_threshold(line.fee.level, population) if line is not None else None,
        others=others,
        warnings=tuple(in_order(warnings)),
    )


def _sourced(step: Step, source: Source | None) -> SourcedStep:
    return SourcedStep(step.name, step.value, step.unit, source)
