"""Who owes the fees of a year on a day: the rows priced together, and the legal person behind.

A fee is priced as of its own year, but a claim is made out to who exists on the day it is issued:
a merger of the next 1 January moves no amount, only who owes it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from mutualis.domain.communes.communes import Communes, CommuneYear
from mutualis.domain.communes.movements import Movement, MovementKind, Movements
from mutualis.domain.value import Struct, field, replace

_Rows = tuple[CommuneYear, ...]
_DAY = timedelta(days=1)


class Group(Struct, frozen=True):
    """Rows of a year priced together, those of the commune that remains last, and who owes them."""

    rows: _Rows
    debtor: CommuneYear

    @property
    def row(self) -> CommuneYear:
        """The last row of the commune that is billed."""
        return self.rows[-1]

    def is_of(self, codes: Collection[str]) -> bool:
        """Whether one of the codes asks for it."""
        return self.debtor.code_insee in codes or any(row.code_insee in codes for row in self.rows)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it may be asked for by."""
        return frozenset((*(row.code_insee for row in self.rows), self.debtor.code_insee))


class Known(Struct, frozen=True):
    """What communes have become, as known on a day of a year's billing."""

    day: date
    movements: Movements = field(default_factory=Movements)

    @classmethod
    def of(cls, communes: Communes, year: int, day: date | None = None) -> "Known":
        """By default as at the end of the year; a year that has not begun, as on its 1 January."""
        last = date(year, 12, 31)
        return cls(max(day or last, date(year, 1, 1)), communes.movements)

    def learned_late(self, code: str, year: int) -> str:
        """What a commune that a year was billed for has become, whatever its rows now say: one
        gone on 1 January of that year too, if its document did not know it."""
        return self.movements.heir(code, date(year - 1, 12, 31), self.day) or code

    def group(self, code: str, year: int) -> str:
        """The code that owes, for a year, what is billed to a code."""
        last = min(self.day, date(year, 12, 31))
        return self.movements.heir(code, date(year, 1, 1), last) or code

    def used(self, codes: Collection[str], since: date) -> tuple[Movement, ...]:
        """The movements, from a day on, of the codes and of all that they are linked to."""
        rows = [row for row in self.movements.rows if since <= row.day <= self.day]
        linked, before = {*codes}, 0
        while len(linked) > before:  # a chain of mergers goes through communes without a row
            before = len(linked)
            for row in rows:
                ends = {row.code_before, row.code_after} - {""}
                if not ends.isdisjoint(linked):
                    linked |= ends
        return tuple(
            row for row in rows if not {row.code_before, row.code_after}.isdisjoint(linked)
        )


def groups_of(communes: Communes, year: int, day: date) -> Sequence[Group]:
    """The groups of a year as known on `day`, in INSEE-code order of the commune billed.

    A year that has not begun is known as on its 1 January. Movements after that day do not
    count, nor the rows that they begin; rows that they end go on.
    """
    known = max(day, date(year, 1, 1))
    found: Sequence[Group] | None = communes.groups_found.get((year, known))
    if found is None:
        found = communes.groups_found[year, known] = tuple(_groups(communes, year, known))
    return found


def _groups(communes: Communes, year: int, known: date) -> Iterator[Group]:
    moves = communes.movements
    last = min(known, date(year, 12, 31))
    own = rows_known(communes, year, known)
    for remaining, codes in sorted(moves.groups(own, year, last).items()):
        rows = tuple(row for code in codes for row in own[code])
        heir = moves.heir(remaining, last, known) or remaining
        yield Group(rows, person(communes, rows[-1], heir, known))


def rows_known(communes: Communes, year: int, day: date) -> Mapping[str, _Rows]:
    """The rows of a year by INSEE code, without what movements after `day` do to them.

    A commune that a movement to come touches, whether or not it survives, goes on as it is: the row
    that the movement ends runs to the end of the year, and those that follow do not count.
    """
    rows = {own[0].code_insee: own for own in communes.by_commune(year)}
    touched: dict[str, date] = {}
    for move in communes.movements.rows:  # by day: the first one to come counts
        if day < move.day <= date(year, 12, 31):
            for code in (move.code_before, move.code_after):
                touched.setdefault(code, move.day)
    known = {
        code: _up_to(touched[code], own) if code in touched else own for code, own in rows.items()
    }
    return {code: own for code, own in known.items() if own}


def _up_to(day: date, rows: _Rows) -> _Rows:
    """The rows of a commune begun before a movement, the one that it ends going on."""
    kept = tuple(row for row in rows if row.first_day < day)
    if not kept or kept[-1].last_day + _DAY != day:
        return kept
    return (*kept[:-1], replace(kept[-1], end=None))


def person(communes: Communes, row: CommuneYear, code: str, day: date) -> CommuneYear:
    """The legal person that `code` is on a day: the row in force, else the last known one.

    One made since its last row has no SIREN yet, nor one that no row knows: `row` is of a commune
    that has become it.
    """
    known = communes.person(code, day)
    if known is not None:
        made = _made(communes.movements, code, known.first_day, day)
        return _as_billed(known, row) if made is None else _without_number(known, made)
    into = [m for m in communes.movements.into(code) if m.day <= day and m.code_before != code]
    if not into or row.code_insee == code:  # nothing but what is claimed tells who it is
        return row
    last = into[-1]
    if last.kind is not MovementKind.NEW_CODE:
        return _without_number(replace(row, address="", postal_code="", city=""), last)
    before = person(communes, row, last.code_before, last.day - _DAY)
    return replace(before, code_insee=code, name=last.name_after)


def owing(communes: Communes, row: CommuneYear, day: date, until: date) -> CommuneYear:
    """The person that owes on the day `until` what `row` owed on `day`."""
    heir = communes.movements.heir(row.code_insee, day, until) or row.code_insee
    return person(communes, row, heir, until)


def is_misnumbered(claimed: CommuneYear, now: CommuneYear, known: Known) -> bool:
    """Whether a claim was made out under a SIREN that its commune never left for another: nothing
    says that it became another person, so that the one on the claim was wrong."""
    return (
        claimed.code_insee == now.code_insee
        and now.siren not in ("", claimed.siren)
        and _made(known.movements, claimed.code_insee, claimed.first_day, known.day) is None
    )


def is_same_person(one: CommuneYear, other: CommuneYear) -> bool:
    """Whether two rows name the same legal person, at the same address."""
    return _identity(one) == _identity(other)


def _identity(row: CommuneYear) -> tuple[str, ...]:
    return (
        row.code_insee,
        row.name,
        row.siren,
        row.siret,
        row.service_code,
        row.commitment,
        row.address,
        row.postal_code,
        row.city,
    )


def _as_billed(known: CommuneYear, row: CommuneYear) -> CommuneYear:
    """The person as its row says, with the billed year's own commitment: it is given by year."""
    is_same = (known.code_insee, known.siren) == (row.code_insee, row.siren)
    if not is_same or row.commitment in ("", known.commitment):
        return known
    return replace(known, commitment=row.commitment)


def _without_number(row: CommuneYear, made: Movement) -> CommuneYear:
    return replace(
        row,
        code_insee=made.code_after,
        name=made.name_after,
        siren="",
        siret="",
        service_code="",
        commitment="",
        debtor_code="",
    )


def _made(movements: Movements, code: str, since: date, day: date) -> Movement | None:
    """The movement that makes a new person of that code after one day and up to another; the
    commune that another is restored from survives."""
    rows = [
        move
        for move in movements.into(code)
        if since < move.day <= day
        and (
            move.kind is MovementKind.NEW_COMMUNE
            or (move.kind is MovementKind.RESTORED and move.code_before != code)
        )
    ]
    return rows[-1] if rows else None
