"""Half-days really done on a quote (service fait), and what an invoice bills of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from mutualis.domain.french import missions as french
from mutualis.domain.money import ZERO
from mutualis.domain.quotes.quote import Quote, QuoteLine, taxes_of
from mutualis.domain.value import Struct
from mutualis.domain.vat.tax import VatShares, vat_of

MOST_LABELS = 5  # of a category, on one line of an invoice


class Work(Struct, frozen=True):
    """Half-days by category, done by `day`; `rank` counts the works of a quote from 1.

    `decision` is the act by which they were done for a commune that is no member any more.
    """

    rank: int
    day: date
    certified_by: str
    half_days: Mapping[str, int]
    decision: str = ""


class BilledWork(Struct, frozen=True):
    """Works of one quote on one invoice: a line a category, at the quote's prices."""

    quote: str
    quoted_on: date
    accepted_on: date
    subject: str
    works: tuple[Work, ...]
    lines: tuple[QuoteLine, ...]

    @property
    def taxes(self) -> VatShares:
        return taxes_of(self.lines)

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def amount(self) -> Decimal:
        """With tax."""
        return self.net + vat_of(self.taxes)

    @property
    def half_days(self) -> int:
        return sum(line.half_days for line in self.lines)

    @property
    def ranks(self) -> frozenset[int]:
        return frozenset(work.rank for work in self.works)

    @property
    def explanation(self) -> str:
        """« catégorie A : 2 demi-journées × 255,00 € = 510,00 € », line by line, then the total."""
        lines = [(x.category, x.half_days, x.unit_price, x.amount) for x in self.lines]
        vats = [(share.tax.rate, share.net, share.vat) for share in self.taxes if share.vat]
        return french.calculation(lines, self.net, vats)

    @property
    def figures(self) -> tuple[object, ...]:
        """All of it but the words of its lines: what makes two bills the same."""
        lines = tuple((x.category, x.half_days, x.unit_price, x.tax) for x in self.lines)
        return (self.quote, self.quoted_on, self.accepted_on, self.subject, self.works, lines)


def bill_works(quote: Quote, accepted_on: date, works: tuple[Work, ...]) -> BilledWork:
    """What works of an issued quote come to, in the order of the quote's categories."""
    done = totals(works)
    prices = {line.category: (line.unit_price, line.tax) for line in quote.lines}
    lines = tuple(
        QuoteLine(category, done[category], price, _labels(quote, category), tax)
        for category, (price, tax) in prices.items()
        if done.get(category)
    )
    subject = quote.subject or quote.service
    return BilledWork(quote.number or "", quote.issued_on, accepted_on, subject, works, lines)


def totals(works: Iterable[Work]) -> dict[str, int]:
    """Half-days by category."""
    found: dict[str, int] = {}
    for work in works:
        for category, quantity in work.half_days.items():
            found[category] = found.get(category, 0) + quantity
    return found


def _labels(quote: Quote, category: str) -> str:
    """What the quote says of a category, once each."""
    labels = dict.fromkeys(line.label for line in quote.lines if line.category == category)
    shown = list(labels)[:MOST_LABELS]
    return " ; ".join([*shown, "…"] if len(labels) > MOST_LABELS else shown)
