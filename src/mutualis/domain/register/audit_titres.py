"""What was exported and the titres that came back, proved as they are read again."""

from collections.abc import Iterator

from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.kinds import ExportKind, Nature
from mutualis.domain.problems.refusals import Reason
from mutualis.domain.register.audit_credit import Claims
from mutualis.domain.register.findings import Finding, finding
from mutualis.domain.register.records import Exported, Titre, TitreWithdrawn
from mutualis.domain.register.titre_rules import (
    Titled,
    faults_of,
    has_titre,
    series_of,
    sharing,
)


class TitresRead:
    """The titres read so far. Those recorded one after the other are proved together: two numbers
    that were exchanged are right at the end."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._documents: dict[str, Titled] = {}
        self._last: dict[str, Titre] = {}
        self._new: dict[str, int] = {}

    def take(self, document: Document) -> None:
        if has_titre(document):
            self._documents[document.number] = document

    def titre(self, seq: int, titre: Titre) -> Iterator[Finding]:
        """Of a document before it, made out to its debtor; nothing more was asked before."""
        document = self._documents.get(titre.document)
        if document is None:
            yield finding(seq, titre.document, "audit.titre_of_nothing")
            return
        self._last[titre.document] = titre
        if not titre.debtor:
            return
        self._new[titre.document] = seq
        if titre.debtor != document.commune.siren:
            yield finding(seq, titre.document, "audit.titre_debtor", debtor=titre.debtor)
        for reason in faults_of(titre, document, titre.document):
            yield Finding(seq, titre.document, reason)

    def withdrawal(self, seq: int, undone: TitreWithdrawn) -> Iterator[Finding]:
        """Of a titre that is noted, with a reason."""
        if self._last.pop(undone.document, None) is None or not undone.reason:
            yield finding(seq, undone.document, "audit.titre_withdrawal")

    def close(self) -> Iterator[Finding]:
        """What the titres recorded together say wrong: a number has one debtor."""
        new, self._new = self._new, {}
        if not new:
            return
        for titre, other in sharing(self._last, new, self._series):
            if other.debtor not in ("", titre.debtor):
                reason = Reason("audit.titre_shared", {"other": other.document})
                yield Finding(new[titre.document], titre.document, reason)

    def export(self, seq: int, export: Exported) -> Iterator[Finding]:
        """Of documents before it that had no titre, each once: invoices and their remises, or
        credits."""
        if not export.documents or len(set(export.documents)) < len(export.documents):
            yield finding(seq, None, "audit.export_empty")
        for number in export.documents:
            document = self._documents.get(number)
            if document is None or number in self._last or not self._is_of(document, export):
                yield finding(seq, number, "audit.export_of_another")

    def _is_of(self, document: Titled, export: Exported) -> bool:
        if export.what is ExportKind.REDUCTIONS:
            return isinstance(document, CreditNote)
        if isinstance(document, CreditNote):
            is_remise = self._claims.nature_of(document.number) is Nature.REMISE
            return is_remise and document.refers_to in export.documents
        return True

    def _series(self, number: str) -> str:
        document = self._documents[number]
        return series_of(
            document,
            self._claims.nature_of(number),
            self._last.get(document.refers_to or ""),
        )
