"""The tariff of a year: a grid of levels, and how it was indexed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from mutualis.domain.french import tariffs as french
from mutualis.domain.tariffs.wealth import Wealth
from mutualis.domain.value import Struct, field, replace

TO_FILL_IN = "à compléter"
BRACKET_PRICES = ("per_inhabitant", "fixed", "floor", "cap")
DEFAULT_ROUNDING: Mapping[str, Decimal] = {
    "per_inhabitant": Decimal("0.01"),
    "cap": Decimal(1),
    "half_day": Decimal(1),
    "fixed": Decimal(1),
    "floor": Decimal(1),
}


class Status(StrEnum):
    VOTED = "voted"
    PROJECTED = "projected"


class Bracket(Struct, frozen=True):
    """A range of populations of a level, `up_to` included; None is open-ended.

    A price that is None is not set here: `per_inhabitant` is then the level's own.
    """

    up_to: int | None
    cap: Decimal | None = None
    per_inhabitant: Decimal | None = None
    fixed: Decimal | None = None
    floor: Decimal | None = None


class Level(Struct, frozen=True):
    """A level of the scheme: free, priced per inhabitant, or on quote in half-days.

    `half_days_per_request` is the most that a membership gives for one question or mission; None
    is no limit. `wealth` weights the fee, where the grid says so.
    """

    code: str
    label: str
    includes: tuple[str, ...] = ()
    per_inhabitant: Decimal | None = None
    brackets: tuple[Bracket, ...] = ()
    requires: str | None = None
    half_day: Mapping[str, Decimal] = field(default_factory=dict)
    half_days_per_request: int | None = None
    wealth: Wealth | None = None

    @property
    def is_priced(self) -> bool:
        """Whether a membership at this level has a yearly fee."""
        return self.per_inhabitant is not None or bool(self.brackets)

    @property
    def is_on_quote(self) -> bool:
        return bool(self.half_day)

    def is_open_to(self, membership: str) -> bool:
        """Whether a commune at this membership (empty: none) may have quotes of this level."""
        return self.requires is None or membership == self.requires

    def rank_of(self, population: int) -> int | None:
        """The rank, from 0, of the bracket of a population; None above the last one."""
        for rank, bracket in enumerate(self.brackets):
            if bracket.up_to is None or population <= bracket.up_to:
                return rank
        return None

    def rate_of(self, bracket: Bracket) -> Decimal:
        """The price per inhabitant of a bracket: its own, else the level's, else none."""
        if bracket.per_inhabitant is not None:
            return bracket.per_inhabitant
        return self.per_inhabitant or Decimal(0)


class Price(Struct, frozen=True):
    """One amount of a grid, under the dotted key that the tariff file gives it.

    `bracket` is the one it is set for, `category` that of a half-day.
    """

    key: str
    kind: str
    level: str
    value: Decimal
    bracket: Bracket | None = None
    category: str = ""

    @property
    def label(self) -> str:
        if self.bracket is not None:
            return french.bracket_price(self.level, self.kind, self.bracket.up_to)
        if self.category:
            return french.half_day_price(self.level, self.category)
        return french.price(self.level, self.kind)


class IndexationRule(Struct, frozen=True):
    """How prices follow the index; each reading of the rule is a setting (ADR 0002)."""

    series: str = "ensemble"
    base_year: int = 0
    rate: str = "published"
    chain: str = "exact"
    indexed: tuple[str, ...] = ("per_inhabitant", "cap", "half_day")
    never_decrease: bool = False
    rounding: Mapping[str, Decimal] = field(default_factory=lambda: DEFAULT_ROUNDING)

    def applied(self, rate: Decimal) -> Decimal:
        """The rate (%) that prices take: a negative one counts for zero under never_decrease."""
        return max(rate, Decimal(0)) if self.never_decrease else rate


class IndexedFrom(Struct, frozen=True):
    """How a grid was obtained: from the grid of `year`, by the rate (%) of `month`.

    `rule` is the reading then in force, so that the grid can be computed again; None in a grid
    written by hand. A computed rate is the unrounded ratio of its `indices`, the earlier first.
    """

    year: int
    month: str
    rate: Decimal
    series: str
    rule: IndexationRule | None = None
    indices: tuple[Decimal, ...] = ()


class Grid(Struct, frozen=True, dict=True):
    """An `example` has the prices of nobody yet, or of another body; a grid indexed from it too."""

    year: int
    status: Status
    act: str
    levels: Mapping[str, Level]
    indexed_from: IndexedFrom | None = None
    act_url: str = ""
    checked_on: str = ""
    example: bool = False

    @property
    def is_voted(self) -> bool:
        return self.status is Status.VOTED

    @property
    def act_is_missing(self) -> bool:
        return self.act.strip().lower() in ("", TO_FILL_IN)

    @cached_property
    def on_quote(self) -> Level | None:
        """The level whose missions are quoted in half-days, where there is one."""
        return next((level for level in self.levels.values() if level.is_on_quote), None)

    def served(self, membership: str) -> frozenset[str]:
        """The levels whose services a membership gives: its own and those it includes."""
        return self._served.get(membership, frozenset())

    @cached_property
    def _served(self) -> Mapping[str, frozenset[str]]:
        return {code: self._reached(code) for code in self.levels}

    def _reached(self, code: str) -> frozenset[str]:
        found, waiting = set[str](), [code]
        while waiting:
            level = self.levels.get(waiting.pop())
            if level is not None and level.code not in found:
                found.add(level.code)
                waiting.extend(level.includes)
        return frozenset(found)

    def giving(self, code: str) -> tuple[str, ...]:
        """The memberships that give the services of a level, in the order of the grid."""
        return self._giving.get(code, ())

    @cached_property
    def _giving(self) -> Mapping[str, tuple[str, ...]]:
        members = [level.code for level in self.levels.values() if not level.is_on_quote]
        return {
            code: tuple(member for member in members if code in self.served(member))
            for code in self.levels
        }

    def prices(self) -> Iterator[Price]:
        """Every amount of the grid, in file order."""
        for level in self.levels.values():
            start = f"levels.{level.code}"
            if level.per_inhabitant is not None:
                key = f"{start}.per_inhabitant"
                yield Price(key, "per_inhabitant", level.code, level.per_inhabitant)
            for rank, bracket in enumerate(level.brackets):
                for kind in BRACKET_PRICES:
                    value = getattr(bracket, kind)
                    if value is not None:
                        key = f"{start}.brackets.{rank}.{kind}"
                        yield Price(key, kind, level.code, value, bracket)
            for category, value in level.half_day.items():
                key = f"{start}.half_day.{category}"
                yield Price(key, "half_day", level.code, value, category=category)

    def with_prices(self, amounts: Mapping[str, Decimal]) -> Mapping[str, Level]:
        """The levels with other amounts, by dotted key; what is not named stays."""
        return {code: _reprice(level, amounts) for code, level in self.levels.items()}


def bracket_name(level: Level, rank: int) -> str:
    """« jusqu'à 3 999 habitants », « de 4 000 à 10 000 habitants »."""
    first = 0 if rank == 0 else (level.brackets[rank - 1].up_to or 0) + 1
    return french.bracket(first, level.brackets[rank].up_to)


def _reprice(level: Level, amounts: Mapping[str, Decimal]) -> Level:
    start = f"levels.{level.code}"

    def new(key: str, value: Decimal | None) -> Decimal | None:
        return amounts.get(f"{start}.{key}", value) if value is not None else None

    brackets = tuple(
        Bracket(
            bracket.up_to,
            **{x: new(f"brackets.{rank}.{x}", getattr(bracket, x)) for x in BRACKET_PRICES},
        )
        for rank, bracket in enumerate(level.brackets)
    )
    half_day = {
        category: amounts.get(f"{start}.half_day.{category}", value)
        for category, value in level.half_day.items()
    }
    return replace(
        level,
        per_inhabitant=new("per_inhabitant", level.per_inhabitant),
        brackets=brackets,
        half_day=half_day,
    )
