"""Who gains and who loses, and what holds of any two years."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from simulated import FREE, NOWHERE, YEAR, dataset, datasets, grid, row, tariffs

from mutualis.domain.changes.change import Effects
from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.memberships.plan import total
from mutualis.domain.simulation.comparison import (
    ChangeClass,
    Compared,
    Sum,
    bounds_of,
    by_class,
    compare,
    movers,
    strata,
)
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.differences import differences
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace

WEALTH = Wealth(average=Decimal(1000), floor=Decimal("0.8"), ceiling=Decimal("1.2"))
SIMPLE = grid(FREE, Level("2A", "exemple", per_inhabitant=Decimal(1)))


def line(code: str, before: int, after: int, people: int = 100) -> Compared:
    amounts = (Decimal(before), Decimal(after))
    return Compared(code, code, ("2A", "2A"), (people, people), *amounts)


@given(datasets())
def test_an_empty_reform_changes_nothing(same: Dataset) -> None:
    lines = compare(price(same), price(same))
    assert {item.code_insee for item in lines} == {item.code_insee for item in same.rows}
    assert all(not item.change for item in lines)
    assert {item.kind for item in lines} <= {ChangeClass.UNCHANGED, ChangeClass.ZERO}
    assert differences(same, same) == ()


@given(datasets(), datasets())
def test_swapping_the_sides_flips_every_sign(one: Dataset, other: Dataset) -> None:
    before, after = price(one), price(other)
    there = {item.code_insee: item for item in compare(before, after)}
    back = {item.code_insee: item for item in compare(after, before)}
    assert all(item.effects.total == item.change for item in there.values())
    assert there.keys() == back.keys() == {*before.dues, *after.dues}
    for code, item in there.items():
        assert back[code].change == -item.change
        for side, amount in ((before, item.before), (after, item.after)):
            assert amount == (side.dues[code].amount if code in side.dues else 0)
    assert sum(item.change for item in there.values()) == after.total - before.total


@given(datasets())
def test_a_year_is_priced_as_bill_drafts_it(found: Dataset) -> None:
    priced = price(found)
    plan = plan_billing(found.communes, found.tariffs, found.grid)
    drafted = {x.commune.code_insee: x.amount for x in (*plan.invoices, *plan.withheld)}
    assert {code: due.amount for code, due in priced.dues.items() if due.amount} == {
        code: amount for code, amount in drafted.items() if amount
    }
    assert priced.total == plan.total + total(plan.withheld)
    assert sum(level.amount for level in priced.by_level) == priced.total


@given(datasets(), datasets())
def test_the_parts_add_up(one: Dataset, other: Dataset) -> None:
    before, after = price(one), price(other)
    lines = compare(before, after)
    whole = Sum.of(lines)
    assert (whole.before, whole.after) == (before.total, after.total)
    classes = by_class(lines).values()
    sizes = [item.sum for item in strata(lines, (499, 3999))]
    for parts in (classes, sizes):
        assert sum(part.communes for part in parts) == whole.communes == len(lines)
        assert sum(part.change for part in parts) == whole.change
        assert sum(part.population for part in parts) == whole.population


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (10, 9, ChangeClass.GAINS),
        (10, 0, ChangeClass.GAINS),
        (10, 10, ChangeClass.UNCHANGED),
        (10, 11, ChangeClass.LOSES),
        (0, 0, ChangeClass.ZERO),
        (0, 1, ChangeClass.STARTS),
    ],
)
def test_each_class(before: int, after: int, kind: ChangeClass) -> None:
    assert line("25001", before, after).kind is kind


def test_the_largest_changes_come_first() -> None:
    lines = [line("c", 10, 7), line("a", 10, 13), line("b", 10, 10), line("d", 1, 9)]
    assert [item.code_insee for item in movers(lines, 3)] == ["d", "a", "c"]
    assert [item.code_insee for item in movers(lines, 1)] == ["d"]


def test_strata_hold_their_last_population() -> None:
    lines = [line("a", 1, 2, 499), line("b", 1, 2, 500), line("c", 1, 2, 4000)]
    found = strata(lines, (3999, 499))
    assert [(item.first, item.last, item.sum.communes) for item in found] == [
        (0, 499, 1),
        (500, 3999, 1),
        (4000, None, 1),
    ]
    capped = Level("2B", "exemple", brackets=(Bracket(3999, fixed=Decimal(1)), Bracket(None)))
    assert bounds_of(grid(capped)) == (499, 999, 1999, 3999)


def test_per_inhabitant_counts_those_who_pay() -> None:
    """200 € over 100 + 50 people, one of 1 000 paying nothing: 1.333 is 1.33."""
    lines = [line("a", 0, 150), line("b", 0, 50, 50), line("c", 0, 0, 1000)]
    assert Sum.of(lines).per_inhabitant == (Decimal(0), Decimal("1.33"))
    back = [line("a", 150, 0), line("b", 50, 0, 50), line("c", 0, 0, 1000)]
    assert Sum.of(back).per_inhabitant == (Decimal("1.33"), Decimal(0))


def merged(day: date) -> Movements:
    """25001 merges into 25002."""
    return Movements.of(
        [Movement(day, MovementKind.MERGER, "25001", "A", "25002", "B", "exemple", NOWHERE)]
    )


def test_what_a_merged_commune_owed_is_its_heirs() -> None:
    """300 + 500 before; the heir has 800 inhabitants and pays 800 after."""
    rules = tariffs(SIMPLE, grid(*SIMPLE.levels.values(), year=YEAR + 1))
    rows = [
        row("25001", "2A", 300),
        row("25002", "2A", 500),
        row("25002", "2A", 800, year=YEAR + 1),
    ]
    communes = Communes.of(rows, movements=merged(date(YEAR + 1, 1, 1)))
    sides = [Dataset(year, communes, rules, year, year) for year in (YEAR, YEAR + 1)]
    gone, heir = compare(*map(price, sides))
    assert (gone.heir, gone.levels) == ("25002", ("2A", None))
    assert [gone.before, gone.after, heir.before, heir.after] == [0, 0, 800, 800]
    assert heir.kind is ChangeClass.UNCHANGED
    assert Sum.of([gone, heir]).communes == 1
    back = {item.code_insee: item for item in compare(*map(price, reversed(sides)))}
    assert [back[code].change for code in ("25001", "25002")] == [0, 0]
    assert back["25001"].heir == "25002"


def test_the_effects_of_an_earlier_year_are_those_of_the_later_one_undone() -> None:
    """500 inhabitants, then 520 at 2 €: 20 at 1 €, then 520 at 1 € more."""
    doubled = grid(Level("2A", "exemple", per_inhabitant=Decimal(2)), year=YEAR + 1)
    rows = [row("25001", "2A", 500), row("25001", "2A", 520, year=YEAR + 1)]
    rules = tariffs(SIMPLE, doubled)
    sides = [Dataset(year, Communes.of(rows), rules, year, year) for year in (YEAR, YEAR + 1)]
    (there,) = compare(*map(price, sides))
    (back,) = compare(*map(price, reversed(sides)))
    assert there.effects == Effects(population=Decimal(20), tariff=Decimal(520))
    assert back.effects == Effects(population=Decimal(-20), tariff=Decimal(-520))
    assert (back.before, back.after) == (there.after, there.before)


def test_one_that_merges_in_the_year_is_counted_once() -> None:
    """Until 30 June, 300 + 500; from 1 July, 900 for both: the highest is due."""
    rows = [
        replace(row("25001", "2A", 300), end=date(YEAR, 6, 30)),
        replace(row("25002", "2A", 500), end=date(YEAR, 6, 30)),
        replace(row("25002", "2A", 900), start=date(YEAR, 7, 1)),
    ]
    communes = Communes.of(rows, movements=merged(date(YEAR, 7, 1)))
    priced = price(Dataset(YEAR, communes, tariffs(SIMPLE), YEAR, YEAR))
    gone, heir = compare(priced, priced)
    assert (gone.heir, gone.population, heir.population) == ("25002", 0, 900)
    assert [gone.before, heir.before] == [0, 900]
    assert Sum.of([gone, heir]).communes == 1


def test_a_coefficient_of_wealth_is_a_cause_of_its_own() -> None:
    """600 000 € for 500 inhabitants is 1 200, 1.2 times the average: 500 € become 600 €; 200 € an
    inhabitant is at the least 0.8."""
    weighted = replace(SIMPLE.levels["2A"], wealth=WEALTH)
    rows = [
        replace(row("25001", "2A", 500), financial_potential=Decimal(600_000)),
        replace(row("25002", "2A", 500), financial_potential=Decimal(100_000)),
    ]
    before = dataset(rows, tariffs(SIMPLE))
    after = dataset(rows, tariffs(grid(FREE, weighted)))
    rich, poor = compare(price(before), price(after))
    assert (rich.after, rich.effects) == (Decimal(600), Effects(wealth=Decimal(100)))
    assert (poor.after, poor.effects) == (Decimal(400), Effects(wealth=Decimal(-100)))
    assert [(item.key, item.before, item.after) for item in differences(before, after)] == [
        ("levels.2A.wealth.average", None, Decimal(1000)),
        ("levels.2A.wealth.floor", None, Decimal("0.8")),
        ("levels.2A.wealth.ceiling", None, Decimal("1.2")),
    ]


def test_differences_name_prices_bounds_and_settings() -> None:
    bounded = Level("2A", "exemple", brackets=(Bracket(100, cap=Decimal(5)), Bracket(None)))
    moved = Level("2A", "exemple", brackets=(Bracket(200, cap=Decimal(6)), Bracket(None)))
    one = dataset([], tariffs(grid(bounded)))
    other = dataset([], tariffs(grid(moved), minimum="20", proration="day"))
    found = {item.key: (item.before, item.after, item.is_price) for item in differences(one, other)}
    assert found == {
        "levels.2A.brackets.0.cap": (Decimal(5), Decimal(6), True),
        "levels.2A.brackets.0.up_to": (Decimal(100), Decimal(200), False),
        "minimum_recovery": (Decimal(15), Decimal(20), True),
        "proration": ("full_year", "day", False),
    }
    assert differences(one, dataset([], tariffs(grid())))[0].after is None
