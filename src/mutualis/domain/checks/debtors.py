"""Who owes: communes without a SIREN, or that look like one and the same."""

from collections.abc import Iterator

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import count, enumerated
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.workspace import Workspace


def sirens_are_filled_in(workspace: Workspace, grid: Grid) -> Iterator[Problem]:
    """The debtors of a year that nothing can be issued for yet."""
    groups = [
        rows
        for rows in workspace.communes.by_debtor(grid.year)
        if not rows[-1].siren and any(row.level for row in rows)
    ]
    if groups:
        first = groups[0][-1].source
        facts = {
            "year": str(grid.year),
            "count": count(len(groups), "commune"),
            "names": enumerated([rows[-1].name for rows in groups]),
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
