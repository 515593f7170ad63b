"""The criteria by which the body ranks requests: their weights and reference points, in the open.

Every criterion turns a figure x into a note from 0 to 1 by the same formula,

    note = (x - zero_at) : (one_at - zero_at), kept between 0 and 1

whose two reference points are in `data/criteria.toml`. A note never depends on the other requests,
so that nobody's arrival moves it (decision 11).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mutualis.domain.problems.problem import Source
from mutualis.domain.requests.measures import MEASURES, Measure
from mutualis.domain.tariffs.grid import TO_FILL_IN
from mutualis.domain.value import Struct, equal_but_for, field

_MOST_NOTE = Fraction(1)


class Criterion(Struct, frozen=True):
    """A weight >= 0 and two reference points that differ; `act` is what adopted it."""

    name: str
    weight: Decimal
    zero_at: Decimal
    one_at: Decimal
    act: str = TO_FILL_IN
    adopted_on: date | None = None
    source: Source = Source("data/criteria.toml")

    __eq__ = equal_but_for("source")

    @property
    def measure(self) -> Measure:
        """What its figure is."""
        return MEASURES[self.name]

    @property
    def label(self) -> str:
        return self.measure.label

    @property
    def is_active(self) -> bool:
        return self.weight > 0

    @property
    def act_is_missing(self) -> bool:
        """Whether the act is left to fill in, blank, or made of signs alone (« ? »)."""
        text = self.act.strip().lower()
        return text == TO_FILL_IN or not any(char.isalnum() for char in text)

    @property
    def date_is_missing(self) -> bool:
        """Whether a date of adoption is needed and not given."""
        return self.adopted_on is None and not self.measure.of_scheme

    def note(self, value: Fraction) -> Fraction:
        """The note of a figure, exact."""
        zero, one = Fraction(self.zero_at), Fraction(self.one_at)
        return min(max(Fraction(value - zero, one - zero), Fraction(0)), _MOST_NOTE)

    def value_at(self, note: Fraction) -> Fraction:
        """The figure whose note is `note`, between the reference points."""
        zero, one = Fraction(self.zero_at), Fraction(self.one_at)
        return zero + note * (one - zero)


class Capacity(Struct, frozen=True):
    """What a directorate can give to new requests: half-days a month, of all categories.

    `exceptions` are the months (AAAA-MM) that differ; a month at 0 is closed.
    """

    directorate: str
    half_days: int
    exceptions: Mapping[str, int] = field(default_factory=dict)
    source: Source = Source("data/criteria.toml")

    __eq__ = equal_but_for("source")

    def of(self, month: str) -> int:
        return self.exceptions.get(month, self.half_days)


class Criteria(Struct, frozen=True):
    """`horizon` months are planned, from `first_month` unless the command says otherwise.

    `received_years` is how far back the territorial balance looks.
    """

    criteria: tuple[Criterion, ...]
    capacities: Mapping[str, Capacity]
    horizon: int
    first_month: str | None = None
    received_years: int = 3
    first_at: Source = Source("data/criteria.toml")
    source: Source = Source("data/criteria.toml")

    __eq__ = equal_but_for("first_at", "source")

    @property
    def active(self) -> tuple[Criterion, ...]:
        """The criteria that count; one of weight 0 changes nothing and asks for no data."""
        return tuple(criterion for criterion in self.criteria if criterion.is_active)

    @property
    def total_weight(self) -> Fraction:
        return Fraction(sum((criterion.weight for criterion in self.active), Decimal(0)))
