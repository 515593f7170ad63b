"""`verify` refuses no honest register: years of every shape, billed and proved at once."""

from datetime import date
from itertools import product

import pytest
from lives import Life, codes_of, joins, row, voted

from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.communes.movements import Movement
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.register.audit import audit
from mutualis.domain.tariffs.proration import DAY, FULL_YEAR, MONTH
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

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
    list(product(YEARS, (FULL_YEAR, MONTH, DAY), Settlement)),
)
def test_an_honest_year_is_intact(
    shape: str, proration: str, settlement: Settlement, shipped: Workspace
) -> None:
    rows, movements = YEARS[shape]
    life = Life(shipped, replace(voted(shipped.tariffs), proration=proration))
    life.day = date(2025, 12, 31)
    assert life.bill([replace(one, settlement=settlement) for one in rows], movements)
    assert life.findings == []


def billed(shipped: Workspace, proration: str = FULL_YEAR) -> tuple[Life, MembershipInvoice]:
    """A year that goes up, and its one invoice."""
    life = Life(shipped, replace(voted(shipped.tariffs), proration=proration))
    _, invoice = life.bill(YEARS["goes up"][0])
    assert isinstance(invoice, MembershipInvoice)
    return life, invoice


def test_what_makes_no_sense_is_a_finding(shipped: Workspace) -> None:
    """A part of zero, in a chain that somebody made anew: the row is named, nothing panics."""
    life, invoice = billed(shipped, MONTH)
    nothing = replace(invoice.parts[0], denominator=0)
    forged = replace(invoice, parts=(nothing, *invoice.parts[1:]))
    found = list(audit([(1, life.records[0]), (2, forged)]))
    assert (found[0].seq, found[0].reason.code) == (2, "audit.senseless")


def test_another_signatory_than_the_day_s_is_found(shipped: Workspace) -> None:
    life, invoice = billed(shipped)
    forged = replace(invoice, signatory=None)
    assert codes_of((life.records[0], forged)) == ["audit.signatory"]
