"""Index the tariff for a year, or record the act that votes it."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from mutualis.domain.cpi import CURRENT_ID, IndexPoint, PriceIndex, december_before
from mutualis.domain.indexation import IndexationPlan, plan_indexation
from mutualis.domain.problems import Problem, Source
from mutualis.domain.refusals import Refusal, UnusableData
from mutualis.domain.tariffs import Grid
from mutualis.domain.workspace import Workspace
from mutualis.files import cpi_file, cpi_writer, tariffs_file, tariffs_writer
from mutualis.workflows.gathering import gather


@dataclass(frozen=True, slots=True)
class NewDecember:
    """The December figure given on the command line."""

    rate: Decimal
    index: Decimal
    base: str
    origin: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """`files` are those written, relative to the workspace; none on a dry run."""

    plan: IndexationPlan
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]

    @property
    def written(self) -> bool:
        return tariffs_file.NAME in self.files


@dataclass(frozen=True, slots=True)
class Voted:
    """A grid whose act was recorded."""

    grid: Grid
    files: tuple[str, ...]


def index_tariffs(
    root: Path,
    year: int | None,
    *,
    december: NewDecember | None = None,
    act: str | None = None,
    dry_run: bool = False,
) -> Indexed | Voted:
    """The grid of `year` (by default the year after the last one), or the act of a grid.

    Raises Refusal when the grid is already there, UnusableData when something is missing;
    nothing is written then.
    """
    workspace, warnings = gather(root)
    grids = workspace.tariffs.grids
    wanted = max(grids, default=0) + 1 if year is None else year
    if wanted in grids:
        if act is None:
            raise _already_there(grids[wanted])
        return _vote(root, grids[wanted], act, dry_run=dry_run)
    if wanted - 1 not in grids:
        raise _no_previous(workspace, wanted)
    index, point = workspace.index, None
    if december is not None:
        point = _point(workspace, december, wanted)
        index = PriceIndex.of((*index.points, point))
    plan = plan_indexation(workspace.tariffs, index, wanted)
    if isinstance(plan, Problem):
        raise UnusableData([plan])
    files: list[str] = []
    if not dry_run:
        change = tariffs_writer.append_grid(root, plan.grid)
        _check_read_back(change, workspace, plan.grid)
        if point is not None:
            cpi_writer.append_point(root, point)
            files.append(cpi_file.NAME)
        tariffs_writer.apply(root, change)
        files.insert(0, tariffs_file.NAME)
        if act is not None:
            return _vote(root, plan.grid, act, dry_run=False)
    return Indexed(plan, warnings, tuple(files))


def _vote(root: Path, grid: Grid, act: str, *, dry_run: bool) -> Voted:
    if grid.is_voted and not grid.act_is_missing:
        raise Refusal(
            f"La grille {grid.year} est déjà votée ({grid.act}) : rien n'a été changé.",
            f"pour corriger l'acte, modifier « act » sous [grids.{grid.year}] dans "
            f"{tariffs_file.NAME}",
        )
    if not act.strip():
        raise Refusal("L'acte est vide.", '--act "Délibération n° … du …"')
    change = tariffs_writer.record_act(root, grid.year, act.strip())
    voted = change.tariffs.grids[grid.year]
    if not dry_run:
        tariffs_writer.apply(root, change)
    return Voted(voted, () if dry_run else (tariffs_file.NAME,))


def _point(workspace: Workspace, december: NewDecember, year: int) -> IndexPoint:
    """The new point; raises Refusal when the month is already known in that base."""
    month, series = december_before(year), workspace.tariffs.indexation.series
    same = [p for p in workspace.index.of_month(month, series) if p.base == december.base]
    if same:
        raise Refusal(
            f"{cpi_file.NAME} donne déjà {month} en base {december.base} ({same[0].source}) : "
            "rien n'a été changé.",
            "relancer sans --rate, --index, --base ni --source, ou corriger cette ligne",
        )
    known = [p for p in workspace.index.points if (p.series, p.base) == (series, december.base)]
    series_id = known[-1].series_id if known else CURRENT_ID.get((series, december.base), series)
    return IndexPoint(
        month,
        series_id,
        december.base,
        december.index,
        december.rate,
        december.origin,
        Source(cpi_file.NAME),
    )


def _already_there(grid: Grid) -> Refusal:
    if grid.is_voted and not grid.act_is_missing:
        remedy = f"rien à faire : la grille est votée ({grid.act})"
    else:
        remedy = (
            f'pour enregistrer la délibération : mutualis index {grid.year} --act "…" ; '
            f"pour recalculer, supprimer d'abord [grids.{grid.year}] et ses tables"
        )
    return Refusal(
        f"La grille {grid.year} existe déjà dans {tariffs_file.NAME} : rien n'a été écrit.", remedy
    )


def _no_previous(workspace: Workspace, year: int) -> UnusableData:
    grids = workspace.tariffs.grids
    last = max(grids, default=None)
    if last is not None and last < year:
        steps = ", puis ".join(f"mutualis index {y}" for y in range(last + 1, year + 1))
        how = f"indexer année après année : {steps}."
    else:
        how = f"saisir [grids.{year - 1}] dans {tariffs_file.NAME}."
    facts = {"year": str(year - 1), "known": ", ".join(map(str, sorted(grids))), "how": how}
    return UnusableData([Problem("A02", Source(tariffs_file.NAME), facts)])


def _check_read_back(change: tariffs_writer.Change, workspace: Workspace, grid: Grid) -> None:
    """The new text must say what it said, plus the new grid, and nothing else."""
    expected = {**workspace.tariffs.grids, grid.year: grid}
    if dict(change.tariffs.grids) != expected:
        raise AssertionError("the grid read back is not the grid written")
