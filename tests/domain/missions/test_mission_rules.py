"""What a mission refuses, as codes; a reason stands alone, as `verify` tells it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mutualis.domain.act import Act
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuing.batch import make_mission_batch, number_missions, number_quote
from mutualis.domain.issuing.mission_batch import plan_missions
from mutualis.domain.issuing.year_end import to_do
from mutualis.domain.missions.mission import Mission, Missions, State
from mutualis.domain.missions.rules import (
    check_answer,
    check_membership,
    check_record,
    check_withdrawal,
    check_work,
)
from mutualis.domain.problems.refusal_texts import TEXTS
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import (
    Answer,
    AnswerWithdrawn,
    ClosureWithdrawn,
    IssuedQuote,
    MissionClosed,
    WorkDone,
    WorkWithdrawn,
)
from mutualis.domain.quotes.taxes import taxed
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.workspace import Workspace

TODAY = date(2025, 6, 30)
ACT = Act(TODAY, "agent", "test", "")
ANSWERED = date(2025, 4, 1)


@pytest.fixture
def issued(shipped: Workspace) -> IssuedQuote:
    """Three half-days A, quoted on 1 March 2025 for 90 days."""
    grid = replace(shipped.tariffs.grids[2025], act="Délibération d'exemple")
    level = grid.on_quote
    assert level is not None
    commune = next(row for row in shipped.communes.of_year(2025) if row.level == level.requires)
    wanted = [WantedLine("A", "2", "Cahier des charges"), WantedLine("A", "1", "Suivi")]
    lines = price_lines(wanted, level, grid)
    start, end = date(2025, 3, 1), date(2025, 5, 30)
    quote = Quote(None, 2025, start, end, commune, grid, "Conseil", "", lines)
    return number_quote(quote, shipped.issuer, ACT, Ledger())


def answered(issued: IssuedQuote, accepted: bool = True) -> Mission:
    return Mission(issued, Answer(ACT, issued.number, accepted, ANSWERED, "le maire"))


def refusal(rule: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as raised:
        rule()
    return raised.value


@pytest.mark.parametrize(
    ("accepted", "day", "code"),
    [
        (True, date(2025, 7, 1), "missions.answer_to_come"),
        (True, date(2025, 2, 28), "missions.answer_before_quote"),
        (True, date(2025, 5, 31), "missions.expired"),
        (False, date(2025, 2, 28), "missions.answer_before_quote"),
    ],
)
def test_answers_refused(issued: IssuedQuote, accepted: bool, day: date, code: str) -> None:
    told = refusal(lambda: check_answer(Mission(issued), accepted, day, TODAY))
    assert told.reason.code == code
    assert told.remedy


@pytest.mark.parametrize("day", [date(2025, 3, 1), date(2025, 5, 30)])
def test_answers_on_the_first_and_the_last_day(issued: IssuedQuote, day: date) -> None:
    check_answer(Mission(issued), True, day, TODAY)
    check_answer(Mission(issued), False, TODAY, TODAY)


@pytest.mark.parametrize(
    ("accepted", "code"),
    [(True, "missions.already_accepted"), (False, "missions.already_declined")],
)
def test_a_quote_is_answered_once(issued: IssuedQuote, accepted: bool, code: str) -> None:
    told = refusal(lambda: check_answer(answered(issued, accepted), True, ANSWERED, TODAY))
    assert told.reason.code == code


def test_work_on_a_quote_that_is_not_accepted(issued: IssuedQuote) -> None:
    work = Work(1, ANSWERED, "x", {"A": 1})
    told = refusal(lambda: check_work(Mission(issued), work, TODAY))
    assert told.reason.code == "missions.not_accepted"
    told = refusal(lambda: check_work(answered(issued, accepted=False), work, TODAY))
    assert told.reason.code == "missions.declined"


def test_all_that_is_wrong_with_a_work(issued: IssuedQuote) -> None:
    work = Work(2, date(2025, 3, 31), "x", {"A": 4, "Z": 1})
    told = refusal(lambda: check_work(answered(issued), work, date(2025, 3, 30)))
    assert [detail.code for detail in told.reason.details] == [
        "missions.work_to_come",
        "missions.work_before_answer",
        "missions.too_many",
        "missions.unknown_category",
        "missions.wrong_rank",
    ]
    assert told.reason.details[2].facts["left"] == 3
    assert told.message.endswith("\nRien n'a été noté.")
    assert "noté" not in told.reason.text
    check_work(answered(issued), Work(1, ANSWERED, "x", {"A": 3}), TODAY)
    none = Work(1, ANSWERED, "x", {"A": 0})
    told = refusal(lambda: check_work(answered(issued), none, TODAY))
    assert [detail.code for detail in told.reason.details] == ["missions.not_a_quantity"]


def test_withdrawals_refused(issued: IssuedQuote) -> None:
    mission = answered(issued)
    told = refusal(lambda: check_withdrawal(mission, 1))
    assert told.reason.code == "missions.no_work"
    mission = replace(mission, noted=(Work(1, ANSWERED, "x", {"A": 1}),))
    check_withdrawal(mission, 1)
    told = refusal(lambda: check_withdrawal(mission, 2))
    assert told.reason.code == "missions.no_such_work"
    told = refusal(lambda: check_withdrawal(replace(mission, withdrawn=frozenset({1})), 1))
    assert told.reason.code == "missions.no_work"


def followed(issued: IssuedQuote, *records: Callable[[str], object]) -> Missions:
    """The missions after each record, which the rules let through; each is given the number."""
    missions = Missions([issued])
    for make in records:
        record = make(issued.number)
        check_record(missions, record)
        missions.take(record)
    return missions


def accept(number: str) -> Answer:
    return Answer(ACT, number, True, ANSWERED, "le maire")


def decline(number: str) -> Answer:
    return Answer(ACT, number, False, ANSWERED, "le maire")


def undo(number: str) -> AnswerWithdrawn:
    return AnswerWithdrawn(ACT, number, "essai")


def work(number: str) -> WorkDone:
    return WorkDone(ACT, number, Work(1, date(2025, 4, 10), "x", {"A": 2}))


def withdraw(number: str) -> WorkWithdrawn:
    return WorkWithdrawn(ACT, number, 1, "essai")


def close(number: str) -> MissionClosed:
    return MissionClosed(ACT, number, date(2025, 4, 30), "essai")


def reopen(number: str) -> ClosureWithdrawn:
    return ClosureWithdrawn(ACT, number, "essai")


def closed_on(day: date) -> Callable[[str], MissionClosed]:
    return lambda number: MissionClosed(ACT, number, day, "essai")


def unsaid(make: Callable[[str], Any]) -> Callable[[str], object]:
    return lambda number: replace(make(number), reason="")


def rest(number: str) -> WorkDone:
    return WorkDone(ACT, number, Work(2, date(2025, 4, 10), "x", {"A": 1}))


def by_decision(number: str) -> Answer:
    return replace(decline(number), decision="Délibération (exemple)")


@pytest.mark.parametrize(
    ("before", "record", "code"),
    [
        ((), undo, "missions.no_answer"),
        ((accept, undo), undo, "missions.answer_gone"),
        ((accept, work), undo, "missions.answer_worked"),
        ((accept, close), undo, "missions.answer_closed"),
        ((accept,), unsaid(undo), "missions.without_reason"),
        ((), by_decision, "missions.declined_by_decision"),
        ((), close, "missions.not_accepted"),
        ((decline,), close, "missions.declined"),
        ((accept, close), close, "missions.already_closed"),
        ((accept, work, rest), close, "missions.nothing_to_release"),
        ((accept, work), closed_on(date(2025, 7, 1)), "missions.closure_to_come"),
        ((accept,), closed_on(date(2025, 3, 31)), "missions.closure_before_answer"),
        ((accept, work), closed_on(date(2025, 4, 9)), "missions.closure_before_work"),
        ((accept,), unsaid(close), "missions.without_reason"),
        ((accept, close), work, "missions.closed"),
        ((accept,), reopen, "missions.not_closed"),
        ((accept, close, reopen), reopen, "missions.closure_gone"),
        ((accept, close), unsaid(reopen), "missions.without_reason"),
    ],
)
def test_what_may_not_be_taken_back_or_closed(
    before: tuple[Callable[[str], object], ...],
    record: Callable[[str], object],
    code: str,
    issued: IssuedQuote,
) -> None:
    missions = followed(issued, *before)
    told = refusal(lambda: check_record(missions, record(issued.number)))
    assert told.reason.code == code
    assert told.remedy or code in ("missions.without_reason", "missions.declined_by_decision")


@pytest.mark.parametrize(
    ("records", "state", "committed", "released"),
    [
        ((), State.EXPIRED, 3, 0),
        ((decline, undo), State.EXPIRED, 3, 0),
        ((decline, undo, accept), State.ACCEPTED, 3, 0),
        ((accept, work, withdraw, undo, decline), State.DECLINED, 3, 0),
        ((accept, work), State.TO_INVOICE, 3, 0),
        ((accept, closed_on(ANSWERED)), State.CLOSED, 0, 3),
        ((accept, work, close), State.TO_INVOICE, 2, 1),
        ((accept, work, closed_on(date(2025, 4, 10))), State.TO_INVOICE, 2, 1),
        ((accept, work, close, withdraw), State.CLOSED, 0, 3),
        ((accept, work, close, reopen), State.TO_INVOICE, 3, 0),
        ((accept, close, reopen, work, rest), State.TO_INVOICE, 3, 0),
    ],
)
def test_what_a_mission_is_then(
    records: tuple[Callable[[str], object], ...],
    state: State,
    committed: int,
    released: int,
    issued: IssuedQuote,
) -> None:
    mission = followed(issued, *records).of(issued.number)
    assert mission.state(TODAY) is state
    assert mission.committed == {"A": committed}
    left = committed - sum(work.half_days["A"] for work in mission.works)
    is_left = mission.is_accepted and left
    assert [item.half_days for item in to_do([mission], 2025)] == [{"A": left}] * bool(is_left)
    assert mission.released == ({"A": released} if released else {})


def test_a_billed_answer_stays(shipped: Workspace, issued: IssuedQuote) -> None:
    """Even when its works were withdrawn since."""
    ledger = Ledger((issued, accept(issued.number), work(issued.number)))
    plan = plan_missions(shipped.communes, shipped.tariffs, ledger, 2025, ACT.day)
    batch = make_mission_batch(
        plan, ledger, shipped.tariffs, shipped.issuer, ACT, 2025, shipped.movements
    )
    missions = ledger.missions
    for record in (*number_missions(plan, batch, ledger), withdraw(issued.number)):
        missions.take(record)
    told = refusal(lambda: check_record(missions, undo(issued.number)))
    assert told.reason.code == "missions.answer_billed"
    assert told.reason.facts["invoices"] == "F2025-0001"


def test_a_decision_is_for_who_is_no_member(shipped: Workspace, issued: IssuedQuote) -> None:
    mission, code = answered(issued), issued.commune.code_insee
    decision = "Délibération (exemple)"
    rows = [
        replace(row, level="2A") if (row.code_insee, row.year) == (code, 2025) else row
        for row in shipped.communes.rows
    ]
    left = replace(shipped.communes, rows=tuple(rows))
    check_membership(mission, shipped.communes, ANSWERED, "")
    check_membership(mission, left, ANSWERED, decision)
    told = refusal(lambda: check_membership(mission, left, ANSWERED, ""))
    assert (told.reason.code, told.reason.details[0].code) == (
        "missions.reserved",
        "quotes.no_more_member",
    )
    told = refusal(lambda: check_membership(mission, shipped.communes, ANSWERED, decision))
    assert told.reason.code == "missions.decision_for_nothing"


def test_an_unknown_quote(issued: IssuedQuote) -> None:
    assert refusal(lambda: Missions().of("D1")).reason.code == "missions.no_quote"
    told = refusal(lambda: Missions([issued]).of("D1"))
    assert (told.reason.code, told.reason.facts["last"]) == (
        "missions.unknown_quote",
        issued.number,
    )


def test_no_reason_says_what_did_not_happen() -> None:
    """`verify` tells the reason alone: nothing was noted, or issued, by whom it reads."""
    assert [
        code
        for code, text in TEXTS.items()
        if code.startswith("missions.") and "rien n'a" in text.why.lower()
    ] == []


def test_an_invoice_is_its_figures_not_its_words(shipped: Workspace, issued: IssuedQuote) -> None:
    answer = Answer(ACT, issued.number, True, ANSWERED, "le maire")
    work = WorkDone(ACT, issued.number, Work(1, ANSWERED, "x", {"A": 3}))
    ledger = Ledger((issued, answer, work))
    plan = plan_missions(shipped.communes, shipped.tariffs, ledger, 2025, ACT.day)
    batch = make_mission_batch(
        plan, ledger, shipped.tariffs, shipped.issuer, ACT, 2025, shipped.movements
    )
    (invoice,) = number_missions(plan, batch, ledger)
    check_record(ledger.missions, invoice)
    check_record(ledger.missions, with_line(invoice, label="Autrement dit"))
    fewer, cheaper = with_line(invoice, half_days=2), with_line(invoice, unit_price=1)
    for told in (
        refusal(lambda: check_record(ledger.missions, fewer)),
        refusal(lambda: check_record(ledger.missions, cheaper)),
    ):
        assert told.reason.code == "missions.bills_other_lines"


def with_line(invoice: MissionInvoice, **changes: Any) -> MissionInvoice:
    (line,) = invoice.work.lines
    lines = (replace(line, **changes),)
    return replace(invoice, work=replace(invoice.work, lines=lines))


def test_a_work_that_nobody_accepted_is_refused_not_a_fault(issued: IssuedQuote) -> None:
    """As in a register that was tampered with, where `verify` names the row."""
    missions = Missions([issued])
    missions.take(work(issued.number))
    told = refusal(lambda: missions.of(issued.number).to_invoice)
    assert told.reason.code == "missions.not_accepted"


def test_a_quote_is_taxed_by_the_rules_of_its_issuer(issued: IssuedQuote) -> None:
    rule = VatRule("half_days", "suivi", "S", (DatedRate(date(2014, 1, 1), Decimal(10)),))
    issuer = replace(issued.issuer, vat_rules=(rule,))
    lines = taxed(issued.quote.lines, "Conseil", issuer, issued.quote.issued_on)
    assert [line.tax and line.tax.category for line in lines] == ["O", "S"]
    quote = replace(issued.quote, lines=lines)
    check_record(Missions(), replace(issued, issuer=issuer, quote=quote))
    for forged in (replace(issued, issuer=issuer), replace(issued, quote=quote)):
        with pytest.raises(Refusal) as refusal:
            check_record(Missions(), forged)
        assert refusal.value.reason.code == "missions.vat_of_other_rules"
