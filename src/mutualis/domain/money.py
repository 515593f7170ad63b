"""Amounts: exact decimals, rounded half up, once, here and nowhere else.

An amount is a `Decimal` in euros. It stays exact until `round_half_up` brings it
to a step: the cent for a fee, a step of the tariff file for an indexed price.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
MILLIONTH = Decimal("0.000001")
ZERO = Decimal(0)

# Exact for every amount the loaders let in (at most twelve digits) times rates of
# a few digits, and for decades of chained indexation.
EXACT = Context(prec=120, rounding=ROUND_HALF_UP)


def round_half_up(amount: Decimal, step: Decimal = CENT) -> Decimal:
    """Round to a multiple of `step` (> 0), halves away from zero: 2.5 gives 3, -2.5 gives -3."""
    if step is CENT:
        return amount.quantize(CENT, context=EXACT)
    multiples = EXACT.divide(amount, step).quantize(Decimal(1), context=EXACT)
    return EXACT.multiply(multiples, step)


def round_fraction(amount: Fraction, step: Decimal = CENT) -> Decimal:
    """A fraction to a multiple of `step` (> 0), halves away from zero: for amounts shared by
    months or days, or that follow the ratio of two indices."""
    over, under = step.as_integer_ratio()
    exact, whole = abs(amount.numerator) * under, amount.denominator * over
    multiples = (2 * exact + whole) // (2 * whole)  # floor(exact / whole + 1/2), in whole numbers
    return EXACT.multiply(Decimal(multiples if amount >= 0 else -multiples), step)


def decimal_of(amount: Fraction) -> Decimal:
    """A fraction to be read: exact where its decimals end, else to the millionth."""
    exact = EXACT.divide(Decimal(amount.numerator), Decimal(amount.denominator))
    return exact if Fraction(exact) == amount else round_fraction(amount, MILLIONTH)


def plain(amount: Decimal) -> str:
    """The machine's spelling, at least two decimals, never an exponent: 7048.00, 0.38304."""
    text = f"{amount:f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(2, "0")
    return f"{whole}.{decimals}"
