"""The grid and settings of a year: those of the file, until a batch has recorded its own."""

from mutualis.domain.invoices.batch import Batch
from mutualis.domain.kinds import Product
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import replace


def last_batch(ledger: Ledger, year: int) -> Batch | None:
    """The last batch of a year's memberships."""
    found = ledger.batches_of(year, Product.MEMBERSHIP)
    return found[-1] if found else None


def tariffs_adopted(tariffs: Tariffs, ledger: Ledger, year: int) -> Tariffs:
    """Those of the file, by which a year is priced again: taxed as on the day of its first batch,
    for a rate that has changed since is that of later years."""
    batches = ledger.batches_of(year, Product.MEMBERSHIP)
    if not batches:
        return tariffs
    return tariffs.settled(batches[0].act.day, year)


def tariffs_of_year(tariffs: Tariffs, ledger: Ledger, year: int) -> Tariffs:
    """What a year is priced with: a year that has a batch keeps what its last one recorded."""
    batch = last_batch(ledger, year)
    if batch is None:
        return tariffs
    recorded = batch.tariffs
    return replace(
        tariffs,
        population=recorded.population,
        minimum_recovery=recorded.minimum_recovery,
        proration=recorded.proration,
        vat=recorded.vat,
        grids={**tariffs.grids, year: recorded.grids[year]},
    )


def settings_that_differ(tariffs: Tariffs, ledger: Ledger, year: int) -> tuple[str, ...]:
    """The keys of tariffs.toml, and the VAT of issuer.toml, that say otherwise than the last batch
    of a year."""
    batch = last_batch(ledger, year)
    if batch is None:
        return ()
    recorded, own = batch.tariffs, tariffs.grids.get(year)
    pairs = {
        "population": (tariffs.population, recorded.population),
        "minimum_recovery": (tariffs.minimum_recovery, recorded.minimum_recovery),
        "proration": (tariffs.proration, recorded.proration),
        "vat": (tariffs_adopted(tariffs, ledger, year).vat, recorded.vat),
        f"grids.{year}": (own and _rules(own), _rules(recorded.grids[year])),
    }
    return tuple(key for key, (mine, theirs) in pairs.items() if mine != theirs)


def _rules(grid: Grid) -> Grid:
    """The grid without what no amount depends on."""
    levels = {code: replace(level, label="") for code, level in grid.levels.items()}
    return replace(grid, levels=levels, act_url="", checked_on="", indexed_from=None, example=False)
