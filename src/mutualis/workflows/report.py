"""The report on a year: gather what the other commands tell, write it as a PDF and a workbook."""

from datetime import date
from pathlib import Path

from mutualis.domain.costs.margins import Balance, YearMargins, half_day_prices
from mutualis.domain.issuing.account import Accounts
from mutualis.domain.money import CENT
from mutualis.domain.problems.problem import Problem, in_order
from mutualis.domain.problems.refusals import Refusal, UnusableData
from mutualis.domain.register.balance import with_recorded
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.report.amounts import amounts_by_level
from mutualis.domain.report.members import members_of
from mutualis.domain.report.report import Origins, YearReport
from mutualis.domain.requests.meeting import Meeting
from mutualis.domain.usage.income import Incomes, incomes
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import Struct
from mutualis.domain.workspace import Workspace
from mutualis.files.costs import costs as costs_file
from mutualis.files.data import criteria as criteria_file
from mutualis.files.disk import sums
from mutualis.workflows.account_year import Files, read_year
from mutualis.workflows.bill import missing_before, priced_year
from mutualis.workflows.costs import balance_of, found_costs
from mutualis.workflows.inputs import checked, gather, grid_of
from mutualis.workflows.outputs import relative
from mutualis.workflows.printing import Printer
from mutualis.workflows.register import ledger_of
from mutualis.workflows.usage import done_in, usage_of


class Reported(Struct, frozen=True):
    report: YearReport
    warnings: tuple[Problem, ...]


def year_report(root: Path, year: int, day: date) -> Reported:
    """A year as on a day, from the files and the register.

    Raises UnusableData when the year cannot be priced; what else is missing is told in its part.
    """
    workspace, warnings = gather(root)
    ledger = ledger_of(root)
    priced, told = priced_year(workspace, ledger, year)
    read = read_year(
        Files(workspace, with_recorded(ledger, workspace.movements), ledger, day), year
    )
    if read.accounts is None:  # what was issued has a price; the files of today give none
        checked(workspace, grid_of(workspace, year))
        raise AssertionError(f"{year} has a price and no accounts: {read.missing}")
    grid = read.accounts.tariffs.grids[year]
    no_changes = missing_before(priced, ledger, year)
    come_in = incomes(priced.communes, priced.tariffs, grid, ledger)
    usage, no_usage = _usage(workspace, ledger, year)
    margins, balance, no_costs = _costs(priced, come_in, year)
    report = YearReport(
        year=year,
        day=day,
        issuer=workspace.issuer,
        grid=grid,
        origins=_origins(priced, ledger, year),
        members=members_of(workspace.communes, year, (*grid.levels,), priced.tariffs.population),
        amounts=amounts_by_level(read.accounts.all, grid.levels),
        changes=None if no_changes else tuple(read.changes.values()),
        no_changes=no_changes,
        incomes=come_in,
        usage=usage,
        no_usage=no_usage,
        margins=margins,
        balance=balance,
        no_costs=no_costs,
        requests=workspace.requests,
        meetings=_meetings(ledger, year),
        has_examples=_examples(workspace, read.accounts, usage, margins),
    )
    return Reported(report, tuple(in_order([*warnings, *told])))


def write_report(root: Path, found: YearReport, printer: Printer) -> tuple[str, ...]:
    """The PDF, then the workbook; raises NotWritten."""
    from mutualis.documents.report.book import report_book
    from mutualis.documents.report.page import report_page

    folder = root / "out" / f"{found.year}"
    page, book = printer.render(report_page(found)), report_book(found)
    return (
        relative(root, sums.write(root, folder / f"rapport-{found.year}.pdf", page)),
        relative(root, sums.write(root, folder / f"rapport-{found.year}.xlsx", book)),
    )


def _usage(workspace: Workspace, ledger: Ledger, year: int) -> tuple[Usage | None, str]:
    """What was done, or why it cannot be said."""
    if not workspace.interventions.is_given:
        return None, "pas de data/interventions.csv : ce qui a été fait n'est pas noté."
    try:
        return usage_of(done_in(workspace, ledger, year), ledger), ""
    except Refusal:
        return None, f"les interventions ne peuvent pas être comptées (mutualis usage {year})."


def _costs(
    workspace: Workspace, come_in: Incomes, year: int
) -> tuple[YearMargins | None, Balance | None, str]:
    """The unit costs beside the prices, and the balance, or why there are none."""
    grid = workspace.tariffs.grids[year]
    try:
        found = found_costs(workspace, year)
    except UnusableData:
        how = f"mutualis costs {year} dit comment les noter"
        file = workspace.costs.file or costs_file.NAME
        return None, None, f"pas de coûts {year} dans {file} ({how})."
    prices = half_day_prices(grid)
    step = workspace.tariffs.indexation.rounding.get("half_day", CENT)
    return YearMargins(found, prices, step), balance_of(found, come_in), ""


def _meetings(ledger: Ledger, year: int) -> tuple[Meeting, ...]:
    """Those of the year, the last record of each day, in order."""
    found = {m.day: m for m in ledger.records if isinstance(m, Meeting) and m.year == year}
    return tuple(found[day] for day in sorted(found))


def _origins(workspace: Workspace, ledger: Ledger, year: int) -> Origins:
    communes = workspace.communes
    requests = workspace.requests
    return Origins(
        communes=communes.file,
        rows=len(communes.of_year(year)),
        rows_before=len(communes.of_year(year - 1)),
        movements=workspace.movements.file,
        grid=workspace.tariffs.grid_source(year),
        costs=workspace.costs.file,
        interventions=workspace.interventions.file,
        services=workspace.services.file,
        criteria="" if workspace.criteria is None else criteria_file.NAME,
        requests="" if requests is None or not requests.rows else requests.rows[0].source.file,
        batches=tuple(batch.rank for batch in ledger.batches if batch.year == year),
    )


def _examples(
    workspace: Workspace, accounts: Accounts, usage: Usage | None, margins: YearMargins | None
) -> bool:
    """Whether something that the report tells is invented."""
    costs = () if margins is None else margins.costs.rows
    requests = () if workspace.requests is None else workspace.requests.rows
    return (
        workspace.issuer.example
        or any(account.is_example for account in accounts.all)
        or (usage is not None and usage.has_examples)
        or any(row.is_example for row in costs)
        or any(row.is_example for row in requests)
    )
