"""mutualis requests: the requests of communes, ranked in the open"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, Operator, Out, Year
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, out_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    pass

NAME = "requests"
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

First = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="AAAA-MM",
        help="Premier mois planifié (par défaut : celui de criteria.toml, sinon le mois prochain).",
        show_default=False,
    ),
]


@command(
    "rank",
    "mutualis requests rank 2025\n"
    "mutualis requests rank 2025 --workbook\n"
    "mutualis requests rank 2025 --from 2025-03 --json",
)
def rank(
    year: Year,
    first: First = None,
    workbook: Annotated[
        bool, typer.Option("--workbook", help="Écrit aussi un classeur, marqué PROJET.")
    ] = False,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Classe les demandes d'une année et les place dans les mois que la capacité permet."""
    from mutualis.cli.screens import requests_rank as requests_screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.requests_publish import write_draft
    from mutualis.workflows.requests_rank import prepare

    if out is not None and not workbook:
        raise UnreadableRequest("--out : seulement avec --workbook.", "ajouter --workbook")
    prepared = prepare(folder, year_of(year, "requests rank"), first=month_of(first), today=today())
    files = (write_draft(folder, prepared, today(), out_of(out)),) if workbook else ()
    console.tell_problems(prepared.warnings, brief=True)
    if json:
        console.show_json({**requests_screen.ranking(prepared), "files": list(files)})
        return
    requests_screen.show_ranking(prepared)
    console.show_files(files, folder)
    console.show_next(
        "mutualis requests explain DEMANDE ; après la séance : "
        f"mutualis requests publish {prepared.session.year} --meeting FICHIER"
    )


@command(
    "explain",
    "mutualis requests explain P2025-04\nmutualis requests explain P2025-04 --year 2025 --json",
)
def explain(
    wanted: Annotated[
        str, typer.Argument(metavar="DEMANDE", help="Identifiant.", show_default=False)
    ],
    year: Annotated[
        str | None,
        typer.Option(
            "--year",
            metavar="ANNÉE",
            help="Année du classement (par défaut : celle du premier mois planifié).",
            show_default=False,
        ),
    ] = None,
    first: First = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Dit pourquoi une demande a ce rang, et ce qui le changerait."""
    from mutualis.cli.screens import requests_explain as request_screen
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
        console.show_json(request_screen.answer(explained))
    else:
        request_screen.show_explained(explained)


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
        typer.Option(
            "--meeting",
            metavar="FICHIER",
            help="Séance : date, membres présents, décisions qui s'écartent du classement.",
            show_default=False,
        ),
    ],
    first: First = None,
    correct: Annotated[
        str,
        typer.Option(
            "--correct",
            metavar="RAISON",
            help="Corrige les membres ou les écarts d'une séance publiée, et dit pourquoi.",
            show_default=False,
        ),
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Publie sans demander de confirmation.")
    ] = False,
    operator: Operator = None,
    day: Day = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Publie la décision d'une séance : registre, classeur, une lettre par commune."""
    from mutualis.cli.screens import requests_rank as requests_screen
    from mutualis.cli.terminal import console
    from mutualis.cli.terminal.prompt import confirm
    from mutualis.domain.french.typography import count, long_date
    from mutualis.workflows import requests_publish as publishing

    publication = publishing.prepare_publication(
        folder,
        year_of(year, "requests publish"),
        meeting,
        first=month_of(first),
        day=day_of(day, "requests publish"),
        today=today(),
        operator=operator_of(operator),
        correction=text_of(correct, "--correct"),
    )
    printer = console.printer(folder)
    console.tell_problems(publication.warnings, brief=True)
    decided = publication.meeting
    if publication.is_new:
        requests = count(len(decided.session.candidates), "demande")
        confirm(
            f"Publier la {'correction' if decided.correction else 'décision'} du "
            f"{long_date(decided.day)} ({requests}) ? C'est définitif.",
            yes=yes,
            act="publier",
            nothing="rien n'a été publié",
        )
    published = publishing.publish(publication, printer)
    if json:
        console.show_json(requests_screen.publication(published))
        return
    state = "publiée" if published.created else "déjà publiée : rien n'est ajouté"
    console.show(f"Séance du {long_date(decided.day)} {state}", "bold")
    requests_screen.show_outcome(published.meeting.outcome)
    console.show_files(published.files, folder)
    console.show(f"Empreinte du registre : {published.head}")
    if decided.correction:
        console.show(
            "Une correction garde les demandes, les critères et les scores de la séance ; pour "
            "classer de nouveau, tenir une nouvelle séance."
        )
    console.show_next(
        "envoyer les lettres ; dans data/requests.csv, mettre les demandes lancées à l'état « en "
        "cours », puis « terminée » : jusque-là, leurs mois restent réservés"
    )


@command("render", "mutualis requests render 20/02/2025")
def render(
    meeting: Annotated[
        str, typer.Argument(metavar="JJ/MM/AAAA", help="Date de la séance.", show_default=False)
    ],
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Réécrit le classeur et les lettres d'une séance, tels qu'ils ont été publiés."""
    from mutualis.cli.terminal import console
    from mutualis.workflows.requests_publish import render_again

    day = day_of(meeting, "requests render", "mutualis requests render 20/02/2025")
    files = render_again(folder, day, console.printer(folder))
    if json:
        console.show_json({"meeting": day.isoformat(), "files": list(files)})
        return
    console.show_files(files, folder)
    console.show_next("mutualis register verify")


def month_of(text: str | None) -> str | None:
    """The month typed, AAAA-MM or MM/AAAA."""
    if text is None:
        return None
    match = re.fullmatch(r"(0[1-9]|1[0-2])/((?:19|2\d)\d{2})", text.strip(), re.ASCII)
    month = f"{match[2]}-{match[1]}" if match else text.strip()
    if re.fullmatch(r"(19|2\d)\d{2}-(0[1-9]|1[0-2])", month, re.ASCII):
        return month
    raise UnreadableRequest(f"--from : « {text} » n'est pas un mois.", "--from 2025-03")
