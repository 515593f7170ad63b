"""A simulation to be shown to a committee, whatever it is shown on."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.simulation.comparison import Compared
from mutualis.domain.simulation.differences import Difference
from mutualis.domain.simulation.priced import PricedYear
from mutualis.domain.value import Struct


class Subject(Struct, frozen=True):
    """`titles` are those of the baseline and of the scenario; `near` is a distance from a bound in
    per cent, `top` a number of communes."""

    issuer: Issuer
    day: date
    baseline: PricedYear
    scenario: PricedYear
    titles: tuple[str, str]
    differences: Sequence[Difference]
    lines: Sequence[Compared]
    near: Decimal
    top: int

    @property
    def year(self) -> int:
        return self.scenario.year

    @property
    def persons(self) -> Sequence[Compared]:
        """The communes that owe for themselves."""
        return [line for line in self.lines if not line.heir]
