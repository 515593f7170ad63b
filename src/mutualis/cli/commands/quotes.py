"""mutualis quotes: what becomes of a quote"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, argument, flag, option
from mutualis.cli.terminal.clock import noted_day
from mutualis.cli.terminal.combinations import check_options, only_with, only_without
from mutualis.cli.terminal.french import command_of, group
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, text_of, today
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.quotes import Clerk

NAME = "quotes"
app = group(
    help_text="Les devis enregistrés : accord de la commune, travail fait, reste à facturer.",
    short_help="Suit les devis : accord, réalisation, reste à facturer.",
    epilog="""
    mutualis quotes list
    mutualis quotes accept D2025-0001 --date 20/03/2025
    mutualis quotes done D2025-0001 --line A:2 --certified-by "Mme Roy, DGS"
    """,
)
command = command_of(app)
DONE_COMBINATIONS = (
    only_without("--cancel", "--line", "--certified-by", "--date", "--again"),
    only_with("--cancel", "--reason"),
)

Number = Annotated[str, argument("NUMÉRO", "Numéro du devis.")]
AnswerDay = Annotated[
    str | None,
    option("--date", "JJ/MM/AAAA", "Date de la réponse de la commune (par défaut : aujourd'hui)."),
]
By = Annotated[str, option("--by", "NOM", "Qui répond pour la commune.")]


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
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note l'accord de la commune, donné pendant la validité du devis."""
    _answer(number, day, by, operator, json, folder, accepted=True)


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
    _answer(number, day, by, operator, json, folder, accepted=False)


@command(
    "done",
    'mutualis quotes done D2025-0001 --line A:2 --certified-by "Mme Roy, DGS"\n'
    'mutualis quotes done D2025-0001 --line B:1 --date 12/05/2025 --certified-by "Mme Roy"\n'
    'mutualis quotes done D2025-0001 --cancel 2 --reason "Saisi deux fois"',
)
def done(
    context: typer.Context,
    number: Number,
    line: Annotated[
        list[str] | None,
        option(
            "--line",
            "LIGNE",
            "CATÉGORIE:DEMI-JOURNÉES réellement faites (répétable).",
            "--half-days",
        ),
    ] = None,
    certified_by: Annotated[
        str, option("--certified-by", "NOM", "Qui certifie le service fait.")
    ] = "",
    day: Annotated[
        str | None,
        option("--date", "JJ/MM/AAAA", "Date à laquelle c'est fait (par défaut : aujourd'hui)."),
    ] = None,
    again: Annotated[bool, flag("--again", "Ce sont d'autres demi-journées du même jour.")] = False,
    cancel: Annotated[
        str | None, option("--cancel", "RANG", "Retire un travail noté par erreur.")
    ] = None,
    reason: Annotated[str, option("--reason", "TEXTE", "Pourquoi il est retiré.")] = "",
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note les demi-journées réellement faites (service fait), en une ou plusieurs fois."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import note_work, withdraw_work

    check_options(context, DONE_COMBINATIONS)
    clerk = _clerk(folder, operator)
    if cancel is not None:
        why = text_of(reason, "--reason")
        if not why:
            raise UnreadableRequest("command_line.withdrawal_without_reason")
        mission = withdraw_work(folder, number, clerk, rank=_rank(cancel), reason=why)
    else:
        certifier = text_of(certified_by, "--certified-by", 120)
        if not certifier:
            raise UnreadableRequest("command_line.work_uncertified")
        mission = note_work(
            folder,
            number,
            clerk,
            half_days=_half_days(line or []),
            day=day_of(day, "quotes done"),
            certified_by=certifier,
            again=again,
        )
    screen.tell(mission, today(), json=json)


def _answer(
    number: str,
    day: str | None,
    by: str,
    operator: str | None,
    json: bool,
    folder: Path,
    *,
    accepted: bool,
) -> None:
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import answer_quote

    mission = answer_quote(
        folder,
        number,
        _clerk(folder, operator),
        accepted=accepted,
        day=day_of(day, f"quotes {'accept' if accepted else 'decline'} {number}"),
        by=text_of(by, "--by", 120),
    )
    screen.tell(mission, today(), json=json)


def _clerk(folder: Path, operator: str | None) -> "Clerk":
    from mutualis.workflows.quotes import Clerk

    return Clerk(noted_day(folder), operator_of(operator))


def _half_days(texts: list[str]) -> Mapping[str, int]:
    """A:2 and B:1, by category; the same category twice adds up."""
    found: dict[str, int] = {}
    wrong = []
    for text in texts:
        category, _, quantity = (part.strip() for part in text.partition(":"))
        if category and quantity.isascii() and quantity.isdigit() and len(quantity) <= 4:
            name = category.upper()
            found[name] = found.get(name, 0) + int(quantity)
        else:
            wrong.append(f"« {text} »")
    if wrong:
        raise UnreadableRequest("command_line.work_lines_unreadable", lines=", ".join(wrong))
    if not found:
        raise UnreadableRequest("command_line.no_work_line")
    return found


def _rank(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    raise UnreadableRequest("command_line.not_a_rank", text=text)
