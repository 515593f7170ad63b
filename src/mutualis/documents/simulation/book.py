"""A simulation as a workbook: both sides compared, each of them, and the simulator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.cached import Results
from mutualis.documents.excel.styles import add_input_styles
from mutualis.documents.simulation import words
from mutualis.documents.simulation.calculation import write_calculation
from mutualis.documents.simulation.model import model_of
from mutualis.documents.simulation.places import Places
from mutualis.documents.simulation.simulator import Simulator
from mutualis.documents.wording.parties import marked
from mutualis.domain.french.typography import long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.simulation.comparison import Compared
from mutualis.domain.simulation.priced import PricedYear


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a simulation, their titles, and each commune on them."""

    baseline: PricedYear
    scenario: PricedYear
    titles: tuple[str, str]
    lines: Sequence[Compared]


def render_simulation(sides: Sides, issuer: Issuer, made_on: date) -> bytes:
    """The .xlsx; its cells depend on the arguments alone."""
    title = words.title(sides.scenario.year)
    book = new_book(issuer.name, title, made_on, mark=marked(issuer, words.MARK))
    add_input_styles(book)
    results = Results()
    simulator, calculation = (
        add_sheet(book, name) for name in (words.SIMULATOR, words.CALCULATION)
    )
    places = Places(model_of(sides.scenario.dataset, sides.lines))
    owed = write_calculation(calculation, places, results)
    subtitle = f"{issuer.name}, établi le {long_date(made_on)}."
    Simulator(simulator, places, owed, results).write(subtitle, sides.titles)
    return save(book, results)
