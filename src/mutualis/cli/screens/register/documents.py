"""What the register holds, on the screen and to other programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import euros, long_date, number, short_date
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import Invoice, MembershipInvoice
from mutualis.domain.kinds import Kind
from mutualis.domain.money import plain
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Numbered
from mutualis.domain.requests.meeting import Meeting

KINDS = {Kind.INVOICE: "facture", Kind.CREDIT: "avoir", Kind.QUOTE: "devis"}


def list_answer(ledger: Ledger) -> dict[str, Any]:
    """The JSON contract of `register list`."""
    return {
        "documents": [entry(document) for document in ledger.numbered],
        "meetings": [_meeting(meeting) for meeting in ledger.meetings],
    }


def show_list(ledger: Ledger) -> None:
    if not ledger.numbered and not ledger.meetings:
        console.show("Le registre est vide.")
        console.show_next("mutualis bill ANNÉE --issue")
    if ledger.numbered:
        _show_documents(ledger)
    if ledger.meetings:
        _show_meetings(ledger)


def _show_documents(ledger: Ledger) -> None:
    console.show_table(
        ("Numéro", "Document", "Date", "Commune", "Montant", "Reste"),
        [
            (
                document.number,
                _what(document),
                short_date(document.act.day),
                f"{document.commune.name} ({document.commune.code_insee})",
                euros(document.amount),
                _remaining(document, ledger),
            )
            for document in ledger.numbered
        ],
        right=(4, 5),
    )


def _show_meetings(ledger: Ledger) -> None:
    console.show_table(
        ("Séance", "Année", "Publiée le", "Planifiées", "Non planifiées", "Écarts", "Corrections"),
        [
            (
                short_date(meeting.day),
                str(meeting.year),
                short_date(meeting.act.day),
                number(len(meeting.outcome.planned)),
                number(len(meeting.outcome.refused)),
                number(len(meeting.departures)),
                number(ledger.versions(*meeting.key) - 1),
            )
            for meeting in ledger.meetings
        ],
        right=(3, 4, 5, 6),
    )


def _what(document: Numbered) -> str:
    if not document.refers_to:
        return KINDS[document.kind]
    link = "sur" if isinstance(document, CreditNote) else "complète"
    return f"{KINDS[document.kind]} {link} {document.refers_to}"


def _remaining(document: Numbered, ledger: Ledger) -> str:
    return euros(ledger.remaining(document.number)) if isinstance(document, Invoice) else ""


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "date": meeting.day.isoformat(),
        "year": meeting.year,
        "published": meeting.act.day.isoformat(),
        "planned": len(meeting.outcome.planned),
        "refused": len(meeting.outcome.refused),
        "departures": len(meeting.departures),
        "correction": meeting.correction or None,
    }


def entry(document: Numbered) -> dict[str, Any]:
    return {
        "number": document.number,
        "kind": document.kind,
        "date": document.act.day.isoformat(),
        "code_insee": document.commune.code_insee,
        "commune": document.commune.name,
        "amount": plain(document.amount),
        "refers_to": document.refers_to,
    }


def answer(document: Document, ledger: Ledger) -> dict[str, Any]:
    """The JSON contract of `register show`."""
    credit = document if isinstance(document, CreditNote) else None
    work = None if isinstance(document, MembershipInvoice) else document.work
    signatory = document.signatory
    titre = ledger.titre_of(document.number)
    return {
        **entry(document),
        "year": document.year,
        "exercice": document.exercice,
        "series": document.series,
        "batch": document.batch,
        "product": document.product,
        "quote": None if work is None else work.quote,
        "siren": document.commune.siren,
        "level": document.level.code,
        "population": document.population,
        "population_basis": document.basis.value,
        "explanation": document.explanation,
        "act": document.grid_act,
        "signatory": None if signatory is None else f"{signatory.name}, {signatory.capacity}",
        "operator": document.act.operator,
        "program": document.act.program,
        "inputs": document.act.inputs,
        "reason": "" if credit is None else credit.reason,
        "accounting": "" if credit is None else credit.effect,
        "remaining": plain(ledger.remaining(document.number)) if credit is None else None,
        "titre": None
        if titre is None
        else {"number": titre.titre, "exercice": titre.exercice, "bordereau": titre.bordereau},
        "credits": [
            {"number": after.number, "amount": plain(after.amount)}
            for after in _after(document, ledger)
            if isinstance(after, CreditNote)
        ],
    }


def show(document: Document, ledger: Ledger) -> None:
    """A document as it was issued, and what happened to it since."""
    kind = KINDS[document.kind].capitalize()
    console.show(f"{kind} {document.number} du {long_date(document.act.day)}", "bold")
    signatory = document.signatory
    rows = [
        ("Débiteur", f"{document.commune.name} ({document.commune.code_insee})"),
        ("SIREN", document.commune.siren),
        ("Objet", document.subject),
        ("Année facturée", str(document.year)),
        ("Exercice", str(document.exercice)),
        ("Montant", euros(document.amount)),
        ("Calcul", document.explanation),
        ("Délibération", document.grid_act),
        ("Signataire", "" if signatory is None else f"{signatory.name}, {signatory.capacity}"),
        ("Émis par", f"{document.act.operator} (mutualis {document.act.program})"),
        *_links(document, ledger),
    ]
    if isinstance(document, Invoice):
        rows.append(("Reste dû", euros(ledger.remaining(document.number))))
    console.show_table((), rows)


def show_rendered(files: Sequence[str], folder: Path) -> None:
    console.show_files(files, folder)
    if not any(file.endswith(".pdf") for file in files):
        console.show("Son PDF était déjà là et n'a pas été touché : --pdf le remplace.")


def _links(document: Document, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Its titre, what it refers to, what refers to it."""
    titre = ledger.titre_of(document.number)
    if titre is not None:
        yield "Titre", f"n° {titre.titre}, exercice {titre.exercice}"
    if isinstance(document, CreditNote):
        yield "Annule", f"{document.refers_to} : {document.reason}"
        yield "Comptabilité", document.effect
    elif document.refers_to:
        yield "Complète", document.refers_to
    after = _after(document, ledger)
    for more in after:
        if isinstance(more, Invoice):
            yield "Complétée par", f"{more.number} : {euros(more.amount)}"
    for credit in after:
        if isinstance(credit, CreditNote):
            yield "Annulée par", f"{credit.number} : {euros(credit.amount)}, {credit.reason}"


def _after(document: Document, ledger: Ledger) -> list[Document]:
    """What corrects it or adds to it."""
    return [other for other in ledger.documents if other.refers_to == document.number]
