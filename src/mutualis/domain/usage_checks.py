"""What the scheme says of the interventions: warnings, which never stop anything.

A membership gives some services, so often a year and so long at a time; beyond, a mission is
quoted. What was done all the same is counted, and said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from mutualis.domain.interventions import Intervention
from mutualis.domain.missions import Mission, Missions
from mutualis.domain.problems import Problem, Source
from mutualis.domain.quotas import QuotaUse, quota_uses
from mutualis.domain.services import Service
from mutualis.domain.serving import Served, same_request, serve
from mutualis.domain.tariffs import Grid
from mutualis.domain.typography import count, long_date
from mutualis.domain.works import in_words, totals
from mutualis.domain.workspace import Workspace


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
                "commune": use.commune.name,
                "rank": str(rank),
                "service": use.service.name,
                "quota": str(use.quota),
                "level": use.service.level,
                "doubt": _doubt(use.service),
                "how": _beyond_quota(item, grid),
            }
            yield Problem("U05", item.intervention.at("prestation"), facts)


def requests_are_short(served: Iterable[Served], grid: Grid) -> Iterator[Problem]:
    """U06, where the half-days of a request go beyond what the membership gives for one."""
    for items in same_request(served):
        level = grid.levels.get(items[0].level)
        limit = level.half_days_per_request if level is not None else None
        spent = 0
        for item in items:
            spent += item.half_days
            if limit is not None and spent > limit:
                done = sum(other.half_days for other in items)
                facts = {
                    "commune": item.commune.name,
                    "service": item.name,
                    "done": count(done, "demi-journée"),
                    "limit": count(limit, "demi-journée"),
                    "level": item.level,
                    "how": _on_quote(item, grid),
                }
                yield Problem("U06", item.intervention.at("demi_journees"), facts)
                break


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


def quotes_cover(
    served: Iterable[Served], missions: Missions, rows: Iterable[Intervention]
) -> Iterator[Problem]:
    """U10, where the register has no accepted quote for what was done; `rows` are of all years."""
    of_quote: dict[str, list[Intervention]] = {}
    for row in sorted(rows, key=lambda row: row.day):
        of_quote.setdefault(row.quote, []).append(row)
    last = {item.intervention.quote: item for item in served if item.intervention.quote}
    for item in served:
        number = item.intervention.quote
        if not number:
            continue
        mission = missions.by_quote.get(number)
        what, how = _why_not_covered(item, mission)
        if not what and mission is not None:
            what, how = _beyond_quote(item, mission, of_quote[number])
            if not what and item is last[number]:
                what, how = _not_noted(mission, of_quote[number])
        if what:
            yield Problem("U10", item.intervention.at("devis"), {"what": what, "how": how})


def interventions_hold(workspace: Workspace) -> Iterator[Problem]:
    """For `check`: every year that can be looked at, and those that cannot."""
    given, tariffs = workspace.interventions, workspace.tariffs
    for year in given.years:
        rows = given.of_year(year)
        grid = tariffs.grids.get(year)
        if grid is None or grid.on_quote is None or not workspace.communes.of_year(year):
            facts = {"count": count(len(rows), "intervention"), "year": str(year)}
            yield Problem("U13", Source(given.file, rows[0].source.line), facts)
            continue
        served, problems = serve(workspace, grid, rows)
        yield from problems
        yield from check_served(served, quota_uses(workspace, grid, served), grid)
    yield from interventions_are_real(given.file, given.rows)


def interventions_are_real(file: str, rows: Iterable[Intervention]) -> Iterator[Problem]:
    """U11, in one warning."""
    invented = [row for row in rows if row.is_example]
    if invented:
        facts = {"count": count(len(invented), "intervention")}
        yield Problem("U11", Source(file, invented[0].source.line, field="source"), facts)


def _membership(item: Served, grid: Grid) -> Iterator[Problem]:
    """U07 to U09: what the level of the commune does not give."""
    facts = {"commune": item.commune.name, "service": item.name, "how": _joining(item, grid)}
    place = item.intervention.at("prestation")
    if item.on_quote:
        if not item.intervention.quote:
            level = grid.on_quote.code if grid.on_quote is not None else ""
            yield Problem("U09", place, {**facts, "level": level, "how": _on_quote(item, grid)})
    elif not item.level:
        commune = item.intervention.at("commune" if item.intervention.commune else "code_insee")
        day = long_date(item.intervention.day)
        yield Problem("U07", commune, {**facts, "day": day})
    elif item.service is not None and item.service.level not in grid.served(item.level):
        own = {"own": item.level, "level": item.service.level, "doubt": _doubt(item.service)}
        yield Problem("U08", place, {**facts, **own})


def _on_quote(item: Served, grid: Grid) -> str:
    """The way to level 3, for the remedy of what goes beyond a membership."""
    level = grid.on_quote
    if level is None:
        return "en tenir compte avec la commune"
    category = item.intervention.category
    route = (
        f"le niveau {level.code}, sur devis : mutualis quote {item.commune.code_insee} "
        f'--line {category}:{item.half_days}:"…"'
    )
    if level.is_open_to(item.level):
        return f"pour la suite, {route}"
    return f"pour la suite, adhérer au niveau {level.requires}, qui ouvre {route}"


def _beyond_quota(item: Served, grid: Grid) -> str:
    """A membership without a quota, where there is one; else the way to level 3."""
    for cell in item.cells:
        free = grid.giving(cell.level) if cell.quota is None else ()
        if free and item.level not in free:
            return f"pour la suite, adhérer au niveau {' ou '.join(free)}, qui ne la limite pas"
    return _on_quote(item, grid)


def _joining(item: Served, grid: Grid) -> str:
    """The memberships that give the service."""
    levels = grid.giving(item.service.level) if item.service is not None else ()
    if not levels:
        return "en tenir compte avec la commune"
    return f"pour la suite, adhérer au niveau {' ou '.join(levels)}, qui la comprend"


def _doubt(service: Service) -> str:
    return " (lecture du catalogue à confirmer)" if service.uncertain else ""


def _why_not_covered(item: Served, mission: Mission | None) -> tuple[str, str]:
    """Why the quote does not pay for the intervention, and what to do; empty when it does."""
    row = item.intervention
    number, name = row.quote, item.commune.name
    if mission is None:
        return (
            f"aucun devis {number} dans le registre ({name})",
            "corriger le numéro (mutualis quotes list) ; sans devis, en établir un",
        )
    quoted = mission.issued.commune
    if quoted.code_insee not in (item.commune.code_insee, item.debtor.code_insee):
        return (
            f"le devis {number} est pour {quoted.name}, pas pour {name}",
            "corriger le numéro ou la commune (mutualis quotes list)",
        )
    answer = mission.answer
    if answer is None:
        return (
            f"le devis {number} ({name}) n'est pas accepté",
            f"noter l'accord de la commune : mutualis quotes accept {number}",
        )
    if not answer.accepted:
        return (
            f"le devis {number} ({name}) a été refusé le {long_date(answer.day)}",
            "établir un nouveau devis : mutualis quote",
        )
    if row.day < answer.day:
        return (
            f"le devis {number} ({name}) n'a été accepté que le {long_date(answer.day)}",
            "vérifier la date ; ce qui précède l'accord de la commune ne peut pas être facturé",
        )
    return "", ""


def _beyond_quote(item: Served, mission: Mission, rows: Iterable[Intervention]) -> tuple[str, str]:
    """Where the half-days of a category go beyond those of the quote, with this intervention."""
    own = item.intervention
    spent = 0
    for row in rows:
        if row.category == own.category:
            spent += row.half_days
        if row is own:
            break
    accepted = mission.accepted.get(own.category, 0)
    if spent <= accepted:
        return "", ""
    return (
        f"devis {mission.number} ({item.commune.name}), catégorie {own.category} : "
        f"{count(spent, 'demi-journée')} pour {accepted} au devis",
        "établir un autre devis pour ce qui dépasse : mutualis quote",
    )


def _not_noted(mission: Mission, rows: Iterable[Intervention]) -> tuple[str, str]:
    """Where the work noted in the register, which is what is invoiced, is another one."""
    done: Counter[str] = Counter()
    for row in rows:
        done[row.category] += row.half_days
    noted = totals(mission.works)
    if done == Counter(noted):
        return "", ""
    return (
        f"devis {mission.number} : {in_words(done)} dans ce fichier, "
        f"{in_words(noted) or 'rien'} au service fait du registre",
        f"mettre les deux d'accord (mutualis quotes show {mission.number}, puis quotes done) : "
        "seul le service fait est facturé",
    )
