"""What each level comes to, beside the year before: the amounts to collect, invoiced or withheld.

A draft is compared with what was issued for the year before, else with what its data give. An
issued batch must give the same cells for ever: both of its years are what the register held
when the batch was closed, and no file is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.memberships.comparison import Standing, totals_by_level
from mutualis.domain.memberships.plan import LevelTotal, Selection
from mutualis.domain.money import ZERO
from mutualis.domain.register.balance import standing
from mutualis.domain.register.ledger import Ledger
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


@dataclass(frozen=True, slots=True)
class YearBefore:
    """What the memberships of a year came to: as the register says, or as computed."""

    standing: tuple[Standing, ...]
    is_issued: bool


def year_before(issue: IssuePlan, ledger: Ledger, previous: IssuePlan | None) -> YearBefore | None:
    """The year before as it was issued, else by `previous`, its plan; None without either."""
    year, selection = issue.accounts.year - 1, issue.billing.selection
    issued = _selected(standing(ledger, year), selection)
    if issued:
        return YearBefore(issued, is_issued=True)
    return None if previous is None else YearBefore(previous.standing, is_issued=False)


def compare_draft(issue: IssuePlan, before: YearBefore | None, missing: str) -> YearOnYear:
    """A draft beside the year before; `missing` says why there is nothing of it."""
    year = issue.accounts.year
    if before is None:
        return YearOnYear(year, missing=missing)
    levels = _changes(issue.billing.grid, _by_level(before.standing), _by_level(issue.standing))
    return YearOnYear(year, levels, before_is_issued=before.is_issued)


def compare_batch(batch: Batch, ledger: Ledger) -> YearOnYear:
    """What was issued for the batch's year, this batch included, beside the year before.

    A second batch of a year is thus shown with the first one: alone, it would look like a fall.
    """
    closed, year = Ledger(ledger.up_to(batch)), batch.year
    before = _selected(standing(closed, year - 1), batch.selection)
    if not before:
        return YearOnYear(year)
    after = _selected(standing(closed, year), batch.selection)
    levels = _changes(batch.tariffs.grids[year], _by_level(before), _by_level(after))
    return YearOnYear(year, levels, before_is_issued=True, after_is_issued=True)


def levels_of(batch: Batch, ledger: Ledger) -> tuple[LevelTotal, ...]:
    """What was invoiced for the batch's year by level, this batch included, a membership counted
    once."""
    closed, year = Ledger(ledger.up_to(batch)), batch.year
    items = _selected(standing(closed, year, withheld=False), batch.selection)
    return totals_by_level(batch.tariffs.grids[year], items)


def _selected(items: Iterable[Standing], selection: Selection) -> tuple[Standing, ...]:
    return tuple(
        item
        for item in items
        if selection.holds((item.code_insee, item.line.row.code_insee), item.level)
    )


def _by_level(items: Iterable[Standing]) -> Mapping[str, Decimal]:
    amounts: dict[str, Decimal] = {}
    for item in items:
        amounts[item.level] = amounts.get(item.level, ZERO) + item.amount
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
