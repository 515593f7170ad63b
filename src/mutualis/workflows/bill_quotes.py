"""Bill the missions of a year: a draft, or invoices numbered inside the register."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.issuing.batch import make_mission_batch, number_missions
from mutualis.domain.issuing.mission_batch import (
    MissionPlan,
    check_works_before,
    doubts,
    line_of_document,
    plan_missions,
    taxed_otherwise,
)
from mutualis.domain.kinds import Product
from mutualis.domain.memberships.plan import Selection
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day, check_exercice
from mutualis.domain.register.records import Record
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic, sums
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.batch_folder import rehearsed, workbook_path
from mutualis.workflows.bill_issue import write_made
from mutualis.workflows.inputs import checked, communes_rows, gather
from mutualis.workflows.outputs import check_not_lost, check_unused, relative
from mutualis.workflows.printing import Printer, mission_papers


class PreparedMissions(Struct, frozen=True):
    """`plan` is what would be invoiced on `day` of the register as it now is."""

    root: Path
    workspace: Workspace
    ledger: Ledger
    day: date
    plan: MissionPlan
    warnings: tuple[Problem, ...]
    inputs: str


class MissionsBilled(Struct, frozen=True):
    """`plan` is a draft's, or holds every standing invoice; `created` are those just added."""

    plan: MissionPlan
    created: tuple[Document, ...]
    ledger: Ledger
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    doubts: tuple[Reason, ...] = ()


def prepare_missions(
    root: Path, year: int, communes: Sequence[str] = (), *, day: date
) -> PreparedMissions:
    """Raises UnusableData on bad data, Refusal when the register is lost."""
    workspace, warnings = gather(root)
    inputs = fingerprint(root)
    grid = workspace.tariffs.grids.get(year)
    if grid is not None and workspace.communes.of_year(year):
        warnings += checked(workspace, grid)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    quoted = [m.issued.commune for m in ledger.missions.by_quote.values() if m.issued.year == year]
    known = Communes.of((*workspace.communes.rows, *quoted), workspace.communes.file)
    chosen = {rows[0].code_insee for rows in communes_rows(known, communes, year)}
    plan = _planned(workspace, ledger, year, day, Selection(communes=frozenset(chosen)))
    return PreparedMissions(root, workspace, ledger, day, plan, tuple(in_order(warnings)), inputs)


def _planned(
    workspace: Workspace, ledger: Ledger, year: int, day: date, selection: Selection
) -> MissionPlan:
    return plan_missions(workspace.communes, workspace.tariffs, ledger, year, day, selection)


def draft_missions(
    root: Path,
    year: int,
    communes: Sequence[str] = (),
    *,
    made_on: date,
    out: Path | None = None,
    printer: Printer | None = None,
) -> MissionsBilled:
    """Write what would be invoiced, without a number; nothing when there is nothing."""
    from mutualis.documents.quotes.mission import render_missions

    prepared = prepare_missions(root, year, communes, day=made_on)
    plan = prepared.plan
    if not plan.lines:
        raise _nothing(plan)
    path = out if out is not None and out.suffix.lower() == ".xlsx" else None
    if path is None:
        folder = out if out is not None else root / "out" / str(year)
        path = folder / f"missions-{year}-brouillon.xlsx"
    data = render_missions(plan, prepared.workspace.issuer, made_on)
    files: tuple[str, ...] = (relative(root, sums.write(root, path, data)),)
    if printer is not None:
        folder = path.parent / "pdf-brouillon"
        papers = mission_papers(folder, plan, prepared.workspace.issuer, made_on)
        files += printer.print_all(path, papers)
    ledger = store.read_ledger(root)
    workspace = prepared.workspace
    unsure = (
        *doubts(plan.lines, workspace.communes, made_on),
        *taxed_otherwise(plan.lines, ledger, workspace.issuer),
    )
    return MissionsBilled(plan, (), ledger, prepared.warnings, files, unsure)


def records_to_bill(
    prepared: PreparedMissions, ledger: Ledger, act: Act, *, today: date, exercice: int
) -> Sequence[Record]:
    """What is invoiced of the register as it is: a batch and its invoices, or nothing."""
    year, selection = prepared.plan.year, prepared.plan.selection
    plan = _planned(prepared.workspace, ledger, year, act.day, selection)
    if not plan.lines:
        return ()
    if plan.lines != prepared.plan.lines:
        raise Refusal("bill.works_changed")
    issuer, tariffs = prepared.workspace.issuer, prepared.workspace.tariffs
    check_day(act.day, today, ledger)
    check_exercice(exercice, act.day)
    check_works_before(plan.lines, act.day)
    movements = prepared.workspace.movements
    batch = make_mission_batch(plan, ledger, tariffs, issuer, act, exercice, movements)
    return (batch, *number_missions(plan, batch, ledger))


def bill_missions(
    prepared: PreparedMissions,
    *,
    today: date,
    operator: str,
    exercice: int | None = None,
    printer: Printer | None = None,
) -> MissionsBilled:
    """Number and register what is done and not invoiced, then write its batch.

    When nothing is, the documents of the year's missions are written again.
    """
    root, day = prepared.root, prepared.day
    year, selection = prepared.plan.year, prepared.plan.selection
    ledger = store.read_ledger(root)
    if not prepared.plan.lines and not ledger.batches_of(year, Product.MISSION):
        raise _nothing(prepared.plan)
    made: tuple[Record, ...] = ()
    if prepared.plan.lines:
        path = workbook_path(root, year, ledger.next_batch(year), Product.MISSION)
        check_unused(root, path.parent)
        atomic.probe(path)
        act = Act(day, operator, __version__, prepared.inputs)
        ledger, made = store.append(
            root,
            lambda ledger: rehearsed(
                records_to_bill(prepared, ledger, act, today=today, exercice=exercice or day.year),
                ledger,
            ),
        )
    created, files = write_made(root, ledger, made, year, Product.MISSION, printer)
    standing = tuple(
        line_of_document(document)
        for document in ledger.standing_missions(year)
        if not selection.communes or document.commune.code_insee in selection.communes
    )
    left = _planned(prepared.workspace, ledger, year, day, selection).left
    plan = replace(prepared.plan, lines=standing, left=left)
    return MissionsBilled(plan, created, ledger, prepared.warnings, files)


def _nothing(plan: MissionPlan) -> Refusal:
    if not plan.left:
        return Refusal("bill.no_work", year=plan.year)
    return Refusal(
        "bill.no_work_of_these",
        year=plan.year,
        details=[
            Reason("bill.quote_left", {"quote": item.quote, "reason": item.reason})
            for item in plan.left
        ],
    )
