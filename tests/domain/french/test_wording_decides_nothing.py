"""Every sentence of `french` may be said otherwise: no rule decides anything else for it."""

from datetime import date

import pytest

from mutualis.domain.act import Act
from mutualis.domain.changes.path import compare
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import Communes
from mutualis.domain.indexation.indexation import IndexationPlan, plan_indexation
from mutualis.domain.issuing.batch import (
    make_mission_batch,
    number_missions,
    number_quote,
    records_of,
)
from mutualis.domain.issuing.credit_note import TakenOff, make_credit
from mutualis.domain.issuing.mission_batch import plan_missions
from mutualis.domain.issuing.plan import plan_billing, plan_issue
from mutualis.domain.issuing.regularisation import differences
from mutualis.domain.kinds import Nature
from mutualis.domain.missions.mission import Missions
from mutualis.domain.missions.rules import check_record
from mutualis.domain.quotes.quote import Quote, WantedLine, price_lines
from mutualis.domain.quotes.records import Answer, WorkDone
from mutualis.domain.quotes.work_done import Work
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.proration import DAY, FULL_YEAR, MONTH
from mutualis.domain.tariffs.table import LockedTable, replay, tariff_table
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from rewording import say_otherwise

TODAY = date(2026, 1, 15)
ACT = Act(TODAY, "agent", "test", "")


def with_a_year_in_two_parts(communes: Communes) -> Communes:
    """The shipped rows, one of them of 2025 cut on 1 July, from one priced level to another."""
    row = next(row for row in communes.of_year(2025) if row.level == "2B")
    parts = (
        replace(row, end=date(2025, 6, 30), level="2A"),
        replace(row, start=date(2025, 7, 1)),
    )
    return Communes.of((*(other for other in communes.rows if other is not row), *parts))


def with_quotes(workspace: Workspace) -> Ledger:
    """A quote accepted, with a work to bill."""
    grid = workspace.tariffs.grids[2025]
    level = grid.on_quote
    assert level is not None
    commune = next(row for row in workspace.communes.of_year(2025) if row.level == level.requires)
    wanted = [WantedLine("A", "3", "Cahier des charges"), WantedLine("A", "1", "Suivi")]
    lines = price_lines(wanted, level, grid)
    end = date(2025, 12, 31)
    quote = Quote(None, 2025, date(2025, 3, 1), end, commune, grid, "Conseil", "", lines)
    issued = number_quote(quote, workspace.issuer, ACT, Ledger())
    answer = Answer(ACT, issued.number, True, date(2025, 4, 1), "le maire")
    work = WorkDone(ACT, issued.number, Work(1, date(2025, 5, 2), "la directrice", {"A": 2}))
    return Ledger((issued, answer, work))


def issued(workspace: Workspace) -> Ledger:
    """A register with a batch of memberships, one of missions, a credit note."""
    tariffs, issuer = workspace.tariffs, workspace.issuer
    ledger = with_quotes(workspace)
    missions = plan_missions(workspace.communes, tariffs, ledger, 2025, ACT.day)
    moves = workspace.movements
    batch = make_mission_batch(missions, ledger, tariffs, issuer, ACT, 2025, moves)
    ledger = Ledger((*ledger.records, batch, *number_missions(missions, batch, ledger)))
    issue = plan_issue(workspace.communes, tariffs, 2025, ledger, ACT.day)
    ledger = Ledger((*ledger.records, *records_of(issue, ledger, issuer, ACT, 2025)))
    claim = ledger.memberships[-1]
    off = TakenOff(None, Nature.CORRECTION, "erreur")
    credit = make_credit(
        claim, off, ledger, issuer, ACT, issue.accounts.known, person=claim.commune, exercice=2025
    )
    return Ledger((*ledger.records, credit))


def decided(workspace: Workspace, ledger: Ledger, table: LockedTable) -> list[object]:
    """What the rules make of the data and of a register: no text in it counts."""
    tariffs, communes = workspace.tariffs, workspace.communes
    grid = tariffs.grids[2025]
    issues = [
        plan_issue(communes, replace(tariffs, proration=setting), 2025, Ledger())
        for setting in (FULL_YEAR, MONTH, DAY)
    ]
    plans = [issue.billing for issue in issues]
    indexed = plan_indexation(tariffs, workspace.index, 2026)
    assert isinstance(indexed, IndexationPlan)
    indexed_too = replace(tariffs, grids={2026: indexed.grid})
    again = plan_issue(communes, tariffs, 2025, ledger)
    missions = Missions()
    for record in ledger.records:
        check_record(missions, record)
        missions.take(record)
    return [
        plans,
        [[(line.amount, line.number) for line in plan.fees] for plan in plans],
        compare(Side(communes, tariffs, 2025), Side(communes, indexed_too, 2026)),
        indexed,
        workspace.index.computed("2024-12", "ensemble"),
        replay(table, grid, [*communes.by_commune(2025)], tariffs.population),
        [account.entry for account in again.chosen],
        (again.items, [told.code for told in differences(again)]),
        plan_missions(communes, tariffs, with_quotes(workspace), 2025, ACT.day),
        missions.by_quote,
    ]


def test_another_wording_decides_nothing_else(
    shipped: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    grids = {2025: replace(shipped.tariffs.grids[2025], act="Délibération d'essai")}
    workspace = replace(
        shipped,
        communes=with_a_year_in_two_parts(shipped.communes),
        tariffs=replace(shipped.tariffs, grids=grids),
    )
    grid = workspace.tariffs.grids[2025]
    groups = [*workspace.communes.by_commune(2025)]
    table = LockedTable(2025, "x.csv", tariff_table(grid, groups, workspace.tariffs.population))
    ledger = issued(workspace)
    first = decided(workspace, ledger, table)
    line = plan_billing(workspace.communes, workspace.tariffs, grid).invoices[0]
    said = line.explanation
    assert say_otherwise(monkeypatch) > 30
    assert line.explanation != said
    assert decided(workspace, ledger, table) == first
    # A register is the same by whatever words it was made, but for those that it prints.
    assert issued(workspace).records == ledger.records
