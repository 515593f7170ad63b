"""The account, point by point, on one commune at its edges; every amount is worked out by hand.

2A costs 0,38 € an inhabitant, 2B 3,28 €, at most 7 048 € below 4 000 inhabitants.
"""

from datetime import date
from decimal import Decimal

import pytest
import state
from program import Program

from conftest import read_shipped
from mutualis.domain.issuing.account import Left, left_of
from mutualis.domain.issuing.regularisation import differences, of_plan
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import replace

YEAR = 2025
A, B = "25901", "25902"
JANUARY, JUNE, JULY = date(2025, 1, 15), date(2025, 6, 20), date(2025, 7, 20)


def row(
    code: str, people: int, level: str, settlement: str = "titre", year: int = YEAR
) -> state.Row:
    return state.Row(code, date(year, 1, 1), date(year, 12, 31), people, level, settlement)


@pytest.fixture
def program() -> Program:
    """A body of two communes; A pays 328,00 €, B 38,00 €."""
    workspace = read_shipped()
    made = Program(workspace, YEAR)
    rewrite(made, row(A, 100, "2B"), row(B, 100, "2A"))
    return made


def rewrite(program: Program, *rows: state.Row, moves: tuple[state.Movement, ...] = ()) -> None:
    program.write(replace(program.read, rows=rows, movements=moves))


def amounts(program: Program, code: str = A, day: date = JULY) -> tuple[str, ...]:
    """due, granted, target, balance, stale, remaining."""
    account = program.account(code, day)
    assert account is not None
    e = account.entry
    found = (e.due, e.granted, e.target, e.balance, e.stale, e.remaining)
    return tuple(f"{amount:.2f}" for amount in found)


def items(program: Program, day: date = JULY) -> list[tuple[str, str, str, str | None]]:
    return [
        (item.kind, item.code_insee, str(item.amount), item.refers_to)
        for item in program.plan(day).items
    ]


def test_before_anything_is_issued(program: Program) -> None:
    assert amounts(program) == ("328.00", "0.00", "328.00", "0.00", "0.00", "328.00")
    assert items(program) == [("invoice", A, "328.00", None), ("invoice", B, "38.00", None)]
    assert program.plan(JULY).regularised == ()


def test_issuing_again_adds_nothing(program: Program) -> None:
    program.issue(JANUARY)
    assert amounts(program) == ("328.00", "0.00", "328.00", "328.00", "0.00", "0.00")
    assert items(program) == []


def test_a_rise_is_a_complement_of_what_stands(program: Program) -> None:
    program.issue(JANUARY)
    rewrite(program, row(A, 110, "2B"), row(B, 100, "2A"))  # 110 x 3,28 = 360,80
    assert items(program) == [("complement", A, "32.80", "F2025-0001")]
    program.issue(JUNE)
    claim = program.ledger.memberships[-1]
    assert (claim.deducted, claim.completes) == (Decimal("328.00"), ("F2025-0001",))
    assert items(program) == []


@pytest.mark.parametrize(
    ("people", "issued"),
    [(104, False), (105, True)],  # 104 x 3,28 = 341,12: 13,12 more; 105 x 3,28 = 344,40: 16,40
)
def test_a_complement_below_the_minimum_is_kept(
    program: Program, people: int, *, issued: bool
) -> None:
    program.issue(JANUARY)
    rewrite(program, row(A, people, "2B"), row(B, 100, "2A"))
    assert bool(items(program)) is issued


def test_a_statement_has_no_minimum(program: Program) -> None:
    rewrite(program, row(A, 100, "2B", "AC"), row(B, 10, "2A"))  # 10 x 0,38 = 3,80: kept
    program.issue(JANUARY)
    rewrite(program, row(A, 101, "2B", "AC"), row(B, 10, "2A"))
    assert items(program) == [("statement", A, "3.28", "R2025-0001")]


def test_a_fall_is_corrected_to_the_cent_last_issued_first(program: Program) -> None:
    program.issue(JANUARY)  # 328,00
    rewrite(program, row(A, 110, "2B"), row(B, 100, "2A"))
    program.issue(JUNE)  # 32,80 more
    rewrite(program, row(A, 99, "2B"), row(B, 100, "2A"))  # 324,72: 36,08 too much
    assert items(program) == [
        ("credit", A, "-32.80", "F2025-0003"),
        ("credit", A, "-3.28", "F2025-0001"),
    ]


def test_a_remise_lowers_the_debt_for_good(program: Program) -> None:
    program.issue(JANUARY)
    program.remise(0, 5_000, JUNE)
    assert amounts(program) == ("328.00", "50.00", "278.00", "278.00", "0.00", "0.00")
    rewrite(program, row(A, 110, "2B"), row(B, 100, "2A"))
    assert items(program) == [("complement", A, "32.80", "F2025-0001")]


def test_a_fall_below_the_remise_asks_nothing_and_gives_nothing(program: Program) -> None:
    program.issue(JANUARY)
    program.remise(0, 30_000, JUNE)  # 28,00 left
    rewrite(program, row(A, 50, "2B"), row(B, 100, "2A"))  # 164,00 due, 300,00 granted
    assert amounts(program) == ("164.00", "300.00", "0.00", "28.00", "0.00", "-28.00")
    assert items(program) == [("credit", A, "-28.00", "F2025-0001")]


def test_a_remise_withdrawn_is_due_again(program: Program) -> None:
    program.issue(JANUARY)
    program.remise(0, 5_000, JUNE)
    program.withdraw(0, JULY)
    assert amounts(program) == ("328.00", "0.00", "328.00", "278.00", "0.00", "50.00")
    assert items(program) == [("complement", A, "50.00", "F2025-0001")]


def test_what_was_cancelled_is_due_again(program: Program) -> None:
    program.issue(JANUARY)
    program.cancel(0, JUNE)
    assert items(program) == [("invoice", A, "328.00", None)]
    assert [a.person.code_insee for a in program.plan(JULY).regularised] == [A]


def test_the_other_settlement_is_corrected_first(program: Program) -> None:
    program.issue(JANUARY)
    rewrite(program, row(A, 100, "2B", "AC"), row(B, 100, "2A"))
    assert amounts(program) == ("328.00", "0.00", "328.00", "328.00", "328.00", "328.00")
    assert items(program) == [
        ("credit", A, "-328.00", "F2025-0001"),
        ("statement", A, "328.00", None),
    ]


def test_the_settlement_is_that_of_the_commune_billed_whoever_owes(program: Program) -> None:
    """B's fee was withheld; A takes B in on 1 January, and B, a commune again the day after, pays
    by titre: its statement, which A owes, is corrected."""
    rewrite(program, row(A, 100, "2B"), row(B, 100, "2A", "AC"))
    program.issue(date(2024, 12, 10))
    first, second = date(2025, 1, 1), date(2025, 1, 2)
    moves = (
        *(state.Movement(first, "fusion", code, A) for code in (A, B)),
        *(state.Movement(second, "rétablissement", A, code) for code in (A, B)),
    )
    rewrite(program, row(A, 100, "2B"), replace(row(B, 100, ""), start=second), moves=moves)
    assert amounts(program) == ("328.00", "0.00", "328.00", "366.00", "38.00", "0.00")


def test_who_owes_nothing_any_more(program: Program) -> None:
    program.issue(JANUARY)
    rewrite(program, row(A, 100, ""), row(B, 100, "2A"))
    assert items(program) == [("credit", A, "-328.00", "F2025-0001")]


def test_documents_without_a_row_are_an_error_never_a_zero(program: Program) -> None:
    program.issue(JANUARY)
    rewrite(program, row(B, 100, "2A"))
    with pytest.raises(Refusal) as refused:
        program.plan(JULY)
    assert refused.value.reason.code == "account.no_row"
    assert program.plan(JULY, only=(B,)).items == ()
    assert program.plan(JULY, leave=(A,)).items == ()


def test_a_merger_of_next_january_moves_who_owes_and_no_amount(program: Program) -> None:
    program.issue(JANUARY)
    new_year = date(2026, 1, 1)
    moves = (
        state.Movement(new_year, "fusion", A, B),
        state.Movement(new_year, "fusion", B, B),
    )
    rewrite(program, *program.read.rows, row(B, 200, "2B", year=2026), moves=moves)
    day = date(2026, 2, 1)
    assert amounts(program, B, day) == ("366.00", "0.00", "366.00", "366.00", "0.00", "0.00")
    assert program.account(A, day) is None
    assert items(program, day) == []


def test_a_year_is_priced_with_what_its_last_batch_recorded(program: Program) -> None:
    program.issue(JANUARY)
    dearer = state.Tariff(rate_2b=331)
    program.write(replace(program.read, tariff=dearer))  # 331,00: 3,00 more
    assert items(program) == []
    rewrite(program, row(A, 200, "2B"), row(B, 100, "2A"))  # still 3,28: 656,00
    assert items(program) == [("complement", A, "328.00", "F2025-0001")]
    program.issue(JUNE, act=True)  # adopted: 200 x 3,31 = 662,00
    assert program.ledger.memberships[-1].amount == Decimal("334.00")
    assert program.ledger.batches[-1].adopted
    assert items(program) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (row(A, 110, "2B"), "population 100 → 110, +32,80 €"),
        (row(A, 110, "2A"), "population 100 → 110, +32,80 € ; niveau 2B → 2A, -319,00 €"),
        (row(A, 100, ""), "plus d'adhésion payante"),
        (row(A, 100, "2B", "AC"), "retenue sur l'AC, et non plus facturée"),
    ],
)
def test_each_change_tells_why(program: Program, changed: state.Row, words: str) -> None:
    program.issue(JANUARY)
    rewrite(program, changed, row(B, 100, "2A"))
    issue = program.plan(JULY)
    (told,) = differences(issue)
    assert words in told.text.replace("\u00a0", " ")
    assert {one.reason.replace("\u00a0", " ") for one in of_plan(issue)} == {words}


def test_what_the_changes_of_the_last_document_leave_is_told(program: Program) -> None:
    """A joins B: 220 inhabitants. 45,60 + 638,00 is what B's own 38,00 € moved by, but 355,60 € are
    asked for, since A's 328,00 € count too."""
    program.issue(JANUARY)
    day, eve = date(2025, 3, 1), date(2025, 2, 28)
    moves = tuple(state.Movement(day, "fusion", code, B) for code in (A, B))
    before = (replace(row(A, 100, "2B"), end=eve), replace(row(B, 100, "2A"), end=eve))
    rewrite(program, *before, replace(row(B, 220, "2B"), start=day), moves=moves)
    assert items(program) == [("complement", B, "355.60", "F2025-0001")]
    (told,) = differences(program.plan(JULY))
    (one,) = of_plan(program.plan(JULY))
    assert one.about == ("F2025-0001", "F2025-0002")
    words = "population 100 → 220, +45,60 € ; niveau 2A → 2B, +638,00 € ; reste émis : 366,00 €"
    assert words in told.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("people", "kind", "left"),
    [(99, "credit", "-3.28"), (100, "", "0.00"), (101, "", "3.28"), (105, "complement", "16.40")],
)
def test_an_account_moves_only_by_what_differs(
    program: Program, people: int, kind: str, left: str
) -> None:
    """One inhabitant less, the same, one more (below the minimum), five more."""
    program.issue(JANUARY)
    rewrite(program, row(A, people, "2B"), row(B, 100, "2A"))
    plan = program.plan(JULY)
    assert amounts(program)[-1] == left
    assert [item.kind for item in plan.items] == [kind] * bool(kind)
    # Nothing to claim is no line, not even one of zero euros.
    assert [str(line.amount) for line in plan.billing.below_minimum] == ["3.28"] * (people == 101)
    assert len(plan.billing.invoices) == (people == 105)
    whole = program.account(A, JULY)
    assert whole is not None
    found = left_of(whole, Decimal(15))
    kinds = {99: Left.CORRECTION, 100: None, 101: Left.BELOW_MINIMUM, 105: Left.TO_ISSUE}
    assert found is kinds[people]
