"""An intervention with what the other files say of it: who pays, at which level, at what cost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mutualis.domain.communes import CommuneYear
from mutualis.domain.fees import amount_due
from mutualis.domain.interventions import Intervention
from mutualis.domain.names import is_same, nearest
from mutualis.domain.problems import Problem, in_order
from mutualis.domain.quotes import half_days_at
from mutualis.domain.services import Service, Services, applying, on_quote
from mutualis.domain.tariffs import Grid
from mutualis.domain.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Served:
    """`commune` is the row in force that day, `debtor` who owes its fee at the end of the year.

    `level` is the membership of the day, empty for none. `cells` are those of the service in the
    catalogue, `service` the one that applies; there is none without a catalogue. `on_quote` tells
    that a quote pays for it, or should. `cost` is at the half-day prices of the year's grid.
    `joinable` are the memberships that have a price for the commune.
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

    @property
    def cost(self) -> Decimal:
        return half_days_at(self.intervention.half_days, self.unit_price)

    @property
    def half_days(self) -> int:
        return self.intervention.half_days

    @property
    def request(self) -> tuple[str, str]:
        """What its rows share: the commune and the name of the request, or its own line."""
        own = self.intervention
        return self.commune.code_insee, own.request or f"\n{own.source.line}"

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
    workspace: Workspace, grid: Grid, rows: Iterable[Intervention]
) -> tuple[tuple[Served, ...], list[Problem]]:
    """The interventions of the grid's year in order of time, and those that cannot be placed.

    The grid must have half-day prices. Problems are U01 to U04, all errors.
    """
    resolver = _Resolver(workspace, grid)
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
    """Looks up the communes and the services of one year, each name once."""

    def __init__(self, workspace: Workspace, grid: Grid) -> None:
        self.grid = grid
        self.services: Services = workspace.services
        self.communes = list(workspace.communes.by_commune(grid.year))
        self.by_code = {rows[0].code_insee: rows for rows in self.communes}
        self.debtors = {
            row.code_insee: rows[-1]
            for rows in workspace.communes.by_debtor(grid.year)
            for row in rows
        }
        self.basis = workspace.tariffs.population
        self.known_communes: dict[str, list[tuple[CommuneYear, ...]]] = {}
        self.known_services: dict[str, list[tuple[Service, ...]]] = {}

    def served(self, row: Intervention) -> Served | list[Problem]:
        rows = self._commune(row)
        cells = self._cells(row)
        price = self._price(row)
        wrong = [value for value in (rows, cells, price) if isinstance(value, Problem)]
        if isinstance(rows, Problem) or isinstance(cells, Problem) or isinstance(price, Problem):
            return wrong
        commune = next((r for r in rows if r.in_force(row.day)), None)
        level = commune.level if commune is not None else ""
        quoted = on_quote(cells, self.grid)
        included = [cell for cell in cells if cell != quoted]
        is_on_quote = bool(row.quote) or (quoted is not None and not included)
        service = quoted if is_on_quote and quoted is not None else None
        if service is None and cells:
            # Beyond the membership's own levels, the lowest one that has the service.
            service = applying(cells, self.grid, level) or cells[0]
        return Served(
            intervention=row,
            commune=commune or rows[-1],
            debtor=self.debtors.get(rows[-1].code_insee, rows[-1]),
            level=level,
            cells=tuple(cells),
            service=service,
            on_quote=is_on_quote,
            unit_price=price,
            joinable=self._joinable(rows[-1]),
        )

    def _joinable(self, commune: CommuneYear) -> tuple[str, ...]:
        population = commune.population(self.basis)
        return tuple(
            level.code
            for level in self.grid.levels.values()
            if not level.is_on_quote and amount_due(level, population) is not None
        )

    def _commune(self, row: Intervention) -> Sequence[CommuneYear] | Problem:
        """The rows of the commune in the year."""
        year = str(self.grid.year)
        named = row.commune.strip()
        code = row.code_insee or named.upper()
        by_code = [self.by_code[code]] if code in self.by_code else []
        by_name = self._named(named)
        if row.code_insee and named:
            if by_code and not any(is_same(named, r.name) for r in by_code[0]):
                own, other = by_code[0][0].name, ""
                if by_name:
                    other = f" ; {named} a le code {by_name[0][0].code_insee}"
                facts = {"code": row.code_insee, "name": named, "own": own, "other": other}
                return Problem("U02", row.at("code_insee"), facts)
            found = by_code
        else:
            found = by_code or by_name
        if len(found) == 1:
            return found[0]
        wanted = row.code_insee or named
        names = {c[0].name: c[0].code_insee for c in found or self.communes}
        close = list(names) if found else nearest(named, names) if named else []
        spelled = [f"{name} ({names[name]})" for name in close[:5]]
        facts = {
            "wanted": wanted,
            "state": "ambiguë" if found else "inconnue",
            "year": year,
            "guess": f" Vouliez-vous dire {' ou '.join(spelled)} ?" if spelled else "",
        }
        return Problem("U01", row.at("code_insee" if row.code_insee else "commune"), facts)

    def _named(self, name: str) -> list[tuple[CommuneYear, ...]]:
        if name not in self.known_communes:
            self.known_communes[name] = [
                rows for rows in self.communes if any(is_same(name, row.name) for row in rows)
            ]
        return self.known_communes[name]

    def _cells(self, row: Intervention) -> tuple[Service, ...] | Problem:
        """The cells of the service; none when the workspace has no catalogue."""
        if not self.services:
            return ()
        if row.service not in self.known_services:
            self.known_services[row.service] = self.services.written(row.service)
        found = self.known_services[row.service]
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"« {cells[0].theme} : {cells[0].name} »" for cells in found]
            state = "est une prestation de plusieurs thèmes"
        else:
            known = [cell.name for cell in self.services.rows]
            names = [f"« {name} »" for name in nearest(row.service, known)]
            state = "n'est pas une prestation du catalogue"
        guess = f" Écrire {' ou '.join(names)} ?" if names else ""
        facts = {"wanted": row.service, "state": state, "guess": guess}
        return Problem("U03", row.at("prestation"), facts)

    def _price(self, row: Intervention) -> Decimal | Problem:
        level = self.grid.on_quote
        prices = level.half_day if level is not None else {}
        if row.category in prices:
            return prices[row.category]
        close = nearest(row.category, prices, limit=1)
        facts = {
            "category": row.category,
            "year": str(self.grid.year),
            "known": ", ".join(prices) or "aucune",
            "guess": f" Lire sans doute « {close[0]} »." if close else "",
        }
        return Problem("U04", row.at("categorie"), facts)


def same_request(served: Iterable[Served]) -> Iterator[tuple[Served, ...]]:
    """The interventions of each request that a membership pays for, in order of time."""
    found: dict[tuple[str, str], list[Served]] = {}
    for item in served:
        if not item.on_quote:
            found.setdefault(item.request, []).append(item)
    return (tuple(items) for items in found.values())
