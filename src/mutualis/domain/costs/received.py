"""What was done for communes, at the published unit costs: each recourse, then its sums."""

from collections.abc import Iterable
from decimal import Decimal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french.names import fold
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.money import EXACT, ZERO
from mutualis.domain.value import Struct, replace


class Recourse(Struct, frozen=True):
    """One intervention in units, at the published cost of its service's directorate and of its
    category; `unit_cost` is None where they have none."""

    served: Served
    unit_cost: Decimal | None

    @property
    def units(self) -> int:
        return self.served.half_days

    @property
    def at_cost(self) -> Decimal | None:
        """In euros, exact."""
        if self.unit_cost is None:
            return None
        return EXACT.multiply(Decimal(self.units), self.unit_cost)


class Received(Struct, frozen=True):
    """What a debtor received in a year, in order of time: its yearly statement (D. 5211-16).

    Half-days that have no cost are in `half_days`, not in `at_cost`.
    """

    debtor: CommuneYear
    lines: tuple[Recourse, ...]

    @property
    def half_days(self) -> int:
        return sum(line.units for line in self.lines)

    @property
    def at_price(self) -> Decimal:
        """At the prices of the year's grid."""
        return sum((line.served.at_price for line in self.lines), ZERO)

    @property
    def at_cost(self) -> Decimal:
        return sum((line.at_cost or ZERO for line in self.lines), ZERO)

    @property
    def uncosted(self) -> int:
        return sum(line.units for line in self.lines if line.unit_cost is None)

    @property
    def has_cost(self) -> bool:
        """Whether some of it has a cost: what has none is worth nothing known, not 0."""
        return self.uncosted < self.half_days

    @property
    def on_quote(self) -> "Received":
        """What a quote pays for, or should."""
        return replace(self, lines=tuple(line for line in self.lines if line.served.on_quote))

    @property
    def by_service(self) -> tuple[tuple[str, "Received"], ...]:
        """Its parts by the name of the service, the most half-days first."""
        found: dict[str, list[Recourse]] = {}
        for line in self.lines:
            found.setdefault(line.served.name, []).append(line)
        parts = [(name, replace(self, lines=tuple(lines))) for name, lines in found.items()]
        return tuple(sorted(parts, key=lambda part: (-part[1].half_days, part[0])))


def received(served: Iterable[Served], costs: UnitCosts) -> tuple[Received, ...]:
    """What was done in the costs' year for each debtor that was served, in the order of INSEE
    codes."""
    found: dict[str, list[Recourse]] = {}
    for line in recourses(served, costs):
        found.setdefault(line.served.debtor.code_insee, []).append(line)
    return tuple(
        Received(found[code][0].served.debtor, tuple(found[code])) for code in sorted(found)
    )


def recourses(served: Iterable[Served], costs: UnitCosts | None) -> tuple[Recourse, ...]:
    """Each in its order; without unit costs, none has one."""
    lines = () if costs is None else costs.lines
    published = {line.own: line.published for line in lines}
    return tuple(
        Recourse(item, published.get((fold(item.directorate), item.intervention.category)))
        for item in served
    )
