"""The batch of a year: who is invoiced what, who is not and why.

A draft and an issued batch are the same plan; a plan takes no number and reads no file.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.changes.change import Change
from mutualis.domain.citations import Citations
from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.french import memberships as french
from mutualis.domain.french import tariffs as words
from mutualis.domain.french.names import fold
from mutualis.domain.money import ZERO, decimal_of
from mutualis.domain.tariffs.fees import FeeBreakdown, Step
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.tariffs.proration import Part, amount_of, amounts_of, periods_of
from mutualis.domain.value import Struct, equal_but_for, field, replace
from mutualis.domain.vat.tax import Tax, VatShares, share_within, vat_of


class BillingLine(Struct, frozen=True):
    """What is owed for the year.

    `commune` owes it; `billed` is the row whose fee it is, where that is another: a commune that
    has become the debtor since, or the debtor itself as it then was. `fee` is the fee of its last
    part; `parts` are all of them where there are several, or less than a year. `granted` are the
    remises, `deducted` what was already claimed by the documents `listed`, the first of which it
    `completes`. Its fees are before the `tax`, where there is one; all else is with it.
    """

    commune: CommuneYear
    fee: FeeBreakdown
    number: str | None = None
    parts: tuple[Part, ...] = ()
    deducted: Decimal = ZERO
    completes: str | None = None
    billed: CommuneYear | None = None
    granted: Decimal = ZERO
    listed: tuple[str, ...] = ()
    tax: Tax | None = None

    @property
    def row(self) -> CommuneYear:
        """The last row, in the billed year, of the commune whose fee it is."""
        return self.billed or self.commune

    @property
    def before_tax(self) -> Decimal:
        """The amount of the year before tax, rounded once."""
        return amount_of(self.parts) if self.parts else self.fee.amount

    @property
    def vat(self) -> Decimal:
        """The tax of the year, rounded once."""
        return ZERO if self.tax is None else self.tax.on(self.before_tax)

    @property
    def whole(self) -> Decimal:
        """The amount of the year, with its tax."""
        return self.before_tax + self.vat

    @property
    def target(self) -> Decimal:
        """What the year is worth in all, remises taken off."""
        return max(self.whole - self.granted, ZERO)

    @property
    def amount(self) -> Decimal:
        return self.target - self.deducted

    @property
    def taxes(self) -> VatShares:
        """How its amount is taxed."""
        return share_within(self.amount, self.tax)

    @property
    def net(self) -> Decimal:
        """Its amount before tax."""
        return self.amount - vat_of(self.taxes)

    @property
    def is_simple(self) -> bool:
        """Whether the line is one whole year at one fee, with nothing taken off."""
        return not self.parts and self.completes is None and not self.granted

    @property
    def amounts(self) -> tuple[tuple[Part, Decimal], ...]:
        """Each part and what it comes to, to the cent: they add up to the year before tax."""
        return tuple(zip(self.parts, amounts_of(self.parts), strict=True))

    @property
    def steps(self) -> tuple[Step, ...]:
        """From the population to `amount`, the last one: what every reader is shown."""
        steps = [] if self.parts else [*self.fee.steps]
        for rank, (part, amount) in enumerate(self.amounts, start=1):
            year, own = part.fee.steps, Step("of_year", amount)
            if not part.is_whole:
                year = (*year, Step("of_year", decimal_of(part.fee.due)))
                own = Step("of_part", amount)
            steps += [replace(step, part=rank) for step in (*year, own)]
        if len(self.parts) > 1:
            steps.append(Step("total", self.before_tax))
        elif not self.parts and (self.granted or self.vat):
            steps.append(Step("of_year", self.before_tax))
        if self.vat:
            steps += [Step("vat", self.vat), Step("with_vat", self.whole)]
        if self.granted:  # one above what is due by now makes no debt of the issuer's
            steps.append(Step("granted", -min(self.granted, self.whole)))
        steps.append(Step("due", self.target))
        if self.completes is not None:
            steps += [Step("deducted", -self.deducted), Step("left", self.amount)]
        return tuple(steps)

    @property
    def calculation(self) -> str:
        """How the whole of the year is computed, with nothing taken off."""
        text = self.fee.explanation
        if self.parts:
            texts = [part.explanation(amount) for part, amount in self.amounts]
            text = french.parts_of_year(texts, self.before_tax)
        if self.tax is not None and self.vat:
            text = french.with_vat(text, self.tax.rate, self.vat, self.whole)
        return text

    @property
    def completed(self) -> tuple[str, ...]:
        """The numbers of the documents that it completes; registers of before name one alone."""
        return self.listed or ((self.completes,) if self.completes is not None else ())

    @property
    def explanation(self) -> str:
        """The calculation in one French sentence, the same in every document."""
        text = self.calculation
        if self.granted:
            text = french.remise(text, self.granted)
        if self.listed:
            text = french.completing(text, self.deducted, self.listed)
        elif self.completes is not None:
            text = french.complement(text, self.deducted, self.completes)
        return text


def levels_and_periods(level: Level, parts: Sequence[Part]) -> str:
    """The levels of a fee, and when they were in force where that is a part of the year."""
    periods = periods_of(parts)
    if all(part.is_whole for part in parts):
        return words.levels([code for code, *_ in periods] or [level.code])
    return words.levels_and_periods(periods)


class NotBilled(Struct, frozen=True):
    """A commune without a fee, and why, in words: they are stored, and no rule reads them."""

    commune: CommuneYear
    reason: str

    __eq__ = equal_but_for("reason")


class LevelTotal(Struct, frozen=True):
    level: str
    label: str
    communes: int
    population: int
    amount: Decimal


class Selection(Struct, frozen=True):
    """What narrows a batch: levels and communes (codes); empty means all."""

    levels: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()

    def holds(self, codes: Iterable[str], level: str) -> bool:
        """Whether it keeps what one of the codes owes at a level."""
        return (not self.levels or level in self.levels) and (
            not self.communes or not self.communes.isdisjoint(codes)
        )


EVERYTHING = Selection()


class Issue(Struct, frozen=True):
    """When a plan was issued, as which batch of its year, and the register's hash just after;
    `deferred` when it is of the accounts of a year before."""

    day: date
    batch: int
    head: str
    deferred: bool = False


class BillingPlan(Struct, frozen=True):
    """The batch: `invoices` to issue, and apart, each with its own total, the fees `withheld`
    from the attribution de compensation and those `below_minimum`, which are not recovered.

    `changes` are those since the year before that its documents explain, by the debtor's code,
    `citations` what issued documents name, by number.
    """

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
    changes: Mapping[str, Change] = field(default_factory=dict)
    citations: Mapping[str, Citations] = field(default_factory=dict)

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


def total(lines: Iterable[BillingLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def grid_level(grid: Grid, typed: str) -> Level | None:
    """The level that a person typed: 2b is 2B."""
    return next((level for code, level in grid.levels.items() if fold(code) == fold(typed)), None)
