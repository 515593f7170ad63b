"""A commune at another level from a day on: which rows of communes.csv change, which one comes."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.population_update import ChangeKind, RowChange
from mutualis.domain.french import communes as french
from mutualis.domain.french.typography import long_date
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.value import replace


def plan_level(
    communes: Communes, code: str, level: str, day: date, act: str
) -> tuple[RowChange, ...]:
    """The row in force on the day is cut there, unless the day is its first; the rows after it
    follow, up to one of another level, which another act decided. "" is no level any more.

    Raises Refusal where no row is in force that day, or where it is at that level already.
    """
    rows = [row for row in communes.rows if row.code_insee == code]
    current = next((row for row in rows if row.year == day.year and row.in_force(day)), None)
    if current is None:
        raise Refusal("data.level_without_row", code=code, day=long_date(day), year=day.year)
    if current.level == level:
        told = level or french.NO_LEVEL
        raise Refusal("data.level_already", commune=current.name, level=told, day=long_date(day))
    later = sorted((row for row in rows if row.first_day > day), key=lambda row: row.first_day)
    return (*_cut(current, level, day, act), *_followed(later, current.level, level, act))


def _cut(row: CommuneYear, level: str, day: date, act: str) -> Iterator[RowChange]:
    """The row up to the day before, then at the other level from the day on."""
    if row.first_day == day:
        yield RowChange(ChangeKind.UPDATED, _at(row, level, act), row)
        return
    yield RowChange(ChangeKind.UPDATED, replace(row, end=day - timedelta(days=1)), row)
    yield RowChange(ChangeKind.ADDED, replace(_at(row, level, act), start=day), row)


def _followed(
    rows: Sequence[CommuneYear], before: str, level: str, act: str
) -> Iterator[RowChange]:
    for row in rows:
        if row.level != before:
            return
        yield RowChange(ChangeKind.UPDATED, _at(row, level, act), row)


def _at(row: CommuneYear, level: str, act: str) -> CommuneYear:
    return replace(row, level=level, level_source=act, level_day=None)


def applied(communes: Communes, changes: Sequence[RowChange]) -> Communes:
    """The communes as the changes make them."""
    gone = [change.origin for change in changes if change.kind is ChangeKind.UPDATED]
    kept = [row for row in communes.rows if not any(row is origin for origin in gone)]
    rows = (*kept, *(change.row for change in changes))
    return Communes.of(rows, communes.file, communes.movements)
