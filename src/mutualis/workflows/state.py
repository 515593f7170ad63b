"""The state of a workspace: its years, what is issued, which steps of the year are done."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from mutualis.domain.costs.paper import PaperKind, papers_of
from mutualis.domain.issuing.account import Left, left_of
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.workspace import load
from mutualis.workflows.account_year import Files, read_year
from mutualis.workflows.register import ledger_of

_MOST_YEARS = 4


class YearStep(StrEnum):
    """The officer's year, in order: each step is done for good, or still to do."""

    POPULATIONS = "populations"
    INDEX = "index"
    NOTICE = "notice"
    VOTE = "vote"
    LOCK = "lock"
    ISSUE = "issue"
    TITRES = "titres"


class YearState(Struct, frozen=True):
    """`is_voted` is None where the year has no grid. Amounts are of memberships, in euros with tax:
    `due` is None where the year cannot be priced, `to_issue` what is to be claimed of it."""

    year: int
    communes: int
    is_voted: bool | None
    is_locked: bool
    documents: int
    claimed: Decimal
    due: Decimal | None
    to_issue: Decimal


class WorkspaceState(Struct, frozen=True):
    """`years` are the last ones, `steps` those of `year`; `waiting` counts the documents whose
    titre is not known. `errors` are of the files: nothing is computed where there are any.
    `is_noticeable`: there are costs to make known, and no invoice yet, before which they are."""

    name: str
    is_example: bool
    year: int
    errors: int
    years: tuple[YearState, ...]
    steps: Mapping[YearStep, bool]
    waiting: int
    is_noticeable: bool

    @property
    def unpriced(self) -> int | None:
        """The last year that has a grid and cannot be priced: its files are wrong together."""
        wrong = (one.year for one in self.years if one.is_voted is not None and one.due is None)
        return max(wrong, default=None)

    @property
    def next(self) -> YearStep | None:
        """The first step still to do; None where all are."""
        left = [step for step, done in self.steps.items() if not done]
        return next((s for s in left if s is not YearStep.NOTICE or self.is_noticeable), None)


def is_workspace(root: Path) -> bool:
    return (root / "data").is_dir()


def state_of(root: Path, today: date) -> WorkspaceState:
    """As on a day; raises Refusal where the register cannot be read."""
    loaded, ledger = load(root), ledger_of(root)
    workspace = loaded.workspace
    if workspace is None:
        return WorkspaceState("", False, today.year, len(loaded.problems), (), {}, 0, False)
    files = Files(workspace, with_recorded(ledger, workspace.movements), ledger, today)
    known = {*workspace.communes.years, *workspace.tariffs.grids, *(b.year for b in ledger.batches)}
    waiting = sum(ledger.titre_of(document.number) is None for document in ledger.documents)
    steps = _steps(workspace, ledger, today.year, waiting)
    return WorkspaceState(
        name=workspace.issuer.name,
        is_example=workspace.issuer.example,
        year=today.year,
        errors=0,
        years=tuple(_year(files, workspace, year) for year in sorted(known)[-_MOST_YEARS:]),
        steps=steps,
        waiting=waiting,
        is_noticeable=workspace.costs.is_given and not steps[YearStep.ISSUE],
    )


def _year(files: Files, workspace: Workspace, year: int) -> YearState:
    read = read_year(files, year)
    due, to_issue = None, ZERO
    if read.accounts is not None:
        due = sum((account.entry.due for account in read.accounts.all), ZERO)
        minimum = read.accounts.tariffs.minimum_recovery
        left = (a for a in read.accounts.all if left_of(a, minimum) is Left.TO_ISSUE)
        to_issue = sum((account.entry.remaining for account in left), ZERO)
    owned = [item for own in read.owned.values() for item in own]
    grid = workspace.tariffs.grids.get(year)
    return YearState(
        year=year,
        communes=len(workspace.communes.of_year(year)),
        is_voted=None if grid is None else grid.is_voted,
        is_locked=year in workspace.tables,
        documents=len(owned),
        claimed=sum((item.worth for item in owned), ZERO),
        due=due,
        to_issue=to_issue,
    )


def _steps(
    workspace: Workspace, ledger: Ledger, year: int, waiting: int
) -> Mapping[YearStep, bool]:
    grid = workspace.tariffs.grids.get(year)
    is_issued = bool(ledger.batches_of(year, Product.MEMBERSHIP))
    return {
        YearStep.POPULATIONS: bool(workspace.communes.of_year(year)),
        YearStep.INDEX: grid is not None,
        YearStep.NOTICE: bool(papers_of(ledger.records, year, PaperKind.NOTICE)),
        YearStep.VOTE: grid is not None and grid.is_voted and not grid.act_is_missing,
        YearStep.LOCK: year in workspace.tables,
        YearStep.ISSUE: is_issued,
        YearStep.TITRES: is_issued and not waiting,
    }
