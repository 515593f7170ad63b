"""mutualis bill"""

from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Exercice,
    Folder,
    Json,
    Operator,
    Out,
    Pdf,
    Year,
    flag,
    option,
)
from mutualis.cli.terminal.clock import recorded_day
from mutualis.cli.terminal.combinations import check_options, only_with, only_without
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import act_of, day_of, given_of, out_of, year_of

if TYPE_CHECKING:
    from mutualis.cli.commands.bill_request import BillRequest

NAME = "bill"
SHORT_HELP = "Prépare le lot de factures d'une année."
HELP = """
Prépare le lot de factures d'une année : un classeur avec la synthèse, le récapitulatif,
le barème, un contrôle par formules et une page par facture. Sans --issue, c'est un
brouillon de ce qui reste à émettre : il ne prend aucun numéro et peut être refait autant de
fois qu'on veut. Avec --issue, les documents sont numérotés et inscrits au registre, pour de
bon ; --regularise l'accepte aussi pour les communes qui en ont déjà un. Avec --quotes, ce
sont les demi-journées faites sur devis et pas encore facturées, aux prix des devis.
"""
EXAMPLES = """
mutualis bill 2025
mutualis bill 2025 --level 2B
mutualis bill 2025 --commune Saône --commune 25527
mutualis bill 2025 --json > lot.json
mutualis bill 2025 --issue --merge
mutualis bill 2025 --issue --regularise --except Saône
mutualis bill 2025 --quotes --issue
"""
COMBINATIONS = (
    only_with("--issue", "--regularise", "--yes", "--exercice", "--operator"),
    only_with("--regularise", "--act"),
    only_without("--issue", "--out", "--sheets"),
    only_without("--quotes", "--level", "--except", "--sheets", "--regularise"),
)


_Levels = Annotated[
    list[str] | None, option("--level", "NIVEAU", "Ne retient que ce niveau (répétable).")
]
_Communes = Annotated[
    list[str] | None, option("--commune", "COMMUNE", "Ne retient que cette commune (répétable).")
]
_Regularise = Annotated[
    bool, flag("--regularise", "Émet aussi pour les communes qui ont déjà un document.")
]
_Excepted = Annotated[
    list[str] | None, option("--except", "COMMUNE", "Laisse cette commune de côté (répétable).")
]
_Act = Annotated[
    str | None,
    option("--act", "ACTE", "Décision qui adopte les règles changées depuis l'émission."),
]


def command(
    context: typer.Context,
    year: Year,
    level: _Levels = None,
    commune: _Communes = None,
    quotes: Annotated[
        bool, flag("--quotes", "Facture ce qui est fait sur les devis de l'année.")
    ] = False,
    sheets: Annotated[
        bool, flag("--sheets", "Écrit une page par facture, même au-delà de 300 factures.")
    ] = False,
    pdf: Pdf = False,
    merge: Annotated[
        bool, flag("--merge", "Écrit les PDF, et un seul de tout le lot, à imprimer.")
    ] = False,
    issue: Annotated[bool, flag("--issue", "Émet pour de bon : numérote et enregistre.")] = False,
    regularise: _Regularise = False,
    excepted: _Excepted = None,
    act: _Act = None,
    yes: Annotated[bool, flag("--yes", "Émet sans demander de confirmation.")] = False,
    exercice: Exercice = None,
    operator: Operator = None,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.commands.bill_issue import issue_memberships
    from mutualis.cli.commands.bill_quotes import draft_missions, issue_missions
    from mutualis.cli.commands.bill_request import BillRequest
    from mutualis.workflows.bill import YearAsked
    from mutualis.workflows.printing import printer_of

    check_options(context, COMBINATIONS)
    asked = BillRequest(
        folder=folder,
        part=YearAsked(
            year=year_of(year, NAME),
            levels=level or (),
            communes=commune or (),
            excepted=excepted or (),
            regularise=regularise,
            adopted=act_of(given_of(act, "--act", NAME)),
        ),
        day=recorded_day(day, NAME, folder) if issue else day_of(day, NAME),
        operator=operator_of(operator),
        exercice=None if exercice is None else year_of(exercice, f"{NAME} … --exercice"),
        yes=yes,
        out=out_of(out),
        sheets=sheets,
        printer=printer_of(folder, merges=merge) if pdf or merge else None,
        json=json,
    )
    if quotes:
        (issue_missions if issue else draft_missions)(asked)
    else:
        (issue_memberships if issue else draft_memberships)(asked)


def draft_memberships(asked: "BillRequest") -> None:
    """The batch of a year, without a number."""
    from mutualis.cli.screens.bill import draft as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.bill import draft_batch

    draft = draft_batch(
        asked.folder,
        asked.part,
        made_on=asked.day,
        out=asked.out,
        sheets=asked.sheets,
        printer=asked.printer,
    )
    console.tell_problems(draft.billing.warnings, brief=True)
    if asked.json:
        console.show_json(screen.answer(draft))
    else:
        screen.show(draft, asked.folder)
