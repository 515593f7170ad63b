"""Whether the files still say what the register was written from."""

from collections.abc import Iterator

from mutualis.domain.communes.debtors import Known
from mutualis.domain.french.typography import short_date
from mutualis.domain.issuing.account import accounts_of
from mutualis.domain.issuing.settings import last_batch, settings_that_differ, tariffs_of_year
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.register.balance import movements_lost
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.workspace import Workspace


def check_recorded(workspace: Workspace, ledger: Ledger) -> list[Problem]:
    """What the files say otherwise than what was issued, for every year that has a batch."""
    years = [year for year in workspace.communes.years if last_batch(ledger, year) is not None]
    return in_order(
        [
            *movements_are_kept(workspace, ledger),
            *(found for year in years for found in rules_are_kept(workspace, ledger, year)),
            *(found for year in years for found in debtors_are_kept(workspace, ledger, year)),
        ]
    )


def rules_are_kept(workspace: Workspace, ledger: Ledger, year: int) -> Iterator[Problem]:
    """The grid and settings of a year that were not those of its last batch."""
    differing = settings_that_differ(workspace.tariffs, ledger, year)
    if differing:
        facts = {"year": str(year), "settings": ", ".join(differing)}
        yield Problem("B20", workspace.tariffs.source(differing[0]), facts)


def movements_are_kept(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    """The movements by which something was issued, that the file has lost."""
    for move in movements_lost(ledger, workspace.movements):
        facts = {
            "day": short_date(move.day),
            "kind": move.kind.value,
            "before": move.code_before,
            "after": move.code_after,
            "row": ";".join(
                (
                    move.day.isoformat(),
                    move.kind.value,
                    move.code_before,
                    move.name_before,
                    move.code_after,
                    move.name_after,
                    move.origin,
                )
            ),
        }
        yield Problem("B21", Source(workspace.movements.file or move.source.file), facts)


def debtors_are_kept(workspace: Workspace, ledger: Ledger, year: int) -> Iterator[Problem]:
    """The documents whose debtor has no row in their year any more."""
    tariffs = tariffs_of_year(workspace.tariffs, ledger, year)
    known = Known.of(workspace.communes, year)
    for owned in accounts_of(workspace.communes, tariffs, year, ledger, known).orphans:
        facts = {
            "number": owned.number,
            "commune": owned.document.commune.name,
            "code": owned.owner,
            "year": str(year),
        }
        yield Problem("B22", Source(workspace.communes.file), facts)
