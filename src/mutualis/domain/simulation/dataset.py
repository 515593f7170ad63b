"""What a year is priced with: its own rows and grid, else the nearest ones of the files."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.french import checks as words
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.indexation.indexation import index_grid
from mutualis.domain.money import EXACT, round_half_up
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.value import Struct, field, replace

MOVE = "--move"
_HUNDRED, _ONE = Decimal(100), Decimal(1)


class Dataset(Struct, frozen=True):
    """The rows of `year`, and its grid and settings, in `tariffs`.

    `grid_of` and `rows_of` are the years that the files give the grid and the rows of; `rates` are
    those (%) by which the grid was indexed since, by year.
    """

    year: int
    communes: Communes
    tariffs: Tariffs
    grid_of: int
    rows_of: int
    rates: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        return self.tariffs.grids[self.year]

    @property
    def vat(self) -> Decimal:
        """The rate (%) of what is due at the end of the year; prices and fees are before it."""
        tax = self.tariffs.tax(date(self.year, 12, 31))
        return Decimal(0) if tax is None else tax.rate

    @property
    def rows(self) -> tuple[CommuneYear, ...]:
        return self.communes.of_year(self.year)

    def with_levels(self, levels: Mapping[str, Level]) -> "Dataset":
        """The same under other prices: a grid that no indexation gave."""
        grid = replace(self.grid, levels=levels, indexed_from=None, status=Status.PROJECTED)
        return replace(self, tariffs=_with(self.tariffs, grid))

    def with_prices(self, amounts: Mapping[str, Decimal]) -> "Dataset":
        """The same with other amounts, by dotted key."""
        return self.with_levels(self.grid.with_prices(amounts))

    def with_memberships(self, levels: Mapping[str, str]) -> "Dataset":
        """The same with other levels of communes, by code; an empty one is no member's."""
        rows = [
            _at_level(row, levels[row.code_insee])
            if row.year == self.year and row.code_insee in levels
            else row
            for row in self.communes.rows
        ]
        return replace(self, communes=replace(self.communes, rows=tuple(rows)))


def dataset_of(
    communes: Communes, tariffs: Tariffs, index: PriceIndex, year: int, *, again: bool = False
) -> Dataset | Problem:
    """A year as the files give it, else as they lead to it.

    A year without a grid takes the last one before, indexed year after year by the rule in force,
    else the first one after, as it is; `again` indexes the year's own too, and needs one before.
    A year without rows takes those of the last year before, else of the first one after.
    """
    start = _grid_before(tariffs, year if again else year + 1)
    if start is None:
        if again or not tariffs.grids:
            return _no_grid(tariffs, year - 1 if again else year)
        start = min(tariffs.grids)
        tariffs = _with(tariffs, replace(tariffs.grids[start], year=year, indexed_from=None))
    indexed = with_grids(tariffs, index, start, year) if start < year else tariffs
    if isinstance(indexed, Problem):
        return indexed
    origins = {y: indexed.grids[y].indexed_from for y in range(start + 1, year + 1)}
    rates = {
        y: (origin.rule or tariffs.indexation).applied(origin.rate)
        for y, origin in origins.items()
        if origin is not None
    }
    carried, rows_of = with_rows(communes, year)
    return Dataset(year, carried, indexed, start, rows_of, rates)


def with_grids(tariffs: Tariffs, index: PriceIndex, start: int, last: int) -> Tariffs | Problem:
    """The tariffs with a grid for each year after `start` up to `last`, each indexed from the one
    before by the rule in force."""
    kept = {year: grid for year, grid in tariffs.grids.items() if year <= start}
    tariffs = replace(tariffs, grids=kept)
    for year in range(start + 1, last + 1):
        plan = index_grid(tariffs, index, year, tariffs.indexation)
        if isinstance(plan, Problem):
            return plan
        tariffs = _with(tariffs, plan.grid)
    return tariffs


def with_rows(communes: Communes, year: int, growth: Decimal = Decimal(0)) -> tuple[Communes, int]:
    """The communes with rows of a year, and the year that they are of.

    Rows that are carried over last as long as their commune, at the level that closed theirs;
    those of one that ceased by 1 January count with its heir's, and populations take `growth` (% a
    year), each rounded once, half up.
    """
    known = communes.years
    if year in known or not known:
        return communes, year
    earlier = [other for other in known if other < year]
    source = max(earlier) if earlier else min(known)
    factor = EXACT.power(_ONE + EXACT.divide(growth, _HUNDRED), year - source)
    rows: dict[str, CommuneYear] = {}
    for row in _closing(communes, source):
        code = row.code_insee
        heir = communes.movements.heir(code, row.last_day, date(year, 1, 1)) or code
        if earlier and communes.movements.absence(code, date(year, 1, 1)) and heir == code:
            continue
        before = rows.get(heir)
        rows[heir] = row if before is None else _together(before, row, heir)
    carried = [
        replace(_grown(row, code, year, factor), end=_last_day(communes, code, year))
        for code, row in rows.items()
    ]
    return (
        Communes.of((*communes.rows, *carried), communes.file, communes.movements),
        source,
    )


def _at_level(row: CommuneYear, level: str) -> CommuneYear:
    return replace(row, level=level, level_at=Source(f"{MOVE} {row.name}={level}"))


def _closing(communes: Communes, year: int) -> list[CommuneYear]:
    """The rows in force at the end of a year, and the last ones of communes that merged in it while
    the row of their heir went on, which does not count them yet."""
    last, rows = date(year, 12, 31), communes.of_year(year)
    closing = {row.code_insee: row for row in rows if row.in_force(last)}
    gone = {row.code_insee: row for row in rows if row.code_insee not in closing}
    merged = []
    for code, row in gone.items():
        heir = closing.get(communes.movements.heir(code, row.last_day, last) or code)
        if heir is not None and heir.first_day <= row.last_day:
            merged.append(row)
    return [*closing.values(), *merged]


def _together(one: CommuneYear, other: CommuneYear, heir: str) -> CommuneYear:
    """Two communes in one, as the heir's own row says; their wealth where that of both is known."""
    own, added = (other, one) if other.code_insee == heir else (one, other)
    wealth, more = own.financial_potential, added.financial_potential
    return replace(
        own,
        financial_potential=None if wealth is None or more is None else wealth + more,
        municipal_population=own.municipal_population + added.municipal_population,
        total_population=own.total_population + added.total_population,
    )


def _grown(row: CommuneYear, code: str, year: int, factor: Decimal) -> CommuneYear:
    return replace(
        row,
        year=year,
        code_insee=code,
        start=None,
        municipal_population=_people(row.municipal_population, factor),
        total_population=_people(row.total_population, factor),
    )


def _last_day(communes: Communes, code: str, year: int) -> date | None:
    """The eve of the day in the year on which a commune ceases or leaves; None where it stays."""
    gone = communes.movements.absence(code, date(year, 12, 31))
    return None if gone is None or gone.day.year != year else gone.day - timedelta(days=1)


def _people(population: int, factor: Decimal) -> int:
    return int(round_half_up(EXACT.multiply(Decimal(population), factor), _ONE))


def _grid_before(tariffs: Tariffs, year: int) -> int | None:
    return max((known for known in tariffs.grids if known < year), default=None)


def _no_grid(tariffs: Tariffs, year: int) -> Problem:
    facts = {
        "year": str(year),
        "known": ", ".join(map(str, sorted(tariffs.grids))),
        "how": f"{words.add_grid_by_hand(year)}.",
    }
    return Problem("A02", tariffs.source("grids"), facts)


def _with(tariffs: Tariffs, grid: Grid) -> Tariffs:
    return replace(tariffs, grids={**tariffs.grids, grid.year: grid})
