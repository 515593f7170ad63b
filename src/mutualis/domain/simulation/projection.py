"""Several years ahead: what each reading of the indexation rule brings in, and how far apart."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mutualis.domain.communes.communes import Communes
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.memberships.plan import LevelTotal
from mutualis.domain.problems.problem import Problem
from mutualis.domain.simulation.dataset import Dataset, dataset_of, with_rows
from mutualis.domain.simulation.priced import price
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, replace

READINGS = (("published", "exact"), ("published", "published"), ("computed", "exact"))


class ProjectedYear(Struct, frozen=True):
    """One year under each reading, by its name."""

    year: int
    datasets: Mapping[str, Dataset]

    @property
    def any(self) -> Dataset:
        return next(iter(self.datasets.values()))


class Revenue(Struct, frozen=True):
    """What one year brings in, by level, under each reading; `totals` are over the levels."""

    year: int
    population: int
    by_level: Mapping[str, tuple[LevelTotal, ...]]
    totals: Mapping[str, Decimal]
    rates: Mapping[str, Decimal | None]

    @property
    def drift(self) -> Decimal:
        """How far the readings are apart."""
        return max(self.totals.values()) - min(self.totals.values())


def project(
    communes: Communes,
    tariffs: Tariffs,
    index: PriceIndex,
    years: Sequence[int],
    growth: Decimal,
) -> list[ProjectedYear] | Problem:
    """The datasets of the years: the grids of the file as they are, then each year indexed from the
    one before, populations growing by `growth` % a year from the last rows known."""
    found = []
    for year in years:
        grown, rows_of = with_rows(communes, year, growth)
        datasets: dict[str, Dataset] = {}
        for rate, chain in READINGS:
            rule = replace(tariffs.indexation, rate=rate, chain=chain)
            read = dataset_of(grown, replace(tariffs, indexation=rule), index, year)
            if isinstance(read, Problem):
                return read
            datasets[f"{rate}/{chain}"] = replace(read, rows_of=rows_of)
        found.append(ProjectedYear(year, datasets))
    return found


def carried_on(dataset: Dataset, index: PriceIndex, last: int) -> list[Dataset] | Problem:
    """The years after a dataset's own, up to `last`: its grid indexed year after year by the rule
    in force, its communes as they close it. A grid that no indexation gave is a base of its own.
    """
    year, rule, grid = dataset.year, dataset.tariffs.indexation, dataset.grid
    if grid.indexed_from is None or rule.base_year > year:
        rule = replace(rule, base_year=year)
    grids = {known: own for known, own in dataset.tariffs.grids.items() if known <= year}
    tariffs = replace(dataset.tariffs, grids=grids, indexation=rule)
    own = dataset.communes
    communes = Communes.of([r for r in own.rows if r.year <= year], own.file, own.movements)
    found = []
    for later in range(year + 1, last + 1):
        read = dataset_of(communes, tariffs, index, later)
        if isinstance(read, Problem):
            return read
        found.append(read)
    return found


def revenues(projected: Sequence[ProjectedYear]) -> Iterator[Revenue]:
    """What each year brings in; its levels and populations must have a price (B02, B03)."""
    for item in projected:
        priced = {name: price(dataset) for name, dataset in item.datasets.items()}
        one = next(iter(priced.values()))
        yield Revenue(
            year=item.year,
            population=sum(due.population for due in one.dues.values()),
            by_level={name: year.by_level for name, year in priced.items()},
            totals={name: year.total for name, year in priced.items()},
            rates={name: item.datasets[name].rates.get(item.year) for name in priced},
        )
