"""mutualis credit"""

from typing import Annotated

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Exercice,
    Folder,
    Json,
    Operator,
    Pdf,
    argument,
    flag,
    option,
)
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, euros_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

NAME = "credit"
SHORT_HELP = "Annule une facture émise, en tout ou partie, par un avoir."
HELP = """
Émet un avoir qui annule une facture, en tout ou pour un montant. Avec --replace, la facture
corrigée d'après les données est émise dans la même opération. Une facture émise n'est jamais
modifiée : l'avoir et la nouvelle facture s'ajoutent au registre.
"""
EXAMPLES = """
mutualis credit F2025-0012 --reason "Population corrigée par l'INSEE"
mutualis credit F2025-0012 --reason "Niveau corrigé" --replace
mutualis credit F2025-0012 --reason "Geste voté le 3 mars" --amount 120,50
"""


def command(
    number: Annotated[str, argument("NUMÉRO", "Numéro de la facture.")],
    reason: Annotated[
        str | None, option("--reason", "TEXTE", "Motif, imprimé sur l'avoir.")
    ] = None,
    amount: Annotated[
        str | None, option("--amount", "MONTANT", "N'annule que ce montant, en euros.")
    ] = None,
    replace: Annotated[bool, flag("--replace", "Émet aussi la facture corrigée.")] = False,
    pdf: Pdf = False,
    exercice: Exercice = None,
    day: Day = None,
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import credit as screen
    from mutualis.cli.terminal import console
    from mutualis.workflows.credit import credit_invoice

    why = text_of(reason or "", "--reason")
    if not why:
        raise UnreadableRequest("command_line.credit_without_reason")
    credited = credit_invoice(
        folder,
        number,
        reason=why,
        amount=None if amount is None else euros_of(amount, "--amount"),
        day=day_of(day, NAME),
        today=today(),
        operator=operator_of(operator),
        exercice=None if exercice is None else year_of(exercice, f"{NAME} … --exercice"),
        replace=replace,
        printer=console.printer(folder) if pdf else None,
    )
    console.tell_problems(credited.warnings, brief=True)
    if json:
        console.show_json(screen.answer(credited))
    else:
        screen.show(credited, folder)
