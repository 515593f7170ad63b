"""The tariff table of a year: shown, exported or locked."""

from pathlib import Path

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.tariffs.table import TableRow, replay, tariff_table
from mutualis.domain.value import Struct
from mutualis.files.data.locked_table import render_table, table_name
from mutualis.files.disk import atomic
from mutualis.workflows.inputs import checked, gather, grid_of


class TariffTable(Struct, frozen=True):
    """`moved` is what differs from the table locked so far."""

    grid: Grid
    basis: PopulationBasis
    rows: tuple[TableRow, ...]
    warnings: tuple[Problem, ...]
    was_locked: bool
    moved: tuple[Problem, ...]
    files: tuple[str, ...]

    @property
    def as_csv(self) -> bytes:
        return render_table(self.rows)


def tabulate(root: Path, year: int, *, lock: bool = False) -> TariffTable:
    """The table of `year`, locked under data/tables when asked; only a lock needs its communes."""
    if not lock:
        return _tabulate(root, year, lock=False)
    from mutualis.files.disk.lock import alone

    with alone(root):
        return _tabulate(root, year, lock=True)


def _tabulate(root: Path, year: int, *, lock: bool) -> TariffTable:
    workspace, warnings = gather(root)
    grid = grid_of(workspace, year, with_communes=lock)
    warnings += tuple(p for p in checked(workspace, grid) if p.code != "L06")  # `moved` says it
    basis = workspace.tariffs.population
    rows = tariff_table(grid, workspace.communes.by_commune(year), basis)
    locked = workspace.tables.get(year)
    communes = workspace.communes.by_commune(year)
    moved = () if locked is None else tuple(replay(locked, grid, communes, basis))
    files: tuple[str, ...] = ()
    if lock:
        atomic.write_data(root / table_name(year), render_table(rows))
        files = (table_name(year),)
    return TariffTable(grid, basis, rows, warnings, locked is not None, moved, files)
