"""mutualis import: INSEE's own files into the workspace"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, argument, flag, option
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.values import today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.domain.communes.population_answers import Answers

app = group(
    help_text="Reprend les fichiers de l'INSEE tels quels : populations, indice, mouvements.",
    short_help="Reprend les fichiers de l'INSEE : populations, indice, mouvements.",
    epilog="""
    mutualis import populations ensemble.zip --year 2026 --dry-run
    mutualis import populations ensemble.zip --year 2026
    mutualis import cpi valeurs_mensuelles.csv
    mutualis import movements v_mvtcommune_2026.csv
    """,
)
command = command_of(app)
_CODE = r"(?:\d{2}|2[AB])\d{3}"

DryRun = Annotated[bool, flag("--dry-run", "Montre ce qui changerait sans rien écrire.")]


@command(
    "populations",
    "mutualis import populations ensemble.zip --year 2026 --dry-run\n"
    "mutualis import populations donnees_communes.csv --year 2026\n"
    "mutualis import populations ensemble.zip --year 2025 --merged 25297=25364",
)
def populations(
    file: Annotated[
        Path,
        argument(
            "FICHIER", "donnees_communes.csv de l'INSEE, ou l'archive ensemble.zip qui le contient."
        ),
    ],
    year: Annotated[
        str,
        option("--year", "ANNÉE", "Année dont ce sont les populations en vigueur au 1er janvier."),
    ],
    merged: Annotated[
        list[str] | None,
        option(
            "--merged",
            "CODE=CODE",
            "Commune disparue, et celle avec qui elle a fusionné (répétable).",
        ),
    ] = None,
    siren: Annotated[
        list[str] | None,
        option(
            "--siren", "CODE=SIREN", "SIREN d'une commune nouvelle, ou qui a changé (répétable)."
        ),
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Ajoute ou met à jour les communes d'une année : populations de l'INSEE, niveaux repris.

    Chaque commune de l'année précédente est reprise avec son niveau et ses coordonnées. Ce que
    les nouvelles populations changent aux montants s'affiche, passages de tranche d'abord.
    Un classeur n'est jamais réécrit : la table entière, changée, est écrite à côté.
    """
    from mutualis.cli.screens.imports import populations as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.import_insee import import_populations

    wanted = year_of(year, "import populations FICHIER --year")
    result = import_populations(
        folder, file, wanted, _answers(merged, siren), today=today(), dry_run=dry_run
    )
    console.tell_problems(result.warnings, brief=True)
    if json:
        console.show_json(screen.answer(result))
    else:
        screen.show(result, folder, dry_run=dry_run)


@command(
    "cpi",
    "mutualis import cpi valeurs_mensuelles.csv --dry-run\nmutualis import cpi serie_011814630.zip",
)
def cpi(
    file: Annotated[
        Path,
        argument(
            "FICHIER",
            "valeurs_mensuelles.csv d'une série de l'INSEE, ou l'archive qui le contient.",
        ),
    ],
    dry_run: DryRun = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Ajoute à data/cpi.csv les mois de décembre définitifs d'une série de l'INSEE.

    Le fichier ne contient pas la variation que publie l'INSEE : elle est calculée, et marquée
    ainsi, là où aucune n'est connue.
    """
    from mutualis.cli.screens.imports import cpi as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.import_insee import import_index

    result = import_index(folder, file, dry_run=dry_run)
    console.tell_problems(result.warnings, brief=True)
    if json:
        console.show_json(screen.answer(result))
    else:
        screen.show(result, folder, dry_run=dry_run)


@command(
    "movements",
    "mutualis import movements v_mvtcommune_2026.csv --dry-run\n"
    "mutualis import movements cog_ensemble_2026_csv.zip",
)
def movements(
    file: Annotated[
        Path,
        argument("FICHIER", "v_mvtcommune_AAAA.csv de l'INSEE, ou l'archive qui le contient."),
    ],
    dry_run: DryRun = False,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Ajoute à data/movements.csv ce que les communes connues sont devenues depuis 1943.

    Fusions, communes nouvelles, rétablissements, changements de code et de nom. Les entrées dans
    la collectivité et les sorties n'y sont pas : les écrire à la main (adhésion, retrait).
    Un classeur n'est jamais réécrit : la table entière, changée, est écrite à côté.
    """
    from mutualis.cli.screens.imports import movements as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.import_insee import import_movements

    result = import_movements(folder, file, today=today(), dry_run=dry_run)
    console.tell_problems(result.warnings, brief=True)
    if json:
        console.show_json(screen.answer(result))
    else:
        screen.show(result, folder, dry_run=dry_run)


def _answers(merged: list[str] | None, sirens: list[str] | None) -> "Answers":
    from mutualis.domain.communes.population_answers import Answers
    from mutualis.files.tables.keys import is_siren

    heirs = _pairs(merged or [], "--merged", _CODE, "25297=25364")
    for code, heir in heirs.items():
        if code == heir:
            raise UnreadableRequest("command_line.merged_with_itself", commune=code)
    numbers = _pairs(sirens or [], "--siren", r"\d{9}", "25364=934280017")
    for code, number in numbers.items():
        if not is_siren(number):
            raise UnreadableRequest("command_line.wrong_siren", commune=code, siren=number)
    return Answers(heirs, numbers)


def _pairs(texts: list[str], option_: str, value: str, example: str) -> dict[str, str]:
    """25297=25364 by its first code; the same code twice must say the same."""
    found: dict[str, str] = {}
    for text in texts:
        match = re.fullmatch(rf"({_CODE})=({value})", "".join(text.split()).upper(), re.ASCII)
        if match is None:
            raise UnreadableRequest(
                "command_line.pair_unreadable", option=option_, text=text, example=example
            )
        code, other = match.groups()
        if found.setdefault(code, other) != other:
            raise UnreadableRequest("command_line.pair_twice", option=option_, commune=code)
    return found
