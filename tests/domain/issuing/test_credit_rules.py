"""What may be done to a document and to its credits; A pays 328,00 €, B's fee is withheld.

2A costs 0,38 € an inhabitant, 2B 3,28 €.
"""

from datetime import date
from decimal import Decimal

import pytest
import state
from program import Program

from conftest import read_shipped
from mutualis.domain.act import Act
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, Membership
from mutualis.domain.issuing.credit_note import TakenOff, credit_kind, make_credit, person_owing
from mutualis.domain.issuing.credit_rules import check_taken_off, qualification, withdrawal
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.replacement import plan_of_replacement
from mutualis.domain.kinds import Nature
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace

A, B = "25901", "25902"
JANUARY, JUNE = date(2025, 1, 15), date(2025, 6, 20)
ACT = Act(JUNE, "agent", "essai", "")
CORRECTION, REMISE = Nature.CORRECTION, Nature.REMISE


def row(
    code: str, people: int, level: str, settlement: str = "titre", siren: str = "1"
) -> state.Row:
    year = date(2025, 1, 1), date(2025, 12, 31)
    return state.Row(code, *year, people, level, settlement, siren)


def rows(program: Program, *found: state.Row) -> None:
    program.write(state.Files(found))


@pytest.fixture
def program() -> Program:
    """F2025-0001 of A, 328,00; R2025-0001 of B, 38,00."""
    workspace = read_shipped()
    made = Program(workspace, 2025)
    rows(made, row(A, 100, "2B"), row(B, 100, "2A", "AC"))
    made.issue(JANUARY)
    return made


def claim(program: Program, number: str) -> Claim:
    found = program.ledger.claim(number)
    assert found is not None
    return found


def why(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.reason.code


def test_a_statement_has_its_own_credits(program: Program) -> None:
    assert credit_kind(claim(program, "R2025-0001")) is NegativeStatement
    assert credit_kind(claim(program, "F2025-0001")) is CreditNote


def test_a_part_of_a_membership_is_a_remise(program: Program) -> None:
    for number in ("F2025-0001", "R2025-0001"):
        part = TakenOff(Decimal(10), CORRECTION, "essai")
        with pytest.raises(Refusal) as refused:
            check_taken_off(claim(program, number), part, program.ledger, again=True)
        assert why(refused) == "credit.part_of_a_membership"
        for other in (TakenOff(None, CORRECTION, "x"), TakenOff(Decimal(10), REMISE, "x", "y")):
            check_taken_off(claim(program, number), other, program.ledger, again=False)


@pytest.mark.parametrize(
    ("amount", "act", "again", "passes"),
    [
        ("10.00", "DÉLIBÉRATION", False, False),
        ("10.00", "Délibération", True, True),
        ("10.01", "Délibération", False, True),
        ("10.00", "Une autre", False, True),
    ],
)
def test_the_same_remise_twice(
    program: Program, amount: str, act: str, *, again: bool, passes: bool
) -> None:
    program.remise(0, 1000, JUNE)
    off, own = TakenOff(Decimal(amount), REMISE, "autre motif", act), claim(program, "F2025-0001")
    if passes:
        check_taken_off(own, off, program.ledger, again=again)
    else:
        with pytest.raises(Refusal) as refused:
            check_taken_off(own, off, program.ledger, again=again)
        assert refused.value.reason.facts["number"] == "A2025-0001"
    program.withdraw(0, JUNE)
    check_taken_off(own, off, program.ledger, again=False)  # it stands no more


def test_a_remise_that_counts_is_withdrawn_once(program: Program) -> None:
    program.remise(0, 1000, JUNE)
    program.cancel(1, JUNE)
    granted, corrected = program.ledger.credits
    record = withdrawal(granted, program.ledger, ACT, "Décision", "motif")
    assert (record.credit, record.decision) == ("A2025-0001", "Décision")
    with pytest.raises(Refusal) as refused:
        withdrawal(corrected, program.ledger, ACT, "Décision", "")
    assert why(refused) == "credit.not_a_remise"
    after = Ledger((*program.ledger.records, record))
    with pytest.raises(Refusal) as refused:
        withdrawal(granted, after, ACT, "Décision", "")
    assert why(refused) == "credit.withdrawn_already"


def test_what_is_not_known_is_told_before_anything_else(program: Program) -> None:
    """A partial credit of a register of before: no nature, something left of its claim."""
    program.remise(0, 1000, JUNE)
    old = replace(program.ledger.credits[0], nature=None, decision="")
    ledger = Ledger((*program.ledger.records[:-1], old))
    with pytest.raises(Refusal) as refused:
        withdrawal(old, ledger, ACT, "Décision", "")
    assert why(refused) == "credit.to_qualify_first"
    record = qualification(old, ledger, ACT, REMISE, "Décision")
    told = Ledger((*ledger.records, record))
    assert told.natures["A2025-0001"] is REMISE
    assert withdrawal(old, told, ACT, "Décision", "").credit == "A2025-0001"
    with pytest.raises(Refusal) as refused:
        qualification(old, told, ACT, CORRECTION, "")
    assert why(refused) == "credit.qualified_already"


def replaced(program: Program, place: int = 0) -> IssuePlan:
    """What takes the place of a document that is then cancelled."""
    own = program.claim(place)
    assert isinstance(own, Membership)
    program.cancel(place, JUNE)
    note = program.ledger.credits[-1]
    return plan_of_replacement(program.communes, program.tariffs, program.ledger, own, note)


def test_another_party_takes_the_place(program: Program) -> None:
    rows(program, row(A, 100, "2B", siren="2"), row(B, 100, "2A", "AC"))
    assert [(i.kind, str(i.amount), i.refers_to) for i in replaced(program).items] == [
        ("invoice", "328.00", None)
    ]


def test_a_remise_stays_beside_what_takes_the_place(program: Program) -> None:
    program.remise(0, 1000, JUNE)
    rows(program, row(A, 100, "2B", siren="2"), row(B, 100, "2A", "AC"))
    assert [str(item.amount) for item in replaced(program).items] == ["318.00"]


@pytest.mark.parametrize("granted", [False, True])
def test_the_same_document_is_no_replacement(program: Program, *, granted: bool) -> None:
    if granted:
        program.remise(0, 1000, JUNE)
    with pytest.raises(Refusal) as refused:
        replaced(program)
    assert why(refused) == "credit.same_document"


def test_the_other_settlement_is_another_document(program: Program) -> None:
    rows(program, row(A, 100, "2B", "AC"), row(B, 100, "2A", "AC"))
    assert [(i.kind, str(i.amount)) for i in replaced(program).items] == [("statement", "328.00")]


def test_less_than_the_minimum_takes_no_place(program: Program) -> None:
    """4 inhabitants at 3,28 €: 13,12 €."""
    rows(program, row(A, 4, "2B"), row(B, 100, "2A", "AC"))
    plan = replaced(program)
    assert plan.items == ()
    assert [str(line.amount) for line in plan.billing.below_minimum] == ["13.12"]


def test_nothing_is_due_any_more(program: Program) -> None:
    rows(program, row(A, 100, ""), row(B, 100, "2A", "AC"))
    with pytest.raises(Refusal) as refused:
        replaced(program)
    assert why(refused) == "credit_note.nothing_due_any_more"


@pytest.mark.parametrize(
    ("people", "code"),
    [
        (10, "credit.others_claim_it"),  # 32,80, as the complement claims
        (9, "credit.others_to_correct"),  # 29,52
    ],
)
def test_the_rest_of_the_account_does_not_move(program: Program, people: int, code: str) -> None:
    rows(program, row(A, 110, "2B"), row(B, 100, "2A", "AC"))
    program.issue(JUNE)  # 32,80 more
    rows(program, row(A, people, "2B"), row(B, 100, "2A", "AC"))
    with pytest.raises(Refusal) as refused:
        replaced(program)
    assert why(refused) == code


def test_what_takes_a_place_waits_for_a_credit_to_be_told(program: Program) -> None:
    program.remise(0, 1000, JUNE)
    old = replace(program.ledger.credits[0], nature=None, decision="")
    program.ledger = Ledger((*program.ledger.records[:-1], old))
    rows(program, row(A, 100, "2B", siren="2"), row(B, 100, "2A", "AC"))
    with pytest.raises(Refusal) as refused:
        replaced(program)
    assert refused.value.reason.facts == {"numbers": "A2025-0001"}


def test_an_account_without_a_row(program: Program) -> None:
    rows(program, row(B, 100, "2A", "AC"))
    with pytest.raises(Refusal) as refused:
        replaced(program)
    assert why(refused) == "credit_note.no_row_any_more"


@pytest.mark.parametrize(
    ("siren", "movement", "credited", "billed"),
    [
        ("1", None, f"1-{A}", None),
        ("2", None, f"1-{A}", None),  # the number was wrong: nobody has succeeded
        ("2", MovementKind.NEW_COMMUNE, f"2-{A}", f"1-{A}"),
        ("2", MovementKind.NEW_NAME, f"1-{A}", None),
    ],
)
def test_a_credit_goes_to_who_was_claimed_from(
    program: Program, siren: str, movement: MovementKind | None, credited: str, billed: str | None
) -> None:
    """A is given another number: its own, mistyped until then, or that of the new commune."""
    rows(program, row(A, 100, "2B", siren=siren), row(B, 100, "2A", "AC"))
    if movement is not None:
        march, end = date(2025, 3, 1), date(2025, 2, 28)
        since = replace(row(A, 100, "2B", siren=siren), start=march)
        rows(program, replace(row(A, 100, "2B"), end=end), since, row(B, 100, "2A", "AC"))
        move = Movement(march, movement, A, A, A, A, "essai", Source("x"))
        program.communes = replace(program.communes, movements=Movements.of([move]))
    own = claim(program, "F2025-0001")
    note = make_credit(
        own,
        TakenOff(None, CORRECTION, "essai"),
        program.ledger,
        program.issuer,
        ACT,
        Known.of(program.communes, 2025, JUNE),
        person=person_owing(own, program.communes, JUNE),
        exercice=2025,
    )
    assert note.commune.siren == credited
    assert (note.billed.siren if note.billed else None) == billed
