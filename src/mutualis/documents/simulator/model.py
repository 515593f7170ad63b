"""What the simulator computes, in whole numbers, as its formulas do and as `bill` would claim.

A spreadsheet counts in binary: 0.005 is not in it. Prices are therefore millionths of a euro (as
many decimals as a tariff file takes), sums stay whole, and the cent is the whole part of a
quotient of whole numbers. A coefficient of wealth alone is not whole: its product is rounded to
`_KEPT` decimals of a millionth, and what would then fall on half a cent is said.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mutualis.documents.simulation import words
from mutualis.domain.communes.communes import CommuneYear, Settlement
from mutualis.domain.communes.debtors import Group, groups_of
from mutualis.domain.money import round_fraction
from mutualis.domain.simulation.comparison import Compared
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.tariffs.fees import NoPrice, fee_of
from mutualis.domain.tariffs.grid import Bracket, Level
from mutualis.domain.tariffs.proration import FULL_YEAR, share_of
from mutualis.domain.value import Struct, replace

UNIT, CENTS = 10**6, 10**4  # millionths in a euro, in a cent
NONE = 10**15  # no bound, no cap
_KEPT = Decimal("0.0001")


class PriceLine(Struct, frozen=True):
    """The prices of a bracket, or of a level that has none; `rank` is from 0."""

    level: Level
    bracket: Bracket
    rank: int

    @property
    def has_own_rate(self) -> bool:
        """Whether its price per inhabitant is a cell; else it is that of the first bracket that
        takes the level's."""
        shared = [b.per_inhabitant is None for b in self.level.brackets] or [True]
        return not shared[self.rank] or not any(shared[: self.rank])

    @property
    def shares_rate_of(self) -> int:
        """The rank of the bracket whose price it takes."""
        shared = [b.per_inhabitant is None for b in self.level.brackets] or [True]
        return self.rank if self.has_own_rate else shared.index(True)

    @property
    def rate(self) -> Decimal | None:
        return self.level.rate_of(self.bracket) if self.level.is_priced else None

    @property
    def title(self) -> str:
        code = f"Niveau {self.level.code}"
        if not self.level.is_priced:
            return f"{code} (gratuit)"
        return f"{code}, tranche {self.rank + 1}" if len(self.level.brackets) > 1 else code

    @property
    def bound(self) -> int:
        return NONE if self.bracket.up_to is None else self.bracket.up_to

    @property
    def cap(self) -> int:
        return NONE if self.bracket.cap is None else units(self.bracket.cap)


class Period(Struct, frozen=True):
    """A row of the year. `place` is the rank, from 1, of its prices, 0 without any; `ratio` and
    `coefficient` are those of its wealth, None and 1 without any; `exact` is what a whole year of
    it is worth, in millionths."""

    row: CommuneYear
    title: str
    population: int
    place: int
    gross: int
    ratio: Decimal | None
    coefficient: Decimal
    exact: Decimal
    weight: int

    @property
    def level(self) -> str:
        return self.row.level or words.NO_MEMBER


class Owed(Struct, frozen=True):
    """What a group of rows owes, as the formulas come to it; `sum` is in `over`-ths of millionths.

    `moments` are the ranks of the periods in force together, where the highest alone is due.
    """

    group: Group
    periods: tuple[Period, ...]
    moments: tuple[tuple[int, ...], ...]
    over: int
    vat: int
    minimum: int

    @property
    def sum(self) -> Decimal:
        if self.moments:
            return max(sum(self.periods[at].exact for at in moment) for moment in self.moments)  # type: ignore[return-value]
        return sum((p.exact * p.weight for p in self.periods), Decimal(0))

    @property
    def cents(self) -> int:
        """Before tax, rounded half up."""
        divisor = self.over * CENTS
        return int((2 * Fraction(self.sum) + divisor) // (2 * divisor))

    @property
    def tax(self) -> int:
        """`vat` is in hundredths of a per cent."""
        return (2 * self.cents * self.vat + CENTS) // (2 * CENTS)

    @property
    def is_withheld(self) -> bool:
        return self.group.row.settlement is Settlement.AC

    @property
    def claimed(self) -> int:
        """With tax; nothing below the threshold, unless it is withheld."""
        due = self.cents + self.tax
        return due if self.is_withheld or due >= self.minimum else 0

    @property
    def trouble(self) -> str:
        """Why the formulas leave it to the program."""
        divisor = self.over * CENTS
        exact = 2 * Fraction(self.sum) + divisor == self.cents * 2 * divisor
        free = any(period.ratio == period.coefficient for period in self.periods)
        return words.HALF_CENT if exact and free else ""


class Person(Struct, frozen=True):
    """A line of the comparison and what it is made of; nothing where the year has no row of it."""

    line: Compared
    owed: tuple[Owed, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(period for owed in self.owed for period in owed.periods)

    @property
    def only(self) -> Period | None:
        """Its period where it has but one."""
        return self.periods[0] if len(self.periods) == 1 else None


class Model(Struct, frozen=True):
    dataset: Dataset
    prices: tuple[PriceLine, ...]
    persons: tuple[Person, ...]

    @property
    def owed(self) -> tuple[Owed, ...]:
        return tuple(owed for person in self.persons for owed in person.owed)

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(period for owed in self.owed for period in owed.periods)

    @property
    def has_wealth(self) -> bool:
        return any(price.level.wealth is not None for price in self.prices)

    @property
    def levels(self) -> tuple[str, ...]:
        """What a commune may be at."""
        return (*dict.fromkeys(price.level.code for price in self.prices), words.NO_MEMBER)


def units(amount: Decimal | None) -> int:
    """Millionths of a euro; 0 for a price that there is not."""
    return 0 if amount is None else int(amount * UNIT)


def model_of(dataset: Dataset, lines: Sequence[Compared]) -> Model:
    """The dataset must have a price for each of its rows (B02, B03, B41)."""
    prices = tuple(_prices(dataset))
    heirs = {line.code_insee: line.heir for line in lines}
    owed: dict[str, list[Owed]] = {}
    for group in groups_of(dataset.communes, dataset.year, date(dataset.year, 12, 31)):
        code = group.debtor.code_insee
        owed.setdefault(heirs.get(code) or code, []).append(_owed(group, dataset, prices))
    persons = (
        Person(line, tuple(owed.get(line.code_insee, ()))) for line in lines if not line.heir
    )
    return Model(dataset, prices, tuple(persons))


def _prices(dataset: Dataset) -> Iterator[PriceLine]:
    for level in dataset.grid.levels.values():
        if not level.is_on_quote:
            for rank, bracket in enumerate(level.brackets or (Bracket(None),)):
                yield PriceLine(level, bracket, rank)


def _owed(group: Group, dataset: Dataset, prices: Sequence[PriceLine]) -> Owed:
    tariffs, rows = dataset.tariffs, group.rows
    days = sorted({row.first_day for row in rows})
    moments = (
        tuple(at for at, row in enumerate(rows) if row.in_force(day))
        for day in (days if tariffs.proration == FULL_YEAR else ())
    )
    return Owed(
        group=group,
        periods=tuple(_period(row, len(rows) == 1, dataset, prices) for row in rows),
        moments=tuple(moments),
        over=share_of(rows[0], tariffs.proration)[1],
        vat=int(dataset.vat * 100),
        minimum=int(tariffs.minimum_recovery * 100),
    )


def _period(
    row: CommuneYear, is_alone: bool, dataset: Dataset, prices: Sequence[PriceLine]
) -> Period:
    basis = dataset.tariffs.population
    title = row.name if is_alone else words.period(row)
    population, weight = row.population(basis), share_of(row, dataset.tariffs.proration)[0]
    level = dataset.grid.levels.get(row.level)
    fee = fee_of(row, dataset.grid, basis)
    found = Period(row, title, population, 0, 0, None, Decimal(1), Decimal(0), weight)
    if level is None:
        return found
    place = 1 + next(at for at, price in enumerate(prices) if price.level is level)
    if fee is None or isinstance(fee, NoPrice):
        return replace(found, place=place)
    found = replace(
        found,
        place=place + (fee.bracket_rank or 0),
        gross=units(fee.gross),
        exact=round_fraction(fee.due * UNIT, _KEPT),
    )
    if level.wealth is None or fee.potential is None or not population:
        return found
    ratio = level.wealth.ratio(fee.potential, population)
    coefficient = level.wealth.coefficient(fee.potential, population)
    return replace(found, ratio=_read(ratio), coefficient=_read(coefficient))


def _read(value: Fraction) -> Decimal:
    """With as many decimals as a spreadsheet keeps."""
    return round_fraction(value, Decimal("1E-15"))
