"""Correct what was issued: a credit note, and with it a corrected invoice when asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Invoice, MissionInvoice
from mutualis.domain.issuing.batch import (
    check_issuable,
    make_batch,
    make_mission_batch,
    number_invoices,
    number_missions,
)
from mutualis.domain.issuing.credit_note import make_credit, replacement_line
from mutualis.domain.issuing.mission_batch import check_works_before, plan_replacement
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.reconciliation import ToIssue
from mutualis.domain.kinds import Kind
from mutualis.domain.memberships.plan import BillingPlan, Selection
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day, check_exercice, next_numbers
from mutualis.domain.register.records import Record
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.batch_folder import (
    batch_path,
    rehearsed,
    render_invoice,
    write_batches,
)
from mutualis.workflows.bill_issue import batch_of
from mutualis.workflows.inputs import checked, gather, grid_of
from mutualis.workflows.outputs import check_not_lost, check_unused, relative
from mutualis.workflows.printing import (
    Printer,
    Progress,
    invoice_path,
    print_credit,
    printer_of,
)
from mutualis.workflows.quote import quote_path, write_quote
from mutualis.workflows.register import find_document


@dataclass(frozen=True, slots=True)
class Credited:
    """`replacement` is the corrected invoice, when one was asked for."""

    credit: CreditNote
    invoice: Invoice
    replacement: Invoice | None
    remaining: Decimal
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedCredit:
    """What a credit note is made from, and the number it should have.

    `plan` is that of a corrected membership's invoice.
    """

    workspace: Workspace
    invoice: Invoice
    number: str
    replace: bool
    plan: BillingPlan | None
    warnings: tuple[Problem, ...]
    inputs: str


def prepare_credit(
    root: Path, number: str, *, replace: bool = False, amount: Decimal | None = None
) -> PreparedCredit:
    """Raises UnusableData and Refusal before anything is added."""
    workspace, warnings = gather(root)
    inputs = fingerprint(root)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    invoice = find_document(ledger, number)
    if isinstance(invoice, CreditNote):
        raise Refusal("credit_note.of_a_credit_note", number=invoice.number)
    if not isinstance(invoice, Invoice):
        raise Refusal("credit_note.of_a_quote", number=invoice.number)
    if replace and amount is not None:
        raise Refusal("credit_note.replace_and_amount")
    plan = None
    if replace and not isinstance(invoice, MissionInvoice):
        plan, more = _replacement_plan(workspace, invoice)
        warnings += more
    _, to_come = next_numbers(workspace.issuer, Kind.CREDIT, invoice.year, 1, ledger)[0]
    return PreparedCredit(
        workspace, invoice, to_come, replace, plan, tuple(in_order(warnings)), inputs
    )


def records_to_credit(
    prepared: PreparedCredit,
    ledger: Ledger,
    act: Act,
    *,
    reason: str,
    today: date,
    exercice: int,
    amount: Decimal | None = None,
) -> Sequence[Record]:
    """The credit note, then the batch of the corrected invoice and that invoice."""
    issuer, invoice, plan = prepared.workspace.issuer, prepared.invoice, prepared.plan
    check_day(act.day, today, ledger)
    check_exercice(exercice, act.day)
    credit = make_credit(
        invoice, ledger, issuer, act, reason=reason, amount=amount, exercice=exercice
    )
    if not prepared.replace:
        return (credit,)
    tariffs = prepared.workspace.tariffs
    if isinstance(invoice, MissionInvoice):
        missions = plan_replacement(
            prepared.workspace.communes, tariffs.population, ledger, credit, invoice
        )
        check_works_before(missions.lines, act.day)
        batch = make_mission_batch(missions, ledger, tariffs, issuer, act, exercice)
        return (credit, batch, *number_missions(missions, batch, ledger))
    if plan is None:
        raise AssertionError(f"{invoice.number} is replaced without a plan")
    lines = ToIssue((replacement_line(plan.invoices[0], invoice, ledger),))
    batch = make_batch(plan, lines, ledger, tariffs, issuer, act, exercice)
    return (credit, batch, *number_invoices(lines.invoices, plan, batch, ledger))


def credit_invoice(
    root: Path,
    number: str,
    *,
    reason: str,
    day: date,
    today: date,
    operator: str,
    amount: Decimal | None = None,
    replace: bool = False,
    exercice: int | None = None,
    printer: Printer | None = None,
) -> Credited:
    """Issue the credit note of an invoice, whole or for an amount; nothing on a Refusal."""
    prepared = prepare_credit(root, number, replace=replace, amount=amount)
    invoice = prepared.invoice
    path = _credit_path(root, invoice.year, prepared.number)
    check_unused(root, path, path.with_suffix(".pdf"))
    atomic.probe(path)
    if printer is not None:
        atomic.probe(path.with_suffix(".pdf"))
    act = Act(day, operator, __version__, prepared.inputs)
    ledger, made = store.append(
        root,
        lambda ledger: rehearsed(
            records_to_credit(
                prepared,
                ledger,
                act,
                reason=reason,
                today=today,
                exercice=exercice or day.year,
                amount=amount,
            ),
            ledger,
        ),
    )
    credit = next(record for record in made if isinstance(record, CreditNote))
    corrected = [record for record in made if isinstance(record, Invoice)]
    batches = [record for record in made if isinstance(record, Batch)]
    try:
        files = write_credit(root, credit, invoice, printer)
        files = (*files, *write_batches(root, ledger, batches, printer))
    except Refusal as error:
        numbers = [document.number for document in (credit, *corrected)]
        option = " --pdf" if printer else ""
        raise NotWritten(
            "issued.credit",
            cause=error,
            numbers=" et ".join(numbers),
            commands=", ".join(f"mutualis register render {number}{option}" for number in numbers),
        ) from error
    return Credited(
        credit=credit,
        invoice=invoice,
        replacement=corrected[0] if corrected else None,
        remaining=ledger.remaining(invoice.number),
        warnings=prepared.warnings,
        files=files,
    )


def write_credit(
    root: Path, credit: CreditNote, invoice: Invoice, printer: Printer | None = None
) -> tuple[str, ...]:
    """The workbook of a credit note, and its PDF beside it, from the register alone."""
    from mutualis.documents.quotes.credit_note import render_credit

    path = _credit_path(root, credit.year, credit.number)
    atomic.write(path, render_credit(credit, invoice))
    return (relative(root, path), *print_credit(printer, path, credit, invoice))


def _credit_path(root: Path, year: int, number: str) -> Path:
    return root / "out" / str(year) / "avoirs" / f"{number.replace('/', '-')}.xlsx"


def render_document(
    root: Path, number: str, progress: Progress, *, pdf: bool = False
) -> tuple[str, ...]:
    """Write again the workbook that holds a document and its PDF, from the register alone; a PDF
    that is there may have been signed, and is written over only where `pdf` asks for it."""
    ledger = store.read_ledger(root)
    document = find_document(ledger, number)

    def printer(path: Path) -> Printer | None:
        return printer_of(root, progress) if pdf or not path.exists() else None

    if isinstance(document, IssuedQuote):
        path = quote_path(root, document).with_suffix(".pdf")
        return write_quote(root, document, printer=printer(path))
    if isinstance(document, Invoice):
        batch = batch_of(ledger, document)
        path = invoice_path(batch_path(root, batch), document)
        return render_invoice(root, ledger, batch, path, printer(path))
    invoice = ledger.invoice(document.refers_to)
    if invoice is None:
        raise Refusal("register.invoice_lost", number=str(document.refers_to))
    path = _credit_path(root, document.year, document.number).with_suffix(".pdf")
    return write_credit(root, document, invoice, printer(path))


def _replacement_plan(
    workspace: Workspace, invoice: Invoice
) -> tuple[BillingPlan, tuple[Problem, ...]]:
    """The one invoice that today's data give in place of the credited one."""
    grid = grid_of(workspace, invoice.year)
    warnings = checked(workspace, grid)
    code = invoice.commune.code_insee
    plan = plan_billing(
        workspace.communes, workspace.tariffs, grid, Selection(communes=frozenset({code}))
    )
    check_issuable(plan)
    if not plan.invoices:
        name, year = invoice.commune.name, invoice.year
        if not plan.not_billed:
            raise Refusal("credit_note.no_row_any_more", commune=name, year=year)
        reason = plan.not_billed[0].reason
        raise Refusal("credit_note.no_invoice_any_more", commune=name, year=year, reason=reason)
    return plan, warnings
