"""The program beside the oracle: the same files, the same steps, in the program's own objects."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import state as files

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.conditions.conditions import ToIssue, check_issuable
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, Membership, Statement
from mutualis.domain.issuing.account import Account
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.credit_note import TakenOff, make_credit, person_owing
from mutualis.domain.issuing.plan import IssuePlan, plan_issue
from mutualis.domain.issuing.restored import line_of
from mutualis.domain.issuing.settings import settings_that_differ, tariffs_of_year
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import EVERYTHING, Selection
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record, RemiseWithdrawn
from mutualis.domain.tariffs.grid import Bracket, Grid, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.workspace import Workspace

HERE = Source("data/communes.csv", 2)


class Program:
    """The program at a moment of a year's life: what it issued, by the oracle's places.

    `numbers` are its documents as the oracle counts them, `taken` its credits.
    """

    def __init__(self, shipped: Workspace, year: int) -> None:
        self.shipped, self.year = shipped, year
        self.ledger = Ledger()
        self.numbers: list[str] = []
        self.taken: list[str] = []
        self.read = files.Files(())

    def write(self, read: files.Files) -> None:
        """The files as they now are."""
        self.read = read
        moves = Movements.of(_movement(m) for m in read.movements)
        self.communes = Communes.of((_row(row) for row in read.rows), movements=moves)
        self.tariffs = _tariffs(self.shipped.tariffs, read.tariff, self.year)

    def plan(
        self, day: date, only: Sequence[str] = (), leave: Sequence[str] = (), *, adopt: bool = False
    ) -> IssuePlan:
        tariffs = self.tariffs
        if not adopt:
            tariffs = tariffs_of_year(tariffs, self.ledger, self.year)
        selection = Selection(communes=frozenset(only)) if only else EVERYTHING
        return plan_issue(
            self.communes, tariffs, self.year, self.ledger, day, selection, frozenset(leave)
        )

    def account(self, person: str, day: date) -> Account | None:
        found = (a for a in self.plan(day).accounts.all if a.person.code_insee == person)
        return next(found, None)

    def issue(
        self,
        day: date,
        only: Sequence[str] = (),
        leave: Sequence[str] = (),
        *,
        regularise: bool = True,
        act: bool = False,
    ) -> None:
        adopts = act and bool(settings_that_differ(self.tariffs, self.ledger, self.year))
        issue = self.plan(day, only, leave, adopt=adopts)
        if issue.regularised and not regularise:
            raise Refusal("account.nothing_to_adopt", year=self.year)
        if issue.items or adopts:
            decided = "Décision d'essai" if adopts else ""
            self._append(records_of(issue, self.ledger, self.issuer, _act(day), day.year, decided))

    @property
    def may_be_of_before(self) -> bool:
        """Whether an older program could have written this: one batch, of each commune itself."""
        own = all(document.billed is None for document in self.ledger.memberships)
        is_taxed = any(document.taxes for document in self.ledger.memberships)
        return len(self.ledger.batches) == 1 and not self.taken and own and not is_taxed

    def as_before(self) -> None:
        """What it issued so far, as a register of before held it: fees withheld within their
        batch, without a number, and no table of accounts."""
        batches = [r for r in self.ledger.records if isinstance(r, Batch)]
        records: list[Record] = []
        for record in self.ledger.records:
            if isinstance(record, Batch):
                withheld = tuple(
                    replace(line_of(d), number=None) for d in self.ledger.statements_of(record)
                )
                old = {"accounts": (), "movements": (), "statements": 0, "credits": 0}
                records.append(replace(record, withheld=withheld, **old))  # type: ignore[arg-type]
            elif isinstance(record, Statement):
                code = record.commune.code_insee
                named = f"lot {[b.rank for b in batches].index(record.batch) + 1}/{code}"
                self.numbers[self.numbers.index(record.number)] = named
            else:
                records.append(record)
        self.ledger = Ledger(tuple(records))

    def cancel(self, place: int, day: date) -> None:
        self._take_off(place, TakenOff(None, Nature.CORRECTION, "essai"), day)

    def remise(self, place: int, cents: int, day: date) -> None:
        amount = Decimal(cents) / 100
        self._take_off(place, TakenOff(amount, Nature.REMISE, "essai", "Délibération"), day)

    def withdraw(self, place: int, day: date) -> None:
        number = self.taken[place]
        self._append((RemiseWithdrawn(_act(day), number, "Délibération", "essai"),))

    def replace(self, place: int, day: date) -> None:
        before = self.ledger, list(self.numbers), list(self.taken)
        try:
            claim = self.claim(place)
            self.cancel(place, day)
            self.issue(day, (self._debtor(claim, day).code_insee,))
        except Refusal:
            self.ledger, self.numbers, self.taken = before
            raise

    def claim(self, place: int) -> Claim:
        found = self.ledger.claim(self.numbers[place])
        assert found is not None
        return found

    @property
    def issuer(self):  # type: ignore[no-untyped-def]
        return self.shipped.issuer

    def _debtor(self, claim: Claim, day: date) -> CommuneYear:
        return person_owing(claim, self.communes, day)

    def _take_off(self, place: int, off: TakenOff, day: date) -> None:
        claim, person = self.claim(place), self._debtor(self.claim(place), day)
        check_issuable(ToIssue.on(day, self.issuer, [person], self.ledger.is_example))
        movements = with_recorded(self.ledger, self.communes.movements)
        known = Known(max(day, date(self.year, 1, 1)), movements)
        credit = make_credit(
            claim, off, self.ledger, self.issuer, _act(day), known, person=person, exercice=day.year
        )
        self._append((credit,))

    def _append(self, records: Sequence[Record]) -> None:
        self.ledger = Ledger((*self.ledger.records, *records))
        claims = [r for r in records if isinstance(r, Membership)]
        self.numbers += [claim.number for claim in claims]
        self.taken += [r.number for r in records if isinstance(r, CreditNote)]


def _act(day: date) -> Act:
    return Act(day, "agent", "essai", "0" * 64)


def _row(row: files.Row) -> CommuneYear:
    first, last = date(row.start.year, 1, 1), date(row.start.year, 12, 31)
    return CommuneYear(
        year=row.start.year,
        code_insee=row.code,
        name=f"Commune {row.code}",
        siren=row.siren and f"{row.siren}-{row.code}",
        municipal_population=row.population,
        total_population=row.population,
        level=row.level,
        source=HERE,
        level_at=HERE,
        start=None if row.start == first else row.start,
        end=None if row.end == last else row.end,
        settlement=Settlement(row.settlement),
        postal_code="25999",
        city="Commune",
    )


def _movement(move: files.Movement) -> Movement:
    kind = MovementKind(move.kind)
    return Movement(
        move.day,
        kind,
        move.before,
        move.before and f"Commune {move.before}",
        move.after,
        move.after and f"Commune {move.after}",
        f"essai du {long_date(move.day)}",
        HERE,
    )


def _tariffs(shipped: Tariffs, tariff: files.Tariff, year: int) -> Tariffs:
    brackets = tuple(Bracket(up_to, Decimal(cap) / 100) for up_to, cap in tariff.caps)
    levels = {
        "1": Level("1", "Information"),
        "2A": Level("2A", "Conseil", per_inhabitant=Decimal(tariff.rate_2a) / 100),
        "2B": Level(
            "2B", "Expertise", per_inhabitant=Decimal(tariff.rate_2b) / 100, brackets=brackets
        ),
    }
    rate = DatedRate(date(2014, 1, 1), Decimal(tariff.vat) / 10)
    grid = Grid(year, Status.VOTED, "Délibération d'essai", levels)
    return replace(
        shipped,
        grids={year: grid},
        minimum_recovery=Decimal(tariff.minimum) / 100,
        proration=tariff.proration,
        vat=VatRule("membership", "", "S", (rate,)) if tariff.vat else None,
    )
