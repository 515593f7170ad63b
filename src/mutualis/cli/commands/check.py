"""mutualis check"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, flag, form, option
from mutualis.cli.terminal.values import file_of, form_of, today

SHORT_HELP = "Vérifie toutes les données et rejoue les tarifs verrouillés."
HELP = """
Lit tous les fichiers, signale d'un coup tout ce qui ne va pas, et recalcule les tables
tarifaires verrouillées. Finit en erreur (code 1) s'il y a une erreur : c'est la commande à
mettre dans une intégration continue.
"""
EXAMPLES = """
mutualis check
mutualis check --all
mutualis check --real
mutualis check --format github
mutualis check --format json > problemes.json
mutualis check --report problemes.xlsx
"""
FORMATS = ("text", "json", "github")


def command(
    format_: Annotated[str, form("text|json|github")] = "text",
    report: Annotated[
        Path | None,
        option(
            "--report",
            "FICHIER",
            "Rend aussi les tableaux dans un classeur, fautes colorées et commentées.",
        ),
    ] = None,
    real: Annotated[
        bool,
        flag("--real", "Dit aussi tout ce dont un dossier d'exemple est dispensé."),
    ] = False,
    whole: Annotated[
        bool,
        flag("--all", "Donne chaque ligne, même quand l'écran n'y suffit pas."),
    ] = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import check as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.check import check_workspace, write_report

    presentation = form_of(format_, FORMATS)
    if report is not None:
        file_of(report, ".xlsx", "mutualis check --report problemes.xlsx")
    checked = check_workspace(folder, today(), real=real)
    file = None if report is None else write_report(folder, checked, report, today())
    if presentation == "json":
        console.show_json(screen.answer(checked))
    elif presentation == "github":
        screen.show_annotations(checked)
    else:
        screen.show(checked, file, folder, whole=whole)
    raise typer.Exit(1 if checked.errors else 0)
