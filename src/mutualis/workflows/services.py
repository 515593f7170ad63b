"""What a commune may ask for: the catalogue of services at its level."""

from datetime import date, timedelta
from pathlib import Path

from mutualis.domain.checks.services import levels_of_services_exist, services_are_sure
from mutualis.domain.communes.communes import CommuneYear, merger
from mutualis.domain.french.names import fold, matches, suggestions
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.domain.quotes.quote import membership_on
from mutualis.domain.services.service import Access, Offer, Service, Services, beyond, offers
from mutualis.domain.tariffs.fees import amount_due
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import services as services_file
from mutualis.workflows.inputs import (
    commune_rows,
    gather,
    membership_level,
    missing_communes,
    missing_grid,
    without_errors,
)

EXAMPLE = "« Généralités;2A;Questions juridiques;question;3;;;sûre »"


class ServiceList(Struct, frozen=True):
    """The answer to one request; `level` is None when the whole catalogue is asked for.

    `offers` are then empty, and `cells` are every row of it. The grid is that of the year, or the
    last one before it. `note` says why a commune that has rows that year is no member on the day.
    """

    year: int
    grid: Grid
    level: str | None
    commune: CommuneYear | None
    cells: tuple[Service, ...]
    offers: tuple[Offer, ...]
    warnings: tuple[Problem, ...]
    file: str
    note: str = ""

    @property
    def half_days_per_request(self) -> int | None:
        """The most that the level gives for one request, None for no limit."""
        level = self.grid.levels.get(self.level or "")
        return None if level is None else level.half_days_per_request

    @property
    def most(self) -> str:
        """« une demi-journée », « 2 demi-journées », empty for no limit."""
        limit = self.half_days_per_request
        if limit is None:
            return ""
        return "une demi-journée" if limit == 1 else count(limit, "demi-journée")

    def of(self, access: Access) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.access is access)


def list_services(
    root: Path, *, today: date, year: int, commune: str = "", level: str = "", theme: str = ""
) -> ServiceList:
    """What is open at a level or to a commune, on the day of `today` brought back into `year`.

    Raises UnusableData when the catalogue, the grid or the commune is not there.
    """
    workspace, warnings = gather(root)
    services = workspace.services
    if not services:
        columns = ";".join((*services_file.REQUIRED, *services_file.OPTIONAL))
        facts = {"columns": f"« {columns} »", "example": EXAMPLE}
        raise UnusableData([Problem("S01", Source(services.file or services_file.NAME), facts)])
    without_errors(tuple(levels_of_services_exist(workspace)))
    grid = _grid(workspace, year)
    code = membership_level(grid, level).code if level else None
    row, note = None, ""
    if commune:
        row, code, note = _member(workspace, commune, year, today)
    services = _of_theme(services, theme)
    warnings += tuple(services_are_sure(replace(workspace, services=services)))
    closed = () if row is None else _closed(workspace, grid, row)
    return ServiceList(
        year=year,
        grid=grid,
        level=code,
        commune=row,
        cells=services.rows,
        offers=() if code is None else offers(services, grid, code, closed),
        warnings=tuple(in_order(warnings)),
        file=services.file,
        note=note,
    )


def start_of(service: Service, listed: ServiceList) -> str:
    """From where on a service is on quote, when a membership gives its beginning."""
    level = listed.grid.on_quote
    if level is None or service.level != level.code:
        return ""
    return beyond([cell for cell in listed.cells if cell.key == service.key], listed.grid)


def _grid(workspace: Workspace, year: int) -> Grid:
    """The grid of the year, or the last one before: the levels outlive their prices."""
    earlier = [known for known in workspace.tariffs.grids if known <= year]
    if not earlier:
        raise UnusableData([missing_grid(workspace, year)])
    return workspace.tariffs.grids[max(earlier)]


def _member(
    workspace: Workspace, wanted: str, year: int, today: date
) -> tuple[CommuneYear, str, str]:
    """The commune, its level that day, and why it has none where it had or will have one."""
    without_errors(missing_communes(workspace, year))
    rows = commune_rows(workspace.communes, wanted, year)
    row = membership_on(rows, year, today)
    if row is not None:
        return row, row.level, ""
    past = [own for own in rows if own.end is not None and own.end < today]
    if not past:
        start = long_date(rows[0].first_day)
        return rows[0], "", f"Pas encore d'adhésion : elle commence le {start}."
    last = past[-1]
    heir = workspace.communes.owner(rows)[-1]
    if heir.code_insee != last.code_insee:
        return (
            last,
            "",
            f"{merger(last, heir)} : mutualis services --commune {heir.code_insee} "
            f"--year {year} dit ce que {heir.name} peut demander.",
        )
    since = long_date(last.last_day + timedelta(days=1))
    return last, "", f"Plus d'adhésion depuis le {since}." if last.level else ""


def _closed(workspace: Workspace, grid: Grid, commune: CommuneYear) -> list[str]:
    """The levels that have no price for the population of the commune."""
    population = commune.population(workspace.tariffs.population)
    levels = (level for level in grid.levels.values() if not level.is_on_quote)
    return [level.code for level in levels if amount_due(level, population) is None]


def _of_theme(services: Services, wanted: str) -> Services:
    """The services of the theme that was typed, or of all; raises Refusal when there is none."""
    if not wanted:
        return services
    themes = services.themes
    found = matches(wanted, themes)
    if not found:
        close = suggestions(wanted, themes)
        known = ", ".join(themes)
        if not close:
            raise Refusal("themes.unknown", typed=wanted, themes=known)
        near = " ou ".join(f"« {name} »" for name in close)
        raise Refusal("themes.unknown_but_near", typed=wanted, themes=known, near=near)
    wanted_themes = {fold(name) for name in found}
    rows = tuple(row for row in services.rows if fold(row.theme) in wanted_themes)
    return Services(rows, services.file)
