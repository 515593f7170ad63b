"""mutualis report"""

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, Year
from mutualis.cli.terminal.values import day_of, year_of

NAME = "report"
SHORT_HELP = "Écrit le rapport de l'année pour l'assemblée."
HELP = """
Écrit le rapport d'une année, en PDF et en classeur : communes adhérentes et leurs mouvements, ce
qui est dû et demandé, ce que les services coûtent, ce qui a été fait par thème, la charge des
directions, les demandes classées. Chaque chiffre a sa source ; ce qui manque est dit, jamais
inventé.
"""
EXAMPLES = """
mutualis report 2025
mutualis report 2025 --date 15/01/2026
mutualis report 2025 --json
"""


def command(
    year: Year,
    day: Day = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import report as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.printing import printer_of
    from mutualis.workflows.report import write_report, year_report

    asked, made_on = year_of(year, NAME), day_of(day, NAME)
    printer = printer_of(folder)
    found = year_report(folder, asked, made_on)
    files = write_report(folder, found.report, printer)
    console.tell_problems(found.warnings, brief=True)
    if json:
        console.show_json(screen.answer(found.report, files))
    else:
        screen.show(found.report, files, folder)
