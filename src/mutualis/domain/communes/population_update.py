"""A year's legal populations put into communes.csv: rows that come, rows that change, who is gone.

INSEE's file says how many people live in a commune; the rest of a row (level, settlement, address…)
is what the officer wrote for the year before, under its new code where a movement gives it one. A
commune that INSEE does not list any more has merged: a movement, or the officer, says into which.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.communes.movements import MovementKind, Movements
from mutualis.domain.communes.population_answers import (
    Answers,
    check_gone,
    check_merged,
    check_sirens,
)
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import count, number
from mutualis.domain.problems.problem import Problem, Source

FEWEST = 3  # communes whose figures may all stay the same by chance


class ChangeKind(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    SAME = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the year as it will be.

    `origin` is the row it comes from: of the year before when it is added, else itself as it
    was; None for a commune that the year before did not know. A row that is `KEPT` has
    figures that INSEE's file cannot give.
    """

    kind: ChangeKind
    row: CommuneYear
    origin: CommuneYear | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A commune of the year before without a row; `listed` when INSEE still counts it apart, `told`
    when a file says what it has become."""

    commune: CommuneYear
    successor: str
    listed: LegalPopulation | None
    told: bool


@dataclass(frozen=True, slots=True)
class PopulationUpdate:
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


def known_codes(communes: Communes, year: int, movements: Movements) -> set[str]:
    """The communes of the year and of the year before, and those that they have become."""
    rows = [row for row in communes.rows if row.year in (year - 1, year)]
    heirs = (_heir(row, year, movements) for row in rows)
    codes = {row.code_insee for row in rows}
    return codes | {heir for heir in heirs if heir is not None}


def plan_update(
    communes: Communes,
    listed: Mapping[str, LegalPopulation],
    year: int,
    answers: Answers,
    movements: Movements,
) -> PopulationUpdate:
    """The rows of `year` from those of the year before, the movements and INSEE's figures.

    Raises Refusal when a commune has disappeared and nobody says where to, or when a row needs
    what nobody has given.
    """
    last_rows = [rows[-1] for rows in communes.by_commune(year - 1)]
    before = {_code_now(row, year, movements, listed): row for row in last_rows}
    present = {rows[0].code_insee: rows for rows in communes.by_commune(year)}
    check_merged(answers.merged, {**before, **{c: r[-1] for c, r in present.items()}}, listed)
    known = _mergers(before, listed, year, movements)
    answers = replace(answers, merged={**known, **answers.merged})
    restored = {r.code_after for r in movements.rows if r.kind is MovementKind.RESTORED}
    typed = {code for code in present if code in restored and code not in before}
    first, last = date(year, 1, 1), date(year, 12, 31)
    leaving = {code for code in present if movements.heir(code, first, last) != code}
    asked = {code: rows for code, rows in present.items() if code not in typed}
    check_gone(before, asked, listed, answers, year, leaving)
    gone = tuple(
        Gone(row, heir, listed.get(code), code in known)
        for code, row in before.items()
        if code not in present and (heir := answers.merged.get(code))
    )
    left = {item.commune.code_insee for item in gone}
    heirs = {item.successor for item in gone} | set(answers.merged.values())
    new = sorted(c for c in heirs if c in listed and c not in before and c not in present)
    check_sirens(answers, {*before, *present, *new} - left, year)
    begun = {(row.code_after, row.day) for row in movements.rows if row.day > first}
    changes: list[RowChange] = []
    for code in sorted({*before, *present, *new} - left):
        found, siren = listed.get(code), answers.sirens.get(code)
        if code in present:
            changes.extend(_updated(present[code], begun, found, siren))
        elif found is not None:
            row = before.get(code)
            changes.append(
                _added(year, found, siren)
                if row is None
                else _carried(row, year, found, siren, movements)
            )
    same_as = {
        other: same
        for other in communes.years
        if other != year and (same := _all_the_same(communes, other, listed))
    }
    return PopulationUpdate(year, before, tuple(changes), gone, listed, same_as)


def _all_the_same(communes: Communes, year: int, listed: Mapping[str, LegalPopulation]) -> int:
    """How many communes have in a year the very figures of the file; 0 when one differs, or when
    they are too few to tell."""
    last = [rows[-1] for rows in communes.by_commune(year) if rows[0].code_insee in listed]
    is_same = all(_same_figures(row, listed[row.code_insee]) for row in last)
    return len(last) if is_same and len(last) >= FEWEST else 0


def _heir(row: CommuneYear, year: int, movements: Movements) -> str | None:
    """What the commune of a row has become on 1 January of the year."""
    return movements.heir(row.code_insee, row.first_day, date(year, 1, 1))


def _code_now(
    row: CommuneYear, year: int, movements: Movements, listed: Mapping[str, LegalPopulation]
) -> str:
    """The code of the same commune in the year, where INSEE's file has it: one that has joined
    another is not the same."""
    heir = _heir(row, year, movements)
    if heir is None or heir not in listed:
        return row.code_insee
    origins = movements.origins(heir, row.first_day, date(year, 1, 1))
    return heir if origins == (row.code_insee,) else row.code_insee


def _mergers(
    before: Mapping[str, CommuneYear],
    listed: Mapping[str, LegalPopulation],
    year: int,
    movements: Movements,
) -> dict[str, str]:
    """The successors that movements give, where INSEE's file has them already."""
    heirs = {code: _heir(row, year, movements) for code, row in before.items()}
    return {code: heir for code, heir in heirs.items() if heir and heir in listed and heir != code}


def _added(year: int, found: LegalPopulation, siren: str | None) -> RowChange:
    new = CommuneYear(
        year=year,
        code_insee=found.code_insee,
        name=found.name,
        siren=siren or "",
        municipal_population=found.municipal,
        total_population=found.total,
        level="",
        source=found.source,
        level_at=found.source,
    )
    return RowChange(ChangeKind.ADDED, new, None)


def _carried(
    row: CommuneYear, year: int, found: LegalPopulation, siren: str | None, movements: Movements
) -> RowChange:
    """The row of the year before; a commune nouvelle leaves the numbers of the one it replaces."""
    new = replace(row, year=year, code_insee=found.code_insee, start=None, end=None)
    if any(
        move.kind is MovementKind.NEW_COMMUNE
        and move.code_after == new.code_insee
        and row.first_day < move.day <= new.first_day
        for move in movements.rows
    ):
        new = replace(new, siren="", siret="", service_code="", commitment="")
    return RowChange(ChangeKind.ADDED, _with_figures(new, found, siren), row)


def _updated(
    rows: tuple[CommuneYear, ...],
    begun: Collection[tuple[str, date]],
    found: LegalPopulation | None,
    siren: str | None,
) -> Iterator[RowChange]:
    """The rows that the year already has; one that a movement of the year begins is kept."""
    for row in rows:
        if found is None or (row.code_insee, row.first_day) in begun:
            yield RowChange(ChangeKind.KEPT, row, row)
            continue
        new = _with_figures(row, found, siren)
        yield RowChange(ChangeKind.SAME if new == row else ChangeKind.UPDATED, new, row)


def _with_figures(row: CommuneYear, found: LegalPopulation, siren: str | None) -> CommuneYear:
    """The row with INSEE's populations and the SIREN given; a SIRET of another SIREN goes."""
    new = replace(row, municipal_population=found.municipal, total_population=found.total)
    if siren is None:
        return new
    return replace(new, siren=siren, siret=row.siret if row.siret.startswith(siren) else "")


def _same_figures(row: CommuneYear, found: LegalPopulation) -> bool:
    return (row.municipal_population, row.total_population) == (found.municipal, found.total)
