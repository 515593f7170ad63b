"""What `bill --issue` asks and says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.screens.bill.draft import contract, show_levels
from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros
from mutualis.domain.issuing.reconciliation import AmountChange, ToIssue
from mutualis.domain.memberships.plan import total
from mutualis.domain.money import ZERO
from mutualis.workflows.bill_issue import Issued


def tell_falls(falls: Sequence[AmountChange]) -> None:
    for change in falls:
        console.tell(f"À la baisse, à traiter par mutualis credit : {change.reason.text}")


def question(new: ToIssue, year: int) -> str:
    what = f"{count(len(new.invoices), 'facture')} {year}, {euros(total(new.invoices))}"
    if new.withheld:
        what += f", et noter {count(len(new.withheld), 'retenue')} sur AC"
    return f"Émettre {what} ? C'est définitif."


def answer(issued: Issued) -> dict[str, Any]:
    """The JSON contract of `bill --issue`."""
    return {
        **contract(issued.plan, "issued", issued.files),
        "created": len(issued.created),
        "head": issued.ledger.head,
    }


def show(issued: Issued, folder: Path) -> None:
    if issued.created:
        first, last = issued.created[0].number, issued.created[-1].number
        invoices = count(len(issued.created), "facture émise", "factures émises")
        amount = euros(sum((document.amount for document in issued.created), ZERO))
        console.show(f"{invoices}, {first} à {last}, {amount}", "bold")
    elif not issued.withheld:
        standing = count(len(issued.plan.invoices), "facture")
        console.show(f"Lot {issued.plan.year} déjà émis ({standing}) : 0 créée.", "bold")
    if issued.withheld:
        noted = count(issued.withheld, "retenue notée", "retenues notées")
        console.show(f"{noted} sur l'attribution de compensation, sans numéro")
    show_levels(issued.plan)
    console.show_files(issued.files, folder)
    console.show(f"Empreinte du registre : {issued.ledger.head}")
    console.show_next(
        "mutualis register verify, puis mutualis register backup FICHIER ; pour le logiciel "
        "financier, l'export du lot ou mutualis register export, jamais les deux"
    )
