"""INSEE's Decembers put into the index: what is new, what was known, what may still change."""

from decimal import Decimal

import pytest

from mutualis.domain.indexation.cpi import IndexPoint, PriceIndex
from mutualis.domain.indexation.cpi_update import Figure, IndexUpdate, Release, plan_index_update
from mutualis.domain.problems.problem import Source
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import replace

HERE = Source("data/cpi.csv", 2)


def figure(year: int, index: str, *, final: bool = True) -> Figure:
    return Figure(f"{year}-12", Decimal(index), final, Source("insee.csv", year))


def release(*figures: Figure, series_id: str = "011814630") -> Release:
    return Release(series_id, "ensemble", "2025", "exemple", "15/01/2026", figures)


def known(year: int, index: str, rate: str | None = None, base: str = "2025") -> IndexPoint:
    value = None if rate is None else Decimal(rate)
    return IndexPoint(f"{year}-12", "ensemble", base, Decimal(index), value, "exemple", HERE)


def told(update: IndexUpdate) -> list[tuple[str, str | None]]:
    return [(p.month[:4], None if p.rate is None else str(p.rate)) for p in update.added]


def test_final_decembers_come_with_the_rate_that_they_give() -> None:
    """Oldest first, whatever their order; the first has nothing before it."""
    update = plan_index_update(
        PriceIndex(), release(figure(2025, "101.9"), figure(2023, "100"), figure(2024, "101"))
    )
    assert told(update) == [("2023", None), ("2024", "1.0"), ("2025", "0.9")]
    assert [point.month[:4] for point in update.computed] == ["2024", "2025"]
    assert all(point.is_computed for point in update.computed)
    assert not update.added[0].is_computed
    assert update.added[0].series_id == "011814630"
    assert "15/01/2026" in update.added[0].origin


def test_what_may_still_change_is_left_out() -> None:
    own = release(figure(2025, "101", final=False), figure(2024, "100"))
    update = plan_index_update(PriceIndex(), own)
    assert told(update) == [("2024", None)]
    assert update.left_out == ("2025-12",)
    assert own.final == own.decembers[1:]


def test_what_is_known_stays() -> None:
    index = PriceIndex.of([known(2024, "100"), known(2023, "99", base="2015")])
    update = plan_index_update(index, release(figure(2024, "100"), figure(2025, "101")))
    assert told(update) == [("2025", "1.0")]
    assert update.known == ("2024-12",)


def test_a_published_rate_is_never_doubled() -> None:
    """That of another base counts too."""
    index = PriceIndex.of([known(2025, "120", "0.8", "2015")])
    update = plan_index_update(index, release(figure(2024, "100"), figure(2025, "101")))
    assert told(update) == [("2024", None), ("2025", None)]


def test_an_index_that_says_otherwise() -> None:
    index = PriceIndex.of([known(2024, "100"), known(2025, "101")])
    with pytest.raises(Refusal) as refused:
        plan_index_update(index, release(figure(2024, "100"), figure(2025, "101.01")))
    assert refused.value.reason.code == "indexation.index_differs"
    assert len(refused.value.reason.details) == 1
    other = PriceIndex.of([replace(known(2025, "999"), base="2015")])
    assert told(plan_index_update(other, release(figure(2025, "101")))) == [("2025", None)]


def test_a_series_whose_number_says_nothing_is_written_by_its_name() -> None:
    assert release(series_id="999999999").written_id == "ensemble"
    assert release().written_id == "011814630"
