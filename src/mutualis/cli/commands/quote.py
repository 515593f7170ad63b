"""mutualis quote"""

from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Folder,
    Json,
    Operator,
    Out,
    Pdf,
    argument,
    flag,
    option,
)
from mutualis.cli.terminal.clock import recorded_day
from mutualis.cli.terminal.combinations import check_options, exclusive
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, given_of, out_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.domain.quotes.quote import WantedLine

NAME = "quote"
SHORT_HELP = "Établit un devis de niveau 3 pour une commune."
HELP = """
Établit un devis en demi-journées d'agents pour une commune adhérente 2B. Chaque --line
donne la catégorie des agents, le nombre de demi-journées et la désignation. Le devis prend
un numéro et entre au registre ; avec --draft, il reste un PROJET, sans numéro.
"""
EXAMPLES = """
mutualis quote Saône --line A:2:"Rédaction du cahier des charges"
mutualis quote 25532 --line A:2:"Cadrage" --line B:3:"Analyse des offres" --year 2025
mutualis quote "Saint-Vit" --line C:1:"Saisie" --object "Marché de voirie" --valid-days 60
mutualis quote Saône --service "Accompagnement RH" --line A:2:"Étude" --draft
"""
COMBINATIONS = (exclusive("--draft", "--again"),)
MOST_DAYS = 3650

_Service = Annotated[
    str | None,
    option(
        "--service",
        "TEXTE",
        "Prestation de niveau 3 (mutualis services), par son nom ou quelques mots du nom.",
    ),
]


def command(
    context: typer.Context,
    commune: Annotated[str, argument("COMMUNE", "Nom ou code INSEE.")],
    line: Annotated[
        list[str] | None,
        option("--line", "LIGNE", "CATÉGORIE:DEMI-JOURNÉES:DÉSIGNATION (répétable)."),
    ] = None,
    service: _Service = None,
    subject: Annotated[str, option("--object", "TEXTE", "Objet du devis.")] = "",
    year: Annotated[
        str | None, option("--year", "ANNÉE", "Année de la mission (par défaut : celle du devis).")
    ] = None,
    valid_days: Annotated[
        str | None,
        option(
            "--valid-days", "JOURS", "Durée de validité (par défaut : celle de data/issuer.toml)."
        ),
    ] = None,
    draft: Annotated[bool, flag("--draft", "N'en fait qu'un projet, sans numéro.")] = False,
    again: Annotated[bool, flag("--again", "C'est un autre devis du même jour.")] = False,
    pdf: Pdf = False,
    operator: Operator = None,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import quote as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.printing import printer_of
    from mutualis.workflows.quote import make_quote

    check_options(context, COMBINATIONS)
    wanted = _lines(line or [])
    issued_on = day_of(day, NAME) if draft else recorded_day(day, NAME, folder)
    made = make_quote(
        folder,
        commune,
        wanted,
        issued_on=issued_on,
        today=today(),
        operator=operator_of(operator),
        draft=draft,
        year=issued_on.year if year is None else year_of(year, f"{NAME} … --year"),
        service=given_of(service, "--service", NAME),
        subject=text_of(subject, "--object"),
        valid_days=_days(valid_days),
        again=again,
        out=out_of(out),
        printer=printer_of(folder) if pdf else None,
    )
    console.tell_problems(made.warnings, brief=True)
    if json:
        console.show_json(screen.answer(made))
    else:
        screen.show(made, folder)


def _lines(texts: list[str]) -> "list[WantedLine]":
    from mutualis.domain.quotes.quote import WantedLine

    if not texts:
        raise UnreadableRequest("command_line.no_quote_line")
    lines, wrong = [], []
    for text in texts:
        parts = text.split(":", 2)
        if len(parts) < 3 or not all(part.strip() for part in parts):
            wrong.append(f"« {text} »")
            continue
        category, half_days, label = (text_of(part, "--line") for part in parts)
        lines.append(WantedLine(category.upper(), half_days, label))
    if wrong:
        raise UnreadableRequest("command_line.quote_lines_unreadable", lines=", ".join(wrong))
    return lines


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise UnreadableRequest("command_line.not_valid_days", text=text, most=MOST_DAYS)
