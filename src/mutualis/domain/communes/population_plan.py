"""The rows of a year from those of the year before, the movements and INSEE's figures.

INSEE's file says how many people live in a commune; the rest of a row (level, settlement, address…)
is what the officer wrote for the year before, under its new code where a movement gives it one. A
commune that INSEE does not list any more has merged: a movement, or the officer, says into which.
Nobody is asked about one that has left the body, or that a movement says the end of.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.legal_population import LegalPopulation
from mutualis.domain.communes.movements import OF_THE_BODY, Movement, MovementKind, Movements
from mutualis.domain.communes.population_answers import (
    Answers,
    check_gone,
    check_merged,
    check_sirens,
)
from mutualis.domain.communes.population_update import (
    ChangeKind,
    Gone,
    PopulationUpdate,
    RowChange,
)
from mutualis.domain.value import replace

FEWEST = 3  # communes whose figures may all stay the same by chance
_ByCode = Mapping[str, CommuneYear]
_Present = Mapping[str, tuple[CommuneYear, ...]]


def known_codes(communes: Communes, year: int, movements: Movements) -> set[str]:
    """The communes of the year and of the year before, and those that have come of them."""
    rows = [row for row in communes.rows if row.year in (year - 1, year)]
    codes = {row.code_insee for row in rows}
    heirs = {
        movements.heir(row.code_insee, row.first_day, day)
        for row in rows
        for day in (date(year, 1, 1), date(year, 12, 31))
    }
    return codes | {heir for heir in heirs if heir is not None} | _restored(codes, year, movements)


def plan_update(
    communes: Communes,
    listed: Mapping[str, LegalPopulation],
    year: int,
    answers: Answers,
    movements: Movements,
) -> PopulationUpdate:
    """The rows of `year` from those of the year before, the movements and INSEE's figures.

    Raises Refusal when a commune has disappeared and nobody says where to, or when an answer is
    about no commune.
    """
    before = _before(communes, listed, year, movements)
    present = {rows[0].code_insee: rows for rows in communes.by_commune(year)}
    check_merged(answers.merged, {**before, **{c: r[-1] for c, r in present.items()}}, listed)
    departed = _departed(before, {*present, *answers.merged}, year, movements)
    staying = {code: row for code, row in before.items() if code not in departed}
    known = _mergers(staying, present, listed, year, movements)
    merged = {**known, **answers.merged}
    _check_gone(staying, present, listed, merged, year, movements)
    gone = tuple(
        Gone(row, merged.get(code, ""), listed.get(code), code in known, left)
        for code, row in before.items()
        if (left := departed.get(code)) or (code in merged and code not in present)
    )
    absent = {item.commune.code_insee for item in gone}
    born = set(merged.values()) | _restored({*before, *present}, year, movements)
    new = {code for code in born if code in listed and code not in before}
    check_sirens(answers, {*before, *present, *new} - absent, year)
    changes: list[RowChange] = []
    for code in sorted({*before, *present, *new} - absent):
        found, siren = listed.get(code), answers.sirens.get(code)
        if code in present:
            changes.extend(_updated(present[code], found, siren, movements))
        elif found is not None and code in before:
            changes.append(_carried(before[code], year, found, siren, movements))
        elif found is not None:
            changes.append(_added(year, found, siren))
    same_as = {
        other: same
        for other in communes.years
        if other != year and (same := _all_the_same(communes, other, listed))
    }
    return PopulationUpdate(year, before, tuple(changes), gone, listed, same_as)


def _before(
    communes: Communes, listed: Mapping[str, LegalPopulation], year: int, movements: Movements
) -> _ByCode:
    """The last row of each commune of the year before, by its code of the year."""
    rows = sorted((rows[-1] for rows in communes.by_commune(year - 1)), key=lambda r: r.first_day)
    found = {_code_now(row, year, movements, listed): row for row in rows}
    return {code: found[code] for code in sorted(found)}


def _departed(
    before: _ByCode, others: Collection[str], year: int, movements: Movements
) -> dict[str, Movement]:
    """How those that left the body, or were split without an heir, came to be no member."""
    found = {}
    for code, row in before.items():
        move = _left(row, year, movements)
        if move is None and _heir(row, year, movements) is None:
            move = movements.split(row.code_insee, row.first_day)
        if move is not None and code not in others:
            found[code] = move
    return found


def _left(row: CommuneYear, year: int, movements: Movements) -> Movement | None:
    """The movement by which the commune of a row left the body, unless it has come back."""
    own = [
        move
        for move in movements.rows
        if move.kind in OF_THE_BODY
        and row.first_day < move.day <= date(year, 1, 1)
        and movements.heir(row.code_insee, row.first_day, move.day)
        == (move.code_before or move.code_after)
    ]
    return own[-1] if own and own[-1].kind is MovementKind.LEFT else None


def _restored(codes: Collection[str], year: int, movements: Movements) -> set[str]:
    """The communes restored from one of those since the year before began."""
    return {
        move.code_after
        for move in movements.rows
        if move.kind is MovementKind.RESTORED
        and move.code_before in codes
        and date(year - 1, 1, 1) < move.day <= date(year, 1, 1)
    }


def _mergers(
    before: _ByCode,
    present: _Present,
    listed: Mapping[str, LegalPopulation],
    year: int,
    movements: Movements,
) -> dict[str, str]:
    """The successors that movements give, where INSEE's file has them already; it may be ahead of
    a merger of the year."""
    found = {}
    for code, row in before.items():
        is_ahead = code not in listed and code not in present
        until = date(year, 12, 31) if is_ahead else date(year, 1, 1)
        heir = movements.heir(row.code_insee, row.first_day, until)
        if heir is not None and heir in listed and heir != code:
            found[code] = heir
    return found


def _check_gone(
    before: _ByCode,
    present: _Present,
    listed: Mapping[str, LegalPopulation],
    merged: Mapping[str, str],
    year: int,
    movements: Movements,
) -> None:
    """Raises Refusal for whoever has disappeared, but for typed rows of restored communes, which
    INSEE's figures may be older than, and for those that a movement of the year ends."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    restored = {m.code_after for m in movements.rows if m.kind is MovementKind.RESTORED}
    asked = {c: rows for c, rows in present.items() if c in before or c not in restored}
    leaving = {code for code in present if movements.heir(code, first, last) != code}
    check_gone(before, asked, listed, merged, year, leaving)


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


def _all_the_same(communes: Communes, year: int, listed: Mapping[str, LegalPopulation]) -> int:
    """How many communes have in a year the very figures of the file; 0 when one differs, or when
    they are too few to tell."""
    last = [rows[-1] for rows in communes.by_commune(year) if rows[0].code_insee in listed]
    is_same = all(_same_figures(row, listed[row.code_insee]) for row in last)
    return len(last) if is_same and len(last) >= FEWEST else 0


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
        new = replace(new, siren="", siret="", service_code="", commitment="", debtor_code="")
    return RowChange(ChangeKind.ADDED, _with_figures(new, found, siren), row)


def _updated(
    rows: tuple[CommuneYear, ...],
    found: LegalPopulation | None,
    siren: str | None,
    movements: Movements,
) -> Iterator[RowChange]:
    """The rows that the year already has; one that a movement of the year begins is kept."""
    first = date(rows[0].year, 1, 1)
    begun = {(move.code_after, move.day) for move in movements.rows if move.day > first}
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
