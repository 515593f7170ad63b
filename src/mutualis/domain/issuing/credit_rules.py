"""What may be done to a claim and to its credits: granted, withdrawn, told apart, never twice."""

from mutualis.domain.act import Act
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, MissionInvoice
from mutualis.domain.issuing.credit_note import TakenOff
from mutualis.domain.kinds import Nature
from mutualis.domain.money import plain
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import CreditQualified, RemiseWithdrawn


def check_taken_off(claim: Claim, off: TakenOff, ledger: Ledger, *, again: bool) -> None:
    """Raises Refusal for a part of a membership without a decision, and for what was taken off
    already, unless it is to be taken off `again`."""
    of_mission, is_remise = isinstance(claim, MissionInvoice), off.nature is Nature.REMISE
    if off.amount is not None and not (is_remise or of_mission):
        raise Refusal(
            "credit.part_of_a_membership",
            number=claim.number,
            amount=plain(off.amount).replace(".", ","),
            year=claim.year,
        )
    same = _same_as(claim, off, ledger)
    if same is not None and not again:
        raise Refusal(
            "credit.given_already",
            number=same.number,
            claim=claim.number,
            amount=euros(-same.amount),
        )


def _same_as(claim: Claim, off: TakenOff, ledger: Ledger) -> CreditNote | None:
    """The credit that stands for the same amount, granted by the same act."""
    for credit in ledger.credits_of(claim.number):
        standing = credit.number not in ledger.withdrawn
        own = (credit.nature, -credit.amount, credit.decision.casefold())
        if standing and own == (off.nature, off.amount, off.decision.casefold()):
            return credit
    return None


def withdrawal(
    credit: CreditNote, ledger: Ledger, act: Act, decision: str, reason: str
) -> RemiseWithdrawn:
    """The decision by which a remise counts no more; raises Refusal when it does not count."""
    number, claim = credit.number, credit.refers_to
    if number in ledger.withdrawn:
        raise Refusal("credit.withdrawn_already", number=number, year=credit.year)
    if ledger.natures[number] is None:
        raise Refusal("credit.to_qualify_first", numbers=number)
    if ledger.natures[number] is not Nature.REMISE:
        raise Refusal("credit.not_a_remise", number=number, claim=claim)
    if credit.work is not None:
        commune = credit.commune.code_insee
        raise Refusal(
            "credit.remise_of_a_mission",
            number=number,
            claim=claim,
            year=credit.year,
            commune=commune,
        )
    return RemiseWithdrawn(act, number, decision, reason)


def qualification(
    credit: CreditNote, ledger: Ledger, act: Act, nature: Nature, decision: str
) -> CreditQualified:
    """What a partial credit of a register of before was; raises Refusal when it is known."""
    known = ledger.natures[credit.number]
    if known is not None:
        raise Refusal("credit.qualified_already", number=credit.number, nature=known.value)
    return CreditQualified(act, credit.number, nature, decision)
