"""Whether the register has an accepted quote for what was done as a mission."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mutualis.domain.french.missions import by_category, half_days
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import long_date, short_date
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.missions.mission import Mission, Missions
from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.problems.refusals import Fact, Reason
from mutualis.domain.quotes.work_done import totals
from mutualis.domain.services.finder import ServiceFinder
from mutualis.domain.services.service import Services


def quotes_cover(
    served: Iterable[Served],
    missions: Missions,
    rows: Iterable[Intervention],
    services: Services,
) -> Iterator[Problem]:
    """U10, where the register has no accepted quote for what was done; `rows` are of all years."""
    items = [item for item in served if item.intervention.quote]
    finder = ServiceFinder(services)
    of_quote: dict[str, list[Intervention]] = {item.intervention.quote: [] for item in items}
    for row in sorted(rows, key=lambda row: (row.day, row.source.line or 0)):
        if row.quote in of_quote:
            of_quote[row.quote].append(row)
    spent = _running_totals(of_quote)
    last = {item.intervention.quote: item for item in items}
    for item in items:
        number = item.intervention.quote
        mission = missions.by_quote.get(number)
        wrong = _why_not_covered(item, mission, finder)
        if wrong is None and mission is not None:
            wrong = _beyond_quote(item, mission, spent[item.intervention.source])
            if wrong is None and item is last[number]:
                wrong = _not_noted(mission, of_quote[number])
        if wrong is not None:
            facts = {"what": wrong.text, "how": wrong.remedy}
            yield Problem("U10", item.intervention.at("devis"), facts)


def _running_totals(of_quote: Mapping[str, Iterable[Intervention]]) -> dict[Source, int]:
    """For each row, what its category has come to on its quote, the row included."""
    found: dict[Source, int] = {}
    for rows in of_quote.values():
        done: Counter[str] = Counter()
        for row in rows:
            done[row.category] += row.half_days
            found[row.source] = done[row.category]
    return found


def _why_not_covered(item: Served, mission: Mission | None, finder: ServiceFinder) -> Reason | None:
    """Why the quote does not pay for the intervention; None when it does."""
    facts: dict[str, Fact] = {"quote": item.intervention.quote, "commune": item.commune.name}
    if mission is None:
        return Reason("usage.no_quote" if item.on_quote else "usage.no_quote_in_membership", facts)
    quote, quoted = mission.issued.quote, mission.issued.commune
    if quoted.code_insee not in item.codes:
        return Reason("usage.other_commune", facts | {"quoted": quoted.name})
    if not _is_for(mission, item, finder):
        own = {"quoted": quote.service, "service": item.name}
        return Reason("usage.other_service", facts | own)
    answer = mission.answer
    if answer is None:
        return Reason("usage.not_accepted", facts | {"until": short_date(quote.valid_until)})
    day = long_date(answer.day)
    if not answer.accepted:
        return Reason("usage.refused", facts | {"day": day})
    if item.intervention.day < answer.day:
        return Reason("usage.accepted_later", facts | {"day": day})
    closed = mission.closed
    if closed is not None and item.intervention.day > closed.day:
        return Reason("usage.closed", facts | {"day": long_date(closed.day)})
    return None


def _is_for(mission: Mission, item: Served, finder: ServiceFinder) -> bool:
    """Whether the quote is for the service that was done; one that names none is for any."""
    named = mission.issued.quote.service
    if not named:
        return True
    keys = [cells[0].key for cells in finder.meant(named)]
    if keys and item.cells:
        return item.cells[0].key in keys
    return fold(named) in (fold(item.name), fold(item.intervention.service))


def _beyond_quote(item: Served, mission: Mission, spent: int) -> Reason | None:
    """Where the half-days of a category go beyond those of the quote, with this intervention."""
    category = item.intervention.category
    committed = mission.committed.get(category, 0)
    if spent <= committed:
        return None
    facts: dict[str, Fact] = {
        "quote": mission.number,
        "commune": item.commune.name,
        "category": category,
        "done": half_days(spent),
        "committed": committed,
    }
    code = "usage.beyond_quote" if mission.closed is None else "usage.beyond_closed"
    return Reason(code, facts)


def _not_noted(mission: Mission, rows: Iterable[Intervention]) -> Reason | None:
    """Where the work noted in the register, which is what is invoiced, is another one."""
    done: Counter[str] = Counter()
    for row in rows:
        done[row.category] += row.half_days
    noted = totals(mission.works)
    if done == Counter(noted):
        return None
    facts: dict[str, Fact] = {"quote": mission.number, "done": by_category(done)}
    if not noted:
        return Reason("usage.nothing_noted", facts)
    return Reason("usage.noted_otherwise", facts | {"noted": by_category(noted)})
