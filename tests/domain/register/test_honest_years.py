"""`verify` refuses no honest register: years of every shape, billed and proved at once."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import Communes, CommuneYear, Settlement
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.issuing.batch import make_batch, number_invoices
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.reconciliation import ToIssue
from mutualis.domain.problems.problem import Source
from mutualis.domain.register.audit import audit
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.proration import DAY, FULL_YEAR, MONTH
from mutualis.domain.workspace import Workspace

HERE = Source("data/communes.csv", 2)
ACT = Act(date(2025, 12, 31), "agent", "test", "")
AC = Settlement.AC


def row(code: str, level: str, start: str = "01-01", end: str = "12-31") -> CommuneYear:
    people = {"25014": (937, 946), "25030": (422, 432), "25532": (3142, 3213)}[code]
    whole = (start, end) == ("01-01", "12-31")
    return CommuneYear(
        year=2025,
        code_insee=code,
        name=code,
        siren="212500144",
        municipal_population=people[0],
        total_population=people[1],
        level=level,
        source=HERE,
        level_at=HERE,
        start=None if whole else date.fromisoformat(f"2025-{start}"),
        end=None if whole else date.fromisoformat(f"2025-{end}"),
    )


def joins(before: str, after: str, day: str) -> Movement:
    when = date.fromisoformat(f"2025-{day}")
    return Movement(when, MovementKind.MERGER, before, before, after, after, "", HERE)


SAONE = row("25532", "2A")
INTO_SAONE = joins("25014", "25532", "07-01")
YEARS: dict[str, tuple[list[CommuneYear], list[Movement]]] = {
    "goes up": ([row("25014", "2A", end="06-30"), row("25014", "2B", "07-01")], []),
    "goes down": ([row("25014", "2B", end="06-30"), row("25014", "2A", "07-01")], []),
    "goes down late": ([row("25014", "2B", end="12-15"), row("25014", "2A", "12-16")], []),
    "to the free level": ([row("25014", "2B", end="06-30"), row("25014", "1", "07-01")], []),
    "to no level": ([row("25014", "2B", end="06-30"), row("25014", "", "07-01")], []),
    "leaves": ([row("25014", "2B", end="06-30")], []),
    "two stays": ([row("25014", "2B", "02-10", "04-30"), row("25014", "2B", "07-03", "10-31")], []),
    "into a member": ([row("25014", "2B", end="06-30"), SAONE], [INTO_SAONE]),
    "into a non-member": ([row("25014", "2B", end="06-30"), row("25532", "")], [INTO_SAONE]),
    "into a non-member at the end": (
        [row("25014", "2B", end="12-30"), row("25532", "")],
        [joins("25014", "25532", "12-31")],
    ),
    "into a larger one": (
        [
            row("25014", "2B", end="06-30"),
            row("25532", "2A", end="06-30"),
            row("25532", "2B", "07-01"),
        ],
        [INTO_SAONE],
    ),
    "a chain": (
        [row("25030", "2A", end="03-31"), row("25014", "2B", end="06-30"), SAONE],
        [joins("25030", "25014", "04-01"), INTO_SAONE],
    ),
}


@pytest.mark.parametrize(
    ("shape", "proration", "settlement"),
    list(product(YEARS, (FULL_YEAR, MONTH, DAY), (Settlement.TITRE, AC))),
)
def test_an_honest_year_is_intact(
    shape: str, proration: str, settlement: Settlement, shipped: Workspace
) -> None:
    rows, movements = YEARS[shape]
    own = [replace(one, settlement=settlement) for one in rows]
    communes = Communes.of(own, movements=Movements.of(movements))
    tariffs = replace(shipped.tariffs, proration=proration)
    plan = plan_billing(communes, tariffs, tariffs.grids[2025])
    assert plan.fees
    ledger, lines = Ledger(), ToIssue(plan.invoices, plan.withheld)
    batch = make_batch(plan, lines, ledger, tariffs, shipped.issuer, ACT, 2025)
    invoices = number_invoices(plan.invoices, plan, batch, ledger)
    assert [finding.text for finding in audit(list(enumerate((batch, *invoices), 1)))] == []


def test_what_makes_no_sense_is_a_finding(shipped: Workspace) -> None:
    """A part of zero, in a chain that somebody made anew: the row is named, nothing panics."""
    rows, _ = YEARS["goes up"]
    tariffs = replace(shipped.tariffs, proration=MONTH)
    plan = plan_billing(Communes.of(rows), tariffs, tariffs.grids[2025])
    batch = make_batch(plan, ToIssue(plan.invoices), Ledger(), tariffs, shipped.issuer, ACT, 2025)
    (invoice,) = number_invoices(plan.invoices, plan, batch, Ledger())
    nothing = replace(invoice.parts[0], denominator=0)
    forged = replace(invoice, parts=(nothing, *invoice.parts[1:]))
    found = list(audit([(1, batch), (2, forged)]))
    assert (found[0].seq, found[0].reason.code) == (2, "audit.senseless")


def test_another_signatory_than_the_day_s_is_found(shipped: Workspace) -> None:
    rows, _ = YEARS["goes up"]
    tariffs = shipped.tariffs
    plan = plan_billing(Communes.of(rows), tariffs, tariffs.grids[2025])
    batch = make_batch(plan, ToIssue(plan.invoices), Ledger(), tariffs, shipped.issuer, ACT, 2025)
    (invoice,) = number_invoices(plan.invoices, plan, batch, Ledger())
    found = list(audit([(1, batch), (2, replace(invoice, signatory=None))]))
    assert [one.reason.code for one in found] == ["audit.signatory"]
