"""The work for one commune more is the same in a body of 200 and of 300: nothing is quadratic."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from growth import SIZES, YEARS, calls, does_not_grow, workspace_of
from mutualis.domain.act import Act
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.checks.lists import check_all
from mutualis.domain.communes.finder import CommuneFinder
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.issuing.account import accounts_on
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.plan import plan_billing, plan_issue
from mutualis.domain.issuing.restored import restore_plan
from mutualis.domain.issuing.year_on_year import compare_batch
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.simulation.comparison import bounds_of, by_class, movers, strata
from mutualis.domain.simulation.comparison import compare as simulated
from mutualis.domain.simulation.dataset import Dataset, with_rows
from mutualis.domain.simulation.priced import price
from mutualis.domain.simulation.thresholds import near_bounds
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

NEW_YEAR = date(2026, 1, 1)


def issued(workspace: Workspace) -> Ledger:
    """A register that holds the batch of the year."""
    tariffs, issuer = workspace.tariffs, workspace.issuer
    issue = plan_issue(workspace.communes, tariffs, 2025, Ledger(), date(2025, 9, 1))
    act = Act(date(2025, 9, 1), "agent", "1.0", "0" * 64)
    batch, *documents = records_of(issue, Ledger(), issuer, act, 2025)
    assert isinstance(batch, Batch)
    return Ledger((batch, *documents), {batch.place: "0" * 64})


def of_workspace(workspace: Workspace) -> Callable[[], object]:
    return lambda: plan_billing(
        workspace.communes, workspace.tariffs, workspace.tariffs.grids[2025]
    )


def of_checks(workspace: Workspace) -> Callable[[], object]:
    return lambda: check_all(workspace)


def of_heirs(workspace: Workspace) -> Callable[[], object]:
    communes, finder = workspace.communes, CommuneFinder(workspace.communes)
    return lambda: [
        (
            finder.code_of(row.code_insee, date(2025, 9, 1)),
            communes.owner([row]),
            communes.debtor(row.code_insee, 2025),
        )
        for row in communes.of_year(2025)
    ]


def of_changes(workspace: Workspace) -> Callable[[], object]:
    grid = workspace.tariffs.grids[2025]
    tariffs = replace(workspace.tariffs, grids={year: replace(grid, year=year) for year in YEARS})
    before, after = (Side(workspace.communes, tariffs, year) for year in YEARS)
    return lambda: (compare(before, after), compare(after, after))


def of_simulation(workspace: Workspace) -> Callable[[], object]:
    grid = workspace.tariffs.grids[2025]
    tariffs = replace(workspace.tariffs, grids={year: replace(grid, year=year) for year in YEARS})
    sides = [Dataset(year, workspace.communes, tariffs, year, year) for year in YEARS]

    def work() -> None:
        lines = simulated(*map(price, sides))
        by_class(lines)
        strata(lines, bounds_of(grid))
        movers(lines, 10)
        [*near_bounds(price(sides[1]), Decimal(2))]
        with_rows(workspace.communes, 2026)

    return work


def of_reading_back(workspace: Workspace) -> Callable[[], object]:
    ledger = issued(workspace)

    def work() -> None:
        for batch in ledger.batches:
            restore_plan(batch, ledger)
            compare_batch(batch, ledger)
            plan_issue(workspace.communes, workspace.tariffs, batch.year, ledger, batch.act.day)

    return work


@pytest.mark.parametrize(
    "prepare",
    [of_workspace, of_checks, of_heirs, of_changes, of_simulation, of_reading_back],
)
def test_the_work_for_a_commune_does_not_grow(
    prepare: Callable[[Workspace], Callable[[], object]], shipped: Workspace
) -> None:
    assert does_not_grow(lambda size: calls(prepare(workspace_of(size, shipped))))


def test_the_account_of_one_commune_is_as_among_all(shipped: Workspace) -> None:
    workspace = workspace_of(40, shipped)
    of = (workspace.communes, workspace.tariffs, 2025, issued(workspace), NEW_YEAR)
    everyone = accounts_on(*of).all
    assert len(everyone) == 36  # 4 have become the next one
    for code in (row.code_insee for row in workspace.communes.of_year(2025)):
        own = tuple(account for account in everyone if code in account.codes)
        assert accounts_on(*of, {code}).all == own
        assert len(own) == 1


def test_one_account_prices_what_is_its_own(shipped: Workspace) -> None:
    def work(size: int, asked: tuple[str, ...]) -> int:
        workspace = workspace_of(size, shipped)
        of = (workspace.communes, workspace.tariffs, 2025, Ledger(), NEW_YEAR, asked)
        return calls(lambda: accounts_on(*of))

    few, many = ((work(size, ()) - work(size, ("00001",))) / size for size in SIZES[1:3])
    assert few > 20  # calls, for each commune that is not asked for
    assert many == pytest.approx(few, rel=0.05)


def test_what_the_register_was_ends_with_the_batch(shipped: Workspace) -> None:
    ledger = issued(workspace_of(20, shipped))
    batch = ledger.batches[0]
    later = replace(ledger, records=(*ledger.records, replace(batch, rank=2)))
    assert later.up_to(batch) == ledger.records
    assert later.of_batch(batch) == ledger.invoices
    assert later.up_to(later.batches[1]) == later.records


def test_the_change_of_one_commune_looks_at_its_own(shipped: Workspace) -> None:
    """What compares one commune asks nothing of those that no movement links to it."""

    def work(size: int) -> int:
        workspace = workspace_of(size, shipped)
        grid = workspace.tariffs.grids[2025]
        grids = {year: replace(grid, year=year) for year in YEARS}
        tariffs = replace(workspace.tariffs, grids=grids)
        before, after = (Side(workspace.communes, tariffs, year) for year in YEARS)
        return calls(lambda: compare(before, after, "00001"))

    few, many = work(SIZES[1]), work(SIZES[2])
    # Their rows are looked through, their movements sorted.
    assert many - few < 10 * (SIZES[2] - SIZES[1])
