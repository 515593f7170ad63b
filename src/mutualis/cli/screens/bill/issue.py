"""What `bill --issue` asks and says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.screens.bill.draft import contract, show_left, show_levels, show_to_issue
from mutualis.cli.terminal import console
from mutualis.domain.french.memberships import deferred
from mutualis.domain.french.typography import count, euros, signed_euros
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import Invoice, Statement
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.restored import line_of
from mutualis.domain.memberships.plan import total
from mutualis.domain.money import ZERO, plain
from mutualis.domain.register.accounting import is_deferred
from mutualis.workflows.bill import Billing
from mutualis.workflows.bill_issue import Issued


def tell(billing: Billing) -> None:
    """What is about to be regularised, before it is confirmed."""
    if billing.issue.regularised:
        show_to_issue(billing)


def question(billing: Billing) -> str:
    plan, corrections = billing.issue.billing, billing.issue.corrections
    said = []
    if plan.invoices:
        said.append(f"{count(len(plan.invoices), 'facture')}, {euros(total(plan.invoices))}")
    if plan.withheld:
        statements = count(len(plan.withheld), "relevé de retenue", "relevés de retenue")
        said.append(f"{statements}, {euros(total(plan.withheld))}")
    if corrections:
        amount = signed_euros(sum((item.amount for item in corrections), ZERO))
        said.append(f"{count(len(corrections), 'correction')}, {amount}")
    if billing.adopts:
        said.append(f"les règles des fichiers de data ({', '.join(billing.differing)})")
    return f"Émettre pour {plan.year} : {' ; '.join(said)} ? C'est définitif."


def answer(issued: Issued) -> dict[str, Any]:
    """The JSON contract of `bill --issue`."""
    invoices = [line_of(d) for d in issued.standing if isinstance(d, Invoice)]
    statements = [line_of(d) for d in issued.standing if isinstance(d, Statement)]
    amount = sum((level.amount for level in issued.after.by_level), ZERO)
    return {
        **contract(issued.after, "issued", (invoices, statements), amount, issued.files),
        "created": len(issued.created),
        "documents": [
            {
                "number": document.number,
                "kind": document.kind.value,
                "code_insee": document.commune.code_insee,
                "amount": plain(document.amount),
                "net": plain(document.net),
                "vat": plain(document.vat),
                "refers_to": document.refers_to,
                "deferred": is_deferred(document),
            }
            for document in issued.created
        ],
        "head": issued.ledger.head,
    }


def show(issued: Issued, folder: Path) -> None:
    year, created = issued.billing.asked.year, issued.created
    if not created:
        standing = count(sum(isinstance(d, Invoice) for d in issued.standing), "facture")
        console.show(f"Lot {year} déjà émis ({standing}) : 0 créée.", "bold")
    if issued.billing.adopts:
        console.show("Les règles des fichiers de data sont désormais celles de l'année.")
    for kind, words in _CREATED:
        _show_created([d for d in created if isinstance(d, kind)], *words)
    if any(is_deferred(document) for document in created):
        account = issued.billing.workspace.issuer.account("deferred")
        console.show(f"{deferred(year, account)}.")
    show_levels(issued.after)
    show_left(issued.after)
    console.show_files(issued.files, folder)
    console.show(f"Empreinte du registre : {issued.ledger.head}")
    console.show_next(_next(issued.after))


_CREATED: tuple[tuple[Any, tuple[str, str]], ...] = (
    (Invoice, ("facture émise", "factures émises")),
    (Statement, ("relevé de retenue sur AC", "relevés de retenue sur AC")),
    (CreditNote, ("correction émise", "corrections émises")),
)


def _show_created(documents: Sequence[Document], one: str, many: str) -> None:
    if not documents:
        return
    first, last = documents[0].number, documents[-1].number
    numbers = first if first == last else f"{first} à {last}"
    amount = euros(sum((document.amount for document in documents), ZERO))
    console.show(f"{count(len(documents), one, many)}, {numbers}, {amount}", "bold")


def _next(after: IssuePlan) -> str:
    said = (
        "mutualis register verify, puis mutualis register backup ; pour le logiciel "
        "financier, mutualis register export"
    )
    if after.excepted:
        said += f" ; les communes laissées de côté : mutualis bill {after.accounts.year}"
    return said
