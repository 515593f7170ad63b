"""Where an intervention belongs: its commune, its service and its price, or why it has none."""

from decimal import Decimal

from mutualis.domain.communes.finder import CommuneFinder, Contradiction, FoundCommune
from mutualis.domain.french.names import fold, nearest, read_as
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.problems.problem import Problem
from mutualis.domain.services.finder import Cells, FoundService, ServiceFinder
from mutualis.domain.tariffs.grid import Grid


def commune_of(
    row: Intervention, finder: CommuneFinder, year: int | None = None
) -> FoundCommune | Problem:
    """The commune in the year, or in the last one that knows it; U01 or U02."""
    found = finder.find_both(row.code_insee, row.commune, year)
    match found:
        case FoundCommune():
            return found
        case Contradiction():
            return Problem("U02", row.at("code_insee"), found.facts)
    facts = {**found.facts, "year": str(row.day.year)}
    return Problem("U01", row.at("code_insee" if row.code_insee else "commune"), facts)


def cells_of(row: Intervention, finder: ServiceFinder) -> Cells | Problem:
    """The cells of the service, none when the workspace has no catalogue; U03."""
    if not finder:
        return ()
    found = finder.find(row.service)
    if isinstance(found, FoundService):
        return found.cells
    return Problem("U03", row.at("prestation"), found.facts)


def price_of(row: Intervention, grid: Grid) -> Decimal | Problem:
    """What a half-day of the category costs; U04."""
    level = grid.on_quote
    prices = level.half_day if level is not None else {}
    if row.category in prices:
        return prices[row.category]
    last = fold(row.category).split()[-1:]  # « Catégorie A », « cat. a »
    close = [code for code in prices if [fold(code)] == last]
    close = close or nearest(row.category, prices, limit=1)
    facts = {
        "category": row.typed_category or row.category,
        "year": str(grid.year),
        "known": ", ".join(prices) or "aucune",
        "guess": read_as(close),
    }
    return Problem("U04", row.at("categorie"), facts)
