"""The rows of LibreOffice's workbook (.ods), read as they come: OpenDocument, part 3, chapter 9."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from mutualis.files.tables.table import MOST_COLUMNS, Held, letters

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_MOST_REPEATED = 2_000_000  # rows of a sheet, and more
_TABLE, _ROW = _SPACE % ("table", "table"), _SPACE % ("table", "table-row")
_STYLE, _STYLE_NAME = _SPACE % ("style", "style"), _SPACE % ("style", "name")
_CELL, _COVERED = _SPACE % ("table", "table-cell"), _SPACE % ("table", "covered-table-cell")
_FORMULA, _KIND = _SPACE % ("table", "formula"), _SPACE % ("office", "value-type")
_PARAGRAPH, _SPACES = _SPACE % ("text", "p"), _SPACE % ("text", "s")
_BLANKS = (_SPACE % ("text", "tab"), _SPACE % ("text", "line-break"))
_NUMBERS = ("float", "percentage", "currency")


class Merged(Exception):
    """Cells are merged: their place, as « G3:G5 »."""


class Protected(Exception):
    """The workbook asks for a password."""


def rows(
    archive: zipfile.ZipFile, wanted: str = "", read: Callable[[Element], Held] | None = None
) -> Iterator[tuple[int, list[Any]]]:
    """The rank, from 1, and the texts of each row that is not blank, the first one even so, of the
    sheet `wanted` if there is one, else of the first visible; what `read` makes of each cell in the
    place of its text. Raises Merged, Protected."""
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise Protected
    with archive.open(CONTENT) as file:
        chosen = _choice(file, wanted)
    with archive.open(CONTENT) as file:
        yield from _rows(file, chosen, read or _text_of)


def decimal_comma(value: Decimal) -> str:
    """3142 or 0,38."""
    whole, _, decimals = f"{value:f}".partition(".")
    return f"{whole},{decimals}" if decimals.strip("0") else whole


def _choice(file: IO[bytes], wanted: str) -> int:
    """The rank of the sheet to read, from 0: the first one where all are hidden."""
    hidden: set[str | None] = set()
    shown: list[int] = []
    rank = 0
    for event, element in iterparse(file, ("start", "end")):
        if event == "end":
            if element.tag == _STYLE and _is_hidden(element):
                hidden.add(element.get(_STYLE_NAME))
            elif element.tag == _ROW:
                element.clear()
        elif element.tag == _TABLE:
            if wanted and element.get(_SPACE % ("table", "name")) == wanted:
                return rank
            if element.get(_SPACE % ("table", "style-name")) not in hidden:
                shown.append(rank)
            if shown and not wanted:
                return shown[0]
            rank += 1
    return shown[0] if shown else 0


def _rows(
    file: IO[bytes], chosen: int, read: Callable[[Element], Held]
) -> Iterator[tuple[int, list[Any]]]:
    sheet, rank = -1, 1
    for event, element in iterparse(file, ("start", "end")):
        if event == "start":
            sheet += element.tag == _TABLE
        elif element.tag == _ROW:
            if sheet == chosen:
                times = _times(element, "number-rows-repeated")
                cells = _cells(element, rank, read)
                for repeated in range(times if cells else int(rank == 1)):
                    yield rank + repeated, list(cells)
                rank += times
            element.clear()  # the rows read are of no use any more
        elif element.tag == _TABLE and sheet == chosen:
            return


def _is_hidden(style: Element) -> bool:
    return any(part.get(_SPACE % ("table", "display")) == "false" for part in style)


def _cells(row: Element, rank: int, read: Callable[[Element], Held]) -> list[Any]:
    """The texts of a row up to its last one."""
    texts: list[Held] = []
    at = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        wide = max(int(cell.get(_SPACE % ("table", "number-columns-spanned"), "1")), 1)
        high = max(int(cell.get(_SPACE % ("table", "number-rows-spanned"), "1")), 1)
        if wide > 1 or high > 1:
            last = f"{letters(at + wide)}{rank + high - 1}"
            raise Merged(f"{letters(at + 1)}{rank}:{last}")
        times, text = _times(cell, "number-columns-repeated"), read(cell)
        if text not in ("", None):
            texts.extend([""] * min(at - len(texts), MOST_COLUMNS + 1))
            texts.extend([text] * min(times, MOST_COLUMNS + 1))
        at += times
    return texts


def _times(element: Element, what: str) -> int:
    return min(int(element.get(_SPACE % ("table", what), "1")), _MOST_REPEATED)


def _text_of(cell: Element) -> str:
    """What a person would have typed; a formula stays one."""
    formula = cell.get(_FORMULA)
    if formula is not None:  # of:=SUM([.A1:.A3])
        return "=" + formula.partition("=")[2]
    kind = cell.get(_KIND)
    if kind in _NUMBERS:
        return decimal_comma(Decimal(cell.get(_SPACE % ("office", "value"), "0")))
    if kind == "date":
        value = cell.get(_SPACE % ("office", "date-value"), "")
        return value.removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return "VRAI" if cell.get(_SPACE % ("office", "boolean-value")) == "true" else "FAUX"
    return _paragraphs(cell)


def _paragraphs(cell: Element) -> str:
    return "\n".join(_written(part) for part in cell if part.tag == _PARAGRAPH)


def value_of(cell: Element) -> Held:
    """What a cell holds: of a formula, the last value that it had."""
    try:
        return _typed(cell)
    except (ValueError, ArithmeticError):  # no number, no day of the calendar
        return _paragraphs(cell)


def _typed(cell: Element) -> Held:
    kind = cell.get(_KIND)
    if kind in _NUMBERS:
        number = Decimal(cell.get(_SPACE % ("office", "value"), "0"))
        return number if number.is_finite() else _paragraphs(cell)
    if kind == "boolean":
        return cell.get(_SPACE % ("office", "boolean-value")) == "true"
    if kind == "date":
        text = cell.get(_SPACE % ("office", "date-value"), "").removesuffix("T00:00:00")
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return _paragraphs(cell)


def _written(part: Element) -> str:
    """The text of a paragraph."""
    text = part.text or ""
    for piece in part:
        if piece.tag == _SPACES:
            text += " " * min(int(piece.get(_SPACE % ("text", "c"), "1")), 1000)
        elif piece.tag in _BLANKS:
            text += " "
        else:
            text += _written(piece)
        text += piece.tail or ""
    return text
