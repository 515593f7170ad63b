"""What works of a quote come to: by category, at its prices, taxed as it is."""

from datetime import date
from decimal import Decimal

import pytest
from made import grid, issuer, row

from mutualis.domain.act import Act
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.quote import Quote, QuoteLine, membership_on, within
from mutualis.domain.quotes.records import IssuedQuote
from mutualis.domain.quotes.taxes import check_taxes
from mutualis.domain.quotes.work_done import MOST_LABELS, Work, bill_works, totals
from mutualis.domain.value import replace
from mutualis.domain.vat.tax import Tax

START, END = date(2025, 3, 1), date(2025, 5, 30)
FULL, OUTSIDE = Tax("S", Decimal(20)), Tax("O")


def line(category: str, label: str = "x", tax: Tax | None = None) -> QuoteLine:
    return QuoteLine(category, 2, Decimal(10 if category == "A" else 30), label, tax)


def quoted(*lines: QuoteLine, subject: str = "objet") -> Quote:
    return Quote("D1", 2025, START, END, row(), grid(), "Étude", subject, lines)


def work(rank: int, **half_days: int) -> Work:
    return Work(rank, START, "x", half_days)


def test_half_days_by_category() -> None:
    assert totals([]) == {}
    assert totals([work(1, A=1, B=2), work(2, A=3)]) == {"A": 4, "B": 2}


def test_a_line_a_category_in_the_order_of_the_quote() -> None:
    quote = quoted(line("B", "suivi"), line("A", "étude"), line("B", "suivi"), line("B", "bilan"))
    billed = bill_works(quote, START, (work(1, A=1, B=2), work(2, A=3)))
    assert [(x.category, x.half_days, str(x.amount), x.label) for x in billed.lines] == [
        ("B", 2, "60.00", "suivi ; bilan"),
        ("A", 4, "40.00", "étude"),
    ]
    assert (str(billed.amount), billed.half_days, sorted(billed.ranks)) == ("100.00", 6, [1, 2])
    assert billed.subject == "objet"
    assert bill_works(quoted(line("A"), subject=""), START, ()).subject == "Étude"
    none = bill_works(quote, START, (work(1, A=1),))
    assert [x.category for x in none.lines] == ["A"]


@pytest.mark.parametrize(("count", "cut"), [(MOST_LABELS, False), (MOST_LABELS + 1, True)])
def test_many_labels(count: int, cut: bool) -> None:
    quote = quoted(*(line("A", f"n{rank}") for rank in range(count)))
    (only,) = bill_works(quote, START, (work(1, A=1),)).lines
    assert only.label.endswith(" ; …") is cut
    assert only.label.count("n") == MOST_LABELS


def test_taxes_of_works() -> None:
    billed = bill_works(quoted(line("A", tax=FULL)), START, (work(1, A=2),))
    assert [str(a) for a in (billed.net, billed.amount)] == ["20.00", "24.00"]
    assert "TVA" in billed.explanation
    other = bill_works(quoted(line("A", "autre", tax=FULL)), START, (work(1, A=2),))
    assert billed.figures == other.figures
    assert billed.figures != bill_works(quoted(line("A")), START, (work(1, A=2),)).figures


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((), ""),
        ((line("A"), line("A")), ""),
        ((line("A", tax=FULL), line("B", tax=FULL)), ""),
        ((line("A", tax=FULL), line("B", tax=Tax("S", Decimal(10)))), ""),
        ((line("A", tax=FULL), line("A", tax=Tax("S", Decimal(10)))), "quotes.two_taxes"),
        ((line("A", tax=FULL), line("B", tax=OUTSIDE)), "quotes.taxed_and_outside"),
        ((line("A", tax=OUTSIDE), line("B", tax=OUTSIDE)), ""),
    ],
)
def test_taxes_that_one_document_may_hold(lines: tuple[QuoteLine, ...], code: str) -> None:
    found = ""
    try:
        check_taxes(lines)
    except Refusal as refusal:
        found = refusal.reason.code
    assert found == code


def test_an_issued_quote() -> None:
    act = Act(START, "agent", "test", "")
    own = IssuedQuote("D", 1, act, issuer(), None, quoted(line("A", tax=FULL)))
    assert (own.number, own.year, own.commune) == ("D1", 2025, row())
    assert [str(a) for a in (own.net, own.amount)] == ["20.00", "24.00"]
    assert replace(own, quote=replace(own.quote, number=None)).number == ""


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 12, 31), date(2025, 1, 1)),
        (date(2025, 6, 1), date(2025, 6, 1)),
        (date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_day_brought_back_into_a_year(day: date, found: date) -> None:
    assert within(2025, day) == found
    half = row(end=date(2025, 6, 1))
    assert (membership_on([half], 2025, day) is None) is (day.year == 2026)
