"""mutualis register export, titres, unbilled"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Folder,
    Json,
    Operator,
    Year,
    argument,
    flag,
    form,
    option,
)
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.combinations import check_options, exclusive
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, file_of, form_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.files.received.titres import TitreRow

FORMATS = ("csv", "json", "xlsx")
COMBINATIONS = (exclusive("--all", "--withheld"),)


@command(
    "export",
    "mutualis register export\nmutualis register export --format xlsx --all\n"
    "mutualis register export --withheld",
)
def export(
    context: typer.Context,
    format_: Annotated[str, form("csv|json|xlsx", "Format du fichier.")] = "csv",
    everything: Annotated[bool, flag("--all", "Toutes les factures et tous les avoirs.")] = False,
    withheld: Annotated[
        bool, flag("--withheld", "Les montants retenus sur l'attribution de compensation.")
    ] = False,
    out: Annotated[
        Path | None, option("--out", "FICHIER", "Fichier à écrire (par défaut : dans out).")
    ] = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Écrit le fichier d'import du logiciel financier : ce qui attend son titre de recettes."""
    from mutualis.cli.screens.register import export as screen
    from mutualis.workflows.register_export import export as write_export

    check_options(context, COMBINATIONS)
    wanted = form_of(format_, FORMATS)
    if out is not None:
        file_of(out, f".{wanted}", f"mutualis register export --format {wanted} --out a.{wanted}")
    exported = write_export(
        folder,
        wanted,
        everything=everything,
        withheld=withheld,
        out=out,
        day=today(),
    )
    screen.show_export(exported, folder)


@command(
    "titres",
    "mutualis register titres --from titres.csv\n"
    "mutualis register titres F2025-0012 1234 --bordereau 56 --titre-date 02/02/2026",
)
def titres(
    number: Annotated[str | None, argument("NUMÉRO", "Une facture.")] = None,
    titre: Annotated[str | None, argument("TITRE", "Son titre.")] = None,
    source: Annotated[
        Path | None,
        option(
            "--from",
            "FICHIER",
            "CSV du logiciel financier : facture;exercice;titre;bordereau;date.",
        ),
    ] = None,
    exercice: Annotated[
        str | None, option("--exercice", "ANNÉE", "Exercice du titre (par défaut : cette année).")
    ] = None,
    bordereau: Annotated[str, option("--bordereau", "NUMÉRO", "Bordereau.")] = "",
    titre_date: Annotated[
        str | None, option("--titre-date", "JJ/MM/AAAA", "Date du titre.")
    ] = None,
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note le titre de recettes de chaque facture, tel que le logiciel financier l'a émis."""
    from mutualis.cli.screens.register import export as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.register_export import record_titres, titres_of_file

    one = (number or "").strip(), (titre or "").strip()
    if (number is None) == (source is None) or (source is None and not all(one)):
        raise UnreadableRequest("command_line.titres_of_nothing")
    if source is not None:
        rows, warnings = titres_of_file(source)
    else:
        rows, warnings = [_titre(*one, exercice, bordereau, titre_date)], []
    recorded = record_titres(
        folder, rows, day=noted_day(folder), operator=operator_of(operator), warnings=warnings
    )
    console.tell_problems(recorded.warnings, brief=True)
    screen.show_titres(recorded)


def _titre(
    number: str, titre: str, exercice: str | None, bordereau: str, day: str | None
) -> "TitreRow":
    """The titre of one invoice, as it is typed."""
    from mutualis.files.received.titres import TitreRow

    return TitreRow(
        text_of(number, "titre", 40).upper(),
        today().year if exercice is None else year_of(exercice, "register titres --exercice"),
        text_of(titre, "titre", 40),
        text_of(bordereau, "--bordereau", 40),
        None
        if day is None
        else day_of(day, "register titres", "F2025-0012 1234 --titre-date 02/02/2026"),
    )


@command("unbilled", "mutualis register unbilled 2025\nmutualis register unbilled 2025 --json")
def unbilled(year: Year, json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne ce qui reste à facturer d'une année : les missions faites sur devis et les
    adhésions, donc les produits à rattacher."""
    from mutualis.cli.screens.register import unbilled as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.unbilled import left_to_claim

    left = left_to_claim(folder, year_of(year, "register unbilled"), today())
    if json:
        console.show_json(screen.answer(left))
    else:
        screen.show(left)
