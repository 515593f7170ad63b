"""The row that follows those of ../account in register.db, as the program of then wrote them.

    PYTHONPATH=src python tests/registers/changes/make_changes.py FOLDER

It is a record: a later program writes other rows, and register.db is never written anew.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.issuing.settings import tariffs_of_year
from mutualis.domain.issuing.year_on_year import with_changes
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import replace
from mutualis.files.workspace import load
from mutualis.register import store

HISTORY = Path(__file__).parents[1] / "history"
ACCOUNT = Path(__file__).parents[1] / "account"
ACT = Act(date(2026, 12, 20), "Odile Exemple", "0.2.0", "a5" * 32)


def made(ledger: Ledger) -> tuple[Record, ...]:
    """The batch of 2027, issued the year before: dearer, weighted by wealth, at other levels, for
    more inhabitants."""
    workspace = load(HISTORY).workspace
    assert workspace is not None
    tariffs = tariffs_of_year(workspace.tariffs, ledger, 2026)
    grid = replace(tariffs.grids[2026], year=2027, act="Délibération fictive n° 2 du 11/12/2026")
    rises = {price.key: price.value + Decimal("0.1") for price in grid.prices()}
    levels = {**grid.with_prices(rises)}
    wealth = Wealth(Decimal("120.5"), Decimal("0.75"), Decimal("1.25"))
    levels["2B"] = replace(levels["2B"], wealth=wealth)
    grid = replace(grid, levels=levels, indexed_from=None)
    tariffs = replace(tariffs, grids={**tariffs.grids, 2027: grid})
    moves = with_recorded(ledger, workspace.movements)
    communes = Communes.of(rows(workspace.communes.rows), movements=moves)
    issue = plan_issue(communes, tariffs, 2027, ledger, ACT.day)
    issue = with_changes(issue, communes, tariffs, ledger)
    last = workspace.issuer.signatories[-1]
    issuer = replace(workspace.issuer, signatories=(replace(last, end=None),))
    return records_of(issue, ledger, issuer, ACT, 2026)


LEVELS = {"99902": "2C", "99903": "2B", "99911": "2A", "99913": "2B"}


def rows(own: Iterable[CommuneYear]) -> Iterator[CommuneYear]:
    """Those of the file, what merges in June 2026 ended, what it merges into; in 2027 all that is
    left, and one that joins."""
    for row in own:
        merged = {"99912": date(2026, 6, 9), "99904": date(2026, 6, 17)}.get(row.code_insee)
        if row.year == 2025 and row.code_insee == "99901" and row.end == date(2025, 12, 31):
            heir = replace(row, year=2026, code_insee="99913", start=date(2026, 6, 10), end=None)
            yield heir
            yield later(heir)
        if (row.year == 2026 and merged is None) or (row.year, row.code_insee) == (2025, "99911"):
            yield later(row)
        yield replace(row, end=merged) if row.year == 2026 and merged is not None else row


def later(row: CommuneYear) -> CommuneYear:
    people = row.municipal_population + 12, row.total_population + 11
    return replace(
        row,
        year=2027,
        level_source="Convention fictive",
        code_insee={"99903": "99914"}.get(row.code_insee, row.code_insee),
        start=None,
        end=None,
        level=LEVELS.get(row.code_insee, row.level),
        municipal_population=people[0],
        total_population=people[1],
    )


def main(folder: Path) -> None:
    shutil.copy(ACCOUNT / store.NAME, folder / store.NAME)
    store.append(folder, made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
