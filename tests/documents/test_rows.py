"""The rows of a sheet, those of a long table among them."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.comments import Comment

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column, write_table
from mutualis.documents.excel.sheet import Value, link, put

ITEMS: tuple[Value, ...] = ("=1+1", " a<b & c\t", "", None, 7, Decimal("0.10"), date(2025, 3, 1))
COLUMNS: tuple[Column[Value], ...] = (
    Column("Valeur", lambda item: item, 10, "date"),
    Column("Formule", lambda item: None if item is None else "=A1<2", 10, "euros", formula=True),
    Column("Total", lambda _: 1, 10, "entier", len),
)


def test_a_long_table_is_written_as_a_short_one() -> None:
    """Beside what stands above it, below it and over it; its heights are its own."""
    book = new_book("Essai", "Essai", date(2026, 2, 10))
    for name in ("Courte", "Longue"):
        sheet = add_sheet(book, name)
        put(sheet, 1, 1, "au-dessus", "titre")
        sheet.row_dimensions[1].height = 30
        height = (lambda values: 20 if values[0] == 7 else None) if name == "Longue" else None
        after = write_table(sheet, 3, COLUMNS, ITEMS, 4, height=height)
        assert after == 12
        put(sheet, 13, 2, "au-dessous", "note").comment = Comment("dit", "mutualis")
        link(put(sheet, 9, 1, "par-dessus", "cellule"), "Courte", "A1", "aller")
    assert sheet["A4"].value is None  # it can be asked for, and is written all the same
    data = BytesIO(save(book))
    read: Any = load_workbook(data)
    short, long = (
        [
            (c.coordinate, c.value, c.style, c.data_type, c.comment and c.comment.text)
            for row in read[name].iter_rows()
            for c in row
        ]
        for name in ("Courte", "Longue")
    )
    assert long == short
    found = read["Longue"]
    assert [found[f"A{row}"].value for row in (1, 4, 9)] == ["au-dessus", "=1+1", "par-dessus"]
    assert (found["A4"].data_type, found["B4"].data_type) == ("s", "f")
    assert found["A9"].hyperlink.location == "'Courte'!A1"
    assert found["B13"].comment.text == "dit"
    heights = {row: size.height for row, size in found.row_dimensions.items() if size.height}
    assert heights == {1: 30, 8: 20}
    xml = ZipFile(data).read("xl/worksheets/sheet2.xml").decode()
    assert '<t xml:space="preserve"> a&lt;b &amp; c\t</t>' in xml
