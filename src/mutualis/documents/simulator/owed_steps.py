"""What each fee comes to, in cents: its periods together, rounded once, its tax, the threshold."""

from mutualis.documents.excel.cached import Live
from mutualis.documents.excel.columns import letter_of
from mutualis.documents.simulation import words
from mutualis.documents.simulator.model import CENTS, Owed
from mutualis.documents.simulator.period_steps import PeriodSteps
from mutualis.documents.simulator.places import Places, here
from mutualis.documents.simulator.steps import StepColumn
from mutualis.domain.value import Struct

_LARGEST = 4 * 10**14  # of what is rounded: a spreadsheet keeps fifteen digits


class OwedSteps(Struct, frozen=True):
    places: Places
    periods: PeriodSteps

    @property
    def columns(self) -> dict[str, StepColumn[Owed]]:
        return {
            "title": StepColumn("Commune", lambda owed, _: owed.group.row.name, "cellule"),
            "sum": StepColumn("Somme exacte", self._sum),
            "over": StepColumn("divisée par", lambda owed, _: owed.over),
            "cents": StepColumn("Avant TVA (centimes)", self._cents),
            "tax": StepColumn("TVA (centimes)", self._tax),
            "claimed": StepColumn("Dû (centimes)", self._claimed),
            "trouble": StepColumn("À revoir", self._trouble, "calcul"),
        }

    def of(self, name: str, owed: Owed) -> str:
        """Its cell, from another sheet."""
        return here(_cell(name, self.places.row_of_owed(owed)))

    def _sum(self, owed: Owed, _: int) -> Live:
        exact = [self.periods.of("exact", period) for period in owed.periods]
        if owed.moments:
            sums = ("+".join(exact[rank] for rank in moment) for moment in owed.moments)
            return Live(f"=MAX({','.join(sums)})", owed.sum)
        weights = (self.periods.of("weight", period) for period in owed.periods)
        shares = (f"{one}*{weight}" for one, weight in zip(exact, weights, strict=True))
        return Live(f"={'+'.join(shares)}", owed.sum)

    def _cents(self, owed: Owed, row: int) -> Live:
        """The whole part of a quotient of whole numbers, which programs may take for the next one
        where it comes very near it: then it is put back."""
        whole, divisor = _quotient(row)
        found = f"INT({whole}/{divisor})"
        return Live(f"={found}-IF({found}*{divisor}>{whole},1,0)", owed.cents)

    def _tax(self, owed: Owed, row: int) -> Live:
        vat = f"$B${self.places.vat}"
        return Live(f"=INT((2*{_cell('cents', row)}*{vat}+{CENTS})/{2 * CENTS})", owed.tax)

    def _claimed(self, owed: Owed, row: int) -> Live:
        due = f"{_cell('cents', row)}+{_cell('tax', row)}"
        if owed.is_withheld:
            return Live(f"={due}", owed.claimed)
        return Live(f"=IF({due}<$B${self.places.threshold},0,{due})", owed.claimed)

    def _trouble(self, owed: Owed, row: int) -> Live:
        """The first that a period has, else what binary numbers do not settle."""
        whole, divisor = _quotient(row)
        last = '""'
        if self.places.model.has_wealth:
            free = "+".join(self.periods.is_free(period) for period in owed.periods)
            half = f"AND({whole}={_cell('cents', row)}*{divisor},{free}>0)"
            last = f'IF({half},"{words.HALF_CENT}","")'
        last = f'IF({whole}>{_LARGEST},"{words.TOO_LARGE}",{last})'
        for period in reversed(owed.periods):
            trouble = self.periods.of("trouble", period)
            last = f'IF({trouble}<>"",{trouble},{last})'
        return Live(f"={last}", owed.trouble)


_NAMES = ("title", "sum", "over", "cents", "tax", "claimed", "trouble")


def _cell(name: str, row: int) -> str:
    return f"{letter_of(_NAMES, name)}{row}"


def _quotient(row: int) -> tuple[str, str]:
    """The exact sum plus half a cent, and a cent, both twice."""
    over = _cell("over", row)
    return f"(2*{_cell('sum', row)}+{over}*{CENTS})", f"(2*{over}*{CENTS})"
