"""Issue the batch of a year for good: prepare, number inside the register, write the documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.billing import BillingLine, BillingPlan, plan_billing
from mutualis.domain.issuing import (
    check_issuable,
    line_of,
    make_batch,
    number_invoices,
    restore_plan,
)
from mutualis.domain.ledger import Act, Batch, Ledger, Record
from mutualis.domain.numbering import check_day
from mutualis.domain.problems import Problem, in_order
from mutualis.domain.refusals import NotWritten
from mutualis.domain.standing import Change, falls, to_issue
from mutualis.domain.workspace import Workspace
from mutualis.files import atomic
from mutualis.files.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.billing import select
from mutualis.workflows.gathering import checked, gather, grid_of
from mutualis.workflows.outputs import relative


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch ready to be issued; `new` are the invoices that it would add."""

    root: Path
    workspace: Workspace
    plan: BillingPlan
    new: tuple[BillingLine, ...]
    warnings: tuple[Problem, ...]
    inputs: str
    new_only: bool
    complement: bool
    falls: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What stands for the year after an issue; `created` counts the invoices just added.

    `plan` holds every standing invoice of the year with its number.
    """

    plan: BillingPlan
    created: tuple[BillingLine, ...]
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
) -> Prepared:
    """Everything that can refuse an issue is tried here, before anybody confirms it.

    Raises UnusableData on bad data, Refusal on a grid without a vote or an act, and on data
    that no longer agree with what was issued.
    """
    inputs = fingerprint(root)
    workspace, warnings = gather(root)
    grid = grid_of(workspace, year)
    warnings += checked(workspace, grid)
    plan = plan_billing(workspace, grid, select(workspace, grid, levels, communes))
    check_issuable(plan)
    ledger = store.read_ledger(root)
    new = to_issue(plan, ledger, new_only=new_only, complement=complement)
    left = falls(plan, ledger) if complement else ()
    return Prepared(
        root, workspace, plan, new, tuple(in_order(warnings)), inputs, new_only, complement, left
    )


def issue_batch(
    prepared: Prepared, *, day: date, operator: str, exercice: int | None = None
) -> Issued:
    """Number and register what is new, then write the documents of every batch of the year.

    The register is asked again inside its transaction: of several people who issue at once, one
    does, the others find it done. Raises NotWritten with what became of the numbers.
    """
    root, plan, tariffs = prepared.root, prepared.plan, prepared.workspace.tariffs
    if prepared.new:
        rank = 1 + sum(batch.year == plan.year for batch in store.read_ledger(root).batches)
        atomic.probe(batch_path(root, plan.year, rank))
    act = Act(day, operator, __version__, prepared.inputs)
    created: list[BillingLine] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        created.clear()
        lines = to_issue(plan, ledger, new_only=prepared.new_only, complement=prepared.complement)
        if not lines:
            return ()
        check_day(day, ledger)
        issuer = prepared.workspace.issuer
        batch = make_batch(plan, ledger, tariffs, issuer, act, exercice or day.year)
        invoices = number_invoices(lines, plan, batch, ledger)
        created.extend(line_of(invoice) for invoice in invoices)
        return (batch, *invoices)

    ledger = store.append(root, build) if prepared.new else store.read_ledger(root)
    try:
        files = write_documents(root, ledger, plan.year)
    except NotWritten as error:
        raise NotWritten(f"{error.message} {_taken(created)}", error.remedy) from error
    lines = tuple(
        line_of(document)
        for documents in ledger.standing(plan.year).values()
        for document in documents
        if plan.selection.holds(document.commune, document.level.code)
    )
    ordered = tuple(sorted(lines, key=lambda line: line.commune.code_insee))
    return Issued(replace(plan, invoices=ordered), tuple(created), ledger, prepared.warnings, files)


def write_documents(root: Path, ledger: Ledger, year: int) -> tuple[str, ...]:
    """The workbook of each batch of the year, from the register alone."""
    batches = [batch for batch in ledger.batches if batch.year == year]
    return tuple(name for batch in reversed(batches) for name in write_batch(root, ledger, batch))


def write_batch(root: Path, ledger: Ledger, batch: Batch) -> tuple[str, ...]:
    from mutualis.documents.batch import render_batch

    plan = restore_plan(batch, ledger)
    data = render_batch(plan, batch.issuer, batch.tariffs, batch.act.day, invoice_sheets=True)
    path = batch_path(root, batch.year, batch.rank)
    atomic.write(path, data)
    return (relative(root, path),)


def batch_path(root: Path, year: int, rank: int) -> Path:
    return root / "out" / str(year) / f"lot-{rank:02d}" / f"adhesions-{year}-lot-{rank:02d}.xlsx"


def batch_of(ledger: Ledger, year: int, rank: int) -> Batch:
    return next(batch for batch in ledger.batches if (batch.year, batch.rank) == (year, rank))


def _taken(created: Sequence[BillingLine]) -> str:
    if not created:
        return "Aucun numéro n'a été attribué."
    return (
        f"Les factures {created[0].number} à {created[-1].number} sont émises et enregistrées : "
        "la même commande réécrira les documents sans rien émettre de plus."
    )
