"""mutualis requests: the requests of communes, ranked in the open"""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Year, today, year_of
from mutualis.cli.french import command_of, group
from mutualis.domain.refusals import UnreadableRequest

if TYPE_CHECKING:
    pass

NAME = "requests"
app = group(
    help_text="Les demandes des communes : les classer par des critères ouverts, les planifier.",
    short_help="Classe et planifie les demandes des communes.",
    epilog="""
    mutualis requests rank 2025
    mutualis requests explain P2025-04
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


@command("rank", "mutualis requests rank 2025\nmutualis requests rank 2025 --from 2025-03 --json")
def rank(
    year: Year, first: First = None, json: Json = False, folder: Folder = CURRENT_FOLDER
) -> None:
    """Classe les demandes d'une année et les place dans les mois que la capacité permet."""
    from mutualis.cli import console, requests_screen
    from mutualis.workflows.prioritising import prepare

    prepared = prepare(folder, year_of(year, "requests rank"), first=month_of(first), today=today())
    console.tell_problems(prepared.warnings, brief=True)
    if json:
        console.show_json(requests_screen.ranking(prepared))
    else:
        requests_screen.show_ranking(prepared)


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
    from mutualis.cli import console, request_screen
    from mutualis.workflows.prioritising import explain_request

    prepared, standing = explain_request(
        folder,
        wanted,
        year=None if year is None else year_of(year, "requests explain DEMANDE --year"),
        first=month_of(first),
        today=today(),
    )
    console.tell_problems(prepared.warnings, brief=True)
    if json:
        console.show_json(request_screen.explained(prepared, standing))
    else:
        request_screen.show_standing(prepared, standing)


def month_of(text: str | None) -> str | None:
    """The month typed, AAAA-MM or MM/AAAA."""
    if text is None:
        return None
    match = re.fullmatch(r"(0[1-9]|1[0-2])/((?:19|2\d)\d{2})", text.strip(), re.ASCII)
    month = f"{match[2]}-{match[1]}" if match else text.strip()
    if re.fullmatch(r"(19|2\d)\d{2}-(0[1-9]|1[0-2])", month, re.ASCII):
        return month
    raise UnreadableRequest(f"--from : « {text} » n'est pas un mois.", "--from 2025-03")
