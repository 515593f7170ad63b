"""What the documents of the register prove when they are read again: pure checks, in order.

Figures are proved (numbers, dates, populations, prices, parts, lines, totals); the sentences
stored beside them are what was printed that day, and are never compared: a later program may
word them better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.french.register import at_row
from mutualis.domain.french.typography import euros, short_date
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Invoice, MembershipInvoice, MissionInvoice
from mutualis.domain.kinds import Product
from mutualis.domain.missions.mission import Missions
from mutualis.domain.missions.rules import check_record
from mutualis.domain.money import ZERO
from mutualis.domain.problems.refusals import Fact, Reason, Refusal
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.figures import grid_holds, membership_holds, whole_line_holds
from mutualis.domain.register.records import Numbered, Record, Titre
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.meeting_rules import check_meeting


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an entry: its place in the register, its number, why."""

    seq: int
    number: str | None
    reason: Reason

    @property
    def text(self) -> str:
        return at_row(self.seq, self.number, self.reason.text)


def finding(seq: int, number: str | None, code: str, **facts: Fact) -> Finding:
    return Finding(seq, number, Reason(code, facts))


def audit(records: Sequence[tuple[int, Record]]) -> Iterator[Finding]:
    """Findings over the records, each with its place, in register order."""
    state = _State()
    for seq, record in records:
        try:
            yield from list(state.read(seq, record))
        except (ValueError, ArithmeticError, LookupError):
            # Figures that no rule can even read: a month that is none, a part of zero.
            yield finding(seq, getattr(record, "number", None), "audit.senseless")
    yield from state.end()


class _State:
    """What the records read so far imply for the next ones."""

    def __init__(self) -> None:
        self.ranks: dict[str, int] = {}
        self.invoices: dict[str, Invoice] = {}
        self.remaining: dict[str, Decimal] = {}
        self.memberships: dict[tuple[int, str], list[str]] = {}
        self.batches: dict[tuple[int, int], tuple[int, Batch]] = {}
        self.in_batch: dict[tuple[int, int], int] = {}
        self.ranks_of_year: dict[int, int] = {}
        self.missions = Missions()
        self.meetings: list[Meeting] = []
        self.last: dict[str, Numbered] = {}

    def read(self, seq: int, record: Record) -> Iterator[Finding]:
        """What a record says wrong, beside those before it."""
        if isinstance(record, Batch):
            yield from self.batch(seq, record)
        elif isinstance(record, Invoice):
            yield from self.invoice(seq, record)
        elif isinstance(record, CreditNote):
            yield from self.credit(seq, record)
        elif isinstance(record, IssuedQuote):
            yield from self.quote(seq, record)
        elif isinstance(record, Titre) and record.invoice not in self.invoices:
            yield finding(seq, record.invoice, "audit.titre_of_nothing")
        elif isinstance(record, Meeting):
            yield from self.meeting(seq, record)
        yield from self.mission(seq, record)

    def batch(self, seq: int, batch: Batch) -> Iterator[Finding]:
        rank = self.ranks_of_year.get(batch.year, 0) + 1
        if batch.rank != rank:
            facts: dict[str, Fact] = {"rank": batch.rank, "year": batch.year, "expected": rank}
            yield finding(seq, None, "audit.batch_rank", **facts)
        self.ranks_of_year[batch.year] = batch.rank
        self.batches[batch.place] = (seq, batch)
        yield from self._exercice(seq, None, batch)
        grid = batch.tariffs.grids.get(batch.year)
        if grid_holds(grid, batch.year) != (batch.product == Product.MEMBERSHIP):
            yield finding(seq, None, "audit.batch_grid", year=batch.year)
            return
        for line in (*batch.withheld, *batch.below_minimum):
            if grid is None or not whole_line_holds(line, grid, batch.tariffs):
                yield finding(seq, None, "audit.line", commune=line.commune.name)
        if batch.product == Product.MEMBERSHIP:
            for left in batch.not_billed:
                if left.commune.year != batch.year:
                    yield finding(seq, None, "audit.left_year", commune=left.commune.name)
        for line in batch.below_minimum:
            if line.amount >= batch.tariffs.minimum_recovery:
                yield finding(seq, None, "audit.not_below_minimum", commune=line.commune.name)

    def quote(self, seq: int, issued: IssuedQuote) -> Iterator[Finding]:
        yield from self.number(seq, issued, "quotes")
        quote = issued.quote
        is_dated = quote.issued_on == issued.act.day <= quote.valid_until
        if not is_dated or quote.commune.year != quote.year or quote.grid.year > quote.year:
            yield finding(seq, issued.number, "audit.quote_years")

    def number(self, seq: int, document: Numbered, order: str) -> Iterator[Finding]:
        """The rank follows its series, the number its format, the date its `order`."""
        number = document.number
        rank = self.ranks.get(document.series, 0) + 1
        self.ranks[document.series] = document.rank
        if document.rank != rank:
            facts: dict[str, Fact] = {
                "rank": document.rank,
                "expected": rank,
                "series": document.series,
            }
            yield finding(seq, number, "audit.rank", **facts)
        expected = document.issuer.number(document.kind, document.year, document.rank)
        if number != expected:
            yield finding(seq, number, "audit.number", made=number, expected=expected)
        if document.series != document.issuer.series(document.kind, document.year):
            yield finding(seq, number, "audit.series", series=document.series)
        # The first credit notes that were ever issued named no signatory.
        named = document.signatory is not None or not isinstance(document, CreditNote)
        if named and document.signatory != document.issuer.signatory(document.act.day):
            yield finding(seq, number, "audit.signatory")
        last = self.last.get(order)
        if last is not None and document.act.day < last.act.day:
            day = short_date(document.act.day)
            yield finding(seq, number, "audit.date", day=day, last=last.number)
        self.last[order] = document

    def mission(self, seq: int, record: Record) -> Iterator[Finding]:
        """What the record does to its mission is allowed by the rules that commands obey."""
        try:
            check_record(self.missions, record)
        except Refusal as refusal:
            number = getattr(record, "number", getattr(record, "quote", None))
            yield Finding(seq, number, refusal.reason)
        self.missions.take(record)

    def meeting(self, seq: int, meeting: Meeting) -> Iterator[Finding]:
        """Its ranking is what its criteria and its requests give, as when it was published."""
        try:
            check_meeting(meeting, self.meetings)
        except Refusal as refusal:
            yield Finding(seq, None, refusal.reason)
        self.meetings.append(meeting)

    def invoice(self, seq: int, invoice: Invoice) -> Iterator[Finding]:
        yield from self.number(seq, invoice, "billing")
        number, computed = invoice.number, invoice.computed
        if computed is None:
            yield finding(seq, number, "audit.no_price", amount=euros(invoice.amount))
        elif computed != invoice.amount:
            facts = {"amount": euros(invoice.amount), "computed": euros(computed)}
            yield finding(seq, number, "audit.amount", **facts)
        if invoice.place in self.batches:
            yield from self._in_batch(seq, invoice, self.batches[invoice.place][1])
        else:
            yield finding(seq, number, "audit.no_batch", rank=invoice.batch, year=invoice.year)
        self.in_batch[invoice.place] = self.in_batch.get(invoice.place, 0) + 1
        if isinstance(invoice, MembershipInvoice):
            yield from self._membership(seq, invoice)
        self.invoices[number] = invoice
        self.remaining[number] = invoice.amount

    def _in_batch(self, seq: int, invoice: Invoice, batch: Batch) -> Iterator[Finding]:
        """It says what its batch says, of a population and at prices that are the batch's."""
        own = (invoice.act, invoice.exercice, invoice.product, invoice.issuer)
        if own != (batch.act, batch.exercice, batch.product, batch.issuer):
            yield finding(seq, invoice.number, "audit.not_of_its_batch")
        elif isinstance(invoice, MissionInvoice):
            population = invoice.commune.population(invoice.basis)
            if (invoice.population, invoice.basis) != (population, batch.tariffs.population):
                yield finding(seq, invoice.number, "audit.population")
        elif not membership_holds(invoice, batch.tariffs):
            yield finding(seq, invoice.number, "audit.figures")

    def _membership(self, seq: int, invoice: MembershipInvoice) -> Iterator[Finding]:
        """One fee a commune and year: a second invoice completes the first, less what stands."""
        number, key = invoice.number, (invoice.year, invoice.commune.code_insee)
        others = [other for other in self.memberships.get(key, []) if self.remaining[other] > 0]
        if invoice.refers_to is not None and invoice.refers_to not in self.invoices:
            yield finding(seq, number, "audit.completes_nothing", other=invoice.refers_to)
        elif others and invoice.refers_to is None:
            facts = {"commune": invoice.commune.name, "other": others[0]}
            yield finding(seq, number, "audit.billed_twice", **facts)
        elif invoice.deducted != sum((self.remaining[other] for other in others), ZERO):
            yield finding(seq, number, "audit.deducted", amount=euros(invoice.deducted))
        self.memberships.setdefault(key, []).append(number)

    def credit(self, seq: int, credit: CreditNote) -> Iterator[Finding]:
        yield from self.number(seq, credit, "billing")
        yield from self._exercice(seq, credit.number, credit)
        invoice = self.invoices.get(credit.refers_to)
        if invoice is None:
            yield finding(seq, credit.number, "audit.credit_of_nothing", other=credit.refers_to)
            return
        if not credit.repeats(invoice):
            yield finding(seq, credit.number, "audit.credit_of_another", other=invoice.number)
        if not credit.reason:
            yield finding(seq, credit.number, "audit.credit_without_reason")
        self.remaining[invoice.number] += credit.amount
        if credit.amount >= 0:
            yield finding(seq, credit.number, "audit.credit_not_negative")
        elif self.remaining[invoice.number] < 0:
            yield finding(seq, credit.number, "audit.credit_too_large", other=invoice.number)

    def _exercice(
        self, seq: int, number: str | None, record: Batch | CreditNote
    ) -> Iterator[Finding]:
        if record.exercice not in (record.act.day.year, record.act.day.year - 1):
            day = short_date(record.act.day)
            yield finding(seq, number, "audit.exercice", exercice=record.exercice, day=day)

    def end(self) -> Iterator[Finding]:
        """A batch that has lost invoices: the end of the register was cut within it."""
        for place, (seq, batch) in self.batches.items():
            found = self.in_batch.get(place, 0)
            if batch.invoices is not None and batch.invoices != found:
                facts = {
                    "rank": batch.rank,
                    "year": batch.year,
                    "found": found,
                    "expected": batch.invoices,
                }
                yield finding(seq, None, "audit.cut_batch", **facts)
