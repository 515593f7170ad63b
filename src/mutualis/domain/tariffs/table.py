"""The tariff table of a year: what each level costs, at each edge and in each commune.

It is a function of the grid and of the populations alone, not of who joined what. Locked as a
file, it is replayed by `check`, so that a tariff never moves unseen.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear, PopulationBasis
from mutualis.domain.french import tariffs as french
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Grid, bracket_name
from mutualis.domain.tariffs.thresholds import edges
from mutualis.domain.value import Struct, field, replace

PRICE, BOUND, EDGE, COMMUNE = "prix", "borne", "seuil", "commune"


class TableRow(Struct, frozen=True):
    """One row; `amount` is None where the scheme gives no price.

    `kind` is a price of the grid, a bound (its amount is then a number of inhabitants), an
    edge of a level or a commune at a level. `key` tells rows of a kind and level apart.
    """

    kind: str
    level: str
    key: str
    label: str
    population: int | None
    amount: Decimal | None

    @property
    def identity(self) -> tuple[str, str, str]:
        return (self.kind, self.level, self.key)

    @property
    def title(self) -> str:
        if self.kind == EDGE:
            return french.table_edge(self.level, self.population or 0)
        if self.kind == COMMUNE:
            return french.table_commune(self.level, self.label, self.key)
        return self.label

    @property
    def shown_amount(self) -> str:
        if self.kind == BOUND:
            return french.table_bound(self.amount)
        return french.table_amount(self.amount)


class LockedTable(Struct, frozen=True):
    year: int
    file: str
    rows: tuple[TableRow, ...]
    sources: Mapping[tuple[str, str, str], Source] = field(default_factory=dict)


def tariff_table(
    grid: Grid, communes: Iterable[Sequence[CommuneYear]], basis: PopulationBasis
) -> tuple[TableRow, ...]:
    """Prices and bounds of the grid, then each priced level at its edges, for a commune of average
    wealth, and in each commune."""
    rows = [TableRow(PRICE, p.level, p.key, p.label, None, p.value) for p in grid.prices()]
    priced = [level for level in grid.levels.values() if level.is_priced]
    for level in priced:
        for rank, bracket in enumerate(level.brackets):
            limit = Decimal(bracket.up_to) if bracket.up_to is not None else None
            label = french.table_bracket(level.code, bracket_name(level, rank))
            rows.append(TableRow(BOUND, level.code, f"brackets.{rank}.up_to", label, None, limit))
    around = sorted({population for level in priced for population in edges(level)})
    for level in priced:
        for population in around:
            amount = amount_due(level, population)
            rows.append(TableRow(EDGE, level.code, str(population), "", population, amount))
    for group in communes:
        last = group[-1]
        population = last.population(basis)
        for level in priced:
            if level.wealth is not None and last.financial_potential is None:
                continue  # what it would pay is not known
            amount = amount_due(level, population, last.financial_potential)
            rows.append(
                TableRow(COMMUNE, level.code, last.code_insee, last.name, population, amount)
            )
    return tuple(rows)


def replay(
    locked: LockedTable,
    grid: Grid,
    communes: Iterable[Sequence[CommuneYear]],
    basis: PopulationBasis,
) -> list[Problem]:
    """One problem for each row of a locked table that moved, vanished or appeared.

    The edges are those that were locked: a tariff that moves also moves its edges, which would
    blur the differences.
    """
    now = {row.identity: row for row in tariff_table(grid, communes, basis)}
    before = {row.identity: row for row in locked.rows}
    problems = []
    for identity, row in before.items():
        source = locked.sources.get(identity, Source(locked.file))
        facts = {"year": str(locked.year), "title": row.title, "before": row.shown_amount}
        current = _again(row, grid) if row.kind == EDGE else now.get(identity)
        if current is None:
            problems.append(Problem("L02", source, facts))
        elif (current.amount, current.population) != (row.amount, row.population):
            facts["after"] = current.shown_amount
            if current.population != row.population:
                for when, read in (("before", row), ("after", current)):
                    facts[when] = french.for_population(facts[when], read.population or 0)
            problems.append(Problem("L01", source, facts))
    for identity, row in now.items():
        if identity not in before and row.kind != EDGE:
            facts = {"year": str(locked.year), "title": row.title, "after": row.shown_amount}
            problems.append(Problem("L03", Source(locked.file), facts))
    return problems


def _again(row: TableRow, grid: Grid) -> TableRow | None:
    """An edge under today's grid; None when the level has no fee any more."""
    level = grid.levels.get(row.level)
    if level is None or not level.is_priced:
        return None
    return replace(row, amount=amount_due(level, row.population or 0))
