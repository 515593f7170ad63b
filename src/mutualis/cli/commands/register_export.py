"""mutualis register export, titres, unbilled"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, Year
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest


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
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count
    from mutualis.workflows.register_export import export as write_export

    if form not in ("csv", "json", "xlsx"):
        raise UnreadableRequest(f"--format : « {form} » inconnu.", "choisir parmi csv, json, xlsx")
    if everything and withheld:
        raise UnreadableRequest("--all et --withheld s'excluent.", "garder l'un des deux")
    day = today()
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
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count
    from mutualis.files.received.titres import TitreRow
    from mutualis.workflows.register_export import record_titres, titres_of_file

    now = today()
    if (source is not None and number is not None) or (
        source is None and not ((number or "").strip() and (titre or "").strip())
    ):
        raise UnreadableRequest(
            "Il faut un fichier, ou une facture et son titre.",
            "mutualis register titres --from titres.csv, "
            "ou mutualis register titres F2025-0012 1234",
        )
    if source is not None:
        rows, warnings = titres_of_file(source)
    else:
        year = now.year if exercice is None else year_of(exercice, "register titres --exercice")
        day = None if titre_date is None else day_of(titre_date, "register titres")
        invoice, given = (text_of(text or "", "titre", 40) for text in (number, titre))
        rows = [TitreRow(invoice.upper(), year, given, text_of(bordereau, "--bordereau", 40), day)]
        warnings = []
    recorded = record_titres(
        folder, rows, day=now, operator=operator_of(operator), warnings=warnings
    )
    console.tell_problems(recorded.warnings, brief=True)
    console.show(
        f"{count(len(recorded.added), 'titre noté', 'titres notés')}, {recorded.known} déjà connus",
        "bold",
    )
    console.show_next("mutualis register verify")


@command("unbilled", "mutualis register unbilled 2025\nmutualis register unbilled 2025 --json")
def unbilled(year: Year, json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne ce qui est fait sur devis et pas encore facturé : les produits à rattacher."""
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros, short_date
    from mutualis.domain.money import ZERO, plain
    from mutualis.workflows.quotes import unbilled_works

    wanted = year_of(year, "register unbilled")
    items = unbilled_works(folder, wanted)
    total = sum((item.amount for item in items if item.work.day.year <= wanted), ZERO)
    if json:
        rows = [
            {
                "quote": item.mission.number,
                "code_insee": item.mission.issued.commune.code_insee,
                "commune": item.mission.issued.commune.name,
                "date": item.work.day.isoformat(),
                "half_days": dict(item.work.half_days),
                "certified_by": item.work.certified_by,
                "amount": plain(item.amount),
                "attached": item.work.day.year <= wanted,
            }
            for item in items
        ]
        console.show_json({"year": wanted, "works": rows, "total": plain(total)})
        return
    if not items:
        console.show(f"Rien n'est fait et non facturé pour {wanted}.")
        console.show_next("mutualis quotes list")
        return
    console.show_table(
        ("Devis", "Commune", "Fait le", "Demi-journées", "Montant", "À rattacher"),
        [
            (
                item.mission.number,
                item.mission.issued.commune.name,
                short_date(item.work.day),
                item.text,
                euros(item.amount),
                ("" if item.work.day.year <= wanted else "non : ") + str(item.work.day.year),
            )
            for item in items
        ],
        right=(4,),
        total=("Total", "", f"fait en {wanted} ou avant", "", euros(total), ""),
    )
    years = dict.fromkeys(item.mission.issued.year for item in items)
    console.show_next(" ; ".join(f"mutualis bill {year} --quotes --issue" for year in years))
