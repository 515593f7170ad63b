"""A mission: an issued quote and what became of it, followed record by record.

The rules that a command obeys when it adds a record are those that `verify` checks again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mutualis.domain.money import ZERO
from mutualis.domain.quotes import MOST_HALF_DAYS
from mutualis.domain.records import (
    CREDIT,
    Answer,
    Document,
    IssuedQuote,
    Record,
    WorkDone,
    WorkWithdrawn,
)
from mutualis.domain.refusals import Refusal
from mutualis.domain.typography import count, long_date
from mutualis.domain.works import BilledWork, Work, bill_works, totals


class State(StrEnum):
    WAITING = "en attente"
    EXPIRED = "expiré"
    DECLINED = "refusé"
    ACCEPTED = "accepté"
    TO_INVOICE = "à facturer"
    FINISHED = "terminé"


@dataclass(frozen=True, slots=True)
class Mission:
    """`noted` are all works ever noted; `invoices` those that stand, `cancelled` the others."""

    issued: IssuedQuote
    answer: Answer | None = None
    noted: tuple[Work, ...] = ()
    withdrawn: frozenset[int] = frozenset()
    invoices: tuple[Document, ...] = ()
    cancelled: tuple[Document, ...] = ()

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
    def works(self) -> tuple[Work, ...]:
        """The works that count."""
        return tuple(work for work in self.noted if work.rank not in self.withdrawn)

    @property
    def billed(self) -> Mapping[int, str]:
        """The standing invoice of each work, by its rank."""
        return {
            rank: invoice.number
            for invoice in self.invoices
            if invoice.work is not None
            for rank in invoice.work.ranks
        }

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
        return frozenset(
            rank
            for invoice in self.cancelled
            if invoice.work is not None
            for rank in invoice.work.ranks
        )

    def state(self, day: date) -> State:
        if self.answer is None:
            expired = day > self.issued.quote.valid_until
            return State.EXPIRED if expired else State.WAITING
        if not self.answer.accepted:
            return State.DECLINED
        if self.waiting:
            return State.TO_INVOICE
        return State.FINISHED if totals(self.works) == self.accepted else State.ACCEPTED

    def bill(self, works: tuple[Work, ...]) -> BilledWork:
        """What works of this accepted quote come to."""
        if self.answer is None:
            raise AssertionError(f"{self.number} has no answer")
        return bill_works(self.issued.quote, self.answer.day, works)


class Missions:
    """The missions of a register, as its records are taken in one after the other."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.by_quote: dict[str, Mission] = {}
        self._worth: dict[str, Decimal] = {}
        self._quotes: dict[str, str] = {}
        for record in records:
            self.take(record)

    def take(self, record: Record) -> None:
        """Follow a record that `check` lets through; one of no mission changes nothing."""
        if isinstance(record, IssuedQuote):
            self.by_quote[record.number] = Mission(record)
        elif isinstance(record, Answer):
            self._change(record.quote, answer=record)
        elif isinstance(record, WorkDone):
            self._change(record.quote, noted=(*self._noted(record.quote), record.work))
        elif isinstance(record, WorkWithdrawn):
            before = self.by_quote.get(record.quote)
            if before is not None:
                self._change(record.quote, withdrawn=before.withdrawn | {record.rank})
        elif isinstance(record, Document):
            self._document(record)

    def check(self, record: Record) -> None:
        """Raises Refusal when a record breaks the rules of its mission."""
        day = record.act.day
        if isinstance(record, IssuedQuote):
            check_prices(record)
        elif isinstance(record, Answer):
            check_answer(self.of(record.quote), record.accepted, record.day, day)
        elif isinstance(record, WorkDone):
            check_work(self.of(record.quote), record.work, day)
        elif isinstance(record, WorkWithdrawn):
            check_withdrawal(self.of(record.quote), record.rank)
        elif isinstance(record, Document) and record.work is not None and record.kind != CREDIT:
            check_billed(self.of(record.work.quote), record, record.work)

    def of(self, number: str) -> Mission:
        """Raises Refusal, with the nearest numbers, when there is no such quote."""
        mission = self.by_quote.get(number)
        if mission is None:
            last = ", ".join(list(self.by_quote)[-3:])
            known = f" Derniers devis : {last}." if last else " Aucun devis n'est enregistré."
            raise Refusal(f"Aucun devis {number} dans le registre.{known}", "mutualis quotes list")
        return mission

    def _noted(self, number: str) -> tuple[Work, ...]:
        mission = self.by_quote.get(number)
        return () if mission is None else mission.noted

    def _change(self, number: str, **changes: object) -> None:
        if number in self.by_quote:
            self.by_quote[number] = replace(self.by_quote[number], **changes)  # type: ignore[arg-type]

    def _document(self, document: Document) -> None:
        """An invoice of works stands until its credit notes leave nothing of it."""
        if document.work is not None and document.kind != CREDIT:
            self._quotes[document.number] = document.work.quote
            self._worth[document.number] = document.amount
            mission = self.by_quote.get(document.work.quote)
            if mission is not None:
                self._change(mission.number, invoices=(*mission.invoices, document))
        elif document.refers_to in self._quotes:
            number = document.refers_to
            self._worth[number] += document.amount
            mission = self.by_quote.get(self._quotes[number])
            if mission is not None and self._worth[number] <= ZERO:
                gone = tuple(d for d in mission.invoices if d.number == number)
                left = tuple(d for d in mission.invoices if d.number != number)
                self._change(mission.number, invoices=left, cancelled=(*mission.cancelled, *gone))


def check_prices(issued: IssuedQuote) -> None:
    """Raises Refusal when a price is not the one of the quote's own grid."""
    quote = issued.quote
    level = quote.grid.on_quote
    for line in quote.lines:
        if level is None or level.half_day.get(line.category) != line.unit_price:
            raise Refusal(
                f"le prix de la catégorie {line.category} n'est pas celui de la grille "
                f"{quote.grid.year}"
            )


def check_answer(mission: Mission, accepted: bool, day: date, today: date) -> None:
    """Raises Refusal for a second answer, and for an acceptance out of the quote's validity."""
    number, quote = mission.number, mission.issued.quote
    if mission.answer is not None:
        what = "accepté" if mission.answer.accepted else "refusé"
        raise Refusal(
            f"Le devis {number} a déjà été {what} le {long_date(mission.answer.day)} : rien n'a "
            "été noté.",
            f"mutualis quotes show {number} ; pour d'autres travaux, un nouveau devis",
        )
    if day > today:
        raise Refusal(
            f"La réponse du {long_date(day)} est à venir : rien n'a été noté.",
            "donner la date de la réponse de la commune (--date)",
        )
    if day < quote.issued_on:
        raise Refusal(
            f"La réponse du {long_date(day)} précède le devis {number} du "
            f"{long_date(quote.issued_on)} : rien n'a été noté.",
            "donner la date de la réponse de la commune (--date)",
        )
    if accepted and day > quote.valid_until:
        raise Refusal(
            f"Le devis {number} a expiré le {long_date(quote.valid_until)} : il ne peut plus être "
            f"accepté le {long_date(day)}.",
            "établir un nouveau devis (mutualis quote) ; si la commune a répondu avant, donner la "
            "date de sa réponse (--date)",
        )


def check_work(mission: Mission, work: Work, today: date) -> None:
    """Raises one Refusal for all that is wrong with half-days to be noted."""
    number = mission.number
    answer = mission.answer
    if answer is None or not answer.accepted:
        state = "n'est pas encore accepté" if answer is None else "a été refusé"
        raise Refusal(
            f"Le devis {number} {state} : rien n'a été noté.",
            f"noter d'abord l'accord de la commune : mutualis quotes accept {number}"
            if answer is None
            else "établir un nouveau devis (mutualis quote)",
        )
    wrong = []
    if work.day > today:
        wrong.append(f"la date du {long_date(work.day)} est à venir")
    if work.day < answer.day:
        wrong.append(
            f"le {long_date(work.day)} précède l'accord de la commune, du {long_date(answer.day)}"
        )
    accepted, done = mission.accepted, totals(mission.works)
    for category, quantity in work.half_days.items():
        left = accepted.get(category, 0) - done.get(category, 0)
        if category not in accepted:
            known = ", ".join(accepted)
            wrong.append(f"le devis n'a pas de catégorie « {category} » (catégories : {known})")
        elif not 1 <= quantity <= MOST_HALF_DAYS:
            wrong.append(f"catégorie {category} : {quantity} n'est pas un nombre de demi-journées")
        elif quantity > left:
            wrong.append(
                f"catégorie {category} : {count(quantity, 'demi-journée')}, alors qu'il en reste "
                f"{max(left, 0)} sur les {accepted[category]} acceptées"
            )
    if work.rank != len(mission.noted) + 1:
        wrong.append(f"rang {work.rank} au lieu de {len(mission.noted) + 1}")
    if wrong:
        raise Refusal(
            f"Devis {number}, rien n'a été noté :\n  " + "\n  ".join(wrong) + ".",
            "corriger la date, la catégorie ou le nombre ; au-delà de ce qui est accepté, un "
            "nouveau devis (mutualis quote)",
        )


def check_withdrawal(mission: Mission, rank: int) -> None:
    """Raises Refusal when the mission has no such work, or not any more."""
    known = [work.rank for work in mission.works]
    if rank not in known:
        ranks = ", ".join(map(str, known)) or "aucun"
        raise Refusal(
            f"Le devis {mission.number} n'a pas de travail n° {rank} à retirer (travaux notés : "
            f"{ranks}).",
            f"mutualis quotes show {mission.number}",
        )


def check_billed(mission: Mission, invoice: Document, billed: BilledWork) -> None:
    """Raises Refusal when an invoice is not that of works done, unbilled and accepted."""
    unbilled = {work.rank: work for work in mission.unbilled}
    if not mission.is_accepted or any(unbilled.get(work.rank) != work for work in billed.works):
        raise Refusal(
            f"facture des demi-journées du devis {mission.number} qui ne sont pas à facturer"
        )
    if mission.bill(billed.works) != billed:
        raise Refusal(f"les lignes ne sont pas celles du devis {mission.number}")
    standing = [work for one in mission.invoices if one.work for work in one.work.works]
    for category, quantity in totals([*standing, *billed.works]).items():
        if quantity > mission.accepted[category]:
            raise Refusal(
                f"{quantity} demi-journées {category} facturées sur le devis {mission.number}, "
                f"pour {mission.accepted[category]} acceptées"
            )
    last = max(work.day for work in billed.works)
    if invoice.act.day < last:
        raise Refusal(f"datée avant les demi-journées du {long_date(last)}")
    grid = mission.issued.quote.grid
    if (invoice.year, invoice.level, invoice.grid_act) != (
        mission.issued.year,
        grid.on_quote,
        grid.act,
    ):
        raise Refusal(f"l'année, le niveau ou la délibération n'est pas du devis {mission.number}")
