"""From a plan to numbered documents, and back from the register to the plan.

Pure: it is called inside the register's transaction, with the register as it then is, so that
numbers are gapless and no fee is invoiced twice.
"""

from collections.abc import Sequence

from mutualis.domain.billing import BillingLine, BillingPlan, Issue
from mutualis.domain.issuer import Issuer
from mutualis.domain.ledger import INVOICE, MEMBERSHIP, Act, Batch, Document, Ledger
from mutualis.domain.numbering import check_free, document_number
from mutualis.domain.refusals import Refusal
from mutualis.domain.standing import ToIssue
from mutualis.domain.tariffs import Tariffs


def check_issuable(plan: BillingPlan) -> None:
    """Raises Refusal for a grid that is projected or has no act yet."""
    grid = plan.grid
    remedy = f'mutualis index {grid.year} --act "n° et date de la délibération"'
    if not grid.is_voted:
        raise Refusal(
            f"La grille {grid.year} est projetée : rien n'a été émis, aucun numéro n'est attribué.",
            f"après le vote, {remedy}",
        )
    if grid.act_is_missing:
        raise Refusal(
            f"La délibération de la grille {grid.year} est « à compléter » : rien n'a été émis, "
            "aucun numéro n'est attribué.",
            remedy,
        )


def make_batch(
    plan: BillingPlan,
    lines: ToIssue,
    ledger: Ledger,
    tariffs: Tariffs,
    issuer: Issuer,
    act: Act,
    exercice: int,
) -> Batch:
    """The batch that follows those of the year, with the settings and grid it comes from."""
    rank = 1 + sum(batch.year == plan.year for batch in ledger.batches)
    return Batch(
        rank=rank,
        year=plan.year,
        exercice=exercice,
        act=act,
        tariffs=tariffs.only(plan.year),
        issuer=issuer,
        selection=plan.selection,
        withheld=lines.withheld,
        below_minimum=plan.below_minimum,
        not_billed=plan.not_billed,
        example_levels=plan.example_levels,
        invoices=len(lines.invoices),
    )


def number_invoices(
    lines: Sequence[BillingLine], plan: BillingPlan, batch: Batch, ledger: Ledger
) -> tuple[Document, ...]:
    """The invoices of a batch, numbered without a gap in INSEE-code order.

    Raises Refusal when a number is taken (two formats that meet) or does not suit.
    """
    series = batch.issuer.series(INVOICE, plan.year)
    first = ledger.next_rank(series)
    ordered = sorted(lines, key=lambda line: line.commune.code_insee)
    invoices = tuple(
        _invoice(line, plan, batch, series, rank) for rank, line in enumerate(ordered, start=first)
    )
    check_free([invoice.number for invoice in invoices], ledger)
    return invoices


def restore_plan(batch: Batch, ledger: Ledger) -> BillingPlan:
    """The plan of a batch as it was issued, from the register alone, with its numbers.

    Raises Refusal when an invoice is no longer what its own snapshot gives (see `verify`).
    """
    grid = batch.tariffs.grids[batch.year]
    return BillingPlan(
        year=batch.year,
        grid=grid,
        basis=batch.tariffs.population,
        minimum_recovery=batch.tariffs.minimum_recovery,
        invoices=tuple(line_of(document) for document in ledger.of_batch(batch)),
        withheld=batch.withheld,
        below_minimum=batch.below_minimum,
        not_billed=batch.not_billed,
        selection=batch.selection,
        example_levels=batch.example_levels,
        issue=Issue(batch.act.day, batch.rank, ledger.closing[batch.year, batch.rank]),
    )


def line_of(document: Document) -> BillingLine:
    """The line of an issued invoice."""
    line = document.line
    if line is None or line.amount != document.amount:
        raise Refusal(
            f"La facture {document.number} ne correspond plus à son propre calcul.",
            "ne rien émettre ; mutualis register verify",
        )
    return line


def _invoice(
    line: BillingLine, plan: BillingPlan, batch: Batch, series: str, rank: int
) -> Document:
    return Document(
        kind=INVOICE,
        number=document_number(batch.issuer, INVOICE, plan.year, rank),
        series=series,
        rank=rank,
        year=plan.year,
        exercice=batch.exercice,
        batch=batch.rank,
        product=MEMBERSHIP,
        act=batch.act,
        issuer=batch.issuer,
        signatory=batch.issuer.signatory(batch.act.day),
        commune=line.commune,
        basis=plan.basis,
        level=line.fee.level,
        population=line.fee.population,
        grid_act=plan.grid.act,
        amount=line.amount,
        explanation=line.explanation,
        refers_to=line.completes,
        parts=line.parts,
        deducted=line.deducted,
    )
