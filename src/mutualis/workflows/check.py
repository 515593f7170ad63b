"""Everything that is wrong, or may be, with the files of a workspace."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mutualis.documents.paper import LOGO
from mutualis.domain.checks.issuable import as_real
from mutualis.domain.checks.lists import check_all
from mutualis.domain.checks.requests import schemes_serve
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import sums
from mutualis.files.disk.targets import REGISTER
from mutualis.files.received.meeting import meeting_problems
from mutualis.files.tables.input_table import proposals
from mutualis.files.tables.text import is_present, read_bytes
from mutualis.files.workspace import load
from mutualis.workflows.outputs import check_none_left, check_not_lost, relative
from mutualis.workflows.templates import check_templates


class Checked(Struct, frozen=True):
    """`counts` says what was read: rows, grids, Decembers, locked tables, services and so on;
    `proposals` are the workbooks that wait to take the place of one that is read."""

    problems: tuple[Problem, ...]
    counts: dict[str, int]
    proposals: tuple[str, ...]

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors


def check_workspace(root: Path, today: date, *, real: bool = False) -> Checked:
    """Cross-file checks run only on files that can be read; those of a workspace that is an example
    are asked as of a `real` one."""
    loaded = load(root)
    workspace = as_real(loaded.workspace) if real and loaded.workspace else loaded.workspace
    beside = [problem for check in BESIDE for problem in check(root)]
    if workspace is None:
        return Checked(tuple(in_order([*loaded.problems, *beside])), {}, proposals(root))
    counts = {
        "communes": len(workspace.communes.rows),
        "movements": len(workspace.movements.rows),
        "grids": len(workspace.tariffs.grids),
        "decembers": sum(p.month.endswith("-12") for p in workspace.index.points),
        "locked_tables": len(workspace.tables),
        "locked_amounts": sum(len(table.rows) for table in workspace.tables.values()),
        "services": len(workspace.services.rows),
        "requests": len(workspace.requests.rows) if workspace.requests else 0,
        "schemes": len(workspace.schemes),
        "interventions": len(workspace.interventions.rows),
    }
    found = [
        *loaded.problems,
        *beside,
        *check_all(workspace),
        *schemes_serve(workspace, today),
        *_beside_register(root, workspace, today),
    ]
    return Checked(tuple(in_order(found)), counts, proposals(root))


def _logo(root: Path) -> list[Problem]:
    """A logo that no PDF can take: A12, or why its file cannot be read."""
    if not is_present(root / LOGO):
        return []
    from mutualis.documents.paper.logo import logo_of

    data = read_bytes(root, LOGO)
    if isinstance(data, Problem):
        return [data]
    try:
        logo_of(data, LOGO)
    except Refusal as refusal:
        return [Problem("A12", Source(LOGO), {"why": refusal.reason.text})]
    return []


# What commands read beside the data: each look at it gives its problems.
BESIDE: tuple[Callable[[Path], list[Problem]], ...] = (_logo, check_templates, meeting_problems)


def _beside_register(root: Path, workspace: Workspace, today: date) -> list[Problem]:
    """What the files say otherwise than what was issued."""
    try:
        if not is_present(root / REGISTER):
            check_none_left(root)
            return []
        from mutualis.register import store

        ledger = store.read_ledger(root)
        check_not_lost(root, ledger)
        store.check_sound(root)
    except Refusal as refusal:
        facts = {"why": refusal.reason.text, "how": refusal.remedy or "mutualis register verify"}
        return [Problem("B23", Source(REGISTER), facts)]
    from mutualis.domain.checks.recorded import check_recorded

    return check_recorded(workspace, ledger, today)


def write_report(root: Path, checked: Checked, target: Path, made_on: date) -> str:
    """Give the tables back with their faults coloured, and a list of all problems.

    Raises Refusal for a target among the inputs, NotWritten when it cannot be written.
    """
    from mutualis.documents.exports.report import render_report
    from mutualis.files.any_table import read_grid

    names = dict.fromkeys(problem.source.file for problem in checked.problems)
    tables = {name: rows for name in names if (rows := read_grid(root, name))}
    data = render_report(checked.problems, tables, made_on)
    return relative(root, sums.write(root, target, data))
