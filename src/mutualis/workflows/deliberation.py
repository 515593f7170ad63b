"""The draft deliberation on a grid: what it brings in, then its two files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.indexation.cpi import PriceIndex
from mutualis.domain.indexation.indexation import IndexationPlan
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import UnusableData
from mutualis.domain.simulation.dataset import Dataset, dataset_of
from mutualis.domain.simulation.proposal import Proposal
from mutualis.domain.tariffs.grid import Grid, IndexationRule
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.disk import sums
from mutualis.workflows.outputs import relative
from mutualis.workflows.simulate import checked

if TYPE_CHECKING:
    from mutualis.workflows.printing import Printer


class DraftFiles(Struct, frozen=True):
    """Files that are set, and not yet in place."""

    root: Path
    contents: Sequence[tuple[Path, bytes]]

    def write(self) -> tuple[str, ...]:
        """Put each in place, or beside one that somebody changed since; returns their names.
        Raises NotWritten."""
        return tuple(
            relative(self.root, sums.write(self.root, path, data)) for path, data in self.contents
        )


def draft_deliberation(
    workspace: Workspace,
    index: PriceIndex,
    plan: IndexationPlan,
    rule: IndexationRule,
    printer: "Printer",
) -> DraftFiles:
    """The draft of the grid of `plan`, read by `rule` from `index`. Raises UnusableData where its
    year, or the one before, cannot be priced; NotWritten for a template that is at fault."""
    from mutualis.documents.deliberation.content import deliberation_of
    from mutualis.documents.deliberation.page import deliberation_page
    from mutualis.documents.deliberation.word import word_document

    draft = deliberation_of(proposal_of(workspace, index, plan, rule), workspace.issuer)
    year = plan.grid.year
    path = printer.root / "out" / f"{year}" / f"projet-deliberation-{year}.docx"
    contents = [
        (path, word_document(draft)),
        (path.with_suffix(".pdf"), printer.render(deliberation_page(draft))),
    ]
    return DraftFiles(printer.root, contents)


def proposal_of(
    workspace: Workspace, index: PriceIndex, plan: IndexationPlan, rule: IndexationRule
) -> Proposal:
    """What the grid of `plan` brings in; raises UnusableData as above."""
    year = plan.grid.year
    past = _dataset(workspace, plan.before) if year - 1 in workspace.communes.years else None
    same = _dataset(workspace, replace(plan.before, year=year, indexed_from=None))
    after = _dataset(workspace, plan.grid)
    problems = [
        problem
        for dataset in (past, same, after)
        if dataset is not None
        for problem in checked(workspace, dataset)
        if problem.severity is Severity.ERROR
    ]
    if problems:
        raise UnusableData(in_order(problems))
    is_published = rule.rate == "published"
    point = index.rated(plan.rate.month, plan.rate.series) if is_published else None
    return Proposal.of(plan, rule, point, past, same, after)


def _dataset(workspace: Workspace, grid: Grid) -> Dataset:
    """The year of a grid, priced by it: its own rows, else those that lead to it."""
    grids = {**workspace.tariffs.grids, grid.year: grid}
    tariffs = replace(workspace.tariffs, grids=grids)
    found = dataset_of(workspace.communes, tariffs, workspace.index, grid.year)
    if isinstance(found, Problem):
        raise AssertionError(f"the grid of {grid.year} is there: {found.message}")
    return found
