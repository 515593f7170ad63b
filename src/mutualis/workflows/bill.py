"""Draft what issuing would add for a year: gather, read the accounts, write the workbook."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mutualis.domain.checks.lists import check_year
from mutualis.domain.checks.recorded import movements_are_kept, rules_are_kept
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.finder import CommuneFinder, FoundCommune
from mutualis.domain.french.names import slug
from mutualis.domain.issuing.plan import IssuePlan, plan_issue
from mutualis.domain.issuing.regularisation import of_plan
from mutualis.domain.issuing.settings import (
    settings_that_differ,
    tariffs_adopted,
    tariffs_of_year,
)
from mutualis.domain.issuing.year_on_year import compare_draft, with_changes, year_before
from mutualis.domain.memberships.plan import BillingPlan, Selection
from mutualis.domain.problems.problem import Problem, has_errors, in_order
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.data import tariffs as tariffs_file
from mutualis.files.disk import sums
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.inputs import (
    checked,
    communes_rows,
    gather,
    grid_of,
    membership_level,
    without_errors,
)
from mutualis.workflows.outputs import check_not_lost, relative
from mutualis.workflows.printing import Printer, batch_papers

MOST_SHEETS = 300
MOST_REASONS = 5
MOST_PARTS = 5  # of a selection, in the name of its file


class YearAsked(Struct, frozen=True):
    """Which part of a year is to be billed, and how; `adopted` is the act by which the rules of
    the file replace those of the last batch."""

    year: int
    levels: Sequence[str] = ()
    communes: Sequence[str] = ()
    excepted: Sequence[str] = ()
    regularise: bool = False
    adopted: str = ""


class Billing(Struct, frozen=True):
    """A year read whole: the files, the register, and what issuing would add on a day.

    `differing` are the settings of the file that the year's last batch was not made with,
    `without_before` why the year before cannot be priced, in words; empty when it can.
    """

    root: Path
    asked: YearAsked
    day: date
    workspace: Workspace
    ledger: Ledger
    issue: IssuePlan
    warnings: tuple[Problem, ...]
    differing: tuple[str, ...]
    without_before: str
    inputs: str

    @property
    def adopts(self) -> bool:
        """Whether issuing records other rules than those of the last batch."""
        return bool(self.asked.adopted and self.differing)

    def again(self, ledger: Ledger) -> IssuePlan:
        """The same beside the register as it is now."""
        return _plan(self.workspace, ledger, self.asked, self.day, compares=not self.without_before)


class Draft(Struct, frozen=True):
    """A draft batch: `files` are relative to the workspace.

    `sheets_left_out` tells that the batch is too long for a sheet an invoice.
    """

    billing: Billing
    files: tuple[str, ...]
    sheets_left_out: bool


def read_billing(root: Path, asked: YearAsked, day: date) -> Billing:
    """Raises UnusableData on bad data, Refusal when the register cannot be read, has lost its
    documents, or holds movements that the file does not."""
    return billing_of(root, gather(root), asked, day)


def billing_of(
    root: Path, gathered: tuple[Workspace, tuple[Problem, ...]], asked: YearAsked, day: date
) -> Billing:
    """The same from the files as they were read."""
    workspace, warnings = gathered
    inputs = fingerprint(root)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    differing = settings_that_differ(workspace.tariffs, ledger, asked.year)
    workspace, told = priced_year(workspace, ledger, asked.year, adopts=bool(asked.adopted))
    warnings += told
    without = missing_before(workspace, ledger, asked.year)
    return Billing(
        root=root,
        asked=asked,
        day=day,
        workspace=workspace,
        ledger=ledger,
        issue=_plan(workspace, ledger, asked, day, compares=not without),
        warnings=tuple(in_order(warnings)),
        differing=differing,
        without_before=without,
        inputs=inputs,
    )


def priced_year(
    workspace: Workspace, ledger: Ledger, year: int, *, adopts: bool = False
) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace with what the year is priced with, the rules of the file where an act `adopts`
    them, and the warnings about that year; raises UnusableData when it cannot be priced."""
    grid_of(workspace, year)
    check_movements(workspace, ledger)
    rules: tuple[Problem, ...] = ()
    if not adopts:
        rules = tuple(rules_are_kept(workspace, ledger, year))
    priced = tariffs_adopted if adopts else tariffs_of_year
    workspace = workspace.priced_by(priced(workspace.tariffs, ledger, year))
    return workspace, (*rules, *checked(workspace, workspace.tariffs.grids[year]))


def check_movements(workspace: Workspace, ledger: Ledger) -> None:
    """Raises UnusableData when the file has lost a movement that something was issued by."""
    without_errors([*movements_are_kept(workspace, ledger)])


def _plan(
    workspace: Workspace, ledger: Ledger, asked: YearAsked, day: date, *, compares: bool
) -> IssuePlan:
    grid = workspace.tariffs.grids[asked.year]
    levels = frozenset(membership_level(grid, typed).code for typed in asked.levels)
    issue = plan_issue(
        workspace.communes,
        workspace.tariffs,
        asked.year,
        ledger,
        day,
        Selection(levels, _codes(workspace, ledger, asked.communes, asked.year, day)),
        _codes(workspace, ledger, asked.excepted, asked.year, day),
    )
    if not compares:
        return issue
    return with_changes(issue, workspace.communes, workspace.tariffs, ledger)


def draft_batch(
    root: Path,
    asked: YearAsked,
    *,
    made_on: date,
    out: Path | None = None,
    sheets: bool = False,
    printer: Printer | None = None,
) -> Draft:
    """Draft what issuing would add, whole or narrowed; raises UnusableData or NotWritten."""
    from mutualis.documents.batch.book import render_batch

    billing = read_billing(root, asked, made_on)
    issue, workspace = billing.issue, billing.workspace
    plan = issue.billing
    stands = issue.items or plan.below_minimum or issue.standing
    if (asked.levels or asked.communes) and not stands:
        _check_something(plan)
    before = year_before(issue, billing.ledger, _year_before(billing))
    left_out = len(plan.invoices) > MOST_SHEETS and not sheets
    path = _path(root, plan, out)
    data = render_batch(
        plan,
        workspace.issuer,
        workspace.tariffs,
        made_on,
        compare_draft(issue, before, billing.without_before),
        issue.by_level,
        of_plan(issue),
        invoice_sheets=not left_out,
    )
    files: tuple[str, ...] = (relative(root, sums.write(root, path, data)),)
    if printer is not None:
        folder = path.parent / f"pdf-{_state(plan)}"
        files += printer.print_all(path, batch_papers(folder, plan, workspace.issuer, made_on))
    return Draft(billing, files, left_out)


def _check_something(plan: BillingPlan) -> None:
    """Raises Refusal when what was asked for gives nothing, with the reasons."""
    if not plan.not_billed:
        raise Refusal("bill.nothing_asked")
    raise Refusal(
        "bill.none_of_these",
        details=[
            Reason("bill.not_billed", {"commune": item.commune.name, "reason": item.reason})
            for item in plan.not_billed[:MOST_REASONS]
        ],
    )


def _codes(
    workspace: Workspace, ledger: Ledger, typed: Sequence[str], year: int, day: date
) -> frozenset[str]:
    """The codes of communes that were typed: those of the year, what they are on the day, and
    those whose documents have lost their row. Raises UnusableData on an unknown one."""
    communes, finder = workspace.communes, CommuneFinder(workspace.communes)
    own = {row.code_insee for row in communes.of_year(year)}
    known = Known.of(communes, year, day)
    heirs = {known.movements.heir(code, date(year, 1, 1), known.day) for code in own}
    others = {claim.row.code_insee for claim in ledger.memberships if claim.year == year} | heirs
    codes, rest = set(), []
    for name in typed:
        found = finder.find(name, year)
        if not isinstance(found, FoundCommune):
            found = finder.find(name)
        code = found.code if isinstance(found, FoundCommune) else name
        if code in others - own:
            codes.add(code)
        else:
            rest.append(name)
    named = communes_rows(communes, rest, year)
    return frozenset((*codes, *(rows[0].code_insee for rows in named)))


def _year_before(billing: Billing) -> IssuePlan | None:
    """The plan of the year before, narrowed alike; None where it cannot be priced."""
    if billing.without_before:
        return None
    workspace, year = billing.workspace, billing.asked.year - 1
    tariffs = tariffs_of_year(workspace.tariffs, billing.ledger, year)
    selection = billing.issue.billing.selection
    return plan_issue(workspace.communes, tariffs, year, Ledger(), selection=selection)


def missing_before(workspace: Workspace, ledger: Ledger, year: int) -> str:
    """Why the year before one cannot be computed, in words; empty when it can, with the grid and
    settings that its own last batch recorded."""
    tariffs = tariffs_of_year(workspace.tariffs, ledger, year - 1)
    return missing_of(workspace.priced_by(tariffs), year - 1)


def missing_of(workspace: Workspace, year: int) -> str:
    """Why a year cannot be computed, in words; empty when it can."""
    if year not in workspace.tariffs.grids:
        return f"pas de grille {year} dans {tariffs_file.NAME}"
    if not workspace.communes.of_year(year):
        return f"pas de communes {year}"
    if has_errors(check_year(workspace, year)):
        return f"les données de {year} ont des erreurs (mutualis check)"
    return ""


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
