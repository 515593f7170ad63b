"""Issue the batch of a year for good: prepare, number inside the register, write the documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.checks.issuer import signatory_is_known
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.invoice import Invoice
from mutualis.domain.issuing.batch import check_issuable, line_of, make_batch, number_invoices
from mutualis.domain.issuing.reconciliation import AmountChange, ToIssue, falls, to_issue
from mutualis.domain.kinds import Product
from mutualis.domain.memberships.plan import BillingPlan, plan_billing
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day, check_exercice
from mutualis.domain.register.records import Record
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.batch_folder import (
    batch_path,
    rehearsed,
    workbook_path,
    write_batches,
)
from mutualis.workflows.bill import select
from mutualis.workflows.inputs import checked, gather, grid_of
from mutualis.workflows.outputs import check_not_lost, check_unused
from mutualis.workflows.printing import Printer


@dataclass(frozen=True, slots=True)
class PreparedIssue:
    """A batch ready to be issued; `new` is what it would add to the register as it now is."""

    root: Path
    workspace: Workspace
    plan: BillingPlan
    new: ToIssue
    warnings: tuple[Problem, ...]
    inputs: str
    new_only: bool
    complement: bool
    falls: tuple[AmountChange, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What stands for the year after an issue; `created` are the invoices just added.

    `plan` holds every standing invoice of the year with its number.
    """

    plan: BillingPlan
    created: tuple[Invoice, ...]
    withheld: int
    ledger: Ledger
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


def prepare_issue(
    root: Path,
    year: int,
    *,
    levels: Sequence[str] = (),
    communes: Sequence[str] = (),
    new_only: bool = False,
    complement: bool = False,
) -> PreparedIssue:
    """Everything that can refuse an issue is tried here, before anybody confirms it.

    Raises UnusableData on bad data, Refusal on a grid without a vote or an act, and on data
    that no longer agree with what was issued.
    """
    workspace, warnings = gather(root)
    inputs = fingerprint(root)
    grid = grid_of(workspace, year)
    warnings += (*checked(workspace, grid), *signatory_is_known(workspace))
    plan = plan_billing(
        workspace.communes, workspace.tariffs, grid, select(workspace, grid, levels, communes)
    )
    check_issuable(plan)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    new = to_issue(plan, ledger, new_only=new_only, complement=complement)
    if not new and not of_year(ledger, year, Product.MEMBERSHIP):
        raise Refusal("bill.nothing_to_issue", year=year)
    left = falls(plan, ledger) if complement else ()
    return PreparedIssue(
        root, workspace, plan, new, tuple(in_order(warnings)), inputs, new_only, complement, left
    )


def records_to_issue(
    prepared: PreparedIssue, ledger: Ledger, act: Act, *, today: date, exercice: int
) -> Sequence[Record]:
    """What an issue adds to the register as it is: a batch and its invoices, or nothing."""
    plan, tariffs, issuer = prepared.plan, prepared.workspace.tariffs, prepared.workspace.issuer
    lines = to_issue(plan, ledger, new_only=prepared.new_only, complement=prepared.complement)
    if not lines:
        return ()
    check_day(act.day, today, ledger)
    check_exercice(exercice, act.day)
    batch = make_batch(plan, lines, ledger, tariffs, issuer, act, exercice)
    return (batch, *number_invoices(lines.invoices, plan, batch, ledger))


def issue_batch(
    prepared: PreparedIssue,
    *,
    day: date,
    today: date,
    operator: str,
    exercice: int | None = None,
    printer: Printer | None = None,
) -> Issued:
    """Number and register what is new, then write the documents of the batch.

    The register is asked again inside its transaction: of several people who issue at once, one
    does, the others find it done. When nothing is new, the documents of the year are written
    again. Raises NotWritten with what became of the numbers.
    """
    root, plan = prepared.root, prepared.plan
    if prepared.new:
        rank = store.read_ledger(root).next_batch(plan.year)
        path = workbook_path(root, plan.year, rank, Product.MEMBERSHIP)
        check_unused(root, path.parent)
        atomic.probe(path)
    act = Act(day, operator, __version__, prepared.inputs)
    made: tuple[Record, ...] = ()
    if prepared.new:
        ledger, made = store.append(
            root,
            lambda ledger: rehearsed(
                records_to_issue(prepared, ledger, act, today=today, exercice=exercice or day.year),
                ledger,
            ),
        )
    else:
        ledger = store.read_ledger(root)
    created, files = write_made(root, ledger, made, plan.year, Product.MEMBERSHIP, printer)
    batches = [record for record in made if isinstance(record, Batch)]
    lines = tuple(
        line_of(document)
        for documents in ledger.standing(plan.year).values()
        for document in documents
        if plan.selection.holds([document.row.code_insee], document.level.code)
    )
    ordered = tuple(sorted(lines, key=lambda line: line.commune.code_insee))
    return Issued(
        replace(plan, invoices=ordered),
        created,
        sum(len(batch.withheld) for batch in batches),
        ledger,
        prepared.warnings,
        files,
    )


def write_made(
    root: Path,
    ledger: Ledger,
    made: Sequence[Record],
    year: int,
    product: Product,
    printer: Printer | None = None,
) -> tuple[tuple[Invoice, ...], tuple[str, ...]]:
    """The invoices just added, and the files of their batch and of those whose file is missing;
    all of the year's when none was added.

    Raises NotWritten with what became of the numbers.
    """
    created = tuple(record for record in made if isinstance(record, Invoice))
    added = [record for record in made if isinstance(record, Batch)]
    batches = [
        batch
        for batch in of_year(ledger, year, product)
        if not added or batch in added or not batch_path(root, batch).exists()
    ]
    try:
        files = write_batches(root, ledger, batches, printer)
    except Refusal as error:
        if not (created or isinstance(error, NotWritten)):
            raise
        if not created:
            raise NotWritten("issued.no_number", cause=error) from error
        first, last = created[0].number, created[-1].number
        raise NotWritten("issued.invoices", cause=error, first=first, last=last) from error
    return created, files


def of_year(ledger: Ledger, year: int, product: Product) -> list[Batch]:
    """The batches of a product and year, the last one first."""
    batches = reversed(ledger.batches)
    return [batch for batch in batches if (batch.year, batch.product) == (year, product)]


def batch_of(ledger: Ledger, document: Invoice) -> Batch:
    """The batch of an invoice; raises Refusal when the register has lost it."""
    for batch in ledger.batches:
        if batch.place == document.place:
            return batch
    raise Refusal("register.batch_lost", number=document.number)
