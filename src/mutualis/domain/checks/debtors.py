"""Who owes: communes without a SIREN, or that look like one and the same."""

from collections.abc import Iterator
from datetime import date

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import groups_of
from mutualis.domain.french.typography import count, enumerated
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace


def sirens_are_filled_in(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """The debtors of a year that nothing can be issued for yet."""
    last_day = date(grid.year, 12, 31)
    groups = [
        group
        for group in groups_of(workspace.communes, grid.year, last_day)
        if not group.debtor.siren and any(row.level for row in group.rows)
    ]
    if groups:
        first = groups[0].row.source
        facts = {
            "year": str(grid.year),
            "count": count(len(groups), "commune"),
            "names": enumerated([group.debtor.name for group in groups]),
        }
        yield Problem("B15", Source(first.file, first.line, field="siren"), facts)


def sirens_differ(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """Two communes of a year do not share a SIREN."""
    seen: dict[str, CommuneYear] = {}
    for row in workspace.communes.of_year(grid.year):
        other = seen.setdefault(row.siren, row)
        if row.siren and other.code_insee != row.code_insee:
            facts = {
                "commune": row.name,
                "other": other.name,
                "other_code": other.code_insee,
                "siren": row.siren,
                "year": str(row.year),
            }
            yield Problem("B18", row.source, facts)


def issuer_is_no_debtor(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """The body's own SIREN is that of none of its communes."""
    for row in workspace.communes.of_year(grid.year):
        if row.siren and row.siren == workspace.issuer.siren:
            facts = {"commune": row.name, "siren": row.siren, "year": str(row.year)}
            yield Problem("B19", row.source, facts)
