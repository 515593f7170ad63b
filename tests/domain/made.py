"""Small things to price, invented (« exemple »), that the tests of every noun share."""

from datetime import date
from decimal import Decimal
from typing import Any

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.communes.movements import Movement, MovementKind
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Grid, IndexationRule, Level, Status, Tariffs

HERE = Source("exemple", 2)
ONE_EURO = Level("2A", "exemple", per_inhabitant=Decimal(1))


def row(
    code: str = "25001", people: int = 100, level: str = "2A", year: int = 2025, **more: Any
) -> CommuneYear:
    """A commune with ten more inhabitants in its total population than in its municipal one."""
    known = {"siren": "212500011", "source": HERE, "level_at": HERE, **more}
    return CommuneYear(
        year=year,
        code_insee=code,
        name=f"Commune {code}",
        municipal_population=people,
        total_population=people + 10,
        level=level,
        **known,
    )


def grid(*levels: Level, year: int = 2025, **more: Any) -> Grid:
    own = {level.code: level for level in levels or (ONE_EURO,)}
    return Grid(**{"year": year, "status": Status.VOTED, "act": "exemple", "levels": own, **more})


def tariffs(*grids: Grid, **settings: Any) -> Tariffs:
    """By default a grid of 2025, what is below 15 € not recovered, the whole year due."""
    own = {item.year: item for item in grids or (grid(),)}
    known: dict[str, Any] = {
        "population": PopulationBasis.MUNICIPAL,
        "minimum_recovery": Decimal(15),
        "proration": "full_year",
        "before_vote": "refuse",
        "indexation": IndexationRule(base_year=min(own)),
        "grids": own,
    }
    return Tariffs(**{**known, **settings})


def move(
    day: date, before: str, after: str, kind: MovementKind = MovementKind.MERGER, at: int = 2
) -> Movement:
    return Movement(
        day, kind, before, before, after, after, "exemple", Source("data/movements.csv", at)
    )
