"""What VAT adds to an amount, and how a document is shared among its categories and rates.

Prices are voted before tax. A document is rounded once a category and rate, half up (EN 16931,
BR-CO-17); everything that follows it (account, credits) is told with tax, to the cent.
"""

from collections.abc import Iterable
from decimal import Decimal

from mutualis.domain.money import EXACT, ZERO, round_half_up
from mutualis.domain.value import Struct
from mutualis.domain.vat.categories import OUTSIDE_SCOPE

_HUNDRED = Decimal(100)


class Tax(Struct, frozen=True):
    """An EN 16931 category and its rate in per cent: 0 where nothing is taxed, as `reason` and
    its VATEX code then say."""

    category: str
    rate: Decimal = ZERO
    reason: str = ""
    reason_code: str = ""

    def on(self, net: Decimal) -> Decimal:
        """What it adds to an amount before tax, to the cent."""
        return round_half_up(EXACT.divide(EXACT.multiply(net, self.rate), _HUNDRED))

    def within(self, amount: Decimal) -> Decimal:
        """What an amount with tax holds of it, to the cent: what `on` added, where it is the sum
        of an amount before tax and its tax, and for any other the nearest cent."""
        return round_half_up(EXACT.divide(EXACT.multiply(amount, self.rate), _HUNDRED + self.rate))


class VatShare(Struct, frozen=True):
    """What a document comes to under one tax, to the cent; below zero on what takes off."""

    tax: Tax
    net: Decimal
    vat: Decimal

    @property
    def amount(self) -> Decimal:
        return self.net + self.vat


VatShares = tuple[VatShare, ...]


def shares_of(items: Iterable[tuple[Tax, Decimal]]) -> VatShares:
    """The shares of amounts before tax, each tax rounded once, in the order in which they come."""
    nets: dict[Tax, Decimal] = {}
    for tax, net in items:
        nets[tax] = nets.get(tax, ZERO) + net
    return tuple(VatShare(tax, net, tax.on(net)) for tax, net in nets.items())


def share_within(amount: Decimal, tax: Tax | None) -> VatShares:
    """The one share of an amount with tax; none where nothing says how it is taxed."""
    if tax is None:
        return ()
    vat = tax.within(amount)
    return (VatShare(tax, amount - vat, vat),)


def vat_of(shares: VatShares) -> Decimal:
    return sum((share.vat for share in shares), ZERO)


def part_of(left: VatShares, amount: Decimal) -> VatShares:
    """What an amount with tax takes off each share of what is `left`, in proportion.

    Each cent is taken once: what remains is shared among those that follow, so that the parts add
    up to the amount, none exceeds what is left, and the last credit brings all to nothing.
    """
    found, rest, whole = [], amount, sum((share.amount for share in left), ZERO)
    for share in left:
        cents = []
        for own in (share.net, share.vat):
            exact = rest if own == whole else EXACT.divide(EXACT.multiply(own, rest), whole)
            cents.append(round_half_up(exact))
            rest, whole = rest - cents[-1], whole - own
        if any(cents):
            found.append(VatShare(share.tax, *cents))
    return tuple(found)


def left_of(shares: VatShares, credited: Iterable[VatShares]) -> VatShares:
    """The shares of a claim once its credits, which are below zero, are added to them."""
    off: dict[Tax, tuple[Decimal, Decimal]] = {}
    for share in (share for one in credited for share in one):
        net, vat = off.get(share.tax, (ZERO, ZERO))
        off[share.tax] = (net + share.net, vat + share.vat)
    found = []
    for share in shares:
        net, vat = off.get(share.tax, (ZERO, ZERO))
        found.append(VatShare(share.tax, share.net + net, share.vat + vat))
    return tuple(found)


def opposite(shares: VatShares) -> VatShares:
    return tuple(VatShare(share.tax, -share.net, -share.vat) for share in shares)


def may_be_together(taxes: Iterable[Tax]) -> bool:
    """Whether a document may hold them all: what is outside the scope stands alone (BR-O-11)."""
    categories = {tax.category for tax in taxes}
    return len(categories) < 2 or OUTSIDE_SCOPE not in categories
