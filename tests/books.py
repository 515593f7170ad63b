"""Invented years, issued and corrected in the domain alone: what the documents are made from."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from mutualis.documents.paper.paper import Paper, credit_paper, invoice_paper
from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, Movements
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.invoice import Claim
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.credit_note import TakenOff, make_credit
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.issuing.restored import restore_plan
from mutualis.domain.kinds import Nature
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.problems.problem import Source
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

HERE = Source("data/communes.csv", 2)
DECISION = "Délibération n° 12 du 3 avril 2025 (exemple)"
# Invented: three communes, and what the first becomes.
VALBOIS, FONTAINE, CLAIRMONT = "25901", "25902", "25903"


def row(code: str, name: str, siren: str, population: int, level: str) -> CommuneYear:
    return CommuneYear(
        year=2025,
        code_insee=code,
        name=name,
        siren=siren,
        municipal_population=population,
        total_population=population,
        level=level,
        source=HERE,
        level_at=HERE,
        address="1 place de la Mairie",
        postal_code="25000",
        city=name,
    )


ROWS = (
    row(VALBOIS, "Valbois", "219000015", 1200, "2A"),
    row(FONTAINE, "Hautefontaine", "219000023", 800, "2A"),
    replace(row(CLAIRMONT, "Clairmont", "219000031", 3142, "2B"), settlement=Settlement.AC),
)


class Books(Struct, frozen=True):
    """A workspace and its register, each step of which gives new ones."""

    workspace: Workspace
    rows: tuple[CommuneYear, ...]
    ledger: Ledger = field(default_factory=Ledger)
    movements: tuple[Movement, ...] = ()

    @property
    def communes(self) -> Communes:
        return Communes.of(self.rows, "data/communes.csv", Movements.of(self.movements))

    def changed(self, code: str, **facts: object) -> "Books":
        """The same with another row of a commune."""
        rows = (replace(r, **facts) if r.code_insee == code else r for r in self.rows)  # type: ignore[arg-type]
        return replace(self, rows=tuple(rows))

    def issued(self, day: date) -> "Books":
        """What issuing adds on a day, regularisations too."""
        grid = replace(self.workspace.tariffs.grids[2025], act="Délibération d'exemple")
        tariffs = replace(self.workspace.tariffs, grids={2025: grid})
        plan = plan_issue(self.communes, tariffs, 2025, self.ledger, day)
        act = Act(day, "agent", "test", "")
        return self.added(records_of(plan, self.ledger, self.workspace.issuer, act, day.year))

    def credited(self, number: str, off: TakenOff, day: date) -> "Books":
        claim = self.claim(number)
        known = Known.of(self.communes, 2025, day)
        act = Act(day, "agent", "test", "")
        credit = make_credit(
            claim,
            off,
            self.ledger,
            self.workspace.issuer,
            act,
            known,
            person=claim.commune,
            exercice=day.year,
        )
        return self.added((credit,))

    def granted(self, number: str, amount: str, day: date) -> "Books":
        off = TakenOff(Decimal(amount), Nature.REMISE, "Sécheresse de l'été (exemple)", DECISION)
        return self.credited(number, off, day)

    def added(self, records: Iterable[Record]) -> "Books":
        records = (*self.ledger.records, *records)
        closing = {r.place: "0" * 64 for r in records if isinstance(r, Batch)}
        return replace(self, ledger=Ledger(records, closing))

    def claim(self, number: str) -> Claim:
        claim = self.ledger.claim(number)
        assert claim is not None
        return claim

    def paper(self, number: str) -> Paper:
        """The paper of a document, as it is printed."""
        credit = next((c for c in self.ledger.credits if c.number == number), None)
        if credit is not None:
            return credit_paper(credit, self.claim(credit.refers_to))
        plan, line = self.plan_of(number)
        assert plan.issue is not None
        return invoice_paper(plan, line, self.workspace.issuer, plan.issue.day)

    def plan_of(self, number: str) -> tuple[BillingPlan, BillingLine]:
        """The plan of the batch of a document, and its line."""
        claim = self.claim(number)
        batch = next(b for b in self.ledger.batches if b.place == claim.place)
        plan = restore_plan(batch, self.ledger)
        lines = (*plan.invoices, *plan.withheld)
        named = number if claim.series else None
        return plan, next(
            line
            for line in lines
            if line.number == named and line.commune.code_insee == claim.commune.code_insee
        )
