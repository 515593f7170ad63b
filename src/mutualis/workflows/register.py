"""Read the register back: list it, prove that it is intact, copy it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis import __version__
from mutualis.domain.act import Act
from mutualis.domain.french.names import did_you_mean, nearest_numbers
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import Document
from mutualis.domain.kinds import Kind
from mutualis.domain.money import ZERO
from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.register.audit import audit
from mutualis.domain.register.findings import Finding, finding
from mutualis.domain.register.ledger import NO_HASH, Ledger
from mutualis.domain.register.records import Backup, Numbered, Record
from mutualis.domain.value import Struct
from mutualis.files.disk import aside
from mutualis.files.disk.targets import check_output
from mutualis.files.received.seal import Seal
from mutualis.progress import Task, each
from mutualis.register import schema, store
from mutualis.register.rows import Row, columns_of, unreadable
from mutualis.workflows.outputs import check_not_lost, check_workspace, relative


class Verified(Struct, frozen=True):
    """`findings` are in register order; the first one names the first row that is wrong.

    What was `invoiced`, then `credited`; `withheld` is less what rectifies it.
    """

    rows: int
    documents: int
    invoiced: Decimal
    credited: Decimal
    withheld: Decimal
    head: str
    findings: tuple[Finding, ...]
    last_backup: Backup | None
    since_backup: int

    @property
    def is_intact(self) -> bool:
        return not self.findings


def verify(root: Path, expect: Seal | None = None, today: date = date.max) -> Verified:
    """Prove the chain, the numbers, the dates (none after `today`) and the amounts; an absent
    register is intact, unless documents were issued.

    `expect` was noted elsewhere: its hash must be in the chain, which a chain without a key
    cannot prove by itself (a whole rewrite, a cut tail). Raises UnusableData where there is no
    workspace, NotWritten while another command holds the register.
    """
    check_workspace(root)
    try:
        rows = store.read_rows(root)
        if not rows:
            check_not_lost(root, Ledger())
        findings = list(_file_findings(root, rows))
    except Refusal as refusal:
        if refusal.reason.code == "register.busy":
            raise
        return _unreadable(refusal)
    sound = not findings
    readable: list[tuple[int, Record]] = []
    for row in each(Task.PROOF, rows, len(rows)):
        try:
            readable.append((row.seq, row.record))
        except ValueError as error:
            findings.append(Finding(row.seq, row.number, unreadable(error)))
            sound = False
        else:
            findings.extend(_column_findings(row, readable[-1][1]))
    if sound:  # what documents say means nothing in a broken chain
        findings.extend(audit(readable, today))
    hashes = [row.hash for row in rows]
    if expect is not None and not expect.holds(hashes):
        findings.append(finding(len(rows), None, "audit.head_not_found", head=expect.head[:16]))
    if sound:
        findings.extend(_backup_findings(readable, hashes))
        findings.extend(_document_findings(root, readable))
    backups = [record for _, record in readable if isinstance(record, Backup)]
    last = backups[-1] if backups else None
    saved = hashes.index(last.head) + 1 if last is not None and last.head in hashes else 0
    records = [record for _, record in readable]
    before = (line.amount for r in records if isinstance(r, Batch) for line in r.withheld)
    sums = {Kind.STATEMENT: sum(before, ZERO)}  # those of registers of before, then documents
    for document in records:
        if isinstance(document, Document):
            sums[document.kind] = sums.get(document.kind, ZERO) + document.amount
    return Verified(
        rows=len(rows),
        documents=sum(isinstance(record, Numbered) for record in records),
        invoiced=sums.get(Kind.INVOICE, ZERO),
        credited=sums.get(Kind.CREDIT, ZERO),
        withheld=sums[Kind.STATEMENT],
        head=rows[-1].hash if rows else NO_HASH,
        findings=tuple(sorted(findings, key=lambda finding: finding.seq)),
        last_backup=last,
        since_backup=sum(row.kind != "backup" for row in rows[saved:]),
    )


def _unreadable(refusal: Refusal) -> Verified:
    return Verified(0, 0, ZERO, ZERO, ZERO, NO_HASH, (Finding(0, None, refusal.reason),), None, 0)


def _file_findings(root: Path, rows: list[Row]) -> Iterator[Finding]:
    """What is wrong with the file and the chain, whatever the documents say."""
    path = root / store.NAME
    if not path.exists() or path.stat().st_size == 0:
        return
    damage = store.integrity(root)
    if damage is not None:
        yield finding(0, None, "audit.damaged", damage=damage)
    if store.schema_of(root) != schema.expected():
        yield finding(0, None, "audit.guards")
    previous = NO_HASH
    for rank, row in enumerate(rows, start=1):
        if row.seq != rank:
            yield finding(row.seq, row.number, "audit.missing_row", rank=rank)
            return
        if row.previous != previous or row.hash != row.expected_hash:
            yield finding(row.seq, row.number, "audit.broken_chain")
            return
        previous = row.hash


def _column_findings(row: Row, record: Record) -> Iterator[Finding]:
    columns = (row.kind, row.number, row.series, row.rank, row.day, row.cents)
    if columns_of(record) != columns:
        yield finding(row.seq, row.number, "audit.columns")


def _backup_findings(readable: list[tuple[int, Record]], hashes: list[str]) -> Iterator[Finding]:
    """A backup is of the register as it was: its head is that of a row before it."""
    for seq, record in readable:
        if isinstance(record, Backup) and record.head not in (NO_HASH, *hashes[: seq - 1]):
            yield finding(seq, None, "audit.backup_of_another")


def _document_findings(root: Path, readable: list[tuple[int, Record]]) -> Iterator[Finding]:
    """A register older than the documents beside it has lost its end."""
    try:
        check_not_lost(root, Ledger(tuple(record for _, record in readable)))
    except Refusal as refusal:
        yield Finding(len(readable), None, refusal.reason)


def ledger_of(root: Path) -> Ledger:
    """The register of a workspace; an empty one when there is none yet.

    Raises Refusal when it is lost and its documents are still there.
    """
    ledger = store.read_ledger(root)
    check_not_lost(root, ledger)
    return ledger


def find_document(ledger: Ledger, number: str) -> Numbered:
    """The document of a number, « lot N/CODE » for a fee withheld of a register of before.

    Raises Refusal, with the last numbers, when there is none.
    """
    wanted = number.strip().upper()
    before = (s for s in ledger.statements if s.number.upper() == wanted)
    document = ledger.by_number.get(wanted) or next(before, None)
    if document is None:
        last = ", ".join(d.number for d in ledger.numbered[-3:])
        if not last:
            raise Refusal("register.no_document", number=number)
        guess = did_you_mean(nearest_numbers(wanted, ledger.by_number))
        raise Refusal("register.unknown_document", number=number, last=last, guess=guess)
    return document


def _dated(root: Path, day: date) -> Path:
    """backups/registre-2026-01-31.db, or -2 where that one is a copy of something else."""
    path = root / "backups" / f"registre-{day.isoformat()}.db"
    rank = 1
    while path.exists() and not store.is_copied(root, path):
        rank += 1
        path = path.with_name(f"registre-{day.isoformat()}-{rank}.db")
    return path


def backup_register(
    root: Path, target: Path | None, *, day: date, operator: str
) -> tuple[str, int]:
    """Copy the register, verify the copy, then note it; returns the file and its rows. Without a
    target, the copy is of the day, beside those of before.

    Raises Refusal when the register is not intact: a broken copy would pass for a sound one.
    """
    target = _dated(root, day) if target is None else target
    is_copied = store.is_copied(root, target)
    if not is_copied:
        check_output(target)
    verified = verify(root)
    if not verified.is_intact:
        raise Refusal("register.not_intact", details=[verified.findings[0].reason])
    aside.sweep(target.parent)
    to_be = target.with_name(f"{aside.prefix()}copie{aside.SUFFIX}")
    rows = store.read_rows(root) if is_copied else store.backup(root, target, to_be)
    name = relative(root, target)
    noted = Backup(Act(day, operator, __version__, ""), name, rows[-1].hash if rows else NO_HASH)

    def records(ledger: Ledger) -> tuple[Backup, ...]:
        known = (one for one in ledger.records if isinstance(one, Backup))
        is_known = any((one.file, one.head) == (noted.file, noted.head) for one in known)
        return () if is_known else (noted,)

    try:
        store.append(root, records)
    except NotWritten as error:
        raise NotWritten("register.copy_not_noted", cause=error, path=name) from error
    return name, len(rows)
