"""The way up, for the remedy of what goes beyond a membership: a higher one, or a quote."""

from collections.abc import Mapping

from mutualis.domain.french import interventions as words
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.services.service import Service, lowest
from mutualis.domain.tariffs.grid import Grid


def to_quote(item: Served, grid: Grid, half_days: Mapping[str, int] | None = None) -> str:
    """The way to level 3, for the remedy of what goes beyond a membership.

    `half_days` by category are those to quote, all those of the intervention by default.
    """
    level = grid.on_quote
    if level is None:
        return words.TO_SEE
    wanted = half_days or {item.intervention.category: item.half_days}
    # A name that holds a quotation mark would end the argument in its middle.
    service = item.quotable if item.quotable and '"' not in item.quotable else "…"
    route = words.quote_route(level.code, item.debtor.code_insee, service, wanted)
    if level.is_open_to(item.level) or level.is_open_to(item.last_level):
        return words.from_now_on(route)
    if level.requires not in item.joinable:
        return words.closed(level.code)
    return words.join_first(level.requires, route)


def beyond_quota(item: Served, grid: Grid) -> str:
    """A membership without a quota, where there is one; else the way to level 3."""
    unlimited = [cell for cell in item.cells if cell.quota is None]
    free = _open(item, grid, lowest(unlimited, grid)) if unlimited else ()
    if not free or item.level in free:
        return to_quote(item, grid)
    return _membership(item, free, unlimited=True)


def to_join(item: Served, grid: Grid) -> str:
    """The memberships that give the service."""
    if item.service is None:
        return words.TO_SEE
    levels = _open(item, grid, item.service)
    if not levels:
        return words.NO_MEMBERSHIP
    return _membership(item, levels, unlimited=False)


def _membership(item: Served, levels: tuple[str, ...], *, unlimited: bool) -> str:
    """The levels to join, unless the commune has joined one of them since."""
    if item.last_level in levels:
        return words.joined_since(item.debtor.name, item.last_level, unlimited=unlimited)
    return words.to_join(levels, unlimited=unlimited)


def _open(item: Served, grid: Grid, service: Service) -> tuple[str, ...]:
    return tuple(code for code in grid.giving(service.level) if code in item.joinable)
