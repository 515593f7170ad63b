"""Who may have missions on a day: the same rule for a quote, its acceptance, each work done.

Communes are invented, a row « code year level from to ».
"""

from datetime import date

import pytest

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.quotes.membership import Applicant, check_applicant, why_not_member
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.value import replace
from mutualis.domain.workspace import Workspace

HERE = Source("data/communes.csv", 2)
LEFT_IN_JULY = ("A 2025 2B 01-01 06-30", "A 2025 2A 07-01 12-31")
ANOTHER = ("Z 2024 1", "Z 2025 1", "Z 2026 1")  # so that the file knows these years
MERGED = ("A 2025 2B 01-01 06-30", "B 2025 2B", "B 2026 2A")


@pytest.fixture
def level(shipped: Workspace) -> Level:
    found = shipped.tariffs.grids[2025].on_quote
    assert found is not None
    assert found.requires == "2B"
    return found


def row(text: str) -> CommuneYear:
    code, year, level, *period = text.split()
    start, end = (date.fromisoformat(f"{year}-{day}") for day in period or ("01-01", "12-31"))
    level = level.strip("-")
    return CommuneYear(int(year), code, code, "", 100, 100, level, HERE, HERE, start, end)


def communes(*rows: str, merger: date | None = None) -> Communes:
    moves = Movements()
    if merger is not None:
        moves = Movements.of([Movement(merger, MovementKind.MERGER, "A", "A", "B", "B", "", HERE)])
    return Communes.of([row(text) for text in rows], movements=moves)


def applicant(level: Level, first: str = "A 2025 2B", known: date = date(2025, 3, 15)) -> Applicant:
    return Applicant(row(first), known.year, known, level)


@pytest.mark.parametrize(
    ("rows", "day", "code", "facts"),
    [
        (("A 2025 2B",), "2025-12-31", None, {}),
        (LEFT_IN_JULY, "2025-06-30", None, {}),
        (
            LEFT_IN_JULY,
            "2025-07-01",
            "quotes.no_more_member",
            {"commune": "A", "requires": "2B", "since": "1er\xa0juillet\xa02025"},
        ),
        (
            ("A 2024 2B", *LEFT_IN_JULY),  # the last time that it was one counts
            "2025-08-15",
            "quotes.no_more_member",
            {"commune": "A", "requires": "2B", "since": "1er\xa0juillet\xa02025"},
        ),
        (LEFT_IN_JULY[:1], "2025-07-02", "quotes.no_more_member", None),
        # A year of which the file has no row says nothing of anyone; else a row is missing.
        (("A 2025 2B",), "2026-02-01", None, {}),
        (
            ("A 2025 2B", *ANOTHER),
            "2026-02-01",
            "quotes.no_row",
            {"commune": "A", "year": 2026},
        ),
        (("A 2025 2B", "A 2026 2B"), "2026-02-01", None, {}),
        (
            ("A 2025 2B", "A 2026 2A"),
            "2026-02-01",
            "quotes.no_more_member",
            {"commune": "A", "requires": "2B", "since": "1er\xa0janvier\xa02026"},
        ),
        # A member again since: it was none in the year of the mission.
        ((*LEFT_IN_JULY, "A 2026 2B"), "2026-02-01", "quotes.no_more_member", None),
        (ANOTHER, "2025-05-01", "quotes.no_row", {"commune": "A", "year": 2025}),
        (("A 2025 2A",), "2025-05-01", "quotes.other_membership", {"commune": "A", "level": "2A"}),
        (("A 2025 -",), "2025-05-01", "quotes.not_a_member", {"commune": "A"}),
        (
            ("A 2025 2B 06-01 12-31",),
            "2025-05-01",
            "quotes.no_membership_that_day",
            {"commune": "A", "day": "1er\xa0mai\xa02025"},
        ),
    ],
)
def test_a_commune_on_a_day(
    rows: tuple[str, ...], day: str, code: str | None, facts: dict[str, object] | None, level: Level
) -> None:
    why = why_not_member(applicant(level), communes(*rows), date.fromisoformat(day))
    assert (None if why is None else why.code) == code
    if why is not None and facts is not None:
        assert why.facts == facts


@pytest.mark.parametrize(
    ("rows", "day", "code"),
    [
        (MERGED, "2025-06-30", None),
        (MERGED, "2025-07-01", None),  # the heir is a member
        (MERGED, "2026-01-01", "quotes.no_more_member"),  # it was, last year
        (("A 2025 2B 01-01 06-30", "B 2025 2A"), "2025-07-01", "quotes.other_membership"),
    ],
)
def test_what_a_commune_has_become_is_asked(
    rows: tuple[str, ...], day: str, code: str | None, level: Level
) -> None:
    known = communes(*rows, merger=date(2025, 7, 1))
    why = why_not_member(applicant(level), known, date.fromisoformat(day))
    assert (None if why is None else why.code) == code
    if why is not None:
        assert why.facts["commune"] == "A (devenue B)"


def test_a_quote_asks_the_same(level: Level) -> None:
    """Of its own year first: a quote for 2026 made in 2025 is for a member of both."""
    asked = applicant(level, "A 2026 2B", date(2026, 1, 1))
    day = date(2025, 11, 1)
    assert check_applicant(asked, communes("A 2025 2B", "A 2026 2B"), day).year == 2026
    with pytest.raises(Refusal) as refused:
        check_applicant(asked, communes("A 2025 2A", "A 2026 2B"), day)
    assert refused.value.reason.code == "quotes.reserved"
    assert refused.value.reason.facts["year"] == 2025
    assert [why.code for why in refused.value.reason.details] == ["quotes.other_membership"]


def test_a_level_that_requires_nothing_is_for_any_row(level: Level) -> None:
    free = replace(level, requires=None)
    asked = applicant(free, "A 2025 -")
    assert why_not_member(asked, communes("A 2025 -"), date(2025, 5, 1)) is None
    why = why_not_member(asked, communes("A 2025 - 01-01 03-31"), date(2025, 5, 1))
    assert why is not None
    assert why.code == "quotes.no_membership_that_day"
