"""What was done in a year, at price, at cost, and what was paid: gather, place, count, write."""

from collections import Counter
from datetime import date
from pathlib import Path

from mutualis.domain.checks.services import levels_of_services_exist
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.costs.checks import costs_are_sound
from mutualis.domain.costs.margins import half_day_prices
from mutualis.domain.costs.unit_cost import UnitCosts, costs_of_year
from mutualis.domain.french.names import slug
from mutualis.domain.interventions.allocation import Served, serve
from mutualis.domain.interventions.checks import check_served, interventions_are_real
from mutualis.domain.interventions.quotas import QuotaUse, quota_uses
from mutualis.domain.problems.problem import Problem, Source, in_order
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.requests.promises import promises
from mutualis.domain.tariffs.grid import Grid
from mutualis.domain.usage.income import incomes
from mutualis.domain.usage.load import DirectorateLoad, loads
from mutualis.domain.usage.quote_coverage import quotes_cover
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import Struct, replace
from mutualis.domain.workspace import Workspace
from mutualis.files.data import interventions as interventions_file
from mutualis.files.disk import sums
from mutualis.workflows.inputs import checked, commune_rows, gather, grid_of, without_errors
from mutualis.workflows.outputs import relative
from mutualis.workflows.register import ledger_of

EXAMPLE = "« 12/03/2025;;Saône;Conseils d'urbanisme;A;1;;;Avis sur un permis;mairie »"


class Measured(Struct, frozen=True):
    """`warnings` are all of them; `alerts` those about the interventions alone."""

    usage: Usage
    warnings: tuple[Problem, ...]
    alerts: tuple[Problem, ...]
    files: tuple[str, ...]


def measure_usage(
    root: Path,
    year: int,
    *,
    made_on: date,
    commune: str = "",
    write: bool = False,
    out: Path | None = None,
) -> Measured:
    """The usage of `year`, whole or of one commune, and its workbook where it is asked for.

    Raises UnusableData, Refusal or NotWritten.
    """
    workspace, warnings = gather(root)
    ledger = ledger_of(root)
    done = done_in(workspace, ledger, year)
    workspace, given = done.workspace, workspace.interventions
    rows = commune_rows(workspace.communes, commune, year) if commune else ()
    usage = usage_of(done, ledger, rows)
    alerts = in_order(
        [
            *check_served(usage.served, usage.quotas, done.grid),
            *quotes_cover(usage.served, ledger.missions, given.rows, workspace.services),
            *interventions_are_real(given.file, [item.intervention for item in usage.served]),
        ]
    )
    warnings += done.warnings
    if usage.costs is not None:
        prices = tuple(half_day_prices(done.grid))
        told = costs_are_sound(workspace.costs, usage.costs, workspace.services, prices)
        warnings += tuple(told)
    files: tuple[str, ...] = ()
    if write or out is not None:
        files = (_write(root, usage, workspace, alerts, made_on, out),)
    return Measured(usage, tuple(in_order([*warnings, *alerts])), tuple(alerts), files)


class Done(Struct, frozen=True):
    """What was done in a year, before what it brings in: `workspace` has the grid that it is
    counted at, that of the year `prices_of` where it has none of its own."""

    workspace: Workspace
    grid: Grid
    prices_of: int | None
    served: tuple[Served, ...]
    quotas: tuple[QuotaUse, ...]
    warnings: tuple[Problem, ...]


def done_in(workspace: Workspace, ledger: Ledger, year: int) -> Done:
    """Raises UnusableData or Refusal when it cannot be counted."""
    if not workspace.interventions.is_given:
        facts = {"columns": f"« {interventions_file.columns()} »", "example": EXAMPLE}
        raise UnusableData([Problem("U14", Source(interventions_file.NAME), facts)])
    workspace, prices_of = _priced(workspace, year)
    grid = grid_of(workspace, year)
    if grid.on_quote is None:
        raise Refusal("grids.no_half_day", year=year)
    # A grid that stands for another has been voted for its own year: its act is not in question.
    told = checked(workspace, grid)
    warnings = tuple(p for p in told if prices_of is None or p.code != "B07")
    without_errors(tuple(levels_of_services_exist(workspace)))
    served, problems = serve(
        workspace.communes,
        workspace.services,
        workspace.tariffs.population,
        grid,
        workspace.interventions.of_year(year),
        ledger.missions.communes,
    )
    without_errors(problems)
    quotas = quota_uses(workspace.communes, workspace.services, grid, served)
    return Done(workspace, grid, prices_of, served, quotas, warnings)


def _priced(workspace: Workspace, year: int) -> tuple[Workspace, int | None]:
    """With the last voted grid in the place of a missing one, where `before_vote` allows it; the
    year of that grid."""
    tariffs = workspace.tariffs
    earlier = tariffs.last_voted_before(year)
    if year in tariffs.grids or tariffs.before_vote != "previous_grid" or earlier is None:
        return workspace, None
    grids = {**tariffs.grids, year: replace(earlier, year=year)}
    return replace(workspace, tariffs=replace(tariffs, grids=grids)), earlier.year


def usage_of(done: Done, ledger: Ledger, rows: tuple[CommuneYear, ...] = ()) -> Usage:
    """The usage of the year, narrowed to who pays for the commune of `rows` when there is one."""
    workspace, grid, served, quotas = done.workspace, done.grid, done.served, done.quotas
    found = incomes(workspace.communes, workspace.tariffs, grid, ledger)
    others = Counter(row.day.year for row in workspace.interventions.rows)
    del others[grid.year]
    whole = Usage(
        grid.year,
        grid,
        served,
        found,
        quotas,
        workspace.services,
        other_years=dict(others),
        prices_of=done.prices_of,
        costs=_costs(workspace, grid.year),
    )
    if not rows:
        return replace(whole, loads=_loads(done, ledger))
    groups = list(workspace.communes.by_debtor(grid.year))
    group = next(g for g in groups if any(row.code_insee == rows[0].code_insee for row in g))
    debtor = group[-1]
    codes = {row.code_insee for row in group}
    return replace(
        whole,
        served=tuple(item for item in served if item.commune.code_insee in codes),
        incomes=found.of(codes),
        quotas=tuple(use for use in quotas if use.commune.code_insee in codes),
        commune=debtor,
        asked=rows[-1] if rows[-1].code_insee != debtor.code_insee else None,
    )


def _loads(done: Done, ledger: Ledger) -> tuple[DirectorateLoad, ...]:
    """Without requests nothing is promised; without criteria no directorate has a capacity."""
    workspace = done.workspace
    held = () if workspace.requests is None else promises(ledger.records, workspace.requests)
    capacities = {} if workspace.criteria is None else workspace.criteria.capacities
    return loads(done.grid.year, done.served, held, capacities)


def _costs(workspace: Workspace, year: int) -> UnitCosts | None:
    """None where the file has no row of the year: the costs of another year are not its own."""
    given = workspace.costs.of_year(year)
    return costs_of_year(workspace.costs, year) if given else None


def _write(
    root: Path,
    usage: Usage,
    workspace: Workspace,
    alerts: list[Problem],
    made_on: date,
    out: Path | None,
) -> str:
    from mutualis.documents.usage.book import render_usage

    path = out
    if path is None or path.suffix.lower() != ".xlsx":
        own = f"-{slug(usage.commune.name)}" if usage.commune is not None else ""
        folder = out if out is not None else root / "out" / str(usage.year)
        path = folder / f"usage-{usage.year}{own}.xlsx"
    data = render_usage(usage, workspace.issuer, alerts, made_on)
    return relative(root, sums.write(root, path, data))
