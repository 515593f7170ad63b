"""From a plan to numbered documents, and back from the register to the plan.

Pure: it is called inside the register's transaction, with the register as it then is, so that
numbers are gapless and no fee is invoiced twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypedDict

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.missions import left_of_quote
from mutualis.domain.french.typography import count, enumerated
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.invoice import MembershipInvoice, MissionInvoice
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.issuing.mission_batch import MissionPlan, line_of_document
from mutualis.domain.issuing.reconciliation import ToIssue
from mutualis.domain.kinds import Kind, Product
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, Issue, NotBilled
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import next_numbers
from mutualis.domain.tariffs.grid import Tariffs


def check_issuable(plan: BillingPlan) -> None:
    """Raises Refusal for a grid that is projected or has no act yet, and for a missing SIREN."""
    grid = plan.grid
    if not grid.is_voted:
        raise Refusal("issuing.projected_grid", year=grid.year)
    if grid.act_is_missing:
        raise Refusal("issuing.act_to_fill_in", year=grid.year)
    check_sirens(line.commune for line in (*plan.invoices, *plan.withheld))


def check_sirens(communes: Iterable[CommuneYear]) -> None:
    """Raises Refusal for a debtor without SIREN: a draft may lack it, what is issued may not."""
    missing = [commune.name for commune in communes if not commune.siren]
    if missing:
        raise Refusal(
            "issuing.without_siren",
            communes=count(len(missing), "commune"),
            names=enumerated(missing),
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
    return Batch(
        rank=ledger.next_batch(plan.year),
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


def make_mission_batch(
    plan: MissionPlan, ledger: Ledger, tariffs: Tariffs, issuer: Issuer, act: Act, exercice: int
) -> Batch:
    """The same for missions, whose grids are in their quotes."""
    return Batch(
        rank=ledger.next_batch(plan.year),
        year=plan.year,
        exercice=exercice,
        act=act,
        tariffs=tariffs.only(),
        issuer=issuer,
        selection=plan.selection,
        withheld=(),
        below_minimum=(),
        not_billed=tuple(NotBilled(x.commune, left_of_quote(x.quote, x.reason)) for x in plan.left),
        example_levels=plan.example_levels,
        invoices=len(plan.lines),
        product=Product.MISSION,
    )


def number_invoices(
    lines: Sequence[BillingLine], plan: BillingPlan, batch: Batch, ledger: Ledger
) -> tuple[MembershipInvoice, ...]:
    """The invoices of a batch, numbered without a gap in INSEE-code order.

    Raises Refusal when a number is taken (two formats that meet) or does not suit, and for a
    debtor without SIREN.
    """
    check_sirens(line.commune for line in lines)
    ordered = sorted(lines, key=lambda line: (line.commune.code_insee, line.row.code_insee))
    places = next_numbers(batch.issuer, Kind.INVOICE, plan.year, len(ordered), ledger)
    return tuple(
        MembershipInvoice(
            **_issued_in(batch, place),
            commune=line.commune,
            billed=line.billed,
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
        for place, line in zip(places, ordered, strict=True)
    )


def number_missions(plan: MissionPlan, batch: Batch, ledger: Ledger) -> tuple[MissionInvoice, ...]:
    """The same for missions, in the plan's order."""
    check_sirens(line.commune for line in plan.lines)
    places = next_numbers(batch.issuer, Kind.INVOICE, plan.year, len(plan.lines), ledger)
    return tuple(
        MissionInvoice(
            **_issued_in(batch, place),
            commune=line.commune,
            basis=plan.basis,
            level=line.level,
            population=line.commune.population(plan.basis),
            grid_act=line.act,
            amount=line.amount,
            explanation=line.explanation,
            work=line.work,
        )
        for place, line in zip(places, plan.lines, strict=True)
    )


class _Issued(TypedDict):
    """What an invoice takes from its batch."""

    number: str
    series: str
    rank: int
    year: int
    exercice: int
    batch: int
    act: Act
    issuer: Issuer
    signatory: Signatory | None


def _issued_in(batch: Batch, place: tuple[int, str]) -> _Issued:
    """The place of an invoice in a batch, at its rank and number."""
    rank, number = place
    return {
        "number": number,
        "series": batch.issuer.series(Kind.INVOICE, batch.year),
        "rank": rank,
        "year": batch.year,
        "exercice": batch.exercice,
        "batch": batch.rank,
        "act": batch.act,
        "issuer": batch.issuer,
        "signatory": batch.issuer.signatory(batch.act.day),
    }


def number_quote(quote: Quote, issuer: Issuer, act: Act, ledger: Ledger) -> IssuedQuote:
    """The quote with the next number of its year's series; raises Refusal without a SIREN."""
    check_sirens([quote.commune])
    rank, number = next_numbers(issuer, Kind.QUOTE, quote.year, 1, ledger)[0]
    return IssuedQuote(
        series=issuer.series(Kind.QUOTE, quote.year),
        rank=rank,
        act=act,
        issuer=issuer,
        signatory=issuer.signatory(act.day),
        quote=replace(quote, number=number),
    )


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
        withheld=batch.withheld,
        below_minimum=batch.below_minimum,
        not_billed=batch.not_billed,
        selection=batch.selection,
        example_levels=batch.example_levels,
        issue=Issue(batch.act.day, batch.rank, ledger.closing[batch.year, batch.rank]),
    )


def restore_missions(batch: Batch, ledger: Ledger) -> MissionPlan:
    """The same for a batch of missions."""
    lines = tuple(
        line_of_document(x) for x in ledger.of_batch(batch) if isinstance(x, MissionInvoice)
    )
    issue = Issue(batch.act.day, batch.rank, ledger.closing[batch.year, batch.rank])
    return MissionPlan(
        batch.year, batch.tariffs.population, lines, selection=batch.selection, issue=issue
    )


def line_of(document: MembershipInvoice) -> BillingLine:
    """The line of an issued invoice."""
    line = document.line
    if line is None or line.amount != document.amount:
        raise Refusal("issuing.not_its_calculation", number=document.number)
    return line
