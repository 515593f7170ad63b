"""mutualis usage"""

from typing import Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, OneCommune, Out, Year, flag
from mutualis.cli.terminal.values import day_of, given_of, out_of, year_of

NAME = "usage"
SHORT_HELP = "Compte ce qui a été fait : quotas, au prix, au coût, payé."
HELP = """
Compte les interventions d'une année (data/interventions.csv) : quotas utilisés et dépassés,
ce qui va au-delà des niveaux et des devis, et les demi-journées au prix de la grille, au coût
réel (data/costs.csv) et face à ce qui est payé, par commune, niveau, thème et direction.
"""
EXAMPLES = """
mutualis usage 2025
mutualis usage 2025 --commune Saône
mutualis usage 2025 --workbook
mutualis usage 2025 --json
"""


def command(
    year: Year,
    commune: OneCommune = None,
    workbook: Annotated[
        bool, flag("--workbook", "Écrit aussi un classeur, avec des graphiques.")
    ] = False,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens.usage import screen
    from mutualis.cli.screens.usage.answer import answer
    from mutualis.cli.terminal import console
    from mutualis.workflows.usage import measure_usage

    measured = measure_usage(
        folder,
        year_of(year, NAME),
        made_on=day_of(day, NAME),
        commune=given_of(commune, "--commune", NAME),
        write=workbook,
        out=out_of(out),
    )
    console.tell_problems(measured.warnings, brief=True)
    if json:
        console.show_json(answer(measured))
    else:
        screen.show(measured, folder)
