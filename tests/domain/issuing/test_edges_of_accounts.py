"""Accounts of several groups, documents whose owner is elsewhere, what a plan keeps and says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import grid, move, row, tariffs

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.communes.debtors import Known
from mutualis.domain.communes.movements import Movement, Movements
from mutualis.domain.issuing.account import Account, accounts_on, corrections, orphans_of
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.plan import IssuePlan, plan_billing, plan_issue
from mutualis.domain.memberships.plan import Selection
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

A, B, C = "25001", "25002", "25003"
CENT = Level("2A", "Conseil", per_inhabitant=Decimal("0.01"))
FREE = Level("1", "Information")
TARIFFS = tariffs(grid(FREE, CENT, replace(CENT, code="2B")))
DAY = date(2025, 3, 1)
NEW_YEAR = date(2026, 1, 1)


def commune(code: str, people: int = 2000, level: str = "2A", **more: Any) -> CommuneYear:
    return row(code, people, level, **{"postal_code": "25999", "city": "Valbois", **more})


def joining(day: date, *codes: str) -> tuple[Movement, ...]:
    """The codes join the last of them."""
    return tuple(move(day, code, codes[-1]) for code in codes)


def read(*rows: CommuneYear, moves: tuple[Movement, ...] = ()) -> Communes:
    return Communes.of(rows, movements=Movements.of(moves))


def account(communes: Communes, day: date, ledger: Ledger | None = None) -> Account:
    (found,) = accounts_on(communes, TARIFFS, 2025, ledger or Ledger(), day).all
    return found


class Register:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.ledger = Ledger()

    def issue(self, communes: Communes, day: date = DAY, **more: Any) -> IssuePlan:
        plan = plan_issue(communes, TARIFFS, 2025, self.ledger, day, **more)
        act = Act(day, "agent", "test", "")
        made = records_of(plan, self.ledger, self.workspace.issuer, act, 2025, "")
        self.ledger = Ledger((*self.ledger.records, *made))
        return plan


@pytest.fixture
def register(shipped: Workspace) -> Register:
    return Register(shipped)


# --- several groups ---------------------------------------------------------------------------


def three() -> Account:
    """A, B and C are one person since 1 January 2026: 20, 30 and 40 € for 2025."""
    rows = (commune(A), commune(B, 3000), commune(C, 4000))
    return account(read(*rows, moves=joining(NEW_YEAR, A, B, C)), NEW_YEAR)


def test_the_groups_of_a_person_are_on_one_line_its_own_last() -> None:
    own = three()
    assert [fee.group.row.code_insee for fee in own.fees] == [A, B, C]
    line = own.line
    assert line is not None
    assert [(part.row.code_insee, part.group) for part in line.parts] == [(A, 0), (B, 1), (C, 2)]
    assert (line.whole, line.fee.population, line.commune.code_insee) == (Decimal(90), 4000, C)
    assert own.codes == {A, B, C}
    # The person's own is last, whatever its code.
    other = read(commune(A), commune(B, 3000), moves=joining(NEW_YEAR, B, A))
    assert [fee.group.row.code_insee for fee in account(other, NEW_YEAR).fees] == [B, A]


@pytest.mark.parametrize(
    ("amount", "shares"),
    [
        (90, [(A, 20), (B, 30), (C, 40)]),
        (100, [(A, 20), (B, 30), (C, 50)]),
        (60, [(A, 20), (B, 30), (C, 10)]),
        (50, [(A, 20), (B, 30)]),
        (30, [(A, 20), (B, 10)]),
        (20, [(A, 20)]),
        (5, [(A, 5)]),
        (0, []),
    ],
)
def test_an_amount_is_shared_by_what_each_group_owes(
    amount: int, shares: list[tuple[str, int]]
) -> None:
    found = list(three().shared(Decimal(amount)))
    assert [(item.code_insee, int(item.amount)) for item in found] == shares
    assert all(item.line.row.code_insee == item.code_insee for item in found)


# --- documents of another owner ---------------------------------------------------------------


def test_a_merger_learned_late_takes_its_documents_along(register: Register) -> None:
    """Issued on 1 March; the file says on 1 April that A joined B on 1 February."""
    register.issue(read(commune(A), commune(B)))
    day = date(2025, 2, 1)
    eve = date(2025, 1, 31)
    rows = (commune(A, end=eve), commune(B, end=eve), commune(B, 4000, start=day))
    found = account(read(*rows, moves=joining(day, A, B)), date(2025, 4, 1), register.ledger)
    assert found.person.code_insee == B
    assert [(o.number, o.owner) for o in found.owned] == [("F2025-0001", B), ("F2025-0002", B)]
    assert found.entry.balance == 40


def test_a_merger_of_1_january_learned_late(register: Register) -> None:
    """A has no row any more: what it has become tells whose its document is."""
    register.issue(read(commune(A), commune(B)))
    first = date(2025, 1, 1)
    found = account(
        read(commune(B, 4000), moves=joining(first, A, B)), date(2025, 4, 1), register.ledger
    )
    assert [o.owner for o in found.owned] == [B, B]
    assert (
        accounts_on(
            read(commune(B, 4000), moves=joining(first, A, B)), TARIFFS, 2025, register.ledger
        ).orphans
        == ()
    )


def test_movements_of_the_register_count_where_the_file_lost_them(register: Register) -> None:
    day = date(2025, 2, 1)
    eve = date(2025, 1, 31)
    rows = (commune(A, end=eve), commune(B, end=eve), commune(B, 4000, start=day))
    register.issue(read(*rows, moves=joining(day, A, B)))
    found = accounts_on(read(*rows), TARIFFS, 2025, register.ledger, DAY)
    assert found.known.movements.heir(A, date(2025, 1, 1), DAY) == B


def test_documents_without_a_row(register: Register) -> None:
    """Told by number, whatever the order of the codes; a selection or an exception leaves them."""
    register.issue(read(commune(C)))
    register.issue(read(commune(A), commune(B, level="2B"), commune(C)))
    left = read(commune(B, level="2B"))
    found = accounts_on(left, TARIFFS, 2025, register.ledger, DAY)
    assert [(o.number, o.owner) for o in found.orphans] == [("F2025-0001", C), ("F2025-0002", A)]

    def refused(**more: Any) -> dict[str, Any]:
        try:
            plan_issue(left, TARIFFS, 2025, register.ledger, DAY, **more)
        except Refusal as refusal:
            return dict(refusal.reason.facts) if "no_row" in refusal.reason.code else {"?": 0}
        return {}

    both = {"numbers": "F2025-0001, F2025-0002", "year": 2025, "codes": f"{A}, {C}"}
    assert refused() == both
    assert refused(selection=Selection(frozenset({"2A"}))) == both
    assert refused(selection=Selection(frozenset({"2B"}))) == {}
    assert refused(excepted=frozenset({A, C})) == {}
    assert refused(excepted=frozenset({A}))["numbers"] == "F2025-0001"


# --- what a plan keeps ------------------------------------------------------------------------


def test_a_plan_says_why_each_is_not_billed() -> None:
    rows = (
        commune(A, level="1"),
        commune(B, settlement=Settlement.AC),
        commune(C, 100),
        commune("25004", level="", level_source="exemple"),
        commune("25005"),
    )
    own = replace(TARIFFS, minimum_recovery=Decimal("1.01"), population=PopulationBasis.TOTAL)
    plan = plan_billing(read(*rows), own, own.grids[2025])
    said = [
        (item.commune.code_insee, item.reason.replace("\u00a0", " ")) for item in plan.not_billed
    ]
    assert said == [
        (A, "niveau 1 gratuit (Information)"),
        (B, "20,10 € retenus sur l'attribution de compensation"),
        ("25004", "non adhérente"),
    ]
    assert [line.amount for line in plan.invoices] == [Decimal("1.10"), Decimal("20.10")]
    dearer = replace(own, minimum_recovery=Decimal("1.11"))
    plan = plan_billing(read(*rows), dearer, own.grids[2025])
    assert (
        plan.not_billed[2].reason.replace("\u00a0", " ")
        == "montant de 1,10 € inférieur au seuil de recouvrement de 1,11 €"
    )
    assert plan.not_billed[2].commune.code_insee == C
    assert (plan.minimum_recovery, plan.example_levels) == (Decimal("1.11"), 1)
    assert plan.basis is PopulationBasis.TOTAL


def test_a_plan_keeps_what_is_selected() -> None:
    communes = read(commune(A), commune(B, level="2B"))
    only = Selection(frozenset({"2B"}))
    billing = plan_billing(communes, TARIFFS, TARIFFS.grids[2025], only)
    assert [line.row.code_insee for line in billing.invoices] == [B]
    assert billing.selection == only
    dearer = grid(FREE, replace(CENT, per_inhabitant=Decimal(1)), replace(CENT, code="2B"))
    billing = plan_billing(communes, TARIFFS, dearer)
    assert [int(line.amount) for line in billing.invoices] == [2000, 20]
    plan = plan_issue(communes, TARIFFS, 2025, Ledger(), DAY, excepted=frozenset({A}))
    assert [a.person.code_insee for a in plan.chosen] == [B]
    assert [a.person.code_insee for a in plan.excepted] == [A]


@pytest.mark.parametrize(("more", "kind"), [(1, "below"), (1500, "invoice")])
def test_what_a_cent_more_makes(more: int, kind: str, register: Register) -> None:
    """One cent, and one below the minimum: neither is nothing."""
    register.issue(read(commune(A)))
    plan = plan_issue(read(commune(A, 2000 + more)), TARIFFS, 2025, register.ledger, DAY)
    lines = plan.billing.below_minimum if kind == "below" else plan.billing.invoices
    assert [line.amount for line in lines] == [Decimal(more) / 100]


def test_a_cent_too_much_is_taken_off(register: Register) -> None:
    register.issue(read(commune(A)))
    own = account(read(commune(A, 1999)), DAY, register.ledger)
    assert [(o.number, str(amount)) for o, amount in corrections(own)] == [("F2025-0001", "0.01")]


def test_what_each_comes_to_once_issued(register: Register) -> None:
    """A is corrected and claimed again by withholding: both count, with what it had."""
    register.issue(read(commune(A), commune(B)))
    after = read(commune(A, settlement=Settlement.AC), commune(B, 4000))
    plan = plan_issue(after, TARIFFS, 2025, register.ledger, DAY)
    kinds = [(item.kind, item.code_insee, int(item.amount)) for item in plan.items]
    assert kinds == [("credit", A, -20), ("statement", A, 20), ("complement", B, 20)]
    assert [(s.code_insee, int(s.amount)) for s in plan.standing] == [(A, 20), (B, 40)]
    assert [(t.level, t.communes, int(t.amount)) for t in plan.by_level] == [
        ("2A", 1, 40),
        ("2B", 0, 0),
    ]


def test_some_accounts_are_those_among_all() -> None:
    """Of 25001, which 25002 has become, 25003 and 25004; asked by either code, or by two."""
    moves = Movements.of([move(date(2025, 7, 1), "25001", "25002")])
    rows = [row("25001", 100, end=date(2025, 6, 30)), *(row(f"2500{n}", 100) for n in (2, 3, 4))]
    communes = Communes.of(rows, movements=moves)
    of = (communes, tariffs(grid()), 2025, Ledger(), date(2026, 1, 1))
    everyone = accounts_on(*of).all
    assert [account.person.code_insee for account in everyone] == ["25002", "25003", "25004"]
    for asked, expected in (
        ({"25001"}, everyone[:1]),
        ({"25002"}, everyone[:1]),
        ({"25002", "25004"}, everyone[::2]),
        ((), everyone),
    ):
        assert accounts_on(*of, asked).all == expected


def test_of_communes_linked_by_a_movement_to_come_those_asked_for_alone() -> None:
    """A joins B in 2026: in March 2025 they are two, one of them asked for."""
    communes = read(commune(A), commune(B), moves=joining(date(2026, 1, 1), A, B))
    for code in (A, B):
        found = accounts_on(communes, TARIFFS, 2025, Ledger(), DAY, {code}).all
        assert [account.person.code_insee for account in found] == [code]


def test_documents_without_a_row_of_who_is_asked_for(register: Register) -> None:
    """Those of C are not told to who asks for A; who asks for nobody is told all, priced or not."""
    register.issue(read(commune(A), commune(B), commune(C)))
    left = read(commune(B))
    known = Known.of(left, 2025, DAY)
    for asked, expected in (({A}, [A]), ({B}, []), ({A, B}, [A]), ((), [A, C])):
        found = accounts_on(left, TARIFFS, 2025, register.ledger, DAY, asked).orphans
        assert [o.owner for o in found] == expected
    assert found == orphans_of(left, 2025, register.ledger, known)
