"""The life of a register in memory: years billed, regularised, credited, as commands do."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.debtors import Known, owing
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.credit_note import TakenOff, make_credit
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import EVERYTHING, Selection
from mutualis.domain.problems.problem import Source
from mutualis.domain.register.audit import audit
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import CreditQualified, Record, RemiseWithdrawn
from mutualis.domain.tariffs.grid import Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

HERE = Source("data/communes.csv", 2)
PEOPLE = {"25014": (937, 946), "25030": (422, 432), "25532": (3142, 3213)}
YEAR = 2025


def row(code: str, level: str, start: str = "01-01", end: str = "12-31") -> CommuneYear:
    """An invented row of 2025: populations and SIRENs are examples."""
    people = PEOPLE[code]
    whole = (start, end) == ("01-01", "12-31")
    return CommuneYear(
        year=YEAR,
        code_insee=code,
        name=code,
        siren="212500144",
        municipal_population=people[0],
        total_population=people[1],
        level=level,
        source=HERE,
        level_at=HERE,
        start=None if whole else date.fromisoformat(f"2025-{start}"),
        end=None if whole else date.fromisoformat(f"2025-{end}"),
        postal_code="25999",
        city=code,
    )


def joins(before: str, after: str, day: str) -> Movement:
    """A merger, on a day of 2025 or on a whole date."""
    when = date.fromisoformat(day if len(day) > 5 else f"2025-{day}")
    return Movement(when, MovementKind.MERGER, before, before, after, after, "", HERE)


def voted(tariffs: Tariffs) -> Tariffs:
    grid = replace(tariffs.grids[YEAR], status=Status.VOTED, act="Délibération (exemple)")
    return replace(tariffs, grids={**tariffs.grids, YEAR: grid})


class Life(Struct):
    """Each act is a day later than the one before, from 1 March 2025 on."""

    workspace: Workspace
    tariffs: Tariffs
    records: tuple[Record, ...] = ()
    communes: Communes = field(default_factory=lambda: Communes(()))
    day: date = date(2025, 3, 1)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.records)

    @property
    def act(self) -> Act:
        return Act(self.day, "agent", "test", "")

    def add(self, records: Iterable[Record]) -> None:
        self.records = (*self.records, *records)
        self.day = date.fromordinal(self.day.toordinal() + 1)

    def bill(
        self,
        rows: Sequence[CommuneYear],
        movements: Sequence[Movement] = (),
        adopted: str = "",
        selection: Selection = EVERYTHING,
    ) -> tuple[Record, ...]:
        """Issue what is due for the rows; returns what was added, nothing when nothing was due."""
        self.communes = Communes.of(rows, movements=Movements.of(movements))
        own = self.tariffs if adopted else tariffs_of_year(self.tariffs, self.ledger, YEAR)
        issue = plan_issue(self.communes, own, YEAR, self.ledger, self.day, selection)
        if not (issue.items or adopted):
            return ()
        issuer, ledger = self.workspace.issuer, self.ledger
        made = records_of(issue, ledger, issuer, self.act, self.day.year, adopted)
        self.add(made)
        return made

    def credit(
        self, number: str, amount: str | None = None, decision: str = "", *, old: bool = False
    ) -> CreditNote:
        """A correction, or with a decision a remise; an `old` one does not say which."""
        claim = self.ledger.claim(number)
        assert claim is not None
        movements = with_recorded(self.ledger, self.communes.movements)
        known = Known(self.day, movements)
        made = make_credit(
            claim,
            TakenOff(
                None if amount is None else Decimal(amount),
                Nature.REMISE if decision else Nature.CORRECTION,
                "essai",
                decision,
            ),
            self.ledger,
            self.workspace.issuer,
            self.act,
            known,
            person=owing(self.communes, claim.commune, claim.act.day, self.day),
            exercice=self.day.year,
        )
        made = replace(made, nature=None) if old else made
        self.add((made,))
        return made

    def withdraw(self, credit: str, decision: str = "Délibération 3 (exemple)") -> None:
        self.add((RemiseWithdrawn(self.act, credit, decision, "essai"),))

    def qualify(self, credit: str, nature: Nature, decision: str = "") -> None:
        self.add((CreditQualified(self.act, credit, nature, decision),))

    @property
    def findings(self) -> list[str]:
        return codes_of(self.records)


def codes_of(records: Sequence[Record]) -> list[str]:
    """The codes of what `verify` finds."""
    return [found.reason.code for found in audit(list(enumerate(records, 1)))]
