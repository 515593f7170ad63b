"""Correct what was issued: a credit note or a negative statement, and with it, when asked, the
document that takes its place."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.debtors import Known
from mutualis.domain.conditions.conditions import ToIssue, check_issuable
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Membership, MissionInvoice
from mutualis.domain.issuing.batch import (
    make_mission_batch,
    number_missions,
    records_of,
)
from mutualis.domain.issuing.credit_note import (
    TakenOff,
    credit_kind,
    make_credit,
    person_owing,
)
from mutualis.domain.issuing.credit_rules import check_taken_off
from mutualis.domain.issuing.mission_batch import check_works_before, plan_replacement
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.replacement import in_place_of, plan_of_replacement
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day, check_exercice, next_numbers
from mutualis.domain.register.records import Record
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import atomic
from mutualis.files.disk.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.batch_folder import (
    rehearsed,
    workbook_path,
    write_batches,
)
from mutualis.workflows.bill import check_movements
from mutualis.workflows.credit_file import credit_path, write_credit
from mutualis.workflows.inputs import checked, gather, grid_of
from mutualis.workflows.outputs import check_not_lost, check_unused
from mutualis.workflows.printing import Printer
from mutualis.workflows.register import find_document


class Corrector(Struct, frozen=True):
    """Who corrects, on which day; `today` is the clock's."""

    day: date
    today: date
    operator: str

    def act(self, inputs: str = "") -> Act:
        return Act(self.day, self.operator, __version__, inputs)


class CreditRequest(Struct, frozen=True):
    """What is to be taken off which document, and whether another takes its place.

    `again` says that what was taken off already is taken off once more.
    """

    number: str
    off: TakenOff
    replace: bool = False
    again: bool = False


class Credited(Struct, frozen=True):
    """`replacement` is the document that takes the place of the claim; `kept_below` what is due in
    its place, and is less than the `minimum` that is recovered."""

    credit: CreditNote
    claim: Claim
    replacement: Claim | None
    kept_below: BillingLine | None
    minimum: Decimal
    remaining: Decimal
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


class PreparedCredit(Struct, frozen=True):
    """What a credit is made from, the number that it should have, and the rank of the `batch` of
    what takes the place of its claim; `workspace` has the tariffs of the year's last batch."""

    workspace: Workspace
    request: CreditRequest
    claim: Claim
    number: str
    batch: int
    warnings: tuple[Problem, ...]
    inputs: str


def prepare_credit(root: Path, request: CreditRequest) -> PreparedCredit:
    """Raises UnusableData and Refusal before anything is added."""
    workspace, warnings = gather(root)
    inputs = fingerprint(root)
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    claim = _claim_to_credit(ledger, request.number)
    check_taken_off(claim, request.off, ledger, again=request.again)
    if request.replace and not isinstance(claim, MissionInvoice):
        check_movements(workspace, ledger)
        tariffs = tariffs_of_year(workspace.tariffs, ledger, claim.year)
        workspace = replace(workspace, tariffs=tariffs)
        warnings += checked(workspace, grid_of(workspace, claim.year))
    kind = credit_kind(claim).kind
    _, number = next_numbers(workspace.issuer, kind, claim.year, 1, ledger)[0]
    return PreparedCredit(
        workspace=workspace,
        request=request,
        claim=claim,
        number=number,
        batch=ledger.next_batch(claim.year),
        warnings=tuple(in_order(warnings)),
        inputs=inputs,
    )


def _claim_to_credit(ledger: Ledger, number: str) -> Claim:
    document = find_document(ledger, number)
    if isinstance(document, CreditNote):
        raise Refusal(
            "credit_note.of_a_credit_note", number=document.number, claim=document.refers_to
        )
    if isinstance(document, IssuedQuote):
        raise Refusal("credit_note.of_a_quote", number=document.number)
    return document


def records_to_credit(
    prepared: PreparedCredit, ledger: Ledger, act: Act, *, today: date, exercice: int
) -> Sequence[Record]:
    """The credit, then the batch of what takes the place of its claim."""
    request, claim, issuer = prepared.request, prepared.claim, prepared.workspace.issuer
    check_day(act.day, today, ledger)
    check_exercice(exercice, act.day)
    check_taken_off(claim, request.off, ledger, again=request.again)
    communes = _with_recorded(prepared.workspace.communes, ledger)
    person = person_owing(claim, communes, act.day)
    check_issuable(ToIssue.on(act.day, issuer, [person], ledger.is_example))
    credit = make_credit(
        claim,
        request.off,
        ledger,
        issuer,
        act,
        Known.of(communes, claim.year, act.day),
        person=person,
        exercice=exercice,
    )
    if not request.replace:
        return (credit,)
    tariffs = prepared.workspace.tariffs
    after = Ledger((*ledger.records, credit), ledger.closing, ledger.head)
    if isinstance(claim, MissionInvoice):
        missions = plan_replacement(communes, tariffs.population, ledger, credit, claim)
        check_works_before(missions.lines, act.day)
        batch = make_mission_batch(
            missions, after, tariffs, issuer, act, exercice, communes.movements
        )
        made = number_missions(missions, batch, after)
        return (credit, batch, *in_place_of(claim, made))
    issue = _planned(prepared, after, claim, credit)
    if not issue.items:
        return (credit,)
    return (credit, *in_place_of(claim, records_of(issue, after, issuer, act, exercice)))


def _planned(
    prepared: PreparedCredit, ledger: Ledger, claim: Membership, credit: CreditNote
) -> IssuePlan:
    """What the claim's account lacks, once credited in the `ledger`."""
    workspace = prepared.workspace
    communes = _with_recorded(workspace.communes, ledger)
    tariffs = tariffs_of_year(workspace.tariffs, ledger, claim.year)
    return plan_of_replacement(communes, tariffs, ledger, claim, credit)


def _with_recorded(communes: Communes, ledger: Ledger) -> Communes:
    return replace(communes, movements=with_recorded(ledger, communes.movements))


def credit_document(
    root: Path,
    request: CreditRequest,
    corrector: Corrector,
    *,
    exercice: int | None = None,
    printer: Printer | None = None,
) -> Credited:
    """Issue the credit of a document, whole or for an amount; nothing on a Refusal."""
    prepared = prepare_credit(root, request)
    claim = prepared.claim
    _check_targets(root, prepared, printer)
    act, year = corrector.act(prepared.inputs), exercice or corrector.day.year
    ledger, made = store.append(
        root,
        lambda ledger: rehearsed(
            records_to_credit(prepared, ledger, act, today=corrector.today, exercice=year),
            ledger,
        ),
    )
    credit = next(record for record in made if isinstance(record, CreditNote))
    claims = [record for record in made if isinstance(record, Claim)]
    files = _write(root, ledger, credit, made, printer)
    below = None
    if request.replace and not claims and not isinstance(claim, MissionInvoice):
        (below,) = _planned(prepared, ledger, claim, credit).billing.below_minimum
    return Credited(
        credit=credit,
        claim=claim,
        replacement=claims[0] if claims else None,
        kept_below=below,
        minimum=prepared.workspace.tariffs.minimum_recovery,
        remaining=ledger.remaining(claim.number),
        warnings=prepared.warnings,
        files=files,
    )


def _check_targets(root: Path, prepared: PreparedCredit, printer: Printer | None) -> None:
    """Raises Refusal where a document to be is there already, NotWritten where none can be."""
    claim = prepared.claim
    path = credit_path(root, claim.year, prepared.number)
    pdf = path.with_suffix(".pdf")
    check_unused(root, path, pdf)
    atomic.probe(path)
    if printer is not None:
        atomic.probe(pdf)
    if prepared.request.replace:
        workbook = workbook_path(root, claim.year, prepared.batch, claim.product)
        check_unused(root, workbook.parent)
        atomic.probe(workbook)


def _write(
    root: Path, ledger: Ledger, credit: CreditNote, made: Sequence[Record], printer: Printer | None
) -> tuple[str, ...]:
    """The files of what was made; raises NotWritten."""
    batches = [record for record in made if isinstance(record, Batch)]
    files = write_credit(root, credit, ledger, printer)
    return (*files, *write_batches(root, ledger, batches, printer))
