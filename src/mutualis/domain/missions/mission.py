"""A mission: an issued quote and what became of it, followed record by record."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mutualis.domain.french.names import did_you_mean, nearest_numbers
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.money import ZERO
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import (
    Answer,
    AnswerWithdrawn,
    ClosureWithdrawn,
    IssuedQuote,
    MissionClosed,
    WorkDone,
    WorkWithdrawn,
)
from mutualis.domain.quotes.work_done import BilledWork, Work, bill_works, totals
from mutualis.domain.value import Struct, replace


class State(StrEnum):
    WAITING = "waiting"
    EXPIRED = "expired"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    TO_INVOICE = "to_invoice"
    CLOSED = "closed"
    FINISHED = "finished"


class Mission(Struct, frozen=True):
    """`noted` are all works ever noted; `invoices` those that stand, `cancelled` the others.

    `closed` ends it before all was done. `undone` are the answers and closures taken back.
    """

    issued: IssuedQuote
    answer: Answer | None = None
    closed: MissionClosed | None = None
    undone: tuple[AnswerWithdrawn | ClosureWithdrawn, ...] = ()
    noted: tuple[Work, ...] = ()
    withdrawn: frozenset[int] = frozenset()
    invoices: tuple[MissionInvoice, ...] = ()
    cancelled: tuple[MissionInvoice, ...] = ()

    @property
    def number(self) -> str:
        return self.issued.number

    @property
    def is_accepted(self) -> bool:
        return self.answer is not None and self.answer.accepted

    @property
    def accepted(self) -> Mapping[str, int]:
        """Half-days by category of the quote."""
        quantities: dict[str, int] = {}
        for line in self.issued.quote.lines:
            quantities[line.category] = quantities.get(line.category, 0) + line.half_days
        return quantities

    @property
    def committed(self) -> Mapping[str, int]:
        """Half-days by category that agents did or still have to do: those of the quote, but only
        those done once it is closed."""
        if self.closed is None:
            return self.accepted
        done = totals(self.works)
        return {category: done.get(category, 0) for category in self.accepted}

    @property
    def released(self) -> Mapping[str, int]:
        """Half-days by category that nobody will do, the mission being closed."""
        kept = self.committed
        return {c: n - kept[c] for c, n in self.accepted.items() if n > kept[c]}

    @property
    def works(self) -> tuple[Work, ...]:
        """The works that count."""
        return tuple(work for work in self.noted if work.rank not in self.withdrawn)

    @property
    def billed(self) -> Mapping[int, str]:
        """The standing invoice of each work, by its rank."""
        return {rank: invoice.number for invoice in self.invoices for rank in invoice.work.ranks}

    @property
    def unbilled(self) -> tuple[Work, ...]:
        return tuple(work for work in self.works if work.rank not in self.billed)

    @property
    def waiting(self) -> tuple[Work, ...]:
        """The works to invoice: those never billed."""
        return tuple(work for work in self.unbilled if work.rank not in self.freed)

    @property
    def to_invoice(self) -> Decimal:
        return self.bill(self.waiting).amount if self.waiting else ZERO

    @property
    def overbilled(self) -> tuple[str, ...]:
        """The standing invoices that bill a work withdrawn since."""
        return tuple(
            dict.fromkeys(n for rank, n in sorted(self.billed.items()) if rank in self.withdrawn)
        )

    @property
    def freed(self) -> frozenset[int]:
        """The works of invoices wholly credited since."""
        return frozenset(rank for invoice in self.cancelled for rank in invoice.work.ranks)

    def state(self, day: date) -> State:
        if self.answer is None:
            expired = day > self.issued.quote.valid_until
            return State.EXPIRED if expired else State.WAITING
        if not self.answer.accepted:
            return State.DECLINED
        if self.waiting:
            return State.TO_INVOICE
        if self.closed is not None:
            return State.CLOSED
        return State.FINISHED if totals(self.works) == self.accepted else State.ACCEPTED

    def is_open(self, day: date) -> bool:
        """Whether an answer, work or an invoice is still to come."""
        return self.state(day) in (State.WAITING, State.ACCEPTED, State.TO_INVOICE)

    def bill(self, works: tuple[Work, ...]) -> BilledWork:
        """What works of this quote come to; raises Refusal where nobody accepted it, as a register
        that was tampered with may say."""
        if self.answer is None:
            raise Refusal("missions.not_accepted", number=self.number)
        return bill_works(self.issued.quote, self.answer.day, works)


class Missions:
    """The missions of a register, as its records are taken in one after the other."""

    def __init__(self, records: Iterable[object] = ()) -> None:
        self.by_quote: dict[str, Mission] = {}
        self._worth: dict[str, Decimal] = {}
        self._quotes: dict[str, str] = {}
        for record in records:
            self.take(record)

    def take(self, record: object) -> None:
        """Follow a record that the rules let through; one of no mission changes nothing."""
        if isinstance(record, IssuedQuote):
            self.by_quote[record.number] = Mission(record)
        elif isinstance(record, Answer):
            self._change(record.quote, answer=record)
        elif isinstance(record, AnswerWithdrawn):
            self._change(record.quote, answer=None, undone=self._undone(record))
        elif isinstance(record, MissionClosed):
            self._change(record.quote, closed=record)
        elif isinstance(record, ClosureWithdrawn):
            self._change(record.quote, closed=None, undone=self._undone(record))
        elif isinstance(record, WorkDone):
            self._change(record.quote, noted=(*self._noted(record.quote), record.work))
        elif isinstance(record, WorkWithdrawn):
            before = self.by_quote.get(record.quote)
            if before is not None:
                self._change(record.quote, withdrawn=before.withdrawn | {record.rank})
        elif isinstance(record, MissionInvoice):
            self._invoice(record)
        elif isinstance(record, CreditNote) and record.refers_to in self._quotes:
            self._credit(record)

    @property
    def communes(self) -> dict[str, str]:
        """The INSEE code of the commune of each quote that was not declined."""
        return {
            number: mission.issued.commune.code_insee
            for number, mission in self.by_quote.items()
            if mission.answer is None or mission.answer.accepted
        }

    def of(self, number: str) -> Mission:
        """Raises Refusal, with the nearest numbers, when there is no such quote."""
        mission = self.by_quote.get(number)
        if mission is None:
            if not self.by_quote:
                raise Refusal("missions.no_quote", number=number)
            last = ", ".join(list(self.by_quote)[-3:])
            guess = did_you_mean(nearest_numbers(number, self.by_quote))
            raise Refusal("missions.unknown_quote", number=number, last=last, guess=guess)
        return mission

    def _noted(self, number: str) -> tuple[Work, ...]:
        mission = self.by_quote.get(number)
        return () if mission is None else mission.noted

    def _undone(
        self, record: AnswerWithdrawn | ClosureWithdrawn
    ) -> tuple[AnswerWithdrawn | ClosureWithdrawn, ...]:
        mission = self.by_quote.get(record.quote)
        return (record,) if mission is None else (*mission.undone, record)

    def _change(self, number: str, **changes: object) -> None:
        if number in self.by_quote:
            self.by_quote[number] = replace(self.by_quote[number], **changes)  # type: ignore[arg-type]

    def _invoice(self, invoice: MissionInvoice) -> None:
        self._quotes[invoice.number] = invoice.work.quote
        self._worth[invoice.number] = invoice.amount
        mission = self.by_quote.get(invoice.work.quote)
        if mission is not None:
            self._change(mission.number, invoices=(*mission.invoices, invoice))

    def _credit(self, credit: CreditNote) -> None:
        """An invoice of works stands until its credit notes leave nothing of it."""
        number = credit.refers_to
        self._worth[number] += credit.amount
        mission = self.by_quote.get(self._quotes[number])
        if mission is not None and self._worth[number] <= ZERO:
            gone = tuple(d for d in mission.invoices if d.number == number)
            left = tuple(d for d in mission.invoices if d.number != number)
            self._change(mission.number, invoices=left, cancelled=(*mission.cancelled, *gone))
