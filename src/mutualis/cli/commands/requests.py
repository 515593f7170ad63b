"""mutualis requests: the requests of communes, ranked in the open"""

from pathlib import Path
from typing import Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Folder,
    Json,
    Operator,
    Out,
    Year,
    argument,
    flag,
    option,
)
from mutualis.cli.terminal.clock import recorded_day
from mutualis.cli.terminal.combinations import check_options, only_with
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, month_of, out_of, text_of, today, year_of

app = group(
    help_text="Les demandes des communes : les classer par des critères ouverts, les planifier.",
    short_help="Classe et planifie les demandes des communes.",
    epilog="""
    mutualis requests rank 2025
    mutualis requests explain P2025-04
    mutualis requests publish 2025 --meeting data/meetings/2025-02-20.toml
    """,
)
command = command_of(app)
RANK_COMBINATIONS = (only_with("--workbook", "--out"),)

First = Annotated[
    str | None,
    option(
        "--from",
        "AAAA-MM",
        "Premier mois planifié (par défaut : celui de criteria.toml, sinon le mois prochain).",
    ),
]


@command(
    "rank",
    "mutualis requests rank 2025\n"
    "mutualis requests rank 2025 --workbook\n"
    "mutualis requests rank 2025 --from 2025-03 --json",
)
def rank(
    context: typer.Context,
    year: Year,
    first: First = None,
    workbook: Annotated[
        bool, flag("--workbook", "Écrit aussi un classeur, marqué PROJET.")
    ] = False,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Classe les demandes d'une année et les place dans les mois que la capacité permet."""
    from mutualis.cli.screens.requests import rank as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.requests_publish import write_draft
    from mutualis.workflows.requests_rank import prepare

    check_options(context, RANK_COMBINATIONS)
    prepared = prepare(folder, year_of(year, "requests rank"), first=month_of(first), today=today())
    files = (write_draft(folder, prepared, today(), out_of(out)),) if workbook else ()
    console.tell_problems(prepared.warnings, brief=True)
    if json:
        console.show_json(screen.answer(prepared, files))
    else:
        screen.show(prepared, files, folder)


@command(
    "explain",
    "mutualis requests explain P2025-04\nmutualis requests explain P2025-04 --year 2025 --json",
)
def explain(
    wanted: Annotated[str, argument("DEMANDE", "Identifiant.")],
    year: Annotated[
        str | None,
        option(
            "--year", "ANNÉE", "Année du classement (par défaut : celle du premier mois planifié)."
        ),
    ] = None,
    first: First = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Dit pourquoi une demande a ce rang, et ce qui le changerait."""
    from mutualis.cli.screens.requests import explain as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.requests_rank import explain_request

    explained = explain_request(
        folder,
        wanted,
        year=None if year is None else year_of(year, "requests explain DEMANDE --year"),
        first=month_of(first),
        today=today(),
    )
    console.tell_problems(explained.prepared.warnings, brief=True)
    if json:
        console.show_json(screen.answer(explained))
    else:
        screen.show(explained)


@command(
    "publish",
    "mutualis requests publish 2025 --meeting data/meetings/2025-02-20.toml\n"
    "mutualis requests publish 2025 --meeting data/meetings/2025-02-20.toml "
    '--correct "Nom oublié"',
)
def publish(
    year: Year,
    meeting: Annotated[
        Path,
        option(
            "--meeting",
            "FICHIER",
            "Séance : date, membres présents, décisions qui s'écartent du classement.",
        ),
    ],
    first: First = None,
    correct: Annotated[
        str,
        option(
            "--correct",
            "RAISON",
            "Corrige les membres ou les écarts d'une séance publiée, et dit pourquoi.",
        ),
    ] = "",
    yes: Annotated[bool, flag("--yes", "Publie sans demander de confirmation.")] = False,
    operator: Operator = None,
    day: Day = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Publie la décision d'une séance : registre, classeur, une lettre par commune."""
    from mutualis.cli.screens.requests import publish as screen
    from mutualis.cli.terminal import console
    from mutualis.cli.terminal.prompt import PUBLISH, confirm
    from mutualis.workflows import requests_publish as workflow
    from mutualis.workflows.printing import printer_of

    publication = workflow.prepare_publication(
        folder,
        year_of(year, "requests publish"),
        meeting,
        first=month_of(first),
        day=recorded_day(day, "requests publish", folder),
        today=today(),
        operator=operator_of(operator),
        correction=text_of(correct, "--correct"),
    )
    console.tell_problems(publication.warnings, brief=True)
    if publication.is_new:
        confirm(screen.question(publication.meeting), PUBLISH, yes=yes)
    published = workflow.publish(publication, printer_of(folder))
    if json:
        console.show_json(screen.answer(published))
    else:
        screen.show(published, folder)


@command("render", "mutualis requests render 20/02/2025")
def render(
    meeting: Annotated[str, argument("JJ/MM/AAAA", "Date de la séance.")],
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Réécrit le classeur et les lettres d'une séance, tels qu'ils ont été publiés."""
    from mutualis.cli.screens.requests import publish as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.printing import printer_of
    from mutualis.workflows.requests_publish import render_again

    day = day_of(meeting, "requests render", "20/02/2025")
    files = render_again(folder, day, printer_of(folder))
    if json:
        console.show_json(screen.rendered_answer(day, files))
    else:
        screen.show_rendered(files, folder)
