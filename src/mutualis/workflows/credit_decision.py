"""What is decided of a credit after it: a remise withdrawn, an old partial credit told apart."""

from collections.abc import Callable
from pathlib import Path

from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.issuing.credit_rules import qualification, withdrawal
from mutualis.domain.kinds import Nature
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import check_day
from mutualis.domain.register.records import CreditQualified, RemiseWithdrawn
from mutualis.domain.value import Struct
from mutualis.register import store
from mutualis.workflows.credit import Corrector
from mutualis.workflows.register import find_document, ledger_of

_Record = RemiseWithdrawn | CreditQualified


class CreditDecision(Struct, frozen=True):
    """What was decided of a credit, in the register as it then is."""

    credit: CreditNote
    ledger: Ledger

    @property
    def is_withdrawn(self) -> bool:
        return self.credit.number in self.ledger.withdrawn

    @property
    def nature(self) -> Nature | None:
        return self.ledger.natures[self.credit.number]


def withdraw_remise(
    root: Path, number: str, corrector: Corrector, *, decision: str, reason: str
) -> CreditDecision:
    """Make a remise count no more; its credit stays, and the next batch claims what it frees."""

    def record(credit: CreditNote, ledger: Ledger) -> _Record:
        return withdrawal(credit, ledger, corrector.act(), decision, reason)

    return _decide(root, number, corrector, record)


def qualify_credit(
    root: Path, number: str, corrector: Corrector, *, nature: Nature, decision: str
) -> CreditDecision:
    """Say what a partial credit of a register of before was."""

    def record(credit: CreditNote, ledger: Ledger) -> _Record:
        return qualification(credit, ledger, corrector.act(), nature, decision)

    return _decide(root, number, corrector, record)


def _decide(
    root: Path,
    number: str,
    corrector: Corrector,
    decide: Callable[[CreditNote, Ledger], _Record],
) -> CreditDecision:
    """Add one record about a credit; nothing on a Refusal."""
    credit = _credit(ledger_of(root), number)

    def records(ledger: Ledger) -> tuple[_Record]:
        check_day(corrector.day, corrector.today, ledger)
        return (decide(credit, ledger),)

    ledger, _ = store.append(root, records)
    return CreditDecision(credit, ledger)


def _credit(ledger: Ledger, number: str) -> CreditNote:
    document = find_document(ledger, number)
    if not isinstance(document, CreditNote):
        raise Refusal("credit_note.not_a_credit", number=document.number)
    return document
