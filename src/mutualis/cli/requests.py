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


def month_of(text: str | None) -> str | None:
    """The month typed, AAAA-MM or MM/AAAA."""
    if text is None:
        return None
    match = re.fullmatch(r"(0[1-9]|1[0-2])/((?:19|2\d)\d{2})", text.strip(), re.ASCII)
    month = f"{match[2]}-{match[1]}" if match else text.strip()
    if re.fullmatch(r"(19|2\d)\d{2}-(0[1-9]|1[0-2])", month, re.ASCII):
        return month
    raise UnreadableRequest(f"--from : « {text} » n'est pas un mois.", "--from 2025-03")
