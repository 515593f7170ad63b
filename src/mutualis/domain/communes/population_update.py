"""A year's legal populations put into communes.csv: rows that come or change, who is gone."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.communes.movements import Movement
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import count, number
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.value import Struct, field


class ChangeKind(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    SAME = "unchanged"
    KEPT = "kept"


class RowChange(Struct, frozen=True):
    """A row of the year as it will be.

    `origin` is the row it comes from: of the year before when it is added, else itself as it
    was; None for a commune that the year before did not know. A row that is `KEPT` has
    figures that INSEE's file cannot give.
    """

    kind: ChangeKind
    row: CommuneYear
    origin: CommuneYear | None


class Gone(Struct, frozen=True):
    """A commune of the year before without a row; `listed` when INSEE still counts it apart, `told`
    when a file says into which it has merged. One that has left the body, or was split, has no
    `successor`: its `departure` says so."""

    commune: CommuneYear
    successor: str
    listed: LegalPopulation | None
    told: bool
    departure: Movement | None = None


class PopulationUpdate(Struct, frozen=True):
    """`before` are the last rows of the year before, by the code that their communes bear now,
    and `listed` INSEE's figures, by code. `same_as` are the other years whose rows have these very
    figures, with how many communes: the file may be of that year."""

    year: int
    before: Mapping[str, CommuneYear]
    changes: tuple[RowChange, ...]
    gone: tuple[Gone, ...]
    listed: Mapping[str, LegalPopulation]
    same_as: Mapping[int, int] = field(default_factory=dict)

    def of_kind(self, kind: ChangeKind) -> tuple[RowChange, ...]:
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def moved(self) -> bool:
        """Whether anything is to be written."""
        return any(change.kind in (ChangeKind.ADDED, ChangeKind.UPDATED) for change in self.changes)

    @property
    def to_complete(self) -> tuple[CommuneYear, ...]:
        """The communes that the year before did not know: their level is empty."""
        return tuple(change.row for change in self.changes if change.origin is None)

    @property
    def without_siren(self) -> tuple[CommuneYear, ...]:
        """The communes made anew, whose SIREN nobody has given: they begin without one."""
        return tuple(
            change.row
            for change in self.of_kind(ChangeKind.ADDED)
            if not change.row.siren and (change.origin is None or change.origin.siren)
        )

    @property
    def recoded(self) -> tuple[tuple[CommuneYear, str], ...]:
        """The communes that come under a new code, each with the old one."""
        return tuple(
            (change.row, change.origin.code_insee)
            for change in self.changes
            if change.origin is not None and change.origin.code_insee != change.row.code_insee
        )

    @property
    def successors(self) -> tuple[CommuneYear, ...]:
        """The rows of the communes that others have joined."""
        codes = {gone.successor for gone in self.gone}
        rows = {change.row.code_insee: change.row for change in self.changes}
        return tuple(row for code, row in rows.items() if code in codes)

    @property
    def renamed(self) -> tuple[tuple[CommuneYear, str], ...]:
        """The communes that INSEE names otherwise; the officer's spelling stays."""
        rows = {change.row.code_insee: change.row for change in self.changes}
        return tuple(
            (row, self.listed[code].name)
            for code, row in rows.items()
            if code in self.listed and fold(self.listed[code].name) != fold(row.name)
        )

    def warnings(self) -> Iterator[Problem]:
        """What the figures suggest: a file of another year, a merger INSEE has not counted yet."""
        for year, same in self.same_as.items():
            facts = {
                "count": count(same, "commune"),
                "year": str(self.year),
                "before": str(year),
            }
            file = next(iter(self.listed.values())).source.file
            yield Problem("N07", Source(file), facts)
        for gone in self.gone:
            heir = self.listed.get(gone.successor)
            if gone.listed is not None and heir is not None:
                facts = {
                    "commune": gone.commune.name,
                    "population": number(gone.listed.municipal),
                    "successor": f"{heir.name} ({heir.code_insee})",
                    "successor_population": number(heir.municipal),
                    "year": str(self.year),
                }
                yield Problem("N08", gone.listed.source, facts)
