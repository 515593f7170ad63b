"""mutualis credit"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Exercice, Folder, Json, Operator, Pdf
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, euros_of, text_of, today, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.workflows.credit import Credited

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
    number: Annotated[
        str,
        typer.Argument(metavar="NUMÉRO", help="Numéro de la facture.", show_default=False),
    ],
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXTE", help="Motif, imprimé sur l'avoir."),
    ] = None,
    amount: Annotated[
        str | None,
        typer.Option("--amount", metavar="MONTANT", help="N'annule que ce montant, en euros."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Émet aussi la facture corrigée.")
    ] = False,
    pdf: Pdf = False,
    exercice: Exercice = None,
    day: Day = None,
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.credit import credit_invoice

    why = text_of(reason or "", "--reason")
    if not why:
        raise UnreadableRequest("Un avoir dit pourquoi.", 'ajouter --reason "Motif de l\'avoir"')
    value = None if amount is None else euros_of(amount, "--amount")
    credited = credit_invoice(
        folder,
        number,
        reason=why,
        day=day_of(day, NAME),
        today=today(),
        operator=operator_of(operator),
        exercice=None if exercice is None else year_of(exercice, f"{NAME} … --exercice"),
        amount=value,
        replace=replace,
        printer=console.printer(folder) if pdf else None,
    )
    console.tell_problems(credited.warnings, brief=True)
    if json:
        console.show_json(answer(credited))
    else:
        _show(credited, folder)


def answer(credited: "Credited") -> dict[str, Any]:
    from mutualis.domain.money import plain

    replacement = credited.replacement
    return {
        "number": credited.credit.number,
        "invoice": credited.invoice.number,
        "amount": plain(credited.credit.amount),
        "remaining": plain(credited.remaining),
        "reason": credited.credit.reason,
        "accounting": credited.credit.effect,
        "replacement": None
        if replacement is None
        else {"number": replacement.number, "amount": plain(replacement.amount)},
        "files": list(credited.files),
    }


def _show(credited: "Credited", folder: "Path") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros

    credit, invoice = credited.credit, credited.invoice
    console.show(
        f"Avoir {credit.number} : {euros(credit.amount)} sur la facture {invoice.number} "
        f"({credit.commune.name})",
        "bold",
    )
    console.show(f"Reste dû sur {invoice.number} : {euros(credited.remaining)}")
    console.show(credit.effect)
    if credited.replacement is not None:
        new = credited.replacement
        console.show(f"Facture corrigée {new.number} : {euros(new.amount)} ({new.explanation})")
        gesture = invoice.amount + credit.amount
        if gesture > 0:
            console.show(
                f"Un avoir antérieur de {euros(gesture)} sur {invoice.number} n'est pas repris sur "
                f"{new.number} : s'il vaut encore, mutualis credit {new.number} --amount …"
            )
    console.show()
    console.show_files(credited.files, folder)
    console.show_next("mutualis register verify")
