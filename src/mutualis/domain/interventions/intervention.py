"""What was done for the communes: one row a day, a commune, a service and a category of agent."""

from collections.abc import Iterator, Mapping
from datetime import date

from mutualis.domain.french.names import is_invented
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import Struct, field


class Intervention(Struct, frozen=True):
    """One row of interventions.csv, as written.

    The commune is named by `code_insee`, by `commune`, or by both. `half_days` is a whole number,
    at least one. `quote` is the number of the quote that pays for it. `request` groups the rows of
    one question or mission of a commune; a row without one is a request by itself. `origin` says
    where the row comes from, and « exemple » marks invented data. `places` gives the cell of each
    column, `source` the row. `typed_category` is the category before it was put in capitals.
    """

    day: date
    code_insee: str
    commune: str
    service: str
    category: str
    half_days: int
    source: Source
    places: Mapping[str, Source] = field(default_factory=dict)
    quote: str = ""
    request: str = ""
    subject: str = ""
    origin: str = ""
    typed_category: str = ""

    def at(self, column: str) -> Source:
        """The cell of a column, or the row."""
        return self.places.get(column, self.source)

    @property
    def is_example(self) -> bool:
        return is_invented(self.origin)


class Interventions(Struct, frozen=True):
    """Every row of the file; none when the workspace has no such file."""

    rows: tuple[Intervention, ...] = ()
    file: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.file)

    @property
    def years(self) -> list[int]:
        return sorted({row.day.year for row in self.rows})

    def of_year(self, year: int) -> tuple[Intervention, ...]:
        return tuple(row for row in self.rows if row.day.year == year)

    def of_quote(self, number: str) -> Iterator[Intervention]:
        """The rows paid by a quote, whatever their year, in order of time."""
        rows = (row for row in self.rows if row.quote == number)
        return iter(sorted(rows, key=lambda row: row.day))
