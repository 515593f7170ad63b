"""The rows of LibreOffice's workbook (.ods), read as they come: OpenDocument, part 3, chapter 9."""

import zipfile
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element, iterparse

from mutualis.files.tables.table import MOST_COLUMNS, letters

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
_NOTES = (_SPACE % ("office", "annotation"), _SPACE % ("text", "note"))
_NUMBERS = ("float", "percentage", "currency")


class Merged(Exception):
    """Cells are merged: their place, as « G3:G5 »."""


class Protected(Exception):
    """The workbook asks for a password."""


def rows(archive: zipfile.ZipFile) -> Iterator[tuple[int, list[str]]]:
    """The rank, from 1, and the texts of each row of the first visible sheet that is not blank;
    the first row even so. Raises Merged, Protected."""
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise Protected
    found = False
    for row in _rows(archive, hidden_too=False):
        found = True
        yield row
    if not found:
        yield from _rows(archive, hidden_too=True)


def decimal_comma(value: Decimal) -> str:
    """3142 or 0,38."""
    whole, _, decimals = f"{value:f}".partition(".")
    return f"{whole},{decimals}" if decimals.strip("0") else whole


def _rows(archive: zipfile.ZipFile, *, hidden_too: bool) -> Iterator[tuple[int, list[str]]]:
    hidden: set[str | None] = set()
    sheet: Element | None = None
    rank = 1
    with archive.open(CONTENT) as file:
        for event, element in iterparse(file, ("start", "end")):
            if event == "start":
                style = element.get(_SPACE % ("table", "style-name"))
                if element.tag == _TABLE and sheet is None and (hidden_too or style not in hidden):
                    sheet = element
            elif element.tag == _STYLE and _is_hidden(element):
                hidden.add(element.get(_STYLE_NAME))
            elif element.tag == _ROW:
                if sheet is not None:
                    times = _times(element, "number-rows-repeated")
                    cells = _cells(element, rank)
                    for repeated in range(times if cells else int(rank == 1)):
                        yield rank + repeated, list(cells)
                    rank += times
                element.clear()  # the rows read are of no use any more
            elif element is sheet:
                return


def _is_hidden(style: Element) -> bool:
    return any(part.get(_SPACE % ("table", "display")) == "false" for part in style)


def _cells(row: Element, rank: int) -> list[str]:
    """The texts of a row up to its last one."""
    texts: list[str] = []
    at = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        wide = max(int(cell.get(_SPACE % ("table", "number-columns-spanned"), "1")), 1)
        high = max(int(cell.get(_SPACE % ("table", "number-rows-spanned"), "1")), 1)
        if wide > 1 or high > 1:
            last = f"{letters(at + wide)}{rank + high - 1}"
            raise Merged(f"{letters(at + 1)}{rank}:{last}")
        times, text = _times(cell, "number-columns-repeated"), _text_of(cell)
        if text:
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
    return "\n".join(_written(part) for part in cell if part.tag == _PARAGRAPH)


def _written(part: Element) -> str:
    """The text of a paragraph, without the notes in it."""
    text = part.text or ""
    for piece in part:
        if piece.tag == _SPACES:
            text += " " * min(int(piece.get(_SPACE % ("text", "c"), "1")), 1000)
        elif piece.tag in _BLANKS:
            text += " "
        elif piece.tag not in _NOTES:
            text += _written(piece)
        text += piece.tail or ""
    return text
