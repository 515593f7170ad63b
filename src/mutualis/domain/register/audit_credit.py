"""What was claimed so far, and whether what takes off it is sound."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, Movements
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.document import BilledDocument
from mutualis.domain.invoices.invoice import Claim, Membership, Statement
from mutualis.domain.kinds import Nature
from mutualis.domain.money import ZERO
from mutualis.domain.register.findings import Finding, finding
from mutualis.domain.register.records import CreditQualified, RemiseWithdrawn
from mutualis.domain.vat.tax import VatShares, left_of, opposite, part_of


class Claims:
    """The claims read so far, what each is still worth, and why it is worth less."""

    def __init__(self) -> None:
        self.all: dict[str, Claim] = {}
        self.worth: dict[str, Decimal] = {}
        self.memberships: dict[int, list[Membership]] = {}
        self.movements = Movements()
        self._taxes: dict[str, VatShares] = {}
        self._off: dict[str, list[CreditNote]] = {}
        self._replacing: list[tuple[int, Claim]] = []
        self._natures: dict[str, Nature | None] = {}
        self._withdrawn: set[str] = set()

    def take(self, claim: Claim, seq: int = 0) -> None:
        """A claim, and its place in the register; 0 of a fee withheld of before, which has none."""
        self.all[claim.number] = claim
        self.worth[claim.number] = claim.amount
        self._taxes[claim.number] = claim.taxes
        if isinstance(claim, Membership):
            self.memberships.setdefault(claim.year, []).append(claim)
        if claim.replaces:
            self._replacing.append((seq, claim))

    def replacements(self) -> Iterator[Finding]:
        """What stands in the place of another was made with the credit that left nothing of it,
        which may come after it in its batch."""
        for seq, claim in self._replacing:
            off = self._off.get(claim.replaces, [])
            made_with = [(last.act, last.year, last.product) for last in off[-1:]]
            is_gone = self.worth.get(claim.replaces) == 0
            if not is_gone or made_with != [(claim.act, claim.year, claim.product)]:
                yield finding(seq, claim.number, "audit.replaces", other=claim.replaces)

    def learn(self, movements: Iterable[Movement]) -> None:
        """The movements that a record was made with: they hold for those after it."""
        new = tuple(movements)
        if new:
            self.movements = Movements.of((*self.movements.rows, *new))

    def owner(self, claim: Claim, day: date) -> str:
        """The code that owes a claim on a day, by the movements recorded so far."""
        code, until = claim.commune.code_insee, max(day, date(claim.year, 1, 1))
        return self.movements.heir(code, claim.act.day, until) or code

    def learned_late(self, claim: Claim, day: date) -> str:
        """What the commune billed has become, where its claim did not know it."""
        return Known(day, self.movements).learned_late(claim.row.code_insee, claim.year)

    def group(self, row: CommuneYear, day: date) -> str:
        """The code that owes on a day what the commune of a row was billed for its year."""
        first = date(row.year, 1, 1)
        return self.movements.heir(row.code_insee, first, max(day, first)) or row.code_insee

    def may_owe(self, document: BilledDocument, *codes: str) -> bool:
        """Whether a document is made out to one of the codes, as it could be known that day."""
        known = max(document.act.day.year, document.year)
        return document.commune.code_insee in codes and document.commune.year <= known

    def granted(self, number: str) -> Decimal:
        """The remises that count of a claim."""
        return -sum(
            (
                credit.amount
                for credit in self._off.get(number, ())
                if self._natures[credit.number] is Nature.REMISE
                and credit.number not in self._withdrawn
            ),
            ZERO,
        )

    def nature_of(self, number: str) -> Nature | None:
        """Why a credit was made, as far as it is known."""
        return self._natures.get(number)

    def is_unqualified(self, number: str) -> bool:
        """Whether a credit of the claim may be a correction or a remise."""
        return any(self._natures[credit.number] is None for credit in self._off.get(number, ()))

    def credit(self, seq: int, credit: CreditNote) -> Iterator[Finding]:
        """A credit repeats its claim, never exceeds it, and is made out to whoever owes it."""
        number, claim = credit.number, self.all.get(credit.refers_to)
        if claim is None:
            yield finding(seq, number, "audit.credit_of_nothing", other=credit.refers_to)
            return
        self.learn(credit.movements)
        if not credit.repeats(claim):
            yield finding(seq, number, "audit.credit_of_another", other=claim.number)
        if isinstance(claim, Statement) != isinstance(credit, NegativeStatement):
            yield finding(seq, number, "audit.credit_kind", other=claim.number)
        own = claim.commune.code_insee
        day = credit.act.day
        if not self.may_owe(credit, own, self.owner(claim, day), self.learned_late(claim, day)):
            yield finding(seq, number, "audit.credit_debtor", commune=credit.commune.name)
        if not credit.reason:
            yield finding(seq, number, "audit.credit_without_reason")
        whole, own_taxes = self._taxes[claim.number], credit.taxes
        if own_taxes != opposite(part_of(whole, -credit.amount)):
            yield finding(seq, number, "audit.vat")
        self._taxes[claim.number] = left_of(whole, [own_taxes])
        is_correction = credit.issued_in is None or credit.nature is Nature.CORRECTION
        if bool(credit.decision) != (credit.nature is Nature.REMISE) or not is_correction:
            yield finding(seq, number, "audit.nature")
        left = self.worth[claim.number] = self.worth[claim.number] + credit.amount
        unsaid = None if left > 0 else Nature.CORRECTION
        self._off.setdefault(claim.number, []).append(credit)
        self._natures[number] = credit.nature or unsaid
        if credit.amount >= 0:
            yield finding(seq, number, "audit.credit_not_negative")
        elif left < 0:
            yield finding(seq, number, "audit.credit_too_large", other=claim.number)

    def withdrawal(self, seq: int, withdrawal: RemiseWithdrawn) -> Iterator[Finding]:
        """Of a remise that still counts, by a decision."""
        number = withdrawal.credit
        is_remise = self._natures.get(number) is Nature.REMISE
        if not is_remise or number in self._withdrawn or not withdrawal.decision:
            yield finding(seq, number, "audit.withdrawal")
        self._withdrawn.add(number)

    def qualification(self, seq: int, told: CreditQualified) -> Iterator[Finding]:
        """Of a credit that may be either."""
        if self._natures.get(told.credit, told.nature) is not None:
            yield finding(seq, told.credit, "audit.qualification")
        self._natures[told.credit] = told.nature
