"""mutualis quote"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, Operator, Out, Pdf
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, given_of, out_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.quotes.quote import WantedLine
    from mutualis.workflows.quote import QuoteMade

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
_LINE_EXAMPLE = '--line A:2:"Rédaction du cahier des charges"'
MOST_DAYS = 3650


def command(
    commune: Annotated[
        str, typer.Argument(metavar="COMMUNE", help="Nom ou code INSEE.", show_default=False)
    ],
    line: Annotated[
        list[str] | None,
        typer.Option(
            "--line",
            metavar="LIGNE",
            help="CATÉGORIE:DEMI-JOURNÉES:DÉSIGNATION (répétable).",
        ),
    ] = None,
    service: Annotated[
        str | None,
        typer.Option(
            "--service",
            metavar="TEXTE",
            help="Prestation de niveau 3 (mutualis services), par son nom ou quelques mots du nom.",
            show_default=False,
        ),
    ] = None,
    subject: Annotated[
        str, typer.Option("--object", metavar="TEXTE", help="Objet du devis.", show_default=False)
    ] = "",
    year: Annotated[
        str | None,
        typer.Option(
            "--year", metavar="ANNÉE", help="Année de la mission (par défaut : celle du devis)."
        ),
    ] = None,
    valid_days: Annotated[
        str | None,
        typer.Option(
            "--valid-days",
            metavar="JOURS",
            help="Durée de validité (par défaut : celle de data/issuer.toml).",
        ),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="N'en fait qu'un projet, sans numéro.")
    ] = False,
    pdf: Pdf = False,
    operator: Operator = None,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.quote import make_quote

    wanted = _lines(line or [])
    printer = console.printer(folder) if pdf else None
    issued_on = day_of(day, NAME)
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
        out=out_of(out),
        printer=printer,
    )
    console.tell_problems(made.warnings, brief=True)
    if json:
        console.show_json(answer(made))
    else:
        _show(made, folder)


def answer(made: "QuoteMade") -> dict[str, Any]:
    """The JSON contract of `quote`."""
    from mutualis.cli.screens.quotes import lines_of
    from mutualis.domain.money import plain

    quote = made.quote
    return {
        "number": quote.number,
        "year": quote.year,
        "grid": quote.grid.year,
        "code_insee": quote.commune.code_insee,
        "commune": quote.commune.name,
        "service": quote.service,
        "object": quote.subject,
        "date": quote.issued_on.isoformat(),
        "lines": lines_of(quote.lines),
        "total": plain(quote.total),
        "valid_until": quote.valid_until.isoformat(),
        "files": list(made.files),
    }


def _lines(texts: list[str]) -> "list[WantedLine]":
    from mutualis.domain.quotes.quote import WantedLine

    if not texts:
        raise UnreadableRequest("Un devis a au moins une ligne.", f"ajouter {_LINE_EXAMPLE}")
    lines, wrong = [], []
    for text in texts:
        parts = text.split(":", 2)
        if len(parts) < 3 or not all(part.strip() for part in parts):
            wrong.append(f"« {text} »")
            continue
        category, half_days, label = (text_of(part, "--line") for part in parts)
        lines.append(WantedLine(category.upper(), half_days, label))
    if wrong:
        raise UnreadableRequest(
            f"Ligne illisible : {', '.join(wrong)}. Il faut CATÉGORIE:DEMI-JOURNÉES:DÉSIGNATION.",
            _LINE_EXAMPLE,
        )
    return lines


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise UnreadableRequest(
        f"--valid-days : « {text} » n'est pas un nombre de jours, de 1 à {MOST_DAYS}.",
        "--valid-days 90",
    )


def _show(made: "QuoteMade", folder: "Path") -> None:
    from mutualis.cli.terminal import console
    from mutualis.documents.wording.quotes import grid_used, validity
    from mutualis.domain.french.typography import euros, number

    quote = made.quote
    commune = quote.commune
    title = f"Devis {quote.number}" if quote.number else f"Devis {quote.year} (PROJET)"
    console.show(f"{title} : {commune.name} ({commune.code_insee})", "bold")
    if quote.service:
        console.show(f"Prestation : {quote.service}")
    console.show_table(
        ("Désignation", "Catégorie", "Demi-journées", "Prix", "Montant"),
        [
            (
                line.label,
                line.category,
                number(line.half_days),
                euros(line.unit_price),
                euros(line.amount),
            )
            for line in quote.lines
        ],
        right=(2, 3, 4),
        total=("Total", "", number(sum(q.half_days for q in quote.lines)), "", euros(quote.total)),
    )
    console.show(grid_used(quote))
    console.show(f"Valable {validity(quote)}.")
    if made.why_draft:
        console.show(f"Sans numéro : {made.why_draft}.")
    console.show()
    console.show_files(made.files, folder)
    console.show_next(
        f"envoyer le devis à la commune ; après son accord : mutualis quotes accept {quote.number}"
        if quote.number
        else "relire le projet ; sans --draft, le devis prend un numéro et entre au registre"
    )
