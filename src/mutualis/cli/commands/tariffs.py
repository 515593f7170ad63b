"""mutualis tariffs"""

import sys
from typing import Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Year, flag, form
from mutualis.cli.terminal.values import form_of, year_of

NAME = "tariffs"
SHORT_HELP = "Montre ou verrouille la table tarifaire d'une année."
HELP = """
Montre la grille d'une année et sa table : le prix de chaque niveau autour de chaque borne
et de chaque plafond, puis pour chaque commune. --lock enregistre la table sous data/tables :
mutualis check signalera ensuite le moindre montant qui bouge.
"""
EXAMPLES = """
mutualis tariffs 2025
mutualis tariffs 2025 --format csv > table.csv
mutualis tariffs 2025 --lock
"""
FORMATS = ("table", "csv", "json")


def command(
    year: Year,
    format_: Annotated[str, form("table|csv|json")] = "table",
    lock: Annotated[bool, flag("--lock", "Enregistre la table sous data/tables.")] = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import tariffs as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.tariffs import tabulate

    presentation = form_of(format_, FORMATS)
    table = tabulate(folder, year_of(year, NAME), lock=lock)
    console.tell_problems(table.warnings, brief=True)
    if presentation == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(table.as_csv)
        sys.stdout.buffer.flush()
    elif presentation == "json":
        console.show_json(screen.answer(table))
    else:
        screen.show(table, folder)
