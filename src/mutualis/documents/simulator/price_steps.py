"""The prices of the simulator in whole numbers."""

from collections.abc import Callable
from decimal import Decimal

from mutualis.documents.excel.cached import Live
from mutualis.documents.excel.columns import letter_of
from mutualis.documents.simulator import places as at
from mutualis.documents.simulator.model import NONE, UNIT, PriceLine, units
from mutualis.documents.simulator.places import Places, there
from mutualis.documents.simulator.steps import StepColumn
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import Struct

NAMES = ("level", "bound", "rate", "fixed", "cap", "floor", "average", "least", "most")


class PriceSteps(Struct, frozen=True):
    places: Places

    @property
    def columns(self) -> dict[str, StepColumn[PriceLine]]:
        found: dict[str, StepColumn[PriceLine]] = {
            "level": StepColumn("Niveau", lambda price, _: price.level.code, "texte"),
            "bound": StepColumn("Jusqu'à (habitants)", self._bound),
            "rate": StepColumn("Tarif", self._whole(at.RATE, lambda x: units(x.rate))),
            "fixed": StepColumn(
                "Part fixe", self._whole(at.FIXED, lambda x: units(x.bracket.fixed))
            ),
            "cap": StepColumn("Plafond", self._cap),
            "floor": StepColumn("Minimum", self._whole(at.FLOOR, lambda x: units(x.bracket.floor))),
        }
        if self.places.model.has_wealth:
            found["average"] = self._wealth(
                "Moyenne par habitant", at.AVERAGE, lambda wealth: wealth.average
            )
            found["least"] = self._wealth("Coefficient min.", at.LEAST, lambda x: x.floor)
            found["most"] = self._wealth("Coefficient max.", at.MOST, lambda x: x.ceiling)
        return found

    def all(self, name: str) -> str:
        """The cells of a column."""
        letter, rows = letter_of(NAMES, name), self.places.priced
        return f"${letter}${rows.start}:${letter}${rows.stop - 1}"

    def of(self, name: str, place: str) -> str:
        """The one whose rank, from 1, a cell gives."""
        return f"INDEX({self.all(name)},{place})"

    @property
    def faults(self) -> Live:
        """How many prices are below zero, and bounds not above the one before of their level."""
        first, last = self.places.prices.start, self.places.prices.stop - 1
        formula = f'=COUNTIF({there(f"{at.BOUND}{first}:{at.MOST}{last}")},"<0")'
        rows = self.places.priced
        if len(rows) > 1:
            (one, other), (less, more) = (
                (
                    f"{letter}{rows.start}:{letter}{rows.stop - 2}",
                    f"{letter}{rows.start + 1}:{letter}{rows.stop - 1}",
                )
                for letter in (letter_of(NAMES, "level"), letter_of(NAMES, "bound"))
            )
            formula += f"+SUMPRODUCT(({one}={other})*({less}>={more}))"
        return Live(formula, 0)

    def _source(self, letter: str, row: int) -> str:
        """The cell of the simulator that a row reads."""
        return there(f"{letter}{row + self.places.prices.start - self.places.priced.start}")

    def _whole(
        self, letter: str, result: Callable[[PriceLine], int]
    ) -> Callable[[PriceLine, int], Live]:
        return lambda price, row: Live(
            f"=ROUND({self._source(letter, row)}*{UNIT},0)", result(price)
        )

    def _bound(self, price: PriceLine, row: int) -> Live:
        source = self._source(at.BOUND, row)
        return Live(f'=IF({source}="",{NONE},{source})', price.bound)

    def _cap(self, price: PriceLine, row: int) -> Live:
        source = self._source(at.CAP, row)
        return Live(f'=IF({source}="",{NONE},ROUND({source}*{UNIT},0))', price.cap)

    def _wealth(
        self, title: str, letter: str, value: Callable[[Wealth], Decimal]
    ) -> StepColumn[PriceLine]:
        """0 where the level has none."""

        def cell(price: PriceLine, row: int) -> Live:
            wealth = price.level.wealth
            result = Decimal(0) if wealth is None else value(wealth)
            return Live(f"={self._source(letter, row)}+0", result)

        return StepColumn(title, cell, "note chiffrée")
