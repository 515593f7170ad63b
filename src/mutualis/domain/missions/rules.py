"""What may happen to a mission.

The rules that a command obeys before it adds a record are those that `verify` checks again.
"""

from collections.abc import Iterator
from datetime import date

from mutualis.domain.communes.communes import Communes
from mutualis.domain.french.missions import half_days
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.invoice import MissionInvoice
from mutualis.domain.missions.mission import Mission, Missions
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.quotes.membership import Applicant, why_not_member
from mutualis.domain.quotes.quote import MOST_HALF_DAYS
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
from mutualis.domain.quotes.work_done import Work, totals


def check_record(missions: Missions, record: object) -> None:
    """Raises Refusal when a record breaks the rules of its mission, as it is before it."""
    if isinstance(record, IssuedQuote):
        check_prices(record)
    elif isinstance(record, Answer):
        check_answer(missions.of(record.quote), record.accepted, record.day, record.act.day)
        if record.decision and not record.accepted:
            raise Refusal("missions.declined_by_decision", number=record.quote)
    elif isinstance(record, AnswerWithdrawn):
        check_answer_withdrawal(missions.of(record.quote), record.reason)
    elif isinstance(record, WorkDone):
        check_work(missions.of(record.quote), record.work, record.act.day)
    elif isinstance(record, WorkWithdrawn):
        check_withdrawal(missions.of(record.quote), record.rank)
    elif isinstance(record, MissionClosed):
        check_closure(missions.of(record.quote), record.day, record.act.day, record.reason)
    elif isinstance(record, ClosureWithdrawn):
        check_closure_withdrawal(missions.of(record.quote), record.reason)
    elif isinstance(record, MissionInvoice):
        check_billed(missions.of(record.work.quote), record)


def check_prices(issued: IssuedQuote) -> None:
    """Raises Refusal when a price is not the one of the quote's own grid, or its VAT not that of
    its issuer's rules."""
    quote = issued.quote
    level = quote.grid.on_quote
    for line in quote.lines:
        if level is None or level.half_day.get(line.category) != line.unit_price:
            raise Refusal(
                "missions.price_of_other_grid", category=line.category, year=quote.grid.year
            )
    if taxed(quote.lines, quote.service, issued.issuer, quote.issued_on) != quote.lines:
        raise Refusal("missions.vat_of_other_rules")


def check_answer(mission: Mission, accepted: bool, day: date, today: date) -> None:
    """Raises Refusal for a second answer, and for an acceptance out of the quote's validity."""
    number, quote = mission.number, mission.issued.quote
    if mission.answer is not None:
        before = long_date(mission.answer.day)
        if mission.answer.accepted:
            raise Refusal("missions.already_accepted", number=number, day=before)
        raise Refusal("missions.already_declined", number=number, day=before)
    if day > today:
        raise Refusal("missions.answer_to_come", day=long_date(day))
    if day < quote.issued_on:
        raise Refusal(
            "missions.answer_before_quote",
            number=number,
            day=long_date(day),
            issued=long_date(quote.issued_on),
        )
    if accepted and day > quote.valid_until:
        raise Refusal(
            "missions.expired",
            number=number,
            end=long_date(quote.valid_until),
            day=long_date(day),
        )


def check_answer_withdrawal(mission: Mission, reason: str) -> None:
    """Raises Refusal when there is no answer, or when something has followed it."""
    number = mission.number
    if mission.answer is None:
        raise _nothing_to_undo(mission, AnswerWithdrawn)
    if mission.invoices:
        invoices = ", ".join(invoice.number for invoice in mission.invoices)
        raise Refusal("missions.answer_billed", number=number, invoices=invoices)
    if mission.works:
        ranks = ", ".join(str(work.rank) for work in mission.works)
        raise Refusal("missions.answer_worked", number=number, ranks=ranks)
    if mission.closed is not None:
        raise Refusal("missions.answer_closed", number=number, day=long_date(mission.closed.day))
    if not reason:
        raise Refusal("missions.without_reason", number=number)


def check_closure(mission: Mission, day: date, today: date, reason: str) -> None:
    """Raises Refusal for a mission that has nothing left to release, a day out of its time."""
    number, answer = mission.number, accepted_answer(mission)
    if mission.closed is not None:
        raise Refusal("missions.already_closed", number=number, day=long_date(mission.closed.day))
    if totals(mission.works) == mission.accepted:
        raise Refusal("missions.nothing_to_release", number=number)
    if day > today:
        raise Refusal("missions.closure_to_come", day=long_date(day))
    if day < answer.day:
        answered = long_date(answer.day)
        raise Refusal("missions.closure_before_answer", day=long_date(day), answered=answered)
    last = max((work.day for work in mission.works), default=day)
    if day < last:
        raise Refusal("missions.closure_before_work", day=long_date(day), last=long_date(last))
    if not reason:
        raise Refusal("missions.without_reason", number=number)


def check_closure_withdrawal(mission: Mission, reason: str) -> None:
    """Raises Refusal when the mission is not closed."""
    if mission.closed is None:
        raise _nothing_to_undo(mission, ClosureWithdrawn)
    if not reason:
        raise Refusal("missions.without_reason", number=mission.number)


def _nothing_to_undo(
    mission: Mission, kind: type[AnswerWithdrawn] | type[ClosureWithdrawn]
) -> Refusal:
    """There is nothing of the kind to withdraw, or not any more."""
    number, is_answer = mission.number, kind is AnswerWithdrawn
    before = [record for record in mission.undone if isinstance(record, kind)]
    if not before:
        code = "missions.no_answer" if is_answer else "missions.not_closed"
        return Refusal(code, number=number)
    code = "missions.answer_gone" if is_answer else "missions.closure_gone"
    return Refusal(code, number=number, day=long_date(before[-1].act.day))


def check_membership(mission: Mission, communes: Communes, day: date, decision: str) -> None:
    """Raises Refusal for a commune that is no member on the day of its answer or of a work, unless
    a decision goes on; and for a decision that nothing calls for."""
    applicant = Applicant.of(mission.issued.quote)
    requires = applicant.level.requires or ""
    why = why_not_member(applicant, communes, day)
    if why is None and decision:
        raise Refusal(
            "missions.decision_for_nothing",
            number=mission.number,
            day=long_date(day),
            requires=requires,
        )
    if why is not None and not decision:
        raise Refusal(
            "missions.reserved",
            number=mission.number,
            day=long_date(day),
            level=applicant.level.code,
            requires=requires,
            details=[why],
        )


def accepted_answer(mission: Mission) -> Answer:
    """The commune's agreement; raises Refusal when there is none."""
    if mission.answer is None:
        raise Refusal("missions.not_accepted", number=mission.number)
    if not mission.answer.accepted:
        raise Refusal("missions.declined", number=mission.number)
    return mission.answer


def check_work(mission: Mission, work: Work, today: date) -> None:
    """Raises one Refusal for all that is wrong with half-days to be noted."""
    number, answer = mission.number, accepted_answer(mission)
    if mission.closed is not None:
        raise Refusal("missions.closed", number=number, day=long_date(mission.closed.day))
    wrong = [*_wrong_day(work.day, answer.day, today), *_wrong_half_days(mission, work)]
    if work.rank != len(mission.noted) + 1:
        expected = len(mission.noted) + 1
        wrong.append(Reason("missions.wrong_rank", {"rank": work.rank, "expected": expected}))
    if wrong:
        raise Refusal("missions.wrong_work", number=number, details=wrong)


def _wrong_day(day: date, answered: date, today: date) -> Iterator[Reason]:
    if day > today:
        yield Reason("missions.work_to_come", {"day": long_date(day)})
    if day < answered:
        yield Reason(
            "missions.work_before_answer",
            {"day": long_date(day), "answered": long_date(answered)},
        )


def _wrong_half_days(mission: Mission, work: Work) -> Iterator[Reason]:
    accepted, done = mission.accepted, totals(mission.works)
    for category, quantity in work.half_days.items():
        left = accepted.get(category, 0) - done.get(category, 0)
        if category not in accepted:
            yield Reason(
                "missions.unknown_category", {"category": category, "known": ", ".join(accepted)}
            )
        elif not 1 <= quantity <= MOST_HALF_DAYS:
            yield Reason("missions.not_a_quantity", {"category": category, "quantity": quantity})
        elif quantity > left:
            yield Reason(
                "missions.too_many",
                {
                    "category": category,
                    "half_days": half_days(quantity),
                    "left": max(left, 0),
                    "accepted": accepted[category],
                },
            )


def check_withdrawal(mission: Mission, rank: int) -> None:
    """Raises Refusal when the mission has no such work, or not any more."""
    known = [work.rank for work in mission.works]
    if not known:
        raise Refusal("missions.no_work", number=mission.number, rank=rank)
    if rank not in known:
        ranks = ", ".join(map(str, known))
        raise Refusal("missions.no_such_work", number=mission.number, rank=rank, known=ranks)


def check_billed(mission: Mission, invoice: MissionInvoice) -> None:
    """Raises Refusal when an invoice is not that of works done, unbilled and accepted."""
    billed = invoice.work
    unbilled = {work.rank: work for work in mission.unbilled}
    if not mission.is_accepted or any(unbilled.get(work.rank) != work for work in billed.works):
        raise Refusal("missions.bills_other_works", number=mission.number)
    if mission.bill(billed.works).figures != billed.figures:
        raise Refusal("missions.bills_other_lines", number=mission.number)
    standing = [work for one in mission.invoices for work in one.work.works]
    for category, quantity in totals([*standing, *billed.works]).items():
        if quantity > mission.accepted[category]:
            raise Refusal(
                "missions.bills_too_many",
                quantity=quantity,
                category=category,
                number=mission.number,
                accepted=mission.accepted[category],
            )
    last = max((work.day for work in billed.works), default=invoice.act.day)
    if invoice.act.day < last:
        raise Refusal("missions.dated_before_works", day=long_date(last))
    grid = mission.issued.quote.grid
    if (invoice.year, invoice.level, invoice.grid_act) != (
        mission.issued.year,
        grid.on_quote,
        grid.act,
    ):
        raise Refusal("missions.bills_other_quote", number=mission.number)
