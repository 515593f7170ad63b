"""Memberships by level, each counted once; the line that a document is made of."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import ONE_EURO, grid, row, tariffs

from mutualis.domain.communes.communes import Communes, PopulationBasis
from mutualis.domain.communes.debtors import Known, groups_of
from mutualis.domain.memberships.fees import fees_of, why_free
from mutualis.domain.memberships.plan import (
    BillingLine,
    BillingPlan,
    NotBilled,
    Selection,
    grid_level,
    levels_and_periods,
)
from mutualis.domain.memberships.standing import Standing, totals_by_level
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.vat.tax import Tax

TWO = Level("2B", "cher", per_inhabitant=Decimal(3))
GRID = grid(Level("1", "gratuit"), ONE_EURO, TWO)


def fee(people: int = 100, level: Level = ONE_EURO) -> FeeBreakdown:
    found = compute_fee(level, people)
    assert isinstance(found, FeeBreakdown)
    return found


def line(
    code: str = "25001", people: int = 100, level: Level = ONE_EURO, **more: Any
) -> BillingLine:
    return BillingLine(row(code, people, level.code), fee(people, level), **more)


def test_totals_by_level() -> None:
    items = [
        Standing("25001", line(), Decimal(90)),
        Standing("25002", line("25002", 50), Decimal(50)),
    ]
    found = [
        (one.level, one.label, one.communes, one.population, str(one.amount))
        for one in totals_by_level(GRID, items)
    ]
    assert found == [("2A", "exemple", 2, 150, "140"), ("2B", "cher", 0, 0, "0")]


@pytest.mark.parametrize(
    ("selection", "codes", "level", "kept"),
    [
        (Selection(), {"25001"}, "2A", True),
        (Selection(frozenset({"2A"})), {"25001"}, "2A", True),
        (Selection(frozenset({"2B"})), {"25001"}, "2A", False),
        (Selection(communes=frozenset({"25001"})), {"25001", "25002"}, "2A", True),
        (Selection(communes=frozenset({"25003"})), {"25001", "25002"}, "2A", False),
        (Selection(frozenset({"2B"}), frozenset({"25001"})), {"25001"}, "2A", False),
    ],
)
def test_what_a_selection_keeps(
    selection: Selection, codes: set[str], level: str, kept: bool
) -> None:
    assert selection.holds(codes, level) is kept


@pytest.mark.parametrize(
    ("typed", "found"), [("2b", "2B"), (" 2A ", "2A"), ("9", None), ("", None)]
)
def test_a_level_as_typed(typed: str, found: str | None) -> None:
    level = grid_level(GRID, typed)
    assert (level and level.code) == found


def names(own: BillingLine) -> list[str]:
    return [f"{step.figure} {step.value:.2f} {step.part}" for step in own.steps]


def test_the_steps_of_a_simple_line() -> None:
    assert line().is_simple
    assert names(line()) == [
        "population 100.00 0",
        "per_inhabitant 1.00 0",
        "gross 100.00 0",
        "due 100.00 0",
    ]
    assert not line(granted=Decimal(1)).is_simple
    assert not line(completes="F1").is_simple
    assert names(line(granted=Decimal(30)))[3:] == [
        "of_year 100.00 0",
        "granted -30.00 0",
        "due 70.00 0",
    ]
    # A remise above what is due by now makes no debt of the issuer's.
    assert names(line(granted=Decimal(130)))[4:] == ["granted -100.00 0", "due 0.00 0"]
    assert names(line(completes="F1", deducted=Decimal(40)))[3:] == [
        "due 100.00 0",
        "deducted -40.00 0",
        "left 60.00 0",
    ]
    assert names(line(tax=Tax("S", Decimal(20))))[3:] == [
        "of_year 100.00 0",
        "vat 20.00 0",
        "with_vat 120.00 0",
        "due 120.00 0",
    ]


def test_amounts_of_a_line() -> None:
    own = line(tax=Tax("S", Decimal(20)), granted=Decimal(20), deducted=Decimal(40))
    assert [str(a) for a in (own.before_tax, own.vat, own.whole, own.target, own.amount)] == [
        "100.00",
        "20.00",
        "120.00",
        "100.00",
        "60.00",
    ]
    assert own.net == 50


def halves(one: int, other: int) -> tuple[Part, Part]:
    first = row(people=one, end=date(2025, 6, 30))
    then = row(people=other, level="2B", start=date(2025, 7, 1))
    return Part(first, fee(one), 6, 12), Part(then, fee(other, TWO), 6, 12)


def test_a_line_in_parts() -> None:
    """60 : 2 = 30, and 90 x 3 : 2 = 135."""
    own = line(parts=halves(60, 90))
    assert str(own.before_tax) == "165.00"
    assert [str(amount) for _, amount in own.amounts] == ["30.00", "135.00"]
    assert [name for name in names(own) if name.startswith(("of_", "total", "due"))] == [
        "of_year 60.00 1",
        "of_part 30.00 1",
        "of_year 270.00 2",
        "of_part 135.00 2",
        "total 165.00 0",
        "due 165.00 0",
    ]
    single = line(parts=halves(60, 90)[:1])
    assert "total" not in " ".join(names(single))
    whole = Part(row(), fee())
    assert names(line(parts=(whole,)))[3:] == [
        "of_year 100.00 1",
        "due 100.00 0",
    ]


def test_explanations() -> None:
    assert line(completes="F1").completed == ("F1",)
    assert line(completes="F1", listed=("F1", "F2")).completed == ("F1", "F2")
    assert line().completed == ()
    before = line(completes="F1", deducted=Decimal(40)).explanation
    now = line(completes="F1", listed=("F1",), deducted=Decimal(40)).explanation
    assert "déjà facturés (F1)" in before
    assert "déjà comptés (F1)" in now
    assert "remise" in line(granted=Decimal(1)).explanation
    assert "TVA" in line(tax=Tax("S", Decimal(20))).explanation
    assert "TVA" not in line(tax=Tax("S", Decimal(0))).explanation
    assert "total" in line(parts=halves(60, 90)).explanation
    assert levels_and_periods(ONE_EURO, ()) == "niveau 2A"
    assert levels_and_periods(TWO, halves(60, 90)).startswith("niveau 2A du ")


@pytest.mark.parametrize(
    ("level", "words"), [("", "non adhérente"), ("1", "gratuit"), ("2A", "plus courte")]
)
def test_why_a_commune_has_no_fee(level: str, words: str) -> None:
    assert words in why_free(row(level=level), GRID)


def test_checks_that_let_something_through() -> None:
    """Rules that `check` has refused before: an error here, never a price."""
    ended = Level("2A", "exemple", brackets=(Bracket(9, per_inhabitant=Decimal(1)),))
    wealth = Wealth(Decimal(1), Decimal(1), Decimal(1))
    weighted = replace(ONE_EURO, wealth=wealth)
    for level, check in ((ended, "B03"), (weighted, "B41")):
        own = tariffs(grid(level))
        communes = Communes.of([row()])
        groups = groups_of(communes, 2025, date(2025, 3, 1))
        with pytest.raises(AssertionError, match=check):
            list(fees_of(groups, own, own.grids[2025], Known(date(2025, 3, 1))))


def test_a_plan() -> None:
    other = line("25003")
    plan = BillingPlan(
        year=2025,
        grid=GRID,
        basis=PopulationBasis.MUNICIPAL,
        minimum_recovery=Decimal(15),
        invoices=(other, line("25001")),
        withheld=(line("25002"),),
        below_minimum=(line("25000", 3),),
        not_billed=(NotBilled(row("25000", 3), "x"), NotBilled(row("25009", level=""), "y")),
        selection=Selection(),
        example_levels=0,
    )
    assert plan.total == 200
    assert [one.row.code_insee for one in plan.fees] == ["25000", "25001", "25002", "25003"]
    assert [item.reason for item in plan.without_fee] == ["y"]
    assert line(billed=row("25008")).row.code_insee == "25008"
