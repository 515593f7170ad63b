"""The steps of what is owed for a year, part by part: figures by hand, the last is the amount."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_identity import row, tariffs

from mutualis.domain.memberships.plan import BillingLine, levels_and_periods
from mutualis.domain.money import ZERO
from mutualis.domain.tariffs.fees import FeeBreakdown, compute_fee
from mutualis.domain.tariffs.proration import Part, highest, moments, periods_of, shares
from mutualis.domain.value import replace


def part(
    level: str, people: int, start: str, end: str, share: tuple[int, int], group: int = 0
) -> Part:
    """A part of 2025 of the commune 99901, from month-day to month-day."""
    days = [date.fromisoformat(f"2025-{day}") for day in (start, end)]
    own = replace(row("99901", level, people), start=days[0], end=days[1])
    return Part(own, fee(level, people), *share, group)


def fee(level: str, people: int) -> FeeBreakdown:
    found = compute_fee(tariffs("month").grids[2025].levels[level], people)
    assert isinstance(found, FeeBreakdown)
    return found


def line(*parts: Part, granted: str = "0") -> BillingLine:
    return BillingLine(parts[-1].row, parts[-1].fee, parts=parts, granted=Decimal(granted))


UPGRADE = (
    part("2A", 1342, "01-01", "06-30", (6, 12)),
    part("2B", 1342, "07-01", "12-31", (6, 12)),
)


def steps(of: BillingLine) -> list[tuple[int, str, str]]:
    return [(step.part, step.figure, f"{step.value:f}") for step in of.steps]


def test_a_change_of_level_in_july_by_the_month() -> None:
    """6/12 × 509.96 + 6/12 × 4 401.76 = 254.98 + 2 200.88 = 2 455.86."""
    assert steps(line(*UPGRADE)) == [
        (1, "population", "1342"),
        (1, "per_inhabitant", "0.38"),
        (1, "gross", "509.96"),
        (1, "of_year", "509.96"),
        (1, "of_part", "254.98"),
        (2, "population", "1342"),
        (2, "per_inhabitant", "3.28"),
        (2, "gross", "4401.76"),
        (2, "cap", "7048"),
        (2, "of_year", "4401.76"),
        (2, "of_part", "2200.88"),
        (0, "total", "2455.86"),
        (0, "due", "2455.86"),
    ]


def test_a_part_is_of_the_exact_fee() -> None:
    """3 × 0.38 × 1/12 = 0.095 twice: 0.19 in all, the first part rounded up, the second what is
    left; capped, 5 000 inhabitants at 2B owe 9 416 × 1/12 = 784.666… = 784.67."""
    months = [part("2A", 3, "01-01", "01-31", (1, 12)), part("2A", 3, "02-01", "02-28", (1, 12))]
    assert [str(amount) for _, amount in line(*months).amounts] == ["0.10", "0.09"]
    capped = line(part("2B", 5000, "01-01", "01-31", (1, 12)))
    assert steps(capped)[2:] == [
        (1, "gross", "16400.00"),
        (1, "cap", "9416"),
        (1, "of_year", "9416"),
        (1, "of_part", "784.67"),
        (0, "due", "784.67"),
    ]
    assert capped.explanation.replace("\u00a0", " ") == (
        "99901, niveau 2B, du 1er au 31 janvier 2025 : 5 000 habitants × 3,28 € = 16 400,00 €, "
        "plafonné à 9 416,00 € (de 4 000 à 10 000 habitants), × 1/12 = 784,67 €"
    )


def test_a_whole_year_less_what_was_granted_and_asked_before() -> None:
    whole = BillingLine(row("99901", "2A", 1000), fee("2A", 1000))
    assert steps(whole)[-2:] == [(0, "gross", "380.00"), (0, "due", "380.00")]
    asked = replace(whole, granted=Decimal("50"), deducted=Decimal("100"), completes="F2025-0001")
    assert steps(asked)[-5:] == [
        (0, "of_year", "380.00"),
        (0, "granted", "-50"),
        (0, "due", "330.00"),
        (0, "deducted", "-100"),
        (0, "left", "230.00"),
    ]
    more = replace(whole, granted=Decimal("400"))  # above what is due by now: no debt
    assert steps(more)[-2:] == [(0, "granted", "-380.00"), (0, "due", "0")]


@given(
    st.lists(
        st.tuples(st.sampled_from(("2A", "2B")), st.integers(0, 9999), st.integers(1, 12)),
        min_size=1,
        max_size=4,
    ),
    st.decimals(0, 9999, places=2),
)
def test_the_last_step_is_the_amount(found: list[tuple[str, int, int]], granted: Decimal) -> None:
    parts = [
        part(level, people, "01-01", "12-31", (months, 12), group)
        for group, (level, people, months) in enumerate(found)
    ]
    own = replace(line(*parts), granted=granted)
    assert own.steps[-1].value == own.amount
    amounts = [step.value for step in own.steps if step.part and step.figure == "of_part"]
    whole = [amount for part, amount in own.amounts if part.is_whole]
    assert sum([*amounts, *whole], ZERO) == own.whole


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((), "niveau 2B"),
        (
            UPGRADE,
            "niveau 2A du 1er janvier au 30 juin 2025, niveau 2B du 1er juillet au "
            "31 décembre 2025",
        ),
        ((UPGRADE[1],), "niveau 2B, du 1er juillet au 31 décembre 2025"),
        # Two rows that follow each other at one level, and one beside them.
        (
            (
                part("2B", 900, "01-01", "06-30", (6, 12)),
                part("2B", 950, "07-01", "09-30", (3, 12)),
            ),
            "niveau 2B, du 1er janvier au 30 septembre 2025",
        ),
        # Left, then come back.
        (
            (
                part("2B", 900, "01-01", "01-31", (1, 12)),
                part("2B", 900, "03-15", "12-31", (9, 12)),
            ),
            "niveau 2B du 1er au 31 janvier 2025, niveau 2B du 15 mars au 31 décembre 2025",
        ),
        # Due whole, at the highest moment: the days of the rows say nothing of what is paid for.
        (
            (
                part("2A", 161, "01-01", "06-30", (1, 1)),
                part("2B", 1798, "01-01", "06-30", (1, 1)),
            ),
            "niveaux 2A et 2B",
        ),
    ],
)
def test_levels_and_periods(parts: tuple[Part, ...], said: str) -> None:
    level = tariffs("month").grids[2025].levels["2B"]
    assert levels_and_periods(level, parts).replace("\u00a0", " ") == said


def test_periods_of_a_whole_part_are_the_year() -> None:
    assert periods_of([part("2A", 161, "01-01", "06-30", (1, 1))]) == [
        ("2A", date(2025, 1, 1), date(2025, 12, 31))
    ]


def test_what_a_whole_year_is_compared_with() -> None:
    """161 × 0.38 + 1 798 × 3.28 = 61.18 + 5 897.44 = 5 958.62; 1 974 × 3.28 = 6 474.72."""
    july = date(2025, 7, 1)
    rows = [
        (replace(row("99902", "2A", 161), end=date(2025, 6, 30)), fee("2A", 161)),
        (replace(row("99901", "2B", 1798), end=date(2025, 6, 30)), fee("2B", 1798)),
        (replace(row("99901", "2B", 1974), start=july), fee("2B", 1974)),
    ]
    compared = moments(rows)
    assert [(moment.day, str(moment.amount)) for moment in compared] == [
        (date(2025, 1, 1), "5958.62"),
        (july, "6474.72"),
    ]
    due = highest(compared)
    assert due == compared[1]
    assert due is not None
    assert shares(rows, "full_year") == due.parts
    assert highest(()) is None
