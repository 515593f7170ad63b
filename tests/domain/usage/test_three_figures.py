"""The same half-days at the grid's price, at real cost, and what was paid. All « exemple ».

By hand: a half-day A is priced 400 €. U's cost 1 000 : 3 = 333,333..., published 333,33; V's
850 : 2 = 425,00. U did one half-day for A, two for B and one for 25003, which is no member; V did
three for A, on a quote.
"""

import random
from decimal import Decimal

import pytest
from made import HERE
from test_tables_of_usage import YEAR, A, B

from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.costs.unit_cost import UnitCosts, costs_of_year
from mutualis.domain.usage.share import Share, summed
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import replace


def row(directorate: str, amount: int = 0, half_days: int = 0) -> CostRow:
    nature = CostNature.UNITS if half_days else CostNature.STAFF
    category, money = "A", Decimal(amount)
    return CostRow(
        2025, directorate, category, nature, Vintage.ACCOUNTS, money, half_days, HERE, {}, "exemple"
    )


U = (row("U", 1000), row("u", half_days=3))
V = (row("V", 850), row("V", half_days=2))


def at_cost(*rows: CostRow, usage: Usage = YEAR) -> Usage:
    return replace(usage, costs=costs_of_year(Costs(rows, "costs.csv"), 2025))


def figures(share: Share) -> tuple[str, ...]:
    """At price, at cost, without cost, paid, balance."""
    found = (share.at_price, share.at_cost, share.uncosted, share.paid, share.balance)
    return (share.key, *("" if value is None else f"{value:.2f}" for value in found))


WHOLE = {
    "total": [("", "2800.00", "2608.32", "0.00", "1400.00", "-1208.32")],
    "by_commune": [
        (A, "1600.00", "1608.33", "0.00", "1300.00", "-308.33"),
        (B, "800.00", "666.66", "0.00", "100.00", "-566.66"),
        ("25003", "400.00", "333.33", "0.00", "0.00", "-333.33"),
    ],
    "by_level": [
        ("1", "0.00", "0.00", "0.00", "0.00", "0.00"),
        ("2A", "1200.00", "999.99", "0.00", "200.00", "-799.99"),
        ("3", "1200.00", "1275.00", "0.00", "1200.00", "-75.00"),
        ("", "400.00", "333.33", "0.00", "0.00", "-333.33"),
    ],
    "by_theme": [
        ("Rives", "1600.00", "1333.32", "0.00", "", ""),
        ("Ponts", "1200.00", "1275.00", "0.00", "", ""),
    ],
    "by_directorate": [
        ("U", "1600.00", "1333.32", "0.00", "", ""),
        ("V", "1200.00", "1275.00", "0.00", "", ""),
    ],
}
WITHOUT_V = {
    "total": [("", "2800.00", "1333.32", "3.00", "1400.00", "")],
    "by_commune": [
        (A, "1600.00", "333.33", "3.00", "1300.00", ""),
        (B, "800.00", "666.66", "0.00", "100.00", "-566.66"),
        ("25003", "400.00", "333.33", "0.00", "0.00", "-333.33"),
    ],
    "by_level": [
        ("1", "0.00", "0.00", "0.00", "0.00", "0.00"),
        ("2A", "1200.00", "999.99", "0.00", "200.00", "-799.99"),
        ("3", "1200.00", "", "3.00", "1200.00", ""),
        ("", "400.00", "333.33", "0.00", "0.00", "-333.33"),
    ],
    "by_theme": [
        ("Rives", "1600.00", "1333.32", "0.00", "", ""),
        ("Ponts", "1200.00", "", "3.00", "", ""),
    ],
    "by_directorate": [
        ("U", "1600.00", "1333.32", "0.00", "", ""),
        ("V", "1200.00", "", "3.00", "", ""),
    ],
}


def tables(usage: Usage) -> dict[str, list[tuple[str, ...]]]:
    found = {name: getattr(usage, name) for name in WHOLE if name != "total"}
    return {
        "total": [figures(usage.total)],
        **{name: [figures(share) for share in shares] for name, shares in found.items()},
    }


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (at_cost(*U, *V), WHOLE),
        (at_cost(*U), WITHOUT_V),
        # V has charges and gave no units: no cost can be found.
        (at_cost(*U, V[0]), WITHOUT_V),
    ],
)
def test_the_tables_by_hand(usage: Usage, expected: dict[str, list[tuple[str, ...]]]) -> None:
    assert tables(usage) == expected


def test_what_has_no_cost_is_counted_and_told() -> None:
    assert at_cost(*U).without_cost == {("V", "A"): 3}
    assert "3 demi-journées" in at_cost(*U).uncosted.replace("\N{NO-BREAK SPACE}", " ")
    assert "V, A (3)" in at_cost(*U).uncosted
    assert at_cost(*U, *V).without_cost == {}
    assert at_cost(*U, *V).uncosted == ""


def test_without_unit_costs_nothing_is_worth_0() -> None:
    for share in (YEAR.total, *YEAR.by_commune, *YEAR.by_level, *YEAR.by_theme):
        assert (share.at_cost, share.uncosted, share.balance) == (None, 0, None)
    assert YEAR.total.balance_at_price == -1400
    assert YEAR.without_cost == {}
    assert "mutualis costs 2025" in YEAR.costs_from
    assert "définitif 2025" in at_cost(*U).costs_from


def test_unit_costs_that_cover_nothing_done_are_worth_nothing_known() -> None:
    found = at_cost(row("W", 10), row("W", half_days=1))
    assert (found.total.at_cost, found.total.uncosted, found.total.balance) == (None, 7, None)
    assert summed(found.by_level) == found.total


@pytest.mark.parametrize("rows", [(), U, V, (*U, *V), (*U, V[0])])
def test_the_figures_at_price_are_what_they_were(rows: tuple[CostRow, ...]) -> None:
    """Whatever is known of costs; and each table sums to the total."""
    found = at_cost(*rows) if rows else YEAR
    for name in WHOLE:
        one, other = getattr(found, name), getattr(YEAR, name)
        shares = ((one,), (other,)) if name == "total" else (one, other)
        known = [(s.at_price, s.paid, s.missions, s.balance_at_price) for s in shares[0]]
        assert known == [(s.at_price, s.paid, s.missions, s.balance_at_price) for s in shares[1]]
    for table in (found.by_commune, found.by_level):
        assert summed(table) == found.total
    assert summed(found.by_directorate) == replace(found.total, fees=None)


def test_the_order_changes_nothing() -> None:
    rows, served = [*U, *V], list(YEAR.served)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        random.Random(seed).shuffle(served)
        assert tables(at_cost(*rows, usage=replace(YEAR, served=tuple(served)))) == WHOLE


def test_invented_costs_are_said() -> None:
    assert at_cost(*U).example_costs
    assert not YEAR.example_costs
    real = tuple(replace(item, origin="compte 2025") for item in U)
    assert not at_cost(*real).example_costs
    assert not replace(YEAR, costs=UnitCosts(2025, ())).example_costs
