"""VAT by hand, and what always holds: it adds up, it comes back out, credits end at nothing."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TESTS
from mutualis.domain.money import ZERO
from mutualis.domain.vat.tax import (
    Tax,
    VatShares,
    left_of,
    may_be_together,
    opposite,
    part_of,
    share_within,
    shares_of,
    vat_of,
)

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
RATES = st.sampled_from(["0", "2.1", "5.5", "8.5", "10", "12.5", "20", "100"]).map(Decimal)


def rows(name: str) -> list[dict[str, str]]:
    with (TESTS / "golden" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def tax(rate: str | Decimal) -> Tax:
    return Tax("S", Decimal(rate)) if Decimal(rate) else Tax("E", reason="Exonération (exemple)")


def claimed(lines: str) -> VatShares:
    """« 1.15@10 0.12@20 »: amounts before tax, each at its rate."""
    pairs = (line.split("@") for line in lines.split())
    return shares_of((tax(rate), Decimal(net)) for net, rate in pairs)


def total(shares: VatShares) -> Decimal:
    return sum((share.amount for share in shares), ZERO)


@pytest.mark.parametrize("row", rows("vat.csv"), ids=lambda row: row["case"])
def test_by_hand(row: dict[str, str]) -> None:
    shares = claimed(row["lines"])
    assert (str(vat_of(shares)), str(total(shares))) == (row["vat"], row["total"])


@pytest.mark.parametrize("row", rows("vat_credits.csv"), ids=lambda row: row["case"])
def test_credits_by_hand(row: dict[str, str]) -> None:
    left = claimed(row["claim"])
    for amount, parts in zip(row["credits"].split(), row["parts"].split(), strict=True):
        taken = part_of(left, Decimal(amount))
        assert ",".join(f"{share.net}+{share.vat}" for share in taken) == parts
        left = left_of(left, [opposite(taken)])
    assert not any(share.net or share.vat for share in left)


@given(CENTS, RATES)
def test_what_was_added_comes_back_out(net: Decimal, rate: Decimal) -> None:
    own = tax(rate)
    amount = net + own.on(net)
    (share,) = share_within(amount, own)
    assert (share.net, share.vat) == (net, own.on(net))


@given(CENTS, RATES)
def test_any_amount_with_tax_is_within_a_cent_of_the_rule(amount: Decimal, rate: Decimal) -> None:
    """Not every amount with tax is one before tax and its tax: BR-CO-17 then holds to the cent."""
    (share,) = share_within(amount, tax(rate))
    assert share.amount == amount
    assert abs(share.vat - share.tax.on(share.net)) <= Decimal("0.01")


@given(st.lists(st.tuples(RATES, CENTS), min_size=1, max_size=6))
def test_the_shares_are_the_document(lines: list[tuple[Decimal, Decimal]]) -> None:
    shares = shares_of((tax(rate), net) for rate, net in lines)
    assert len(shares) == len({rate for rate, _ in lines})
    assert sum((share.net for share in shares), ZERO) == sum((net for _, net in lines), ZERO)
    for share in shares:
        assert share.vat == share.tax.on(share.net)


@given(
    st.lists(st.tuples(RATES, CENTS), min_size=1, max_size=4),
    st.lists(st.integers(0, 1000), max_size=6),
)
def test_credits_end_at_nothing(lines: list[tuple[Decimal, Decimal]], wanted: list[int]) -> None:
    whole = shares_of((tax(rate), net) for rate, net in lines)
    left, made = whole, []
    for thousandths in (*wanted, 1000):
        remaining = total(left)
        amount = (remaining * thousandths / 1000).quantize(Decimal("0.01"))
        taken = part_of(left, amount)
        assert total(taken) == amount
        assert all(share.net >= 0 and share.vat >= 0 for share in taken)
        made.append(opposite(taken))
        left = left_of(whole, made)
        assert all(share.net >= 0 and share.vat >= 0 for share in left)
    assert total(left) == 0
    assert not any(share.net or share.vat for share in left)


def test_what_is_outside_the_scope_stands_alone() -> None:
    outside, exempt, full = Tax("O"), Tax("E"), Tax("S", Decimal(20))
    assert may_be_together([outside])
    assert may_be_together([exempt, full])
    assert not may_be_together([outside, full])
