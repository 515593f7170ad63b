"""What a formula comes to, beside it in the file."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.cached import Live, Result, Results


def test_results_are_written_beside_their_formulas() -> None:
    book, results = new_book("Essai", "Essai", date(2026, 2, 10)), Results()
    first, second = add_sheet(book, "Un"), add_sheet(book, "Deux")
    found: tuple[Result, ...] = (5, Decimal("7048.10"), "paie < 3 & plus", "", Decimal(0))
    for row, result in enumerate(found, 1):
        results.put(second, row, 1, Live(f'=IF(B{row}<1,"a&b",{row})', result), "cellule")
    first["A1"] = "=1+1"  # nobody says what it comes to
    data = save(book, results)
    values = load_workbook(BytesIO(data), data_only=True)
    assert [cell.value for cell in values["Deux"]["A"]] == [5, 7048.10, "paie < 3 & plus", None, 0]
    assert values["Un"]["A1"].value is None
    formulas = load_workbook(BytesIO(data))
    assert formulas["Deux"]["A3"].value == '=IF(B3<1,"a&b",3)'
    assert formulas["Deux"]["A3"].style == "cellule"
    assert formulas["Un"]["A1"].value == "=1+1"
