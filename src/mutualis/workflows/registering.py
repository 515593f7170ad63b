"""Read the register back: list it, prove that it is intact, copy it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis import __version__
from mutualis.domain.auditing import Finding, audit
from mutualis.domain.ledger import NO_HASH, Act, Backup, Document, Ledger
from mutualis.domain.money import ZERO
from mutualis.domain.refusals import Refusal
from mutualis.files.fingerprint import fingerprint
from mutualis.register import store
from mutualis.workflows.outputs import relative


@dataclass(frozen=True, slots=True)
class Verified:
    """`findings` are in register order; the first one names the first row that is wrong."""

    rows: int
    documents: int
    invoiced: Decimal
    credited: Decimal
    head: str
    findings: tuple[Finding, ...]
    last_backup: Backup | None
    since_backup: int

    @property
    def is_intact(self) -> bool:
        return not self.findings


def verify(root: Path, expect: str | None = None) -> Verified:
    """Prove the chain, the numbers, the dates and the amounts; an absent register is intact.

    `expect` is a hash noted elsewhere: it must be in the chain, which a chain without a key
    cannot prove by itself (a whole rewrite, a cut tail).
    """
    rows = store.read_rows(root)
    findings = list(_file_findings(root, rows))
    readable = []
    for row in rows:
        try:
            readable.append((row.seq, row.record))
        except ValueError:
            findings.append(Finding(row.seq, row.number, "contenu illisible"))
    documents = [(seq, record) for seq, record in readable if isinstance(record, Document)]
    findings.extend(audit(documents))
    head = rows[-1].hash if rows else NO_HASH
    if expect is not None and expect not in [row.hash for row in rows]:
        why = f"l'empreinte attendue {expect[:16]}… ne figure pas dans le registre"
        findings.append(Finding(len(rows), None, why))
    backups = [(seq, record) for seq, record in readable if isinstance(record, Backup)]
    last = backups[-1] if backups else None
    amounts = [document.amount for _, document in documents]
    return Verified(
        rows=len(rows),
        documents=len(documents),
        invoiced=sum((amount for amount in amounts if amount > 0), ZERO),
        credited=sum((amount for amount in amounts if amount < 0), ZERO),
        head=head,
        findings=tuple(sorted(findings, key=lambda finding: finding.seq)),
        last_backup=None if last is None else last[1],
        since_backup=len(rows) - (last[0] if last is not None else 0),
    )


def _file_findings(root: Path, rows: list[store.Row]) -> Iterator[Finding]:
    """What is wrong with the file and the chain, whatever the documents say."""
    if not rows:
        return
    damage = store.integrity(root)
    if damage is not None:
        yield Finding(0, None, f"le fichier est abîmé ({damage})")
    if store.schema_of(root) != store.expected_schema():
        yield Finding(0, None, "les tables ou les garde-fous du registre ont été modifiés")
    previous = NO_HASH
    for rank, row in enumerate(rows, start=1):
        if row.seq != rank:
            yield Finding(row.seq, row.number, f"ligne {rank} absente")
            return
        if row.previous != previous or row.hash != row.expected_hash:
            yield Finding(row.seq, row.number, "la chaîne est rompue : contenu ou ordre modifié")
            return
        previous = row.hash
        yield from _column_findings(row)


def _column_findings(row: store.Row) -> Iterator[Finding]:
    try:
        expected = store.columns_of(row.record)
    except ValueError:
        return
    if expected != (row.kind, row.number, row.series, row.rank, row.day, row.cents):
        yield Finding(row.seq, row.number, "les colonnes ne répètent pas le contenu")


def ledger_of(root: Path) -> Ledger:
    """The register of a workspace; an empty one when there is none yet."""
    return store.read_ledger(root)


def find_document(ledger: Ledger, number: str) -> Document:
    """Raises Refusal, with the nearest numbers, when there is no such document."""
    document = ledger.by_number.get(number.strip().upper())
    if document is None:
        last = ", ".join(d.number for d in ledger.documents[-3:])
        known = f" Derniers numéros : {last}." if last else " Le registre est vide."
        raise Refusal(f"Aucun document {number} dans le registre.{known}", "mutualis register list")
    return document


def backup_register(root: Path, target: Path, *, day: date, operator: str) -> tuple[str, int]:
    """Copy the register, verify the copy, then note it; returns the file and its rows."""
    rows = store.backup(root, target)
    head = rows[-1].hash if rows else NO_HASH
    broken = [row for row in rows if row.hash != row.expected_hash]
    if broken:
        target.unlink(missing_ok=True)
        raise Refusal(
            "Le registre est abîmé : la copie n'a pas été gardée.", "mutualis register verify"
        )
    name = relative(root, target)
    act = Act(day, operator, __version__, fingerprint(root))
    store.append(root, lambda _: (Backup(act, name, head),))
    return name, len(rows)
