"""What the register holds, on the screen and to other programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.screens.register import titres as titres_screen
from mutualis.cli.terminal import console
from mutualis.documents.costs.words import heading
from mutualis.documents.wording.account import effect_on_claim, name_of
from mutualis.domain.french.typography import euros, number, short_date
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, MembershipDocument
from mutualis.domain.money import plain
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Numbered
from mutualis.domain.requests.meeting import Meeting
from mutualis.workflows.register_list import Listed


def list_answer(listed: Listed) -> dict[str, Any]:
    """The JSON contract of `register list`."""
    return {
        "documents": [entry(document, listed.ledger) for document in listed.documents],
        "meetings": [_meeting(meeting) for meeting in listed.meetings],
        "costs": [
            {"year": x.year, "kind": x.kind.value, "published": x.act.day.isoformat()}
            for x in listed.costs
        ],
    }


def show_list(listed: Listed) -> None:
    if listed.documents:
        _show_documents(listed.documents, listed.ledger)
    elif listed.is_narrowed:
        console.show("Aucun document ne répond à cette demande.")
        console.show_next("mutualis register list, pour tout voir")
    elif not (listed.meetings or listed.costs):
        console.show("Le registre est vide.")
        console.show_next("mutualis bill ANNÉE --issue")
    if listed.meetings:
        _show_meetings(listed)
    if listed.costs:
        console.show_table(
            ("Coûts publiés", "Publié le"),
            [(heading(paper), short_date(paper.act.day)) for paper in listed.costs],
        )


def _show_documents(documents: Sequence[Numbered], ledger: Ledger) -> None:
    rows = [
        (
            document.number,
            _what(document, ledger) + _titre(document, ledger),
            short_date(document.act.day),
            f"{document.commune.name} ({document.commune.code_insee})",
            euros(document.amount),
            euros(ledger.remaining(document.number)) if isinstance(document, Claim) else "",
        )
        for document in documents
    ]
    titles = ("Numéro", "Document", "Date", "Commune", "Montant", "Reste")
    console.show_table(titles, rows, right=(4, 5))


def _titre(document: Numbered, ledger: Ledger) -> str:
    """« (titre 501) », the number of a titre or of a mandat for a credit; or that it was exported
    and the answer is awaited. It is no column: seven would cut words at 80 signs."""
    titre = ledger.titre_of(document.number)
    if titre is not None:
        name = "n°" if isinstance(document, CreditNote) else "titre"
        return f" ({name}\u00a0{titre.titre})"
    return " (exporté)" if document.number in ledger.finance.unanswered else ""


def _show_meetings(listed: Listed) -> None:
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
                number(listed.ledger.versions(*meeting.key) - 1),
            )
            for meeting in listed.meetings
        ],
        right=(3, 4, 5, 6),
    )


def _what(document: Numbered, ledger: Ledger) -> str:
    """« facture complète F2025-0001 », « avoir (remise) sur F2025-0003 »."""
    if isinstance(document, CreditNote):
        return f"{name_of(document)} ({effect_on_claim(document, ledger)}) sur {document.refers_to}"
    completed = completed_by(document)
    return (
        f"{name_of(document)} complète {', '.join(completed)}" if completed else name_of(document)
    )


def completed_by(document: Numbered) -> tuple[str, ...]:
    """The numbers that a document completes; those of before name one alone."""
    if not isinstance(document, MembershipDocument):
        return ()
    first = (document.refers_to,) if document.refers_to is not None else ()
    return document.completes or first


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


def entry(document: Numbered, ledger: Ledger) -> dict[str, Any]:
    """What the contracts of `register list` and `show` say of every document.

    `billed` is the commune that it is about, where its debtor is another or has become another.
    """
    billed = None if isinstance(document, IssuedQuote) else document.billed
    export = ledger.finance.exported(document.number)
    return {
        "number": document.number,
        "kind": document.kind,
        "date": document.act.day.isoformat(),
        "code_insee": document.commune.code_insee,
        "commune": document.commune.name,
        "amount": plain(document.amount),
        "net": plain(document.net),
        "vat": plain(document.amount - document.net),
        "refers_to": document.refers_to,
        "nature": ledger.natures.get(document.number),
        "titre": titres_screen.entry(ledger.titre_of(document.number)),
        "exported": None if export is None else export.act.day.isoformat(),
        "billed": None
        if billed is None
        else {"code_insee": billed.code_insee, "commune": billed.name, "siren": billed.siren},
    }


def show_rendered(files: Sequence[str], folder: Path) -> None:
    console.show_files(files, folder)
    if not any(file.endswith(".pdf") for file in files):
        console.show("Son PDF était déjà là et n'a pas été touché : --pdf le remplace.")
