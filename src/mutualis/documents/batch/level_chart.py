"""The amount of each level beside the year before: a table of the cover, and its chart."""

from collections.abc import Callable, Sequence

from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.chart import DARK, LIGHT, bars, dress
from mutualis.documents.excel.columns import Column, place_of, write_table
from mutualis.documents.excel.sheet import Value, put, put_wide
from mutualis.documents.wording import batch as words
from mutualis.domain.issuing.year_on_year import LevelChange, YearOnYear

_Compared = LevelChange | YearOnYear


def write_levels(
    sheet: Worksheet, row: int, compared: YearOnYear, wide: int
) -> tuple[int, BarChart | None]:
    """Write the table from `row` on, over the columns up to `wide`; returns the next row and the
    chart of the table, None where there is nothing to compare with."""
    put(sheet, row, 1, words.compared_title(compared), "intertitre")
    put_wide(sheet, row + 1, 1, wide, words.year_on_year(compared), "note")
    row += 1
    if not compared.levels:
        return _why(sheet, row + 1, compared, wide) + 1, None
    columns, header = _columns(compared), row + 1
    after = write_table(sheet, header, columns.values(), compared.levels)
    years = [(place_of(columns, "before"), LIGHT), (place_of(columns, "after"), DARK)]
    last = header + len(compared.levels)
    chart = _chart(sheet, years, header, last, words.compared_title(compared))
    return _why(sheet, after, compared, wide) + 1, chart


def _why(sheet: Worksheet, row: int, compared: YearOnYear, wide: int) -> int:
    """Why what is due has changed, where it is known; returns the next row."""
    if compared.changes is None:
        return row
    put_wide(sheet, row, 1, wide, words.changed(compared.changes), "paragraphe")
    return row + 1


def _columns(compared: YearOnYear) -> dict[str, Column[LevelChange]]:
    """In the columns of the cover, the second of which is left to its long texts."""

    def euros(title: str, value: Callable[[_Compared], Value]) -> Column[LevelChange]:
        return Column(title, value, style="euros", total=lambda _: value(compared))

    return {
        "level": Column("Niveau", lambda x: f"Niveau {x.level}", total=lambda _: "Total"),
        "": Column(None, lambda _: None),
        "before": euros(str(compared.year - 1), lambda x: x.before),
        "after": euros(str(compared.year), lambda x: x.after),
        "gap": euros("Écart", lambda x: x.after - x.before),
    }


def _chart(
    sheet: Worksheet, years: Sequence[tuple[int, str]], header: int, last: int, title: str
) -> BarChart:
    """The bars of the table's two years, drawn from its own cells."""
    chart = BarChart()
    for column, fill in years:
        chart.series.append(bars(sheet, column, header, last, fill))
    chart.gapWidth, chart.overlap = 60, 0
    dress(chart, title, "", "Montant (€)")
    return chart
