"""Where the cells of the simulator stand: each of its two sheets reads the other."""

from collections.abc import Sequence
from functools import cached_property

from mutualis.documents.excel.printed import rows_under
from mutualis.documents.simulation import words
from mutualis.documents.simulator.model import Model, Owed, Period
from mutualis.domain.simulation.comparison import ChangeClass
from mutualis.domain.value import Struct

HEAD = 8  # of the prices of the simulator
CALCULATION_HEAD = 4
# The columns of the simulator: those of its prices, then those of its communes.
LEVEL, BOUND, RATE, FIXED, CAP, FLOOR, AVERAGE, LEAST, MOST = "ABCDEFGHI"
NAME, CODE, PEOPLE, CHOSEN, BEFORE, AFTER, GAP, CLASS, REMARK = "ABCDEFGHI"
WIDE = 9
CHART_HEIGHT = 7.5  # centimetres


class Places(Struct, frozen=True, dict=True):
    """The rows of both sheets; those of periods and of what is owed are in the model's order."""

    model: Model

    @property
    def prices(self) -> range:
        """In the simulator."""
        return range(HEAD + 1, HEAD + 1 + len(self.model.prices))

    @property
    def minimum(self) -> int:
        return self.prices.stop

    @property
    def classes(self) -> range:
        """Under their titles."""
        first = self.minimum + 4
        return range(first, first + len(ChangeClass))

    @property
    def total(self) -> int:
        return self.classes.stop

    @property
    def chart(self) -> int:
        """From here on; the row before says what is to be reviewed."""
        return self.total + 2

    @property
    def head(self) -> int:
        """The titles of the communes."""
        return self.chart + rows_under(CHART_HEIGHT) + 1

    @property
    def lines(self) -> range:
        """The row of each person."""
        return range(self.head + 1, self.head + 1 + len(self.model.persons))

    @property
    def several(self) -> int:
        """The title of the rows of those that have several periods."""
        return self.lines.stop + 1

    def column(self, letter: str) -> str:
        """The cells of a column of communes."""
        return f"${letter}${self.lines.start}:${letter}${self.lines.stop - 1}"

    @cached_property
    def chosen(self) -> Sequence[int]:
        """The row of the level of each period: that of its person, where it has but one."""
        found, below = [], self.several + 1
        for row, person in zip(self.lines, self.model.persons, strict=True):
            if person.only is not None:
                found.append(row)
                continue
            found += range(below, below + len(person.periods))
            below += len(person.periods)
        return found

    @property
    def priced(self) -> range:
        """The prices, in the calculation."""
        first = CALCULATION_HEAD + 1
        return range(first, first + len(self.model.prices))

    @property
    def threshold(self) -> int:
        return self.priced.stop + 1

    @property
    def vat(self) -> int:
        return self.threshold + 1

    @property
    def faults(self) -> int:
        """How many prices or bounds cannot be."""
        return self.vat + 1

    @property
    def levels(self) -> range:
        first = self.faults + 3
        return range(first, first + len(self.model.levels))

    @property
    def periods(self) -> range:
        first = self.levels.stop + 3
        return range(first, first + len(self.model.periods))

    @property
    def owed(self) -> range:
        first = self.periods.stop + 3
        return range(first, first + len(self.model.owed))

    def row_of(self, period: Period) -> int:
        """The row of a period, in the calculation."""
        return self.periods[self._ranks[id(period)]]

    def row_of_owed(self, owed: Owed) -> int:
        return self.owed[self._ranks[id(owed)]]

    @cached_property
    def _ranks(self) -> dict[int, int]:
        """Of each period and of each fee: some are equal."""
        model = self.model
        return {id(x): at for items in (model.periods, model.owed) for at, x in enumerate(items)}


def there(cell: str) -> str:
    """A cell of the simulator, from the calculation."""
    return f"{words.SIMULATOR}!{cell}"


def here(cell: str) -> str:
    """A cell of the calculation, from the simulator."""
    return f"{words.CALCULATION}!{cell}"
