"""The report as a workbook: a sheet a part, its tables, its bars as a chart that follows them."""

from collections.abc import Sequence

from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.chart import DARK, LIGHT, bars, dress
from mutualis.documents.excel.columns import Column, write_table
from mutualis.documents.excel.printed import LINE, fitted, left, lines, room, rows_under
from mutualis.documents.excel.sheet import Value, page, put, put_wide, widths
from mutualis.documents.report.part import EUROS, WHOLE, WORDS, Bars, Cell, ReportPart, ReportTable
from mutualis.documents.report.parts import parts, title
from mutualis.documents.wording.parties import marked
from mutualis.domain.french.typography import long_date
from mutualis.domain.report.report import YearReport

_STYLES = {WORDS: "cellule longue", WHOLE: "entier", EUROS: "euros"}
_WIDTHS = {WORDS: 12.0, WHOLE: 10.0, EUROS: 14.0}
_UNITS = {WHOLE: "Nombre", EUROS: "Montant (€)"}
_LEAST, _MOST = 5.0, 56  # the widths of columns
_LINE = 18  # points
_NARROW = 9  # columns on a portrait page
_CHART = (22, 30)  # centimetres, on a portrait page and on a landscape one


def report_book(report: YearReport) -> bytes:
    """The .xlsx; its cells depend on the report alone."""
    name = title(report)
    book = new_book(report.issuer.name, name, report.day, mark=marked(report.issuer))
    for part in parts(report):
        _write(add_sheet(book, part.sheet), part, f"{name} - {long_date(report.day)}")
    return save(book)


def _write(sheet: Worksheet, part: ReportPart, printed: str) -> None:
    landscape = any(len(table.columns) > _NARROW for table in part.tables)
    wide = max([4, *(len(table.columns) for table in part.tables)])
    widths(sheet, _fitted(part, wide, room(landscape=landscape)))
    put(sheet, 1, 1, part.title, "titre")
    row, top = 2, 1
    for texts, style in ((part.texts, "note"), (part.missing, "encadré")):
        for text in texts:
            put_wide(sheet, row, 1, wide, text, style, _LINE)
            row += 1
    heads: dict[int, int] = {}
    for table in part.tables:
        start = row
        if table.title:
            row += 1
            put(sheet, row, 1, table.title, "intertitre")
        heads[id(table)] = row + 1
        row = _table(sheet, row + 1, table, wide)
        top = _kept_whole(sheet, top, start, row, landscape=landscape)
    if part.bars is not None and part.bars.table.rows:
        start = row + 1
        row = _chart(sheet, start, part.bars, heads[id(part.bars.table)], landscape=landscape)
        _kept_whole(sheet, top, start, row, landscape=landscape)
    for text in part.sources:
        row += 1
        put_wide(sheet, row, 1, wide, f"Source : {text}", "note", _LINE)
    page(sheet, title=printed, landscape=landscape)


def _kept_whole(sheet: Worksheet, top: int, start: int, after: int, *, landscape: bool) -> int:
    """Break the page that begins in the row `top` before what stands from the row `start` on, where
    it would be cut; returns the first row of the page that it is on."""
    if left(sheet, top, after, landscape=landscape) >= 0 or start <= top + 1:
        return top
    sheet.row_breaks.append(Break(id=start - 1))
    return start


def _table(sheet: Worksheet, row: int, table: ReportTable, wide: int) -> int:
    """Rows as high as their texts need; returns the row after the table."""
    after = write_table(sheet, row, _columns(table), table.rows, wide)
    room_of = [sheet.column_dimensions[letter(at)].width for at in range(1, 1 + len(table.columns))]
    titles = [name for name, _ in table.columns]
    for below, cells in enumerate([titles, *table.rows], start=row):
        texts = [
            (str(cell), w) for cell, w in zip(cells, room_of, strict=True) if isinstance(cell, str)
        ]
        sheet.row_dimensions[below].height = 3 + LINE * max(lines(*text) for text in texts)
    return after


def _fitted(part: ReportPart, wide: int, within: int) -> list[float]:
    """The widths of the columns that the tables of a part share: words fold where they must."""
    return fitted(((_width(part, at), _folds(part, at)) for at in range(wide)), within)


def _folds(part: ReportPart, at: int) -> bool:
    return any(at < len(t.columns) and t.columns[at][1] == WORDS for t in part.tables)


def _width(part: ReportPart, at: int) -> float:
    """The widest that one of the tables needs."""
    tables = [table for table in part.tables if at < len(table.columns)]
    texts = [str(row[at] or "") for t in tables if t.columns[at][1] == WORDS for row in t.rows]
    words = min(max((len(text) for text in texts), default=0) + 2, _MOST)
    return max([_LEAST, words, *(_WIDTHS[table.columns[at][1]] for table in tables)])


def _columns(table: ReportTable) -> list[Column[Sequence[Cell]]]:
    def column(at: int, name: str, kind: str) -> Column[Sequence[Cell]]:
        def total(_: Sequence[Sequence[Cell]]) -> Value:
            return table.total[at] if table.total else None

        return Column(name, lambda row: row[at], 0, _STYLES[kind], total)

    return [column(at, name, kind) for at, (name, kind) in enumerate(table.columns)]


def _chart(sheet: Worksheet, row: int, drawn: Bars, head: int, *, landscape: bool) -> int:
    """The bars under the tables, on the cells of theirs, whose titles are in the row `head`;
    returns the row after them."""
    count = len(drawn.table.rows)
    chart = BarChart()
    chart.type = "bar"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    fills = (DARK,) if len(drawn.columns) == 1 else (LIGHT, DARK)
    for at, fill in zip(drawn.columns, fills, strict=True):
        chart.series.append(bars(sheet, at + 1, head, head + count, fill))
    chart.gapWidth, chart.overlap = 50, 0
    dress(chart, drawn.title, "", _UNITS[drawn.unit])
    if len(drawn.columns) == 1:
        chart.legend = None
    height = max(6.0, 3 + 0.45 * count * len(drawn.columns))
    chart.width, chart.height = _CHART[landscape], height
    sheet.add_chart(chart, f"A{row}")
    return row + rows_under(height) + 1
