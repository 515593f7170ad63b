"""What the cells that may be changed take."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.simulation import words
from mutualis.documents.simulator import places as at
from mutualis.documents.simulator.places import Places, here


def validate(sheet: Worksheet, places: Places) -> None:
    """What a cell takes; what is pasted over it is counted as a fault."""
    first, last = places.prices.start, places.prices.stop - 1
    levels = places.levels
    wide = at.MOST if places.model.has_wealth else at.FLOOR
    for rule, cells in (
        (
            DataValidation(
                type="list",
                formula1=here(f"$A${levels.start}:$A${levels.stop - 1}"),
                allow_blank=True,
                error=words.NOT_A_LEVEL,
            ),
            [f"{at.CHOSEN}{row}" for row in places.chosen],
        ),
        (
            DataValidation(
                type="whole",
                operator="greaterThanOrEqual",
                formula1="0",
                allow_blank=True,
                error=words.NOT_A_BOUND,
            ),
            [f"{at.BOUND}{first}:{at.BOUND}{last}"],
        ),
        (
            DataValidation(
                type="decimal",
                operator="greaterThanOrEqual",
                formula1="0",
                allow_blank=True,
                error=words.NOT_A_PRICE,
            ),
            [f"{at.RATE}{first}:{wide}{last}", f"{at.RATE}{places.minimum}"],
        ),
    ):
        rule.showErrorMessage, rule.errorTitle = True, words.MARK
        for cell in cells:
            rule.add(cell)
        if cells:
            sheet.add_data_validation(rule)
