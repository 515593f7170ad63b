"""A batch as it was issued, back from the register alone."""

from collections.abc import Iterable, Mapping

from mutualis.domain.citations import NONE, Citations, Cited
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import (
    Claim,
    Membership,
    MembershipInvoice,
    MissionInvoice,
    Statement,
)
from mutualis.domain.issuing.mission_batch import MissionPlan, line_of_document
from mutualis.domain.issuing.year_on_year import explained_in
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, Issue
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.accounting import is_deferred
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace


class IssuedLine(BillingLine, frozen=True, kw_only=True):
    """What a document claims; its calculation is `printed` as it was on its day."""

    printed: str

    @property
    def explanation(self) -> str:
        return self.printed


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
        invoices=tuple(
            line_of(x) for x in ledger.of_batch(batch) if isinstance(x, MembershipInvoice)
        ),
        withheld=tuple(line_of(x) for x in ledger.statements_of(batch)),
        below_minimum=batch.below_minimum,
        not_billed=batch.not_billed,
        selection=batch.selection,
        example_levels=batch.example_levels,
        issue=Issue(
            batch.act.day, batch.rank, ledger.closing[batch.year, batch.rank], is_deferred(batch)
        ),
        changes=explained_in(batch, ledger),
        citations=_citations((*ledger.of_batch(batch), *ledger.statements_of(batch)), ledger),
    )


def restore_missions(batch: Batch, ledger: Ledger) -> MissionPlan:
    """The same for a batch of missions."""
    lines = tuple(
        line_of_document(x) for x in ledger.of_batch(batch) if isinstance(x, MissionInvoice)
    )
    return MissionPlan(
        batch.year,
        batch.tariffs.population,
        lines,
        selection=batch.selection,
        issue=Issue(batch.act.day, batch.rank, ledger.closing[batch.year, batch.rank]),
        citations=_citations(ledger.of_batch(batch), ledger),
    )


def _citations(claims: Iterable[Claim], ledger: Ledger) -> Mapping[str, Citations]:
    """What each claim names of the others, where it names some."""
    found = {claim.number: _cited_by(claim, ledger) for claim in claims}
    return {number: cited for number, cited in found.items() if cited != NONE}


def _cited_by(claim: Claim, ledger: Ledger) -> Citations:
    numbers: tuple[str, ...] = ()
    if not isinstance(claim, MissionInvoice) and claim.refers_to is not None:
        numbers = claim.completes or (claim.refers_to,)
    completes = tuple(cite(x) for n in numbers if (x := ledger.claim(n)) is not None)
    replaced = ledger.claim(claim.replaces) if claim.replaces else None
    if replaced is None:
        return Citations(completes)
    made = ledger.credits_of(replaced.number)
    return Citations(completes, cite(replaced), cite(made[-1]) if made else None)


def cite(document: Document) -> Cited:
    return Cited(document.kind, document.number, document.act.day)


def successor_of(credit: CreditNote, ledger: Ledger) -> Cited | None:
    """What took the place of a credit's claim, where they were made together."""
    if credit != ledger.credits_of(credit.refers_to)[-1]:
        return None
    successor = ledger.successors.get(credit.refers_to)
    return None if successor is None else cite(successor)


def line_of(document: Membership) -> BillingLine:
    """The line of an issued membership; a fee withheld of before has no number to print."""
    line = document.line
    if line is None or line.amount != document.amount:
        raise Refusal("issuing.not_its_calculation", number=document.number)
    if isinstance(document, Statement) and not document.is_numbered:
        line = replace(line, number=None)
    own = {name: getattr(line, name) for name in line.__struct_fields__}
    return IssuedLine(**own, printed=document.explanation)
