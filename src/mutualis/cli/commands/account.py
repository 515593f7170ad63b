"""mutualis account"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, argument, flag
from mutualis.cli.terminal.combinations import check_options, only_with
from mutualis.cli.terminal.values import today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

NAME = "account"
SHORT_HELP = "Montre le compte d'une commune : dû, documents, devis, reçu."
HELP = """
Montre le compte d'une commune : ce qu'elle doit pour l'année, ce qui lui a été facturé, retenu,
corrigé ou remis, ce qui reste et ce que cela devient, ses documents un par un avec leurs titres,
ses devis, ce qu'elle a reçu et ce que cela vaut au coût, le prochain seuil et l'année suivante.
Sans année : une ligne par année, et le détail de la dernière. Une commune réunie à une autre donne
le compte de celle-ci. Avec --pdf, la page de l'année détaillée, à donner à la commune : les titres
n'y sont pas. Avec --all, toutes les communes d'une année ; sans année, la dernière qui peut être
calculée.
"""
EXAMPLES = """
mutualis account Saône
mutualis account Saône 2025
mutualis account 25532 2025 --json
mutualis account Saône 2025 --pdf
mutualis account --all 2025 --merge
"""
COMBINATIONS = (only_with("--all", "--merge"),)

_Commune = Annotated[str | None, argument("[COMMUNE]", "Nom ou code INSEE ; rien avec --all.")]


def command(
    context: typer.Context,
    commune: _Commune = None,
    year: Annotated[str | None, argument("[ANNÉE]", "Année facturée, par exemple 2025.")] = None,
    every: Annotated[bool, flag("--all", "Toutes les communes de l'année.")] = False,
    pdf: Annotated[bool, flag("--pdf", "Écrit aussi le compte en PDF.")] = False,
    merge: Annotated[
        bool, flag("--merge", "Écrit les pages de toutes en un seul PDF, à imprimer.")
    ] = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    check_options(context, COMBINATIONS)
    if every:
        if commune is not None and year is not None:
            raise UnreadableRequest("command_line.all_and_one", commune=commune)
        asked = None if commune is None else year_of(commune, f"{NAME} --all")
        _all(folder, asked, pdf=pdf, merge=merge, json=json)
        return
    if commune is None:
        raise UnreadableRequest("command_line.account_of_whom")
    _one(folder, commune, year, pdf=pdf, json=json)


def _one(folder: Path, commune: str, year: str | None, *, pdf: bool, json: bool) -> None:
    from mutualis.cli.screens.account import answer as contract
    from mutualis.cli.screens.account import screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.account import read_account, write_account
    from mutualis.workflows.printing import printer_of

    asked = None if year is None else year_of(year, f"{NAME} COMMUNE")
    printer = printer_of(folder) if pdf else None
    found = read_account(folder, commune, asked, today())
    console.tell_problems(found.warnings, brief=True)
    files = () if printer is None else write_account(folder, found, printer)
    if not json:
        screen.show(found, files, folder)
    elif asked is None:
        console.show_json({**contract.of_years(found), "files": [*files]})
    else:
        console.show_json({**contract.of_year(found.detailed, found), "files": [*files]})


def _all(folder: Path, year: int | None, *, pdf: bool, merge: bool, json: bool) -> None:
    from mutualis.cli.screens.account import answer as contract
    from mutualis.cli.screens.account import every as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.account import read_all, write_all
    from mutualis.workflows.printing import printer_of

    printer = printer_of(folder, merges=merge) if pdf or merge else None
    found = read_all(folder, year, today())
    console.tell_problems(found.warnings, brief=True)
    files = () if printer is None else write_all(folder, found, printer, each=pdf)
    if json:
        console.show_json({**contract.of_all(found), "files": [*files]})
    else:
        screen.show(found, files, folder)
