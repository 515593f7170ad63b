"""What was issued: batches, invoices, credit notes, as they stand in the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from mutualis.domain.billing import BillingLine, NotBilled, Selection
from mutualis.domain.communes import CommuneYear, PopulationBasis
from mutualis.domain.fees import NoPrice, compute_fee
from mutualis.domain.issuer import Issuer, Signatory
from mutualis.domain.money import ZERO
from mutualis.domain.periods import Part
from mutualis.domain.tariffs import Level, Tariffs

MEMBERSHIP = "adhésion"
INVOICE, CREDIT = "invoice", "credit"
NO_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """Who did it, when, with which program, from which files (a fingerprint)."""

    day: date
    operator: str
    program: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One issue of invoices: its settings and grid, and what was left out of it.

    `tariffs` holds the one grid of the year; its sources say where each figure was read.
    `withheld` are the fees that this batch was the first to record; `invoices` counts the
    invoices that follow, so that a cut batch is seen.
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


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or a credit note, whole: parties, calculation, reference.

    `year` is the billed year, `exercice` the accounting year, `series` that of the number.
    The amount of a credit note is negative, `refers_to` names its invoice and `effect` says
    what it meant for the accounts that day. A complementary invoice refers to the first one, and
    `deducted` was invoiced before it.
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

    @property
    def line(self) -> BillingLine | None:
        """The line of an invoice, computed again from its own snapshot; None without a price."""
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


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made of the register when it ended with `head`."""

    act: Act
    file: str
    head: str


@dataclass(frozen=True, slots=True)
class Titre:
    """The titre de recettes that the finance software issued for an invoice."""

    act: Act
    invoice: str
    exercice: int
    titre: str
    bordereau: str
    titre_day: date | None


Record = Batch | Document | Backup | Titre


@dataclass(frozen=True)
class Ledger:
    """The register as read: its records in order, the hash of its last row.

    `closing` gives the hash of the last row of each batch, by year and rank.
    """

    batches: tuple[Batch, ...] = ()
    documents: tuple[Document, ...] = ()
    backups: tuple[Backup, ...] = ()
    titres: tuple[Titre, ...] = ()
    closing: Mapping[tuple[int, int], str] = field(default_factory=dict)
    head: str = NO_HASH

    def of_batch(self, batch: Batch) -> tuple[Document, ...]:
        """The invoices of a batch, by rank."""
        place = (batch.year, batch.rank)
        return tuple(d for d in self.documents if d.kind == INVOICE and (d.year, d.batch) == place)

    @cached_property
    def by_number(self) -> Mapping[str, Document]:
        return {document.number: document for document in self.documents}

    @cached_property
    def last_day(self) -> date | None:
        return max((document.act.day for document in self.documents), default=None)

    @cached_property
    def _titres(self) -> Mapping[str, Titre]:
        return {titre.invoice: titre for titre in self.titres}

    def titre_of(self, number: str) -> Titre | None:
        """The titre of an invoice: the last one recorded."""
        return self._titres.get(number)

    def next_rank(self, series: str) -> int:
        return 1 + sum(document.series == series for document in self.documents)

    @cached_property
    def _worth(self) -> Mapping[str, Decimal]:
        worth: dict[str, Decimal] = {}
        for document in self.documents:
            number = document.number if document.kind == INVOICE else document.refers_to or ""
            worth[number] = worth.get(number, ZERO) + document.amount
        return worth

    def remaining(self, number: str) -> Decimal:
        """What an invoice is still worth, its credit notes taken off."""
        return self._worth.get(number, ZERO)

    def invoiced(self, year: int, product: str = MEMBERSHIP) -> frozenset[str]:
        """The INSEE codes that were ever invoiced for a year, credited since or not."""
        return frozenset(
            document.commune.code_insee
            for document in self.documents
            if document.kind == INVOICE and (document.year, document.product) == (year, product)
        )

    def standing(self, year: int, product: str = MEMBERSHIP) -> Mapping[str, tuple[Document, ...]]:
        """The invoices of a billed year that are still worth something, by INSEE code.

        A commune has one, or a first one and its complements.
        """
        found: dict[str, tuple[Document, ...]] = {}
        for document in self.documents:
            if (
                document.kind == INVOICE
                and (document.year, document.product) == (year, product)
                and self.remaining(document.number) > 0
            ):
                code = document.commune.code_insee
                found[code] = (*found.get(code, ()), document)
        return found

    def withheld(self, year: int) -> Mapping[str, BillingLine]:
        """The fees of a year recorded as withheld from the AC, by INSEE code."""
        return {
            line.commune.code_insee: line
            for batch in self.batches
            if batch.year == year
            for line in batch.withheld
        }
