"""Index the tariff for a year, or record the act that votes it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from mutualis.domain.checks.lists import check_chain
from mutualis.domain.checks.rates import ROUNDING_GAP, computed_rate
from mutualis.domain.french.typography import number, percent
from mutualis.domain.indexation.cpi import (
    CURRENT_ID,
    IndexPoint,
    PriceIndex,
    december_before,
    is_computed,
)
from mutualis.domain.indexation.indexation import IndexationPlan, plan_indexation
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import NotWritten, Refusal, UnreadableRequest, UnusableData
from mutualis.domain.tariffs.grid import TO_FILL_IN, Grid, Status
from mutualis.domain.workspace import Workspace
from mutualis.files.data import cpi as cpi_file
from mutualis.files.data import cpi_writer, tariffs_writer
from mutualis.files.data import tariffs as tariffs_file
from mutualis.workflows.inputs import gather, missing_grid, without_errors


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
    """A grid that was there, whose act was recorded."""

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
    act = None if act is None else _checked_act(act)
    workspace, warnings = gather(root)
    grids = workspace.tariffs.grids
    wanted = max(grids, default=0) + 1 if year is None else year
    if wanted in grids:
        if act is None:
            raise _already_there(grids[wanted])
        if december is not None:
            raise UnreadableRequest(
                f"La grille {wanted} existe déjà : --rate, --index, --base et --source ne servent "
                "qu'à la créer.",
                f'mutualis index {wanted} --act "{act}"',
            )
        return _vote(root, workspace, grids[wanted], act, dry_run=dry_run)
    if wanted - 1 not in grids:
        raise UnusableData([missing_grid(workspace, wanted - 1)])
    warnings += without_errors(check_chain(workspace, wanted))
    point = None if december is None else _point(workspace, december, wanted)
    added = point is not None and not any(cpi_writer.same(point, p) for p in workspace.index.points)
    index = PriceIndex.of((*workspace.index.points, *([point] if point and added else [])))
    plan = plan_indexation(workspace.tariffs, index, wanted)
    if isinstance(plan, Problem):
        raise UnusableData([plan])
    if act is not None:
        plan = replace(plan, grid=replace(plan.grid, status=Status.VOTED, act=act))
    if is_computed(plan.rate.origin):
        warnings += (computed_rate(plan.rate, wanted),)
    files = () if dry_run else _write(root, workspace, plan, point if added else None)
    return Indexed(plan, tuple(in_order(warnings)), files)


def _write(
    root: Path, workspace: Workspace, plan: IndexationPlan, point: IndexPoint | None
) -> tuple[str, ...]:
    """Write the December, if it is new, then the grid; running again completes a half."""
    change = tariffs_writer.append_grid(root, plan.grid, workspace.tariffs)
    if point is None:
        tariffs_writer.apply(root, change)
        return (tariffs_file.NAME,)
    cpi_writer.write(root, cpi_writer.with_points(root, [point]))
    try:
        tariffs_writer.apply(root, change)
    except NotWritten as error:
        raise NotWritten(
            f"{error.message} {cpi_file.NAME} a déjà reçu {point.month}.",
            f"{error.remedy} : elle finira le travail",
        ) from error
    return (tariffs_file.NAME, cpi_file.NAME)


def _checked_act(act: str) -> str:
    stripped = " ".join(act.split())
    if stripped.lower() in ("", TO_FILL_IN):
        raise UnreadableRequest(
            f"--act : « {act} » n'est pas une délibération.", '--act "Délibération n° … du …"'
        )
    return stripped


def _vote(root: Path, workspace: Workspace, grid: Grid, act: str, *, dry_run: bool) -> Voted:
    if grid.is_voted and not grid.act_is_missing:
        raise Refusal(
            f"La grille {grid.year} est déjà votée ({grid.act}) : rien n'a été changé.",
            f"pour corriger l'acte, modifier « act » sous [grids.{grid.year}] dans "
            f"{tariffs_file.NAME}",
        )
    change = tariffs_writer.record_act(root, grid.year, act, workspace.tariffs)
    if not dry_run:
        tariffs_writer.apply(root, change)
    return Voted(change.tariffs.grids[grid.year], () if dry_run else (tariffs_file.NAME,))


def _point(workspace: Workspace, december: NewDecember, year: int) -> IndexPoint:
    """The new point; raises Refusal when the file gives the month other figures."""
    month, series = december_before(year), workspace.tariffs.indexation.series
    known = [p for p in workspace.index.points if (p.series, p.base) == (series, december.base)]
    series_id = known[-1].series_id if known else CURRENT_ID.get((series, december.base), series)
    point = IndexPoint(
        month,
        series_id,
        december.base,
        december.index,
        december.rate,
        december.origin,
        Source(cpi_file.NAME),
    )
    if point.is_provisional:
        raise Refusal(
            "Un chiffre provisoire n'indexe rien : rien n'a été changé.",
            "attendre la publication définitive de l'INSEE, à la mi-janvier",
        )
    computed = PriceIndex.of((*workspace.index.points, point)).computed(
        month, series, december.base
    )
    if computed is not None and abs(computed.value - point.rate_or_zero) > ROUNDING_GAP:
        raise Refusal(
            f"Le taux de {percent(december.rate)} ne va pas avec l'indice {number(december.index)} "
            f"en base {december.base}, qui donnerait {percent(computed.value)} : rien n'a été "
            "changé.",
            "vérifier --rate, --index et --base sur le site de l'INSEE",
        )
    for other in workspace.index.of_month(month, series):
        is_there = other.base == point.base or other.rate is not None
        if is_there and not cpi_writer.same(point, other):
            raise Refusal(
                f"{cpi_file.NAME} donne déjà {month} ({other.source}) : rien n'a été changé.",
                "relancer sans --rate, --index, --base ni --source, ou corriger cette ligne",
            )
    return point


def _already_there(grid: Grid) -> Refusal:
    if grid.is_voted and not grid.act_is_missing:
        remedy = f"rien : la grille est votée ({grid.act})"
    else:
        remedy = (
            f'pour enregistrer la délibération, mutualis index {grid.year} --act "…" ; '
            f"pour recalculer, supprimer d'abord [grids.{grid.year}] et ses tables"
        )
    return Refusal(
        f"La grille {grid.year} existe déjà dans {tariffs_file.NAME} : rien n'a été écrit.", remedy
    )
