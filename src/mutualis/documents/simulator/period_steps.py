"""What a whole year of each period is worth, step by step."""

from mutualis.documents.excel.cached import Live
from mutualis.documents.excel.columns import letter_of
from mutualis.documents.simulation import words
from mutualis.documents.simulator import places as at
from mutualis.documents.simulator.model import Period
from mutualis.documents.simulator.places import Places, there
from mutualis.documents.simulator.price_steps import PriceSteps
from mutualis.documents.simulator.steps import StepColumn
from mutualis.domain.value import Struct

_OF_WEALTH = ("potential", "ratio", "coefficient")


class PeriodSteps(Struct, frozen=True):
    places: Places
    prices: PriceSteps

    @property
    def columns(self) -> dict[str, StepColumn[Period]]:
        found: dict[str, StepColumn[Period]] = {
            "title": StepColumn("Commune", lambda period, _: period.title, "cellule"),
            "population": StepColumn("Population", lambda period, _: period.population),
            "level": StepColumn("Niveau", self._level, "cellule centrée"),
            "place": StepColumn("Ligne des prix", self._place),
            "gross": StepColumn("Montant brut", self._gross),
            "exact": StepColumn("Année entière", self._exact),
            "weight": StepColumn("Parts de l'année", lambda period, _: period.weight),
            "trouble": StepColumn("À revoir", self._trouble, "calcul"),
        }
        if self.places.model.has_wealth:
            found["potential"] = StepColumn(
                "Potentiel financier", lambda period, _: period.row.financial_potential, "euros"
            )
            found["ratio"] = StepColumn("Richesse relative", self._ratio, "note chiffrée")
            found["coefficient"] = StepColumn("Coefficient", self._coefficient, "note chiffrée")
        return found

    def of(self, name: str, period: Period) -> str:
        return self._cell(name, self.places.row_of(period))

    def is_free(self, period: Period) -> str:
        """1 where the coefficient is not cut short by one of its bounds."""
        return f"IF({self.of('ratio', period)}={self.of('coefficient', period)},1,0)"

    def _cell(self, name: str, row: int) -> str:
        return f"{letter_of(_NAMES, name)}{row}"

    def _level(self, period: Period, row: int) -> Live:
        chosen = self.places.chosen[self.places.periods.index(row)]
        return Live(f'={there(f"{at.CHOSEN}{chosen}")}&""', period.level)

    def _place(self, period: Period, row: int) -> Live:
        """-1 where the population is above the last bracket, -2 where the level is not known."""
        level, people = self._cell("level", row), self._cell("population", row)
        levels, bounds = self.prices.all("level"), self.prices.all("bound")
        passed = f"SUMPRODUCT(({levels}={level})*({bounds}<{people}))"
        known = f"SUMPRODUCT(({levels}={level})*1)"
        none = f'OR({level}="",{level}="{words.NO_MEMBER}")'
        found = f"IF({passed}>={known},-1,MATCH({level},{levels},0)+{passed})"
        return Live(f"=IF({none},0,IF({known}=0,-2,{found}))", period.place)

    def _gross(self, period: Period, row: int) -> Live:
        place, people = self._cell("place", row), self._cell("population", row)
        rate, fixed = self.prices.of("rate", place), self.prices.of("fixed", place)
        return Live(f"=IF({place}<1,0,{fixed}+{people}*{rate})", period.gross)

    def _ratio(self, period: Period, row: int) -> Live:
        """Empty where the level has no coefficient, or nobody lives there."""
        names = ("place", "population", "potential")
        place, people, potential = (self._cell(name, row) for name in names)
        average = self.prices.of("average", place)
        none = f'OR({place}<1,{people}=0,{potential}="")'
        ratio = f'IF({average}=0,"",{potential}/{people}/{average})'
        result = "" if period.ratio is None else period.ratio
        return Live(f'=IF({none},"",{ratio})', result)

    def _coefficient(self, period: Period, row: int) -> Live:
        place, ratio = self._cell("place", row), self._cell("ratio", row)
        least, most = self.prices.of("least", place), self.prices.of("most", place)
        formula = f'=IF({ratio}="",1,MIN(MAX({ratio},{least}),{most}))'
        return Live(formula, period.coefficient)

    def _exact(self, period: Period, row: int) -> Live:
        place, gross = self._cell("place", row), self._cell("gross", row)
        cap, floor = self.prices.of("cap", place), self.prices.of("floor", place)
        if self.places.model.has_wealth:
            gross = f"ROUND({gross}*{self._cell('coefficient', row)},4)"
        return Live(f"=IF({place}<1,0,MAX(MIN({gross},{cap}),{floor}))", period.exact)

    def _trouble(self, _: Period, row: int) -> Live:
        place = self._cell("place", row)
        formula = f'IF({place}=-1,"{words.NO_PRICE}",IF({place}=-2,"{words.UNKNOWN_LEVEL}",""))'
        if self.places.model.has_wealth:
            average = self.prices.of("average", place)
            lacks = f'IF({average}=0,"","{words.NO_POTENTIAL}")'
            lacks = f'IF({self._cell("potential", row)}="",{lacks},"")'
            formula = f"IF({place}>0,{lacks},{formula})"
        return Live(f"={formula}", "")


_NAMES = (
    *("title", "population", "level", "place", "gross", "exact", "weight", "trouble"),
    *_OF_WEALTH,
)
