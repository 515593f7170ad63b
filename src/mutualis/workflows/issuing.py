"""Issue the batch of a year for good: prepare, number inside the register, write the documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.billing import BillingPlan, plan_billing
from mutualis.domain.checks import signatory_is_known
from mutualis.domain.issuing import (
    check_issuable,
    line_of,
    make_batch,
    number_invoices,
    restore_plan,
)
from mutualis.domain.ledger import Act, Batch, Document, Ledger, Record
from mutualis.domain.numbering import check_day, check_exercice
from mutualis.domain.problems import Problem, in_order
from mutualis.domain.refusals import NotWritten, Refusal
from mutualis.domain.standing import Change, ToIssue, falls, to_issue
from mutualis.domain.workspace import Workspace
from mutualis.files import atomic
from mutualis.files.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.billing import MOST_SHEETS, select
from mutualis.workflows.gathering import checked, gather, grid_of
from mutualis.workflows.outputs import relative


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch ready to be issued; `new` is what it would add to the register as it now is."""

    root: Path
    workspace: Workspace
    plan: BillingPlan
    new: ToIssue
    warnings: tuple[Problem, ...]
    inputs: str
    new_only: bool
    complement: bool
    falls: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What stands for the year after an issue; `created` are the invoices just added.

    `plan` holds every standing invoice of the year with its number.
    """

    plan: BillingPlan
    created: tuple[Document, ...]
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
) -> Prepared:
    """Everything that can refuse an issue is tried here, before anybody confirms it.

    Raises UnusableData on bad data, Refusal on a grid without a vote or an act, and on data
    that no longer agree with what was issued.
    """
    workspace, warnings = gather(root)
    inputs = fingerprint(root)
    grid = grid_of(workspace, year)
    warnings += (*checked(workspace, grid), *signatory_is_known(workspace))
    plan = plan_billing(workspace, grid, select(workspace, grid, levels, communes))
    check_issuable(plan)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    new = to_issue(plan, ledger, new_only=new_only, complement=complement)
    if not new and not any(batch.year == year for batch in ledger.batches):
        raise Refusal(
            f"Il n'y a rien à émettre pour {year} : aucune facture, aucune retenue.",
            f"mutualis bill {year} montre qui est facturé et pourquoi",
        )
    left = falls(plan, ledger) if complement else ()
    return Prepared(
        root, workspace, plan, new, tuple(in_order(warnings)), inputs, new_only, complement, left
    )


def check_not_lost(root: Path, ledger: Ledger) -> None:
    """Raises Refusal when documents were issued and the register that holds them is not there."""
    if ledger.batches:
        return
    left = [*(root / "out").glob("*/lot-*/*.xlsx"), *(root / "out").glob("*/avoirs/*.xlsx")]
    if left:
        raise Refusal(
            f"{left[0].relative_to(root).as_posix()} a été émis, mais le registre est vide ou "
            "absent : les numéros seraient attribués deux fois. Rien n'a été émis.",
            f"remettre {store.NAME} à sa place (mutualis register backup en garde des copies) ; si "
            "ce dossier ne vient pas d'ici, le déplacer",
        )


def records_to_issue(
    prepared: Prepared, ledger: Ledger, act: Act, *, today: date, exercice: int
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
    prepared: Prepared,
    *,
    day: date,
    today: date,
    operator: str,
    exercice: int | None = None,
) -> Issued:
    """Number and register what is new, then write the documents of the batch.

    The register is asked again inside its transaction: of several people who issue at once, one
    does, the others find it done. When nothing is new, the documents of the year are written
    again. Raises NotWritten with what became of the numbers.
    """
    root, plan = prepared.root, prepared.plan
    if prepared.new:
        rank = 1 + sum(batch.year == plan.year for batch in store.read_ledger(root).batches)
        atomic.probe(batch_path(root, plan.year, rank))
    act = Act(day, operator, __version__, prepared.inputs)
    made: list[Record] = []

    def build(ledger: Ledger) -> Sequence[Record]:
        made[:] = records_to_issue(
            prepared, ledger, act, today=today, exercice=exercice or day.year
        )
        return made

    ledger = store.append(root, build) if prepared.new else store.read_ledger(root)
    created = tuple(record for record in made if isinstance(record, Document))
    batches = [record for record in made if isinstance(record, Batch)]
    try:
        files = write_batches(root, ledger, batches or of_year(ledger, plan.year))
    except NotWritten as error:
        raise NotWritten(f"{error.message} {_taken(created)}", error.remedy) from error
    lines = tuple(
        line_of(document)
        for documents in ledger.standing(plan.year).values()
        for document in documents
        if plan.selection.holds(document.commune, document.level.code)
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


def of_year(ledger: Ledger, year: int) -> list[Batch]:
    """The batches of a year, the last one first."""
    return [batch for batch in reversed(ledger.batches) if batch.year == year]


def batch_of(ledger: Ledger, document: Document) -> Batch:
    """The batch of an invoice; raises Refusal when the register has lost it."""
    for batch in ledger.batches:
        if (batch.year, batch.rank) == (document.year, document.batch):
            return batch
    raise Refusal(
        f"Le lot de {document.number} n'est pas dans le registre.", "mutualis register verify"
    )


def write_batches(root: Path, ledger: Ledger, batches: Sequence[Batch]) -> tuple[str, ...]:
    """The workbook of each batch, from the register alone."""
    from mutualis.documents.batch import render_batch

    written = []
    for batch in batches:
        plan = restore_plan(batch, ledger)
        sheets = len(plan.invoices) <= MOST_SHEETS
        data = render_batch(plan, batch.issuer, batch.tariffs, batch.act.day, invoice_sheets=sheets)
        path = batch_path(root, batch.year, batch.rank)
        atomic.write(path, data)
        written.append(relative(root, path))
    return tuple(written)


def batch_path(root: Path, year: int, rank: int) -> Path:
    return root / "out" / str(year) / f"lot-{rank:02d}" / f"adhesions-{year}-lot-{rank:02d}.xlsx"


def _taken(created: Sequence[Document]) -> str:
    if not created:
        return "Aucun numéro n'a été attribué."
    return (
        f"Les factures {created[0].number} à {created[-1].number} sont émises et enregistrées : "
        "la même commande réécrira les documents sans rien émettre de plus."
    )
