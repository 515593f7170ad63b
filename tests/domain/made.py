"""Small things to price, invented (« exemple »), that the tests of every noun share."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid, IndexationRule, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs
from mutualis.domain.workspace import Workspace

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


def issuer(**more: Any) -> Issuer:
    """A body outside the scope of VAT, that may issue."""
    known: dict[str, Any] = {
        "name": "Communauté d'exemple",
        "legal_form": "communauté de communes",
        "siren": "200012342",
        "siret": "20001234200018",
        "address": ("1, place de l'Exemple",),
        "postal_code": "25999",
        "city": "Exemple",
        "service": "Services mutualisés",
        "contact": "exemple@exemple.fr",
        "signatories": (),
        "vat_category": "O",
        "vat_reason": "exemple",
        "payment_text": "exemple",
        "quote_valid_days": 90,
        "source": Source("data/issuer.toml"),
    }
    return Issuer(**{**known, **more})


def workspace(*rows: CommuneYear, moves: Iterable[Movement] = (), **more: Any) -> Workspace:
    """By default one commune, the grid of 2025, no index and nothing else."""
    communes = Communes.of(rows or (row(),), "data/communes.csv", Movements.of(moves))
    known = {"tariffs": tariffs(), "index": PriceIndex(), "issuer": issuer(), **more}
    return Workspace(communes, **known)


def codes(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems, whose texts are each filled in with their facts."""
    found = list(problems)
    assert all(problem.message and problem.remedy for problem in found)
    return [problem.code for problem in found]
