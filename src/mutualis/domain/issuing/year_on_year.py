"""A year's memberships beside those of the year before: what each level comes to, invoiced or
withheld, and why what is due has changed.

A draft is compared with what was issued for the year before, else with what its data give. An
issued batch must give the same cells for ever: both of its years are what the register held
when the batch was closed, and no file is asked.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mutualis.domain.changes.change import Change, Changes
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movements
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuing.account import Accounts
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.settings import last_batch, tariffs_of_year
from mutualis.domain.memberships.plan import EVERYTHING, LevelTotal, Selection
from mutualis.domain.memberships.standing import Standing, totals_by_level
from mutualis.domain.money import ZERO
from mutualis.domain.register.balance import owned_of, standing, with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, replace


class LevelChange(Struct, frozen=True):
    level: str
    before: Decimal
    after: Decimal


class YearOnYear(Struct, frozen=True):
    """`year` beside `year - 1`; without `levels` there is no comparison, as `missing` says, or,
    when it is empty, because the register has nothing of the year before for the batch.

    `before_is_issued` and `after_is_issued` tell what the register says from what is computed.
    `changes` are of what is due, whatever was issued; None where they are not known.
    """

    year: int
    levels: tuple[LevelChange, ...] = ()
    missing: str = ""
    before_is_issued: bool = False
    after_is_issued: bool = False
    changes: Changes | None = None

    @property
    def before(self) -> Decimal:
        return sum((change.before for change in self.levels), ZERO)

    @property
    def after(self) -> Decimal:
        return sum((change.after for change in self.levels), ZERO)


class YearBefore(Struct, frozen=True):
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
        return YearOnYear(year, missing=missing, changes=issue.changes)
    levels = _changes(issue.billing.grid, _by_level(before.standing), _by_level(issue.standing))
    return YearOnYear(year, levels, before_is_issued=before.is_issued, changes=issue.changes)


def compare_batch(batch: Batch, ledger: Ledger) -> YearOnYear:
    """What was issued for the batch's year, this batch included, beside the year before.

    A second batch of a year is thus shown with the first one: alone, it would look like a fall.
    """
    closed, year = Ledger(ledger.up_to(batch)), batch.year
    changes = Changes(year - 1, year, batch.changes) if batch.changes else None
    before = _selected(standing(closed, year - 1), batch.selection)
    if not before:
        return YearOnYear(year, changes=changes)
    after = _selected(standing(closed, year), batch.selection)
    levels = _changes(batch.tariffs.grids[year], _by_level(before), _by_level(after))
    return YearOnYear(year, levels, before_is_issued=True, after_is_issued=True, changes=changes)


def changes_to(
    accounts: Accounts,
    communes: Communes,
    tariffs: Tariffs,
    ledger: Ledger,
    only: str | None = None,
) -> Changes:
    """Why what is due for a year is not what was due for the one before, whose grid must be in
    `tariffs`: it is priced with what its last batch recorded. `only` is the code of one person."""
    year = accounts.year
    before = Side(communes, tariffs_of_year(tariffs, ledger, year - 1), year - 1)
    return compare(before, Side(communes, accounts.tariffs, year, accounts.known.day), only)


def with_changes(
    issue: IssuePlan, communes: Communes, tariffs: Tariffs, ledger: Ledger
) -> IssuePlan:
    """The plan with the changes of what it keeps, those that its documents explain apart."""
    accounts = issue.accounts
    changes = changes_to(accounts, communes, tariffs, ledger)
    if issue.billing.selection != EVERYTHING:
        codes = {account.person.code_insee for account in (*issue.chosen, *issue.excepted)}
        own = tuple(change for change in changes.changes if change.code_insee in codes)
        changes = replace(changes, changes=own)
    explained = _explained(changes.changes, ledger, accounts.year, accounts.known)
    return replace(issue, changes=changes, billing=replace(issue.billing, changes=explained))


def explained_in(batch: Batch, ledger: Ledger) -> Mapping[str, Change]:
    """The changes that the documents of an issued batch explain, from the register alone."""
    if not batch.changes:
        return {}
    closed = Ledger(ledger.up_to(batch))
    known = Known(batch.act.day, with_recorded(closed, Movements()))
    return _explained(batch.changes, closed, batch.year, known)


def _explained(
    changes: Iterable[Change], ledger: Ledger, year: int, known: Known
) -> Mapping[str, Change]:
    """The changes that a document may explain, by code: where the year before was issued, those
    that begin with what was claimed for it, remises apart."""
    found = {change.code_insee: change for change in changes}
    if last_batch(ledger, year - 1) is None:
        return found
    claimed: dict[str, Decimal] = {}
    for owned in owned_of(ledger, year - 1, known):
        claimed[owned.owner] = claimed.get(owned.owner, ZERO) + owned.worth + owned.granted
    return {code: c for code, c in found.items() if c.before == claimed.get(code, ZERO)}


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
