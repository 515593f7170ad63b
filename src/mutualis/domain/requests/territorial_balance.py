"""What each commune already received: half-days of the interventions of the last years."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from mutualis.domain.french.communes import UNKNOWN_OR_AMBIGUOUS
from mutualis.domain.interventions.intervention import Intervention, Interventions
from mutualis.domain.problems.problem import Problem
from mutualis.domain.requests.calendar import first_day
from mutualis.domain.requests.commune_finder import CommuneFinder


def received(
    interventions: Interventions, finder: CommuneFinder, start: str, years: int
) -> tuple[Mapping[str, int] | None, list[Problem]]:
    """Half-days by INSEE code, in the `years` before the first day of the month `start`.

    None in a workspace without interventions. One whose commune nobody knows is a problem (U01):
    left out, it would favour that commune.
    """
    if not interventions.is_given:
        return None, []
    end = first_day(start)
    begin = end.replace(year=end.year - years)
    found: Counter[str] = Counter()
    problems = []
    for row in interventions.rows:
        if begin <= row.day < end:
            code = _code(row, finder, end)
            if code is None:
                problems.append(_unknown(row))
            else:
                found[code] += row.half_days
    return found, problems


def _code(row: Intervention, finder: CommuneFinder, day: date) -> str | None:
    """The code given, where some year has it, else the one that the name means; that of the
    successor for a commune merged before `day`."""
    by_code = finder.code(row.code_insee, day) if row.code_insee else None
    return by_code or (finder.code(row.commune, day) if row.commune else None)


def _unknown(row: Intervention) -> Problem:
    facts = {
        "wanted": row.code_insee or row.commune,
        "state": UNKNOWN_OR_AMBIGUOUS,
        "year": str(row.day.year),
        "guess": "",
    }
    return Problem("U01", row.at("code_insee" if row.code_insee else "commune"), facts)
