"""Whether the figures of a fee that was recorded are those that its grid gives."""

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.invoice import Membership
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.proration import FULL_YEAR, Part, shares
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace


def membership_holds(document: Membership, tariffs: Tariffs) -> bool:
    """Population, level, act and parts of a document, by the settings of its own batch."""
    grid = tariffs.grids.get(document.year)
    fee = compute_fee(document.level, document.population, document.potential)
    if grid is None or not isinstance(fee, FeeBreakdown) or fee.potential != document.potential:
        return False
    line = BillingLine(document.row, fee, parts=document.parts, tax=document.tax)
    known = (document.basis, document.grid_act) == (tariffs.population, grid.act)
    return known and line_holds(line, grid, tariffs)


def grid_holds(grid: Grid | None, year: int) -> bool:
    """The grid is that of the year, each of its levels under its own code."""
    return (
        grid is not None
        and grid.year == year
        and all(code == level.code for code, level in grid.levels.items())
    )


def same_settings(one: Tariffs, other: Tariffs, year: int) -> bool:
    """Whether a year is priced alike by both, wherever their figures were read."""
    pair = [
        (t.population, t.minimum_recovery, t.proration, t.vat, t.grids.get(year))
        for t in (one, other)
    ]
    return pair[0] == pair[1]


def account_line_holds(entry: AccountLine, batch: Batch) -> bool:
    """Whether what is due of an account comes from its line, with nothing taken off."""
    line, grid = entry.line, batch.tariffs.grids.get(batch.year)
    if line is None or grid is None or line.commune.code_insee != entry.code_insee:
        return False
    return whole_line_holds(line, grid, batch.tariffs)


def whole_line_holds(line: BillingLine, grid: Grid, tariffs: Tariffs) -> bool:
    """A fee that is set apart, with nothing taken off."""
    taken_off = line.deducted or line.granted or line.listed or line.completes is not None
    return not taken_off and line_holds(line, grid, tariffs)


def line_holds(line: BillingLine, grid: Grid, tariffs: Tariffs) -> bool:
    """The fee, and that of each part, are those of the commune's population in the grid; the
    shares of the year are those of the dates, the tax is that of the year."""
    if line.row.year != grid.year or line.tax != (tariffs.vat and tariffs.vat.last):
        return False
    if not line.parts:
        return _whole_year_holds(line.row, line.fee, grid, tariffs)
    groups: dict[int, tuple[Part, ...]] = {}
    for part in line.parts:
        groups[part.group] = (*groups.get(part.group, ()), part)
    ordered = tuple(part for rank in sorted(groups) for part in groups[rank])
    in_order = sorted(groups) == list(range(len(groups))) and ordered == line.parts
    own = line.fee == line.parts[-1].fee
    return in_order and own and all(_group_holds(g, grid, tariffs) for g in groups.values())


def _group_holds(parts: tuple[Part, ...], grid: Grid, tariffs: Tariffs) -> bool:
    """The parts of a group; one that is a whole year may stand for another row, as a line may."""
    if all(_fee_holds(part.row, part.fee, grid, tariffs.population) for part in parts):
        return _shares_hold(parts, tariffs)
    alone = replace(parts[0], numerator=1, denominator=1)
    return parts == (alone,) and _whole_year_holds(alone.row, alone.fee, grid, tariffs)


def _whole_year_holds(row: CommuneYear, fee: FeeBreakdown, grid: Grid, tariffs: Tariffs) -> bool:
    return _fee_holds(row, fee, grid, tariffs.population) or (
        _may_owe_for_another_row(row, grid)
        and fee.level == grid.levels.get(fee.level.code)
        and fee == compute_fee(fee.level, fee.population, fee.potential)
    )


def _may_owe_for_another_row(row: CommuneYear, grid: Grid) -> bool:
    """Whether the one fee of the year may be that of a row which is not the debtor's last: it has
    changed of level, or a merged commune's fee is owed by one without a fee of its own. The
    other row is not stored, so that its population and wealth are proved by the amount alone."""
    level = grid.levels.get(row.level)
    return row.start is not None or row.end is not None or level is None or not level.is_priced


def _fee_holds(row: CommuneYear, fee: FeeBreakdown, grid: Grid, basis: PopulationBasis) -> bool:
    return (
        row.year == grid.year
        and fee.population == row.population(basis)
        and fee.level == grid.levels.get(row.level)
        and fee == compute_fee(fee.level, fee.population, row.financial_potential)
    )


def _shares_hold(parts: tuple[Part, ...], tariffs: Tariffs) -> bool:
    if tariffs.proration == FULL_YEAR:  # a moment of the year, whole
        return all(replace(part, numerator=1, denominator=1) == part for part in parts)
    found = shares([(part.row, part.fee) for part in parts], tariffs.proration)
    own = tuple(replace(part, group=parts[0].group) for part in found)
    is_whole = len(own) == 1 and own[0].is_whole
    return parts == own or (is_whole and parts == (replace(own[0], numerator=1, denominator=1),))
