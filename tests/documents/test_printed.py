"""What a printed sheet obeys, rule by rule; `test_package` holds every workbook to it.

By hand: a page in landscape is 11.69 − 2 × 0.4 = 10.89 inches wide; at 80 %, it takes
10.89 × 72 / 0.8 / 5.56 = 176.3 digits of Arial 10, less 2 %: 172. In portrait
8.27 − 0.8 = 7.47 inches, hence 118.
"""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from printed_page import badly_printed

from conftest import TESTS, Cli, edit
from mutualis.documents.batch.book import render_batch
from mutualis.documents.excel import printed
from mutualis.documents.excel.book import add_sheet, new_book
from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import put
from mutualis.documents.usage.charts import write_chart
from mutualis.documents.usage.tables import SHARES, Block
from mutualis.domain.issuing.plan import plan_billing
from mutualis.domain.issuing.year_on_year import LevelChange, YearOnYear
from mutualis.domain.memberships.plan import LevelTotal
from mutualis.domain.workspace import Workspace


def empty() -> tuple[Workbook, Worksheet]:
    book = new_book("Essai", "Essai", date(2025, 3, 1))
    return book, add_sheet(book, "Essai")


def test_what_a_page_takes() -> None:
    assert (printed.room(landscape=True), printed.room(landscape=False)) == (172, 118)


def test_the_columns_that_fold_give_what_lacks() -> None:
    assert printed.fitted([(20, False), (40, True), (40, True)], 100) == [20, 40, 40]
    assert printed.fitted([(20, False), (40, True), (80, True)], 80) == [20, 20, 40]
    assert printed.fitted([(20, False), (40, True), (80, True)], 79) == [20, 40, 80], "too narrow"
    assert printed.fitted([(60, False), (60, False)], 100) == [60, 60]


def test_pages_side_by_side_repeat_what_is_frozen() -> None:
    assert printed.pages_across([50, 50], 0, 100) == 1
    assert printed.pages_across([50, 50, 1], 0, 100) == 2
    assert printed.pages_across([10, 50, 40, 50, 40], 1, 100) == 2
    assert printed.pages_across([10, 50, 40, 50, 41], 1, 100) == 3
    assert printed.pages_across([150], 0, 100) == 1


def test_a_text_folds_between_words() -> None:
    assert printed.lines("Direction des finances", 23) == 1
    assert printed.lines("Direction des finances", 15) == 2
    assert printed.lines("7\u00a0048,00\u00a0€ et plus", 12) == 2
    assert printed.lines("un\ndeux", 20) == 2
    assert printed.lines("", 5) == 1


def test_a_list_too_wide_for_a_page_takes_two(tmp_path: Path) -> None:
    """Its frozen columns stand on both, and the column that is for the screen on none."""
    book, sheet = empty()
    columns: list[Column[int]] = [Column("Écran", lambda _: "écran", 30, printed=False)]
    for at in reversed(range(10)):
        columns.insert(0, Column(f"Chiffre {at}", lambda item: item, 20, "entier"))
    write_listing(sheet, columns, [1, 2], title="Essai", freeze="Chiffre 1")
    assert sheet.print_area == "'Essai'!$A$1:$J$3"
    assert sheet.page_setup.fitToWidth == 2
    assert sheet.print_title_cols == "$A:$A"
    book.save(tmp_path / "wide.xlsx")
    assert badly_printed(tmp_path / "wide.xlsx") == []


@pytest.mark.parametrize(("lines", "drawn"), [(5, 1), (25, 1), (40, 0)])
def test_a_chart_stands_on_the_page_of_its_table_or_nowhere(lines: int, drawn: int) -> None:
    """601 points a page: under 40 lines of 13.5 points, less than the 5 cm that a chart needs."""
    _, sheet = empty()
    for row in range(1, 2 + lines):
        put(sheet, row, 1, f"Direction {row} (exemple)", "cellule")
    after = write_chart(
        sheet, 3 + lines, 1, "directorate", Block("Essai", SHARES, 1, 1 + lines), "Titre"
    )
    assert len(sheet._charts) == drawn  # type: ignore[attr-defined]
    assert (after > 3 + lines) == bool(drawn)


@pytest.mark.parametrize("count", range(30, 60, 5))
def test_the_charts_of_a_long_cover_are_not_cut(
    shipped: Workspace, tmp_path: Path, count: int
) -> None:
    plan = plan_billing(shipped.communes, shipped.tariffs, shipped.tariffs.grids[2025])
    levels = [LevelTotal(f"{at}", "exemple", 1, 1, Decimal(1)) for at in range(count)]
    changes = tuple(LevelChange(level.level, Decimal(1), Decimal(2)) for level in levels[:9])
    data = render_batch(
        plan,
        shipped.issuer,
        shipped.tariffs,
        date(2025, 3, 1),
        YearOnYear(2025, changes),
        levels,
        invoice_sheets=False,
    )
    path = tmp_path / "long.xlsx"
    path.write_bytes(data)
    assert badly_printed(path) == []


def test_a_year_in_parts_is_printed(folder: Path, cli: Cli) -> None:
    """The control shows each part as figures, on the width of one page."""
    shutil.rmtree(folder / "data")
    shutil.copytree(TESTS / "scenarios/levels_after_a_complement", folder, dirs_exist_ok=True)
    edit(folder / "data/tariffs.toml", 'proration = "full_year"', 'proration = "month"')
    valbois = "2025;25901;Valbois;212590103;830;838;{};convention;{};{};;25900;Valbois\n"
    halves = valbois.format("2A", "", "31/05/2025") + valbois.format("2B", "01/06/2025", "")
    edit(folder / "data/communes.csv", valbois.format("2B", "", ""), halves)
    path = folder / cli("bill", "2025", "--json").json["files"][0]
    control = load_workbook(path)["Contrôle"]
    titles = [cell.value for cell in control[4]]
    first, second = (dict(zip(titles, (c.value for c in control[n]), strict=True)) for n in (6, 7))
    shown = ("Population", "Tarif", "Parts", "sur")
    assert [first[title] for title in shown] == [830, 0.38, 5, 12]
    assert [second[title] for title in shown] == [830, 3.28, 7, 12]
    assert control.page_setup.fitToWidth == 1
    assert badly_printed(path) == []
