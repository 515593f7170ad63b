"""mutualis register titres"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, argument, flag, option
from mutualis.cli.commands.quotes import Reason, reason_of
from mutualis.cli.commands.register import command
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.combinations import check_options, only_with, only_without
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.files.received.titres import TitreRow

Given = Annotated[
    Path | None,
    option(
        "--from",
        "FICHIER",
        "Ce que le logiciel financier a rendu (facture;exercice;titre;bordereau;date), ou le "
        "classeur d'un lot dont « N° titre » est rempli.",
    ),
]
Exercice = Annotated[
    str | None,
    option(
        "--exercice",
        "ANNÉE",
        "Exercice du titre (par défaut : celui de sa date, sinon cette année).",
    ),
]
_OF_A_TITRE = ("--exercice", "--bordereau", "--titre-date")
COMBINATIONS = (
    only_without("--from", "--bordereau", "--titre-date"),
    only_without("--cancel", "--from", *_OF_A_TITRE),
    only_with("--cancel", "--reason"),
)


@command(
    "titres",
    "mutualis register titres --from titres.csv\n"
    "mutualis register titres F2025-0012 1234 --bordereau 56 --titre-date 02/02/2026\n"
    'mutualis register titres F2025-0012 --cancel --reason "Autre facture"',
)
def titres(
    context: typer.Context,
    number: Annotated[str | None, argument("NUMÉRO", "Une facture, ou un avoir.")] = None,
    titre: Annotated[str | None, argument("TITRE", "Son titre, ou son mandat.")] = None,
    source: Given = None,
    exercice: Exercice = None,
    bordereau: Annotated[str, option("--bordereau", "NUMÉRO", "Bordereau.")] = "",
    titre_date: Annotated[
        str | None, option("--titre-date", "JJ/MM/AAAA", "Date du titre.")
    ] = None,
    cancel: Annotated[
        bool, flag("--cancel", "Retire un titre noté par erreur : la facture n'en a plus.")
    ] = False,
    reason: Reason = "",
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note le titre de recettes de chaque facture, tel que le logiciel financier l'a émis ; pour
    un avoir, le titre qui réduit ou annule, ou le mandat."""
    from mutualis.cli.screens.register import titres as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.register_titres import record_titres, titres_of_file, withdraw_titre

    check_options(context, COMBINATIONS)
    one = (number or "").strip(), (titre or "").strip()
    if (number is None) == (source is None) or (
        source is None and (not one[0] or bool(one[1]) is cancel)
    ):
        raise UnreadableRequest("command_line.titres_of_nothing")
    if cancel:
        named, why = text_of(one[0], "titre", 40).upper(), reason_of(reason)
        day, who = noted_day(folder), operator_of(operator)
        withdrawn = withdraw_titre(folder, named, reason=why, day=day, operator=who)
        screen.tell_withdrawn(withdrawn, json=json)
        return
    year = None if exercice is None else year_of(exercice, "register titres --exercice")
    if source is not None:
        rows, warnings = titres_of_file(source)
    else:
        rows, warnings = [_titre(*one, year, bordereau, titre_date)], []
    recorded = record_titres(
        folder,
        rows,
        exercice=year or today().year,
        day=noted_day(folder),
        operator=operator_of(operator),
        file="" if source is None else source.name,
        warnings=warnings,
    )
    console.tell_problems(recorded.warnings, brief=True)
    if json:
        console.show_json(screen.answer(recorded))
    else:
        screen.show(recorded)


def _titre(
    number: str, titre: str, exercice: int | None, bordereau: str, day: str | None
) -> "TitreRow":
    """The titre of one document, as it is typed."""
    from mutualis.files.received.titres import TitreRow

    dated = None
    if day is not None:
        dated = day_of(day, "register titres", "F2025-0012 1234 --titre-date 02/02/2026")
    return TitreRow(
        text_of(number, "titre", 40).upper(),
        exercice or (None if dated is None else dated.year),
        text_of(titre, "titre", 40),
        text_of(bordereau, "--bordereau", 40),
        dated,
    )
