"""Draft the batch of a year: gather, plan, write the workbook."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mutualis.domain.checks.lists import check_year
from mutualis.domain.french.names import slug
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.year_on_year import YearOnYear, compare_draft
from mutualis.domain.memberships.comparison import Comparison, compare
from mutualis.domain.memberships.plan import BillingPlan, Selection
from mutualis.domain.problems.problem import Problem, has_errors, in_order
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace
from mutualis.files.data import tariffs as tariffs_file
from mutualis.files.disk import atomic
from mutualis.register.store import read_ledger
from mutualis.workflows.inputs import checked, communes_rows, gather, grid_of, membership_level
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer, batch_papers

MOST_SHEETS = 300
MOST_REASONS = 5
MOST_PARTS = 5  # of a selection, in the name of its file


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft batch: `files` are relative to the workspace; `warnings` concern the year.

    `comparison` is None when the year before cannot be computed, and `without_comparison`
    then says why. `sheets_left_out` tells that the batch is too long for a sheet an invoice.
    """

    plan: BillingPlan
    warnings: tuple[Problem, ...]
    comparison: Comparison | None
    without_comparison: str
    files: tuple[str, ...]
    sheets_left_out: bool


def draft_batch(
    root: Path,
    year: int,
    *,
    made_on: date,
    levels: Sequence[str] = (),
    communes: Sequence[str] = (),
    out: Path | None = None,
    sheets: bool = False,
    printer: Printer | None = None,
) -> Draft:
    """Draft the batch of `year`, whole or narrowed; raises UnusableData or NotWritten."""
    from mutualis.documents.batch.book import render_batch

    workspace, warnings = gather(root)
    grid = grid_of(workspace, year)
    warnings += checked(workspace, grid)
    plan = plan_billing(
        workspace.communes, workspace.tariffs, grid, select(workspace, grid, levels, communes)
    )
    if not plan.fees and (levels or communes):
        if not plan.not_billed:
            raise Refusal("bill.nothing_asked")
        raise Refusal(
            "bill.none_of_these",
            details=[
                Reason("bill.not_billed", {"commune": item.commune.name, "reason": item.reason})
                for item in plan.not_billed[:MOST_REASONS]
            ],
        )
    previous, reason = _year_before(workspace, plan)
    comparison = compare(previous, plan) if previous is not None else None
    compared = _compared(root, plan, previous, reason)
    left_out = len(plan.invoices) > MOST_SHEETS and not sheets
    path = _path(root, plan, out)
    data = render_batch(
        plan,
        workspace.issuer,
        workspace.tariffs,
        made_on,
        compared,
        invoice_sheets=not left_out,
    )
    atomic.write(path, data)
    files: tuple[str, ...] = (relative(root, path),)
    if printer is not None:
        folder = path.parent / f"pdf-{_state(plan)}"
        files += printer.print_all(path, batch_papers(folder, plan, workspace.issuer, made_on))
    return Draft(plan, tuple(in_order(warnings)), comparison, reason, files, left_out)


def select(
    workspace: Workspace, grid: Grid, levels: Sequence[str], communes: Sequence[str]
) -> Selection:
    """What narrows a batch, from what was typed; raises UnusableData on an unknown one."""
    codes = {membership_level(grid, typed).code for typed in levels}
    named = communes_rows(workspace.communes, communes, grid.year)
    chosen = {rows[0].code_insee for rows in named}
    return Selection(frozenset(codes), frozenset(chosen))


def _year_before(workspace: Workspace, plan: BillingPlan) -> tuple[BillingPlan | None, str]:
    """The plan of the year before, narrowed alike, or why there is none."""
    year = plan.year - 1
    grid = workspace.tariffs.grids.get(year)
    if grid is None:
        return None, f"pas de grille {year} dans {tariffs_file.NAME}"
    if not workspace.communes.of_year(year):
        return None, f"pas de communes {year}"
    if has_errors(check_year(workspace, year)):
        return None, f"les données de {year} ont des erreurs (mutualis check)"
    return plan_billing(workspace.communes, workspace.tariffs, grid, plan.selection), ""


def _compared(
    root: Path, plan: BillingPlan, previous: BillingPlan | None, reason: str
) -> YearOnYear:
    """Each level beside the year before; a draft is made also where the register cannot be read."""
    try:
        ledger = read_ledger(root)
    except Refusal:
        why = "le registre ne peut pas être lu (mutualis register verify)"
        return YearOnYear(plan.year, missing=why)
    return compare_draft(plan, ledger, previous, reason)


def _path(root: Path, plan: BillingPlan, out: Path | None) -> Path:
    """out/<year>/adhesions-<year>-brouillon.xlsx; a partial batch says so in its name."""
    if out is not None and out.suffix.lower() == ".xlsx":
        return out
    parts = [
        slug(part) for part in (*sorted(plan.selection.levels), *sorted(plan.selection.communes))
    ]
    if len(parts) > MOST_PARTS:
        mark = hashlib.sha256(" ".join(parts).encode()).hexdigest()[:6]
        parts = [*parts[: MOST_PARTS - 1], f"{len(parts)}-{mark}"]
    partial = "-".join(["", "partiel", *parts]) if parts else ""
    folder = out if out is not None else root / "out" / str(plan.year)
    return folder / f"adhesions-{plan.year}-{_state(plan)}{partial}.xlsx"


def _state(plan: BillingPlan) -> str:
    return "brouillon" if plan.grid.is_voted else "prevision"
