"""The account with tax: its threshold, a VAT that changes, what `verify` proves of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from books import FONTAINE, ROWS, Books
from mutualis.domain.act import Act
from mutualis.domain.invoices.credit_note import CreditNote
from mutualis.domain.invoices.invoice import Claim, MembershipInvoice
from mutualis.domain.issuing.account import Left, accounts_on, left_of
from mutualis.domain.issuing.batch import records_of
from mutualis.domain.issuing.plan import plan_issue
from mutualis.domain.issuing.regularisation import of_plan
from mutualis.domain.issuing.settings import (
    settings_that_differ,
    tariffs_adopted,
    tariffs_of_year,
)
from mutualis.domain.register.audit import audit
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import Record
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.domain.vat.tax import Tax, share_within
from mutualis.domain.workspace import Workspace

MARCH, JUNE, JULY = date(2025, 3, 15), date(2025, 6, 15), date(2025, 7, 15)
FULL = VatRule(
    "membership",
    "",
    "S",
    (DatedRate(date(2014, 1, 1), Decimal(20)), DatedRate(date(2025, 7, 1), Decimal(25))),
)


@pytest.fixture
def untaxed(shipped: Workspace) -> Books:
    grid = replace(shipped.tariffs.grids[2025], act="Délibération d'exemple")
    tariffs = replace(shipped.tariffs, grids={2025: grid})
    return Books(replace(shipped, tariffs=tariffs), ROWS)


@pytest.fixture
def books(untaxed: Books) -> Books:
    """Valbois owes 547,20 € and Hautefontaine 364,80 €, Clairmont's 8 457,60 € are withheld."""
    return taxing(untaxed, FULL)


def taxing(books: Books, rule: VatRule | None) -> Books:
    shipped = books.workspace
    return replace(books, workspace=replace(shipped, tariffs=replace(shipped.tariffs, vat=rule)))


def findings(books: Books) -> list[str]:
    return [found.reason.code for found in audit(list(enumerate(books.ledger.records, 1)))]


@pytest.mark.parametrize(
    ("people", "left"),
    # 32 x 0.38 = 12.16, 14.59 with tax ; 33 x 0.38 = 12.54, 15.05 with tax
    [(32, Left.BELOW_MINIMUM), (33, Left.TO_ISSUE)],
)
def test_the_threshold_is_with_tax(people: int, left: Left, books: Books) -> None:
    books = books.changed(FONTAINE, municipal_population=people)
    tariffs = books.workspace.tariffs
    accounts = accounts_on(books.communes, tariffs, 2025, books.ledger, MARCH).all
    account = next(a for a in accounts if a.person.code_insee == FONTAINE)
    assert left_of(account, tariffs.minimum_recovery) is left


def test_a_rate_that_changes_is_not_that_of_a_year_issued_before(books: Books) -> None:
    books = books.issued(MARCH)
    tariffs = books.workspace.tariffs
    assert settings_that_differ(tariffs, books.ledger, 2025) == ()
    kept = tariffs_of_year(tariffs, books.ledger, 2025)
    assert kept.tax(JULY) == Tax("S", Decimal(20))
    assert not plan_issue(books.communes, kept, 2025, books.ledger, JULY).items
    assert tariffs.tax(JULY) == Tax("S", Decimal(25))  # a year that begins to be issued then


def test_a_year_issued_late_is_taxed_the_same_at_its_own_end(books: Books) -> None:
    """The rate of its first day, which began after the year: it is that of the year all the same,
    for who compares it or explains it as at its end."""
    rule = replace(FULL, rates=(DatedRate(date(2026, 2, 1), Decimal(25)),))
    books = taxing(books, rule).issued(date(2026, 3, 15))
    tariffs = books.workspace.tariffs
    assert settings_that_differ(tariffs, books.ledger, 2025) == ()
    assert findings(books) == []
    kept = tariffs_of_year(tariffs, books.ledger, 2025)
    for day in (None, date(2026, 4, 15)):
        plan = plan_issue(books.communes, kept, 2025, books.ledger, day)
        assert not plan.items
        assert [str(a.entry.due) for a in plan.chosen] == ["570.00", "380.00", "8810.00"]


def test_a_new_rule_is_adopted_by_an_act_alone(untaxed: Books) -> None:
    books = taxing(untaxed.issued(MARCH), FULL)
    tariffs, ledger = books.workspace.tariffs, books.ledger
    assert settings_that_differ(tariffs, ledger, 2025) == ("vat",)
    kept = tariffs_of_year(tariffs, ledger, 2025)
    assert not plan_issue(books.communes, kept, 2025, ledger, JULY).items

    adopted = tariffs_adopted(tariffs, ledger, 2025)
    plan = plan_issue(books.communes, adopted, 2025, ledger, JULY)
    # Documents of another tax are brought to nothing and made anew, at the rate of March.
    told = [(i.kind, i.code_insee, str(i.amount)) for i in plan.items]
    assert told == [
        ("credit", "25901", "-456.00"),
        ("invoice", "25901", "547.20"),
        ("credit", "25902", "-304.00"),
        ("invoice", "25902", "364.80"),
        ("statement", "25903", "-7048.00"),
        ("statement", "25903", "8457.60"),
    ]
    assert {cause.code for row in of_plan(plan) for cause in row.causes} == {"account.vat"}
    act = Act(JULY, "agent", "test", "")
    made = records_of(
        plan, ledger, books.workspace.issuer, act, 2025, "Délibération n° 2 (exemple)"
    )
    books = books.added(made)
    assert findings(books) == []
    # Each names the one in whose place it stands, which its credit note leaves nothing of.
    claims = [(c.number, c.replaces) for c in made if isinstance(c, Claim)]
    assert claims == [
        ("F2025-0003", "F2025-0001"),
        ("F2025-0004", "F2025-0002"),
        ("R2025-0002", "R2025-0001"),
    ]
    paper = books.paper("F2025-0003")
    assert paper.reasons[0].replace("\u00a0", " ") == (
        "Remplace la facture n° F2025-0001 du 15 mars 2025, annulée par l'avoir n° A2025-0001 du "
        "15 juillet 2025."
    )
    assert paper.electronic is not None
    assert paper.electronic.preceding == (("F2025-0001", MARCH),)
    after = tariffs_of_year(tariffs, books.ledger, 2025)
    assert not plan_issue(books.communes, after, 2025, books.ledger, JULY).items
    assert settings_that_differ(tariffs, books.ledger, 2025) == ()


def test_two_remises_share_what_is_left(books: Books) -> None:
    books = books.issued(MARCH).granted("F2025-0001", "33.33", JUNE)
    books = books.granted("F2025-0001", "33.33", JULY)
    told = [(str(credit.net), str(credit.vat)) for credit in books.ledger.credits]
    # 456 x 33.33 / 547.20 = 27.775 ; then 428.22 x 33.33 / 513.87 = 27.7747
    assert told == [("-27.78", "-5.55"), ("-27.77", "-5.56")]
    assert findings(books) == []


def _other_rate(invoice: MembershipInvoice) -> MembershipInvoice:
    """The same amount, as if it were taxed at 10 %."""
    return replace(invoice, taxes=share_within(invoice.amount, Tax("S", Decimal(10))))


def _moved_cent(invoice: MembershipInvoice) -> MembershipInvoice:
    (share,) = invoice.taxes
    cent = Decimal("0.01")
    return replace(invoice, taxes=(replace(share, net=share.net + cent, vat=share.vat - cent),))


def _none(invoice: MembershipInvoice) -> MembershipInvoice:
    return replace(invoice, taxes=())


@pytest.mark.parametrize(
    ("forge", "code"),
    [(_other_rate, "audit.figures"), (_moved_cent, "audit.vat"), (_none, "audit.amount")],
)
def test_a_forged_tax_is_found(
    forge: Callable[[MembershipInvoice], MembershipInvoice], code: str, books: Books
) -> None:
    books = books.issued(MARCH)
    records: tuple[Record, ...] = tuple(
        forge(record) if getattr(record, "number", "") == "F2025-0001" else record  # type: ignore[arg-type]
        for record in books.ledger.records
    )
    assert code in findings(replace(books, ledger=Ledger(records, books.ledger.closing)))


def test_a_forged_tax_of_a_credit_is_found(books: Books) -> None:
    books = books.issued(MARCH).granted("F2025-0001", "33.33", JUNE)
    *records, credit = books.ledger.records
    assert isinstance(credit, CreditNote)
    ledger = Ledger((*records, replace(credit, taxes=())), books.ledger.closing)
    assert findings(replace(books, ledger=ledger)) == ["audit.vat"]
