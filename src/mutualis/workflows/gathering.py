"""The inputs of a use case, or one refusal with everything that is wrong with them."""

from collections.abc import Iterable
from pathlib import Path

from mutualis.domain.catalogue import Severity
from mutualis.domain.checks import check_year, how_to_add_grid
from mutualis.domain.communes import CommuneYear
from mutualis.domain.names import nearest
from mutualis.domain.problems import Problem, Source, has_errors
from mutualis.domain.refusals import UnusableData
from mutualis.domain.tariffs import Grid
from mutualis.domain.workspace import Workspace
from mutualis.files import communes_file, tariffs_file
from mutualis.files.workspace import load


def gather(root: Path) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace and the warnings about its files; raises UnusableData on any error."""
    loaded = load(root)
    if loaded.workspace is None:
        raise UnusableData(loaded.problems)
    return loaded.workspace, loaded.problems


def grid_of(workspace: Workspace, year: int) -> Grid:
    """The year's grid; raises UnusableData that says how to add what the year lacks."""
    grids = workspace.tariffs.grids
    missing = []
    if year not in grids:
        how = how_to_add_grid(workspace.tariffs, year)
        last = max(grids, default=year)
        if year > last + 1:
            steps = ", puis ".join(f"mutualis index {y}" for y in range(last + 1, year + 1))
            how = f"indexer année après année : {steps}"
        facts = {"year": str(year), "known": _years(grids), "how": f"{how}."}
        missing.append(Problem("A02", Source(tariffs_file.NAME), facts))
    if not workspace.communes.of_year(year):
        known = workspace.communes.years
        before = max((y for y in known if y < year), default=max(known, default=year - 1))
        facts = {"year": str(year), "known": _years(known), "before": str(before)}
        missing.append(Problem("A05", Source(communes_file.NAME), facts))
    if missing:
        raise UnusableData(missing)
    return grids[year]


def checked(workspace: Workspace, grid: Grid) -> tuple[Problem, ...]:
    """The warnings about the year; raises UnusableData on an error."""
    problems = check_year(workspace, grid.year)
    if has_errors(problems):
        raise UnusableData([p for p in problems if p.severity is Severity.ERROR])
    return tuple(problems)


def commune_rows(workspace: Workspace, wanted: str, year: int) -> tuple[CommuneYear, ...]:
    """The year's rows of the one commune meant; raises UnusableData when none or several are."""
    found = workspace.communes.find(wanted, year)
    if len(found) == 1:
        return found[0]
    if found:
        state = f"est ambigu en {year}"
        names = [f"{rows[0].name} ({rows[0].code_insee})" for rows in found[:5]]
    else:
        state = f"inconnue en {year}"
        codes = {row.name: row.code_insee for row in workspace.communes.of_year(year)}
        names = [f"{name} ({codes[name]})" for name in nearest(wanted, codes)]
    guess = f" Vouliez-vous dire {' ou '.join(names)} ?" if names else ""
    facts = {"wanted": wanted, "state": state, "guess": guess, "year": str(year)}
    raise UnusableData([Problem("A04", Source(communes_file.NAME), facts)])


def _years(years: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(years))) or "aucune"
