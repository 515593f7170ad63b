"""A workbook of ten times more communes takes ten times more work."""

from datetime import date

import pytest

from growth import FEW, MANY, calls, workspace_of
from mutualis.documents.batch.book import render_batch
from mutualis.documents.excel.book import new_book
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.year_on_year import YearOnYear
from mutualis.domain.workspace import Workspace


def work(size: int, shipped: Workspace) -> float:
    """The calls that a commune takes."""
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

    return calls(render) / size


def test_the_work_for_a_commune_does_not_grow(shipped: Workspace) -> None:
    # What the styles of a book take, whatever its size, weighs on the small one.
    few, many = (work(size, shipped) for size in (FEW, MANY))
    assert many < few * 1.05


def test_a_style_is_found_by_its_name() -> None:
    book = new_book("exemple", "exemple", date(2025, 3, 1))
    styles = book._named_styles  # type: ignore[attr-defined]
    assert styles["euros"] is styles[styles.names.index("euros")]
    with pytest.raises(ValueError, match="exists"):
        book.add_named_style(styles["euros"])
