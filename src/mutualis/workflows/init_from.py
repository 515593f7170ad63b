"""A real workspace out of an example: its facts, the real levels, no table that is invented."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from mutualis.domain.problems.problem import Problem, Source, has_errors, in_order
from mutualis.domain.problems.refusals import Refusal, UnreadableRequest, UnusableData
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import communes as communes_file
from mutualis.files.data import issuer as issuer_file
from mutualis.files.data.locked_table import table_name
from mutualis.files.disk.atomic import not_written
from mutualis.files.new import from_example
from mutualis.files.new.example import PACKAGE, SCHEMAS, open_formats
from mutualis.files.new.new_folder import check_free
from mutualis.workflows.init import MadeFrom, NewWorkspace, asked_for, build, joinable
from mutualis.workflows.inputs import gather

README = "data/README.md"  # it describes the example
MEETINGS = "data/meetings"


def init_from(
    folder: Path, example: Path, codes: str, year: int | None, *, made_on: date
) -> NewWorkspace:
    """`codes` is the list of communes, with the level of each; years before `year` (None: that of
    the last grid) are left behind, as are tables that are an example from end to end.

    Raises UnreadableRequest, UnusableData, Refusal or NotWritten, and then nothing is left.
    """
    check_free(folder)
    if not (example / "data").is_dir():
        facts = {"path": str(example / "data")[:200], "option": "--from"}
        raise UnusableData([Problem("N14", Source("--from"), facts)])
    workspace, _ = gather(example)
    if not workspace.issuer.example:
        raise Refusal("init.not_an_example", folder=str(example))
    grids = workspace.tariffs.grids
    first = max(grids) if year is None else year
    if first not in grids or not workspace.communes.of_year(first):
        known = ", ".join(str(y) for y in grids if workspace.communes.of_year(y))
        raise UnreadableRequest("init.year_without_grid", year=first, known=known)
    listed, problems = asked_for(codes, joinable(grids[first]))
    if not has_errors(problems):
        if not any(commune.level for commune in listed):
            raise UnreadableRequest("init.list_without_levels")
        communes, wrong = from_example.communes_at(example, first, listed, Path(codes).name)
        problems.extend(wrong)
    if has_errors(problems):
        raise UnusableData(in_order(problems))
    left_out = tuple(_invented(workspace))
    # A locked table is replayed on the communes of its year.
    past = [table_name(year) for year in workspace.tables if year < first]
    replaced = (workspace.communes.file, issuer_file.NAME, PACKAGE, README, SCHEMAS.rstrip("/"))
    try:
        kept = from_example.kept_files(example, (*left_out, *past, *replaced))
        issuer = (example / issuer_file.NAME).read_bytes()
    except OSError as error:
        raise not_written(example, error) from error
    contents = {
        communes_file.NAME: communes,
        issuer_file.NAME: from_example.without_the_mark(issuer),
        **kept,
    }
    contents.update(open_formats(contents))
    made = build(folder, contents, lambda _: first, in_order(problems), made_on, MadeFrom.EXAMPLE)
    return replace(made, left_out=left_out)


def _invented(workspace: Workspace) -> Iterator[str]:
    """The tables of which every row says that it is an example, with what stands on them."""
    requests = () if workspace.requests is None else workspace.requests.rows
    tables: tuple[Sequence[tuple[Source, bool]], ...] = (
        [(row.source, row.is_example) for row in workspace.costs.rows],
        [(row.source, row.is_example) for row in workspace.interventions.rows],
        [(row.source, row.is_example) for row in workspace.schemes],
        [(row.source, row.is_example) for row in requests],
    )
    for rows in tables:
        for file, own in groupby(rows, key=lambda row: row[0].file):
            if all(is_example for _, is_example in own):
                yield file
    if requests and all(row.is_example for row in requests):
        yield MEETINGS
