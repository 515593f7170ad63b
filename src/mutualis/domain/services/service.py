"""The catalogue of services: what each level of the scheme gives, and what it asks for.

A service is a name within a theme. It has one cell (`Service`) for each level whose column
shows it: the same service may be limited at one level, unlimited at the next, and on quote above.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum

from mutualis.domain.french import services as french
from mutualis.domain.french.names import fold, is_invented
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Grid, Level
from mutualis.domain.value import Struct, replace


class Service(Struct, frozen=True):
    """A service at a level, as one row of services.csv.

    `quota` is how many times a year a member may ask for it, None when there is no limit. `source`
    is the cell of the name, `level_at` that of the level. `uncertain` marks a row that was read
    without certainty (« à confirmer »): it warns, it never refuses. `directorate` is who does the
    work, `directorate_source` where that comes from.
    """

    theme: str
    level: str
    name: str
    source: Source
    level_at: Source
    unit: str = ""
    quota: int | None = None
    directorate: str = ""
    directorate_source: str = ""
    uncertain: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same service at another level."""
        return fold(self.theme), fold(self.name)

    @property
    def label(self) -> str:
        """« Questions juridiques (3 par an) »."""
        return self.name if self.quota is None else french.limited(self.name, self.quota)

    @property
    def spellings(self) -> tuple[str, ...]:
        """What people may write for it; with its theme where two themes share a name."""
        return self.name, self.label, f"{self.theme} : {self.name}", f"{self.theme} : {self.label}"

    @property
    def has_example_directorate(self) -> bool:
        return is_invented(self.directorate_source)


class Services(Struct, frozen=True):
    """Every row of the catalogue, in file order; none when the workspace has no catalogue."""

    rows: tuple[Service, ...] = ()
    file: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def themes(self) -> list[str]:
        return list({fold(row.theme): row.theme for row in self.rows}.values())

    @property
    def groups(self) -> Iterator[tuple[Service, ...]]:
        """The cells of each service, in the order of the first."""
        found: dict[tuple[str, str], list[Service]] = {}
        for row in self.rows:
            found.setdefault(row.key, []).append(row)
        return (tuple(cells) for cells in found.values())

    def title(self, service: Service) -> str:
        """How to write it so that it is the only one: its name, with its theme if need be."""
        same = {row.key for row in self.rows if fold(row.name) == service.key[1]}
        return service.name if len(same) == 1 else f"{service.theme} : {service.name}"


class Access(StrEnum):
    INCLUDED = "included"
    ON_QUOTE = "on_quote"
    TO_JOIN = "to_join"


class Offer(Struct, frozen=True):
    """What a service is for a commune at a level.

    `join` are the levels of membership that would open it, none when the population of the commune
    has no price at any of them; `on_quote` tells that it is paid by
    mission, and `beyond` says from where on, when a membership already gives the beginning.
    """

    service: Service
    access: Access
    on_quote: bool = False
    join: tuple[str, ...] = ()
    beyond: str = ""


def offers(
    services: Services, grid: Grid, level: str, closed: Collection[str] = ()
) -> tuple[Offer, ...]:
    """Every service of the catalogue for a commune at `level` (empty: no member), in file order.

    A service that several levels of the commune's show counts once, at the highest of them.
    `closed` are the levels that have no price for the commune.
    """
    found = (offer for cells in services.groups for offer in _offers(cells, grid, level))
    return tuple(
        replace(offer, join=tuple(code for code in offer.join if code not in closed))
        for offer in found
    )


def applying(cells: Sequence[Service], grid: Grid, level: str) -> Service | None:
    """The cell of a service that a membership at `level` gives: its highest; None when none."""
    order, served = list(grid.levels), grid.served(level)
    known = [cell for cell in cells if cell.level in served]
    return max(known, key=lambda cell: order.index(cell.level), default=None)


def on_quote(cells: Iterable[Service], grid: Grid) -> Service | None:
    """The cell of a service on quote, where it has one."""
    level = grid.on_quote
    return next((cell for cell in cells if level is not None and cell.level == level.code), None)


def lowest(cells: Sequence[Service], grid: Grid) -> Service:
    """The cell of the first membership that gives a service, in the order of the grid; that on
    quote when none does."""
    order = list(grid.levels)
    last = len(order)

    def rank(cell: Service) -> tuple[bool, int, str]:
        is_known = cell.level in order
        place = order.index(cell.level) if is_known else last
        return is_known and _is_quoted(cell, grid), place, cell.level

    return min(cells, key=rank)


def beyond(cells: Iterable[Service], grid: Grid) -> str:
    """From where on a service is on quote, when a membership gives it up to there."""
    order = list(grid.levels)
    codes = [c.level for c in cells if c.level in grid.levels and not _is_quoted(c, grid)]
    if not codes:
        return ""
    last = max(codes, key=order.index)
    limit = grid.levels[last].half_days_per_request
    if limit is None:
        return french.beyond_level(last)
    return french.beyond(limit)


def _offers(cells: Sequence[Service], grid: Grid, level: str) -> Iterator[Offer]:
    given = applying(cells, grid, level)
    if given is not None:
        yield Offer(given, Access.INCLUDED)
    order = list(grid.levels)
    memberships = [c for c in cells if c.level in grid.levels and not _is_quoted(c, grid)]
    for cell in sorted(memberships, key=lambda cell: order.index(cell.level)):
        # Once it is given, a higher level is worth telling only when it gives more of it.
        higher = given is None or order.index(cell.level) > order.index(given.level)
        if higher and (given is None or cell.quota != given.quota):
            yield Offer(cell, Access.TO_JOIN, join=grid.giving(cell.level))
            break
    quoted, above = on_quote(cells, grid), grid.on_quote
    if quoted is not None and above is not None:
        yield _quoted(quoted, above, level, beyond(cells, grid))


def _quoted(cell: Service, above: Level, level: str, start: str) -> Offer:
    if above.is_open_to(level):
        return Offer(cell, Access.ON_QUOTE, on_quote=True, beyond=start)
    join = (above.requires,) if above.requires else ()
    return Offer(cell, Access.TO_JOIN, on_quote=True, join=join, beyond=start)


def _is_quoted(cell: Service, grid: Grid) -> bool:
    return grid.levels[cell.level].is_on_quote
