"""What the scheme says of the interventions: warnings, which never stop anything.

A membership gives some services, so often a year and so long at a time; beyond, a mission is
quoted. What was done all the same is counted, and said.
"""

from collections.abc import Iterable, Iterator, Mapping

from mutualis.domain.french.interventions import doubt
from mutualis.domain.french.missions import half_days
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.interventions.allocation import Served, same_request
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.interventions.quotas import QuotaUse
from mutualis.domain.interventions.upgrade import beyond_quota, to_join, to_quote
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.tariffs.grid import Grid


def check_served(
    served: Iterable[Served], quotas: Iterable[QuotaUse], grid: Grid
) -> Iterator[Problem]:
    """What one year's interventions go beyond, whatever the register holds."""
    items = list(served)
    yield from quotas_hold(quotas, grid)
    yield from requests_are_short(items, grid)
    for item in items:
        yield from _membership(item, grid)
    yield from rows_are_different(items)


def quotas_hold(quotas: Iterable[QuotaUse], grid: Grid) -> Iterator[Problem]:
    """U05, at each request beyond the quota."""
    for use in quotas:
        for rank, item in enumerate(use.requests[use.quota :], start=use.quota + 1):
            facts = {
                "commune": item.who,
                "rank": str(rank),
                "service": use.service.name,
                "quota": str(use.quota),
                "level": use.service.level,
                "doubt": doubt(is_uncertain=use.service.uncertain),
                "how": beyond_quota(item, grid),
            }
            yield Problem("U05", item.intervention.at("prestation"), facts)


def requests_are_short(served: Iterable[Served], grid: Grid) -> Iterator[Problem]:
    """U06, where the half-days of a request go beyond what the membership gives for one."""
    for items in same_request(served):
        level = grid.levels.get(items[0].level)
        limit = level.half_days_per_request if level is not None else None
        spent = 0
        beyond: dict[str, int] = {}
        first: Served | None = None
        for item in items:
            spent += item.half_days
            over = 0 if limit is None else min(item.half_days, spent - limit)
            if over > 0:
                first = first or item
                category = item.intervention.category
                beyond[category] = beyond.get(category, 0) + over
        if first is not None and limit is not None:
            yield _too_long(first, spent, limit, beyond, grid)


def _too_long(
    item: Served, done: int, limit: int, beyond: Mapping[str, int], grid: Grid
) -> Problem:
    """U06 at the row that goes beyond; only what does is to be quoted."""
    facts = {
        "commune": item.who,
        "service": item.name,
        "done": half_days(done),
        "limit": half_days(limit),
        "level": item.level,
        "how": to_quote(item, grid, beyond),
    }
    return Problem("U06", item.intervention.at("demi_journees"), facts)


def rows_are_different(served: Iterable[Served]) -> Iterator[Problem]:
    """U12, at a row that says the same as an earlier one."""
    seen: dict[object, Intervention] = {}
    for item in served:
        row = item.intervention
        own = (row.category, row.half_days, row.quote, row.request, row.subject)
        first = seen.setdefault((row.day, item.commune.code_insee, item.name, *own), row)
        if first is not row:
            facts = {"line": str(first.source.line)}
            yield Problem("U12", row.source, facts)


def interventions_are_real(file: str, rows: Iterable[Intervention]) -> Iterator[Problem]:
    """U11, in one warning."""
    invented = [row for row in rows if row.is_example]
    if invented:
        facts = {"count": count(len(invented), "intervention")}
        yield Problem("U11", Source(file, invented[0].source.line, field="source"), facts)


def _membership(item: Served, grid: Grid) -> Iterator[Problem]:
    """U07 to U09: what the level of the commune does not give."""
    facts = {"commune": item.who, "service": item.name}
    is_unquoted = item.on_quote and not item.intervention.quote
    if is_unquoted:
        level = grid.on_quote.code if grid.on_quote is not None else ""
        place = item.intervention.at("prestation")
        yield Problem("U09", place, {**facts, "level": level, "how": to_quote(item, grid)})
    if not item.level and (is_unquoted or not item.on_quote):
        commune = item.intervention.at("commune" if item.intervention.commune else "code_insee")
        way = to_quote(item, grid) if is_unquoted else to_join(item, grid)
        day = long_date(item.intervention.day)
        yield Problem("U07", commune, {**facts, "day": day, "how": way})
    elif not item.on_quote and not item.is_included and item.service is not None:
        own = {
            "own": item.level,
            "level": item.service.level,
            "doubt": doubt(is_uncertain=item.service.uncertain),
        }
        place = item.intervention.at("prestation")
        yield Problem("U08", place, {**facts, **own, "how": to_join(item, grid)})
