"""What takes off a claim: its credit note, or the negative statement of a statement."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.debtors import Known, is_misnumbered, is_same_person, person
from mutualis.domain.french import register as french
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, Document, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, MissionInvoice, Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.kinds import Nature
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.numbering import next_numbers
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import left_of, opposite, part_of


class TakenOff(Struct, frozen=True):
    """What a credit takes off (> 0) and why; `amount` None is all that remains.

    `decision` is the act that grants a remise, `issued_in` the batch of a regularisation.
    """

    amount: Decimal | None
    nature: Nature
    reason: str
    decision: str = ""
    issued_in: int | None = None


def credit_kind(claim: Claim) -> type[CreditNote]:
    """What takes off a claim."""
    return NegativeStatement if isinstance(claim, Statement) else CreditNote


def person_owing(claim: Claim, communes: Communes, day: date) -> CommuneYear:
    """Who owes a claim on a day; where the file no longer has the commune, as it was claimed."""
    known, moves = Known.of(communes, claim.year, day), communes.movements
    code = claim.commune.code_insee
    heir = moves.heir(code, claim.act.day, known.day) or code
    if not moves.exists(heir, known.day):  # a merger learned after the claim, but older than it
        heir = known.learned_late(claim.row.code_insee, claim.year)
    return person(communes, claim.commune, heir, known.day)


def make_credit(
    claim: Claim,
    off: TakenOff,
    ledger: Ledger,
    issuer: Issuer,
    act: Act,
    known: Known,
    *,
    person: CommuneYear,
    exercice: int,
) -> CreditNote:
    """The credit of a claim, made out to the `person` that owes it on its day; to who was claimed
    from under a wrong SIREN, who is nobody's predecessor.

    Raises Refusal when nothing remains of the claim, or less than the amount.
    """
    amount = _amount(claim, off.amount, ledger)
    kind = credit_kind(claim)
    rank, number = next_numbers(issuer, kind.kind, claim.year, 1, ledger)[0]
    if is_misnumbered(claim.commune, person, known):
        person = claim.commune
    is_same = is_same_person(person, claim.row)
    moved = person.code_insee != claim.commune.code_insee
    codes = frozenset((person.code_insee, claim.commune.code_insee))
    credited = (credit.taxes for credit in ledger.credits_of(claim.number))
    return kind(
        number=number,
        series=issuer.series(kind.kind, claim.year),
        rank=rank,
        year=claim.year,
        exercice=exercice,
        batch=claim.batch,
        product=claim.product,
        act=act,
        issuer=issuer,
        signatory=issuer.signatory(act.day),
        commune=claim.row if is_same else person,
        billed=None if is_same else claim.row,
        basis=claim.basis,
        level=claim.level,
        population=claim.population,
        grid_act=claim.grid_act,
        amount=-amount,
        explanation=claim.explanation,
        refers_to=claim.number,
        reason=off.reason,
        work=claim.work if isinstance(claim, MissionInvoice) else None,
        movements=known.used(codes, min(claim.act.day, date(claim.year, 1, 1))) if moved else (),
        nature=off.nature,
        decision=off.decision,
        issued_in=off.issued_in,
        taxes=opposite(part_of(left_of(claim.taxes, credited), amount)),
    )


def _amount(claim: Claim, wanted: Decimal | None, ledger: Ledger) -> Decimal:
    """What is taken off, at most what remains."""
    remaining = ledger.remaining(claim.number)
    if remaining <= 0:
        commands = french.render_again(document.number for document in _made_of(claim, ledger))
        raise Refusal("credit.nothing_remains", number=claim.number, commands=commands)
    amount = remaining if wanted is None else wanted
    if not 0 < amount <= remaining:
        raise Refusal(
            "credit.too_much",
            wanted=euros(amount),
            remaining=euros(remaining),
            number=claim.number,
        )
    return amount


def _made_of(claim: Claim, ledger: Ledger) -> Iterator[Document]:
    """The credits of a claim, and what took its place with the last one."""
    made = ledger.credits_of(claim.number)
    yield from made
    after = ledger.records[ledger.records.index(made[-1]) + 1 :] if made else ()
    if len(after) > 1 and isinstance(after[0], Batch):
        new = after[1]
        if isinstance(new, Claim) and new.commune.code_insee == claim.commune.code_insee:
            yield new
