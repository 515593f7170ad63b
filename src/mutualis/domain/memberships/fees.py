"""What each group of rows owes for a year, and why it owes nothing."""

from collections.abc import Iterable, Iterator

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.communes.debtors import Group, Known, is_same_person
from mutualis.domain.french import memberships as french
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, fee_of
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.proration import shares
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import Tax


class Fee(Struct, frozen=True):
    """The fee of a group; `line` is None where it owes nothing."""

    group: Group
    line: BillingLine | None

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it may be asked for by."""
        return self.group.codes

    @property
    def level(self) -> str:
        return self.group.row.level if self.line is None else self.line.fee.level.code


def fees_of(groups: Iterable[Group], tariffs: Tariffs, grid: Grid, known: Known) -> Iterator[Fee]:
    """The fee of each group of the grid's year, as known on a day.

    Every level must be in the grid, priced for its populations, and the wealth known where it has
    a coefficient: the checks B02, B03 and B41 have passed. What several rows in the year owe is
    the setting `proration`.
    """
    tax = tariffs.tax(known.day)
    for group in groups:
        yield Fee(group, _line(group, grid, tariffs, tax))


def why_free(row: CommuneYear, grid: Grid) -> str:
    """Why a commune has no fee, in words."""
    if not row.level:
        return french.not_a_member()
    if grid.levels[row.level].is_priced:
        return french.too_short()
    return french.free(row.level, grid.levels[row.level].label)


def _line(group: Group, grid: Grid, tariffs: Tariffs, tax: Tax | None) -> BillingLine | None:
    """What a group owes; None where it owes nothing."""
    parts = shares(priced_rows(group, grid, tariffs.population), tariffs.proration)
    if not parts:
        return None
    is_simple = len(parts) == 1 and parts[0].is_whole
    is_same = is_same_person(group.debtor, group.row)
    return BillingLine(
        commune=group.row if is_same else group.debtor,
        fee=parts[-1].fee,
        parts=() if is_simple else parts,
        billed=None if is_same else group.row,
        tax=tax,
    )


def priced_rows(
    group: Group, grid: Grid, basis: PopulationBasis
) -> list[tuple[CommuneYear, FeeBreakdown]]:
    """The rows of a group that have a price, each with the fee of a whole year."""
    priced = []
    for row in group.rows:
        fee = fee_of(row, grid, basis)
        if isinstance(fee, NoPrice):
            raise AssertionError(f"check B03 let through {row.code_insee}: {fee.reason}")
        if fee is None:
            continue
        if fee.level.wealth is not None and fee.potential is None:
            raise AssertionError(f"check B41 let through {row.code_insee}: no potential")
        priced.append((row, fee))
    return priced
