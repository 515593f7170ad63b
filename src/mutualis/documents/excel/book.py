"""A workbook: its styles, its properties, its sheets, its bytes."""

import io
from datetime import date, datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.writer.excel import ExcelWriter

from mutualis.documents.excel.cached import Results
from mutualis.documents.excel.printed import LINE
from mutualis.documents.excel.rows import Sheet, SheetWriter
from mutualis.documents.excel.sheet import head_each_page, sheet_name
from mutualis.documents.excel.styles import add_styles
from mutualis.documents.wording.plain import clean


def new_book(
    creator: str, title: str, made_on: date, subject: str = "", *, mark: str = ""
) -> Workbook:
    """An empty workbook with the styles and the document properties; `mark` will head each of its
    printed pages."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    moment = datetime(made_on.year, made_on.month, made_on.day)
    book.properties.creator = book.properties.lastModifiedBy = clean(creator)
    book.properties.title = clean(title)
    book.properties.subject = clean(subject) or None
    book.properties.category = mark or None
    book.properties.language = "fr-FR"
    book.properties.created = book.properties.modified = moment
    return book


def add_sheet(book: Workbook, name: str) -> Sheet:
    """A sheet at the end, under a safe name."""
    sheet = Sheet(book, sheet_name(name, book.sheetnames))
    book._add_sheet(sheet)  # type: ignore[attr-defined]
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = LINE, True
    return sheet


def save(book: Workbook, results: Results | None = None) -> bytes:
    """The .xlsx; the same cells give the same bytes, whenever they are written.

    `results` are what its formulas come to, where they are to be read before they are computed.
    """
    for sheet in book.worksheets if book.properties.category else ():
        head_each_page(sheet, book.properties.category)
    data = io.BytesIO()
    # Not book.save(), which dates the file, and each entry of its archive, by the clock.
    _Writer(book, _Archive(data, "w"), results or Results()).save()
    return data.getvalue()


class _Archive(ZipFile):
    """An archive whose entries all bear the oldest date that one can bear."""

    def writestr(self, name: str | ZipInfo, data: str | bytes, *_: object, **__: object) -> None:  # type: ignore[override]
        path = name.filename if isinstance(name, ZipInfo) else name
        super().writestr(ZipInfo(path), data, ZIP_DEFLATED)

    def write(self, filename: str, arcname: str, *_: object, **__: object) -> None:  # type: ignore[override]
        """Add a sheet, which alone is written through a file."""
        entry = ZipInfo(arcname)
        entry.compress_type = ZIP_DEFLATED
        with Path(filename).open("rb") as sheet, self.open(entry, "w") as to:
            copyfileobj(sheet, to)


class _Writer(ExcelWriter):
    """openpyxl's own, whose sheets are written by ours."""

    def __init__(self, book: Workbook, archive: _Archive, results: Results) -> None:
        super().__init__(book, archive)
        self._results = results

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer: Any = SheetWriter(ws, self._results.of(ws))
        writer.write()
        ws._rels = writer._rels
        self._archive.write(writer.out, ws.path[1:])  # type: ignore[attr-defined]
        self.manifest.append(ws)
        writer.cleanup()
