"""What a document says of itself: computed again from its own figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import ONE_EURO, grid, issuer, row, tariffs

from mutualis.domain.act import Act
from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.invoices.batch import Batch
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.document import BilledDocument
from mutualis.domain.invoices.invoice import MembershipInvoice, Statement
from mutualis.domain.kinds import Kind, Nature, Product
from mutualis.domain.memberships.plan import EVERYTHING
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.proration import Part
from mutualis.domain.value import replace
from mutualis.domain.vat.tax import Tax, share_within

ACT = Act(date(2025, 3, 1), "agent", "test", "")
HALVES = (row(people=60, end=date(2025, 6, 30)), row(people=90, start=date(2025, 7, 1)))


def common(**more: Any) -> dict[str, Any]:
    return {
        "number": "F2025-0001",
        "series": "F2025-",
        "rank": 1,
        "year": 2025,
        "exercice": 2025,
        "batch": 1,
        "act": ACT,
        "issuer": issuer(),
        "signatory": None,
        "commune": row(),
        "basis": PopulationBasis.MUNICIPAL,
        "level": ONE_EURO,
        "population": 100,
        "grid_act": "exemple",
        "amount": Decimal(100),
        "explanation": "exemple",
        **more,
    }


def invoice(**more: Any) -> MembershipInvoice:
    return MembershipInvoice(**common(**more))


def part(place: int) -> Part:
    fee = compute_fee(ONE_EURO, HALVES[place].municipal_population)
    assert isinstance(fee, FeeBreakdown)
    return Part(HALVES[place], fee, 6, 12)


def test_an_invoice_computed_again() -> None:
    assert invoice().computed == 100
    assert invoice(deducted=Decimal(30), completes=("F0",), refers_to="F0").computed == 70
    assert invoice(granted=Decimal(30)).computed == 70
    assert invoice(granted=Decimal(300)).computed == 0
    parts = (part(0), part(1))
    assert invoice(parts=parts, population=90).computed == 75  # 30 + 45
    beyond = Level("2A", "exemple", brackets=(Bracket(99, per_inhabitant=Decimal(1)),))
    assert invoice(level=beyond).computed is None
    assert invoice(level=beyond, population=99).computed == 99
    # A part is priced by its own figures, whatever the amount that was stored with it.
    forged = replace(parts[0], fee=replace(parts[0].fee, amount=Decimal(1)))
    assert invoice(parts=(forged, parts[1]), population=90).computed == 75
    no_price = replace(parts[0], fee=replace(parts[0].fee, level=beyond, population=100))
    assert invoice(parts=(no_price, parts[1])).computed is None


def test_taxes_of_an_invoice() -> None:
    """100 € before tax are 120 € with it at 20 %."""
    tax = Tax("S", Decimal(20))
    taxed = invoice(amount=Decimal(120), taxes=share_within(Decimal(120), tax))
    assert [taxed.vat, taxed.net, taxed.computed] == [20, 100, 120]
    assert taxed.computed_taxes == taxed.taxes
    assert taxed.tax == tax
    assert invoice().tax is None
    assert invoice().vat == 0


def test_whose_it_is() -> None:
    other = row("25002")
    assert invoice().row == row()
    assert invoice(billed=other).row == other
    assert invoice().place == (2025, 1)
    assert isinstance(invoice(), BilledDocument)
    assert (invoice().kind, invoice().product) == (Kind.INVOICE, Product.MEMBERSHIP)
    assert "2A" in invoice().subject


def test_a_statement_of_before_has_no_number() -> None:
    assert Statement(**common()).is_numbered
    assert not Statement(**common(series="")).is_numbered
    assert Statement(**common()).kind is Kind.STATEMENT


def credit(amount: int, nature: Nature | None, **more: Any) -> CreditNote:
    own = common(
        number="A1", amount=Decimal(-amount), product=Product.MEMBERSHIP, refers_to="F2025-0001"
    )
    return CreditNote(**{**own, "reason": "essai", "nature": nature, **more})


@pytest.mark.parametrize(
    ("amount", "nature", "issued_in", "cancels"),
    [
        (100, Nature.CORRECTION, None, True),
        (60, Nature.CORRECTION, None, True),  # asked by itself, it takes all that remains
        (60, Nature.CORRECTION, 2, False),
        (100, Nature.CORRECTION, 2, True),
        (100, Nature.REMISE, None, False),
        (100, None, None, True),
        (60, None, None, False),
    ],
)
def test_a_credit_that_leaves_nothing(
    amount: int, nature: Nature | None, issued_in: int | None, cancels: bool
) -> None:
    assert credit(amount, nature, issued_in=issued_in).cancels(invoice()) is cancels


def test_a_credit_repeats_its_claim() -> None:
    one = credit(100, None)
    assert one.repeats(invoice())
    for other in (
        invoice(population=101),
        invoice(commune=row("25002")),
        invoice(batch=2),
        invoice(year=2024),
        invoice(grid_act="autre"),
        invoice(basis=PopulationBasis.TOTAL),
    ):
        assert not one.repeats(other)
    assert one.repeats(invoice(amount=Decimal(5)))  # it may be of a part of it
    assert NegativeStatement.kind is Kind.STATEMENT


@pytest.mark.parametrize(
    ("due", "granted", "balance", "stale", "target", "remaining"),
    [
        (100, 0, 0, 0, 100, 100),
        (100, 30, 0, 0, 70, 70),
        (100, 100, 0, 0, 0, 0),
        (100, 130, 0, 0, 0, 0),  # a remise makes no debt of the body's
        (100, 0, 100, 0, 100, 0),
        (100, 0, 130, 0, 100, -30),
        (100, 0, 100, 100, 100, 100),
        (100, 20, 100, 40, 80, 20),
    ],
)
def test_what_remains_of_an_account(
    due: int, granted: int, balance: int, stale: int, target: int, remaining: int
) -> None:
    one, two, three, four = map(Decimal, (due, granted, balance, stale))
    line = AccountLine("25001", "Commune", one, two, three, four)
    assert [line.target, line.remaining] == [target, remaining]


def test_the_place_of_a_batch() -> None:
    own = Batch(
        rank=2,
        year=2025,
        exercice=2025,
        act=ACT,
        tariffs=tariffs(grid()),
        issuer=issuer(),
        selection=EVERYTHING,
        withheld=(),
        below_minimum=(),
        not_billed=(),
        example_levels=0,
    )
    assert own.place == (2025, 2)
