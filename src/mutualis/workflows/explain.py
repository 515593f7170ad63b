"""One amount, step by step, each figure with the file and line that it comes from."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.checks.recorded import rules_are_kept
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuing.account import Account, accounts_on
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.settings import last_batch, settings_that_differ, tariffs_of_year
from mutualis.domain.memberships.fees import priced_rows
from mutualis.domain.memberships.plan import BillingLine, NotBilled, Selection
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, Step, compute_fee
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.proration import FULL_YEAR, Moment, Part, moments, shares
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.tariffs.thresholds import Threshold, next_threshold
from mutualis.domain.value import Struct, replace
from mutualis.register import store
from mutualis.workflows.inputs import checked, commune_rows, gather, grid_of


class SourcedStep(Struct, frozen=True):
    """`source` is where its figure was read: a file, or a batch that has recorded another one than
    the file now gives; None for what is computed."""

    step: Step
    source: Source | Batch | None


class Explanation(Struct, frozen=True):
    """`asked` is the row of the commune that was named, `commune` that of the one that is billed.

    `line` is the fee with the remises granted, None when there is none; `not_billed` says why no
    invoice follows. `parts` are those of the fee, one at least, with the rows that they come from;
    `compared` the moments of a year that is due whole. `recorded` is the batch by whose grid and
    settings the year is priced, where the files now say otherwise. `account` may be that of what
    the commune has become since.
    """

    asked: CommuneYear
    commune: CommuneYear
    grid: Grid
    tariffs: Tariffs
    line: BillingLine | None
    not_billed: NotBilled | None
    parts: tuple[Part, ...]
    compared: tuple[Moment, ...]
    steps: tuple[SourcedStep, ...]
    account: Account
    recorded: Batch | None
    next_threshold: Threshold | None
    others: tuple[FeeBreakdown | NoPrice, ...]
    warnings: tuple[Problem, ...]

    @property
    def amount(self) -> Decimal:
        return self.line.amount if self.line is not None else Decimal(0)

    @property
    def level(self) -> str:
        return self.commune.level if self.line is None else self.line.fee.level.code

    def with_tax(self, amount: Decimal) -> Decimal:
        """What an amount of the grid comes to with the tax of the year."""
        tax = self.tariffs.tax(date(self.grid.year, 12, 31))
        return amount if tax is None else amount + tax.on(amount)

    def read_at(self, key: str) -> Source | Batch:
        """Where a setting, or an amount of the grid, is read."""
        return self.recorded or self.tariffs.source(key)


def explain_fee(root: Path, wanted: str, year: int, day: date) -> Explanation:
    """The fee as at the end of the year, its tax and its account as on the day; raises
    UnusableData when the year or the commune is not there."""
    workspace, warnings = gather(root)
    grid_of(workspace, year)
    ledger = store.read_ledger(root)
    warnings += tuple(rules_are_kept(workspace, ledger, year))
    differs = settings_that_differ(workspace.tariffs, ledger, year)
    tariffs = tariffs_of_year(workspace.tariffs, ledger, year)
    tariffs = tariffs.settled(day, year)  # taxed as what is issued on the day
    workspace, grid = replace(workspace, tariffs=tariffs), tariffs.grids[year]
    warnings += checked(workspace, grid)
    communes = workspace.communes
    rows = commune_rows(communes, wanted, year)
    asked = rows[-1]
    chosen = Selection(communes=frozenset({asked.code_insee}))
    plan = plan_billing(communes, tariffs, grid, chosen)

    of_year = accounts_on(communes, tariffs, year, ledger, of=chosen.communes).all
    own = next(a for a in of_year if asked.code_insee in a.codes)
    now = accounts_on(communes, tariffs, year, ledger, day, chosen.communes).all
    line = own.line
    if line is not None:
        line = replace(line, granted=own.entry.granted)
    parts, compared = _parts(own, grid, tariffs)
    commune = asked if line is None else line.row
    population = commune.population(tariffs.population) if line is None else line.fee.population
    level = commune.level if line is None else line.fee.level.code
    explanation = Explanation(
        asked=asked,
        commune=commune,
        grid=grid,
        tariffs=tariffs,
        line=line,
        not_billed=next(iter(plan.not_billed), None),
        parts=parts,
        compared=compared,
        steps=(),
        account=next((a for a in now if asked.code_insee in a.codes), own),
        recorded=last_batch(ledger, year) if differs else None,
        next_threshold=None
        if line is None
        else next_threshold(line.fee.level, population, line.fee.potential),
        others=tuple(
            compute_fee(other, population, commune.financial_potential)
            for other in grid.levels.values()
            if not other.is_on_quote and other.code != level
        ),
        warnings=tuple(in_order(warnings)),
    )
    return replace(explanation, steps=_sourced(explanation))


def _parts(
    account: Account, grid: Grid, tariffs: Tariffs
) -> tuple[tuple[Part, ...], tuple[Moment, ...]]:
    """The parts of what an account owes, with their own rows; what was compared to find them."""
    parts: list[Part] = []
    compared: list[Moment] = []
    for fee in account.fees:
        priced = priced_rows(fee.group, grid, tariffs.population)
        parts += shares(priced, tariffs.proration)
        if tariffs.proration == FULL_YEAR and len(found := moments(priced)) > 1:
            compared += found
    return tuple(parts), tuple(compared)


def _sourced(explanation: Explanation) -> tuple[SourcedStep, ...]:
    """Population and wealth come from the row, a price from the grid; the rest is computed."""
    if explanation.line is None:
        return ()
    start = f"grids.{explanation.grid.year}."
    found = []
    for step in explanation.line.steps:
        source: Source | Batch | None = None
        if step.figure in ("population", "potential"):
            source = explanation.parts[max(step.part - 1, 0)].row.source
        elif step.key:
            source = explanation.read_at(start + step.key)
        found.append(SourcedStep(step, source))
    return tuple(found)
