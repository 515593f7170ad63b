"""A simulation as a workbook: both sides compared, the simulator, and each side."""

from collections.abc import Sequence
from datetime import date

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.cached import Results
from mutualis.documents.excel.styles import add_input_styles
from mutualis.documents.simulation import words
from mutualis.documents.simulation.comparison import Comparison
from mutualis.documents.simulation.curves import write_curves
from mutualis.documents.simulation.sides import Sides, write_side
from mutualis.documents.simulation.years import write_revenues, write_years
from mutualis.documents.simulator.calculation import write_calculation
from mutualis.documents.simulator.model import model_of
from mutualis.documents.simulator.places import Places
from mutualis.documents.simulator.sheet import Simulator
from mutualis.documents.wording.parties import marked
from mutualis.domain.french.typography import long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.simulation.projection import Revenue


def render_simulation(sides: Sides, issuer: Issuer, made_on: date) -> bytes:
    """The .xlsx; its cells depend on the arguments alone."""
    title = words.title(sides.year)
    book = new_book(issuer.name, title, made_on, mark=marked(issuer, words.MARK))
    add_input_styles(book)
    results = Results()
    names = (words.COMPARISON, words.SIMULATOR, *words.SIDES)
    comparison, simulator, scenario, baseline = (add_sheet(book, name) for name in names)
    if sides.years is not None:
        write_years(add_sheet(book, words.YEARS), sides.years)
    calculation, points = (add_sheet(book, name) for name in (words.CALCULATION, words.POINTS))
    before, after = sides.titles
    made = f"{issuer.name}, établi le {long_date(made_on)}."
    subtitle = f"{made}\nRéférence : {before}.\nScénario : {after}."
    curves = write_curves(points, sides.baseline, sides.scenario)
    Comparison(comparison, sides).write(subtitle, curves)
    places = Places(model_of(sides.scenario.dataset, sides.lines))
    owed = write_calculation(calculation, places, results)
    Simulator(simulator, places, owed, results).write(made, sides.titles)
    write_side(scenario, sides.scenario, after)
    write_side(baseline, sides.baseline, before)
    return save(book, results)


def render_projection(
    revenues: Sequence[Revenue], supposed: str, issuer: Issuer, made_on: date
) -> bytes:
    """The .xlsx of several years; `supposed` says by what they are indexed."""
    title = f"{words.MARK} : {revenues[0].year}-{revenues[-1].year}"
    book = new_book(issuer.name, title, made_on, mark=marked(issuer, words.MARK))
    write_revenues(add_sheet(book, words.YEARS), revenues, supposed)
    return save(book)
