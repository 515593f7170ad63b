"""The coefficient of wealth: bounded, exact, one step of the fee; off, nothing is changed."""

import csv
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_properties import amounts, levels, populations

from conftest import TESTS
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.thresholds import thresholds
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

WEALTH = Wealth(average=Decimal(950), floor=Decimal("0.8"), ceiling=Decimal("1.2"))


def rows() -> list[dict[str, str]]:
    with (TESTS / "golden/wealth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def weighted(shipped: Workspace) -> Level:
    return replace(shipped.tariffs.grids[2025].levels["2B"], wealth=WEALTH)


def fee_of(level: Level, population: int, potential: Decimal | None) -> FeeBreakdown:
    fee = compute_fee(level, population, potential)
    assert isinstance(fee, FeeBreakdown)
    return fee


@pytest.mark.parametrize("row", rows(), ids=lambda r: f"{r['population']}-{r['potential']}")
def test_golden(row: dict[str, str], shipped: Workspace) -> None:
    fee = fee_of(weighted(shipped), int(row["population"]), Decimal(row["potential"]))
    assert fee.shown_coefficient == Decimal(row["coefficient"])
    shown = {step.figure: step.value for step in fee.steps}
    assert shown["weighted"] == Decimal(row["weighted"])
    assert fee.cap == (Decimal(row["cap"]) if row["cap"] else None)
    assert str(fee.amount) == row["amount"]


def test_each_figure_is_a_step_with_its_place(shipped: Workspace) -> None:
    fee = fee_of(weighted(shipped), 937, Decimal(1204045))
    assert [(step.figure, step.key) for step in fee.steps] == [
        ("population", ""),
        ("per_inhabitant", "levels.2B.per_inhabitant"),
        ("gross", ""),
        ("potential", ""),
        ("wealth_average", "levels.2B.wealth.average"),
        ("wealth_ratio", ""),
        ("wealth_ceiling", "levels.2B.wealth.ceiling"),
        ("weighted", ""),
        ("cap", "levels.2B.brackets.0.cap"),
    ]
    assert fee.explanation.replace("\u00a0", " ") == (
        "937 habitants × 3,28 € = 3 073,36 €, × 1,2 (potentiel financier : 1 204 045,00 € "
        "÷ 937 habitants ÷ 950,00 € = 1,352 632, ramené à 1,2) = 3 688,032 €, "
        "arrondi à 3 688,03 €"
    )
    poor = fee_of(weighted(shipped), 937, Decimal(562200))
    assert [step.figure for step in poor.steps].count("wealth_floor") == 1
    assert "porté à 0,8" in poor.explanation.replace("\u00a0", " ")


@given(levels(), populations, st.none() | amounts)
def test_without_a_coefficient_wealth_changes_nothing(
    level: Level, population: int, potential: Decimal | None
) -> None:
    assert compute_fee(level, population, potential) == compute_fee(level, population)


@given(levels(), populations)
def test_a_commune_of_average_wealth_pays_the_tariff_as_written(
    level: Level, population: int
) -> None:
    own = replace(level, wealth=WEALTH)
    fee = compute_fee(own, population, 950 * Decimal(population))
    plain = compute_fee(level, population)
    if isinstance(fee, FeeBreakdown) and isinstance(plain, FeeBreakdown):
        assert (fee.amount, fee.cap, fee.floor) == (plain.amount, plain.cap, plain.floor)


@given(levels(), st.integers(1, 200_000), st.decimals(0, 10**8, places=2), st.data())
def test_by_whole_numbers_alone(
    level: Level, population: int, potential: Decimal, data: st.DataObject
) -> None:
    """In millionths and hundredths: no Decimal, one rounding."""
    average = data.draw(st.decimals("0.01", 5000, places=2))
    wealth = Wealth(average, Decimal("0.75"), Decimal("1.5"))
    fee = compute_fee(replace(level, wealth=wealth), population, potential)
    if not isinstance(fee, FeeBreakdown):
        return
    top, bottom = int(potential * 100), population * int(average * 100)
    if 4 * top < 3 * bottom:
        top, bottom = 3, 4
    elif 2 * top > 3 * bottom:
        top, bottom = 3, 2
    exact = Fraction(int(fee.rate * 1000) * population * top, 1000 * bottom)
    if fee.bound_cap is not None:
        exact = min(exact, Fraction(int(fee.bound_cap * 100), 100))
    assert int(fee.amount * 100) == (200 * exact.numerator + exact.denominator) // (
        2 * exact.denominator
    )


def test_a_weighted_commune_is_told_its_bounds_alone(shipped: Workspace) -> None:
    """Where the cap is reached moves with its inhabitants. At 4 000: 13 120 x 500 / 950."""
    level = replace(weighted(shipped), wealth=replace(WEALTH, floor=Decimal("0.5")))
    found = thresholds(level, Decimal(2_000_000))
    assert [(turn.population, turn.kind, turn.amount) for turn in found] == [
        (4000, "bound", Decimal("6905.26")),
        (10001, "end", None),
    ]


def test_an_average_commune_is_due_what_the_tariff_says() -> None:
    """100 inhabitants at 2 €, no potential known: 200 €, weighted or not, whole and exact."""
    level = Level("2A", "exemple", per_inhabitant=Decimal(2), wealth=WEALTH)
    fee = fee_of(level, 100, None)
    assert {fee.weighted, fee.due, Fraction(fee.amount)} == {Fraction(200)}


@pytest.mark.parametrize(
    ("cap", "floor", "due"),
    [(None, None, 160), (150, None, 150), (160, None, 160), (None, 170, 170), (150, 170, 170)],
)
def test_bounds_hold_after_the_weighting(cap: int | None, floor: int | None, due: int) -> None:
    """100 x 2 € x 0.8 (a poor commune, at the floor of its coefficient) is 160 €."""
    bounds = [None if bound is None else Decimal(bound) for bound in (cap, floor)]
    bracket = Bracket(up_to=None, cap=bounds[0], floor=bounds[1])
    level = Level("2A", "exemple", per_inhabitant=Decimal(2), brackets=(bracket,), wealth=WEALTH)
    fee = fee_of(level, 100, Decimal(100))
    assert (fee.weighted, fee.due) == (Fraction(160), Fraction(due))
    assert fee.amount == due
