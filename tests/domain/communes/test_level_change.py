"""A level from a day on: which rows change, by hand."""

from datetime import date

import pytest
from made import row

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.level_change import applied, plan_level
from mutualis.domain.problems.refusals import Refusal

ACT = "Délibération (exemple)"


def told(communes: Communes) -> list[tuple[str, str, str, str]]:
    return [(str(r.first_day), str(r.last_day), r.level, r.level_source) for r in communes.rows]


def changed(day: date, level: str, *rows: CommuneYear) -> list[tuple[str, str, str, str]]:
    communes = Communes.of(rows)
    return told(applied(communes, plan_level(communes, "25001", level, day, ACT)))


def test_on_the_first_day_of_the_row_it_is_not_cut() -> None:
    assert changed(date(2025, 1, 1), "2B", row()) == [("2025-01-01", "2025-12-31", "2B", ACT)]


@pytest.mark.parametrize(
    ("day", "before"), [(date(2025, 1, 2), "2025-01-01"), (date(2025, 12, 31), "2025-12-30")]
)
def test_within_it_it_is_cut_the_day_before(day: date, before: str) -> None:
    assert changed(day, "2B", row()) == [
        ("2025-01-01", before, "2A", ""),
        (str(day), "2025-12-31", "2B", ACT),
    ]


def test_the_rows_after_follow_up_to_another_decision() -> None:
    rows = (row(year=2025), row(year=2026), row(year=2027, level="1"), row(year=2028))
    assert [x[2:] for x in changed(date(2025, 7, 1), "2B", *rows)] == [
        ("2A", ""),
        ("2B", ACT),
        ("2B", ACT),
        ("1", ""),
        ("2A", ""),
    ]


def test_what_comes_before_and_other_communes_stay() -> None:
    rows = (row(year=2024), row(year=2025), row("25002"))
    assert [x[2] for x in changed(date(2025, 1, 1), "", *rows)] == ["2A", "", "2A"]


def test_a_part_of_a_year_keeps_its_own_end() -> None:
    part = row(start=date(2025, 3, 1), end=date(2025, 9, 30))
    assert changed(date(2025, 6, 1), "", part) == [
        ("2025-03-01", "2025-05-31", "2A", ""),
        ("2025-06-01", "2025-09-30", "", ACT),
    ]


@pytest.mark.parametrize(
    ("level", "day", "code"),
    [
        ("2A", date(2025, 7, 1), "data.level_already"),
        ("2B", date(2026, 1, 1), "data.level_without_row"),
        ("2B", date(2024, 12, 31), "data.level_without_row"),
    ],
)
def test_nothing_to_change_is_refused(level: str, day: date, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        plan_level(Communes.of([row()]), "25001", level, day, ACT)
    assert refused.value.reason.code == code
