"""What a shell offers after a word of the command line, from the files of the workspace."""

from pathlib import Path

from mutualis.domain.requests.request import FILE as REQUESTS
from mutualis.files import glance
from mutualis.files.data import communes as communes_file
from mutualis.files.data import services as services_file

MOST = 500  # numbers, the last ones


def communes(root: Path) -> list[str]:
    """Their names, then their codes."""
    rows = glance.column(root, communes_file.NAME, "commune", "code_insee")
    return [*dict.fromkeys(name for name, _ in rows), *dict.fromkeys(code for _, code in rows)]


def years(root: Path) -> list[str]:
    """Those of the communes and of the grids, and the next one."""
    found = {year for (year,) in glance.column(root, communes_file.NAME, "annee")}
    found |= {*glance.grids(root)}
    known = sorted(int(year) for year in found if year.isascii() and year.isdigit())
    return [str(year) for year in dict.fromkeys((*known, *(last + 1 for last in known[-1:])))]


def levels(root: Path) -> list[str]:
    """Those of all grids, the last first."""
    found = reversed(glance.grids(root).values())
    return [*dict.fromkeys(code for grid in found for code in grid.get("levels", {}))]


def services(root: Path) -> list[str]:
    rows = glance.column(root, services_file.NAME, "prestation")
    return [*dict.fromkeys(services_file.without_quota(name) for (name,) in rows)]


def themes(root: Path) -> list[str]:
    return [*dict.fromkeys(name for (name,) in glance.column(root, services_file.NAME, "theme"))]


def requests(root: Path) -> list[str]:
    return [name for (name,) in glance.column(root, REQUESTS, "id")]


def numbers(root: Path) -> list[str]:
    """Those of the register, the last first."""
    from mutualis.register.last_numbers import last_numbers

    return [number for number, _ in last_numbers(root, MOST)]


def quotes(root: Path) -> list[str]:
    from mutualis.register.last_numbers import last_numbers

    return [number for number, kind in last_numbers(root, MOST) if kind == "quote"]
