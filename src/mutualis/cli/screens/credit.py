"""What `credit` answers."""

from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import euros
from mutualis.domain.money import plain
from mutualis.workflows.credit import Credited


def answer(credited: Credited) -> dict[str, Any]:
    """The JSON contract of `credit`."""
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


def show(credited: Credited, folder: Path) -> None:
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
