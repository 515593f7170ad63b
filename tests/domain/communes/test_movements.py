"""Who has become whom, each answer worked out by hand; then what holds of any movements."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Source

KINDS = {
    "F": MovementKind.MERGER,
    "N": MovementKind.NEW_COMMUNE,
    "R": MovementKind.RESTORED,
    "C": MovementKind.NEW_CODE,
    "M": MovementKind.NEW_NAME,
    "+": MovementKind.JOINED,
    "-": MovementKind.LEFT,
}


def movement(text: str) -> Movement:
    """« 2025-01-01 N A>B »: on that day, by a commune nouvelle, A became B."""
    day, kind, codes = text.split()
    before, after = codes.split(">")
    return Movement(
        date.fromisoformat(day), KINDS[kind], before, before, after, after, "", Source("x")
    )


def movements(*texts: str) -> Movements:
    return Movements.of(movement(text) for text in texts)


def day(text: str) -> date:
    return date.fromisoformat(text)


MID_YEAR = ("2025-07-01 F A>B", "2025-07-01 F B>B")
NEW_YEAR = ("2025-01-01 N A>B", "2025-01-01 N B>B")  # a commune nouvelle under an old code
NEW_CODE_MADE = ("2025-07-01 N A>N", "2025-07-01 N B>N")  # and under a new one
MOVED_SEAT = ("2026-01-01 C A>D",)
UNDONE = ("1972-06-01 F A>B", "1972-06-01 F B>B", "1985-01-01 R B>B", "1985-01-01 R B>A")
CHAIN = (
    *("2024-01-01 F A>B", "2024-01-01 F B>B"),
    *("2025-07-01 N B>N", "2025-07-01 N C>N"),
)
SAME_DAY = (
    *("2025-01-01 N A>B", "2025-01-01 N B>B"),  # A joins B,
    "2025-01-01 C B>C",  # whose seat moves on the same day
)
SPLIT = ("2025-07-01 F A>B", "2025-07-01 F A>C", "2025-07-01 F B>B", "2025-07-01 F C>C")
LEAVES_A_PART = ("2025-07-01 R A>A", "2025-07-01 R A>E")
OF_THE_BODY = ("2017-01-01 + >A", "2026-01-01 - A>")


@pytest.mark.parametrize(
    ("texts", "code", "after", "until", "heir"),
    [
        (MID_YEAR, "A", "2025-01-01", "2025-06-30", "A"),
        (MID_YEAR, "A", "2025-01-01", "2025-07-01", "B"),
        (MID_YEAR, "B", "2025-01-01", "2025-12-31", "B"),
        (MID_YEAR, "A", "2025-07-01", "2025-12-31", "A"),  # its own day counts no more
        (NEW_YEAR, "A", "2024-12-31", "2025-01-01", "B"),
        (NEW_YEAR, "A", "2024-01-01", "2024-12-31", "A"),
        (NEW_YEAR, "B", "2024-01-01", "2030-01-01", "B"),
        (NEW_CODE_MADE, "A", "2025-01-01", "2025-12-31", "N"),
        (NEW_CODE_MADE, "B", "2025-01-01", "2025-12-31", "N"),
        (NEW_CODE_MADE, "N", "2025-07-01", "2025-12-31", "N"),
        (MOVED_SEAT, "A", "2025-01-01", "2026-01-01", "D"),
        (UNDONE, "A", "1970-01-01", "1980-01-01", "B"),
        (UNDONE, "A", "1970-01-01", "1990-01-01", "B"),  # what A was is B's for ever
        (UNDONE, "A", "1985-01-01", "1990-01-01", "A"),  # another A
        (UNDONE, "B", "1970-01-01", "1990-01-01", "B"),
        (CHAIN, "A", "2023-12-31", "2024-12-31", "B"),
        (CHAIN, "A", "2023-12-31", "2025-12-31", "N"),
        (CHAIN, "C", "2023-12-31", "2025-12-31", "N"),
        (SAME_DAY, "A", "2024-12-31", "2025-01-01", "C"),
        (SAME_DAY, "B", "2024-12-31", "2025-01-01", "C"),
        (("2025-01-01 F B>C", "2025-01-01 F A>B"), "A", "2024-01-01", "2025-01-01", "C"),
        (SPLIT, "A", "2025-01-01", "2025-06-30", "A"),
        (SPLIT, "A", "2025-01-01", "2025-12-31", None),
        (SPLIT, "B", "2025-01-01", "2025-12-31", "B"),
        (("2025-01-01 R A>B", "2025-01-01 R A>C"), "A", "2024-01-01", "2025-01-01", None),
        (("2025-01-01 R A>B",), "A", "2024-01-01", "2025-01-01", None),
        (("2025-01-01 F A>B", "2025-01-01 N A>C"), "A", "2024-01-01", "2025-01-01", None),
        (("2025-01-01 C A>B", "2025-01-01 C B>A"), "A", "2024-01-01", "2025-01-01", None),
        (LEAVES_A_PART, "A", "2025-01-01", "2025-12-31", "A"),
        (("2025-01-01 M A>A",), "A", "2024-01-01", "2026-01-01", "A"),
        (OF_THE_BODY, "A", "2016-01-01", "2027-01-01", "A"),
        ((), "A", "2024-01-01", "2026-01-01", "A"),
        (MID_YEAR, "A", "2026-01-01", "2025-01-01", "A"),
    ],
)
def test_heir(texts: tuple[str, ...], code: str, after: str, until: str, heir: str | None) -> None:
    assert movements(*texts).heir(code, day(after), day(until)) == heir
    assert movements(*reversed(texts)).heir(code, day(after), day(until)) == heir


@pytest.mark.parametrize(
    ("texts", "code", "after", "until", "origins"),
    [
        (MID_YEAR, "B", "2025-01-01", "2025-06-30", ("B",)),
        (MID_YEAR, "B", "2025-01-01", "2025-12-31", ("A", "B")),
        (("2025-07-01 F A>B",), "B", "2025-01-01", "2025-12-31", ("A", "B")),
        (NEW_CODE_MADE, "N", "2025-01-01", "2025-12-31", ("A", "B")),
        (MOVED_SEAT, "D", "2025-01-01", "2026-01-01", ("A",)),
        (CHAIN, "N", "2023-01-01", "2026-01-01", ("A", "B", "C")),
        (SAME_DAY, "C", "2024-01-01", "2026-01-01", ("A", "B")),
        (UNDONE, "A", "1970-01-01", "1990-01-01", ()),  # a restored commune starts empty
        (UNDONE, "A", "1985-01-01", "1990-01-01", ("A",)),
        (UNDONE, "B", "1970-01-01", "1990-01-01", ("A", "B")),
        (LEAVES_A_PART, "E", "2025-01-01", "2025-12-31", ()),
        (SPLIT, "B", "2025-01-01", "2025-12-31", ("B",)),
    ],
)
def test_origins(
    texts: tuple[str, ...], code: str, after: str, until: str, origins: tuple[str, ...]
) -> None:
    assert movements(*texts).origins(code, day(after), day(until)) == origins


@pytest.mark.parametrize(
    ("texts", "code", "days"),
    [
        (MID_YEAR, "A", {"2025-06-30": True, "2025-07-01": False, "2030-01-01": False}),
        (MID_YEAR, "B", {"2025-06-30": True, "2025-07-01": True}),
        (NEW_CODE_MADE, "N", {"2025-06-30": False, "2025-07-01": True}),
        (UNDONE, "A", {"1970-01-01": True, "1980-01-01": False, "1985-01-01": True}),
        (MOVED_SEAT, "D", {"2025-12-31": False, "2026-01-01": True}),
        (SAME_DAY, "B", {"2024-12-31": True, "2025-01-01": False}),
        (SPLIT, "A", {"2025-06-30": True, "2025-07-01": False}),
        (OF_THE_BODY, "A", {"2016-01-01": True, "2027-01-01": True}),
        (("2025-01-01 C A>D", "2025-01-01 R B>A", "2025-01-01 R B>B"), "A", {"2025-01-01": True}),
        (("2025-01-01 C A>N", "2025-01-01 C N>D"), "N", {"2024-12-31": False, "2025-01-01": False}),
        ((), "A", {"2025-01-01": True}),
    ],
)
def test_exists(texts: tuple[str, ...], code: str, days: dict[str, bool]) -> None:
    found = movements(*texts)
    assert {text: found.exists(code, day(text)) for text in days} == days


@pytest.mark.parametrize(
    ("texts", "code", "on", "explained"),
    [
        (NEW_YEAR, "A", "2025-01-01", "2025-01-01 N A>B"),
        (NEW_YEAR, "A", "2024-12-31", None),
        (NEW_YEAR, "B", "2025-01-01", None),
        (MID_YEAR, "A", "2026-01-01", "2025-07-01 F A>B"),
        (OF_THE_BODY, "A", "2025-12-31", None),
        (OF_THE_BODY, "A", "2026-01-01", "2026-01-01 - A>"),
        ((*OF_THE_BODY, "2027-01-01 + >A"), "A", "2027-01-01", None),
        (UNDONE, "A", "1980-01-01", "1972-06-01 F A>B"),
        (UNDONE, "A", "1985-01-01", None),
        (UNDONE, "C", "1985-01-01", None),
    ],
)
def test_absence(texts: tuple[str, ...], code: str, on: str, explained: str | None) -> None:
    wanted = None if explained is None else movement(explained)
    assert movements(*texts).absence(code, day(on)) == wanted


@pytest.mark.parametrize(
    ("texts", "until", "groups"),
    [
        (MID_YEAR, "2025-06-30", {"A": ("A",), "B": ("B",), "N": ("N",)}),
        (MID_YEAR, "2026-05-01", {"B": ("A", "B"), "N": ("N",)}),
        (NEW_YEAR, "2025-12-31", {"A": ("A",), "B": ("B",), "N": ("N",)}),  # before the year
        (("2026-01-01 F A>B",), "2026-03-01", {"A": ("A",), "B": ("B",), "N": ("N",)}),
        (NEW_CODE_MADE, "2025-12-31", {"N": ("A", "B", "N")}),
        (("2025-03-01 F B>A",), "2025-12-31", {"A": ("B", "A"), "N": ("N",)}),
        (SPLIT, "2025-12-31", {"A": ("A",), "B": ("B",), "N": ("N",)}),
        (("2025-03-01 F A>B", "2025-09-01 F B>N"), "2025-04-01", {"B": ("A", "B"), "N": ("N",)}),
        (("2025-03-01 F A>B", "2025-09-01 F B>N"), "2025-12-31", {"N": ("A", "B", "N")}),
    ],
)
def test_groups_of_2025(
    texts: tuple[str, ...], until: str, groups: dict[str, tuple[str, ...]]
) -> None:
    assert movements(*texts).groups(["A", "B", "B", "N"], 2025, day(until)) == groups


def test_the_movement_that_leaves_no_heir() -> None:
    found = movements("2024-01-01 C Z>A", "2025-07-01 F X>Y", *SPLIT)
    assert found.split("Z", day("2023-01-01")) == movement("2025-07-01 F A>B")
    assert found.split("A", day("2025-07-01")) is None
    assert found.split("B", day("2024-01-01")) is None


def test_a_movement_said_twice_counts_once() -> None:
    assert len(movements(*NEW_YEAR, *NEW_YEAR).rows) == 2


codes = st.sampled_from("ABCDE")
days = st.integers(1, 9).map(lambda n: date(2020 + n // 3, 1 + n % 3, 1))
any_movement = st.builds(
    lambda when, kind, before, after: movement(f"{when} {kind} {before}>{after}"),
    days,
    st.sampled_from("FNRCM"),
    codes,
    codes,
)
any_movements = st.lists(any_movement, max_size=12).map(Movements.of)


@given(any_movements, codes, days, days)
def test_an_heir_is_always_found_or_nobody(found: Movements, code: str, a: date, b: date) -> None:
    assert found.heir(code, a, b) in (*"ABCDE", None)
    assert found.heir(code, a, a) == code


@given(any_movements, codes, days, days)
def test_whoever_becomes_a_commune_is_of_its_family(
    found: Movements, code: str, a: date, b: date
) -> None:
    heir = found.heir(code, a, b)
    assert heir is None or found.family(code) == found.family(heir)


@pytest.mark.parametrize("code", ["A", "B", "C", "N"])
def test_a_family_is_whatever_movements_link_and_no_others(code: str) -> None:
    made = movements(*CHAIN, "2026-01-01 F E>F", "2017-01-01 + >N", "2017-01-01 + >E")
    assert made.family(code) == {"A", "B", "C", "N"}
    assert made.family("Z") == {"Z"}


@given(any_movements, codes, st.lists(days, min_size=3, max_size=3).map(sorted))
def test_the_heir_of_the_heir_is_the_heir(found: Movements, code: str, when: list[date]) -> None:
    first, then, last = when
    heir = found.heir(code, first, then)
    assert found.heir(code, first, last) == (heir and found.heir(heir, then, last))


@given(any_movements, codes, codes, days, days)
def test_origins_are_what_became_it(
    found: Movements, code: str, other: str, a: date, b: date
) -> None:
    is_origin = other in found.origins(code, a, b)
    assert is_origin == (found.exists(other, a) and found.heir(other, a, b) == code)


@given(any_movements, days)
def test_each_code_of_a_year_is_in_one_group(found: Movements, until: date) -> None:
    groups = found.groups("ABCDE", 2021, until)
    assert sorted(code for group in groups.values() for code in group) == list("ABCDE")
