"""mutualis quotes done, close"""

from collections.abc import Mapping
from typing import Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator, flag, option
from mutualis.cli.commands.quotes import Decision, Number, Reason, clerk_of, command, reason_of
from mutualis.cli.terminal.combinations import check_options, only_with, only_without
from mutualis.cli.terminal.values import act_of, day_of, given_of, text_of, today
from mutualis.domain.problems.refusals import UnreadableRequest

DONE_COMBINATIONS = (
    only_without("--cancel", "--line", "--certified-by", "--date", "--again", "--act"),
    only_with("--cancel", "--reason"),
)
CLOSE_COMBINATIONS = (only_without("--cancel", "--date"),)


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
    act: Decision = None,
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note les demi-journées réellement faites (service fait), en une ou plusieurs fois."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import note_work, withdraw_work

    check_options(context, DONE_COMBINATIONS)
    clerk = clerk_of(folder, operator)
    if cancel is not None:
        why = reason_of(reason)
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
            decision=act_of(given_of(act, "--act", f"quotes done {number}")),
        )
    screen.tell(mission, today(), json=json)


@command(
    "close",
    'mutualis quotes close D2025-0001 --reason "Le projet est abandonné"\n'
    'mutualis quotes close D2025-0001 --cancel --reason "Le projet reprend"',
)
def close(
    context: typer.Context,
    number: Number,
    reason: Reason = "",
    day: Annotated[
        str | None,
        option("--date", "JJ/MM/AAAA", "Date de la clôture (par défaut : aujourd'hui)."),
    ] = None,
    cancel: Annotated[bool, flag("--cancel", "Retire la clôture : le devis continue.")] = False,
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Clôt un devis accepté avant que tout soit fait : ce qui est fait reste à facturer, le reste
    est libéré."""
    from mutualis.cli.screens import quotes as screen
    from mutualis.workflows.quotes import close_mission, withdraw_closure

    check_options(context, CLOSE_COMBINATIONS)
    clerk, why = clerk_of(folder, operator), reason_of(reason)
    if cancel:
        mission = withdraw_closure(folder, number, clerk, reason=why)
    else:
        closed_on = day_of(day, f"quotes close {number}")
        mission = close_mission(folder, number, clerk, day=closed_on, reason=why)
    screen.tell(mission, today(), json=json)


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
