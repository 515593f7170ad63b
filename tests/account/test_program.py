"""The program beside the oracle, over the lives of a year drawn at random."""

from datetime import date
from decimal import Decimal

import oracle
from histories import (
    YEAR,
    Cancel,
    History,
    Issue,
    Played,
    Remise,
    Replace,
    Withdraw,
    histories,
    play,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from program import Program
from test_histories import HISTORIES

from conftest import read_shipped
from mutualis.domain.issuing.account import accounts_on
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.audit import audit


def follow(program: Program, played: Played) -> bool:
    """Play a step on the program; whether it refused."""
    step, day = played.step, played.day
    try:
        match step:
            case Issue():
                program.issue(day, step.only, step.leave, regularise=step.regularise, act=step.act)
            case Remise():
                program.remise(step.document, step.cents, day)
            case Withdraw():
                program.withdraw(step.remise, day)
            case Cancel():
                program.cancel(step.document, day)
            case Replace():
                program.replace(step.document, day)
            case _:
                program.write(played.after.files)
    except Refusal:
        return True
    return False


SHIPPED = read_shipped()


@settings(max_examples=HISTORIES)
@given(histories, st.booleans())
def test_the_program_and_the_oracle_agree(history: History, is_old: bool) -> None:
    """The same amounts, documents and refusals at each step, in a register that begins as one of
    before or not; and what was written is intact."""
    program = Program(SHIPPED, YEAR)
    program.write(history.files)
    for played in play(history):
        assert follow(program, played) == bool(played.refused), played.refused
        if is_old and program.may_be_of_before:
            program.as_before()
            is_old = False
        compare(program, played)
    assert [*audit(list(enumerate(program.ledger.records, 1)))] == []
    one_alone(program, max((played.day for played in play(history)), default=history.first_day))


def one_alone(program: Program, day: date) -> None:
    """The account of one commune, of which the others are not looked at, is that of everyone's."""
    asked = (program.communes, program.tariffs, YEAR, program.ledger, day)
    everyone = accounts_on(*asked)
    for account in everyone.all:
        code = account.person.code_insee
        alone = accounts_on(*asked, {code})
        assert [one for one in alone.all if one.person.code_insee == code] == [account]
        assert all(one in everyone.orphans for one in alone.orphans)


def compare(program: Program, played: Played) -> None:
    state, day = played.after, played.day
    assert len(program.numbers) == len(state.documents)
    for place, document in enumerate(state.documents):
        claim = program.claim(place)
        assert cents(claim.amount) == document.amount
        assert (claim.kind.value, claim.row.code_insee) == (document.kind, document.billed)
        assert cents(program.ledger.remaining(claim.number)) == oracle.worth(state, place)
        whole = 1000 + document.vat
        assert cents(claim.vat) == (2 * document.amount * document.vat + whole) // (2 * whole)
        off = program.ledger.credits_of(claim.number)
        left = (sum((c.net for c in off), claim.net), sum((c.vat for c in off), claim.vat))
        assert all(amount >= 0 for amount in left)
        assert any(left) == (oracle.worth(state, place) > 0)
    lost = [p for p in oracle.persons(state, day) if oracle.is_lost(state, p, day)]
    try:
        issue = program.plan(day)
    except Refusal:
        assert lost
        return
    assert not lost
    for account in issue.accounts.all:
        entry = account.entry
        told = oracle.account(state, entry.code_insee, day)
        amounts = (entry.due, entry.granted, entry.target, entry.balance, entry.stale)
        assert tuple(map(cents, (*amounts, entry.remaining))) == (
            *(told.due, told.granted, told.target, told.balance, told.stale),
            told.remaining,
        )


def cents(amount: Decimal) -> int:
    return int(amount * 100)
