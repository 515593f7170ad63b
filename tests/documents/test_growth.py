"""A workbook takes as much work for each commune more."""

from datetime import date

import pytest

from growth import calls, does_not_grow, workspace_of
from mutualis.documents.batch.book import render_batch
from mutualis.documents.excel.book import new_book
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.year_on_year import YearOnYear
from mutualis.domain.workspace import Workspace


def work(size: int, shipped: Workspace) -> int:
    """The calls that a workbook takes."""
    workspace = workspace_of(size, shipped)
    plan = plan_billing(workspace.communes, workspace.tariffs, workspace.tariffs.grids[2025])

    def render() -> None:
        render_batch(
            plan,
            workspace.issuer,
            workspace.tariffs,
            date(2025, 3, 1),
            YearOnYear(2025),
            (),
            invoice_sheets=False,
        )

    return calls(render)


def test_the_work_for_a_commune_does_not_grow(shipped: Workspace) -> None:
    assert does_not_grow(lambda size: work(size, shipped))


def test_a_style_is_found_by_its_name() -> None:
    book = new_book("exemple", "exemple", date(2025, 3, 1))
    styles = book._named_styles  # type: ignore[attr-defined]
    assert styles["euros"] is styles[styles.names.index("euros")]
    with pytest.raises(ValueError, match="exists"):
        book.add_named_style(styles["euros"])
