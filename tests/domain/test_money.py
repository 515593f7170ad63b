"""Rounding, at each edge."""

from decimal import Decimal
from fractions import Fraction

import pytest

from mutualis.domain.money import EXACT, decimal_of, plain, round_fraction, round_half_up

THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("amount", "step", "rounded"),
    [
        ("0", "0.01", "0"),
        ("0.004", "0.01", "0"),
        ("0.005", "0.01", "0.01"),
        ("-0.004", "0.01", "0"),
        ("-0.005", "0.01", "-0.01"),
        ("0.0149999999999999999999", "0.01", "0.01"),
        ("0.015", "0.01", "0.02"),
        ("0.025", "0.01", "0.03"),  # not to the even cent
        ("2.5", "1", "3"),
        ("-2.5", "1", "-3"),
        ("2.4", "1", "2"),
        ("12", "5", "10"),
        ("12.5", "5", "15"),
        ("0.125", "0.05", "0.15"),
        ("999999999999.995", "0.01", "1000000000000"),
    ],
)
def test_to_a_step_halves_away_from_zero(amount: str, step: str, rounded: str) -> None:
    """A decimal and the same fraction are rounded alike."""
    assert round_half_up(Decimal(amount), Decimal(step)) == Decimal(rounded)
    assert round_fraction(Fraction(amount), Decimal(step)) == Decimal(rounded)


def test_to_the_cent_where_no_step_is_named() -> None:
    assert str(round_half_up(Decimal("1.005"))) == "1.01"
    assert str(round_fraction(Fraction(201, 200))) == "1.01"


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (THIRD, "0.33"),
        (2 * THIRD, "0.67"),
        (-2 * THIRD, "-0.67"),
        (Fraction(1, 200) - Fraction(1, 10**30), "0.00"),
        (Fraction(1, 200), "0.01"),
        (-Fraction(1, 200), "-0.01"),
        (-Fraction(1, 200) + Fraction(1, 10**30), "0.00"),
    ],
)
def test_a_fraction_whose_decimals_have_no_end(amount: Fraction, rounded: str) -> None:
    assert round_fraction(amount) == Decimal(rounded)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 10**9), "1E-9"),  # it ends: nothing is lost
        (THIRD, "0.333333"),
        (2 * THIRD, "0.666667"),
        (-2 * THIRD, "-0.666667"),
        (Fraction(0), "0"),
    ],
)
def test_a_fraction_to_be_read(amount: Fraction, shown: str) -> None:
    assert str(decimal_of(amount)) == shown


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("7048", "7048.00"),
        ("7E+3", "7000.00"),
        ("0.38304", "0.38304"),
        ("0.5", "0.50"),
        ("1.500", "1.50"),
        ("1.2300", "1.23"),
        ("1.20300", "1.203"),
        ("1E-7", "0.0000001"),
        ("-3.1", "-3.10"),
    ],
)
def test_the_spelling_of_machines(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text


def test_decades_of_rates_stay_exact() -> None:
    """Twelve digits times thirty rates of four digits: nothing is lost on the way."""
    product, rates = Decimal("999999999999"), [Decimal("1.008")] * 30
    for rate in rates:
        product = EXACT.multiply(product, rate)
    assert Fraction(product) == 999999999999 * Fraction(1008, 1000) ** 30


def test_zero_has_no_sign() -> None:
    for zero in (round_fraction(Fraction(0)), round_half_up(Decimal(0))):
        assert str(zero) == "0.00"
