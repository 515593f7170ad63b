"""Whether the figures of a fee that was recorded are those that its grid gives."""

from dataclasses import replace

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Grid, Tariffs
from mutualis.domain.tariffs.proration import FULL_YEAR, Part, shares


def membership_holds(invoice: MembershipInvoice, tariffs: Tariffs) -> bool:
    """Population, level, act and parts of an invoice, by the settings of its own batch."""
    grid = tariffs.grids.get(invoice.year)
    fee = compute_fee(invoice.level, invoice.population)
    if grid is None or not isinstance(fee, FeeBreakdown):
        return False
    line = BillingLine(invoice.row, fee, parts=invoice.parts)
    known = (invoice.basis, invoice.grid_act) == (tariffs.population, grid.act)
    return known and line_holds(line, grid, tariffs)


def grid_holds(grid: Grid | None, year: int) -> bool:
    """The grid is that of the year, each of its levels under its own code."""
    return (
        grid is not None
        and grid.year == year
        and all(code == level.code for code, level in grid.levels.items())
    )


def whole_line_holds(line: BillingLine, grid: Grid, tariffs: Tariffs) -> bool:
    """A fee that is set apart, with nothing taken off."""
    return not line.deducted and line.completes is None and line_holds(line, grid, tariffs)


def line_holds(line: BillingLine, grid: Grid, tariffs: Tariffs) -> bool:
    """The fee, and that of each part, are those of the commune's population in the grid; the
    shares of the year are those of the dates."""
    basis = tariffs.population
    if line.row.year != grid.year:
        return False
    if line.parts:
        fees = all(_fee_holds(part.row, part.fee, grid, basis) for part in line.parts)
        return fees and line.fee == line.parts[-1].fee and _shares_hold(line.parts, tariffs)
    return _fee_holds(line.row, line.fee, grid, basis) or (
        _may_owe_for_another_row(line.row, grid)
        and line.fee.level == grid.levels.get(line.fee.level.code)
        and line.fee == compute_fee(line.fee.level, line.fee.population)
    )


def _may_owe_for_another_row(row: CommuneYear, grid: Grid) -> bool:
    """Whether the one fee of the year may be that of a row which is not the debtor's last: it has
    changed of level, or a merged commune's fee is owed by one without a fee of its own. The
    other row is not stored, so that its population is proved by the amount alone."""
    level = grid.levels.get(row.level)
    return row.start is not None or row.end is not None or level is None or not level.is_priced


def _fee_holds(row: CommuneYear, fee: FeeBreakdown, grid: Grid, basis: PopulationBasis) -> bool:
    return (
        row.year == grid.year
        and fee.population == row.population(basis)
        and fee.level == grid.levels.get(row.level)
        and fee == compute_fee(fee.level, fee.population)
    )


def _shares_hold(parts: tuple[Part, ...], tariffs: Tariffs) -> bool:
    if tariffs.proration == FULL_YEAR:  # a moment of the year, whole
        return all(replace(part, numerator=1, denominator=1) == part for part in parts)
    return shares([(part.row, part.fee) for part in parts], tariffs.proration) == parts
