"""The register as read: its records in order, and what they imply when looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.invoices.invoice import Invoice, MembershipInvoice, MissionInvoice
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.missions.mission import Missions
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.records import Numbered, Record, Titre
from mutualis.domain.requests.meeting import Meeting

NO_HASH = "0" * 64


@dataclass(frozen=True)
class Ledger:
    """The register as read: its records in order, the hash of its last row.

    `closing` gives the hash of the last row of each batch, by year and rank.
    """

    records: tuple[Record, ...] = ()
    closing: Mapping[tuple[int, int], str] = field(default_factory=dict)
    head: str = NO_HASH

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        return tuple(record for record in self.records if isinstance(record, Batch))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The invoices and credit notes."""
        return tuple(record for record in self.records if isinstance(record, Document))

    @cached_property
    def invoices(self) -> tuple[Invoice, ...]:
        return tuple(document for document in self.documents if isinstance(document, Invoice))

    @cached_property
    def memberships(self) -> tuple[MembershipInvoice, ...]:
        return tuple(d for d in self.invoices if isinstance(d, MembershipInvoice))

    @cached_property
    def mission_invoices(self) -> tuple[MissionInvoice, ...]:
        return tuple(d for d in self.invoices if isinstance(d, MissionInvoice))

    @cached_property
    def numbered(self) -> tuple[Numbered, ...]:
        """Every document with a number, quotes too."""
        return tuple(record for record in self.records if isinstance(record, Numbered))

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings of the prioritisation body, by date: the last record of each."""
        last = {record.key: record for record in self.records if isinstance(record, Meeting)}
        return tuple(sorted(last.values(), key=lambda meeting: (meeting.day, meeting.year)))

    def decision_on(self, request: str) -> Meeting | None:
        """The last meeting that decided of a request, by its identifier."""
        for meeting in reversed(self.meetings):
            if any(i.candidate.request.id == request for i in meeting.outcome.everyone):
                return meeting
        return None

    def versions(self, year: int, day: date) -> int:
        """How many records a meeting has: its corrections are counted."""
        return sum(isinstance(r, Meeting) and r.key == (year, day) for r in self.records)

    @cached_property
    def missions(self) -> Missions:
        return Missions(self.records)

    @cached_property
    def _of_batch(self) -> Mapping[tuple[int, int], list[Invoice]]:
        found: dict[tuple[int, int], list[Invoice]] = {}
        for invoice in self.invoices:
            found.setdefault(invoice.place, []).append(invoice)
        return found

    def of_batch(self, batch: Batch) -> tuple[Invoice, ...]:
        """The invoices of a batch, by rank."""
        return tuple(self._of_batch.get(batch.place, ()))

    def up_to(self, batch: Batch) -> tuple[Record, ...]:
        """The register as it was when a batch was closed, its last invoice included."""
        last = max(
            at
            for at, record in enumerate(self.records)
            if isinstance(record, Batch | Invoice) and record.place == batch.place
        )
        return self.records[: last + 1]

    @cached_property
    def by_number(self) -> Mapping[str, Numbered]:
        return {document.number: document for document in self.numbered}

    def invoice(self, number: str | None) -> Invoice | None:
        """The invoice of that number."""
        found = self.by_number.get(number or "")
        return found if isinstance(found, Invoice) else None

    @cached_property
    def last_day(self) -> date | None:
        """The date of the last invoice or credit note."""
        return max((document.act.day for document in self.documents), default=None)

    @cached_property
    def last_quote_day(self) -> date | None:
        days = [record.act.day for record in self.records if isinstance(record, IssuedQuote)]
        return max(days, default=None)

    @cached_property
    def titres(self) -> tuple[Titre, ...]:
        return tuple(record for record in self.records if isinstance(record, Titre))

    @cached_property
    def _titres(self) -> Mapping[str, Titre]:
        return {titre.invoice: titre for titre in self.titres}

    def titre_of(self, number: str) -> Titre | None:
        """The titre of an invoice: the last one recorded."""
        return self._titres.get(number)

    def next_rank(self, series: str) -> int:
        return 1 + sum(document.series == series for document in self.numbered)

    def next_batch(self, year: int) -> int:
        """The rank of the next batch of a billed year, whatever its product."""
        return 1 + sum(batch.year == year for batch in self.batches)

    @cached_property
    def _worth(self) -> Mapping[str, Decimal]:
        worth: dict[str, Decimal] = {}
        for document in self.documents:
            number = document.number if isinstance(document, Invoice) else document.refers_to
            worth[number] = worth.get(number, ZERO) + document.amount
        return worth

    def remaining(self, number: str) -> Decimal:
        """What an invoice is still worth, its credit notes taken off."""
        return self._worth.get(number, ZERO)

    def invoiced(self, year: int) -> frozenset[str]:
        """The INSEE codes whose membership was ever invoiced for a year, credited since or not."""
        return frozenset(
            invoice.commune.code_insee for invoice in self.memberships if invoice.year == year
        )

    def standing(self, year: int) -> Mapping[str, tuple[MembershipInvoice, ...]]:
        """The memberships of a billed year that are still worth something, by INSEE code.

        A commune has one, or a first one and its complements.
        """
        found: dict[str, tuple[MembershipInvoice, ...]] = {}
        for invoice in self.memberships:
            if invoice.year == year and self.remaining(invoice.number) > 0:
                code = invoice.commune.code_insee
                found[code] = (*found.get(code, ()), invoice)
        return found

    def standing_missions(self, year: int) -> tuple[MissionInvoice, ...]:
        """The same of missions, in INSEE-code order."""
        found = [
            invoice
            for invoice in self.mission_invoices
            if invoice.year == year and self.remaining(invoice.number) > 0
        ]
        return tuple(sorted(found, key=lambda invoice: invoice.commune.code_insee))

    def withheld(self, year: int) -> Mapping[str, BillingLine]:
        """The fees of a year recorded as withheld from the AC, by INSEE code."""
        return {
            line.commune.code_insee: line
            for batch in self.batches
            if batch.year == year
            for line in batch.withheld
        }
