"""The yearly fee of one commune, and every step that leads to it.

fee = max(min((fixed + population x rate) x coefficient, cap), floor), rounded once, half up, to
the cent (ADR 0001). The coefficient is that of the commune's wealth, 1 where the level has none
(ADR 0016). The rule and its amounts come from the grid; nothing is written here.
"""

from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.french import tariffs as french
from mutualis.domain.money import EXACT, ZERO, decimal_of, round_fraction, round_half_up
from mutualis.domain.tariffs.grid import Bracket, Grid, Level, bracket_name
from mutualis.domain.value import Struct

N = TypeVar("N", Decimal, Fraction)
NO_BRACKET = Bracket(up_to=None)  # of a level that has none: it sets no price of its own


class Step(Struct, frozen=True):
    """One line of the calculation; `key` is the tariff key of its figure, if it has one, `part`
    the rank, from 1, of the part of the year that it is of, 0 for the whole of it."""

    figure: str
    value: Decimal
    key: str = ""
    part: int = 0

    @property
    def name(self) -> str:
        return french.STEPS[self.figure][0]

    @property
    def unit(self) -> str:
        return french.STEPS[self.figure][1]


class FeeBreakdown(Struct, frozen=True):
    """The fee of a population at a level: `gross` is exact, `amount` is due, to the cent.

    `bound_cap` is the cap of the bracket, which may not bind; `cap` the one that does.
    `potential` is the wealth of the whole commune, in euros, where it weights the fee.
    """

    level: Level
    population: int
    bracket_rank: int | None
    rate: Decimal
    fixed: Decimal
    gross: Decimal
    bound_cap: Decimal | None
    bound_floor: Decimal | None
    amount: Decimal
    potential: Decimal | None = None

    @property
    def coefficient(self) -> Fraction | None:
        """What the commune's wealth multiplies the price by, exact; None where it does not."""
        if self.potential is None or self.level.wealth is None:
            return None
        return self.level.wealth.coefficient(self.potential, self.population)

    @property
    def shown_coefficient(self) -> Decimal | None:
        """The coefficient to be read, to the millionth where its decimals have no end."""
        return None if self.coefficient is None else decimal_of(self.coefficient)

    @property
    def weighted(self) -> Fraction:
        """The gross amount times the coefficient, exact."""
        return _weighted(self.level, self.gross, self.population, self.potential)

    @property
    def _before_bounds(self) -> Decimal | Fraction:
        return self.gross if self.potential is None else self.weighted

    @property
    def due(self) -> Fraction:
        """What is due for a whole year, exact: `amount` before it is rounded."""
        return _within(self.weighted, _ratio(self.bound_cap), _ratio(self.bound_floor))

    @property
    def cap(self) -> Decimal | None:
        if self.bound_cap is not None and self._before_bounds > self.bound_cap:
            return self.bound_cap
        return None

    @property
    def floor(self) -> Decimal | None:
        if self.bound_floor is not None and self._before_bounds < self.bound_floor:
            return self.bound_floor
        return None

    @property
    def bracket(self) -> str:
        """The bracket in words; empty where the level has none."""
        return "" if self.bracket_rank is None else bracket_name(self.level, self.bracket_rank)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Population, rate, gross, wealth, cap or floor: what leads to what is due."""
        start = f"levels.{self.level.code}"
        within = start if self.bracket_rank is None else f"{start}.brackets.{self.bracket_rank}"
        own_rate = self.bracket_rank is not None and (
            self.level.brackets[self.bracket_rank].per_inhabitant is not None
        )
        steps = [
            Step("population", Decimal(self.population)),
            Step("per_inhabitant", self.rate, f"{within if own_rate else start}.per_inhabitant"),
        ]
        if self.fixed:
            steps.append(Step("fixed", self.fixed, f"{within}.fixed"))
        steps += [Step("gross", self.gross), *self._wealth_steps]
        if self.bound_cap is not None:
            steps.append(Step("cap", self.bound_cap, f"{within}.cap"))
        if self.bound_floor is not None:
            steps.append(Step("floor", self.bound_floor, f"{within}.floor"))
        return tuple(steps)

    @property
    def _wealth_steps(self) -> tuple[Step, ...]:
        wealth, coefficient = self.level.wealth, self.coefficient
        if wealth is None or self.potential is None or coefficient is None:
            return ()
        start = f"levels.{self.level.code}.wealth"
        ratio = wealth.ratio(self.potential, self.population)
        steps = [
            Step("potential", self.potential),
            Step("wealth_average", wealth.average, f"{start}.average"),
            Step("wealth_ratio", decimal_of(ratio)),
        ]
        if coefficient != ratio:
            name = "floor" if coefficient > ratio else "ceiling"
            steps.append(Step(f"wealth_{name}", decimal_of(coefficient), f"{start}.{name}"))
        return (*steps, Step("weighted", decimal_of(self.weighted)))

    @property
    def explanation(self) -> str:
        """The calculation in one French sentence, the same in every document."""
        return self._explained(self.amount)

    @property
    def exact_explanation(self) -> str:
        """The same before it is rounded: what a part of a year is a share of."""
        return self._explained(decimal_of(self.weighted))

    def _explained(self, amount: Decimal) -> str:
        cap, floor = self.cap, self.floor
        return french.fee(
            self.population,
            self.rate,
            self.fixed,
            self.gross,
            amount,
            cap=cap,
            floor=floor,
            within="" if cap is None and floor is None else self.bracket,
            wealth=self._wealth_explained(),
        )

    def _wealth_explained(self) -> french.Weighting | None:
        wealth, coefficient = self.level.wealth, self.coefficient
        if wealth is None or self.potential is None or coefficient is None:
            return None
        return french.Weighting(
            self.potential,
            wealth.average,
            decimal_of(wealth.ratio(self.potential, self.population)),
            decimal_of(coefficient),
            decimal_of(self.weighted),
        )


class NoPrice(Struct, frozen=True):
    """The scheme gives no price for this population at this level: a refusal, never "no cap"."""

    level: Level
    population: int

    @property
    def reason(self) -> str:
        return french.no_price(self.level.code, self.level.brackets[-1].up_to or 0)


def compute_fee(
    level: Level, population: int, potential: Decimal | None = None
) -> FeeBreakdown | NoPrice:
    """The fee of a priced or free level for a population >= 0.

    `potential` is the commune's wealth (see `Wealth`), without effect on a level that has no
    coefficient; None is a commune of average wealth, as the tariff is written.
    """
    rank = level.rank_of(population)
    if rank is None and level.brackets:
        return NoPrice(level, population)
    bracket = NO_BRACKET if rank is None else level.brackets[rank]
    rate = level.rate_of(bracket)
    fixed = bracket.fixed or ZERO
    gross = EXACT.add(fixed, EXACT.multiply(Decimal(population), rate))
    weighing = None if level.wealth is None else potential
    if weighing is None:  # no ratio: decimals are as exact, and quicker
        amount = round_half_up(_within(gross, bracket.cap, bracket.floor))
    else:
        weighted = _weighted(level, gross, population, weighing)
        amount = round_fraction(_within(weighted, _ratio(bracket.cap), _ratio(bracket.floor)))
    return FeeBreakdown(
        level=level,
        population=population,
        bracket_rank=rank,
        rate=rate,
        fixed=fixed,
        gross=gross,
        bound_cap=bracket.cap,
        bound_floor=bracket.floor,
        amount=amount,
        potential=weighing,
    )


def fee_of(row: CommuneYear, grid: Grid, basis: PopulationBasis) -> FeeBreakdown | NoPrice | None:
    """The fee of a row for a whole year; None where its level has none."""
    level = grid.levels.get(row.level)
    if level is None or not level.is_priced:
        return None
    return compute_fee(level, row.population(basis), row.financial_potential)


def amount_due(level: Level, population: int, potential: Decimal | None = None) -> Decimal | None:
    """The fee alone; None where the scheme gives no price."""
    fee = compute_fee(level, population, potential)
    return None if isinstance(fee, NoPrice) else fee.amount


def _weighted(level: Level, gross: Decimal, population: int, potential: Decimal | None) -> Fraction:
    if level.wealth is None or potential is None:
        return Fraction(gross)
    return Fraction(gross) * level.wealth.coefficient(potential, population)


def _ratio(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)


def _within(amount: N, cap: N | None, floor: N | None) -> N:
    """The cap still caps, and the floor is still the least that is due."""
    capped = amount if cap is None else min(amount, cap)
    return capped if floor is None else max(capped, floor)
