"""mutualis costs"""

from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, Year, flag
from mutualis.cli.terminal.combinations import check_options, only_with_one, only_without
from mutualis.cli.terminal.values import day_of, year_of

NAME = "costs"
SHORT_HELP = "Dit ce que coûte une demi-journée, face à son prix."
HELP = """
Calcule le coût unitaire d'une demi-journée par direction et catégorie d'agents, avec chaque terme
et sa ligne de data/costs.csv (charges : unités), le compare au prix de la grille, dit le prix qui
équilibre, et ce que l'année coûte face à ce que cotisations et missions rapportent.
"""
EXAMPLES = """
mutualis costs 2025
mutualis costs 2025 --json
mutualis costs 2026 --notice
mutualis costs 2025 --record
"""
COMBINATIONS = (
    only_with_one(("--notice", "--record"), "--date"),
    only_without("--notice", "--record"),
)


def command(
    context: typer.Context,
    year: Year,
    notice: Annotated[
        bool,
        flag(
            "--notice",
            "Écrit les coûts unitaires à porter à la connaissance des communes avant le budget : "
            "les derniers comptes, remplacés ligne à ligne par le budget de l'année.",
        ),
    ] = False,
    record: Annotated[
        bool,
        flag(
            "--record",
            "Écrit l'état annuel de chaque commune servie, en PDF et en classeur : chaque recours, "
            "en unités, au coût unitaire.",
        ),
    ] = False,
    day: Day = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import costs as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.costs import write_notice, write_records, year_costs

    check_options(context, COMBINATIONS)
    asked, made_on = year_of(year, NAME), day_of(day, NAME)
    printer = console.printer(folder) if notice or record else None
    found = year_costs(folder, asked, before_budget=notice)
    files: tuple[str, ...] = ()
    if printer is not None:
        write = write_notice if notice else write_records
        files = write(folder, found, printer, made_on)
    console.tell_problems(found.warnings, brief=True)
    if json:
        console.show_json({**screen.answer(found), "files": [*files]})
    else:
        screen.show(found, files, folder)
