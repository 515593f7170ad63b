"""A workbook: its styles, its properties, its sheets, its bytes."""

import io
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.plain import clean
from mutualis.documents.sheet import add_styles, sheet_name


def new_book(creator: str, title: str, made_on: date) -> Workbook:
    """An empty workbook with the styles and the document properties."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    moment = datetime(made_on.year, made_on.month, made_on.day)
    book.properties.creator = clean(creator)
    book.properties.title = clean(title)
    book.properties.language = "fr-FR"
    book.properties.created = book.properties.modified = moment
    return book


def add_sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet at the end, under a safe name."""
    sheet = book.create_sheet(sheet_name(name, book.sheetnames))
    assert isinstance(sheet, Worksheet)
    return sheet


def save(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
