"""The way up, for the remedy of what goes beyond a membership: a higher one, or a quote."""

from mutualis.domain.services import Service
from mutualis.domain.serving import Served
from mutualis.domain.tariffs import Grid


def to_quote(item: Served, grid: Grid) -> str:
    """The way to level 3, for the remedy of what goes beyond a membership."""
    level = grid.on_quote
    if level is None:
        return "en tenir compte avec la commune"
    category = item.intervention.category
    route = (
        f"le niveau {level.code}, sur devis : mutualis quote {item.commune.code_insee} "
        f'--line {category}:{item.half_days}:"…"'
    )
    if level.is_open_to(item.level):
        return f"pour la suite, {route}"
    if level.requires not in item.joinable:
        return f"le niveau {level.code} n'est pas ouvert à la population de la commune"
    return f"pour la suite, adhérer au niveau {level.requires}, qui ouvre {route}"


def beyond_quota(item: Served, grid: Grid) -> str:
    """A membership without a quota, where there is one; else the way to level 3."""
    for cell in item.cells:
        free = _open(item, grid, cell) if cell.quota is None else ()
        if free and item.level not in free:
            return f"pour la suite, adhérer au niveau {' ou '.join(free)}, qui ne la limite pas"
    return to_quote(item, grid)


def to_join(item: Served, grid: Grid) -> str:
    """The memberships that give the service."""
    if item.service is None:
        return "en tenir compte avec la commune"
    levels = _open(item, grid, item.service)
    if not levels:
        return "aucun niveau qui la comprend n'a de prix pour la population de la commune"
    return f"pour la suite, adhérer au niveau {' ou '.join(levels)}, qui la comprend"


def _open(item: Served, grid: Grid, service: Service) -> tuple[str, ...]:
    return tuple(code for code in grid.giving(service.level) if code in item.joinable)
