"""The rows of costs.csv: what a category of agents of a directorate costs in a year, and gives."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from mutualis.domain.french.names import fold, is_invented
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import Struct, field


class CostNature(StrEnum):
    """What a row tells: one of the four charges that a unit cost holds (D. 5211-16), or the units
    given. The values are those of the file."""

    STAFF = "personnel"
    SUPPLIES = "fournitures"
    RENEWAL = "renouvellement"
    CONTRACTS = "contrats"
    UNITS = "unités"

    @property
    def is_charge(self) -> bool:
        return self is not CostNature.UNITS


class Vintage(StrEnum):
    """Where a figure comes from: the year's budget, or its accounts. The values are the file's."""

    BUDGET = "prévisionnel"
    ACCOUNTS = "définitif"


class CostRow(Struct, frozen=True):
    """One row of costs.csv, as written.

    A charge has an `amount` in euros (>= 0) and no half-days; units have `half_days` (>= 0), those
    given in the year to all beneficiaries, and no amount. `origin` says where the figure comes
    from, and « exemple » marks invented data.
    """

    year: int
    directorate: str
    category: str
    nature: CostNature
    vintage: Vintage
    amount: Decimal
    half_days: int
    source: Source
    places: Mapping[str, Source] = field(default_factory=dict)
    origin: str = ""

    @property
    def is_example(self) -> bool:
        return is_invented(self.origin)

    @property
    def own(self) -> tuple[str, str]:
        """What makes it of the same unit cost: the directorate and the category."""
        return fold(self.directorate), self.category

    def at(self, column: str) -> Source:
        """The cell of a column, or the row."""
        return self.places.get(column, self.source)


class Costs(Struct, frozen=True):
    """Every row of the file, one at most for each year, directorate, category, nature and vintage;
    none when the workspace has no such file."""

    rows: tuple[CostRow, ...] = ()
    file: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.file)

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})

    def of_year(self, year: int, vintage: Vintage | None = None) -> tuple[CostRow, ...]:
        return tuple(
            row for row in self.rows if row.year == year and vintage in (None, row.vintage)
        )

    def last_accounts_before(self, year: int) -> int | None:
        """The last year before `year` that the accounts have closed."""
        closed = {row.year for row in self.rows if row.vintage is Vintage.ACCOUNTS}
        return max((known for known in closed if known < year), default=None)
