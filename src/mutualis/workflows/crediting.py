"""Correct what was issued: a credit note, and with it a corrected invoice when asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis import __version__
from mutualis.domain.billing import BillingPlan, Selection, plan_billing
from mutualis.domain.crediting import make_credit, replacement_line
from mutualis.domain.issuing import check_issuable, make_batch, number_invoices
from mutualis.domain.ledger import CREDIT, Act, Document, Ledger, Record
from mutualis.domain.numbering import check_day
from mutualis.domain.problems import Problem, in_order
from mutualis.domain.refusals import NotWritten, Refusal
from mutualis.domain.workspace import Workspace
from mutualis.files import atomic
from mutualis.files.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.gathering import checked, gather, grid_of
from mutualis.workflows.issuing import batch_of, write_batch, write_documents
from mutualis.workflows.outputs import relative
from mutualis.workflows.registering import find_document


@dataclass(frozen=True, slots=True)
class Credited:
    """`replacement` is the corrected invoice, when one was asked for."""

    credit: Document
    invoice: Document
    replacement: Document | None
    remaining: Decimal
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


def credit_invoice(
    root: Path,
    number: str,
    *,
    reason: str,
    day: date,
    operator: str,
    amount: Decimal | None = None,
    replace: bool = False,
) -> Credited:
    """Issue the credit note of an invoice, whole or for an amount; nothing on a Refusal."""
    inputs = fingerprint(root)
    workspace, warnings = gather(root)
    invoice = find_document(store.read_ledger(root), number)
    if invoice.kind == CREDIT:
        raise Refusal(
            f"{invoice.number} est un avoir : il ne s'annule pas.", "mutualis register list"
        )
    plan = None
    if replace:
        plan, more = _replacement_plan(workspace, invoice, amount)
        warnings += more
    act = Act(day, operator, __version__, inputs)
    path = root / "out" / str(invoice.year) / "avoirs"
    atomic.probe(path / "essai")
    made: list[Document] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        made.clear()
        check_day(day, ledger)
        credit = make_credit(invoice, ledger, workspace.issuer, act, reason, amount)
        made.append(credit)
        if plan is None:
            return (credit,)
        batch = make_batch(plan, ledger, workspace.tariffs, workspace.issuer, act, day.year)
        lines = [replacement_line(plan.invoices[0], invoice, ledger)]
        corrected = number_invoices(lines, plan, batch, ledger)
        made.extend(corrected)
        return (credit, batch, *corrected)

    ledger = store.append(root, build)
    credit, *corrected = made
    try:
        files = write_credit(root, credit, invoice)
        if corrected:
            files = (*files, *write_documents(root, ledger, invoice.year)[:1])
    except NotWritten as error:
        raise NotWritten(
            f"{error.message} L'avoir {credit.number} est émis et enregistré.",
            f"{error.remedy}, puis mutualis register render {credit.number}",
        ) from error
    return Credited(
        credit=credit,
        invoice=invoice,
        replacement=corrected[0] if corrected else None,
        remaining=ledger.remaining(invoice.number),
        warnings=tuple(in_order(warnings)),
        files=files,
    )


def write_credit(root: Path, credit: Document, invoice: Document) -> tuple[str, ...]:
    from mutualis.documents.credit_book import render_credit

    name = credit.number.replace("/", "-")
    path = root / "out" / str(credit.year) / "avoirs" / f"{name}.xlsx"
    atomic.write(path, render_credit(credit, invoice))
    return (relative(root, path),)


def render_document(root: Path, number: str) -> tuple[str, ...]:
    """Write again the workbook that holds a document, from the register alone."""
    ledger = store.read_ledger(root)
    document = find_document(ledger, number)
    if document.kind != CREDIT:
        return write_batch(root, ledger, batch_of(ledger, document.year, document.batch))
    invoice = ledger.by_number[document.refers_to or ""]
    return write_credit(root, document, invoice)


def _replacement_plan(
    workspace: Workspace, invoice: Document, amount: Decimal | None
) -> tuple[BillingPlan, tuple[Problem, ...]]:
    """The one invoice that today's data give in place of the credited one."""
    if amount is not None:
        raise Refusal(
            "--replace annule toute la facture : il ne va pas avec --amount.",
            "retirer --amount, ou --replace",
        )
    grid = grid_of(workspace, invoice.year)
    warnings = checked(workspace, grid)
    code = invoice.commune.code_insee
    plan = plan_billing(workspace, grid, Selection(communes=frozenset({code})))
    check_issuable(plan)
    if not plan.invoices:
        raise Refusal(
            f"D'après les données, {invoice.commune.name} n'a plus de facture en {invoice.year} : "
            "rien n'a été émis.",
            "relancer sans --replace pour seulement annuler, ou corriger data/communes.csv",
        )
    return plan, warnings
