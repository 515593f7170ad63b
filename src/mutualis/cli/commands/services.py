"""mutualis services"""

from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, OneCommune, option
from mutualis.cli.terminal.combinations import check_options, exclusive
from mutualis.cli.terminal.values import given_of, today, year_of

NAME = "services"
SHORT_HELP = "Montre ce qu'une commune peut demander à son niveau."
HELP = """
Montre le catalogue des prestations : tout entier, ou pour un niveau ou une commune ce qui
est compris dans l'adhésion, ce qui est ouvert sur devis, et ce qui demande d'adhérer à un
autre niveau. Le catalogue est data/services.csv.
"""
EXAMPLES = """
mutualis services
mutualis services --level 2B
mutualis services --commune Saône --year 2025
mutualis services --theme numériques --json
"""
COMBINATIONS = (exclusive("--level", "--commune"),)


def command(
    context: typer.Context,
    level: Annotated[str | None, option("--level", "NIVEAU", "Niveau d'adhésion.")] = None,
    commune: OneCommune = None,
    theme: Annotated[
        str | None, option("--theme", "TEXTE", "Un thème, ou un mot de son nom.")
    ] = None,
    year: Annotated[
        str | None,
        option("--year", "ANNÉE", "Année de l'adhésion (par défaut : l'année en cours)."),
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import services as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.services import list_services

    check_options(context, COMBINATIONS)
    day = today()
    listed = list_services(
        folder,
        today=day,
        year=day.year if year is None else year_of(year, f"{NAME} --year"),
        commune=given_of(commune, "--commune", NAME),
        level=given_of(level, "--level", NAME),
        theme=given_of(theme, "--theme", NAME),
    )
    console.tell_problems(listed.warnings, brief=True)
    if json:
        console.show_json(screen.answer(listed))
    else:
        screen.show(listed)
