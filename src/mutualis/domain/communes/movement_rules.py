"""What movements of communes say against one another."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from mutualis.domain.communes.movements import (
    OF_THE_BODY,
    Movement,
    MovementKind,
    Movements,
    becomes,
    by_code_before,
    heir_on_the_day,
)
from mutualis.domain.french.typography import short_date
from mutualis.domain.problems.problem import Problem


def contradictions(movements: Movements) -> Iterator[Problem]:
    """Communes that move after they ceased, become two at once or turn in a circle; restored
    ones that existed. A commune that is split is no contradiction, though it has no heir."""
    own = [row for row in movements.rows if row.kind not in OF_THE_BODY]
    for _, rows in groupby(own, key=lambda row: row.day):
        today = list(rows)
        for row in today:
            yield from _after_it_ceased(movements, today, row)
            yield from _restored_in_vain(movements, today, row)
        for code in dict.fromkeys(row.code_before for row in today):
            yield from _two_at_once(today, code)


def _after_it_ceased(
    movements: Movements, today: Sequence[Movement], row: Movement
) -> Iterator[Problem]:
    code = row.code_before
    ceased = movements.ceased(code, row.day - timedelta(days=1))
    is_back = any(other.code_after == code != other.code_before for other in today)
    if ceased is not None and not is_back:
        facts = {
            "code": _named(code, row.name_before),
            "day": short_date(ceased.day),
            "line": str(ceased.source.line),
        }
        yield Problem("M05", row.source, facts)


def _restored_in_vain(
    movements: Movements, today: Sequence[Movement], row: Movement
) -> Iterator[Problem]:
    """What is known of the code before is what an earlier movement says of it, or one of today."""
    code, eve = row.code_after, row.day - timedelta(days=1)
    if row.kind is not MovementKind.RESTORED or row.code_before == code:
        return
    earlier = [r for r in movements.rows if r.day <= eve and code in (r.code_before, r.code_after)]
    leaves = any(r.code_before == code != r.code_after for r in today)
    if earlier and not leaves and movements.exists(code, eve):
        facts = {"code": _named(code, row.name_after), "line": str(earlier[-1].source.line)}
        yield Problem("M07", row.source, facts)


def _two_at_once(today: Sequence[Movement], code: str) -> Iterator[Problem]:
    """A commune that stays and becomes another, or becomes two by movements of two kinds."""
    leaving: list[Movement] = []
    for kind in MovementKind:
        after = becomes(by_code_before(today), code, kind)
        own = [row for row in today if row.kind is kind and row.code_before == code]
        if code in after and kind is not MovementKind.RESTORED:
            leaving.extend(own if len(after) > 1 else ())
        elif code not in after and own:
            leaving.append(own[0])
    ends = {row.code_after: row for row in leaving}
    if len(ends) > 1:
        one, other = list(ends.values())[:2]
        facts = {
            "day": short_date(one.day),
            "code": _named(code, one.name_before),
            "one": _named(one.code_after, one.name_after),
            "other": _named(other.code_after, other.name_after),
            "line": str(one.source.line),
        }
        yield Problem("M06", other.source, facts)
    elif leaving and _turns(today, code):
        facts = {"day": short_date(leaving[0].day), "code": _named(code, leaving[0].name_before)}
        yield Problem("M08", leaving[0].source, facts)


def _turns(today: Sequence[Movement], code: str) -> bool:
    """Whether the movements of the day bring a commune that leaves back to its code."""
    others = by_code_before(row for row in today if row.code_before != code)
    return any(
        heir_on_the_day(others, after) == code
        for kind in MovementKind
        for after in becomes(by_code_before(today), code, kind) - {code}
    )


def _named(code: str, name: str) -> str:
    return f"{name} ({code})" if name else code
