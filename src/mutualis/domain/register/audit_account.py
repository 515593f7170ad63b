"""Whether a batch keeps the accounts: each document is in one, each table is what was issued."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.changes.change import Change
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Membership
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import ZERO
from mutualis.domain.register.audit_credit import Claims
from mutualis.domain.register.figures import account_line_holds
from mutualis.domain.register.findings import Finding, finding
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.vat.tax import Tax


class BatchAccounts:
    """The accounts of a batch's year as they stood just before it, and what it adds to them.

    Made when the batch is read, with the movements that it records; closed after its last row.
    """

    def __init__(self, seq: int, batch: Batch, claims: Claims) -> None:
        self.seq = seq
        self._batch = batch
        self._claims = claims
        self._owned: dict[str, list[str]] = {}
        self._worth: dict[str, Decimal] = {}
        self._claimed: dict[str, list[Membership]] = {}
        self._taken: dict[str, Decimal] = {}
        self._unlisted: list[tuple[int, Membership, str]] = []
        self._withheld = {line.commune.code_insee for line in batch.withheld}
        self._below: dict[str, list[BillingLine]] = {}
        for line in batch.below_minimum:
            self._below.setdefault(line.commune.code_insee, []).append(line)
        self._listing: dict[str, list[str]] = {}
        for entry in batch.accounts:
            for number in entry.documents:
                self._listing.setdefault(number, []).append(entry.code_insee)
        self._codes = {entry.code_insee for entry in batch.accounts}
        claims.learn(batch.movements)
        self._owners: dict[str, str] = {}
        for document in claims.memberships.get(batch.year, ()):
            owner = self._owners[document.number] = self._owner(document)
            self._owned.setdefault(owner, []).append(document.number)
            self._worth[document.number] = claims.worth[document.number]

    @property
    def place(self) -> tuple[int, int]:
        return self._batch.place

    def claim(self, seq: int, document: Membership) -> Iterator[Finding]:
        """It takes off what the account's other documents are worth, and the remises, no more."""
        number, owner = document.number, document.commune.code_insee
        standing, listed = self._standing(owner), document.completes
        if not listed and document.refers_to is not None:  # registers of before named the first
            listed = standing
        own = tuple(other for other in standing if other in listed)
        if document.refers_to is not None and document.refers_to not in self._claims.all:
            yield finding(seq, number, "audit.completes_nothing", other=document.refers_to)
        elif listed != own or document.refers_to != next(iter(listed), None):
            other = next((other for other in listed if other not in own), document.refers_to)
            yield finding(seq, number, "audit.completes_another", other=other or listed[0])
        elif document.deducted != sum((self._worth[other] for other in listed), ZERO):
            yield finding(seq, number, "audit.deducted", amount=euros(document.deducted))
        if document.granted != self._granted(owner):
            yield finding(seq, number, "audit.granted", amount=euros(document.granted))
        row = document.row
        heir = self._claims.group(row, document.act.day)
        if not self._claims.may_owe(document, row.code_insee, heir):
            yield finding(seq, number, "audit.debtor", commune=document.commune.name)
        if not self._is_grouped(document.parts):
            yield finding(seq, number, "audit.figures")
        for earlier in self._claimed.get(owner, ()):
            yield _twice(seq, document, earlier.number)
        self._unlisted += [(seq, document, other) for other in standing if other not in listed]
        self._claimed.setdefault(owner, []).append(document)

    def credit(self, credit: CreditNote) -> None:
        """A correction that the batch makes."""
        claim = self._claims.all.get(credit.refers_to)
        owner = credit.commune.code_insee
        if claim is not None:
            owner = self._owners.get(claim.number, owner)
        self._taken[owner] = self._taken.get(owner, ZERO) - credit.amount

    def close(self) -> Iterator[Finding]:
        """What only the whole batch tells: what it corrects, and whether its table is kept."""
        for seq, document, other in self._unlisted:
            if self._claims.worth[other] > 0:
                yield _twice(seq, document, other)
        codes = Counter(entry.code_insee for entry in self._batch.accounts)
        for code in sorted(self._moved.difference(codes)):
            yield finding(self.seq, None, "audit.without_account", insee=code)
        for entry in self._batch.accounts:
            if codes[entry.code_insee] > 1 or not self._is_kept(entry):
                yield finding(self.seq, None, "audit.account", commune=entry.name)
        due = {entry.code_insee: entry.due for entry in self._batch.accounts}
        told = Counter(change.code_insee for change in self._batch.changes)
        for change in self._batch.changes:
            own = due.get(change.code_insee, ZERO)
            if told[change.code_insee] > 1 or not self._is_told(change, own):
                yield finding(self.seq, None, "audit.change", commune=change.name)

    @property
    def _moved(self) -> set[str]:
        """The codes that an account must say something of; registers of before had no table."""
        if not self._batch.accounts:
            return {*self._taken}
        return {*self._taken, *self._claimed, *self._below}

    def _is_kept(self, entry: AccountLine) -> bool:
        """Whether an account is what the documents made it, and what is issued is what it left."""
        if entry.code_insee in self._withheld:  # they have rows of their own since there are tables
            return False
        return self._stood(entry) and self._is_priced(entry) and self._is_conserved(entry)

    def _is_told(self, change: Change, due: Decimal) -> bool:
        """Whether its effects make the change, up to what is due: nothing below the minimum."""
        is_kept = not change.after and due < self._batch.tariffs.minimum_recovery
        return change.effects.total == change.amount and (change.after == due or is_kept)

    def _is_grouped(self, parts: Sequence[Part]) -> bool:
        """Whether the groups priced apart are of several heirs by the movements of the year."""
        last = min(self._batch.act.day, date(self._batch.year, 12, 31))
        pairs = {(part.group, self._claims.group(part.row, last)) for part in parts}
        groups, heirs = {group for group, _ in pairs}, {heir for _, heir in pairs}
        return len(groups) < 2 or len(groups) == len(heirs) == len(pairs)

    def _stood(self, entry: AccountLine) -> bool:
        documents = self._standing(entry.code_insee)
        balance = sum((self._worth[number] for number in documents), ZERO)
        own = (entry.documents, entry.balance, entry.granted)
        return own == (documents, balance, self._granted(entry.code_insee))

    def _is_priced(self, entry: AccountLine) -> bool:
        """Whether what is due is what its line, and whatever was made of it, come to."""
        if entry.line is not None and not account_line_holds(entry, self._batch):
            return False
        lines = [entry.line, *self._kept(entry), *(d.line for d in self._claims_of(entry))]
        known = [line for line in lines if line is not None]
        if not all(self._is_grouped(line.parts) for line in known):
            return False
        wholes = {line.whole for line in known}
        # Of an account that nothing moved no line is kept: its balance says what was due.
        unmoved = not wholes and entry.code_insee not in self._taken
        return wholes == {entry.due} or unmoved or (not wholes and not entry.due)

    def _is_conserved(self, entry: AccountLine) -> bool:
        """Whether the batch brings the account from its balance to its target, and no further."""
        taken = self._taken.get(entry.code_insee, ZERO)
        claimed, kept = self._claims_of(entry), self._kept(entry)
        if any(map(self._claims.is_unqualified, self._owned.get(entry.code_insee, ()))):
            return not taken and not claimed and not kept
        if entry.remaining <= 0:
            over = (
                not claimed
                and not any(line.amount for line in kept)
                and taken == entry.balance - entry.target
            )
            return over and entry.stale in self._zeroed(entry)
        listed = {*(n for d in claimed for n in d.completes), *(n for x in kept for n in x.listed)}
        stale = [number for number in entry.documents if number not in listed]
        return (
            [d.amount for d in claimed] + [line.amount for line in kept] == [entry.remaining]
            and all(self._takes_off(line, entry) for line in kept)
            and taken == entry.stale == sum((self._worth[number] for number in stale), ZERO)
            and not any(self._claims.worth[number] for number in stale)
        )

    def _takes_off(self, line: BillingLine, entry: AccountLine) -> bool:
        """Whether a fee that is kept takes off what a document would."""
        first = next(iter(line.listed), None)
        own = (line.granted, line.deducted, line.completes)
        return own == (entry.granted, entry.balance - entry.stale, first)

    def _zeroed(self, entry: AccountLine) -> set[Decimal]:
        """What the documents of the other settlement may come to: those of some communes, of one
        kind and tax, all brought to nothing."""
        kinds: dict[tuple[str, str, Tax | None], list[str]] = {}
        for number in entry.documents:
            document = self._claims.all[number]
            tax = document.tax if isinstance(document, Membership) else None
            kinds.setdefault((document.row.code_insee, document.kind, tax), []).append(number)
        sums = {ZERO}
        for numbers in kinds.values():
            if not any(self._claims.worth[number] for number in numbers):
                worth = sum((self._worth[number] for number in numbers), ZERO)
                sums |= {one + worth for one in sums}
        return sums

    def _standing(self, owner: str) -> tuple[str, ...]:
        return tuple(number for number in self._owned.get(owner, ()) if self._worth[number] > 0)

    def _granted(self, owner: str) -> Decimal:
        return sum(map(self._claims.granted, self._owned.get(owner, ())), ZERO)

    def _claims_of(self, entry: AccountLine) -> Sequence[Membership]:
        return self._claimed.get(entry.code_insee, ())

    def _kept(self, entry: AccountLine) -> Sequence[BillingLine]:
        """What is too small to be recovered of an account."""
        return self._below.get(entry.code_insee, ())

    def _owner(self, document: Membership) -> str:
        """Whose it is: its debtor's heir, or that of the commune billed where the table lists it
        there (a merger learned late), or where that heir is no commune any more."""
        day, codes = self._batch.act.day, self._codes
        owner, heir = self._claims.owner(document, day), self._claims.learned_late(document, day)
        listed = self._listing.get(document.number, ())
        ceased = owner not in codes and not self._claims.movements.exists(owner, day)
        return heir if heir in listed or (not listed and ceased and heir in codes) else owner


def _twice(seq: int, document: Membership, other: str) -> Finding:
    facts = {"commune": document.commune.name, "other": other}
    return finding(seq, document.number, "audit.billed_twice", **facts)
