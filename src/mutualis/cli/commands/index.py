"""mutualis index"""

from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, argument, flag, option
from mutualis.cli.terminal.combinations import check_options, exclusive, together
from mutualis.cli.terminal.values import act_of, given_of, number_of, percent_of, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.index import NewDecember

NAME = "index"
SHORT_HELP = "Indexe les tarifs pour une année, ou enregistre leur vote."
HELP = """
Calcule la grille d'une année à partir de la précédente et de la variation sur un an de
l'indice des prix de décembre, montre ce que donneraient les autres lectures de la règle,
et ajoute la grille projetée à la fin de data/tariffs.toml. Avec --deliberation, le projet de
délibération, en Word et en PDF : tarifs avant et après, effet sur les recettes et sur chaque
commune, autres lectures ; la grille peut être déjà là, si elle n'est pas votée. Après le vote,
--act enregistre la délibération.
"""
EXAMPLES = """
mutualis index 2026 --dry-run
mutualis index 2026
mutualis index 2026 --deliberation
mutualis index 2026 --act "Délibération n° 12 du 12/02/2026"
mutualis index 2026 --rate 0,8 --index 99,95 --base 2025 --source "INSEE, 15/01/2026"
"""
COMBINATIONS = (
    together("command_line.december_incomplete", "--rate", "--index", "--base", "--source"),
    exclusive("--deliberation", "--act"),
)


def command(
    context: typer.Context,
    year: Annotated[
        str | None,
        argument("ANNÉE", "Année de la nouvelle grille (par défaut : celle qui suit la dernière)."),
    ] = None,
    act: Annotated[str | None, option("--act", "TEXTE", "Délibération qui vote la grille.")] = None,
    dry_run: Annotated[
        bool, flag("--dry-run", "Montre le calcul sans rien écrire dans data.")
    ] = False,
    deliberation: Annotated[
        bool, flag("--deliberation", "Écrit aussi le projet de délibération (.docx, .pdf).")
    ] = False,
    rate: Annotated[
        str | None, option("--rate", "TAUX", "Variation sur un an de décembre, en %.")
    ] = None,
    index: Annotated[str | None, option("--index", "INDICE", "Indice de décembre.")] = None,
    base: Annotated[str | None, option("--base", "ANNÉE", "Base de l'indice (2025).")] = None,
    source: Annotated[
        str | None, option("--source", "TEXTE", "Origine du chiffre et sa date.")
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import index as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.index import Voted, index_tariffs
    from mutualis.workflows.printing import printer_of

    check_options(context, COMBINATIONS)
    result = index_tariffs(
        folder,
        None if year is None else year_of(year, NAME),
        december=_december(rate, index, base, source),
        act=None if act is None else act_of(act),
        dry_run=dry_run,
        printer=printer_of(folder) if deliberation else None,
    )
    console.tell_problems(result.warnings, brief=True)
    if isinstance(result, Voted):
        if json:
            console.show_json(screen.voted_answer(result))
        else:
            screen.show_voted(result, folder)
        return
    if json:
        console.show_json(screen.answer(result))
    else:
        screen.show(result, folder)


def _december(
    rate: str | None, index: str | None, base: str | None, source: str | None
) -> "NewDecember | None":
    from mutualis.workflows.index import NewDecember

    if rate is None or index is None or base is None:
        return None
    if not (base.isascii() and base.isdigit() and len(base) == 4):
        raise UnreadableRequest("command_line.not_a_base", text=base)
    value, level = percent_of(rate, "--rate", "0,8"), number_of(index, "--index", "99,95")
    if not -50 <= value <= 100 or level <= 0:
        raise UnreadableRequest("command_line.december_out_of_bounds")
    return NewDecember(value, level, base, given_of(source, "--source", NAME))
