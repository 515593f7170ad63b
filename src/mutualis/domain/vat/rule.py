"""What is taxed otherwise than the issuer's own category says, and from which day at which rate."""

from datetime import date
from decimal import Decimal

from mutualis.domain.value import Struct, replace
from mutualis.domain.vat.tax import Tax


class DatedRate(Struct, frozen=True):
    """A rate in per cent, in force from a day on."""

    start: date
    percent: Decimal


class VatRule(Struct, frozen=True):
    """Of a `product`, or of one `service` on quote. `rates` are in order of their days, none for
    what is not taxed, as `reason` and its VATEX code then say."""

    product: str
    service: str
    category: str
    rates: tuple[DatedRate, ...] = ()
    reason: str = ""
    reason_code: str = ""

    def on(self, day: date) -> Tax | None:
        """The tax of a day; None before the first rate: nothing was taxed yet."""
        if not self.rates:
            return Tax(self.category, reason=self.reason, reason_code=self.reason_code)
        begun = [rate for rate in self.rates if rate.start <= day]
        return Tax(self.category, begun[-1].percent) if begun else None

    @property
    def last(self) -> Tax | None:
        """The tax of its latest rate; the only one of a rule that is settled."""
        return self.on(date.max)


def settled(rule: VatRule | None, day: date, year: int) -> VatRule | None:
    """The rule as it is kept once something of a year is issued by it: at the rate of that day
    alone, which is that of the whole year, though it may have begun since."""
    if rule is None or rule.on(day) is None:
        return None
    kept = tuple(rate for rate in rule.rates if rate.start <= day)[-1:]
    return replace(
        rule, rates=tuple(replace(x, start=min(x.start, date(year, 1, 1))) for x in kept)
    )
