"""Which rate a day has."""

from datetime import date
from decimal import Decimal

import pytest

from mutualis.domain.vat.rule import DatedRate, VatRule, settled
from mutualis.domain.vat.tax import Tax

RULE = VatRule(
    "membership",
    "",
    "S",
    (DatedRate(date(2025, 1, 1), Decimal(10)), DatedRate(date(2025, 7, 1), Decimal("12.5"))),
)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "10"),
        (date(2025, 6, 30), "10"),
        (date(2025, 7, 1), "12.5"),
        (date(2030, 1, 1), "12.5"),
    ],
)
def test_the_rate_of_a_day(day: date, rate: str | None) -> None:
    expected = None if rate is None else Tax("S", Decimal(rate))
    assert RULE.on(day) == expected
    kept = settled(RULE, day, 2025)
    assert (kept and kept.last) == expected


def test_a_settled_rule_has_one_rate_for_ever() -> None:
    kept = settled(RULE, date(2025, 3, 1), 2025)
    assert kept is not None
    assert kept.on(date(2031, 1, 1)) == Tax("S", Decimal(10))


def test_what_is_not_taxed_needs_no_day() -> None:
    exempt = VatRule("half_days", "Conseils", "E", reason="Exonération (exemple)")
    assert exempt.on(date(1999, 1, 1)) == Tax("E", reason="Exonération (exemple)")
    assert settled(None, date(2025, 1, 1), 2025) is None
