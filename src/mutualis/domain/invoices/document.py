"""What is invoiced: a batch, its invoices, and their credit notes."""

from dataclasses import dataclass, replace
from decimal import Decimal

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.kinds import INVOICE, MEMBERSHIP
from mutualis.domain.memberships.plan import BillingLine, NotBilled, Selection
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.work_done import BilledWork
from mutualis.domain.tariffs.fees import NoPrice, compute_fee
from mutualis.domain.tariffs.grid import Level, Tariffs
from mutualis.domain.tariffs.proration import Part


@dataclass(frozen=True, slots=True)
class Batch:
    """One issue of invoices of a product: its settings and grid, and what was left out of it.

    `tariffs` holds the one grid of the year, none for missions: each has its quote's. Its
    sources say where each figure was read. `withheld` are the fees that this batch was the first
    to record; `invoices` counts the invoices that follow, so that a cut batch is seen.
    """

    rank: int
    year: int
    exercice: int
    act: Act
    tariffs: Tariffs
    issuer: Issuer
    selection: Selection
    withheld: tuple[BillingLine, ...]
    below_minimum: tuple[BillingLine, ...]
    not_billed: tuple[NotBilled, ...]
    example_levels: int
    invoices: int | None = None
    product: str = MEMBERSHIP


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or a credit note, whole: parties, calculation, reference.

    `year` is the billed year, `exercice` the accounting year, `series` that of the number.
    The amount of a credit note is negative, `refers_to` names its invoice and `effect` says
    what it meant for the accounts that day. A complementary invoice refers to the first one, and
    `deducted` was invoiced before it. `work` is what an invoice of a mission bills; its level is
    then the one on quote.
    """

    kind: str
    number: str
    series: str
    rank: int
    year: int
    exercice: int
    batch: int
    product: str
    act: Act
    issuer: Issuer
    signatory: Signatory | None
    commune: CommuneYear
    basis: PopulationBasis
    level: Level
    population: int
    grid_act: str
    amount: Decimal
    explanation: str
    refers_to: str | None = None
    reason: str = ""
    effect: str = ""
    parts: tuple[Part, ...] = ()
    deducted: Decimal = ZERO
    work: BilledWork | None = None

    @property
    def subject(self) -> str:
        """What is billed, in a few words."""
        if self.work is not None:
            return f"Mission {self.year}, devis {self.work.quote}"
        return f"{self.product.capitalize()} {self.year}, niveau {self.level.code}"

    @property
    def computed(self) -> tuple[Decimal, str] | None:
        """The amount of an invoice and its explanation, computed again from its own snapshot."""
        source = self.line if self.work is None else self.work
        return None if source is None else (source.amount, source.explanation)

    @property
    def line(self) -> BillingLine | None:
        """The line of a membership's invoice, computed again; None without a price."""
        parts = []
        for part in self.parts:
            fee = compute_fee(part.fee.level, part.fee.population)
            if isinstance(fee, NoPrice):
                return None
            parts.append(replace(part, fee=fee))
        last = parts[-1].fee if parts else compute_fee(self.level, self.population)
        if isinstance(last, NoPrice):
            return None
        completes = self.refers_to if self.kind == INVOICE else None
        return BillingLine(self.commune, last, self.number, tuple(parts), self.deducted, completes)
