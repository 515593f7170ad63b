"""Simulate a year: two sides priced as `bill` would, compared; nothing is written anywhere."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.domain.checks.lists import check_chain, check_year
from mutualis.domain.checks.rates import index_holds, kinds_left_behind
from mutualis.domain.checks.recorded import rules_are_kept
from mutualis.domain.french.names import did_you_mean, nearest
from mutualis.domain.french.typography import euros
from mutualis.domain.indexation.cpi import PriceIndex, december_before
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Refusal, UnreadableRequest, UnusableData
from mutualis.domain.simulation.comparison import Compared, bounds_of, compare
from mutualis.domain.simulation.dataset import Dataset, dataset_of
from mutualis.domain.simulation.differences import Difference, differences
from mutualis.domain.simulation.priced import PricedYear, price
from mutualis.domain.simulation.rates import is_supposed, supposing
from mutualis.domain.simulation.solve import OutOfReach, Solved, solve
from mutualis.domain.tariffs.grid import Price
from mutualis.domain.value import Struct, field, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import tariffs as tariffs_file
from mutualis.files.simulation.overlay import Overlay, laid_over, parse_settings, read_reform
from mutualis.files.tables.text import is_present
from mutualis.register import store
from mutualis.workflows.costs import fees_to_cover
from mutualis.workflows.inputs import communes_rows, gather, membership_level

# What is said of issuing, or of the look of the data, which a simulation does without.
OF_ISSUING = (
    *("B07", "B10", "B12", "B13", "B15", "B18"),
    *("B24", "B25", "B27", "B28", "B29", "B30", "B31"),
)


class SimulationAsked(Struct, frozen=True):
    """What is to be simulated.

    `of_cost` sets the target at what memberships are to cover of the year's costs.
    `baseline` is a year, or the reforms that the same year is compared under; `settings` are values
    by dotted key, `moves` levels by the name of a commune, empty for one that leaves. `strata` are
    the last populations of each size, `near` a distance in per cent, `top` a number of communes.
    """

    year: int
    reforms: Sequence[Path] = ()
    baseline: int | Sequence[Path] = ()
    rate: Decimal | None = None
    settings: Sequence[tuple[str, str]] = ()
    moves: Sequence[tuple[str, str]] = ()
    solve: str = ""
    target: Decimal = Decimal(0)
    of_cost: bool = False
    strata: Sequence[int] = ()
    near: Decimal = Decimal(2)
    top: int = 10


class Hypothesis(Struct, frozen=True):
    """A year priced, and the reforms that it is under."""

    priced: PricedYear
    reforms: tuple[Overlay, ...] = ()


class Simulation(Struct, frozen=True):
    """`moves` are the names of communes and their new levels, `strata` the last populations of the
    strata but the open one."""

    asked: SimulationAsked
    baseline: Hypothesis
    scenario: Hypothesis
    moves: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]
    lines: tuple[Compared, ...]
    strata: tuple[int, ...]
    solved: Solved | None
    warnings: tuple[Problem, ...]
    issuer: Issuer

    @property
    def change(self) -> Decimal:
        return self.scenario.priced.total - self.baseline.priced.total


class _Trouble(Struct):
    """Everything that is wrong with a request, told at once."""

    problems: list[Problem] = field(default_factory=list)

    def stop(self) -> None:
        errors = [p for p in self.problems if p.severity is Severity.ERROR]
        if errors:
            raise UnusableData(in_order(errors))


def simulate(root: Path, asked: SimulationAsked) -> Simulation:
    """Both sides priced and compared; raises UnusableData with all that is wrong, Refusal when no
    price reaches the target."""
    workspace, warnings = gather(root)
    trouble = _Trouble()
    reforms = _reforms(asked.reforms, trouble)
    against = [] if isinstance(asked.baseline, int) else _reforms(asked.baseline, trouble)
    settings, found = parse_settings(asked.settings)
    trouble.problems += found
    before = _baseline(workspace, asked, against, trouble)
    index = _supposed(workspace, asked.year, asked.rate, since=asked.year)
    after = _dataset(workspace, index, asked.year, trouble, again=asked.rate is not None)
    after = _laid_over(after, [*reforms, *([settings] if settings else [])], trouble)
    moves = _moves(after, asked.moves, trouble)
    trouble.stop()
    if before is None or after is None:
        raise AssertionError("a side is missing and nothing is wrong")
    after = _moved(after, moves)
    warnings += _checked(workspace, before, after, trouble)
    warnings += left_behind(workspace, after)
    ledger = store.read_ledger(root)
    for year in sorted({before.year, after.year}):
        warnings += tuple(rules_are_kept(workspace, ledger, year))
    if asked.of_cost:
        asked = replace(asked, target=fees_to_cover(workspace, ledger, asked.year))
    solved = _solved(after, asked)
    after = after if solved is None else solved.dataset
    baseline, scenario = price(before), price(after)
    return Simulation(
        asked=asked,
        baseline=Hypothesis(baseline, tuple(against)),
        scenario=Hypothesis(scenario, tuple(reforms)),
        moves=tuple(moves.values()),
        differences=differences(before, after),
        lines=compare(baseline, scenario),
        strata=tuple(sorted(set(asked.strata))) or bounds_of(after.grid),
        solved=solved,
        warnings=tuple(in_order(warnings)),
        issuer=workspace.issuer,
    )


def _reforms(paths: Sequence[Path], trouble: _Trouble) -> list[Overlay]:
    for path in paths:
        if not is_present(path):
            raise UnreadableRequest("files.not_found", path=str(path)[:200])
    found = [read_reform(path) for path in paths]
    trouble.problems += [problem for _, problems in found for problem in problems]
    return [overlay for overlay, _ in found if overlay is not None]


def _baseline(
    workspace: Workspace, asked: SimulationAsked, against: Sequence[Overlay], trouble: _Trouble
) -> Dataset | None:
    """The year's own grid and rows, or another year's, or the year under other reforms; the rate
    given serves only where none is known."""
    year = asked.baseline if isinstance(asked.baseline, int) else asked.year
    index = _supposed(workspace, year, asked.rate, since=year + 1)
    return _laid_over(_dataset(workspace, index, year, trouble), against, trouble)


def _supposed(workspace: Workspace, year: int, rate: Decimal | None, *, since: int) -> PriceIndex:
    """The index with the rate given, for the grids that are to be indexed."""
    if rate is None:
        return workspace.index
    tariffs = workspace.tariffs
    start = max((known for known in tariffs.grids if known < year), default=year - 1)
    series = tariffs.indexation.series
    return supposing(workspace.index, series, range(start + 1, year + 1), rate, since=since)


def _dataset(
    workspace: Workspace, index: PriceIndex, year: int, trouble: _Trouble, *, again: bool = False
) -> Dataset | None:
    found = dataset_of(workspace.communes, workspace.tariffs, index, year, again=again)
    if isinstance(found, Problem):
        trouble.problems.append(without_rate(found))
        return None
    trouble.problems += rates_that_fail(workspace, index, found)
    return found


def rates_that_fail(workspace: Workspace, index: PriceIndex, dataset: Dataset) -> list[Problem]:
    """What is wrong with the rates of INSEE that a dataset was indexed by, as `index` tells it."""
    series = workspace.tariffs.indexation.series
    own = [year for year in dataset.rates if not is_supposed(index, series, year)]
    return [p for year in own for p in index_holds(workspace.index, december_before(year))]


def without_rate(problem: Problem) -> Problem:
    """A20 in the place of I01 and I02: a simulation may be given the rate that is missing."""
    if problem.code not in ("I01", "I02"):
        return problem
    facts = {key: problem.facts[key] for key in ("year", "month", "series")}
    return Problem("A20", Source(tariffs_file.NAME), facts)


def _laid_over(
    dataset: Dataset | None, overlays: Sequence[Overlay], trouble: _Trouble
) -> Dataset | None:
    """The dataset with the reforms one after the other; those that cannot be are left out."""
    for overlay in overlays:
        changed = None if dataset is None else laid_over(dataset, overlay)
        if isinstance(changed, Dataset):
            dataset = changed
        elif changed is not None:
            trouble.problems += changed
    return dataset


def _moves(
    dataset: Dataset | None, typed: Sequence[tuple[str, str]], trouble: _Trouble
) -> Mapping[str, tuple[str, str]]:
    """The name and the new level of each commune, by code."""
    found: dict[str, tuple[str, str]] = {}
    if dataset is None:
        return found
    for name, level in typed:
        try:
            row = communes_rows(dataset.communes, [name], dataset.year)[0][-1]
            code = membership_level(dataset.grid, level).code if level else ""
        except UnusableData as error:
            trouble.problems += error.problems
            continue
        if found.setdefault(row.code_insee, (row.name, code)) != (row.name, code):
            raise UnreadableRequest("simulate.moved_twice", commune=row.name)
    return found


def _moved(dataset: Dataset, moves: Mapping[str, tuple[str, str]]) -> Dataset:
    return dataset.with_memberships({code: level for code, (_, level) in moves.items()})


def _checked(
    workspace: Workspace, before: Dataset, after: Dataset, trouble: _Trouble
) -> tuple[Problem, ...]:
    """The warnings about both sides; raises UnusableData when one of them cannot be priced."""
    for dataset in (before, after):
        trouble.problems += checked(workspace, dataset)
    trouble.stop()
    return tuple(trouble.problems)


def checked(workspace: Workspace, dataset: Dataset) -> list[Problem]:
    """What stops the use of a dataset's prices, and what is said of the rows of the files.

    A grid that the files do not hold needs not be what its index gives; those that it was indexed
    from must.
    """
    grid, year = dataset.grid, dataset.year
    if workspace.tariffs.grids.get(year) != grid:
        grid = replace(grid, indexed_from=None)
    tariffs = replace(dataset.tariffs, grids={**dataset.tariffs.grids, year: grid})
    found = check_year(replace(workspace, communes=dataset.communes, tariffs=tariffs), year)
    found += check_chain(workspace, year) if dataset.rates else []
    is_carried = dataset.rows_of != year
    return [
        p for p in found if p.severity is Severity.ERROR or not (is_carried or p.code in OF_ISSUING)
    ]


def left_behind(workspace: Workspace, dataset: Dataset) -> tuple[Problem, ...]:
    """The kinds of amounts that the grid of a dataset kept while it was indexed."""
    if not dataset.rates:
        return ()
    return tuple(kinds_left_behind(workspace.tariffs, workspace.tariffs.grids[dataset.grid_of]))


def _solved(dataset: Dataset, asked: SimulationAsked) -> Solved | None:
    if not asked.solve:
        return None
    found = solve(dataset, _price(dataset, asked.solve), asked.target, before_tax=asked.of_cost)
    if isinstance(found, OutOfReach):
        raise Refusal(
            "simulate.out_of_reach",
            label=found.price.label,
            target=euros(asked.target),
            highest=euros(found.highest),
        )
    return found


def _price(dataset: Dataset, key: str) -> Price:
    """The price of a membership that a key names."""
    prices = {item.key: item for item in dataset.grid.prices() if not item.category}
    if key not in prices:
        known = ", ".join(prices)
        guess = did_you_mean(nearest(key, prices, limit=1))
        raise UnreadableRequest(
            "simulate.no_such_price", key=key, year=dataset.year, known=known, guess=guess
        )
    return prices[key]
