"""The steps of the simulator, on a sheet of their own."""

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.cached import Live, Results
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.simulation import words
from mutualis.documents.simulator import places as at
from mutualis.documents.simulator.owed_steps import OwedSteps
from mutualis.documents.simulator.period_steps import PeriodSteps
from mutualis.documents.simulator.places import Places, there
from mutualis.documents.simulator.price_steps import PriceSteps
from mutualis.documents.simulator.steps import put_cell, write_steps


def write_calculation(sheet: Worksheet, places: Places, results: Results) -> OwedSteps:
    """Returns what the simulator reads of it."""
    model = places.model
    prices = PriceSteps(places)
    periods = PeriodSteps(places, prices)
    owed = OwedSteps(places, periods)
    wide = max(len(prices.columns), len(periods.columns), len(owed.columns))
    widths(sheet, [34, *[14] * (wide - 1)])
    put(sheet, 1, 1, f"{words.title(model.dataset.year)}, étapes du calcul", "titre")
    put_wide(sheet, 2, 1, wide, words.CALCULATION_NOTE, "note")
    write_steps(sheet, results, places.priced, prices.columns, model.prices, wide)
    minimum = there(f"{at.RATE}{places.minimum}")
    threshold = int(model.dataset.tariffs.minimum_recovery * 100)
    for row, title, cell in (
        (places.threshold, "Seuil (centimes)", Live(f"=ROUND({minimum}*100,0)", threshold)),
        (places.vat, "TVA (centièmes de %)", int(model.dataset.vat * 100)),
        (places.faults, "Prix ou bornes impossibles", prices.faults),
    ):
        put(sheet, row, 1, title, "cellule")
        put_cell(sheet, results, row, 2, cell, "entier")
    put(sheet, places.levels.start - 1, 1, "Niveaux proposés", "gras")
    for row, level in zip(places.levels, model.levels, strict=True):
        put(sheet, row, 1, level, "texte")
    write_steps(sheet, results, places.periods, periods.columns, model.periods, wide)
    write_steps(sheet, results, places.owed, owed.columns, model.owed, wide)
    sheet.protection.sheet = True
    title = f"{words.title(model.dataset.year)} - {words.CALCULATION}"
    page(sheet, title=title, landscape=True)
    return owed
