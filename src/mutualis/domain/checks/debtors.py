"""Who owes: communes that look like one and the same."""

from collections.abc import Iterator

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.problems.problem import Problem
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace


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
