"""What is invoiced by level counts memberships, in a draft as in the batch that it becomes.

By hand, at 3.28 (2B) and 0.38 (2A): 25014 owes 1 000 × 3.28 = 3 280.00, withheld; 25532 owes
2 000 × 3.28 = 6 560.00, and 25030 500 × 0.38 = 190.00 or, at 2B, 1 640.00.
"""

from datetime import date
from decimal import Decimal

import pytest

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.plan import IssuePlan, plan_issue
from mutualis.domain.issuing.year_on_year import levels_of, year_before
from mutualis.domain.memberships.plan import LevelTotal
from mutualis.domain.problems.problem import Source
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

HERE = Source("data/communes.csv", 2)
JANUARY, JULY = date(2025, 1, 15), date(2025, 7, 15)
MERGER = Movement(
    date(2025, 7, 1), MovementKind.MERGER, "25014", "A", "25532", "B", "exemple", HERE
)


def row(code: str, level: str, people: int, settlement: Settlement) -> CommuneYear:
    return CommuneYear(
        2025,
        code,
        code,
        "212500144",
        people,
        people,
        level,
        HERE,
        HERE,
        settlement=settlement,
        postal_code="25999",
        city=code,
    )


WITHHELD = row("25014", "2B", 1000, Settlement.AC)
INVOICED = row("25532", "2B", 2000, Settlement.TITRE)
SMALL = row("25030", "2A", 500, Settlement.TITRE)


def plan(shipped: Workspace, ledger: Ledger, day: date, communes: Communes) -> IssuePlan:
    return plan_issue(communes, shipped.tariffs, 2025, ledger, day)


def issue(shipped: Workspace, ledger: Ledger, day: date, communes: Communes) -> Ledger:
    grids = shipped.tariffs.grids
    voted = replace(
        shipped.tariffs, grids={**grids, 2025: replace(grids[2025], act="Délibération d'exemple")}
    )
    wanted = plan_issue(communes, voted, 2025, ledger, day)
    act = Act(day, "agent", "test", "")
    return Ledger((*ledger.records, *records_of(wanted, ledger, shipped.issuer, act, 2025)))


def amounts(levels: tuple[LevelTotal, ...]) -> dict[str, tuple[int, str]]:
    return {level.level: (level.communes, str(level.amount)) for level in levels}


@pytest.fixture
def january(shipped: Workspace) -> Ledger:
    return issue(shipped, Ledger(), JANUARY, Communes.of((WITHHELD, INVOICED, SMALL)))


def test_what_is_withheld_is_apart(shipped: Workspace, january: Ledger) -> None:
    communes = Communes.of((WITHHELD, INVOICED, SMALL))
    first = plan(shipped, Ledger(), JANUARY, communes).by_level
    assert amounts(first) == {"2A": (1, "190.00"), "2B": (1, "6560.00")}
    assert levels_of(january.batches[-1], january) == first
    # Nothing is left to issue: the same.
    assert plan(shipped, january, JULY, communes).by_level == first


def test_an_heir_of_a_commune_withheld(shipped: Workspace, january: Ledger) -> None:
    """After the merger, 25532 has a statement of 3 280.00 and an invoice of 6 560.00."""
    risen = replace(SMALL, level="2B")
    until, since = date(2025, 6, 30), date(2025, 7, 1)
    rows = (
        replace(WITHHELD, end=until),
        replace(INVOICED, end=until),
        replace(INVOICED, start=since, municipal_population=3000, total_population=3000),
        risen,
    )
    communes = Communes.of(rows, movements=Movements.of((MERGER,)))
    draft = plan(shipped, january, JULY, communes)
    assert [(item.kind, str(item.amount)) for item in draft.items] == [("complement", "1450.00")]
    assert sum(item.amount for item in draft.standing) == Decimal("11480.00")
    assert amounts(draft.by_level) == {"2A": (0, "0"), "2B": (2, "8200.00")}
    july = issue(shipped, january, JULY, communes)
    assert amounts(levels_of(july.batches[-1], july)) == amounts(draft.by_level)
    assert amounts(levels_of(july.batches[0], july)) == {"2A": (1, "190.00"), "2B": (1, "6560.00")}


def test_the_year_before_is_issued_though_the_data_give_the_same(
    shipped: Workspace, january: Ledger
) -> None:
    communes = Communes.of((WITHHELD, INVOICED, SMALL))
    grids = {**shipped.tariffs.grids, 2026: replace(shipped.tariffs.grids[2025], year=2026)}
    rows = tuple(replace(item, year=2026) for item in communes.rows)
    next_year = plan_issue(
        Communes.of((*communes.rows, *rows)),
        replace(shipped.tariffs, grids=grids),
        2026,
        january,
    )
    computed = plan(shipped, Ledger(), JANUARY, communes)
    worth = [(item.code_insee, item.amount) for item in computed.standing]
    for ledger in (january, Ledger()):
        before = year_before(next_year, ledger, computed)
        assert before is not None
        assert before.is_issued == bool(ledger.records)
        assert [(item.code_insee, item.amount) for item in before.standing] == worth
    assert year_before(next_year, Ledger(), None) is None


def test_an_account_left_aside_keeps_what_it_has(shipped: Workspace, january: Ledger) -> None:
    """25030 rises to 2B and is left aside: its 190.00 stay, at the level that it has by now."""
    communes = Communes.of((WITHHELD, INVOICED, replace(SMALL, level="2B")))
    aside = plan_issue(
        communes, shipped.tariffs, 2025, january, JULY, excepted=frozenset({SMALL.code_insee})
    )
    assert aside.items == ()
    assert amounts(aside.by_level) == {"2A": (0, "0"), "2B": (2, "6750.00")}
    assert sum(item.amount for item in aside.standing) == Decimal("10030.00")
    # Nobody has a document yet: what is left aside is not issued, and does not count.
    first = plan_issue(
        communes, shipped.tariffs, 2025, Ledger(), JULY, excepted=frozenset({SMALL.code_insee})
    )
    assert amounts(first.by_level) == {"2A": (0, "0"), "2B": (1, "6560.00")}
