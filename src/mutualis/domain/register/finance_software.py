"""What the finance software was handed, and the titres and mandats that it gave back."""

from collections.abc import Mapping
from functools import cached_property

from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.kinds import ExportKind
from mutualis.domain.register.records import Exported, Record, Titre, TitreWithdrawn


class FinanceSoftware:
    """The titres and exports of the records, in order."""

    def __init__(self, records: tuple[Record, ...]) -> None:
        self._records = records
        self.titres = tuple(record for record in records if isinstance(record, Titre))

    @cached_property
    def last(self) -> Mapping[str, Titre]:
        """The titre of each document that has one."""
        found: dict[str, Titre] = {}
        for record in self._records:
            if isinstance(record, Titre):
                found[record.document] = record
            elif isinstance(record, TitreWithdrawn):
                found.pop(record.document, None)
        return found

    def history(self, number: str) -> tuple[tuple[Titre, TitreWithdrawn | None], ...]:
        """Every titre recorded for a document, each replacing those before, and how it was
        withdrawn."""
        found: list[tuple[Titre, TitreWithdrawn | None]] = []
        for record in self._records:
            if isinstance(record, Titre) and record.document == number:
                found.append((record, None))
            elif isinstance(record, TitreWithdrawn) and record.document == number and found:
                found[-1] = found[-1][0], record
        return tuple(found)

    def exports(self, what: ExportKind) -> tuple[Exported, ...]:
        """The exports of a kind, in order."""
        found = (record for record in self._records if isinstance(record, Exported))
        return tuple(export for export in found if export.what is what)

    def before(self, export: Exported) -> tuple[Record, ...]:
        """The register as it was when something was exported."""
        return self._records[: self._records.index(export)]

    def exported(self, number: str) -> Exported | None:
        """The last export that held a document."""
        found = self._exported.get(number)
        return None if found is None else found[1]

    @cached_property
    def unanswered(self) -> Mapping[str, Exported]:
        """The documents that were exported and whose titre or mandat is not known yet."""
        return {
            number: export
            for number, (_, export) in self._exported.items()
            if number not in self.last
        }

    @cached_property
    def deducted(self) -> frozenset[str]:
        """The credits that stood when their invoice was exported: its titre is less them."""
        return frozenset(
            record.number
            for at, record in enumerate(self._records)
            if isinstance(record, CreditNote) and at < self._last_place(record.refers_to)
        )

    def _last_place(self, number: str) -> int:
        found = self._exported.get(number)
        return -1 if found is None else found[0]

    @cached_property
    def _exported(self) -> Mapping[str, tuple[int, Exported]]:
        """The place and the record of the last export of each document."""
        found = ((at, r) for at, r in enumerate(self._records) if isinstance(r, Exported))
        return {number: (at, export) for at, export in found for number in export.documents}
