"""Unit costs: two directorates and three categories by hand, an update by the budget, the laws."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TESTS
from mutualis.domain.costs.checks import (
    categories_have_prices,
    costs_are_real,
    directorates_are_known,
    units_are_known,
    units_cover,
    vintages_agree,
)
from mutualis.domain.costs.cost import CostNature, CostRow, Costs, Vintage
from mutualis.domain.costs.margins import Balance, YearMargins
from mutualis.domain.costs.unit_cost import (
    NoCost,
    UnitCost,
    UnitCosts,
    costs_before_budget,
    costs_of_year,
)
from mutualis.domain.money import round_half_up
from mutualis.domain.problems.problem import Source
from mutualis.domain.services.service import Service, Services
from mutualis.domain.value import replace

ACCOUNTS, BUDGET = Vintage.ACCOUNTS, Vintage.BUDGET
FILE = "data/costs.csv"


def row(
    directorate: str,
    category: str,
    nature: CostNature,
    figure: str,
    year: int = 2025,
    vintage: Vintage = ACCOUNTS,
) -> CostRow:
    amount, units = (Decimal(figure), 0) if nature.is_charge else (Decimal(0), int(figure))
    return CostRow(year, directorate, category, nature, vintage, amount, units, Source(FILE, 2))


ROWS = (
    row("Direction A", "A", CostNature.STAFF, "1000.00"),
    row("Direction A", "A", CostNature.SUPPLIES, "200.00"),
    row("Direction A", "A", CostNature.CONTRACTS, "50.00"),
    row("Direction A", "A", CostNature.UNITS, "7"),
    row("Direction A", "B", CostNature.STAFF, "900.00"),
    row("Direction A", "B", CostNature.UNITS, "8"),
    row("Direction A", "C", CostNature.STAFF, "100.01"),
    row("Direction A", "C", CostNature.UNITS, "2"),
    row("Direction B", "A", CostNature.STAFF, "2000.00"),
    row("Direction B", "A", CostNature.RENEWAL, "333.33"),
    row("Direction B", "A", CostNature.UNITS, "13"),
    row("Direction B", "B", CostNature.STAFF, "10.00"),
    row("Direction B", "B", CostNature.UNITS, "3"),
    row("Direction B", "C", CostNature.STAFF, "0.00"),
    row("Direction B", "C", CostNature.UNITS, "5"),
    # What the accounts of an older year say is never taken up.
    row("Direction A", "A", CostNature.RENEWAL, "999.00", 2024),
    # The budget of the year to come.
    row("Direction A", "A", CostNature.STAFF, "1100.00", 2026, BUDGET),
    row("Direction A", "B", CostNature.UNITS, "9", 2026, BUDGET),
    row("DIRECTION B", "A", CostNature.CONTRACTS, "66.67", 2026, BUDGET),
)
COSTS = Costs(ROWS, FILE)
CASES = {"comptes": costs_of_year(COSTS, 2025), "avant budget": costs_before_budget(COSTS, 2026)}
with (TESTS / "golden/unit_costs.csv").open(encoding="utf-8", newline="") as file:
    GOLDEN = list(csv.DictReader(file, delimiter=";"))


def euros(text: str) -> Decimal:
    return Decimal(text.replace(",", ".") or "0")


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: " ".join(list(case.values())[:3]))
def test_unit_costs_by_hand(case: dict[str, str]) -> None:
    line = CASES[case["cas"]].of(case["direction"], case["categorie"])
    assert line is not None
    terms = {term.nature.value: term.amount for term in line.terms}
    natures = ("personnel", "fournitures", "renouvellement", "contrats")
    assert terms == {name: euros(case[name]) for name in natures if case[name]}
    assert line.half_days == int(case["unites"])
    assert line.published == euros(case["cout_publie"])
    assert line.gap == euros(case["ecart"])


def test_the_golden_table_is_whole() -> None:
    for name, found in CASES.items():
        given = {(c["direction"], c["categorie"]) for c in GOLDEN if c["cas"] == name}
        assert {(line.directorate, line.category) for line in found.lines} == given


def test_each_term_keeps_its_vintage() -> None:
    found = CASES["avant budget"]
    assert found.accounts == 2025
    line = found.of("Direction A", "A")
    assert line is not None
    assert [(term.year, term.vintage) for term in line.rows] == [
        (2026, BUDGET),
        (2025, ACCOUNTS),
        (2025, ACCOUNTS),
        (2025, ACCOUNTS),
    ]
    assert not found.is_final
    assert CASES["comptes"].is_final
    assert found.vintages == ((2025, ACCOUNTS), (2026, BUDGET))


def test_a_year_without_accounts_is_the_one_before_its_budget() -> None:
    assert costs_of_year(COSTS, 2026) == costs_before_budget(COSTS, 2026)
    assert costs_of_year(COSTS, 2023).lines == ()


def test_accounts_come_before_the_budget_of_their_year() -> None:
    own = Costs(
        (*ROWS[:4], row("Direction A", "A", CostNature.STAFF, "1.00", vintage=BUDGET)), FILE
    )
    for rows in (own.rows, own.rows[::-1]):
        found = costs_of_year(replace(own, rows=rows), 2025)
        assert found.charges == Decimal("1250.00")
        assert found.is_final


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row("D", "A", CostNature.STAFF, "10")], NoCost.NO_UNITS_ROW),
        (
            [row("D", "A", CostNature.STAFF, "10"), row("D", "A", CostNature.UNITS, "0")],
            NoCost.NO_UNITS,
        ),
        ([row("D", "A", CostNature.UNITS, "3")], NoCost.NO_CHARGES),
    ],
)
def test_no_units_or_no_charges_give_no_cost(rows: list[CostRow], why: NoCost) -> None:
    found = costs_of_year(Costs(tuple(rows), FILE), 2025)
    (line,) = found.lines
    assert (line.missing, line.exact, line.published) == (why, None, None)
    assert line.gap == line.charges
    assert [problem.code for problem in units_are_known(found)] == ["U23"]


amounts = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
unit_costs = st.builds(
    lambda charges, units: UnitCost(
        "D",
        "A",
        tuple(
            row("D", "A", nature, str(amount))
            for nature, amount in zip(list(CostNature)[:4], charges, strict=False)
        ),
        row("D", "A", CostNature.UNITS, str(units)),
    ),
    st.lists(amounts, min_size=1, max_size=4),
    st.integers(1, 10**5),
)


@given(unit_costs)
def test_units_at_the_published_cost_and_the_gap_are_the_charges(line: UnitCost) -> None:
    published = line.published
    assert published is not None
    assert published == round_half_up(published)
    assert line.half_days * published + line.gap == line.charges
    assert abs(line.gap) <= Decimal("0.005") * line.half_days


@given(st.permutations(ROWS))
def test_the_order_of_the_rows_changes_nothing(rows: list[CostRow]) -> None:
    for year in (2025, 2026):
        before, after = costs_of_year(COSTS, year), costs_of_year(Costs(tuple(rows), FILE), year)
        figures = [(line.own, line.terms, line.units) for line in before.lines]
        assert [(line.own, line.terms, line.units) for line in after.lines] == figures


def test_margins_and_the_price_that_breaks_even() -> None:
    prices = {"A": Decimal(255), "B": Decimal(186)}
    margins = YearMargins(CASES["comptes"], prices, Decimal(1))
    first = margins.lines[0]
    # 255 - 178,57 ; 7 x 255 - 1 250.
    assert (first.each, first.whole) == (Decimal("76.43"), Decimal("535.00"))
    none = margins.lines[2]
    assert (none.cost.category, none.price, none.each, none.whole) == ("C", None, None, None)
    by_category = {item.category: item for item in margins.categories}
    assert list(by_category) == ["A", "B", "C"]
    # (1 250 + 2 333,33) : 20 = 179,17 -> 180 ; (900 + 10) : 11 = 82,73 -> 83.
    assert [by_category[code].break_even for code in "AB"] == [180, 83]
    # 20 x 255 - 3 583,33 ; 11 x 186 - 910.
    assert by_category["A"].whole == Decimal("1516.67")
    assert by_category["B"].whole == Decimal("1136.00")
    assert margins.whole == by_category["A"].whole + by_category["B"].whole


def test_a_price_that_covers_to_the_cent_is_the_one_that_breaks_even() -> None:
    rows = (row("D", "A", CostNature.STAFF, "300.00"), row("D", "A", CostNature.UNITS, "2"))
    found = costs_of_year(Costs(rows, FILE), 2025)
    (item,) = YearMargins(found, {"A": Decimal(150)}, Decimal(1)).categories
    assert (item.break_even, item.whole) == (Decimal(150), Decimal(0))
    rows = (row("D", "A", CostNature.STAFF, "300.01"), rows[1])
    found = costs_of_year(Costs(rows, FILE), 2025)
    (item,) = YearMargins(found, {"A": Decimal(150)}, Decimal(1)).categories
    assert (item.break_even, item.whole) == (Decimal(151), Decimal("-0.01"))


def test_what_memberships_are_to_cover_is_never_below_0() -> None:
    balance = Balance(Decimal(1000), Decimal(700), Decimal(250))
    assert balance.income == 950
    assert balance.difference == -50
    assert balance.to_cover == 750
    assert Balance(Decimal(100), Decimal(0), Decimal(150)).to_cover == 0


def test_a_row_of_the_budget_beside_accounts_is_told() -> None:
    own = (*ROWS[:4], row("Direction A", "A", CostNature.RENEWAL, "5", vintage=BUDGET))
    found = costs_of_year(Costs(own, FILE), 2025)
    assert [p.facts["nature"] for p in vintages_agree(found)] == ["renouvellement"]
    assert list(vintages_agree(CASES["comptes"])) == []
    assert list(vintages_agree(CASES["avant budget"])) == []


def test_names_and_categories_are_compared_with_the_other_files() -> None:
    found = CASES["comptes"]
    known = Service("T", "1", "S", Source("s"), Source("s"), directorate="direction a")
    told = directorates_are_known(found, Services((known,)))
    assert [problem.facts["directorate"] for problem in told] == ["Direction B"]
    assert list(directorates_are_known(found, Services())) == []
    told = categories_have_prices(found, ("A", "B"))
    assert [problem.facts["category"] for problem in told] == ["C"]
    assert list(categories_have_prices(found, ())) == []


def test_invented_rows_are_told_once() -> None:
    invented = tuple(replace(item, origin="Exemple") for item in ROWS[:4])
    (problem,) = costs_are_real(FILE, invented)
    assert problem.code == "U26"
    assert list(costs_are_real(FILE, CASES["comptes"].rows)) == []
    assert list(units_cover(UnitCosts(2025, ()), ())) == []
