"""A commune changes its level from a day on: its rows, and what it owes then."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.communes.communes import Communes
from mutualis.domain.communes.level_change import applied, plan_level
from mutualis.domain.communes.population_update import RowChange
from mutualis.domain.issuing.account import accounts_on
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.kinds import Product
from mutualis.domain.money import ZERO
from mutualis.domain.problems.problem import Problem
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import communes_writer
from mutualis.files.disk.lock import changes_data
from mutualis.workflows.inputs import (
    checked,
    commune_rows,
    gather,
    grid_of,
    membership_level,
    missing_communes,
    without_errors,
)
from mutualis.workflows.proposal import ProposedTable, put_communes
from mutualis.workflows.register import ledger_of


class YearOwed(Struct, frozen=True):
    """What the commune owes for a year, in euros with tax, before and after the change; `is_issued`
    tells that something of the year is in the register."""

    year: int
    before: Decimal
    after: Decimal
    is_issued: bool


class LevelChanged(Struct, frozen=True):
    """`unpriced` are the years without a grid, `widened` the columns that the file had not."""

    code: str
    name: str
    day: date
    changes: tuple[RowChange, ...]
    years: tuple[YearOwed, ...]
    unpriced: tuple[int, ...]
    widened: tuple[str, ...]
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    proposal: ProposedTable | None = None


@changes_data
def change_level(
    root: Path,
    wanted: str,
    level: str,
    day: date,
    act: str,
    *,
    today: date,
    dry_run: bool = False,
) -> LevelChanged:
    """`level` is "" for a commune that leaves. Raises UnusableData on data that cannot be read, a
    commune or a level that nobody knows, Refusal where nothing would change, or where a proposal
    waits."""
    workspace, warnings = gather(root)
    communes = workspace.communes
    without_errors(missing_communes(workspace, day.year))
    row = commune_rows(communes, wanted, day.year)[-1]
    code = membership_level(_grid_near(workspace, day.year), level).code if level else ""
    changes = plan_level(communes, row.code_insee, code, day, act)
    change = communes_writer.with_levels(root, changes, communes)
    after = replace(workspace, communes=applied(communes, changes))
    ledger = ledger_of(root)
    years = tuple(
        owed
        for year in sorted({item.row.year for item in changes})
        if (owed := _owed(workspace, after, ledger, row.code_insee, year)) is not None
    )
    put = put_communes(root, change, workspace, today, dry_run=dry_run)
    unpriced = {item.row.year for item in changes} - {owed.year for owed in years}
    return LevelChanged(
        code=row.code_insee,
        name=row.name,
        day=day,
        changes=changes,
        years=years,
        unpriced=tuple(sorted(unpriced)),
        widened=change.widened,
        warnings=warnings,
        files=put.files,
        proposal=put.proposal,
    )


def _grid_near(workspace: Workspace, year: int) -> Grid:
    """The grid of the year, else the last one before it; raises UnusableData without any."""
    known = [y for y in workspace.tariffs.grids if y <= year]
    return grid_of(workspace, max(known) if known else year, with_communes=False)


def _owed(
    before: Workspace, after: Workspace, ledger: Ledger, code: str, year: int
) -> YearOwed | None:
    """None for a year without a grid."""
    tariffs = tariffs_of_year(before.tariffs, ledger, year)
    if year not in tariffs.grids:
        return None
    checked(after, tariffs.grids[year])

    def due(communes: Communes) -> Decimal:
        accounts = accounts_on(communes, tariffs, year, Ledger(), None, {code}).all
        return sum((a.entry.due for a in accounts if code in a.codes), ZERO)

    is_issued = bool(ledger.batches_of(year, Product.MEMBERSHIP))
    return YearOwed(year, due(before.communes), due(after.communes), is_issued)
