"""mutualis quotes: what becomes of a quote"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json, Operator
from mutualis.cli.screens.quotes import entry, show, tell, whole
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

Number = Annotated[
    str, typer.Argument(metavar="NUMÉRO", help="Numéro du devis.", show_default=False)
]
AnswerDay = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="JJ/MM/AAAA",
        help="Date de la réponse de la commune (par défaut : aujourd'hui).",
        show_default=False,
    ),
]
By = Annotated[
    str,
    typer.Option("--by", metavar="NOM", help="Qui répond pour la commune.", show_default=False),
]


@command("list", "mutualis quotes list\nmutualis quotes list --json")
def list_quotes(json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne tous les devis enregistrés, avec leur état et ce qui reste à facturer."""
    from mutualis.cli.terminal import console
    from mutualis.documents.wording.missions import STATES
    from mutualis.domain.french.typography import euros, short_date
    from mutualis.workflows.quotes import missions_of

    missions, day = missions_of(folder), today()
    if json:
        console.show_json({"quotes": [entry(mission, day) for mission in missions]})
        return
    if not missions:
        console.show("Aucun devis n'est enregistré.")
        console.show_next('mutualis quote COMMUNE --line A:2:"Désignation"')
        return
    console.show_table(
        ("Devis", "Date", "Commune", "Montant", "État", "À facturer"),
        [
            (
                mission.number,
                short_date(mission.issued.quote.issued_on),
                f"{mission.issued.commune.name} ({mission.issued.commune.code_insee})",
                euros(mission.issued.amount),
                STATES[mission.state(day)],
                euros(mission.to_invoice) if mission.unbilled else "",
            )
            for mission in missions
        ],
        right=(3, 5),
    )


@command("show", "mutualis quotes show D2025-0001\nmutualis quotes show D2025-0001 --json")
def show_quote(number: Number, json: Json = False, folder: Folder = CURRENT_FOLDER) -> None:
    """Donne un devis, la réponse de la commune, ce qui est fait et facturé."""
    from mutualis.cli.terminal import console
    from mutualis.workflows.quotes import find_mission

    mission = find_mission(folder, number)
    if json:
        console.show_json(whole(mission, today()))
    else:
        show(mission, today())


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
    number: Number,
    line: Annotated[
        list[str] | None,
        typer.Option(
            "--line",
            "--half-days",
            metavar="LIGNE",
            help="CATÉGORIE:DEMI-JOURNÉES réellement faites (répétable).",
        ),
    ] = None,
    certified_by: Annotated[
        str,
        typer.Option(
            "--certified-by",
            metavar="NOM",
            help="Qui certifie le service fait.",
            show_default=False,
        ),
    ] = "",
    day: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="JJ/MM/AAAA",
            help="Date à laquelle c'est fait (par défaut : aujourd'hui).",
            show_default=False,
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Ce sont d'autres demi-journées du même jour.")
    ] = False,
    cancel: Annotated[
        str | None,
        typer.Option("--cancel", metavar="RANG", help="Retire un travail noté par erreur."),
    ] = None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason", metavar="TEXTE", help="Pourquoi il est retiré.", show_default=False
        ),
    ] = "",
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    """Note les demi-journées réellement faites (service fait), en une ou plusieurs fois."""
    from mutualis.workflows.quotes import note_work, withdraw_work

    clerk = _clerk(operator)
    if cancel is not None:
        if line or certified_by or day or again:
            raise UnreadableRequest(
                "--cancel retire un travail et n'en note pas d'autre.",
                "retirer --line, --certified-by, --date et --again",
            )
        why = text_of(reason, "--reason")
        if not why:
            raise UnreadableRequest("Il faut dire pourquoi.", 'ajouter --reason "Saisi deux fois"')
        mission = withdraw_work(folder, number, clerk, rank=_rank(cancel), reason=why)
    else:
        certifier = text_of(certified_by, "--certified-by", 120)
        if reason:
            raise UnreadableRequest("--reason : seulement avec --cancel.", "retirer --reason")
        if not certifier:
            raise UnreadableRequest(
                "Le service fait est certifié par quelqu'un.",
                'ajouter --certified-by "Mme Roy, DGS"',
            )
        mission = note_work(
            folder,
            number,
            clerk,
            half_days=_half_days(line or []),
            day=day_of(day, "quotes done"),
            certified_by=certifier,
            again=again,
        )
    tell(mission, today(), json=json)


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
    from mutualis.workflows.quotes import answer_quote

    mission = answer_quote(
        folder,
        number,
        _clerk(operator),
        accepted=accepted,
        day=day_of(day, f"quotes {'accept' if accepted else 'decline'} {number}"),
        by=text_of(by, "--by", 120),
    )
    tell(mission, today(), json=json)


def _clerk(operator: str | None) -> "Clerk":
    from mutualis.workflows.quotes import Clerk

    return Clerk(today(), operator_of(operator))


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
    if wrong or not found:
        what = f"Ligne illisible : {', '.join(wrong)}. " if wrong else ""
        raise UnreadableRequest(
            f"{what}Il faut CATÉGORIE:DEMI-JOURNÉES, un nombre entier.", "--line A:2 --line B:1"
        )
    return found


def _rank(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    raise UnreadableRequest(
        f"--cancel : « {text} » n'est pas le rang d'un travail.", "mutualis quotes show NUMÉRO"
    )
