"""What was issued beside today's data: each cause is told, and what each moved adds up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.issuing.batch import make_batch, number_invoices
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.reconciliation import ToIssue, compare_with_ledger, to_issue
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.proration import MONTH
from mutualis.domain.workspace import Workspace

ACT = Act(date(2025, 3, 1), "agent", "test", "")
CODE = "25014"  # Amagney, 2B


def plan_of(
    workspace: Workspace, change: Callable[[CommuneYear], CommuneYear] = lambda row: row
) -> BillingPlan:
    """The plan of 2025, the commune's row changed."""
    rows = tuple(change(r) if r.code_insee == CODE else r for r in workspace.communes.rows)
    communes = replace(workspace.communes, rows=rows)
    return plan_billing(communes, workspace.tariffs, workspace.tariffs.grids[2025])


@pytest.fixture
def issued(shipped: Workspace) -> Ledger:
    """The batch of 2025, whole."""
    plan, tariffs, issuer = plan_of(shipped), shipped.tariffs, shipped.issuer
    lines = ToIssue(plan.invoices, plan.withheld)
    batch = make_batch(plan, lines, Ledger(), tariffs, issuer, ACT, 2025)
    return Ledger((batch, *number_invoices(plan.invoices, plan, batch, Ledger())))


def test_the_same_data_change_nothing(shipped: Workspace, issued: Ledger) -> None:
    assert not to_issue(plan_of(shipped), issued)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (
            lambda row: replace(row, municipal_population=1000, total_population=1000),
            "reconciliation.amount",
            "(population 937 → 1 000, +",
        ),
        (lambda row: replace(row, level="2A"), "reconciliation.amount", "(niveau 2B → 2A, -"),
        (
            lambda row: replace(row, siren="212500300"),
            "reconciliation.amount",
            "(SIREN 212500144 → 212500300)",
        ),
        (lambda row: replace(row, level=""), "reconciliation.no_fee", "→ plus de facture"),
    ],
)
def test_a_change_tells_why(
    change: Callable[[CommuneYear], CommuneYear],
    code: str,
    words: str,
    shipped: Workspace,
    issued: Ledger,
) -> None:
    plan = plan_of(shipped, change)
    (found,) = compare_with_ledger(plan, issued).changed
    assert found.reason.code == code
    assert words in found.reason.text.replace("\u00a0", " ")
    with pytest.raises(Refusal) as refused:
        to_issue(plan, issued)
    assert refused.value.reason.code == "reconciliation.changed_since"
    assert refused.value.reason.details == (found.reason,)
    assert refused.value.message.endswith("Rien n'a été modifié.")


def test_parts_of_a_year_are_told_whole(shipped: Workspace, issued: Ledger) -> None:
    monthly = replace(shipped, tariffs=replace(shipped.tariffs, proration=MONTH))
    plan = plan_of(monthly, lambda row: replace(row, end=date(2025, 6, 30)))
    (found,) = compare_with_ledger(plan, issued).changed
    assert found.difference == Decimal("-1536.68")  # half of 3 073,36
    assert plan.fees[0].explanation in found.reason.text


def test_a_fee_withheld_is_not_invoiced_too(shipped: Workspace) -> None:
    def to_ac(row: CommuneYear) -> CommuneYear:
        return replace(row, settlement=Settlement.AC)

    plan = plan_of(shipped, to_ac)
    lines = ToIssue((), plan.withheld)
    batch = make_batch(plan, lines, Ledger(), shipped.tariffs, shipped.issuer, ACT, 2025)
    ledger = Ledger((batch,))
    (crossed,) = compare_with_ledger(plan_of(shipped), ledger).crossed
    assert crossed.code == "reconciliation.withheld_before"
    more = plan_of(shipped, lambda row: replace(to_ac(row), level="2A"))
    (crossed,) = compare_with_ledger(more, ledger).crossed
    assert crossed.code == "reconciliation.withheld_otherwise"


def test_a_commune_that_joins_later(shipped: Workspace, issued: Ledger) -> None:
    records = tuple(r for r in issued.records if getattr(r, "number", "") != "F2025-0001")
    with pytest.raises(Refusal) as refused:
        to_issue(plan_of(shipped), Ledger(records))
    assert refused.value.reason.code == "reconciliation.new_since"
    assert to_issue(plan_of(shipped), Ledger(records), new_only=True).invoices
