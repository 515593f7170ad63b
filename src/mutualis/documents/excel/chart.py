"""What the charts share: their titles, axes, legend and sizes of type."""

from collections.abc import Mapping

from openpyxl.chart import BarChart, Reference, ScatterChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.cached import Result
from mutualis.documents.excel.styles import FONT, INK

_COLOUR = INK[2:]
_LETTERS = Font(typeface=FONT)
_SIZE = 10  # points: printed as that of the cells
# Both outlined: told apart in black and white.
LIGHT, DARK = "D5DBE3", "1F5C99"
NOTHING: Mapping[str, Result] = {}


def dress(chart: BarChart | ScatterChart, title: str, across: str, up: str) -> None:
    """The title, the axes (`across` and `up` name them), faint lines, the legend below."""
    chart.title = _title(title, 12)
    chart.style = 2
    chart.y_axis.title = _title(up, _SIZE)
    if across:
        chart.x_axis.title = _title(across, _SIZE)
    for axis in (chart.x_axis, chart.y_axis):
        axis.number_format = "#,##0"
        axis.delete = False  # openpyxl leaves it unsaid, which newer versions of Excel take for yes
        axis.txPr = _small_text()
    chart.y_axis.scaling.min = 0
    faint = GraphicalProperties(ln=LineProperties(solidFill="D5DBE3", w=6350))
    chart.y_axis.majorGridlines = ChartLines(spPr=faint)
    chart.x_axis.majorGridlines = None
    assert chart.legend is not None
    chart.legend.position = "b"
    chart.legend.txPr = _small_text()


def bars(
    sheet: Worksheet,
    column: int,
    header: int,
    last: int,
    fill: str,
    results: Mapping[str, Result] = NOTHING,
) -> Series:
    """The bars of a column of a table, whose titles are in the row `header` and whose names, down
    to the row `last`, in the first column; `results` are those of its formulas, by address."""
    first = header + 1
    values = NumDataSource(numRef=numbers(sheet, column, first, last, results))
    series = Series(val=values, cat=AxDataSource(strRef=texts(sheet, 1, first, last)))
    series.tx = SeriesLabel(v=str(sheet.cell(header, column).value))
    series.graphicalProperties = GraphicalProperties(solidFill=fill)
    series.graphicalProperties.line.solidFill = _COLOUR
    return series


def numbers(
    sheet: Worksheet,
    column: int,
    first: int,
    last: int,
    results: Mapping[str, Result] = NOTHING,
) -> NumRef:
    """A column of figures, with a copy of them: previews draw that copy and read no cell."""
    cells = [sheet.cell(row, column) for row in range(first, last + 1)]
    values = enumerate(results.get(cell.coordinate, cell.value) for cell in cells)
    points = [NumVal(idx=at, v=value) for at, value in values if value not in (None, "")]
    copy = NumData(ptCount=len(cells), pt=points)
    return NumRef(f=_address(sheet, column, first, last), numCache=copy)


def texts(sheet: Worksheet, column: int, first: int, last: int) -> StrRef:
    """The same for a column of texts."""
    values = (sheet.cell(row, column).value for row in range(first, last + 1))
    points = [StrVal(idx=at, v=str(value)) for at, value in enumerate(values)]
    copy = StrData(ptCount=len(points), pt=points)
    return StrRef(f=_address(sheet, column, first, last), strCache=copy)


def _address(sheet: Worksheet, column: int, first: int, last: int) -> str:
    return str(Reference(sheet, min_col=column, min_row=first, max_row=last))


def _small_text() -> RichText:
    """The type of labels."""
    font = CharacterProperties(sz=_SIZE * 100, solidFill=_COLOUR, latin=_LETTERS)
    # No run: openpyxl would put an empty one, and this sets a type, it writes nothing.
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=font), r=(), endParaRPr=font)])


def _title(text: str, size: int) -> Title:
    font = CharacterProperties(sz=size * 100, b=True, solidFill=_COLOUR, latin=_LETTERS)
    run = RegularTextRun(rPr=font, t=text)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=font), r=[run])])
    return Title(tx=Text(rich=rich), overlay=False)
