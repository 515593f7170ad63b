"""mutualis quotes: what becomes of a quote"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, argument, option
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import act_of, day_of, given_of, text_of, today
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.quotes import Clerk

app = group(
    help_text="Les devis enregistrés : réponse de la commune, travail, clôture, reste à facturer.",
    short_help="Suit les devis : accord, réalisation, reste à facturer.",
    epilog="""
    mutualis quotes list
    mutualis quotes accept D2025-0001 --date 20/03/2025
    mutualis quotes done D2025-0001 --line A:2 --certified-by "Mme Roy, DGS"
    mutualis quotes close D2025-0001 --reason "Le projet est abandonné"
    """,
)
command = command_of(app)

Number = Annotated[str, argument("NUMÉRO", "Numéro du devis.", "DEVIS")]
AnswerDay = Annotated[
    str | None,
    option("--date", "JJ/MM/AAAA", "Date de la réponse de la commune (par défaut : aujourd'hui)."),
]
By = Annotated[str, option("--by", "NOM", "Qui répond pour la commune.")]
Reason = Annotated[str, option("--reason", "TEXTE", "Pourquoi.")]
Decision = Annotated[
    str | None,
    option("--act", "ACTE", "Décision de continuer pour une commune qui n'est plus adhérente."),
]


@command("list", "mutualis quotes list\nmutualis quotes list --json")
def list_quotes(json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne tous les devis enregistrés, avec leur état et ce qui reste à facturer."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.quotes import missions_of

    missions, day = missions_of(folder), today()
    if json:
        console.show_json(screen.list_answer(missions, day))
    else:
        screen.show_list(missions, day)


@command("show", "mutualis quotes show D2025-0001\nmutualis quotes show D2025-0001 --json")
def show_quote(number: Number, json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne un devis, la réponse de la commune, ce qui est fait et facturé."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.quotes import find_mission

    mission = find_mission(folder, number)
    if json:
        console.show_json(screen.whole(mission, today()))
    else:
        screen.show(mission, today())


@command(
    "accept",
    "mutualis quotes accept D2025-0001 --date 20/03/2025\n"
    'mutualis quotes accept D2025-0001 --by "M. Petit, maire"',
)
def accept(
    number: Number,
    day: AnswerDay = None,
    by: By = "",
    act: Decision = None,
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note l'accord de la commune, donné pendant la validité du devis."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import answer_quote

    mission = answer_quote(
        folder,
        number,
        clerk_of(folder, operator),
        accepted=True,
        day=day_of(day, f"quotes accept {number}"),
        by=text_of(by, "--by", 120),
        decision=act_of(given_of(act, "--act", f"quotes accept {number}")),
    )
    screen.tell(mission, today(), json=json)


@command("decline", "mutualis quotes decline D2025-0001 --date 20/03/2025")
def decline(
    number: Number,
    day: AnswerDay = None,
    by: By = "",
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note que la commune ne donne pas suite au devis."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import answer_quote

    mission = answer_quote(
        folder,
        number,
        clerk_of(folder, operator),
        accepted=False,
        day=day_of(day, f"quotes decline {number}"),
        by=text_of(by, "--by", 120),
    )
    screen.tell(mission, today(), json=json)


@command("withdraw", 'mutualis quotes withdraw D2025-0001 --reason "Accord d\'une autre commune"')
def withdraw(
    number: Number,
    reason: Reason = "",
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Retire la réponse de la commune, notée par erreur, tant qu'aucun travail n'est noté : le
    devis attend de nouveau sa réponse."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import withdraw_answer

    mission = withdraw_answer(folder, number, clerk_of(folder, operator), reason=reason_of(reason))
    screen.tell(mission, today(), json=json)


def clerk_of(folder: Path, operator: str | None) -> "Clerk":
    from mutualis.workflows.quotes import Clerk

    return Clerk(noted_day(folder), operator_of(operator))


def reason_of(text: str) -> str:
    """Why something is withdrawn or closed; raises UnreadableRequest when it is not said."""
    why = text_of(text, "--reason")
    if not why:
        raise UnreadableRequest("command_line.withdrawal_without_reason")
    return why
