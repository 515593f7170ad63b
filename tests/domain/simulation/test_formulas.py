"""What each commune owes as a function of prices: put back together, it is what bill claims."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from simulated import FREE, YEAR, dataset, datasets, grid, row, tariffs

from mutualis.domain.communes.communes import Settlement
from mutualis.domain.money import round_fraction
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.formulas import PartFormula, formulas_of
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace


def due(part: PartFormula, found: Dataset) -> Fraction:
    """As another calculator would: multiply and compare."""
    level = found.grid.levels[part.level]
    bracket = Bracket(None) if part.rank is None else level.brackets[part.rank]
    rate = bracket.per_inhabitant
    if rate is None:
        rate = level.per_inhabitant or Decimal(0)
    amount = Fraction(bracket.fixed or 0) + part.population * Fraction(rate)
    amount *= part.coefficient
    if bracket.cap is not None:
        amount = min(amount, Fraction(bracket.cap))
    if bracket.floor is not None:
        amount = max(amount, Fraction(bracket.floor))
    return amount * part.share


def claimed(found: Dataset) -> dict[str, Decimal]:
    amounts = {}
    for person in formulas_of(found):
        total, withheld = Decimal(0), person.groups[-1].is_withheld
        for group in person.groups:
            own = [sum((due(p, found) for p in parts), Fraction(0)) for parts in group.moments]
            total += max((round_fraction(one) for one in own), default=Decimal(0))
        kept = not withheld and total < found.tariffs.minimum_recovery
        amounts[person.code_insee] = Decimal(0) if kept else total
    return amounts


@given(datasets())
def test_it_is_what_is_claimed(found: Dataset) -> None:
    priced = {code: own.amount for code, own in price(found).dues.items()}
    assert {code: amount for code, amount in claimed(found).items() if amount} == {
        code: amount for code, amount in priced.items() if amount
    }


def test_parts_of_a_year_and_coefficients() -> None:
    """Six months at 2A, six at 2B, whose coefficient is 700 € an inhabitant over 1 400: 1/2."""
    wealth = Wealth(Decimal(1400), Decimal("0.1"), Decimal(2))
    levels = (
        FREE,
        Level("2A", "exemple", per_inhabitant=Decimal(1)),
        Level("2B", "exemple", brackets=(Bracket(None, fixed=Decimal(9)),), wealth=wealth),
    )
    rules = tariffs(grid(*levels), proration="month")
    end, start = date(YEAR, 6, 30), date(YEAR, 7, 1)
    rows = (
        replace(row("25001", "2A", 100, settlement=Settlement.AC), end=end),
        replace(
            row("25001", "2B", 100, settlement=Settlement.AC),
            start=start,
            financial_potential=Decimal(70_000),
        ),
        row("25002", "1", 10),
    )
    paying, free = formulas_of(dataset(rows, rules))
    (group,) = paying.groups
    assert group.is_withheld
    assert group.moments == (
        (
            PartFormula("2A", None, 100, Fraction(1), Fraction(1, 2)),
            PartFormula("2B", 0, 100, Fraction(1, 2), Fraction(1, 2)),
        ),
    )
    assert free.groups[0].moments == ()
    whole = tariffs(grid(*levels))
    moments = formulas_of(dataset(rows, whole))[0].groups[0].moments
    assert [len(parts) for parts in moments] == [1, 1]
