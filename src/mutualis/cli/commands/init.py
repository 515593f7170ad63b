"""mutualis init"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Json, argument, flag, option
from mutualis.cli.terminal.combinations import check_options, needs, only_without
from mutualis.cli.terminal.values import text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.init import Body

NAME = "init"
SHORT_HELP = "Prépare un dossier de travail, d'exemple ou pour une collectivité."
HELP = """
Prépare un dossier de travail prêt à servir : les données, un mode d'emploi (LISEZMOI.txt) et un
modèle Excel pour saisir les communes. Avec --example, c'est l'exemple livré, Grand Besançon
Métropole. Sinon, les communes sont celles de --codes, avec les noms et les populations du
fichier de l'INSEE ; les prix sont alors un exemple à remplacer. Le dossier doit être nouveau
ou vide.

Avec --from, il est repris d'un dossier d'exemple, sans les niveaux ni les tables qui y sont
inventés. La liste de --codes donne à chaque commune son vrai niveau, et son acte ; les autres
données restent, et ce qui y est encore d'exemple est dit. Le dossier fait n'est plus un exemple, et
n'a pas encore de registre.

Avec --templates, un dossier de travail reçoit dans data/templates les modèles de ses documents
imprimés, à changer : ils remplacent alors ceux qui sont livrés.
"""
EXAMPLES = """
mutualis init essai --example
mutualis init val --name "CC du Val" --siren 200012342 --codes codes.csv --populations insee.zip
mutualis init mutualisation --from essai --codes niveaux.csv
mutualis init val --templates
mutualis init val --name CCV --siren 200012342 --codes 25020,25021 --level 2A --populations i.csv
"""
COMBINATIONS = (
    only_without("--example", "--name", "--siren", "--codes", "--populations", "--level", "--year"),
    only_without("--from", "--example", "--name", "--siren", "--populations", "--level"),
    needs("--from", "--codes"),
    only_without(
        "--templates",
        *("--example", "--from", "--name", "--siren", "--codes", "--populations", "--level"),
        "--year",
    ),
)

Codes = Annotated[
    str | None,
    option(
        "--codes",
        "LISTE",
        "Codes INSEE de ses communes, séparés par des virgules, ou un fichier : un code par ligne, "
        "ou une table (.csv, .xlsx) avec code_insee (et annee, siren, niveau, source_niveau, "
        "reglement).",
    ),
]

Populations = Annotated[
    Path | None,
    option(
        "--populations",
        "FICHIER",
        "Fichier donnees_communes.csv de l'INSEE, ou le .zip qui le contient.",
    ),
]
Year = Annotated[
    str | None,
    option(
        "--year",
        "ANNÉE",
        "Première année facturée (par défaut : cette année ; avec --from, celle de sa dernière "
        "grille).",
    ),
]


def command(
    context: typer.Context,
    folder: Annotated[
        Path, argument("DOSSIER", "Dossier à créer, ou vide (par défaut : le dossier courant).")
    ] = CURRENT_FOLDER,
    example: Annotated[
        bool, flag("--example", "L'exemple livré : Grand Besançon Métropole.")
    ] = False,
    source: Annotated[
        Path | None, option("--from", "EXEMPLE", "Dossier d'exemple dont reprendre les données.")
    ] = None,
    name: Annotated[str | None, option("--name", "NOM", "Nom de la collectivité.")] = None,
    siren: Annotated[str | None, option("--siren", "SIREN", "Son SIREN, 9 chiffres.")] = None,
    codes: Codes = None,
    populations: Populations = None,
    level: Annotated[
        str | None, option("--level", "NIVEAU", "Niveau d'adhésion de toutes les communes.")
    ] = None,
    year: Year = None,
    templates: Annotated[
        bool, flag("--templates", "Copie dans data/templates les modèles des documents imprimés.")
    ] = False,
    json: Json = False,
) -> None:
    from mutualis.cli.screens import init as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.init import init_body, init_example
    from mutualis.workflows.init_from import init_from

    check_options(context, COMBINATIONS)
    if templates:
        _give_templates(folder, json=json)
        return
    if example:
        made = init_example(folder, made_on=today())
    elif source is not None:
        typed = None if year is None else year_of(year, f"{NAME} … --year")
        made = init_from(folder, source, codes or "", typed, made_on=today())
    else:
        body = _body(name, siren, codes, populations, level or "", year)
        made = init_body(folder, body, made_on=today())
    if json:
        console.tell_problems(made.notes, brief=True)
        console.show_json(screen.answer(made))
    else:
        screen.show(made)


def _give_templates(folder: Path, *, json: bool) -> None:
    from mutualis.cli.screens import init as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.templates import copy_templates

    written, kept = copy_templates(folder)
    if json:
        console.show_json(screen.templates_answer(written, kept))
    else:
        screen.show_templates(written, kept, folder)


def _body(
    name: str | None,
    siren: str | None,
    codes: str | None,
    populations: Path | None,
    level: str,
    year: str | None,
) -> "Body":
    """The body described; raises UnreadableRequest with what is missing."""
    from mutualis.workflows.init import Body

    if name is None or siren is None or codes is None or populations is None:
        needed = {"--name": name, "--siren": siren, "--codes": codes, "--populations": populations}
        missing = [option for option, value in needed.items() if value is None]
        if len(missing) == len(needed):
            raise UnreadableRequest("command_line.nothing_to_begin_with")
        if missing == ["--populations"]:
            raise UnreadableRequest("command_line.missing_populations")
        raise UnreadableRequest("command_line.missing_options", missing=", ".join(missing))
    body = Body(
        name=text_of(name, "--name", most=200),
        siren=siren.strip(),
        codes=codes,
        populations=populations,
        year=today().year if year is None else year_of(year, f"{NAME} … --year"),
        level=level.strip(),
    )
    if not body.name:
        raise UnreadableRequest("command_line.no_name")
    return body
