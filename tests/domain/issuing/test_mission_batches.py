"""Which works are billed, left or billed again; who owes them, and at which tax. All « exemple ».

A half-day A is 10 €, B 300 €; nothing below 15 € is recovered.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from made import grid, move, row, tariffs

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movements
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.batch import make_mission_batch, number_missions, number_quote
from mutualis.domain.issuing.credit_note import TakenOff, make_credit
from mutualis.domain.issuing.mission_batch import (
    check_debtors,
    check_taxes,
    check_works_before,
    line_of_document,
    line_of_mission,
    plan_missions,
    plan_replacement,
    unbilled,
)
from mutualis.domain.issuing.restored import cite, restore_missions, successor_of
from mutualis.domain.kinds import Kind, Nature
from mutualis.domain.memberships.plan import Selection
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import Answer, WorkDone
from mutualis.domain.quotes.taxes import check_taxes as check_lines
from mutualis.domain.quotes.taxes import taxed
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.workspace import Workspace

A, B = "25001", "25002"
ON_QUOTE = Level("3", "Sur devis", half_day={"A": Decimal(10), "B": Decimal(300)})
GRID = grid(ON_QUOTE)
TARIFFS = tariffs(GRID)
HOME: dict[str, Any] = {"postal_code": "25999", "city": "Valbois"}
TODAY = date(2025, 6, 30)
ACT = Act(TODAY, "agent", "test", "")


def commune(code: str = A, **more: Any) -> CommuneYear:
    return row(code, **{**HOME, **more})


COMMUNES = Communes.of([commune(A), commune(B)])


class Missions:
    """A register with one quote accepted of two half-days A and one B, and what was done."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        wanted = [WantedLine("A", "2", "Étude"), WantedLine("B", "1", "Suivi")]
        start, end = date(2025, 3, 1), date(2025, 5, 30)
        lines = price_lines(wanted, ON_QUOTE, GRID)
        quote = Quote(None, 2025, start, end, commune(), GRID, "Étude", "", lines)
        issued = number_quote(quote, issuer, ACT, Ledger())
        self.quote = issued.number
        answer = Answer(ACT, self.quote, True, date(2025, 4, 1), "le maire")
        self.ledger = Ledger((issued, answer))

    def take(self, *records: Any) -> None:
        self.ledger = Ledger((*self.ledger.records, *records))

    def done(self, day: date = date(2025, 4, 10), **half_days: int) -> None:
        rank = len(self.ledger.missions.of(self.quote).noted) + 1
        self.take(WorkDone(ACT, self.quote, Work(rank, day, "x", half_days)))

    def bill(self, **more: Any) -> MissionInvoice:
        plan = plan_missions(COMMUNES, TARIFFS, self.ledger, 2025, TODAY, **more)
        batch = make_mission_batch(
            plan, self.ledger, TARIFFS, self.issuer, ACT, 2025, COMMUNES.movements
        )
        documents = number_missions(plan, batch, self.ledger)
        self.take(batch, *documents)
        return documents[0]

    def credit(self, invoice: MissionInvoice, amount: str | None = None) -> None:
        off = TakenOff(None if amount is None else Decimal(amount), Nature.CORRECTION, "essai")
        self.take(
            make_credit(
                invoice,
                off,
                self.ledger,
                self.issuer,
                ACT,
                Known(TODAY),
                person=invoice.commune,
                exercice=2025,
            )
        )

    def told(self, year: int = 2025, *only: str) -> tuple[list[str], list[str]]:
        """What is billed, and why the rest is left."""
        selection = Selection(communes=frozenset(only))
        plan = plan_missions(COMMUNES, TARIFFS, self.ledger, year, TODAY, selection)
        assert plan.total == sum((line.amount for line in plan.lines), Decimal(0))
        assert all(item.reason for item in plan.left)
        return (
            [f"{line.amount:.2f}" for line in plan.lines],
            [item.why.code.removeprefix("missions.left_") for item in plan.left],
        )


@pytest.fixture
def missions(shipped: Workspace) -> Missions:
    return Missions(shipped.issuer)


def refused(act: Any) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.reason.code.split(".")[1] if refusal.message else "no text"
    return ""


def test_nothing_done_is_nothing_billed(missions: Missions) -> None:
    assert missions.told() == ([], [])


@pytest.mark.parametrize(
    ("minimum", "found"),
    [("9.99", (["10.00"], [])), ("10.00", (["10.00"], [])), ("10.01", ([], ["below_minimum"]))],
)
def test_the_minimum_of_a_mission(
    minimum: str, found: tuple[list[str], list[str]], missions: Missions
) -> None:
    missions.done(A=1)
    own = replace(TARIFFS, minimum_recovery=Decimal(minimum))
    plan = plan_missions(COMMUNES, own, missions.ledger, 2025, TODAY)
    assert (
        [str(line.amount) for line in plan.lines],
        [item.why.code.removeprefix("missions.left_") for item in plan.left],
    ) == found


def test_what_is_kept_below_the_minimum_is_billed_with_the_next_work(missions: Missions) -> None:
    missions.done(A=1)
    assert missions.told() == ([], ["below_minimum"])
    missions.done(A=1)
    assert missions.told() == (["20.00"], [])
    assert missions.told(2024) == ([], [])
    assert missions.told(2025, B) == ([], [])
    assert missions.told(2025, A) == (["20.00"], [])
    missions.bill()
    assert missions.told() == ([], [])


def test_a_credited_invoice_is_billed_again_only_by_name(missions: Missions) -> None:
    missions.done(B=1)
    invoice = missions.bill()
    missions.credit(invoice)
    assert missions.told() == ([], ["cancelled"])
    assert missions.told(2025, A) == (["300.00"], [])
    missions.done(A=2)
    assert missions.told() == (["20.00"], ["cancelled"])


def test_what_is_not_billed_yet(missions: Missions) -> None:
    missions.done(A=1)
    missions.done(date(2025, 4, 11), B=1)
    found = list(unbilled(missions.ledger, 2025))
    assert [(str(item.amount), item.text) for item in found] == [
        ("10.00", "1 A"),
        ("300.00", "1 B"),
    ]
    assert len(list(unbilled(missions.ledger, 2024))) == 0
    assert len(list(unbilled(missions.ledger, 2026))) == 2
    missions.bill()
    assert list(unbilled(missions.ledger, 2025)) == []


# --- what takes the place of an invoice -------------------------------------------------------


def test_a_replacement_bills_what_is_done_by_now(missions: Missions) -> None:
    missions.done(B=1)
    invoice = missions.bill()
    missions.done(A=2)
    records = missions.ledger.records
    missions.credit(invoice)
    *_, credit = missions.ledger.records
    missions.ledger = Ledger(records)

    def replacing(communes: Communes = COMMUNES) -> Any:
        basis = PopulationBasis.MUNICIPAL
        return plan_replacement(communes, basis, missions.ledger, credit, invoice)  # type: ignore[arg-type]

    assert refused(replacing) == "same_invoice"
    moved = Communes.of([commune(A, address="2, rue d'Exemple")])
    assert [str(line.amount) for line in replacing(moved).lines] == ["320.00"]


# --- who owes ---------------------------------------------------------------------------------


def test_who_owes_a_mission_after_a_merger(missions: Missions) -> None:
    missions.done(B=1)
    day = date(2025, 6, 1)
    eve = day - timedelta(days=1)
    moves = Movements.of([move(day, A, B), move(day, B, B)])
    rows = [commune(A, end=eve), commune(B, end=eve), commune(B, start=day)]
    communes = Communes.of(rows, movements=moves)
    (line,) = plan_missions(communes, TARIFFS, missions.ledger, 2025, day).lines
    assert line.commune.code_insee == B
    assert line.billed is not None
    assert line.billed.code_insee == A
    check_debtors((line,), communes, day)
    (line,) = plan_missions(communes, TARIFFS, missions.ledger, 2025, eve).lines
    assert (line.commune.code_insee, line.billed) == (A, None)


def test_a_debtor_that_the_files_have_lost(missions: Missions) -> None:
    missions.done(B=1)
    lost = Communes.of([commune(B)])
    (line,) = plan_missions(lost, TARIFFS, missions.ledger, 2025, TODAY).lines
    assert refused(lambda: check_debtors((line,), lost, TODAY)) == "debtor_lost"
    left = Communes.of([commune(B)], movements=Movements.of([move(date(2025, 5, 1), A, B)]))
    assert refused(lambda: check_debtors((line,), left, TODAY)) == ""
    assert refused(lambda: check_debtors((line,), COMMUNES, date(2026, 1, 1))) == ""
    later = Communes.of([commune(A), commune(B, year=2026)])
    assert refused(lambda: check_debtors((line,), later, date(2026, 1, 1))) == "debtor_lost"


def test_an_invoice_is_not_dated_before_its_works(missions: Missions) -> None:
    missions.done(date(2025, 4, 10), A=1)
    missions.done(date(2025, 4, 12), B=1)
    lines = plan_missions(COMMUNES, TARIFFS, missions.ledger, 2025, TODAY).lines
    assert refused(lambda: check_works_before(lines, date(2025, 4, 12))) == ""
    assert refused(lambda: check_works_before(lines, date(2025, 4, 11))) == "billed_before_done"
    check_works_before((), TODAY)


# --- taxes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "code"),
    [(date(2025, 4, 13), ""), (date(2025, 4, 12), "vat_has_changed")],
)
def test_a_tax_that_began_between_the_quote_and_the_last_work(
    since: date, code: str, missions: Missions
) -> None:
    missions.done(date(2025, 4, 12), B=1)
    missions.done(date(2025, 4, 10), A=1)
    lines = plan_missions(COMMUNES, TARIFFS, missions.ledger, 2025, TODAY).lines
    rule = VatRule("half_days", "", "S", (DatedRate(since, Decimal(20)),))
    issuer = replace(missions.issuer, vat_rules=(rule,))
    assert refused(lambda: check_taxes(lines, missions.ledger, issuer)) == code


def test_two_taxes_in_one_quote(missions: Missions) -> None:
    lines = missions.ledger.missions.of(missions.quote).issued.quote.lines

    def ruled(*rates: tuple[str, int], category: str = "S") -> Any:
        made = tuple(
            VatRule("half_days", name, category, (DatedRate(date(2014, 1, 1), Decimal(rate)),))
            for name, rate in rates
        )
        own = replace(missions.issuer, vat_rules=made)
        return taxed(lines, "Étude", own, TODAY)

    check_lines(lines)
    check_lines(ruled(("", 20)))
    check_lines(ruled(("étude", 20), ("suivi", 10)))
    # What no rule names is as the issuer says, outside the scope: no document may hold both.
    assert refused(lambda: check_lines(ruled(("suivi", 10)))) == "taxed_and_outside"
    twice = (*ruled(("", 20)), *ruled(("", 10)))
    assert refused(lambda: check_lines(twice)) == "two_taxes"


# --- what was issued --------------------------------------------------------------------------


def test_an_issued_batch_again(missions: Missions) -> None:
    missions.done(B=1)
    invoice = missions.bill()
    batch = missions.ledger.batches[-1]
    closing = {(batch.year, batch.rank): "empreinte"}
    ledger = Ledger(missions.ledger.records, closing, "empreinte")
    plan = restore_missions(batch, ledger)
    assert [(line.number, str(line.amount)) for line in plan.lines] == [(invoice.number, "300.00")]
    assert plan.issue is not None
    assert (plan.issue.day, plan.issue.head) == (TODAY, "empreinte")
    assert plan.example_levels == 0
    forged = replace(invoice, amount=Decimal(299))
    assert refused(lambda: line_of_document(forged)) == "not_its_calculation"
    assert cite(invoice).kind is Kind.INVOICE
    assert plan.lines[0].explanation == invoice.work.explanation
    missions.credit(invoice)
    *_, credit = missions.ledger.records
    assert successor_of(credit, missions.ledger) is None  # type: ignore[arg-type]


def test_a_mission_is_priced_by_a_level(missions: Missions) -> None:
    missions.done(B=1)
    mission = missions.ledger.missions.of(missions.quote)
    quote = replace(mission.issued.quote, grid=grid())
    bare = replace(mission, issued=replace(mission.issued, quote=quote))
    with pytest.raises(AssertionError, match="no level"):
        line_of_mission(bare, mission.works, commune())
