"""An intervention with what the other files say of it: who pays, at which level, at what price."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, merger
from mutualis.domain.communes.finder import CommuneFinder
from mutualis.domain.french.names import fold
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.interventions.lookup import cells_of, commune_of, price_of
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.quotes.quote import half_days_at
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.service import Service, Services, applying, lowest, on_quote
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct


class Served(Struct, frozen=True):
    """`commune` is the row in force that day, `debtor` who owes its fee at the end of the year.

    `named` is the code of the commune of the row; after a merger `commune` is its successor, and
    `merged` says so. `level` is the membership of
    the day, empty for none; `is_included` tells that it gives the service. `cells` are those of the
    service in the catalogue, `service` the one that applies; there is none without a catalogue.
    `on_quote` tells that a quote pays for it, or should, and `quotable` is how `quote --service`
    wants it, empty for a service that no quote is for. `at_price` is at the half-day prices of the
    year's grid. `joinable` are the memberships that have a price for the commune.
    """

    intervention: Intervention
    commune: CommuneYear
    debtor: CommuneYear
    level: str
    cells: tuple[Service, ...]
    service: Service | None
    on_quote: bool
    unit_price: Decimal
    joinable: tuple[str, ...] = ()
    is_included: bool = True
    quotable: str = ""
    merged: str = ""
    named: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """The communes whose quote may pay for it: the one named, and what it became."""
        return frozenset((self.named, self.commune.code_insee, self.debtor.code_insee))

    @property
    def last_level(self) -> str:
        """The membership at the end of the year, empty for none."""
        last = self.debtor
        return last.level if last.last_day == date(last.year, 12, 31) else ""

    @property
    def who(self) -> str:
        """The commune, in a message: « Saône », « Champoux (réunie à Saône depuis le …) »."""
        return self.merged or self.commune.name

    @property
    def at_price(self) -> Decimal:
        return half_days_at(self.intervention.half_days, self.unit_price)

    @property
    def half_days(self) -> int:
        return self.intervention.half_days

    @property
    def request(self) -> tuple[str, str]:
        """What its rows share: the commune and the name of the request, or its own line."""
        own = self.intervention
        name = fold(own.request) or own.request
        return self.commune.code_insee, name or f"\n{own.source.line}"

    @property
    def theme(self) -> str:
        return self.cells[0].theme if self.cells else ""

    @property
    def directorate(self) -> str:
        return self.service.directorate if self.service is not None else ""

    @property
    def name(self) -> str:
        """The service as the catalogue names it, else as it was written."""
        return self.service.name if self.service is not None else self.intervention.service


def serve(
    communes: Communes,
    services: Services,
    basis: PopulationBasis,
    grid: Grid,
    rows: Iterable[Intervention],
    quotes: Mapping[str, str] | None = None,
) -> tuple[tuple[Served, ...], list[Problem]]:
    """The interventions of the grid's year in order of time, and those that cannot be placed.

    The grid must have half-day prices. `quotes` gives the INSEE code of the commune of each quote
    of the register, for who has opened it. Problems are U01 to U04, all errors.
    """
    resolver = _Resolver(communes, services, basis, grid, quotes or {})
    served, problems = [], []
    for row in rows:
        found = resolver.served(row)
        if isinstance(found, Served):
            served.append(found)
        else:
            problems.extend(found)
    served.sort(key=lambda item: (item.intervention.day, item.intervention.source.line or 0))
    return tuple(served), in_order(problems)


class _Resolver:
    """Says of each intervention who pays for it, and how."""

    def __init__(
        self,
        communes: Communes,
        services: Services,
        basis: PopulationBasis,
        grid: Grid,
        quotes: Mapping[str, str],
    ) -> None:
        self.grid = grid
        self.communes = CommuneFinder(communes)
        self.services = ServiceFinder(services)
        self.rows = {rows[0].code_insee: rows for rows in communes.by_commune(grid.year)}
        self.quotes = quotes
        self.debtors = {
            row.code_insee: rows[-1] for rows in communes.by_debtor(grid.year) for row in rows
        }
        self.basis = basis
        self.joinable: dict[int, tuple[str, ...]] = {}
        self.titles = {cell.key: services.title(cell) for cell in services.rows}

    def served(self, row: Intervention) -> Served | list[Problem]:
        found = commune_of(row, self.communes, self.grid.year)
        cells = cells_of(row, self.services)
        price = price_of(row, self.grid)
        wrong = [value for value in (found, cells, price) if isinstance(value, Problem)]
        if isinstance(found, Problem) or isinstance(cells, Problem) or isinstance(price, Problem):
            return wrong
        rows = found.rows
        own = rows[-1]
        debtor = self.debtors.get(own.code_insee, own)
        commune, merged = _on(rows, row.day), ""
        if commune is None and debtor.code_insee != own.code_insee and row.day > own.last_day:
            merged, own = merger(own, debtor), debtor
            commune = _on(self.rows[debtor.code_insee], row.day)
        level = commune.level if commune is not None else ""
        quoted = on_quote(cells, self.grid)
        codes = (rows[-1].code_insee, debtor.code_insee)
        is_on_quote = self._is_on_quote(row, cells, quoted, codes)
        service = quoted if is_on_quote else None
        if service is None and cells:
            # Beyond the membership's own levels, the lowest one that has the service.
            service = applying(cells, self.grid, level) or lowest(cells, self.grid)
        return Served(
            intervention=row,
            commune=commune or own,
            debtor=debtor,
            level=level,
            cells=cells,
            service=service,
            on_quote=is_on_quote,
            unit_price=price,
            joinable=self._joinable(own),
            is_included=bool(level)
            and (service is None or service.level in self.grid.served(level)),
            quotable=self.titles[quoted.key] if quoted is not None else "",
            merged=merged,
            named=rows[-1].code_insee,
        )

    def _is_on_quote(
        self,
        row: Intervention,
        cells: Sequence[Service],
        quoted: Service | None,
        communes: Collection[str],
    ) -> bool:
        """Whether a quote pays for it, or should: a number alone, which may be false, makes no
        mission of what a membership gives."""
        if not cells or self.quotes.get(row.quote) in communes:
            return bool(row.quote)
        return quoted is not None and (bool(row.quote) or len(cells) == 1)

    def _joinable(self, commune: CommuneYear) -> tuple[str, ...]:
        population = commune.population(self.basis)
        if population not in self.joinable:
            self.joinable[population] = tuple(
                level.code
                for level in self.grid.levels.values()
                if not level.is_on_quote and amount_due(level, population) is not None
            )
        return self.joinable[population]


def _on(rows: Iterable[CommuneYear], day: date) -> CommuneYear | None:
    return next((row for row in rows if row.in_force(day)), None)


def same_request(served: Iterable[Served]) -> Iterator[tuple[Served, ...]]:
    """The interventions of each request that a membership pays for, in order of time."""
    found: dict[tuple[str, str], list[Served]] = {}
    for item in served:
        if not item.on_quote:
            found.setdefault(item.request, []).append(item)
    return (tuple(items) for items in found.values())
