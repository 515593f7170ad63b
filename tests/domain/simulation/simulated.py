"""Small years to simulate, invented (« exemple »)."""

from collections.abc import Iterable
from decimal import Decimal

from hypothesis import strategies as st

from mutualis.domain.communes.communes import Communes, CommuneYear, PopulationBasis, Settlement
from mutualis.domain.problems.problem import Source
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.tariffs.grid import Bracket, Grid, IndexationRule, Level, Status
from mutualis.domain.tariffs.tariffs import Tariffs

YEAR = 2026
NOWHERE = Source("exemple")
prices = st.decimals(0, 20, places=2)
amounts = st.decimals(0, 20_000, places=0)


def row(
    code: str,
    level: str,
    population: int,
    *,
    year: int = YEAR,
    settlement: Settlement = Settlement.TITRE,
) -> CommuneYear:
    return CommuneYear(
        year,
        code,
        f"Commune {code}",
        f"{code}0001",
        population,
        population + 10,
        level,
        NOWHERE,
        NOWHERE,
        settlement=settlement,
    )


def grid(*levels: Level, year: int = YEAR) -> Grid:
    return Grid(year, Status.VOTED, "exemple", {level.code: level for level in levels})


def tariffs(*grids: Grid, minimum: str = "15", proration: str = "full_year") -> Tariffs:
    return Tariffs(
        population=PopulationBasis.MUNICIPAL,
        minimum_recovery=Decimal(minimum),
        proration=proration,
        before_vote="refuse",
        indexation=IndexationRule(base_year=min((g.year for g in grids), default=YEAR)),
        grids={item.year: item for item in grids},
    )


def dataset(rows: Iterable[CommuneYear], rules: Tariffs, year: int = YEAR) -> Dataset:
    return Dataset(year, Communes.of(rows), rules, year, year)


FREE = Level("1", "exemple")


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A free level, one per inhabitant, one with an open last bracket: each population has a
    price."""
    bounds: list[int] = sorted(draw(st.sets(st.integers(1, 9000), max_size=2)))
    brackets = [
        Bracket(
            bound,
            cap=draw(st.none() | amounts),
            per_inhabitant=draw(st.none() | prices),
            fixed=draw(st.none() | amounts),
            floor=draw(st.none() | amounts),
        )
        for bound in (*bounds, None)
    ]
    return grid(
        FREE,
        Level("2A", "exemple", per_inhabitant=draw(prices)),
        Level("2B", "exemple", per_inhabitant=draw(prices), brackets=tuple(brackets)),
    )


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    codes = draw(st.sets(st.integers(1, 12), min_size=1, max_size=6))
    rows = [
        row(
            f"250{code:02}",
            draw(st.sampled_from(("", "1", "2A", "2B"))),
            draw(st.integers(0, 12_000)),
            settlement=draw(st.sampled_from(Settlement)),
        )
        for code in codes
    ]
    minimum = draw(st.sampled_from(("0", "15", "500")))
    proration = draw(st.sampled_from(("full_year", "month", "day")))
    return dataset(rows, tariffs(draw(grids()), minimum=minimum, proration=proration))
