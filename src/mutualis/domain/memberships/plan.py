"""The batch of a year: who is invoiced what, who is not and why.

A draft and an issued batch are the same plan; a plan takes no number and reads no file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.communes.debtors import (
    NOTHING_KNOWN,
    Group,
    Known,
    groups_of,
    is_same_person,
)
from mutualis.domain.french import memberships as french
from mutualis.domain.french.names import fold
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, compute_fee
from mutualis.domain.tariffs.grid import Grid, Level, Tariffs
from mutualis.domain.tariffs.proration import Part, amount_of, shares


@dataclass(frozen=True, slots=True)
class BillingLine:
    """What is owed for the year.

    `commune` owes it; `billed` is the row whose fee it is, where that is another: a commune that
    has become the debtor since, or the debtor itself as it then was. `fee` is the fee of its last
    part; `parts` are all of them where there are several, or less than a year. `deducted` was
    already invoiced, by `completes`: the line is its complement.
    """

    commune: CommuneYear
    fee: FeeBreakdown
    number: str | None = None
    parts: tuple[Part, ...] = ()
    deducted: Decimal = ZERO
    completes: str | None = None
    billed: CommuneYear | None = None

    @property
    def row(self) -> CommuneYear:
        """The last row, in the billed year, of the commune whose fee it is."""
        return self.billed or self.commune

    @property
    def whole(self) -> Decimal:
        """The amount of the year, rounded once."""
        return amount_of(self.parts) if self.parts else self.fee.amount

    @property
    def amount(self) -> Decimal:
        return self.whole - self.deducted

    @property
    def is_simple(self) -> bool:
        """Whether the line is one whole year at one fee, with nothing taken off."""
        return not self.parts and self.completes is None

    @property
    def explanation(self) -> str:
        """The calculation in one French sentence, the same in every document."""
        if not self.parts:
            text = self.fee.explanation
        else:
            text = french.parts_of_year([part.explanation for part in self.parts], self.whole)
        if self.completes is not None:
            text = french.complement(text, self.deducted, self.completes)
        return text


@dataclass(frozen=True, slots=True)
class NotBilled:
    """A commune without a fee, and why, in words: they are stored, and no rule reads them."""

    commune: CommuneYear
    reason: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class LevelTotal:
    level: str
    label: str
    communes: int
    population: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Selection:
    """What narrows a batch: levels and communes (codes); empty means all."""

    levels: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()

    def holds(self, codes: Iterable[str], level: str) -> bool:
        """Whether it keeps what one of the codes owes at a level."""
        return (not self.levels or level in self.levels) and (
            not self.communes or not self.communes.isdisjoint(codes)
        )


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Issue:
    """When a plan was issued, as which batch of its year, and the register's hash just after."""

    day: date
    batch: int
    head: str


@dataclass(frozen=True, slots=True)
class BillingPlan:
    """The batch: `invoices` to issue, and apart, each with its own total, the fees `withheld`
    from the attribution de compensation and those `below_minimum`, which are not recovered."""

    year: int
    grid: Grid
    basis: PopulationBasis
    minimum_recovery: Decimal
    invoices: tuple[BillingLine, ...]
    withheld: tuple[BillingLine, ...]
    below_minimum: tuple[BillingLine, ...]
    not_billed: tuple[NotBilled, ...]
    selection: Selection
    example_levels: int
    issue: Issue | None = None
    known: Known = NOTHING_KNOWN

    @property
    def total(self) -> Decimal:
        return total(self.invoices)

    @property
    def fees(self) -> tuple[BillingLine, ...]:
        """Every fee computed, billed or not, in INSEE-code order."""
        lines = (*self.invoices, *self.withheld, *self.below_minimum)
        return tuple(sorted(lines, key=lambda line: line.row.code_insee))

    @property
    def without_fee(self) -> tuple[NotBilled, ...]:
        """The communes that owe nothing: not members, or at a free level."""
        owing = {line.row.code_insee for line in self.fees}
        return tuple(item for item in self.not_billed if item.commune.code_insee not in owing)

    @property
    def by_level(self) -> tuple[LevelTotal, ...]:
        """The invoices by level, for each level that has a fee."""
        return tuple(
            _level_total(level, [x for x in self.invoices if x.fee.level.code == level.code])
            for level in self.grid.levels.values()
            if level.is_priced
        )


def plan_billing(
    communes: Communes,
    tariffs: Tariffs,
    grid: Grid,
    selection: Selection = EVERYTHING,
    *,
    day: date | None = None,
) -> BillingPlan:
    """The batch of the grid's year as issued on `day`, by default at the end of that year.

    Every level must be in the grid and priced for its populations: the checks B02 and B03
    have passed. What several rows in the year owe is the setting `proration` (see `periods`).
    """
    invoices, withheld, below, not_billed = [], [], [], []
    examples = 0
    known = Known.of(communes, grid.year, day)
    for group in groups_of(communes, grid.year, known.day):
        line = _line(group, grid, tariffs)
        # A selection keeps or leaves a commune whole: its fee is that of the whole year.
        level = group.row.level if line is None else line.fee.level.code
        if not selection.holds(group.codes, level):
            continue
        examples += any(row.is_example for row in group.rows)
        if line is None:
            not_billed.append(NotBilled(group.row, _why_free(group.row, grid)))
            continue
        # A fee withheld from the AC is not a receivable to recover: no minimum applies to it.
        if line.row.settlement is Settlement.AC:
            withheld.append(line)
            not_billed.append(NotBilled(line.row, french.withheld(line.amount)))
        elif line.amount < tariffs.minimum_recovery:
            below.append(line)
            reason = french.below_minimum(line.amount, tariffs.minimum_recovery)
            not_billed.append(NotBilled(line.row, reason))
        else:
            invoices.append(line)
    return BillingPlan(
        year=grid.year,
        grid=grid,
        basis=tariffs.population,
        minimum_recovery=tariffs.minimum_recovery,
        invoices=tuple(invoices),
        withheld=tuple(withheld),
        below_minimum=tuple(below),
        not_billed=tuple(not_billed),
        selection=selection,
        example_levels=examples,
        known=known,
    )


def total(lines: Iterable[BillingLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def grid_level(grid: Grid, typed: str) -> Level | None:
    """The level that a person typed: 2b is 2B."""
    return next((level for code, level in grid.levels.items() if fold(code) == fold(typed)), None)


def _line(group: Group, grid: Grid, tariffs: Tariffs) -> BillingLine | None:
    """What a group owes; None where it owes nothing."""
    priced = [(row, fee) for row in group.rows if (fee := _fee(row, grid, tariffs.population))]
    parts = shares(priced, tariffs.proration)
    if not parts:
        return None
    is_simple = len(parts) == 1 and parts[0].is_whole
    is_same = is_same_person(group.debtor, group.row)
    return BillingLine(
        commune=group.row if is_same else group.debtor,
        fee=parts[-1].fee,
        parts=() if is_simple else parts,
        billed=None if is_same else group.row,
    )


def _fee(row: CommuneYear, grid: Grid, basis: PopulationBasis) -> FeeBreakdown | None:
    """The fee of a row for a whole year; None where its level has none."""
    level = grid.levels.get(row.level)
    if level is None or not level.is_priced:
        return None
    fee = compute_fee(level, row.population(basis))
    if isinstance(fee, NoPrice):
        raise AssertionError(f"check B03 let through {row.code_insee}: {fee.reason}")
    return fee


def _why_free(row: CommuneYear, grid: Grid) -> str:
    if not row.level:
        return french.not_a_member()
    if grid.levels[row.level].is_priced:
        return french.too_short()
    return french.free(row.level, grid.levels[row.level].label)


def _level_total(level: Level, lines: Sequence[BillingLine]) -> LevelTotal:
    population = sum(line.fee.population for line in lines)
    return LevelTotal(level.code, level.label, len(lines), population, total(lines))
