"""What takes the place of a document that was brought to nothing: for a wrong party or reference,
or because it was of the other settlement, or of another tax.

Where a party or a reference was wrong, nothing else of the account may move: amounts are mended by
the account of the year as a whole.
"""

from collections.abc import Iterable

from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.debtors import is_same_person
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Membership, Statement
from mutualis.domain.issuing.account import Account
from mutualis.domain.issuing.plan import IssuePlan, plan_issue
from mutualis.domain.memberships.plan import BillingLine, Selection
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace


def in_place_of(claim: Claim, records: Iterable[Record]) -> tuple[Record, ...]:
    """What was made to stand in the place of a cancelled claim, naming it."""
    return tuple(
        replace(record, replaces=claim.number) if isinstance(record, Claim) else record
        for record in records
    )


def replaced_by(issue: IssuePlan) -> dict[str, str]:
    """The first document that a plan brings to nothing to make it anew, by commune billed."""
    return {
        item.document.row.code_insee: item.document.number
        for item in reversed(issue.corrections)
        if item.document.number in item.account.stale
    }


def plan_of_replacement(
    communes: Communes,
    tariffs: Tariffs,
    ledger: Ledger,
    claim: Membership,
    credit: CreditNote,
) -> IssuePlan:
    """What the claim's account lacks on the credit's day, in a `ledger` that holds the credit.

    One claim, or none where it is below the minimum that is recovered. Raises Refusal when the
    account lacks nothing, when more than that would move, or when it is the same document again.
    """
    day, year = credit.act.day, claim.year
    selection = Selection(communes=frozenset({credit.commune.code_insee}))
    issue = plan_issue(communes, tariffs, year, ledger, day, selection)
    if not issue.chosen:
        raise Refusal("credit_note.no_row_any_more", commune=claim.commune.name, year=year)
    account = issue.chosen[0]  # one account holds a code
    if account.unqualified:
        raise Refusal("credit.to_qualify_first", numbers=", ".join(account.unqualified))
    if issue.corrections:
        raise Refusal(
            "credit.others_to_correct",
            numbers=", ".join(item.document.number for item in issue.corrections),
            commune=account.person.name,
            year=year,
        )
    lines = (*issue.billing.invoices, *issue.billing.withheld)
    if not (lines or issue.billing.below_minimum):
        raise _nothing_lacks(account, issue, year)
    withheld = bool(issue.billing.withheld)
    if lines and withheld == isinstance(claim, Statement) and _is_same(lines[0], claim, credit):
        raise Refusal("credit.same_document", number=claim.number)
    return issue


def _nothing_lacks(account: Account, issue: IssuePlan, year: int) -> Refusal:
    entry, name = account.entry, account.person.name
    if entry.documents:
        return Refusal(
            "credit.others_claim_it",
            numbers=", ".join(entry.documents),
            balance=euros(entry.balance),
            target=euros(entry.target),
            commune=name,
        )
    free = [left.reason for left in issue.billing.not_billed]
    reason = free[0] if free and account.line is None else euros(entry.target)
    return Refusal("credit_note.nothing_due_any_more", commune=name, year=year, reason=reason)


def _is_same(line: BillingLine, claim: Membership, credit: CreditNote) -> bool:
    """Whether a line claims what was cancelled, of the same party and from the same figures."""
    fee = line.fee
    now = (fee.level, fee.population, fee.potential, line.parts, line.amount)
    then = (claim.level, claim.population, claim.potential, claim.parts, -credit.amount)
    parties = is_same_person(line.commune, claim.commune) and is_same_person(line.row, claim.row)
    return parties and now == then
