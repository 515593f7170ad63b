"""The cost of a half-day, at its edges, and what is said of it. All « exemple »."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from made import HERE, ONE_EURO, codes, grid

from mutualis.domain.costs.checks import costs_are_sound, notice_is_in_time, units_cover
from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.costs.margins import CategoryMargin, Margin, YearMargins, half_day_prices
from mutualis.domain.costs.received import received
from mutualis.domain.costs.unit_cost import (
    NoCost,
    UnitCosts,
    costs_before_budget,
    costs_of_year,
)
from mutualis.domain.services.service import Service, Services
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import replace

STAFF, SUPPLIES, UNITS = CostNature.STAFF, CostNature.SUPPLIES, CostNature.UNITS


def charge(
    amount: str, nature: CostNature = STAFF, year: int = 2025, vintage: Vintage = Vintage.ACCOUNTS
) -> CostRow:
    return CostRow(year, "Urbanisme", "A", nature, vintage, Decimal(amount), 0, HERE)


def units(half_days: int, year: int = 2025, vintage: Vintage = Vintage.ACCOUNTS) -> CostRow:
    return CostRow(year, "urbanisme", "A", UNITS, vintage, Decimal(0), half_days, HERE)


def costs(*rows: CostRow) -> UnitCosts:
    return costs_of_year(Costs(rows, "costs.csv"), 2025)


@pytest.mark.parametrize(
    ("rows", "missing", "exact", "published", "gap"),
    [
        ((charge("10"), units(4)), None, "5/2", "2.5", "0"),
        ((charge("10"), charge("5", SUPPLIES), units(4)), None, "15/4", "3.75", "0"),
        ((charge("10"), units(3)), None, "10/3", "3.33", "0.01"),
        ((charge("0.01"), units(2)), None, "1/200", "0.01", "-0.01"),  # half a cent, up
        ((charge("10"),), NoCost.NO_UNITS_ROW, None, None, "10"),
        ((charge("10"), units(0)), NoCost.NO_UNITS, None, None, "10"),
        ((units(3),), NoCost.NO_CHARGES, None, None, "0"),
        ((charge("0"), units(3)), None, "0", "0", "0"),
    ],
)
def test_charges_over_units(
    rows: tuple[CostRow, ...],
    missing: NoCost | None,
    exact: str | None,
    published: str | None,
    gap: str,
) -> None:
    (line,) = costs(*rows).lines
    assert line.missing is missing
    assert line.exact == (None if exact is None else Fraction(exact))
    assert line.published == (None if published is None else Decimal(published))
    assert line.gap == Decimal(gap)
    assert costs(*rows).of("URBANISME", "A") == line
    assert costs(*rows).of("Urbanisme", "B") is None


def test_which_rows_count() -> None:
    """Those of the accounts, of the budget where they lack one; before a budget, those of the
    last accounts, but for what the year itself says."""
    last = (charge("10", year=2024), units(2, 2024))
    budget = (charge("30", vintage=Vintage.BUDGET), units(5, vintage=Vintage.BUDGET))
    assert costs(*last, *budget, charge("20")).lines[0].exact == 4
    assert costs(*last, budget[0]).lines[0].exact == 15
    assert costs(*last, budget[0]).accounts == 2024
    assert costs_before_budget(Costs((*last, *budget)), 2025).lines[0].exact == 6
    assert costs_before_budget(Costs(last), 2024).lines == ()
    assert not costs(*last, *budget).is_final
    assert costs(charge("1"), units(1)).is_final


@pytest.mark.parametrize(
    ("price", "each", "whole"), [("3", "0.5", "2"), ("2.5", "0", "0"), ("2", "-0.5", "-2")]
)
def test_a_price_beside_its_cost(price: str, each: str, whole: str) -> None:
    (line,) = costs(charge("10"), units(4)).lines
    margin = Margin(line, Decimal(price))
    assert (margin.each, margin.whole) == (Decimal(each), Decimal(whole))
    assert (Margin(line, None).each, Margin(line, None).whole) == (None, None)


@pytest.mark.parametrize(
    ("charges", "half_days", "price"),
    [("10", 4, "3"), ("12", 4, "3"), ("12.01", 4, "4"), ("9", 0, None)],
)
def test_the_price_that_covers_the_charges(charges: str, half_days: int, price: str | None) -> None:
    own = CategoryMargin("A", Decimal(charges), half_days, Decimal(3), Decimal(1))
    assert own.break_even == (None if price is None else Decimal(price))


CATALOGUE = Services((Service("x", "3", "Étude", HERE, HERE, directorate="Urbanisme"),), "s.csv")


@pytest.mark.parametrize(
    ("rows", "categories", "found"),
    [
        ((charge("10"), units(4)), ("A",), []),
        ((charge("10"), units(4, vintage=Vintage.BUDGET)), ("A",), ["U22"]),
        ((charge("10"), units(0)), ("A",), ["U23"]),
        ((replace(charge("10"), directorate="Voirie"), units(4)), (), ["U23", "U23", "U24"]),
        ((charge("10"), units(4)), ("B",), ["U25"]),
        ((charge("10"), units(4)), (), []),
        ((replace(charge("10"), origin="exemple"), units(4)), ("A",), ["U26"]),
    ],
)
def test_what_is_said_of_costs(
    rows: tuple[CostRow, ...], categories: tuple[str, ...], found: list[str]
) -> None:
    own = Costs(rows, "costs.csv")
    assert codes(costs_are_sound(own, costs(*rows), CATALOGUE, categories)) == found


@pytest.mark.parametrize(("done", "found"), [(4, []), (5, ["U30"])])
def test_more_done_than_was_given(done: int, found: list[str]) -> None:
    item: Any = SimpleNamespace(
        directorate="Urbanisme", half_days=done, intervention=SimpleNamespace(category="A")
    )
    assert codes(units_cover(costs(charge("10"), units(4)), [item])) == found


def test_what_was_done_at_cost() -> None:
    """10 : 4 = 2,50 a half-day of category A; C has no cost, and counts beside it."""

    def done(code: str, category: str, half_days: int, directorate: str = "URBANISME") -> Any:
        return SimpleNamespace(
            directorate=directorate,
            intervention=SimpleNamespace(category=category),
            half_days=half_days,
            at_price=Decimal(3) * half_days,
            debtor=SimpleNamespace(code_insee=code),
        )

    rows = [done("25002", "A", 3), done("25001", "C", 2), done("25002", "A", 1)]
    rows += [done("25003", "A", 2, "Finances"), done("25003", "A", 2)]
    first, second, third = received(rows, costs(charge("10"), units(4)))
    found = [(x.half_days, x.at_price, x.at_cost, x.uncosted) for x in (first, second, third)]
    assert found == [
        (2, Decimal(6), Decimal(0), 2),
        (4, Decimal(12), Decimal(10), 0),
        (4, Decimal(12), Decimal(5), 2),
    ]
    assert [line.at_cost for line in second.lines] == [Decimal("7.50"), Decimal("2.50")]
    assert [line.at_cost for line in third.lines] == [None, Decimal("5.00")]
    assert [x.has_cost for x in (first, second, third)] == [False, True, True]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2024, 11, 4), []),
        (date(2025, 4, 15), []),
        (date(2025, 4, 16), ["U31"]),
        (date(2026, 4, 16), []),  # 2026: the councils are renewed
        (date(2026, 4, 30), []),
        (date(2026, 5, 1), ["U31"]),
        (date(2027, 4, 16), ["U31"]),
        (date(2032, 4, 30), []),
    ],
)
def test_a_notice_is_made_before_the_last_day_of_the_budget(day: date, told: list[str]) -> None:
    year = day.year + (day.month > 6)
    assert codes(notice_is_in_time("costs.csv", year, day)) == told


def test_what_the_last_accounts_lack_is_not_taken_from_their_budget() -> None:
    """The notice of 2026 is of the accounts of 2025; the supplies that 2025 had only budgeted are
    none of it, and neither year is 2025."""

    def row(nature: CostNature, vintage: Vintage, amount: int, half_days: int = 0) -> CostRow:
        return CostRow(2025, "Droit", "A", nature, vintage, Decimal(amount), half_days, HERE)

    rows = (
        row(CostNature.STAFF, Vintage.ACCOUNTS, 100),
        row(CostNature.SUPPLIES, Vintage.BUDGET, 50),
        row(CostNature.UNITS, Vintage.ACCOUNTS, 0, 10),
    )
    found = costs_before_budget(Costs(rows, "costs.csv"), 2026)
    assert (found.year, found.accounts, found.charges) == (2026, 2025, Decimal(100))
    (line,) = found.lines
    assert line.published == Decimal(10)


def test_the_prices_of_half_days() -> None:
    quoted = Level("3", "exemple", requires="2A", half_day={"A": Decimal(255), "B": Decimal(186)})
    assert half_day_prices(grid(ONE_EURO, quoted)) == {"A": 255, "B": 186}
    assert half_day_prices(grid()) == {}
    assert half_day_prices(None) == {}


def test_a_category_without_a_cost_has_no_charges() -> None:
    """Its units row is missing: the charges of what has a cost are none, in euros."""
    rows = (CostRow(2025, "Droit", "A", CostNature.STAFF, Vintage.ACCOUNTS, Decimal(9), 0, HERE),)
    margins = YearMargins(costs_of_year(Costs(rows, "costs.csv"), 2025), {}, Decimal("0.01"))
    (category,) = margins.categories
    assert (category.charges, category.half_days) == (Decimal(0), 0)
    assert isinstance(category.charges, Decimal)
