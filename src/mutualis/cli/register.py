"""mutualis register: what was issued"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, day_of, year_of
from mutualis.cli.french import FrenchCommand, FrenchGroup
from mutualis.cli.prompt import account_name
from mutualis.domain.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.domain.ledger import Document, Ledger
    from mutualis.workflows.registering import Verified

NAME = "register"
app = typer.Typer(
    cls=FrenchGroup,
    help="Le registre de ce qui est émis : le lire, prouver qu'il est intact, le copier.",
    short_help="Lit, vérifie et copie le registre de ce qui est émis.",
    epilog="""
    mutualis register list
    mutualis register show F2025-0012
    mutualis register verify
    mutualis register backup copies/registre-2025.db
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
F = TypeVar("F", bound=Callable[..., None])
KINDS = {"invoice": "facture", "credit": "avoir"}


def command(name: str, examples: str) -> Callable[[F], F]:
    """A command of this group, with its examples."""
    return app.command(name, cls=FrenchCommand, epilog=examples, options_metavar="[OPTIONS]")


@command("list", "mutualis register list\nmutualis register list --json")
def list_documents(json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne tous les documents numérotés, dans l'ordre d'émission."""
    from mutualis.cli import console
    from mutualis.domain.typography import euros, short_date
    from mutualis.workflows.registering import ledger_of

    ledger = ledger_of(folder)
    if json:
        console.show_json({"documents": [_entry(document) for document in ledger.documents]})
        return
    if not ledger.documents:
        console.show("Le registre est vide.")
        console.show_next("mutualis bill ANNÉE --issue")
        return
    console.show_table(
        ("Numéro", "Document", "Date", "Commune", "Montant", "Reste"),
        [
            (
                document.number,
                KINDS[document.kind] + (f" sur {document.refers_to}" if document.refers_to else ""),
                short_date(document.act.day),
                f"{document.commune.name} ({document.commune.code_insee})",
                euros(document.amount),
                _remaining(document, ledger),
            )
            for document in ledger.documents
        ],
        right=(4, 5),
    )


@command("show", "mutualis register show F2025-0012\nmutualis register show A2025-0001 --json")
def show_document(
    number: Annotated[str, typer.Argument(metavar="NUMÉRO", show_default=False)],
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Donne un document tel qu'il a été émis, et ce qui lui est arrivé depuis."""
    from mutualis.cli import console
    from mutualis.domain.typography import euros, long_date
    from mutualis.workflows.registering import find_document, ledger_of

    ledger = ledger_of(folder)
    document = find_document(ledger, number)
    against = [d for d in ledger.documents if d.refers_to == document.number]
    if json:
        console.show_json(_whole(document, against))
        return
    console.show(
        f"{KINDS[document.kind].capitalize()} {document.number} du {long_date(document.act.day)}",
        "bold",
    )
    signatory = document.signatory
    rows = [
        ("Débiteur", f"{document.commune.name} ({document.commune.code_insee})"),
        ("SIREN", document.commune.siren),
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
    if document.refers_to:
        rows.append(("Annule", f"{document.refers_to} : {document.reason}"))
    for credit in against:
        rows.append(("Annulée par", f"{credit.number} : {euros(credit.amount)}, {credit.reason}"))
    if document.kind == "invoice":
        rows.append(("Reste dû", euros(ledger.remaining(document.number))))
    console.show_table((), rows)


@command("verify", "mutualis register verify\nmutualis register verify --expect EMPREINTE")
def verify_register(
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", metavar="EMPREINTE", help="Empreinte notée ailleurs, à retrouver."
        ),
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Prouve que le registre est intact : chaîne, numéros, dates, montants. Code 1 sinon."""
    from mutualis.cli import console
    from mutualis.workflows.registering import verify

    verified = verify(folder, expect=expect.strip().lower() if expect else None)
    if json:
        console.show_json(_verdict(verified))
    else:
        _show_verdict(verified)
    raise typer.Exit(0 if verified.is_intact else 1)


@command("backup", "mutualis register backup copies/registre-2026-01-31.db")
def backup(
    target: Annotated[Path, typer.Argument(metavar="FICHIER", show_default=False)],
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Copie le registre, vérifie la copie, et note la sauvegarde."""
    from mutualis.cli import console
    from mutualis.domain.typography import count
    from mutualis.workflows.registering import backup_register

    name, rows = backup_register(
        folder, target, day=day_of(None, "register backup"), operator=operator or account_name()
    )
    console.show(f"Copie vérifiée : {count(rows, 'ligne')}", "bold")
    console.show_files([name], folder)
    console.show_next("garder cette copie sur un autre disque")


@command("render", "mutualis register render F2025-0012\nmutualis register render A2025-0001")
def render(
    number: Annotated[str, typer.Argument(metavar="NUMÉRO", show_default=False)],
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Réécrit le document d'un numéro, tel qu'il a été émis, depuis le registre seul."""
    from mutualis.cli import console
    from mutualis.workflows.crediting import render_document

    console.show_files(render_document(folder, number), folder)


@command(
    "export",
    "mutualis register export\nmutualis register export --format xlsx --all\n"
    "mutualis register export --withheld",
)
def export(
    form: Annotated[
        str, typer.Option("--format", metavar="csv|json|xlsx", help="Format du fichier.")
    ] = "csv",
    everything: Annotated[
        bool, typer.Option("--all", help="Toutes les factures et tous les avoirs.")
    ] = False,
    withheld: Annotated[
        bool,
        typer.Option("--withheld", help="Les montants retenus sur l'attribution de compensation."),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FICHIER", help="Fichier à écrire (par défaut : dans out)."),
    ] = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Écrit le fichier d'import du logiciel financier : ce qui attend son titre de recettes."""
    from mutualis.cli import console
    from mutualis.domain.typography import count
    from mutualis.workflows.accounting import export as write_export

    if form not in ("csv", "json", "xlsx"):
        raise UnreadableRequest(f"--format : « {form} » inconnu.", "choisir parmi csv, json, xlsx")
    day = day_of(None, "register export")
    exported = write_export(
        folder, form, everything=everything, withheld=withheld, out=out, day=day
    )
    console.show(f"{count(exported.rows, 'ligne')} pour le logiciel financier", "bold")
    console.show_files([exported.file], folder)
    console.show_next("après la prise en charge, mutualis register titres --from FICHIER")


@command(
    "titres",
    "mutualis register titres --from titres.csv\n"
    "mutualis register titres F2025-0012 1234 --bordereau 56 --titre-date 02/02/2026",
)
def titres(
    number: Annotated[
        str | None, typer.Argument(metavar="NUMÉRO", help="Une facture.", show_default=False)
    ] = None,
    titre: Annotated[
        str | None, typer.Argument(metavar="TITRE", help="Son titre.", show_default=False)
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FICHIER",
            help="CSV du logiciel financier : facture;exercice;titre;bordereau;date.",
        ),
    ] = None,
    exercice: Annotated[
        str | None,
        typer.Option(
            "--exercice", metavar="ANNÉE", help="Exercice du titre (par défaut : cette année)."
        ),
    ] = None,
    bordereau: Annotated[
        str, typer.Option("--bordereau", metavar="NUMÉRO", help="Bordereau.", show_default=False)
    ] = "",
    titre_date: Annotated[
        str | None,
        typer.Option("--titre-date", metavar="JJ/MM/AAAA", help="Date du titre."),
    ] = None,
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note le titre de recettes de chaque facture, tel que le logiciel financier l'a émis."""
    from mutualis.cli import console
    from mutualis.domain.typography import count
    from mutualis.files.titres_file import TitreRow
    from mutualis.workflows.accounting import record_titres, titres_of_file

    today = day_of(None, "register titres")
    if (source is None) == (number is None or titre is None):
        raise UnreadableRequest(
            "Il faut un fichier, ou une facture et son titre.",
            "mutualis register titres --from titres.csv, "
            "ou mutualis register titres F2025-0012 1234",
        )
    if source is not None:
        rows, warnings = titres_of_file(source)
    else:
        year = today.year if exercice is None else year_of(exercice, "register titres --exercice")
        day = None if titre_date is None else day_of(titre_date, "register titres")
        rows = [TitreRow((number or "").upper(), year, titre or "", bordereau, day)]
        warnings = []
    recorded = record_titres(
        folder, rows, day=today, operator=operator or account_name(), warnings=warnings
    )
    console.tell_problems(recorded.warnings, brief=True)
    console.show(
        f"{count(len(recorded.added), 'titre noté', 'titres notés')}, {recorded.known} déjà connus",
        "bold",
    )
    console.show_next("mutualis register verify")


def _remaining(document: "Document", ledger: "Ledger") -> str:
    from mutualis.domain.typography import euros

    return euros(ledger.remaining(document.number)) if document.kind == "invoice" else ""


def _entry(document: "Document") -> dict[str, Any]:
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


def _whole(document: "Document", against: "list[Document]") -> dict[str, Any]:
    from mutualis.domain.money import plain

    signatory = document.signatory
    return {
        **_entry(document),
        "year": document.year,
        "exercice": document.exercice,
        "series": document.series,
        "batch": document.batch,
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
        "reason": document.reason,
        "credits": [{"number": c.number, "amount": plain(c.amount)} for c in against],
    }


def _verdict(verified: "Verified") -> dict[str, Any]:
    from mutualis.domain.money import plain

    last = verified.last_backup
    return {
        "intact": verified.is_intact,
        "rows": verified.rows,
        "documents": verified.documents,
        "invoiced": plain(verified.invoiced),
        "credited": plain(verified.credited),
        "head": verified.head,
        "findings": [
            {"row": finding.seq, "number": finding.number, "why": finding.why}
            for finding in verified.findings
        ],
        "last_backup": None
        if last is None
        else {"date": last.act.day.isoformat(), "file": last.file, "head": last.head},
    }


def _show_verdict(verified: "Verified") -> None:
    from mutualis.cli import console
    from mutualis.domain.typography import count, euros, long_date

    for finding in verified.findings[: console.MOST_PER_CODE]:
        console.show(f"erreur : {finding.text}", "bold red")
    if len(verified.findings) > console.MOST_PER_CODE:
        more = len(verified.findings) - console.MOST_PER_CODE
        console.show(f"… et {count(more, 'autre')}")
    if not verified.rows:
        console.show("Il n'y a pas encore de registre : rien à vérifier.")
        return
    console.show(
        f"{count(verified.rows, 'ligne')}, {count(verified.documents, 'document')} : "
        f"{euros(verified.invoiced)} facturés, {euros(verified.credited)} d'avoirs."
    )
    console.show(f"Empreinte : {verified.head}")
    last = verified.last_backup
    if last is None:
        console.show("Aucune sauvegarde : mutualis register backup FICHIER")
    else:
        since = count(verified.since_backup, "ligne ajoutée", "lignes ajoutées")
        console.show(
            f"Dernière sauvegarde le {long_date(last.act.day)} ({last.file}), {since} depuis."
        )
    if verified.is_intact:
        console.show("Le registre est intact.", "bold green")
        console.show_next("noter l'empreinte ailleurs ; plus tard, --expect EMPREINTE la retrouve")
    else:
        console.show("Le registre n'est pas intact.", "bold red")
        console.show_next("ne rien émettre ; comparer avec la dernière sauvegarde")
