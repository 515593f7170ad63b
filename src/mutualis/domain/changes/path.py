"""Why what is due changed: the same persons priced along a path from one year to the other.

Each point of the path is a set of rows and the grid and settings that price them, by the fees of
every bill: each group rounded once, nothing claimed below `minimum_recovery`. An effect is the
difference of two points that follow each other, so that the effects add up to the change, and
that crossing the minimum belongs to the effect that crosses it. From `before` to `after`:

0. the earlier year, as it is billed;
1. `full_year`: its rows of 31 December, as if they had been in force the whole year;
2. `perimeter`: the communes of the later year, and the months or days for which each is a member,
   with the level, inhabitants and settlement that they had on that 31 December. Communes merged
   since are one: it has the inhabitants of all, at the level of the one that keeps its code, else
   of the most populous. One restored since has its own, which the one that it left has lost. A
   member that had no level is at its new one, a commune that was not there has its new
   inhabitants; who is no member any more owes nothing;
3. `population`: the inhabitants of the later year, as its setting counts them, each as wealthy
   as those before;
4. `level`: its levels, each for its months or days;
5. `tariff`: its grid, its settings (proration, minimum, VAT) and its settlement;
6. `wealth`: the later year, as it is billed. Until here each level has the coefficient of the
   earlier grid, none where that has no such level, by the wealth of then.

A point where the grid gives no price (2B above 10 000 inhabitants, a level that it has not) is
left out for its person: the next effect counts for both. Two readings of one year have no point 1,
and are compared day by day.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from mutualis.domain.changes.change import Change, Changes, Effects
from mutualis.domain.changes.past import EndOfYear, Past, SameYear, counted, ends_of, resized
from mutualis.domain.changes.side import Side
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.communes.debtors import Group, groups_of
from mutualis.domain.communes.movements import Movements
from mutualis.domain.money import ZERO
from mutualis.domain.value import replace

_Persons = Mapping[str, Sequence[Group]]
_Groups = list[list[CommuneYear]]


def compare(before: Side, after: Side, only: str | None = None) -> Changes:
    """The change of what each person of either side owes; a person of the earlier side is what it
    has become on the day of the later one, by the movements of the later one. An earlier year is
    taken as it ended. `only` is the code of the one person asked for.

    Both years must be priced without an error (checks B02 and B03).
    """
    if before.year != after.year:
        before = replace(before, day=None)
    if only is not None:
        before, after = _family(before, after, only)
    earlier, later = _persons(before), _persons(after)
    heirs = _heirs(earlier, before, after)
    if only is not None:
        earlier = {code: groups for code, groups in earlier.items() if heirs[code] == only}
        later = {code: groups for code, groups in later.items() if code == only}
    billed = {code: _billed(before, groups) for code, groups in earlier.items()}
    if before.year == after.year:
        past: Past = SameYear(before)
        lasting = billed
    else:
        ends = ends_of(before)
        past = EndOfYear(before, after, ends)
        lasting = {code: _lasting(before, ends.get(code), billed[code]) for code in earlier}
    starts = _summed(heirs, billed), _summed(heirs, lasting)
    names = {heirs[code]: groups[-1].debtor.name for code, groups in earlier.items()}
    names |= {code: groups[-1].debtor.name for code, groups in later.items()}
    weighed, changes = _weighed_as(before, after), []
    for code, name in sorted(names.items()):
        start = [amounts.get(code, ZERO) for amounts in starts]
        path = [*start, ZERO]
        if code in later:
            points = _points(later[code], past, before, after)
            path = [*_priced(start, points, before, weighed), _billed(after, later[code])]
        effects = Effects(*(end - begun for begun, end in pairwise(path)))
        changes.append(Change(code, name, path[0], path[-1], effects))
    return Changes(before.year, after.year, tuple(changes))


def _family(before: Side, after: Side, code: str) -> Sequence[Side]:
    """Both sides with the communes alone that movements of either link to that of a code."""
    sides = (before, after)
    codes = Movements.of(m for side in sides for m in side.communes.movements.rows).family(code)
    return [replace(side, communes=side.communes.of_codes(codes)) for side in sides]


def _persons(side: Side) -> _Persons:
    """The groups that each person owes, its own last."""
    found: dict[str, list[Group]] = {}
    for group in groups_of(side.communes, side.year, side.known.day):
        found.setdefault(group.debtor.code_insee, []).append(group)
    return {
        code: sorted(groups, key=lambda group: group.row.code_insee == code)
        for code, groups in found.items()
    }


def _billed(side: Side, groups: Sequence[Group]) -> Decimal:
    due = side.due([group.rows for group in groups])
    if due is None:
        raise AssertionError(f"checks B02 and B03 let through {groups[-1].row.code_insee}")
    return due


def _lasting(before: Side, end: CommuneYear | None, billed: Decimal) -> Decimal:
    """Point 1, of a person: its state at the end of the year, if any, the whole year."""
    due = ZERO if end is None else before.due([[end]])
    return billed if due is None else due


def _heirs(codes: _Persons, before: Side, after: Side) -> Mapping[str, str]:
    """What the persons of the earlier year have become; one split without an heir stays itself."""
    moves, day = after.communes.movements, before.known.day
    return {code: moves.heir(code, day, after.known.day) or code for code in codes}


def _summed(heirs: Mapping[str, str], amounts: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for code, amount in amounts.items():
        found[heirs[code]] = found.get(heirs[code], ZERO) + amount
    return found


def _weighed_as(before: Side, after: Side) -> Side:
    """The later side, its levels with the coefficients of wealth of the earlier one."""
    own, grid = before.grid.levels, after.grid
    levels = {
        code: replace(level, wealth=own[code].wealth if code in own else None)
        for code, level in grid.levels.items()
    }
    grids = {**after.tariffs.grids, after.year: replace(grid, levels=levels)}
    return replace(after, tariffs=replace(after.tariffs, grids=grids))


def _points(groups: Sequence[Group], past: Past, before: Side, after: Side) -> tuple[_Groups, ...]:
    """The rows of points 2 to 5 of a person of the later year."""
    found: tuple[_Groups, ...] = ([], [], [], [])
    for group in groups:
        for own in found:
            own.append([])
        for piece in (piece for row in group.rows for piece in past.pieces(row)):
            member = _member(piece, past.of(piece), before, after)
            peopled = resized(member, after.inhabitants(piece))
            levelled, settled = peopled, peopled
            if peopled.level != piece.level:
                levelled = settled = replace(peopled, level=piece.level)
            if peopled.settlement is not piece.settlement:
                settled = replace(levelled, settlement=piece.settlement)
            for own, row in zip(found, (member, peopled, levelled, settled), strict=True):
                own[-1].append(row)
    return found


def _priced(
    start: Sequence[Decimal], points: Sequence[_Groups], before: Side, weighed: Side
) -> list[Decimal]:
    """The amounts of points 0 to 5: the last one by the later grid, the others by the earlier."""
    path = [*start]
    for rank, groups in enumerate(points, start=1):
        if rank == len(points):
            due = weighed.due(groups)
        elif rank > 1 and groups == points[rank - 2]:  # the same rows: nothing changes here
            due = None
        else:
            due = before.due(groups)
        path.append(path[-1] if due is None else due)
    return path


def _member(piece: CommuneYear, was: CommuneYear | None, before: Side, after: Side) -> CommuneYear:
    """A row of the later year, as its commune was in the earlier one: see `perimeter`. What is not
    known of then, the wealth of one or all of another, is as it is now."""
    now = counted(piece, after.inhabitants(piece))
    if was is None:
        return resized(now, before.inhabitants(piece))
    row = resized(now, was.municipal_population)
    known = was.financial_potential
    return replace(
        row,
        level=piece.level and (was.level or piece.level),
        settlement=was.settlement,
        financial_potential=row.financial_potential if known is None else known,
    )
