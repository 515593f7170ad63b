"""One cause at a time, at figures that tell the effects apart; what is claimed at the minimum."""

from decimal import Decimal

import pytest
from made import grid, row, tariffs

from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace


def level(code: str, rate: str) -> Level:
    return Level(code, "exemple", per_inhabitant=Decimal(rate))


# 2024: 2 € and 5 € an inhabitant; 2025: 3 € and 7 €.
BOTH = tariffs(
    grid(level("2A", "2"), level("2B", "5"), year=2024),
    grid(level("2A", "3"), level("2B", "7"), year=2025),
)


def effects(before: CommuneYear, after: CommuneYear, own: Tariffs = BOTH) -> dict[str, Decimal]:
    communes = Communes.of([before, after])
    (change,) = compare(Side(communes, own, 2024), Side(communes, own, 2025)).changes
    assert change.amount == change.effects.total
    return {name: amount for name, amount in change.effects.by_name.items() if amount}


def test_each_cause_counts_at_the_figures_of_its_point() -> None:
    """100 at 2 € = 200; 110 at 2 € = 220; 110 at 5 € = 550; 110 at 7 € = 770."""
    before, after = row(people=100, level="2A", year=2024), row(people=110, level="2B", year=2025)
    assert effects(before, after) == {"population": 20, "level": 330, "tariff": 220}


def test_the_population_effect_alone_is_at_the_earlier_tariff() -> None:
    before = row(people=100, year=2024)
    assert effects(before, row(people=110)) == {"population": 20, "tariff": 110}
    assert effects(before, row(people=100)) == {"tariff": 100}
    assert effects(before, row(people=90)) == {"population": -20, "tariff": 90}


def test_counting_otherwise_is_an_effect_of_population() -> None:
    """By the total population from 2025 on: 110 for the same 100."""
    before, after = row(people=100, year=2024), row(people=100)
    other = replace(BOTH, population=PopulationBasis.TOTAL)
    communes = Communes.of([before, after])
    (change,) = compare(Side(communes, BOTH, 2024), Side(communes, other, 2025)).changes
    assert {n: a for n, a in change.effects.by_name.items() if a} == {
        "population": 20,
        "tariff": 110,
    }


@pytest.mark.parametrize(
    ("people", "settlement", "due"),
    [
        (7, Settlement.TITRE, "0"),  # 14 €
        (8, Settlement.TITRE, "16"),
        (7, Settlement.AC, "14"),
        (0, Settlement.AC, "0"),
    ],
)
def test_what_a_side_claims(people: int, settlement: Settlement, due: str) -> None:
    own = row(people=people, year=2024, settlement=settlement)
    side = Side(Communes.of([own]), BOTH, 2024)
    assert side.due([[own]]) == Decimal(due)


def test_what_is_exactly_the_minimum_is_claimed() -> None:
    own = row(people=5, level="2A")  # 15 €
    side = Side(Communes.of([own]), BOTH, 2025)
    assert side.due([[own]]) == 15
    dearer = replace(BOTH, minimum_recovery=Decimal("15.01"))
    assert Side(Communes.of([own]), dearer, 2025).due([[own]]) == 0


def test_several_groups_are_one_receivable_settled_as_the_last_that_owes() -> None:
    """10 € and 10 €: each is below the minimum, together they are not."""
    first, then = row("25001", 5, year=2024), row("25002", 5, year=2024)
    side = Side(Communes.of([first, then]), BOTH, 2024)
    assert side.due([[first], [then]]) == 20
    small, withheld = row("25001", 1, year=2024), row("25002", 1, year=2024, settlement="AC")
    withheld = replace(withheld, settlement=Settlement.AC)
    assert side.due([[small], [withheld]]) == 4
    assert side.due([[withheld], [small]]) == 0
    nobody = row("25003", 0, year=2024)
    assert side.due([[withheld], [nobody]]) == 2  # it owes nothing: the one before settles
    assert side.due([[replace(small, level="9")]]) is None
