"""Bodies of some hundred communes, and how many calls one commune more takes in each."""

from collections.abc import Callable
from cProfile import Profile
from datetime import date

import pytest

import mutualis.domain.problems.catalogue  # noqa: F401  # read with the first problem, and once
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Status
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

# The first one does what is done once a process; from 200 on, all names and styles have been met.
SIZES = (20, 200, 300, 400)
YEARS = (2024, 2025)
HERE = Source("data/communes.csv", 2)


class Counted(str):
    """A text whose comparisons are calls, so that they are counted."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return str.__ne__(self, other)

    def __hash__(self) -> int:
        return str.__hash__(self)


def commune(rank: int, year: int) -> CommuneYear:
    """Every tenth commune has become the next one."""
    return CommuneYear(
        year=year,
        code_insee=Counted(f"{rank:05d}"),
        name=f"Commune {rank}",
        siren=Counted(f"{200_000_000 + rank}"),
        municipal_population=500 + rank % 700,
        total_population=510 + rank % 700,
        level=("2A", "2B")[rank % 2],
        source=HERE,
        level_at=HERE,
        end=date(year, 6, 30) if rank % 10 == 0 else None,
        postal_code="25999",
        city="Commune",
    )


def mergers(size: int) -> list[Movement]:
    """What those have become, on 1 July of each year."""
    return [
        Movement(
            date(year, 7, 1),
            MovementKind.MERGER,
            Counted(f"{rank:05d}"),
            f"Commune {rank}",
            Counted(f"{rank + 1:05d}"),
            f"Commune {rank + 1}",
            "",
            HERE,
        )
        for year in YEARS[-1:]
        for rank in range(0, size, 10)
    ]


def workspace_of(size: int, shipped: Workspace) -> Workspace:
    rows = [commune(rank, year) for year in YEARS for rank in range(size)]
    grid = replace(shipped.tariffs.grids[2025], status=Status.VOTED, act="Délibération")
    return Workspace(
        Communes.of(rows, movements=Movements.of(mergers(size))),
        replace(shipped.tariffs, grids={2025: grid}),
        shipped.index,
        shipped.issuer,
    )


def does_not_grow(of_size: Callable[[int], int]) -> bool:
    """Whether each commune more takes as many calls as those before it, to two in a thousand:
    what one in thirty of the pairs of communes costs is seen, at no larger a size."""
    _, few, more, many = map(of_size, SIZES)
    return many - more == pytest.approx(more - few, rel=0.002)


def calls(work: Callable[[], object]) -> int:
    """How many calls of functions, comparisons and steps of loops a piece of work takes."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())
