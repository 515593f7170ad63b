"""Where a level's price changes course: the bounds of its brackets, its caps and floors."""

from decimal import ROUND_FLOOR, Decimal

from mutualis.domain.money import EXACT, ZERO
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.value import Struct


class Threshold(Struct, frozen=True):
    """The first population of a new regime: `kind` is "bound", "cap", "floor" or "end"."""

    population: int
    kind: str
    amount: Decimal | None


class Fall(Struct, frozen=True):
    """A fee that one more inhabitant lowers: `before` one below `population`, `after` there."""

    level: str
    population: int
    before: Decimal
    after: Decimal


def thresholds(level: Level, potential: Decimal | None = None) -> list[Threshold]:
    """Every change of regime above 0 inhabitants, in order; "end" is where no price is given.

    A commune whose wealth (`potential`) weights its fee has those of the bounds alone: where a cap
    is reached moves with each inhabitant, who makes it poorer.
    """
    is_weighted = level.wealth is not None and potential is not None
    found: dict[int, str] = {}
    first = 0
    for bracket in level.brackets:
        rate = level.rate_of(bracket)
        for kind, limit in (("floor", bracket.floor), ("cap", bracket.cap)):
            if limit is not None and rate and not is_weighted:
                turn = _first_above(limit - (bracket.fixed or ZERO), rate)
                if first < turn and (bracket.up_to is None or turn <= bracket.up_to):
                    found.setdefault(turn, kind)
        if bracket.up_to is None:
            break
        first = bracket.up_to + 1
        found[first] = "end" if bracket is level.brackets[-1] else "bound"
    return [
        Threshold(turn, kind, amount_due(level, turn, potential))
        for turn, kind in sorted(found.items())
    ]


def falls(level: Level) -> list[Fall]:
    """Each bound across which the fee falls; within a bracket it never does."""
    found = []
    for turn in thresholds(level):
        before = amount_due(level, turn.population - 1)
        if before is not None and turn.amount is not None and turn.amount < before:
            found.append(Fall(level.code, turn.population, before, turn.amount))
    return found


def new_falls(grid: Grid, earlier: Grid | None) -> list[Fall]:
    """The falls of a grid, those left out that the grid before it had at the same bound."""
    levels = () if earlier is None else earlier.levels.values()
    known = {(fall.level, fall.population) for level in levels for fall in falls(level)}
    found = (fall for level in grid.levels.values() for fall in falls(level))
    return [fall for fall in found if (fall.level, fall.population) not in known]


def next_threshold(
    level: Level, population: int, potential: Decimal | None = None
) -> Threshold | None:
    """The next change of regime above a population; None when the price runs on unchanged."""
    return next((t for t in thresholds(level, potential) if t.population > population), None)


def edges(level: Level) -> list[int]:
    """0, 1 and t-1, t, t+1 around every threshold t: where a tariff is most easily wrong.

    A bound is both the last population of its bracket, as the grid writes it, and the first of
    the next one: the three rows around each are here.
    """
    around = {0, 1}
    for turn in thresholds(level):
        around.update((turn.population - 1, turn.population, turn.population + 1))
        if turn.kind in ("bound", "end"):
            around.add(turn.population - 2)
    return sorted(population for population in around if population >= 0)


def _first_above(limit: Decimal, rate: Decimal) -> int:
    """The smallest whole population whose price exceeds the limit."""
    if limit < 0:
        return 0
    return int(EXACT.divide(limit, rate).to_integral_value(rounding=ROUND_FLOOR)) + 1
