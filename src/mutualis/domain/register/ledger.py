"""The register as read: its records in order, and what they imply when looked up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from mutualis.domain.costs.paper import CostPaper
from mutualis.domain.french.register import number_before
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import (
    Claim,
    Invoice,
    Membership,
    MissionInvoice,
    Statement,
)
from mutualis.domain.kinds import Nature, Product
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.missions.mission import Missions
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.finance_software import FinanceSoftware
from mutualis.domain.register.records import (
    CreditQualified,
    Numbered,
    Record,
    RemiseWithdrawn,
    Titre,
)
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.value import Struct, field

NO_HASH = "0" * 64


class Ledger(Struct, frozen=True, dict=True):
    """The register as read: its records in order, the hash of its last row.

    `closing` gives the hash of the last row of each batch, by year and rank.
    """

    records: tuple[Record, ...] = ()
    closing: Mapping[tuple[int, int], str] = field(default_factory=dict)
    head: str = NO_HASH

    @cached_property
    def is_example(self) -> bool | None:
        """Whether it is that of an example; None where nothing issued says it yet."""
        issued = (r for r in self.records if isinstance(r, Batch | Numbered | Meeting | CostPaper))
        return next((record.issuer.example for record in issued), None)

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        return tuple(record for record in self.records if isinstance(record, Batch))

    def batches_of(self, year: int, product: Product) -> tuple[Batch, ...]:
        """The batches of a product for a billed year, in order."""
        return tuple(b for b in self.batches if (b.year, b.product) == (year, product))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The invoices, statements and credit notes: whatever has a number and is no quote."""
        return tuple(record for record in self.records if isinstance(record, Document))

    @cached_property
    def invoices(self) -> tuple[Invoice, ...]:
        return tuple(document for document in self.documents if isinstance(document, Invoice))

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """The invoices and statements of memberships, as they were issued.

        The fees withheld of registers of before are read as statements « lot N/CODE », of the N-th
        batch of the register, outside the series.
        """
        found: list[Membership] = []
        before: list[Statement] = []  # after the invoices of their batch, as statements are now
        rank = 0
        for record in self.records:
            if isinstance(record, Membership):
                found.append(record)
            elif before:
                found += before
                before = []
            if isinstance(record, Batch):
                rank += 1
                before = [withheld_before(record, line, rank) for line in record.withheld]
        return (*found, *before)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of fees withheld, numbered or not."""
        return tuple(d for d in self.memberships if isinstance(d, Statement))

    @cached_property
    def credits(self) -> tuple[CreditNote, ...]:
        """The credit notes and the negative statements."""
        return tuple(record for record in self.records if isinstance(record, CreditNote))

    @cached_property
    def _credits_of(self) -> Mapping[str, list[CreditNote]]:
        found: dict[str, list[CreditNote]] = {}
        for credit in self.credits:
            found.setdefault(credit.refers_to, []).append(credit)
        return found

    def credits_of(self, number: str) -> tuple[CreditNote, ...]:
        """What takes off a claim, in order."""
        return tuple(self._credits_of.get(number, ()))

    @cached_property
    def natures(self) -> Mapping[str, Nature | None]:
        """Why each credit was made; None for one that only a person can tell.

        In a register of before, one that left something of its claim may have been either.
        """
        told = {r.credit: r.nature for r in self.records if isinstance(r, CreditQualified)}
        left = {claim.number: claim.amount for claim in self.claims}
        found: dict[str, Nature | None] = {}
        for credit in self.credits:
            left[credit.refers_to] = left.get(credit.refers_to, ZERO) + credit.amount
            whole = None if left[credit.refers_to] > 0 else Nature.CORRECTION
            found[credit.number] = credit.nature or told.get(credit.number) or whole
        return found

    @cached_property
    def successors(self) -> Mapping[str, Claim]:
        """What stands in the place of a claim that was brought to nothing, by its number."""
        return {claim.replaces: claim for claim in self.claims if claim.replaces}

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The remises that were withdrawn, by the number of their credit."""
        return frozenset(r.credit for r in self.records if isinstance(r, RemiseWithdrawn))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Whatever may be credited: invoices, and statements."""
        return (*self.invoices, *self.statements)

    @cached_property
    def _claims(self) -> Mapping[str, Claim]:
        return {claim.number: claim for claim in self.claims}

    def claim(self, number: str) -> Claim | None:
        """The invoice or statement of that number, « lot N/CODE » for one without a number."""
        return self._claims.get(number)

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
        """The register as it was when a batch was closed, its last document included."""
        last = max(at for at, record in enumerate(self.records) if place_of(record) == batch.place)
        return self.records[: last + 1]

    def statements_of(self, batch: Batch) -> tuple[Statement, ...]:
        """The statements of a batch, numbered or not."""
        return tuple(s for s in self.statements if s.place == batch.place)

    def credits_in(self, batch: Batch) -> tuple[CreditNote, ...]:
        """The credit notes and negative statements that a batch issued."""
        return tuple(credit for credit in self.credits if place_of(credit) == batch.place)

    @cached_property
    def by_number(self) -> Mapping[str, Numbered]:
        return {document.number: document for document in self.numbered}

    def invoice(self, number: str | None) -> Invoice | None:
        """The invoice of that number."""
        found = self.by_number.get(number or "")
        return found if isinstance(found, Invoice) else None

    @cached_property
    def last_day(self) -> date | None:
        """The date of the last invoice, statement or credit note."""
        return max((document.act.day for document in self.documents), default=None)

    @cached_property
    def last_quote_day(self) -> date | None:
        days = [record.act.day for record in self.records if isinstance(record, IssuedQuote)]
        return max(days, default=None)

    @cached_property
    def finance(self) -> FinanceSoftware:
        return FinanceSoftware(self.records)

    @property
    def titres(self) -> tuple[Titre, ...]:
        return self.finance.titres

    def titre_of(self, number: str) -> Titre | None:
        """The titre of an invoice, the titre or mandat of a credit note: the last one recorded."""
        return self.finance.last.get(number)

    def next_rank(self, series: str) -> int:
        return 1 + sum(document.series == series for document in self.numbered)

    def next_batch(self, year: int) -> int:
        """The rank of the next batch of a billed year, whatever its product."""
        return 1 + sum(batch.year == year for batch in self.batches)

    @cached_property
    def _worth(self) -> Mapping[str, Decimal]:
        worth = {claim.number: claim.amount for claim in self.claims}
        for credit in self.credits:
            worth[credit.refers_to] = worth.get(credit.refers_to, ZERO) + credit.amount
        return worth

    def remaining(self, number: str) -> Decimal:
        """What a claim is still worth, its credits taken off."""
        return self._worth.get(number, ZERO)

    def standing_missions(self, year: int) -> tuple[MissionInvoice, ...]:
        """The invoices of missions of a year still worth something, in INSEE-code order."""
        found = [
            invoice
            for invoice in self.mission_invoices
            if invoice.year == year and self.remaining(invoice.number) > 0
        ]
        return tuple(sorted(found, key=lambda invoice: invoice.commune.code_insee))


def place_of(record: Record) -> tuple[int, int] | None:
    """The batch that a record belongs to, by billed year and rank."""
    if isinstance(record, CreditNote):
        return None if record.issued_in is None else (record.year, record.issued_in)
    return record.place if isinstance(record, Batch | Invoice | Statement) else None


def withheld_before(batch: Batch, line: BillingLine, rank: int) -> Statement:
    """The statement that a fee withheld would be, had it been numbered."""
    return Statement(
        number=number_before(rank, line.commune.code_insee),
        series="",
        rank=0,
        year=batch.year,
        exercice=batch.exercice,
        batch=batch.rank,
        act=batch.act,
        issuer=batch.issuer,
        signatory=batch.issuer.signatory(batch.act.day),
        commune=line.commune,
        basis=batch.tariffs.population,
        level=line.fee.level,
        population=line.fee.population,
        grid_act=batch.tariffs.grids[batch.year].act,
        amount=line.amount,
        explanation=line.explanation,
        parts=line.parts,
        potential=line.fee.potential,
    )
