"""INSEE's own files into the workspace: populations into the table of communes, Decembers into
cpi.csv, movements into their table."""

from datetime import date
from pathlib import Path

from mutualis.domain.checks.years import how_to_add_communes
from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.communes.movements import Movement
from mutualis.domain.communes.population_answers import Answers
from mutualis.domain.communes.population_plan import known_codes, plan_update
from mutualis.domain.communes.population_update import ChangeKind, PopulationUpdate
from mutualis.domain.indexation.cpi_update import IndexUpdate, plan_index_update
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import NotWritten, UnreadableRequest, UnusableData
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.population_effects import Effect, effects, grid_for
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.data import communes_writer, cpi_writer
from mutualis.files.data import cpi as cpi_file
from mutualis.files.disk.lock import changes_data
from mutualis.files.insee.movements import read_insee_movements
from mutualis.files.insee.populations import read_populations
from mutualis.files.insee.series import read_series
from mutualis.files.tables.text import is_present
from mutualis.register import store
from mutualis.workflows.inputs import gather, without_errors
from mutualis.workflows.proposal import ProposedTable, Put, put_communes, put_movements


class ImportedPopulations(Struct, frozen=True):
    """`grid` is that of the fees shown, which may be of another year.

    `issued` says that invoices of the year are in the register, `locked` that its tariff table
    is locked; `files` are those written, relative to the workspace.
    """

    update: PopulationUpdate
    effects: tuple[Effect, ...]
    grid: Grid | None
    basis: PopulationBasis
    issued: bool
    locked: bool
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    proposal: ProposedTable | None = None


class ImportedIndex(Struct, frozen=True):
    """`published` are the months whose rate cpi.csv had already."""

    update: IndexUpdate
    published: frozenset[str]
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]


class ImportedMovements(Struct, frozen=True):
    """`known` is how many rows of the file were there already."""

    added: tuple[Movement, ...]
    known: int
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    proposal: ProposedTable | None = None


@changes_data
def import_populations(
    root: Path, path: Path, year: int, answers: Answers, *, today: date, dry_run: bool = False
) -> ImportedPopulations:
    """Add or update the rows of `year` from the year before and INSEE's file.

    Raises UnusableData when a file has errors, Refusal when a commune has disappeared and
    nobody says where to; nothing is written then.
    """
    _check_exists(path)
    workspace, warnings = gather(root)
    communes = workspace.communes
    wanted = known_codes(communes, year, workspace.movements)
    if not wanted:
        raise UnusableData([_nobody_to_carry(workspace, year)])
    listed, problems = read_populations(path, wanted | set(answers.merged.values()))
    warnings += without_errors(problems)
    update = plan_update(communes, listed, year, answers, workspace.movements)
    warnings += tuple(update.warnings())
    change = communes_writer.with_rows(root, year, update.changes, communes)
    batches = store.read_ledger(root).batches
    put = Put()
    if update.moved:
        put = put_communes(root, change, workspace, today, dry_run=dry_run)
    grid, basis = grid_for(workspace.tariffs, year), workspace.tariffs.population
    return ImportedPopulations(
        update=update,
        effects=effects(update, grid, basis),
        grid=grid,
        basis=basis,
        issued=any(batch.year == year for batch in batches),
        locked=year in workspace.tables and bool(update.of_kind(ChangeKind.UPDATED)),
        warnings=tuple(in_order(warnings)),
        files=put.files,
        proposal=put.proposal,
    )


@changes_data
def import_index(root: Path, path: Path, *, dry_run: bool = False) -> ImportedIndex:
    """Add the final Decembers of a series that cpi.csv does not have.

    Raises UnusableData when a file has errors, Refusal when cpi.csv gives a December another
    index; nothing is written then.
    """
    _check_exists(path)
    workspace, warnings = gather(root)
    release, problems = read_series(path)
    warnings += without_errors(problems)
    if release is None:
        raise AssertionError("a series without errors is read")
    update = plan_index_update(workspace.index, release)
    files: tuple[str, ...] = ()
    if update.added:
        data = cpi_writer.with_points(root, update.added)
        if cpi_file.read_index(root)[0] != workspace.index:
            raise NotWritten("files.changed_meanwhile", path=cpi_file.NAME)
        if not dry_run:
            cpi_writer.write(root, data)
            files = (cpi_file.NAME,)
    published = frozenset(
        point.month
        for point in workspace.index.points
        if point.series == release.series and point.rate is not None
    )
    return ImportedIndex(update, published, tuple(in_order(warnings)), files)


@changes_data
def import_movements(
    root: Path, path: Path, *, today: date, dry_run: bool = False
) -> ImportedMovements:
    """Add what INSEE's file says of the communes of communes.csv, of any year.

    Raises UnusableData when a file has errors or the two contradict each other, Refusal when the
    movements cannot be added; nothing is written then.
    """
    _check_exists(path)
    workspace, warnings = gather(root)
    communes = {row.code_insee for row in workspace.communes.rows}
    found, problems = read_insee_movements(path, communes)
    warnings += without_errors(problems)
    known = {row.key for row in workspace.movements.rows}
    added = tuple({row.key: row for row in found if row.key not in known}.values())
    put = put_movements(root, added, workspace, today, dry_run=dry_run) if added else Put()
    known_here = {row.key for row in found} & known
    told = tuple(in_order(warnings))
    return ImportedMovements(added, len(known_here), told, put.files, put.proposal)


def _check_exists(path: Path) -> None:
    if not is_present(path):
        raise UnreadableRequest("files.not_found", path=str(path)[:200])


def _nobody_to_carry(workspace: Workspace, year: int) -> Problem:
    """N06, with the year to import first."""
    years = workspace.communes.years
    facts = {
        "before": str(year - 1),
        "year": str(year),
        "known": ", ".join(map(str, years)) or "aucune",
        "how": how_to_add_communes(years, year),
    }
    return Problem("N06", Source(workspace.communes.file), facts)
