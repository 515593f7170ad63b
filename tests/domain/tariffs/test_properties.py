"""Laws that hold for every grid, population and rate."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mutualis.domain.french.letters import in_letters
from mutualis.domain.money import plain, round_half_up
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.grid import Bracket, Level

prices = st.decimals(0, 1000, places=3)
amounts = st.decimals(0, 100_000, places=2)
populations = st.integers(0, 200_000)


@st.composite
def levels(draw: st.DrawFn) -> Level:
    bounds: list[int] = sorted(draw(st.sets(st.integers(1, 150_000), max_size=4)))
    brackets: list[Bracket] = [
        Bracket(bound, cap=draw(st.none() | amounts), per_inhabitant=draw(st.none() | prices))
        for bound in bounds
    ]
    open_ended = draw(st.booleans())
    if bounds and open_ended:
        brackets.append(Bracket(None, cap=draw(st.none() | amounts)))
    return Level("N", "niveau", per_inhabitant=draw(prices), brackets=tuple(brackets))


@given(levels(), populations)
def test_a_cap_is_never_exceeded(level: Level, population: int) -> None:
    fee = compute_fee(level, population)
    if isinstance(fee, FeeBreakdown) and fee.bound_cap is not None:
        assert fee.amount <= fee.bound_cap
        assert (fee.cap is None) == (fee.gross <= fee.bound_cap)


@given(levels(), populations, populations)
def test_within_a_bracket_the_fee_never_falls(level: Level, one: int, other: int) -> None:
    fewer, more = compute_fee(level, min(one, other)), compute_fee(level, max(one, other))
    if (
        isinstance(fewer, FeeBreakdown)
        and isinstance(more, FeeBreakdown)
        and fewer.bracket_rank == more.bracket_rank
    ):
        assert fewer.amount <= more.amount


@given(levels(), populations)
def test_a_fee_is_whole_cents_within_half_a_cent(level: Level, population: int) -> None:
    fee = compute_fee(level, population)
    if isinstance(fee, FeeBreakdown):
        exact = fee.gross if fee.cap is None else fee.cap
        assert fee.amount.as_tuple().exponent == -2
        assert abs(fee.amount - exact) <= Decimal("0.005")


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from(["0.01", "1", "0.05", "0.1"]))
def test_rounding_goes_to_the_nearest_step_halves_up(amount: Decimal, step: str) -> None:
    size = Decimal(step)
    rounded = round_half_up(amount, size)
    assert rounded % size == 0
    assert abs(rounded - amount) <= size / 2
    if abs(rounded - amount) == size / 2:
        assert abs(rounded) > abs(amount)


@given(st.decimals(-(10**9), 10**9, places=5))
def test_plain_is_the_same_number(amount: Decimal) -> None:
    text = plain(amount)
    assert Decimal(text) == amount
    assert "E" not in text
    assert len(text.partition(".")[2]) >= 2


@given(st.integers(0, 10**12 - 1))
def test_letters_are_words(value: int) -> None:
    words = in_letters(value).replace("-", " ").split()
    assert words
    assert all(word.isalpha() for word in words)
    assert "vingts" not in words or words[words.index("vingts") - 1] == "quatre"


@given(st.sets(st.integers(0, 10**12 - 1), min_size=200, max_size=200))
def test_two_numbers_never_have_the_same_letters(values: set[int]) -> None:
    assert len({in_letters(value) for value in values}) == len(values)
