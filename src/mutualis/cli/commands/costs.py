"""mutualis costs"""

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Year
from mutualis.cli.terminal.values import year_of

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
"""


def command(year: Year, json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    from mutualis.cli.screens import costs as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.costs import year_costs

    found = year_costs(folder, year_of(year, NAME))
    console.tell_problems(found.warnings, brief=True)
    if json:
        console.show_json(screen.answer(found))
    else:
        screen.show(found)
