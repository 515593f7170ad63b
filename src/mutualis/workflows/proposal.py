"""A changed table put in place: the CSV file itself, or a workbook beside the one that is read,
which is never written in."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from mutualis.domain.communes.movements import Movement
from mutualis.domain.problems.problem import Problem
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.data import communes_writer
from mutualis.files.data import movements as movements_file
from mutualis.files.disk import atomic
from mutualis.files.tables.input_table import changed_meanwhile, proposal_of
from mutualis.files.tables.text import is_present, read_bytes
from mutualis.files.tables.value_sheet import ValueSheet
from mutualis.files.tables.workbook_table import read_records


class ProposedTable(Struct, frozen=True):
    """`name` is the workbook that may take the place of `file`, which is as it was; `formulas` are
    the columns of which it has the values alone. It `stood` when it was there, the same."""

    name: str
    file: str
    formulas: tuple[str, ...]
    stood: bool


class Put(Struct, frozen=True):
    """`files` are those written, relative to the workspace; a proposal, on a dry run too."""

    files: tuple[str, ...] = ()
    proposal: ProposedTable | None = None


def put_communes(
    root: Path,
    change: communes_writer.NewCommunes,
    workspace: Workspace,
    today: date,
    *,
    dry_run: bool,
) -> Put:
    """Raises Refusal where another proposal waits, NotWritten."""
    sheet = change.sheet
    if isinstance(sheet, ValueSheet):

        def check(data: bytes) -> None:
            communes_writer.check_written(change, data)

        return _propose(root, sheet, check, workspace, today, dry_run=dry_run)
    if dry_run:
        return Put()
    communes_writer.apply(root, sheet)
    return Put((sheet.file,))


def put_movements(
    root: Path, added: Sequence[Movement], workspace: Workspace, today: date, *, dry_run: bool
) -> Put:
    """The same; UnusableData where the movements contradict those that are there."""
    known = workspace.movements
    made = movements_file.with_movements(root, added, known)
    if isinstance(made, ValueSheet):

        def check(data: bytes) -> None:
            movements_file.check_written(known.file, data, added, known)

        return _propose(root, made, check, workspace, today, dry_run=dry_run)
    if dry_run:
        return Put()
    atomic.write_data(root / movements_file.NAME, made)
    return Put((movements_file.NAME,))


def _propose(
    root: Path,
    sheet: ValueSheet,
    check: Callable[[bytes], None],
    workspace: Workspace,
    today: date,
    *,
    dry_run: bool,
) -> Put:
    from mutualis.documents.excel.proposal import render_proposal

    grids = workspace.tariffs.grids.values()
    levels = dict.fromkeys(
        code for grid in grids for code, level in grid.levels.items() if not level.is_on_quote
    )
    table = PurePosixPath(sheet.file).stem
    data = render_proposal(table, sheet.rows, [*levels], workspace.issuer.name, today)
    check(data)
    if read_bytes(root, sheet.file) != sheet.before:
        raise changed_meanwhile(sheet.file)
    name = proposal_of(sheet.file)
    stood = is_present(root / name)
    if stood and not _says(root, name, data):
        raise Refusal("files.proposal_waits", path=name, file=sheet.file)
    proposal = ProposedTable(name, sheet.file, sheet.formulas, stood)
    if dry_run or stood:
        return Put((), proposal)
    atomic.write_data(root / name, data)
    return Put((name,), proposal)


def _says(root: Path, name: str, data: bytes) -> bool:
    """Whether a proposal that waits has the same cells."""
    there = read_bytes(root, name)
    return not isinstance(there, Problem) and read_records(name, there) == read_records(name, data)
