"""mutualis account"""

from typing import Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, argument, flag
from mutualis.cli.terminal.values import today, year_of

NAME = "account"
SHORT_HELP = "Montre le compte d'une commune : dû, documents, titres, devis."
HELP = """
Montre le compte d'une commune : ce qu'elle doit pour l'année, ce qui lui a été facturé, retenu,
corrigé ou remis, ce qui reste et ce que cela devient, ses documents un par un avec leurs titres,
ses devis, ce qu'elle a utilisé. Sans année : une ligne par année, et le détail de la dernière. Une
commune réunie à une autre donne le compte de celle-ci. Avec --pdf, la page de
l'année détaillée, à donner à la commune : les titres n'y sont pas.
"""
EXAMPLES = """
mutualis account Saône
mutualis account Saône 2025
mutualis account 25532 2025 --json
mutualis account Saône 2025 --pdf
"""


def command(
    commune: Annotated[str, argument("COMMUNE", "Nom ou code INSEE.")],
    year: Annotated[str | None, argument("[ANNÉE]", "Année facturée, par exemple 2025.")] = None,
    pdf: Annotated[bool, flag("--pdf", "Écrit aussi le compte en PDF.")] = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens.account import answer as contract
    from mutualis.cli.screens.account import screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.account import read_account, write_account

    asked = None if year is None else year_of(year, f"{NAME} COMMUNE")
    printer = console.printer(folder) if pdf else None
    found = read_account(folder, commune, asked, today())
    console.tell_problems(found.warnings, brief=True)
    files = () if printer is None else write_account(folder, found, printer)
    if not json:
        screen.show(found, files, folder)
    elif asked is None:
        console.show_json({**contract.of_years(found), "files": [*files]})
    else:
        console.show_json({**contract.of_year(found.detailed, found), "files": [*files]})
