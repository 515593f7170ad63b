"""From a plan to numbered documents.

Pure: it is called inside the register's transaction, with the register as it then is, so that
numbers are gapless and no fee is invoiced twice.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypedDict

from mutualis.domain.act import Act
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movements
from mutualis.domain.conditions.conditions import ToIssue, check_issuable
from mutualis.domain.french.missions import left_of_quote
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import (
    Membership,
    MembershipInvoice,
    MissionInvoice,
    Statement,
)
from mutualis.domain.issuer.issuer import Issuer, Signatory
from mutualis.domain.issuing.credit_note import TakenOff, make_credit
from mutualis.domain.issuing.mission_batch import MissionPlan, check_taxes
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.regularisation import causes
from mutualis.domain.issuing.replacement import replaced_by
from mutualis.domain.kinds import Kind, Nature, Product
from mutualis.domain.memberships.plan import BillingLine, NotBilled
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import next_numbers
from mutualis.domain.register.records import Record
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace


def check_memberships(issue: IssuePlan, ledger: Ledger, issuer: Issuer, day: date) -> None:
    """Raises Refusal with all that issuing the plan on a day still lacks."""
    lines = (*issue.billing.invoices, *issue.billing.withheld)
    claimed = {line.commune.code_insee for line in lines}
    owing = [account for account in issue.chosen if account.person.code_insee in claimed]
    persons = {c.account.person.code_insee: c.account.person for c in issue.corrections}
    debtors = persons | {line.commune.code_insee: line.commune for line in lines}
    asked = replace(
        ToIssue.on(day, issuer, debtors.values(), ledger.is_example),
        tariffs=issue.accounts.tariffs,
        grid=issue.billing.grid,
        rows=[row for account in owing for fee in account.fees for row in fee.group.rows],
    )
    check_issuable(asked)


def records_of(
    issue: IssuePlan, ledger: Ledger, issuer: Issuer, act: Act, exercice: int, adopted: str = ""
) -> tuple[Record, ...]:
    """What issuing a plan adds: a batch, its invoices and statements, then its corrections.

    Raises Refusal when a number is taken (two formats that meet) or does not suit, and for what
    issuing still lacks.
    """
    check_memberships(issue, ledger, issuer, act.day)
    batch = make_batch(issue, ledger, issuer, act, exercice, adopted)
    kinds: tuple[tuple[type[Membership], Sequence[BillingLine]], ...] = (
        (MembershipInvoice, issue.billing.invoices),
        (Statement, issue.billing.withheld),
    )
    claims = tuple(
        document
        for kind, lines in kinds
        for document in _number_memberships(kind, lines, issue, batch, ledger)
    )
    return (batch, *claims, *_number_corrections(issue, batch, Ledger((*ledger.records, *claims))))


def make_batch(
    issue: IssuePlan, ledger: Ledger, issuer: Issuer, act: Act, exercice: int, adopted: str = ""
) -> Batch:
    """The batch that follows those of the year, with the settings and grid it comes from."""
    plan, accounts = issue.billing, issue.accounts
    moved = {account.person.code_insee for account in issue.regularised}
    codes = frozenset().union(*(account.codes for account in issue.chosen))
    # What was issued before its year began is owed by what its commune became since.
    issued = (owned.document.act.day for account in issue.chosen for owned in account.owned)
    days = (date(plan.year, 1, 1), *issued)
    return Batch(
        rank=ledger.next_batch(plan.year),
        year=plan.year,
        exercice=exercice,
        act=act,
        tariffs=accounts.tariffs.only(plan.year).settled(accounts.known.day, plan.year),
        issuer=issuer,
        selection=plan.selection,
        withheld=(),
        below_minimum=plan.below_minimum,
        not_billed=plan.not_billed,
        example_levels=plan.example_levels,
        invoices=len(plan.invoices),
        movements=accounts.known.used(codes, min(days)),
        statements=len(plan.withheld),
        credits=len(issue.corrections),
        accounts=tuple(
            entry if (entry := account.entry).code_insee in moved else replace(entry, line=None)
            for account in issue.chosen
            if account.line is not None or account.owned
        ),
        adopted=adopted,
        changes=() if issue.changes is None else issue.changes.changes,
    )


def make_mission_batch(
    plan: MissionPlan,
    ledger: Ledger,
    tariffs: Tariffs,
    issuer: Issuer,
    act: Act,
    exercice: int,
    movements: Movements,
) -> Batch:
    """The same for missions, whose grids are in their quotes."""
    codes = frozenset(line.commune.code_insee for line in plan.lines)
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
        movements=Known(act.day, movements).used(codes, date(plan.year, 1, 1)),
    )


def _number_memberships(
    kind: type[Membership],
    lines: Sequence[BillingLine],
    issue: IssuePlan,
    batch: Batch,
    ledger: Ledger,
) -> Iterator[Membership]:
    """The documents of a kind, numbered without a gap in INSEE-code order."""
    plan, replaced = issue.billing, replaced_by(issue)
    places = next_numbers(batch.issuer, kind.kind, plan.year, len(lines), ledger)
    for place, line in zip(places, sorted(lines, key=_by_code), strict=True):
        yield kind(
            **_issued_in(batch, kind.kind, place),
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
            granted=line.granted,
            completes=line.listed,
            replaces=replaced.get(line.row.code_insee, ""),
            taxes=line.taxes,
            potential=line.fee.potential,
        )


def _by_code(line: BillingLine) -> str:
    return line.commune.code_insee


def _number_corrections(issue: IssuePlan, batch: Batch, ledger: Ledger) -> tuple[CreditNote, ...]:
    """The corrections of a batch: credit notes, then negative statements."""
    made: tuple[CreditNote, ...] = ()
    for statements in (False, True):
        for correction in issue.corrections:
            if isinstance(correction.document, Statement) is not statements:
                continue
            account = correction.account
            why = " ; ".join(cause.text for cause in causes(account.entry, account.last))
            off = TakenOff(-correction.amount, Nature.CORRECTION, why, issued_in=batch.rank)
            after = Ledger((*ledger.records, *made))
            made = (
                *made,
                make_credit(
                    correction.document,
                    off,
                    after,
                    batch.issuer,
                    batch.act,
                    issue.accounts.known,
                    person=account.person,
                    exercice=batch.exercice,
                ),
            )
    return made


def check_missions(plan: MissionPlan, ledger: Ledger, issuer: Issuer, day: date) -> None:
    """The same as `check_memberships`; the prices are those of quotes."""
    debtors = (line.commune for line in plan.lines)
    check_issuable(ToIssue.on(day, issuer, debtors, ledger.is_example))


def number_missions(plan: MissionPlan, batch: Batch, ledger: Ledger) -> tuple[MissionInvoice, ...]:
    """The invoices of missions, numbered in the plan's order."""
    check_taxes(plan.lines, ledger, batch.issuer)
    check_missions(plan, ledger, batch.issuer, batch.act.day)
    places = next_numbers(batch.issuer, Kind.INVOICE, plan.year, len(plan.lines), ledger)
    return tuple(
        MissionInvoice(
            **_issued_in(batch, Kind.INVOICE, place),
            commune=line.commune,
            billed=line.billed,
            basis=plan.basis,
            level=line.level,
            population=line.commune.population(plan.basis),
            grid_act=line.act,
            amount=line.amount,
            explanation=line.explanation,
            work=line.work,
            taxes=line.work.taxes,
        )
        for place, line in zip(places, plan.lines, strict=True)
    )


class _Issued(TypedDict):
    """What a document takes from its batch."""

    number: str
    series: str
    rank: int
    year: int
    exercice: int
    batch: int
    act: Act
    issuer: Issuer
    signatory: Signatory | None


def _issued_in(batch: Batch, kind: Kind, place: tuple[int, str]) -> _Issued:
    """The place of a document in a batch, at its rank and number."""
    rank, number = place
    return {
        "number": number,
        "series": batch.issuer.series(kind, batch.year),
        "rank": rank,
        "year": batch.year,
        "exercice": batch.exercice,
        "batch": batch.rank,
        "act": batch.act,
        "issuer": batch.issuer,
        "signatory": batch.issuer.signatory(batch.act.day),
    }


def check_quoted_once(quote: Quote, ledger: Ledger) -> None:
    """Raises Refusal when the register has the same quote, of the same day."""
    for issued in ledger.missions.by_quote.values():
        if _told(issued.issued.quote) == _told(quote):
            raise Refusal("quote.made_already", number=issued.number)


def _told(quote: Quote) -> tuple[object, ...]:
    """What a quote says, whatever its number."""
    days, code = (quote.issued_on, quote.valid_until), quote.commune.code_insee
    return (quote.year, *days, code, quote.service, quote.subject, quote.lines)


def quote_to_issue(quote: Quote, issuer: Issuer, day: date, ledger: Ledger) -> ToIssue:
    """A quote, whose grid is the only one that prices it, and whose level opens it."""
    own = ToIssue.on(day, issuer, [quote.commune], ledger.is_example)
    return replace(own, grid=quote.grid, rows=[quote.commune])


def number_quote(quote: Quote, issuer: Issuer, act: Act, ledger: Ledger) -> IssuedQuote:
    """The quote with the next number of its year's series; raises Refusal for what it lacks."""
    check_issuable(quote_to_issue(quote, issuer, act.day, ledger))
    rank, number = next_numbers(issuer, Kind.QUOTE, quote.year, 1, ledger)[0]
    return IssuedQuote(
        series=issuer.series(Kind.QUOTE, quote.year),
        rank=rank,
        act=act,
        issuer=issuer,
        signatory=issuer.signatory(act.day),
        quote=replace(quote, number=number),
    )
