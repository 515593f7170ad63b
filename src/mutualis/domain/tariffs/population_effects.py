"""What new populations do to the fees, prices and levels being equal."""

from collections.abc import Iterable
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.communes.population_update import PopulationUpdate
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import FeeBreakdown, NoPrice, compute_fee
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct


class Effect(Struct, frozen=True):
    """One commune: its populations of the two years, the fee of each at one level and grid.

    `before` is None for a commune that the year before did not know; a fee is None where the
    level is free, unknown of the grid, or gives no price (`no_price`). `crossed` is the bound
    that the population has passed. One that is `gone` has nobody and owes nothing.
    """

    row: CommuneYear
    before: int | None
    after: int
    fee_before: Decimal | None
    fee_after: Decimal | None
    crossed: int | None
    no_price: bool
    gone: bool = False

    @property
    def change(self) -> Decimal | None:
        if self.fee_before is None or self.fee_after is None:
            return None
        return self.fee_after - self.fee_before


def grid_for(tariffs: Tariffs, year: int) -> Grid | None:
    """The grid of the year, else the last one before it, else the first one after it."""
    grids = tariffs.grids
    if year in grids:
        return grids[year]
    earlier = [known for known in grids if known < year]
    return grids[max(earlier) if earlier else min(grids)] if grids else None


def effects(
    update: PopulationUpdate, grid: Grid | None, basis: PopulationBasis
) -> tuple[Effect, ...]:
    """One effect a commune of the year or of the year before, in INSEE-code order."""
    last = {change.row.code_insee: change.row for change in update.changes}
    found = [_effect(update, row, grid, basis) for row in last.values()]
    found += [_lost(gone.commune, grid, basis) for gone in update.gone]
    return tuple(sorted(found, key=lambda effect: effect.row.code_insee))


def crossings(found: Iterable[Effect]) -> tuple[Effect, ...]:
    return tuple(effect for effect in found if effect.crossed is not None)


def totals(found: Iterable[Effect]) -> tuple[Decimal, Decimal]:
    """The fees before and after of the communes that have both."""
    both = [effect for effect in found if effect.change is not None]
    before = sum((effect.fee_before or ZERO for effect in both), ZERO)
    return before, sum((effect.fee_after or ZERO for effect in both), ZERO)


def _effect(
    update: PopulationUpdate, row: CommuneYear, grid: Grid | None, basis: PopulationBasis
) -> Effect:
    earlier = update.before.get(row.code_insee)
    before = None if earlier is None else earlier.population(basis)
    after = row.population(basis)
    level = None if grid is None else grid.levels.get(row.level)
    if level is None or not level.is_priced:
        return Effect(row, before, after, None, None, None, no_price=False)
    wealth = row.financial_potential
    new = compute_fee(level, after, wealth)
    old = None if before is None else compute_fee(level, before, wealth)
    crossed = None if old is None else _crossed(level, old, new)
    no_price = isinstance(new, NoPrice)
    return Effect(row, before, after, _amount(old), _amount(new), crossed, no_price)


def _lost(row: CommuneYear, grid: Grid | None, basis: PopulationBasis) -> Effect:
    level = None if grid is None else grid.levels.get(row.level)
    before = row.population(basis)
    fee = None
    if level is not None and level.is_priced:
        fee = _amount(compute_fee(level, before, row.financial_potential))
    after = None if fee is None else ZERO
    return Effect(row, before, 0, fee, after, None, no_price=False, gone=True)


def _amount(fee: FeeBreakdown | NoPrice | None) -> Decimal | None:
    return fee.amount if isinstance(fee, FeeBreakdown) else None


def _crossed(level: Level, old: FeeBreakdown | NoPrice, new: FeeBreakdown | NoPrice) -> int | None:
    """The last population of the bracket left upwards, or of the one entered downwards."""
    ranks = [_rank(level, fee) for fee in (old, new)]
    if ranks[0] == ranks[1]:
        return None
    lower = ranks[1] - 1 if ranks[1] > ranks[0] else ranks[1]
    return level.brackets[lower].up_to


def _rank(level: Level, fee: FeeBreakdown | NoPrice) -> int:
    """The rank of the bracket; one more than the last where no price is given."""
    if isinstance(fee, NoPrice):
        return len(level.brackets)
    return fee.bracket_rank or 0
