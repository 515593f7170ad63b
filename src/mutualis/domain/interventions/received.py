"""What each commune already received: half-days of the interventions of some years."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from mutualis.domain.communes.finder import CommuneFinder
from mutualis.domain.interventions.intervention import Interventions
from mutualis.domain.interventions.lookup import commune_of
from mutualis.domain.problems.problem import Problem


def received(
    interventions: Interventions, finder: CommuneFinder, end: date, years: int
) -> tuple[Mapping[str, int] | None, list[Problem]]:
    """Half-days by INSEE code in the `years` before `end`, the first day of a month.

    Those of a commune merged by then are its successor's.
    None in a workspace without interventions. One whose commune nobody knows is a problem (U01,
    U02): left out, it would favour that commune.
    """
    if not interventions.is_given:
        return None, []
    begin = end.replace(year=end.year - years)
    half_days: Counter[str] = Counter()
    problems = []
    for row in interventions.rows:
        if begin <= row.day < end:
            found = commune_of(row, finder)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                half_days[finder.code(found, end)] += row.half_days
    return half_days, problems
