"""The way up, for the remedy of what goes beyond a membership: a higher one, or a quote."""

from collections.abc import Mapping

from mutualis.domain.interventions.allocation import Served
from mutualis.domain.services.service import Service, lowest
from mutualis.domain.tariffs.grid import Grid


def to_quote(item: Served, grid: Grid, half_days: Mapping[str, int] | None = None) -> str:
    """The way to level 3, for the remedy of what goes beyond a membership.

    `half_days` by category are those to quote, all those of the intervention by default.
    """
    level = grid.on_quote
    if level is None:
        return "en tenir compte avec la commune"
    wanted = half_days or {item.intervention.category: item.half_days}
    # A name that holds a quotation mark would end the argument in its middle.
    service = item.quotable if item.quotable and '"' not in item.quotable else "…"
    route = (
        f"le niveau {level.code}, sur devis : mutualis quote {item.debtor.code_insee} "
        f'--service "{service}" '
        + " ".join(f'--line {category}:{number}:"…"' for category, number in wanted.items())
    )
    if level.is_open_to(item.level) or level.is_open_to(item.last_level):
        return f"pour la suite, {route}"
    if level.requires not in item.joinable:
        return f"le niveau {level.code} n'est pas ouvert à la population de la commune"
    return f"pour la suite, adhérer au niveau {level.requires}, qui ouvre {route}"


def beyond_quota(item: Served, grid: Grid) -> str:
    """A membership without a quota, where there is one; else the way to level 3."""
    unlimited = [cell for cell in item.cells if cell.quota is None]
    free = _open(item, grid, lowest(unlimited, grid)) if unlimited else ()
    if not free or item.level in free:
        return to_quote(item, grid)
    return _membership(item, free, "qui ne la limite pas")


def to_join(item: Served, grid: Grid) -> str:
    """The memberships that give the service."""
    if item.service is None:
        return "en tenir compte avec la commune"
    levels = _open(item, grid, item.service)
    if not levels:
        return "aucun niveau qui la comprend n'a de prix pour la population de la commune"
    return _membership(item, levels, "qui la comprend")


def _membership(item: Served, levels: tuple[str, ...], why: str) -> str:
    """The levels to join, unless the commune has joined one of them since."""
    if item.last_level in levels:
        return f"{item.debtor.name} est depuis au niveau {item.last_level}, {why}"
    return f"pour la suite, adhérer au niveau {' ou '.join(levels)}, {why}"


def _open(item: Served, grid: Grid, service: Service) -> tuple[str, ...]:
    return tuple(code for code in grid.giving(service.level) if code in item.joinable)
