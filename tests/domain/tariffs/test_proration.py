"""A year in several parts: golden cases by hand. What is shown and issued of them is in
`tests/scenarios/test_year_in_parts.py`."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from test_golden import rows

from conftest import edit
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.proration import amount_of, shares
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace
from mutualis.files.workspace import load
from parts_of_a_year import HEAD, set_case

SIREN = {"merger on 1 January": "934280017", "merger in July": "934280017"}


def planned(folder: Path) -> BillingPlan:
    """The batch of 2025."""
    workspace = load(folder).workspace
    assert workspace is not None
    return plan_billing(workspace.communes, workspace.tariffs, workspace.tariffs.grids[2025])


@pytest.mark.parametrize(
    "row", rows("proration.csv"), ids=lambda r: f"{r['case']}, {r['proration']}"
)
def test_golden(row: dict[str, str], folder: Path) -> None:
    set_case(folder, row["case"], row["proration"])
    plan = planned(folder)
    assert plan.total == Decimal(row["total"])
    (line,) = plan.fees
    if row["case"] in SIREN:
        assert (line.commune.siren, line.commune.name) == (SIREN[row["case"]], "Mamirolle")


@pytest.mark.parametrize("proration", ["full_year", "month", "day"])
def test_a_whole_year_is_the_same_under_each_setting(proration: str, shipped: Workspace) -> None:
    for row in shipped.communes.of_year(2025):
        level = shipped.tariffs.grids[2025].levels.get(row.level)
        if level is None or not level.is_priced:
            continue
        fee = compute_fee(level, row.municipal_population)
        assert isinstance(fee, FeeBreakdown)
        assert amount_of(shares([(row, fee)], proration)) == fee.amount


def test_a_year_cut_anywhere_sums_to_the_whole(shipped: Workspace) -> None:
    """By month or by day, two parts at one fee are one year at that fee."""
    row: CommuneYear = next(r for r in shipped.communes.of_year(2025) if r.code_insee == "25014")
    fee = compute_fee(shipped.tariffs.grids[2025].levels["2B"], row.municipal_population)
    assert isinstance(fee, FeeBreakdown)
    for days in range(1, 365, 13):
        cut = date(2025, 1, 1) + timedelta(days)
        first = replace(row, end=cut - timedelta(1))
        second = replace(row, start=cut)
        for proration in ("month", "day"):
            parts = shares([(first, fee), (second, fee)], proration)
            assert amount_of(parts) == fee.amount, (cut, proration)


def test_too_short_for_a_month(folder: Path) -> None:
    line = "2025;25245;Fontain;200085827;1200;1234;2A;02/12/2025;;"
    (folder / "data/communes.csv").write_text(f"{HEAD}\n{line}\n", "utf-8")
    edit(folder / "data/tariffs.toml", 'proration = "full_year"', 'proration = "month"')
    plan = planned(folder)
    assert plan.fees == ()
    assert plan.not_billed[0].reason == "adhésion plus courte qu'un mois"
