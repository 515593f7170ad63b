"""mutualis bill --issue: ask, issue, say what was done"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutualis.workflows.printing import Printer


def issue(
    folder: Path,
    year: int,
    *,
    levels: Sequence[str],
    communes: Sequence[str],
    new_only: bool,
    complement: bool,
    yes: bool,
    day: date,
    exercice: int | None,
    operator: str,
    printer: "Printer | None",
    json: bool,
) -> None:
    """Issue the batch of a year; what only fell is left to credit notes, and said."""
    from mutualis.cli.screens.bill import contract, show_levels
    from mutualis.cli.terminal import console
    from mutualis.cli.terminal.prompt import confirm
    from mutualis.cli.terminal.values import today
    from mutualis.domain.french.typography import count, euros
    from mutualis.domain.memberships.plan import total
    from mutualis.domain.money import ZERO
    from mutualis.workflows.bill_issue import issue_batch, prepare_issue

    prepared = prepare_issue(
        folder,
        year,
        levels=levels,
        communes=communes,
        new_only=new_only,
        complement=complement,
    )
    console.tell_problems(prepared.warnings, brief=True)
    for change in prepared.falls:
        console.tell(f"À la baisse, à traiter par mutualis credit : {change.reason.text}")
    if prepared.new:
        lines = prepared.new.invoices
        what = f"{count(len(lines), 'facture')} {year}, {euros(total(lines))}"
        if prepared.new.withheld:
            what += f", et noter {count(len(prepared.new.withheld), 'retenue')} sur AC"
        confirm(f"Émettre {what} ? C'est définitif.", yes=yes)
    issued = issue_batch(
        prepared,
        day=day,
        today=today(),
        operator=operator,
        exercice=exercice,
        printer=printer,
    )
    if json:
        console.show_json(
            {
                **contract(issued.plan, "issued", issued.files),
                "created": len(issued.created),
                "head": issued.ledger.head,
            }
        )
        return
    if issued.created:
        first, last = issued.created[0].number, issued.created[-1].number
        invoices = count(len(issued.created), "facture émise", "factures émises")
        amount = euros(sum((document.amount for document in issued.created), ZERO))
        console.show(f"{invoices}, {first} à {last}, {amount}", "bold")
    elif not issued.withheld:
        standing = count(len(issued.plan.invoices), "facture")
        console.show(f"Lot {year} déjà émis ({standing}) : 0 créée.", "bold")
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
