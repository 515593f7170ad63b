"""The documents of the register that are asked for: of a commune, of a year, still open."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.communes.movements import Movements
from mutualis.domain.costs.paper import CostPaper
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.register.accounting import is_unqualified
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Numbered
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.value import Struct, replace
from mutualis.register import store
from mutualis.register.about import FOR_A_LIST
from mutualis.workflows.outputs import check_not_lost
from mutualis.workflows.register import ledger_of

if TYPE_CHECKING:
    from mutualis.workflows.named_commune import NamedCommune


class Listed(Struct, frozen=True):
    """The documents in order of issue; the meetings and the papers of unit costs are listed where
    nothing is asked for."""

    ledger: Ledger
    documents: tuple[Numbered, ...]
    meetings: tuple[Meeting, ...]
    costs: tuple[CostPaper, ...]
    is_narrowed: bool


def list_register(
    root: Path,
    *,
    commune: str = "",
    year: int | None = None,
    only_open: bool = False,
    day: date,
) -> Listed:
    """The register on a day, whole or narrowed; `year` is the one billed or quoted.

    A commune has what is about it, and what it owes by then for those that became it. Raises
    UnusableData when no commune, or several, are meant.
    """
    ledger, named = ledger_about(root, commune, year) if commune else (ledger_of(root), None)
    documents = tuple(
        document
        for document in all_documents(ledger)
        if (named is None or _is_of(named, document, day))
        and (year is None or document.year == year)
        and (not only_open or is_open(document, ledger, day))
    )
    is_narrowed = bool(commune or year is not None or only_open)
    if is_narrowed:
        return Listed(ledger, documents, (), (), is_narrowed)
    costs = tuple(record for record in ledger.records if isinstance(record, CostPaper))
    return Listed(ledger, documents, ledger.meetings, costs, is_narrowed)


def ledger_about(
    root: Path, wanted: str, year: int | None, besides: Sequence[str] = FOR_A_LIST
) -> "tuple[Ledger, NamedCommune]":
    """The register as far as it is about the commune meant; whole, where the files do not know
    that commune, or nothing was ever issued."""
    # Who names no commune needs none of the files.
    from mutualis.workflows.named_commune import files_of, named_commune, named_in_files

    files = files_of(root)
    named = named_in_files(files, wanted, year)
    if named is not None:
        ledger, movements = read_about(root, named.code, named.movements, besides)
        if ledger.batches or ledger.numbered or ledger.meetings:
            check_not_lost(root, ledger)
            return ledger, replace(named, movements=movements)
    ledger = ledger_of(root)
    return ledger, named_commune(files, ledger, wanted, year)


def read_about(
    root: Path, code: str, movements: Movements, besides: Sequence[str] = FOR_A_LIST
) -> tuple[Ledger, Movements]:
    """The register as far as it is about a commune and those that movements link to it, by those of
    the file and of the register; `besides`, rows of others."""
    codes, known = frozenset[str](), movements
    ledger = Ledger()
    while codes != known.family(code):  # a row that is read may tell of another movement
        codes = known.family(code)
        ledger = store.read_about(root, codes, besides)
        known = with_recorded(ledger, movements)
    return ledger, known


def is_open(document: Numbered, ledger: Ledger, day: date) -> bool:
    """Whether something of it is still to come: what a claim is worth, a credit to qualify, a
    quote that awaits its answer, its work or its invoice."""
    if isinstance(document, IssuedQuote):
        return ledger.missions.of(document.number).is_open(day)
    if isinstance(document, CreditNote):
        return is_unqualified(document, ledger)
    return ledger.remaining(document.number) > 0


def all_documents(ledger: Ledger) -> Iterator[Numbered]:
    """Every numbered document, and the fees withheld of registers of before, in order."""
    for record in ledger.records:
        if isinstance(record, Batch):
            yield from (s for s in ledger.statements_of(record) if not s.is_numbered)
        elif isinstance(record, Numbered):
            yield record


def _is_of(named: "NamedCommune", document: Numbered, day: date) -> bool:
    about = document.commune if isinstance(document, IssuedQuote) else document.row
    debtor = document.commune.code_insee
    heir = named.movements.heir(debtor, document.act.day, day)
    return named.code in (about.code_insee, debtor, heir)
