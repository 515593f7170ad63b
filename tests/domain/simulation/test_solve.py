"""The price that brings in a target is the smallest one, and never guessed where there is none."""

from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from simulated import dataset, datasets, grid, row, tariffs

from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.priced import total_due
from mutualis.domain.simulation.solve import OutOfReach, Solved, solve
from mutualis.domain.tariffs.grid import Bracket, Level, Price
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule


def price_of(found: Dataset, key: str) -> Price:
    return next(item for item in found.grid.prices() if item.key == key)


@given(datasets(), st.data(), st.decimals(0, 80_000, places=2))
def test_one_step_less_misses(found: Dataset, data: st.DataObject, target: Decimal) -> None:
    price = data.draw(st.sampled_from([*found.grid.prices()]))
    solved = solve(found, price, target)
    if isinstance(solved, OutOfReach):
        assert solved.highest < target
        return
    step = found.tariffs.indexation.rounding[price.kind]
    assert solved.value % step == 0
    assert solved.total == total_due(solved.dataset) >= target
    assert price_of(solved.dataset, price.key).value == solved.value
    if solved.value:
        assert total_due(found.with_prices({price.key: solved.value - step})) < target


@given(datasets(), st.data())
def test_the_total_never_falls_when_a_price_rises(found: Dataset, data: st.DataObject) -> None:
    price = data.draw(st.sampled_from([*found.grid.prices()]))
    values = sorted(data.draw(st.lists(st.decimals(0, 9999, places=2), min_size=2, max_size=3)))
    assume(values[0] != values[-1])
    totals = [total_due(found.with_prices({price.key: value})) for value in values]
    assert totals == sorted(totals)


def two_members() -> Dataset:
    """1 000 inhabitants at 3 € capped at 2 500, 100 at 3 €: 2 500 + 300."""
    level = Level(
        "2B", "exemple", per_inhabitant=Decimal(3), brackets=(Bracket(None, cap=Decimal(2500)),)
    )
    rows = [row("25001", "2B", 1000), row("25002", "2B", 100)]
    return dataset(rows, tariffs(grid(level)))


def test_a_rate_by_hand() -> None:
    """2 900 = 2 500 + 100 x 4.00; 2 900.50 takes 4.01, 2 901."""
    found, key = two_members(), "levels.2B.per_inhabitant"
    for target, value, total in (("2900", "4.00", "2900"), ("2900.50", "4.01", "2901")):
        solved = solve(found, price_of(found, key), Decimal(target))
        assert isinstance(solved, Solved)
        assert (solved.value, solved.total) == (Decimal(value), Decimal(total))


def test_a_cap_that_cannot_bring_in_so_much() -> None:
    """Without any cap, 3 x 1 100 = 3 300; 3 000 takes a cap of 2 700."""
    found, key = two_members(), "levels.2B.brackets.0.cap"
    assert solve(found, price_of(found, key), Decimal(3301)) == OutOfReach(
        price_of(found, key), Decimal(3300)
    )
    solved = solve(found, price_of(found, key), Decimal(3000))
    assert isinstance(solved, Solved)
    assert solved.value == 2700


def test_the_threshold_counts() -> None:
    """Twenty at 0.75 is 15.00, the first amount that is recovered: a target of 1 cent takes it."""
    level = Level("2A", "exemple", per_inhabitant=Decimal("0.10"))
    found = dataset([row("25001", "2A", 20)], tariffs(grid(level)))
    solved = solve(found, price_of(found, "levels.2A.per_inhabitant"), Decimal("0.01"))
    assert isinstance(solved, Solved)
    assert (solved.value, solved.total) == (Decimal("0.75"), Decimal(15))


def test_nothing_to_reach_takes_nothing() -> None:
    found = two_members()
    solved = solve(found, price_of(found, "levels.2B.per_inhabitant"), Decimal(0))
    assert isinstance(solved, Solved)
    assert (solved.value, solved.total) == (Decimal(0), Decimal(0))


def test_before_tax_the_tax_is_no_income() -> None:
    """An uncapped rate on 1 100 inhabitants: 2 200 before tax takes 2.00, and brings in 2 640 with
    it; 2 200 with tax takes 1.67 (1 837 + 367.40)."""
    level = Level("2B", "exemple", per_inhabitant=Decimal(3))
    rule = VatRule("membership", "", "S", (DatedRate(date(2000, 1, 1), Decimal(20)),))
    taxed = replace(tariffs(grid(level)), vat=rule)
    found = dataset([row("25001", "2B", 1000), row("25002", "2B", 100)], taxed)
    price = price_of(found, "levels.2B.per_inhabitant")
    for before_tax, value, total in ((True, "2.00", "2200"), (False, "1.67", "2204.40")):
        solved = solve(found, price, Decimal(2200), before_tax=before_tax)
        assert isinstance(solved, Solved)
        assert (solved.value, solved.total) == (Decimal(value), Decimal(total))
    assert total_due(at_rate(found, "2.00")) == 2640


def at_rate(found: Dataset, value: str) -> Dataset:
    return found.with_prices({"levels.2B.per_inhabitant": Decimal(value)})
