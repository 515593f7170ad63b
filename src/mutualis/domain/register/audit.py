"""What the documents of the register prove when they are read again: pure checks, in order.

Figures are proved (numbers, dates, populations, prices, parts, lines, totals); the sentences
stored beside them are what was printed that day, and are never compared: a later program may
word them better.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from mutualis.domain.costs.paper import CostPaper, faults
from mutualis.domain.french.typography import euros, short_date
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import Claim, Membership, MissionInvoice, Statement
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.missions.mission import Missions
from mutualis.domain.missions.rules import check_record
from mutualis.domain.problems.refusals import Fact, Reason, Refusal
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.audit_account import BatchAccounts
from mutualis.domain.register.audit_credit import Claims
from mutualis.domain.register.audit_titres import TitresRead
from mutualis.domain.register.figures import (
    grid_holds,
    line_holds,
    membership_holds,
    same_settings,
    whole_line_holds,
)
from mutualis.domain.register.findings import Finding, finding
from mutualis.domain.register.ledger import place_of, withheld_before
from mutualis.domain.register.numbering import mixed
from mutualis.domain.register.records import (
    CreditQualified,
    Exported,
    Numbered,
    Record,
    RemiseWithdrawn,
    Titre,
    TitreWithdrawn,
)
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.meeting_rules import check_meeting
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs


def audit(records: Sequence[tuple[int, Record]], today: date = date.max) -> Iterator[Finding]:
    """Findings over the records, each with its place; what only a whole batch tells comes last.

    No document, batch or meeting may be dated after `today`; what is only noted has no day but that
    of the clock, and a wrong one orders nothing."""
    state = _State()
    for seq, record in records:
        number = getattr(record, "number", None)
        if isinstance(record, Numbered | Batch | Meeting | CostPaper) and record.act.day > today:
            day = short_date(record.act.day)
            yield finding(seq, number, "audit.to_come", day=day, today=short_date(today))
        yield from _sensible(seq, number, state.read(seq, record))
    yield from state.close()
    yield from mixed(records)


def _sensible(seq: int, number: str | None, found: Iterator[Finding]) -> list[Finding]:
    """Findings, or one on figures that no rule can read: a month that is none, a part of zero."""
    try:
        return list(found)
    except (ValueError, ArithmeticError, LookupError):
        return [finding(seq, number, "audit.senseless")]


class _State:
    """What the records read so far imply for the next ones."""

    def __init__(self) -> None:
        self.ranks: dict[str, int] = {}
        self.claims = Claims()
        self.titres = TitresRead(self.claims)
        self.accounts: BatchAccounts | None = None
        self.batches: dict[tuple[int, int], tuple[int, Batch]] = {}
        self.in_batch: Counter[tuple[tuple[int, int] | None, str]] = Counter()
        self.ranks_of_year: dict[int, int] = {}
        self.priced: dict[int, Tariffs] = {}
        self.missions = Missions()
        self.meetings: list[Meeting] = []
        self.last: dict[str, Numbered] = {}
        self.readers: tuple[tuple[Any, Callable[[int, Any], Iterator[Finding]]], ...] = (
            (Batch, self.batch),
            (Claim, self.claim),
            (CreditNote, self.credit),
            (RemiseWithdrawn, self.claims.withdrawal),
            (CreditQualified, self.claims.qualification),
            (IssuedQuote, self.quote),
            (Titre, self.titres.titre),
            (TitreWithdrawn, self.titres.withdrawal),
            (Exported, self.titres.export),
            (Meeting, self.meeting),
            (CostPaper, lambda seq, paper: (Finding(seq, None, r) for r in faults(paper))),
        )

    def read(self, seq: int, record: Record) -> Iterator[Finding]:
        """What a record says wrong, beside those before it."""
        if self.accounts is not None and place_of(record) != self.accounts.place:
            yield from self.close_batch()
        if not isinstance(record, Titre):
            yield from self.titres.close()
        for kind, reader in self.readers:
            if isinstance(record, kind):
                yield from reader(seq, record)
                break
        yield from self.mission(seq, record)

    def close(self) -> Iterator[Finding]:
        """What the last records say wrong together."""
        yield from self.close_batch()
        yield from self.titres.close()
        yield from self.claims.replacements()

    def close_batch(self) -> Iterator[Finding]:
        """What the batch that was being read says wrong as a whole, documents it lost first."""
        accounts, self.accounts = self.accounts, None
        if accounts is None:
            return
        seq, batch = self.batches[accounts.place]
        for what, expected, code in (
            ("invoices", batch.invoices, "audit.cut_invoices"),
            ("statements", batch.statements, "audit.cut_statements"),
            ("credits", batch.credits, "audit.cut_credits"),
        ):
            found = self.in_batch[batch.place, what]
            if expected not in (None, found):
                facts: dict[str, Fact] = {"rank": batch.rank, "year": batch.year, "found": found}
                yield Finding(seq, None, Reason(code, {**facts, "expected": expected or 0}))
        yield from _sensible(seq, None, accounts.close())
        for line in batch.withheld:  # after the invoices of their batch, as the ledger reads them
            self.claims.take(withheld_before(batch, line, len(self.batches)))

    def batch(self, seq: int, batch: Batch) -> Iterator[Finding]:
        rank = self.ranks_of_year.get(batch.year, 0) + 1
        if batch.rank != rank:
            facts: dict[str, Fact] = {"rank": batch.rank, "year": batch.year, "expected": rank}
            yield finding(seq, None, "audit.batch_rank", **facts)
        self.ranks_of_year[batch.year] = batch.rank
        self.batches[batch.place] = (seq, batch)
        self.accounts = BatchAccounts(seq, batch, self.claims)
        yield from self._exercice(seq, None, batch)
        grid = batch.tariffs.grids.get(batch.year)
        if grid_holds(grid, batch.year) != (batch.product == Product.MEMBERSHIP):
            yield finding(seq, None, "audit.batch_grid", year=batch.year)
            return
        if grid is not None:
            yield from self._membership_batch(seq, batch, grid)

    def _membership_batch(self, seq: int, batch: Batch, grid: Grid) -> Iterator[Finding]:
        """What it sets apart is of its grid, and its grid is that of the year's batch before."""
        holds = line_holds if batch.accounts else whole_line_holds
        for line in batch.withheld:
            if not whole_line_holds(line, grid, batch.tariffs):
                yield finding(seq, None, "audit.line", commune=line.commune.name)
        for line in batch.below_minimum:
            if not holds(line, grid, batch.tariffs):
                yield finding(seq, None, "audit.line", commune=line.commune.name)
            if line.amount >= batch.tariffs.minimum_recovery and line.amount:
                yield finding(seq, None, "audit.not_below_minimum", commune=line.commune.name)
        for left in batch.not_billed:
            if left.commune.year != batch.year:
                yield finding(seq, None, "audit.left_year", commune=left.commune.name)
        before = self.priced.get(batch.year)
        is_same = before is None or same_settings(batch.tariffs, before, batch.year)
        if batch.adopted and is_same:
            yield finding(seq, None, "audit.adopted")
        elif batch.accounts and not (batch.adopted or is_same):
            yield finding(seq, None, "audit.settings", year=batch.year)
        self.priced[batch.year] = batch.tariffs

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
        named = document.signatory is not None or document.kind is not Kind.CREDIT
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

    def claim(self, seq: int, claim: Claim) -> Iterator[Finding]:
        yield from self.number(seq, claim, "billing")
        number, computed = claim.number, claim.computed
        if computed is None:
            yield finding(seq, number, "audit.no_price", amount=euros(claim.amount))
        elif computed != claim.amount:
            facts = {"amount": euros(claim.amount), "computed": euros(computed)}
            yield finding(seq, number, "audit.amount", **facts)
        if claim.taxes != claim.computed_taxes:
            yield finding(seq, number, "audit.vat")
        if claim.amount < 0:
            yield finding(seq, number, "audit.negative")
        batch = self._batch_of(claim)
        if batch is None or self.accounts is None:
            yield finding(seq, number, "audit.no_batch", rank=claim.batch, year=claim.year)
        else:
            yield from self._in_batch(seq, claim, batch)
            if isinstance(claim, Membership):
                yield from self.accounts.claim(seq, claim)
        self.claims.take(claim, seq)
        self.titres.take(claim)

    def _batch_of(self, document: Document) -> Batch | None:
        """The batch that a document belongs to; it is counted among its rows."""
        place = place_of(document)
        self.in_batch[place, _counted(document)] += 1
        return self.batches[place][1] if place in self.batches else None

    def _in_batch(self, seq: int, claim: Claim, batch: Batch) -> Iterator[Finding]:
        """It says what its batch says, of a population and at prices that are the batch's."""
        own = (claim.act, claim.exercice, claim.product, claim.issuer)
        if own != (batch.act, batch.exercice, batch.product, batch.issuer):
            yield finding(seq, claim.number, "audit.not_of_its_batch")
        elif isinstance(claim, MissionInvoice):
            population = claim.commune.population(claim.basis)
            if (claim.population, claim.basis) != (population, batch.tariffs.population):
                yield finding(seq, claim.number, "audit.population")
        elif not membership_holds(claim, batch.tariffs):
            yield finding(seq, claim.number, "audit.figures")

    def credit(self, seq: int, credit: CreditNote) -> Iterator[Finding]:
        yield from self.number(seq, credit, "billing")
        yield from self._exercice(seq, credit.number, credit)
        yield from self.claims.credit(seq, credit)
        self.titres.take(credit)
        if credit.issued_in is None:
            return
        batch = self._batch_of(credit)
        if batch is None or self.accounts is None:
            facts: dict[str, Fact] = {"rank": credit.issued_in, "year": credit.year}
            yield finding(seq, credit.number, "audit.no_batch", **facts)
            return
        own = (credit.act, credit.exercice, credit.product, credit.issuer)
        if own != (batch.act, batch.exercice, batch.product, batch.issuer):
            yield finding(seq, credit.number, "audit.not_of_its_batch")
        self.accounts.credit(credit)

    def _exercice(
        self, seq: int, number: str | None, record: Batch | CreditNote
    ) -> Iterator[Finding]:
        if record.exercice not in (record.act.day.year, record.act.day.year - 1):
            day = short_date(record.act.day)
            yield finding(seq, number, "audit.exercice", exercice=record.exercice, day=day)


def _counted(document: Document) -> str:
    """What a batch counts a document among."""
    if isinstance(document, CreditNote):
        return "credits"
    return "statements" if isinstance(document, Statement) else "invoices"
