"""What is wrong with the printed pages of a workbook, reckoned from its own cells and settings.

A page is A4; a unit of the width of columns is a digit of Arial 10, 5.56 points wide.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

DIGIT = 5.56
LEAST = 8.0  # points, as printed
SIZE = re.compile(rb'sz="(\d+)"')


def badly_printed(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(n) for n in archive.namelist() if n.startswith("xl/charts/chart")]
    drawn = min((int(size) / 100 for chart in charts for size in SIZE.findall(chart)), default=99.0)
    return [
        f"{sheet.title} : {fault}"
        for sheet in load_workbook(path).worksheets
        if sheet.sheet_state == "visible"
        for fault in Page(sheet).faults(drawn)
    ]


class Page:
    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        area = sheet.print_area.rpartition("!")[2] if sheet.print_area else sheet.dimensions
        self.across, self.down = (number or 0 for number in range_boundaries(area)[2:])
        self.rows = list(sheet.iter_rows(max_row=self.down, max_col=self.across))
        sides, margins = (8.27, 11.69), sheet.page_margins
        is_landscape = sheet.page_setup.orientation == "landscape"
        self.room = (sides[is_landscape] - margins.left - margins.right) * 72
        self.depth = (sides[not is_landscape] - margins.top - margins.bottom) * 72
        self.scale = self.found_scale()

    def height(self, row: int) -> float:
        found = self.sheet.row_dimensions[row].height
        return float(found or self.sheet.sheet_format.defaultRowHeight)

    def pages_across(self, scale: float) -> int:
        """The pages side by side at a scale, the columns repeated on each."""
        columns = self.sheet.column_dimensions
        widths = [
            columns[get_column_letter(at)].width * DIGIT * scale for at in range(1, self.across + 1)
        ]
        again = self.sheet.print_title_cols
        repeated = (range_boundaries(again.replace("$", ""))[2] or 0) if again else 0
        pages, used = 1, 0.0
        for at, width in enumerate(widths, start=1):
            if used + width > self.room and at > repeated:
                pages, used = pages + 1, sum(widths[:repeated])
            used += width
        return pages

    def found_scale(self) -> float:
        setup = self.sheet.page_setup
        fit = self.sheet.sheet_properties.pageSetUpPr
        if fit is None or not fit.fitToPage:
            return float(setup.scale or 100) / 100
        whole = sum(self.height(row) for row in range(1, self.down + 1))
        for percent in range(100, 10, -1):
            scale = percent / 100
            is_low = not setup.fitToHeight or whole * scale <= self.depth
            if is_low and self.pages_across(scale) <= setup.fitToWidth:
                return scale
        return 0.1

    def faults(self, drawn: float) -> Iterator[str]:
        if self.pages_across(self.scale) > (self.sheet.page_setup.fitToWidth or 1):
            yield "a column is cut off"
        marks = (self.sheet.oddHeader.left, self.sheet.oddFooter.left, self.sheet.oddFooter.right)
        sizes = [float(mark.size) for mark in marks if mark.text]
        sizes += [cell.font.sz for row in self.rows for cell in row if cell.value is not None]
        sizes += [drawn] if self.sheet._charts else []
        if min(sizes) * self.scale < LEAST:
            yield f"{min(sizes)} points printed at {self.scale:.0%}"
        ends = {
            max(heads)
            for row in self.rows
            if (heads := [cell.column for cell in row if cell.style.startswith("tête")])
        }
        if len(ends) > 1:
            yield f"tables end in the columns {sorted(ends)}"
        pages = self.pages()
        for chart in self.sheet._charts:
            own = self.rows_of(chart)
            if len({pages[row] for row in own if row in pages}) != 1:
                yield f"a chart is cut, rows {own[0]} to {own[-1]}"
            beside = [row for row, page in pages.items() if page == pages.get(own[0], -1)]
            if not any(cell.value for row in beside for cell in self.sheet[row]):
                yield f"a chart alone on a page, row {own[0]}"

    def pages(self) -> dict[int, int]:
        """The page of each row, those of the charts included."""
        last = max([self.down, *(self.rows_of(chart)[-1] for chart in self.sheet._charts)])
        breaks = {item.id for item in self.sheet.row_breaks.brk}
        found, page, used = {}, 1, 0.0
        for row in range(1, last + 1):
            height = self.height(row) * self.scale
            if used + height > self.depth or row - 1 in breaks:
                page, used = page + 1, 0.0
            used += height
            found[row] = page
        return found

    def rows_of(self, chart: Any) -> list[int]:
        row = chart.anchor._from.row + 1
        left, found = chart.anchor.ext.height * 72 / 914400, []
        while left > 0:
            found.append(row)
            left -= self.height(row)
            row += 1
        return found
