"""mutualis register export, unbilled"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Folder,
    Json,
    Operator,
    Year,
    flag,
    form,
    option,
)
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.combinations import check_options, exclusive, only_without
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import file_of, form_of, today, year_of
from mutualis.domain.kinds import ExportKind

FORMATS = ("csv", "json", "xlsx")
_LISTS = ("--all", "--withheld")
COMBINATIONS = (
    exclusive(*_LISTS),
    *(only_without(name, "--reductions", "--again", "--dry-run", "--operator") for name in _LISTS),
)


@command(
    "export",
    "mutualis register export\nmutualis register export --reductions\n"
    "mutualis register export --format xlsx --all\nmutualis register export --withheld",
)
def export(
    context: typer.Context,
    format_: Annotated[str, form("csv|json|xlsx", "Format du fichier.")] = "csv",
    reductions: Annotated[
        bool, flag("--reductions", "Ce qui diminue des titres : réductions, annulations, mandats.")
    ] = False,
    everything: Annotated[
        bool, flag("--all", "Toutes les factures et tous les avoirs, pour lire.")
    ] = False,
    withheld: Annotated[
        bool, flag("--withheld", "Les montants retenus sur l'attribution de compensation.")
    ] = False,
    again: Annotated[
        bool, flag("--again", "Reprend aussi ce qui a déjà été exporté, titre inconnu.")
    ] = False,
    dry_run: Annotated[bool, flag("--dry-run", "Montre, sans rien écrire ni noter.")] = False,
    out: Annotated[
        Path | None, option("--out", "FICHIER", "Fichier à écrire (par défaut : dans out).")
    ] = None,
    operator: Operator = None,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Écrit le fichier d'import du logiciel financier : les factures qui attendent leur titre de
    recettes. Ce qui est exporté est noté au registre, et n'est pas exporté deux fois."""
    from mutualis.cli.screens.register import export as screen
    from mutualis.workflows.register_export import Target, hand_over, write_list

    check_options(context, COMBINATIONS)
    wanted = form_of(format_, FORMATS)
    if out is not None:
        file_of(out, f".{wanted}", f"mutualis register export --format {wanted} --out a.{wanted}")
    is_noted = not (everything or withheld or dry_run)
    target = Target(wanted, out, noted_day(folder) if is_noted else today())
    if everything or withheld:
        screen.show_list(write_list(folder, target, withheld=withheld), folder, withheld=withheld)
        return
    what = ExportKind.REDUCTIONS if reductions else ExportKind.TITRES
    who = operator_of(operator)
    handed = hand_over(folder, what, target, who, again=again, dry=dry_run)
    screen.show_export(handed, what, folder, dry=dry_run)


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
