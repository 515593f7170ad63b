"""A level whose price follows the wealth of a commune, within bounds that the grid gives."""

from decimal import Decimal
from fractions import Fraction

from mutualis.domain.french import tariffs as french
from mutualis.domain.value import Struct

REFERENCE = "potentiel_financier"


class Wealth(Struct, frozen=True):
    """`average` is in euros per inhabitant, of the population that the tariff counts; the
    coefficient stays between `floor` and `ceiling`, 1 being one that changes nothing.

    `reference` is the column of communes.csv that gives the wealth of a whole commune, in euros.
    """

    average: Decimal
    floor: Decimal
    ceiling: Decimal
    reference: str = REFERENCE

    def rule(self, level: str) -> str:
        """How the price of a level follows it, in words."""
        return french.wealth_rule(level, self.average, self.floor, self.ceiling)

    def ratio(self, potential: Decimal, population: int) -> Fraction:
        """The wealth per inhabitant over the average, exact; 1 for nobody, who has none."""
        if not population:
            return Fraction(1)
        return Fraction(Fraction(potential), population * Fraction(self.average))

    def coefficient(self, potential: Decimal, population: int) -> Fraction:
        """The ratio within its bounds, exact: it is never rounded, the fee alone is."""
        bounded = max(self.ratio(potential, population), Fraction(self.floor))
        return min(bounded, Fraction(self.ceiling))
