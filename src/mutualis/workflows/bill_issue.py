"""Issue what is due for a year, for good: number inside the register, write the documents."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.french.communes import communes
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.invoices.invoice import Membership
from mutualis.domain.issuing.batch import check_memberships, records_of
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.regularisation import differences
from mutualis.domain.issuing.settings import last_batch, settings_that_differ
from mutualis.domain.kinds import Product
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day, check_exercice
from mutualis.domain.register.records import Record
from mutualis.domain.value import Struct
from mutualis.files.disk import atomic
from mutualis.register import store
from mutualis.workflows.batch_folder import (
    batch_path,
    rehearsed,
    workbook_path,
    write_batches,
)
from mutualis.workflows.bill import Billing, YearAsked, read_billing
from mutualis.workflows.outputs import check_unused
from mutualis.workflows.printing import Printer


class Issued(Struct, frozen=True):
    """What stands for the year after an issue; `created` are the documents just added.

    `after` are the accounts as they then are, `standing` the year's invoices and statements that
    are worth something, of what was asked for.
    """

    billing: Billing
    after: IssuePlan
    created: tuple[Document, ...]
    standing: tuple[Membership, ...]
    ledger: Ledger
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


def prepare_issue(root: Path, asked: YearAsked, day: date) -> Billing:
    """Everything that can refuse an issue is tried here, before anybody confirms it.

    Raises UnusableData on bad data, Refusal on all that issuing lacks, and on accounts that have a
    document already where nobody asked to regularise them.
    """
    billing = read_billing(root, asked, day)
    store.check_sound(root)  # also where nothing remains to be added
    issue = billing.issue
    last = last_batch(billing.ledger, asked.year)
    is_done = last is not None and last.adopted == asked.adopted  # the same command again
    if asked.adopted and not billing.differing and not is_done:
        raise Refusal("account.nothing_to_adopt", year=asked.year)
    check_memberships(issue, billing.ledger, billing.workspace.issuer, day)
    issued = billing.ledger.batches_of(asked.year, Product.MEMBERSHIP)
    if not (issue.items or billing.adopts or issued):
        raise Refusal("bill.nothing_to_issue", year=asked.year)
    if issue.regularised and not asked.regularise:
        raise Refusal(
            "account.to_regularise",
            details=differences(issue),
            year=asked.year,
            communes=communes(len(issue.regularised)),
        )
    return billing


def records_to_issue(
    billing: Billing, ledger: Ledger, act: Act, *, today: date, exercice: int
) -> Sequence[Record]:
    """What an issue adds to the register as it is: a batch and its documents, or nothing.

    Raises Refusal when it is not what was shown: somebody else has issued meanwhile.
    """
    is_as_shown = ledger.head == billing.ledger.head
    issue = billing.issue if is_as_shown else billing.again(ledger)
    adopts = billing.adopts and settings_that_differ(
        billing.workspace.tariffs, ledger, billing.asked.year
    )
    if not (issue.items or adopts):
        return ()
    if issue.items != billing.issue.items:
        raise Refusal("account.changed_meanwhile", year=billing.asked.year)
    check_day(act.day, today, ledger)
    check_exercice(exercice, act.day)
    adopted = billing.asked.adopted if adopts else ""
    return records_of(issue, ledger, billing.workspace.issuer, act, exercice, adopted)


def issue_batch(
    billing: Billing,
    *,
    today: date,
    operator: str,
    exercice: int | None = None,
    printer: Printer | None = None,
) -> Issued:
    """Number and register what is due, then write the documents of the batch.

    The register is asked again inside its transaction: of several people who issue at once, one
    does, the others find it done. When nothing is due, the documents of the year are written
    again. Raises NotWritten with what became of the numbers.
    """
    root, year, day = billing.root, billing.asked.year, billing.day
    act = Act(day, operator, __version__, billing.inputs)
    ledger = billing.ledger
    made: tuple[Record, ...] = ()
    if billing.issue.items or billing.adopts:
        rank = store.read_ledger(root).next_batch(year)
        path = workbook_path(root, year, rank, Product.MEMBERSHIP)
        check_unused(root, path.parent)
        atomic.probe(path)
        ledger, made = store.append(
            root,
            lambda ledger: rehearsed(
                records_to_issue(billing, ledger, act, today=today, exercice=exercice or day.year),
                ledger,
            ),
        )
    created, files = write_made(root, ledger, made, year, Product.MEMBERSHIP, printer)
    return Issued(
        billing=billing,
        after=billing.again(ledger),
        created=created,
        standing=_standing(billing, ledger),
        ledger=ledger,
        warnings=billing.warnings,
        files=files,
    )


def _standing(billing: Billing, ledger: Ledger) -> tuple[Membership, ...]:
    """The documents of the year that are still worth something, of what was asked for."""
    selection = billing.issue.billing.selection
    kept = [
        document
        for document in ledger.memberships
        if document.year == billing.asked.year
        and ledger.remaining(document.number) > 0
        and selection.holds(
            (document.commune.code_insee, document.row.code_insee), document.level.code
        )
    ]
    return tuple(sorted(kept, key=lambda document: document.commune.code_insee))


def write_made(
    root: Path,
    ledger: Ledger,
    made: Sequence[Record],
    year: int,
    product: Product,
    printer: Printer | None = None,
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The documents just added, and the files of their batch and of those whose file is missing;
    all of the year's when none was added. Raises NotWritten.
    """
    created = tuple(record for record in made if isinstance(record, Document))
    added = [record for record in made if isinstance(record, Batch)]
    batches = [
        batch
        for batch in reversed(ledger.batches_of(year, product))
        if not added or batch in added or not batch_path(root, batch).exists()
    ]
    try:
        files = write_batches(root, ledger, batches, printer)
    except NotWritten as error:
        if made:  # told where the command ends, whatever ends it
            raise
        raise NotWritten("issued.no_number", cause=error) from error
    return created, files
