"""The grids of each year and the settings that go with them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mutualis.domain.communes.communes import PopulationBasis
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import Grid, IndexationRule
from mutualis.domain.value import Struct, field, replace
from mutualis.domain.vat.rule import VatRule, settled
from mutualis.domain.vat.tax import Tax


class Tariffs(Struct, frozen=True):
    """The whole tariff file. `sources` gives the place of each value by dotted path; `vat` is how
    memberships are taxed, which the issuer's file says: it is kept with what a year is priced by.
    """

    population: PopulationBasis
    minimum_recovery: Decimal
    proration: str
    before_vote: str
    indexation: IndexationRule
    grids: Mapping[int, Grid]
    sources: Mapping[str, Source] = field(default_factory=dict)
    file: str = "data/tariffs.toml"
    vat: VatRule | None = None

    def tax(self, day: date) -> Tax | None:
        """The tax of the memberships first issued that day; None where no rule says."""
        return None if self.vat is None else self.vat.on(day)

    def source(self, path: str) -> Source:
        """The place of a value, or of the nearest table that holds it."""
        while path:
            if path in self.sources:
                return self.sources[path]
            path = path.rpartition(".")[0]
        return Source(self.file)

    def grid_source(self, year: int, key: str = "") -> Source:
        return self.source(f"grids.{year}.{key}".rstrip("."))

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of agents that a grid gives the half-day price of, whichever the year."""
        on_quote = (grid.on_quote for grid in self.grids.values())
        return tuple(dict.fromkeys(code for level in on_quote if level for code in level.half_day))

    def only(self, *years: int) -> "Tariffs":
        """The settings with the grids of these years alone, and the sources of both."""
        others = tuple(f"grids.{other}" for other in self.grids if other not in years)
        kept = {
            path: source
            for path, source in self.sources.items()
            if not path.startswith(tuple(f"{other}." for other in others)) and path not in others
        }
        return replace(self, grids={year: self.grids[year] for year in years}, sources=kept)

    def settled(self, day: date, year: int) -> "Tariffs":
        """As recorded: taxed at the rate of the day a year was first issued, in it or after."""
        return replace(self, vat=settled(self.vat, max(day, date(year, 1, 1)), year))

    def last_voted_before(self, year: int) -> Grid | None:
        years = [y for y, grid in self.grids.items() if y < year and grid.is_voted]
        return self.grids[max(years)] if years else None
