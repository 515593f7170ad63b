"""What a mission refuses, as codes; a reason stands alone, as `verify` tells it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mutualis.domain.act import Act
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.issuing.batch import make_mission_batch, number_missions, number_quote
from mutualis.domain.issuing.mission_batch import plan_missions
from mutualis.domain.missions.mission import Mission, Missions
from mutualis.domain.missions.rules import check_answer, check_record, check_withdrawal, check_work
from mutualis.domain.problems.refusal_texts import TEXTS
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import Answer, IssuedQuote, WorkDone
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.workspace import Workspace

TODAY = date(2025, 6, 30)
ACT = Act(TODAY, "agent", "test", "")
ANSWERED = date(2025, 4, 1)


@pytest.fixture
def issued(shipped: Workspace) -> IssuedQuote:
    """Three half-days A, quoted on 1 March 2025 for 90 days."""
    grid = shipped.tariffs.grids[2025]
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
