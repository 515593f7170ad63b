"""A commune in one year: its populations and its membership, as one row of communes.csv."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from mutualis.domain.communes.movements import Movements
from mutualis.domain.french import communes as french
from mutualis.domain.french.names import is_invented
from mutualis.domain.problems.problem import Source
from mutualis.domain.value import Struct, field, replace

EXAMPLE = "exemple"
MADE = "init"  # what a new workspace writes of levels whose act it does not know
_Rows = tuple["CommuneYear", ...]


class PopulationBasis(StrEnum):
    """INSEE's two legal populations; which one counts is a setting of the tariff file."""

    MUNICIPAL = "municipale"
    TOTAL = "totale"


class Settlement(StrEnum):
    """How a fee is recovered: its own titre de recettes, or withheld from the AC."""

    TITRE = "titre"
    AC = "AC"


class CommuneYear(Struct, frozen=True):
    """One commune in one year, or in the part of it from `start` to `end`, both included.

    `source` is the cell of the code, `level_at` that of the level. `level` is empty for a
    commune that is not a customer; `level_source` says where it comes from, and « exemple »
    marks invented data. `siren` may still be empty: nothing is issued then. `successor` was
    the code of the commune that a merged one became, before movements.csv: it stays in the rows of
    old registers.
    `financial_potential` is the commune's, in euros, for the whole commune. `debtor_code` is how
    the finance software knows it. `level_day` is the date of the act that `level_source` names.
    """

    year: int
    code_insee: str
    name: str
    siren: str
    municipal_population: int
    total_population: int
    level: str
    source: Source
    level_at: Source
    start: date | None = None
    end: date | None = None
    settlement: Settlement = Settlement.TITRE
    level_source: str = ""
    siret: str = ""
    service_code: str = ""
    commitment: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    successor: str = ""
    financial_potential: Decimal | None = None
    debtor_code: str = ""
    level_day: date | None = None

    def population(self, basis: PopulationBasis) -> int:
        if basis is PopulationBasis.MUNICIPAL:
            return self.municipal_population
        return self.total_population

    @property
    def first_day(self) -> date:
        return self.start or date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return self.end or date(self.year, 12, 31)

    @property
    def is_whole_year(self) -> bool:
        return self.first_day == date(self.year, 1, 1) and self.last_day == date(self.year, 12, 31)

    def in_force(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def is_example(self) -> bool:
        return is_invented(self.level_source)

    @property
    def level_act(self) -> str:
        """The act by which the commune chose its level; empty where none is named."""
        is_act = not self.is_example and self.level_source.split(" ")[0] != MADE
        return self.level_source if is_act else ""

    @property
    def is_withheld(self) -> bool:
        return self.settlement is Settlement.AC


class ListedCommune(Struct, frozen=True):
    """A commune of a new workspace as its maker lists it: a code, and what is known beside it.

    `level` and `siren` are empty where the list does not give them, `settlement` and `year` None.
    `source` is the code's.
    """

    code_insee: str
    source: Source
    siren: str = ""
    level: str = ""
    level_source: str = ""
    settlement: Settlement | None = None
    year: int | None = None


def listed_for(year: int, rows: Iterable[ListedCommune]) -> ListedCommune | None:
    """Of what a list says of one commune, what holds in a year: the row of that year, else the last
    one before it; a row without a year holds in each."""
    held = [row for row in rows if row.year is None or row.year <= year]
    return max(held, key=lambda row: row.year or 0, default=None)


class Communes(Struct, frozen=True, dict=True):
    """Every row of a file, in INSEE-code order within each year; what they became is in
    `movements`."""

    rows: tuple[CommuneYear, ...]
    file: str = ""
    movements: Movements = field(default_factory=Movements)

    @classmethod
    def of(
        cls, rows: Iterable[CommuneYear], file: str = "", movements: Movements | None = None
    ) -> "Communes":
        ordered = sorted(rows, key=lambda r: (r.year, r.code_insee, r.first_day))
        return cls(tuple(ordered), file, movements or Movements())

    @cached_property
    def groups_found(self) -> dict[tuple[int, date], Any]:
        """The groups of a year as known on a day, once `debtors` has made them: the bills of two
        tariffs, and what changes between them, are of the same ones."""
        return {}

    @cached_property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})

    @cached_property
    def _of_year(self) -> Mapping[int, _Rows]:
        found: dict[int, list[CommuneYear]] = {}
        for row in self.rows:
            found.setdefault(row.year, []).append(row)
        return {year: tuple(rows) for year, rows in found.items()}

    @cached_property
    def _by_commune(self) -> Mapping[int, Mapping[str, _Rows]]:
        """The rows of each year, by INSEE code."""
        return {
            year: {code: tuple(own) for code, own in groupby(rows, key=lambda row: row.code_insee)}
            for year, rows in self._of_year.items()
        }

    @cached_property
    def _of_code(self) -> Mapping[str, list[CommuneYear]]:
        found: dict[str, list[CommuneYear]] = {}
        for row in self.rows:
            found.setdefault(row.code_insee, []).append(row)
        return found

    def of_codes(self, codes: Collection[str]) -> "Communes":
        """The same with the rows of these communes alone."""
        return replace(self, rows=tuple(row for row in self.rows if row.code_insee in codes))

    def of_year(self, year: int) -> tuple[CommuneYear, ...]:
        return self._of_year.get(year, ())

    def by_commune(self, year: int) -> Iterator[tuple[CommuneYear, ...]]:
        """The rows of the year, one group a commune, in INSEE-code order."""
        yield from self._by_commune.get(year, {}).values()

    def by_debtor(self, year: int) -> Iterator[tuple[CommuneYear, ...]]:
        """The rows of the year by who owes them at its end, in INSEE-code order.

        Those that a movement of the year links are together, the rows of the one that remains
        last. A movement on 1 January has happened before the year begins.
        """
        own = self._by_commune.get(year, {})
        groups = self.movements.groups(own, year, date(year, 12, 31))
        for _, codes in sorted(groups.items()):
            yield tuple(row for code in codes for row in own[code])

    @cached_property
    def _debtors(self) -> Mapping[int, Mapping[str, CommuneYear]]:
        return {
            year: {row.code_insee: rows[-1] for rows in self.by_debtor(year) for row in rows}
            for year in self.years
        }

    def debtor(self, code: str, year: int) -> CommuneYear | None:
        """The last row of who owes for a commune in a year; None where the year has no such one."""
        return self._debtors.get(year, {}).get(code)

    def person(self, code: str, day: date) -> CommuneYear | None:
        """The row of a commune in force on a day, else the last one before; None before any."""
        rows = [row for row in self._of_code.get(code, ()) if row.first_day <= day]
        return next((row for row in rows if row.in_force(day)), rows[-1] if rows else None)

    def owner(self, rows: Sequence[CommuneYear]) -> tuple[CommuneYear, ...]:
        """The rows of who owes the fee of a commune of the year: its own, or its heir's."""
        first = rows[0]
        debtor = self.debtor(first.code_insee, first.year) or first
        return self._by_commune[first.year][debtor.code_insee]


def merger(row: CommuneYear, heir: CommuneYear) -> str:
    """« Champoux (réunie à Saône depuis le 1er juillet 2025) »."""
    since = None if row.end is None else row.end + timedelta(days=1)
    return french.merged(row.name, heir.name, row.year, since)


def disjoint(rows: Sequence[CommuneYear]) -> bool:
    """Whether the periods of a commune's rows are disjoint."""
    ordered = sorted(rows, key=lambda row: row.first_day)
    return all(before.last_day < after.first_day for before, after in pairwise(ordered))
