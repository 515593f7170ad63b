"""The import files of the finance software: what awaits its titre, what takes off titres."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from mutualis.domain.french import accounting as french
from mutualis.domain.french.memberships import DEFERRED
from mutualis.domain.invoices.credit_note import CreditNote, Document, NegativeStatement
from mutualis.domain.invoices.invoice import Statement
from mutualis.domain.issuer.export_fields import ExportLine, Value, fields_of
from mutualis.domain.kinds import ExportKind, Nature, Product
from mutualis.domain.register.accounting import (
    CreditEntry,
    TitreState,
    entry_of,
    is_deferred,
    remises_of,
    subject_of,
    titre_amount,
    titre_state,
    titre_vat,
    to_enter,
)
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Exported, Titre
from mutualis.domain.value import Struct

Row = Mapping[str, Value]
_NATURES = {
    CreditEntry.REDUCED: "réduction",
    CreditEntry.CANCELLED: "annulation",
    CreditEntry.CLOSED: "mandat",
    CreditEntry.REMISE: "remise",
}


def awaiting_titre(ledger: Ledger, *, again: bool = True) -> Iterator[Row]:
    """The invoices that have no titre yet, each at what its titre is for, then its remises: rows
    of their own, below zero, that add up with it to what remains due. Without `again`, those that
    were not exported yet."""
    for invoice in ledger.invoices:
        state, amount = titre_state(invoice, ledger), titre_amount(invoice, ledger)
        if state is TitreState.AWAITED or (again and state is TitreState.EXPORTED and amount > 0):
            yield _row(ledger, invoice, amount, vat=titre_vat(invoice, ledger))
            for credit in remises_of(invoice, ledger):
                if ledger.titre_of(credit.number) is None:
                    yield _row(ledger, credit, credit.amount, nature=Nature.REMISE)


def taking_off(ledger: Ledger, *, again: bool = True) -> Iterator[Row]:
    """The credits that titres must be told, each at its own amount, with the titre that it takes
    off; without `again`, those that were not exported yet."""
    for credit in to_enter(ledger):
        if again or ledger.finance.exported(credit.number) is None:
            titre = ledger.titre_of(credit.refers_to)
            yield _row(ledger, credit, credit.amount, entry=entry_of(credit, ledger), undone=titre)


_ROWS: Mapping[ExportKind, Callable[..., Iterator[Row]]] = {
    ExportKind.TITRES: awaiting_titre,
    ExportKind.REDUCTIONS: taking_off,
}


class ToExport(Struct, frozen=True):
    """The rows to hand over; `repeats` is the export that they were in already, if they are but
    that one again. `unanswered` are the documents that it leaves out: exported, titre not known.
    """

    rows: tuple[Row, ...]
    repeats: Exported | None
    unanswered: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(str(row["number"]) for row in self.rows)


def to_export(what: ExportKind, ledger: Ledger, *, again: bool = False) -> ToExport:
    """What was not exported yet, or with `again` all that awaits an answer.

    The last export typed once more is the same rows, not new ones: when nothing is new since and
    none of its documents was answered, or when `again` gives what it gave.
    """
    rows = tuple(_ROWS[what](ledger, again=again))
    exports = ledger.finance.exports(what)
    repeats = None
    if exports:
        last = exports[-1]
        before = Ledger(ledger.finance.before(last))
        same = tuple(row for row in _ROWS[what](before) if row["number"] in last.documents)
        is_answered = any(number in ledger.finance.last for number in last.documents)
        if (again and rows == same) or not (rows or again or is_answered):
            rows, repeats = same, last
    given = {row["number"] for row in rows}
    waiting = (str(row["number"]) for row in _ROWS[what](ledger))
    left = tuple(n for n in waiting if n not in given and n in ledger.finance.unanswered)
    return ToExport(rows, repeats, left)


def all_documents(ledger: Ledger) -> Iterator[Row]:
    """Every invoice and credit note, at its own amount, with its own titre or mandat if known."""
    for document in ledger.documents:
        if isinstance(document, Statement | NegativeStatement):
            continue
        nature = ledger.natures.get(document.number)
        titre = ledger.titre_of(document.number)
        number = titre.titre if titre is not None else ""
        undone = ledger.titre_of(document.refers_to) if isinstance(document, CreditNote) else None
        yield _row(ledger, document, document.amount, number, nature, undone=undone)


def withheld(ledger: Ledger) -> Iterator[Row]:
    """The fees withheld from the attribution de compensation, each followed by what takes off it:
    together, what is left to withhold. Those of registers of before have no number."""
    for statement in ledger.statements:
        yield _row(ledger, statement, statement.amount)
        for credit in ledger.credits_of(statement.number):
            yield _row(ledger, credit, credit.amount, nature=ledger.natures[credit.number])


def _row(
    ledger: Ledger,
    document: Document,
    amount: Decimal,
    titre: str = "",
    nature: Nature | None = None,
    entry: CreditEntry | None = None,
    undone: Titre | None = None,
    vat: Decimal | None = None,
) -> Row:
    is_remise = nature is Nature.REMISE or entry is CreditEntry.REMISE
    subject = subject_of(document, ledger)
    if is_remise:
        subject = french.remise_on(subject, document.refers_to or "")
    if entry is not None and undone is not None:
        subject = french.undoing(subject, undone.titre, undone.exercice)
    return fields_of(
        ExportLine(
            exercice=document.exercice,
            nature=_NATURES[entry] if entry else _nature(document, is_remise=is_remise),
            number=""
            if isinstance(document, Statement) and not document.is_numbered
            else document.number,
            day=document.act.day,
            year=document.year,
            commune=document.commune,
            subject=subject,
            account=_account(document, is_remise=is_remise, is_closed=entry is CreditEntry.CLOSED),
            amount=amount,
            titre=titre,
            undone="" if undone is None else undone.titre,
            vat=document.vat if vat is None else vat,
        )
    )


def _nature(document: Document, *, is_remise: bool) -> str:
    if is_remise:
        return Nature.REMISE
    if isinstance(document, NegativeStatement):
        nature = "rectification de retenue sur AC"
    elif isinstance(document, Statement):
        nature = "retenue sur AC"
    else:
        nature = "avoir" if isinstance(document, CreditNote) else "facture"
    return f"{nature}, {DEFERRED}" if is_deferred(document) else nature


def _account(document: Document, *, is_remise: bool, is_closed: bool) -> str:
    if is_remise or is_closed:
        return document.issuer.account("remise" if is_remise else "cancelled")
    is_membership = document.product == Product.MEMBERSHIP
    return document.issuer.account("membership" if is_membership else "half_days")
