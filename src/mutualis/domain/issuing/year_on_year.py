"""What each level comes to, beside the year before: the amounts to collect, invoiced or withheld.

A draft is compared with what was issued for the year before, else with what its data give. An
issued batch must give the same cells for ever: both of its years are what the register held
when the batch was closed (credit notes of before taken off), and no file is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.kinds import Product
from mutualis.domain.memberships.plan import BillingPlan, Selection
from mutualis.domain.money import ZERO
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.tariffs.grid import Grid


@dataclass(frozen=True, slots=True)
class LevelChange:
    level: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """`year` beside `year - 1`; without `levels` there is no comparison, as `missing` says, or,
    when it is empty, because the register has nothing of the year before for the batch.

    `before_is_issued` and `after_is_issued` tell what the register says from what is computed.
    """

    year: int
    levels: tuple[LevelChange, ...] = ()
    missing: str = ""
    before_is_issued: bool = False
    after_is_issued: bool = False

    @property
    def before(self) -> Decimal:
        return sum((change.before for change in self.levels), ZERO)

    @property
    def after(self) -> Decimal:
        return sum((change.after for change in self.levels), ZERO)


def compare_draft(
    plan: BillingPlan, ledger: Ledger, previous: BillingPlan | None, missing: str
) -> YearOnYear:
    """A draft beside what was issued for the year before, else beside `previous`, its plan.

    `missing` says why there is no plan. The selection narrows both years.
    """
    issued = _issued(ledger.records, plan.year - 1, plan.selection)
    if issued is None and previous is None:
        return YearOnYear(plan.year, missing=missing)
    before = issued if issued is not None else _planned(previous)
    levels = _changes(plan.grid, before, _planned(plan))
    return YearOnYear(plan.year, levels, before_is_issued=issued is not None)


def compare_batch(batch: Batch, ledger: Ledger) -> YearOnYear:
    """What was issued for the batch's year, this batch included, beside the year before.

    A second batch of a year is thus shown with the first one: alone, it would look like a fall.
    """
    records = ledger.up_to(batch)
    year = batch.year
    before = _issued(records, year - 1, batch.selection)
    if before is None:
        return YearOnYear(year)
    after = _issued(records, year, batch.selection) or {}
    levels = _changes(batch.tariffs.grids[year], before, after)
    return YearOnYear(year, levels, before_is_issued=True, after_is_issued=True)


def _issued(
    records: Iterable[Record], year: int, selection: Selection
) -> Mapping[str, Decimal] | None:
    """By level, the memberships of a year, net of credit notes; None when none was issued."""
    amounts: dict[str, Decimal] = {}
    for record in records:
        if not isinstance(record, Batch | Document):
            continue
        if (record.year, record.product) != (year, Product.MEMBERSHIP):
            continue
        if isinstance(record, Document):
            items = [(record.row, record.level.code, record.amount)]
        else:
            items = [(x.row, x.fee.level.code, x.amount) for x in record.withheld]
        for commune, level, amount in items:
            if selection.holds([commune.code_insee], level):
                amounts[level] = amounts.get(level, ZERO) + amount
    return amounts or None


def _planned(plan: BillingPlan | None) -> Mapping[str, Decimal]:
    amounts: dict[str, Decimal] = {}
    for line in (*plan.invoices, *plan.withheld) if plan is not None else ():
        level = line.fee.level.code
        amounts[level] = amounts.get(level, ZERO) + line.amount
    return amounts


def _changes(
    grid: Grid, before: Mapping[str, Decimal], after: Mapping[str, Decimal]
) -> tuple[LevelChange, ...]:
    """The priced levels in the grid's order, then those that it no longer has."""
    priced = [code for code, level in grid.levels.items() if level.is_priced]
    return tuple(
        LevelChange(code, before.get(code, ZERO), after.get(code, ZERO))
        for code in dict.fromkeys((*priced, *sorted(before)))
        if code in before or code in after
    )
