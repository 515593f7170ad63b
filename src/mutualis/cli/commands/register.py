"""mutualis register: what was issued"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.values import today

if TYPE_CHECKING:
    from mutualis.domain.invoices.credit_note import CreditNote, Document
    from mutualis.domain.register.ledger import Ledger
    from mutualis.domain.register.records import Numbered
    from mutualis.domain.requests.meeting import Meeting

NAME = "register"
app = group(
    help_text="Le registre de ce qui est émis : le lire, prouver qu'il est intact, le copier.",
    short_help="Lit, vérifie et copie le registre de ce qui est émis.",
    epilog="""
    mutualis register list
    mutualis register show F2025-0012
    mutualis register verify
    mutualis register backup copies/registre-2025.db
    """,
)
command = command_of(app)
KINDS = {"invoice": "facture", "credit": "avoir", "quote": "devis"}


@command("list", "mutualis register list\nmutualis register list --json")
def list_documents(json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne tous les documents numérotés, dans l'ordre d'émission, et les séances publiées."""
    from mutualis.cli.terminal import console
    from mutualis.workflows.register import ledger_of

    ledger = ledger_of(folder)
    if json:
        console.show_json(
            {
                "documents": [_entry(document) for document in ledger.numbered],
                "meetings": [_meeting(meeting) for meeting in ledger.meetings],
            }
        )
        return
    if not ledger.numbered and not ledger.meetings:
        console.show("Le registre est vide.")
        console.show_next("mutualis bill ANNÉE --issue")
        return
    if ledger.numbered:
        _show_documents(ledger)
    if ledger.meetings:
        _show_meetings(ledger)


def _show_documents(ledger: "Ledger") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros, short_date

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


def _show_meetings(ledger: "Ledger") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import number, short_date

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


@command("show", "mutualis register show F2025-0012\nmutualis register show A2025-0001 --json")
def show_document(
    number: Annotated[str, typer.Argument(metavar="NUMÉRO", show_default=False)],
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Donne un document tel qu'il a été émis, et ce qui lui est arrivé depuis."""
    from mutualis.cli.screens.quotes import show, whole
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros, long_date
    from mutualis.domain.invoices.credit_note import CreditNote
    from mutualis.domain.invoices.invoice import Invoice
    from mutualis.domain.quotes.records import IssuedQuote
    from mutualis.workflows.register import find_document, ledger_of

    ledger = ledger_of(folder)
    document = find_document(ledger, number)
    if isinstance(document, IssuedQuote):
        mission = ledger.missions.of(document.number)
        if json:
            console.show_json({**_entry(document), **whole(mission, today())})
        else:
            show(mission, today())
        return
    after = [d for d in ledger.documents if d.refers_to == document.number]
    against = [d for d in after if isinstance(d, CreditNote)]
    if json:
        console.show_json(_whole(document, against, ledger))
        return
    console.show(
        f"{KINDS[document.kind].capitalize()} {document.number} du {long_date(document.act.day)}",
        "bold",
    )
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
    ]
    titre = ledger.titre_of(document.number)
    if titre is not None:
        rows.append(("Titre", f"n° {titre.titre}, exercice {titre.exercice}"))
    if isinstance(document, CreditNote):
        rows.append(("Annule", f"{document.refers_to} : {document.reason}"))
        rows.append(("Comptabilité", document.effect))
    elif document.refers_to:
        rows.append(("Complète", document.refers_to))
    rows.extend(
        ("Complétée par", f"{more.number} : {euros(more.amount)}")
        for more in after
        if isinstance(more, Invoice)
    )
    for credit in against:
        rows.append(("Annulée par", f"{credit.number} : {euros(credit.amount)}, {credit.reason}"))
    if isinstance(document, Invoice):
        rows.append(("Reste dû", euros(ledger.remaining(document.number))))
    console.show_table((), rows)


@command("render", "mutualis register render F2025-0012 --pdf\nmutualis register render A2025-0001")
def render(
    number: Annotated[str, typer.Argument(metavar="NUMÉRO", show_default=False)],
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Réécrit aussi un PDF qui est déjà là.")
    ] = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Réécrit le document d'un numéro, tel qu'il a été émis, depuis le registre seul : son
    classeur, et son PDF s'il n'y est pas. Un PDF déjà là a pu être signé : il n'est remplacé
    qu'avec --pdf."""
    from mutualis.cli.terminal import console
    from mutualis.workflows.credit import render_document

    files = render_document(folder, number, console.tell_progress, pdf=pdf)
    console.show_files(files, folder)
    if not any(file.endswith(".pdf") for file in files):
        console.show("Son PDF était déjà là et n'a pas été touché : --pdf le remplace.")


def _what(document: "Numbered") -> str:
    from mutualis.domain.invoices.credit_note import CreditNote

    if not document.refers_to:
        return KINDS[document.kind]
    link = "sur" if isinstance(document, CreditNote) else "complète"
    return f"{KINDS[document.kind]} {link} {document.refers_to}"


def _remaining(document: "Numbered", ledger: "Ledger") -> str:
    from mutualis.domain.french.typography import euros
    from mutualis.domain.invoices.invoice import Invoice

    return euros(ledger.remaining(document.number)) if isinstance(document, Invoice) else ""


def _meeting(meeting: "Meeting") -> dict[str, Any]:
    return {
        "date": meeting.day.isoformat(),
        "year": meeting.year,
        "published": meeting.act.day.isoformat(),
        "planned": len(meeting.outcome.planned),
        "refused": len(meeting.outcome.refused),
        "departures": len(meeting.departures),
        "correction": meeting.correction or None,
    }


def _entry(document: "Numbered") -> dict[str, Any]:
    from mutualis.domain.money import plain

    return {
        "number": document.number,
        "kind": document.kind,
        "date": document.act.day.isoformat(),
        "code_insee": document.commune.code_insee,
        "commune": document.commune.name,
        "amount": plain(document.amount),
        "refers_to": document.refers_to,
    }


def _whole(document: "Document", against: "list[CreditNote]", ledger: "Ledger") -> dict[str, Any]:
    from mutualis.domain.invoices.credit_note import CreditNote
    from mutualis.domain.invoices.invoice import MembershipInvoice
    from mutualis.domain.money import plain

    credit = document if isinstance(document, CreditNote) else None
    work = None if isinstance(document, MembershipInvoice) else document.work

    signatory = document.signatory
    titre = ledger.titre_of(document.number)
    return {
        **_entry(document),
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
        "credits": [{"number": c.number, "amount": plain(c.amount)} for c in against],
    }
