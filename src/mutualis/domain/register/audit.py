"""What the documents of the register prove when they are read again: pure checks, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.french.typography import euros, short_date
from mutualis.domain.invoices.document import Batch, Document
from mutualis.domain.kinds import INVOICE, MISSION
from mutualis.domain.missions.mission import Missions
from mutualis.domain.missions.rules import check_record
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.records import Numbered, Record, Titre
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.requests.meeting_rules import check_meeting


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong with an entry: its place in the register, its number, why."""

    seq: int
    number: str | None
    why: str

    @property
    def text(self) -> str:
        name = f" ({self.number})" if self.number else ""
        return f"ligne {self.seq}{name} : {self.why}"


def audit(records: Sequence[tuple[int, Record]]) -> Iterator[Finding]:
    """Findings over the records, each with its place, in register order."""
    state = _State()
    for seq, record in records:
        if isinstance(record, Batch):
            yield from state.batch(seq, record)
        elif isinstance(record, Document):
            yield from state.document(seq, record)
        elif isinstance(record, IssuedQuote):
            yield from state.quote(seq, record)
        elif isinstance(record, Titre) and record.invoice not in state.invoices:
            yield Finding(seq, record.invoice, "titre d'une facture qui n'existe pas avant")
        elif isinstance(record, Meeting):
            yield from state.meeting(seq, record)
        yield from state.mission(seq, record)
    yield from state.end()


class _State:
    """What the records read so far imply for the next ones."""

    def __init__(self) -> None:
        self.ranks: dict[str, int] = {}
        self.invoices: dict[str, Document] = {}
        self.remaining: dict[str, Decimal] = {}
        self.numbers: dict[tuple[int, str, str], list[str]] = {}
        self.batches: dict[tuple[int, int], tuple[int, Batch]] = {}
        self.in_batch: dict[tuple[int, int], int] = {}
        self.missions = Missions()
        self.meetings: list[Meeting] = []
        self.last: dict[str, Numbered] = {}

    def batch(self, seq: int, batch: Batch) -> Iterator[Finding]:
        rank = 1 + sum(year == batch.year for year, _ in self.batches)
        if batch.rank != rank:
            yield Finding(seq, None, f"lot {batch.rank} de {batch.year} au lieu du lot {rank}")
        self.batches[batch.year, batch.rank] = (seq, batch)

    def document(self, seq: int, document: Document) -> Iterator[Finding]:
        yield from self.number(seq, document, "facturation")
        yield from (self.invoice if document.kind == INVOICE else self.credit)(seq, document)

    def quote(self, seq: int, quote: IssuedQuote) -> Iterator[Finding]:
        yield from self.number(seq, quote, "devis")

    def number(self, seq: int, document: Numbered, order: str) -> Iterator[Finding]:
        """The rank follows its series, the number its format, the date its `order`."""
        number = document.number
        rank = self.ranks.get(document.series, 0) + 1
        self.ranks[document.series] = document.rank
        if document.rank != rank:
            why = f"rang {document.rank} au lieu de {rank} dans la série {document.series}"
            yield Finding(seq, number, why)
        expected = document.issuer.number(document.kind, document.year, document.rank)
        if number != expected:
            yield Finding(seq, number, f"numéro {number} au lieu de {expected}")
        last = self.last.get(order)
        if last is not None and document.act.day < last.act.day:
            why = f"datée du {short_date(document.act.day)}, avant {last.number}"
            yield Finding(seq, number, why)
        self.last[order] = document

    def mission(self, seq: int, record: Record) -> Iterator[Finding]:
        """What the record does to its mission is allowed by the rules that commands obey."""
        try:
            check_record(self.missions, record)
        except Refusal as refusal:
            number = getattr(record, "number", getattr(record, "quote", None))
            why = refusal.message.removesuffix(".").replace(" : rien n'a été noté", "")
            yield Finding(seq, number, why.replace(", rien n'a été noté", ""))
        self.missions.take(record)

    def meeting(self, seq: int, meeting: Meeting) -> Iterator[Finding]:
        """Its ranking is what its criteria and its requests give, as when it was published."""
        try:
            check_meeting(meeting, self.meetings)
        except Refusal as refusal:
            why = refusal.message.removesuffix(".").replace(" : rien n'a été publié", "")
            yield Finding(seq, None, why)
        self.meetings.append(meeting)

    def invoice(self, seq: int, invoice: Document) -> Iterator[Finding]:
        number, place = invoice.number, (invoice.year, invoice.batch)
        computed = invoice.computed
        if computed is None or computed[0] != invoice.amount:
            again = "aucun prix" if computed is None else euros(computed[0])
            why = f"{euros(invoice.amount)} au lieu de {again} d'après son propre calcul"
            yield Finding(seq, number, why)
        elif computed[1] != invoice.explanation:
            yield Finding(seq, number, "l'explication n'est pas celle du calcul")
        if place not in self.batches:
            yield Finding(seq, number, f"lot {invoice.batch} de {invoice.year} absent")
        elif not _agrees(invoice, self.batches[place][1]):
            yield Finding(seq, number, "la date, l'exercice ou le produit n'est pas de son lot")
        if (invoice.work is not None) != (invoice.product == MISSION):
            yield Finding(seq, number, f"« {invoice.product} » ne va pas avec ce qui est facturé")
        self.in_batch[place] = self.in_batch.get(place, 0) + 1
        if invoice.refers_to is not None and invoice.refers_to not in self.invoices:
            yield Finding(seq, number, f"complète {invoice.refers_to}, qui n'existe pas avant")
        key = (invoice.year, invoice.product, invoice.commune.code_insee)
        others = [other for other in self.numbers.get(key, []) if self.remaining[other] > 0]
        if others and invoice.refers_to is None and invoice.work is None:
            why = f"{invoice.commune.name} est déjà facturée par {others[0]}"
            yield Finding(seq, number, why)
        self.numbers.setdefault(key, []).append(number)
        self.invoices[number] = invoice
        self.remaining[number] = invoice.amount

    def credit(self, seq: int, credit: Document) -> Iterator[Finding]:
        if credit.refers_to not in self.invoices:
            why = f"avoir sur {credit.refers_to}, qui n'existe pas avant"
            yield Finding(seq, credit.number, why)
            return
        invoice = self.invoices[credit.refers_to]
        if (credit.commune, credit.product, credit.year, credit.work) != (
            invoice.commune,
            invoice.product,
            invoice.year,
            invoice.work,
        ):
            yield Finding(seq, credit.number, f"avoir qui n'est pas celui de {invoice.number}")
        if not credit.reason:
            yield Finding(seq, credit.number, "avoir sans motif")
        self.remaining[credit.refers_to] += credit.amount
        if credit.amount >= 0:
            yield Finding(seq, credit.number, "avoir d'un montant qui n'est pas négatif")
        elif self.remaining[credit.refers_to] < 0:
            why = f"avoir supérieur à ce qui reste de {credit.refers_to}"
            yield Finding(seq, credit.number, why)

    def end(self) -> Iterator[Finding]:
        """A batch that has lost invoices: the end of the register was cut within it."""
        for place, (seq, batch) in self.batches.items():
            found = self.in_batch.get(place, 0)
            if batch.invoices is not None and batch.invoices != found:
                why = f"lot {batch.rank} de {batch.year} : {found} factures sur {batch.invoices}"
                yield Finding(seq, None, why)


def _agrees(invoice: Document, batch: Batch) -> bool:
    return (invoice.act, invoice.exercice, invoice.product) == (
        batch.act,
        batch.exercice,
        batch.product,
    )
