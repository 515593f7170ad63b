"""Whether the register has an accepted quote for what was done as a mission."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mutualis.domain.french.missions import by_category
from mutualis.domain.french.names import fold
from mutualis.domain.french.typography import count, long_date, short_date
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.interventions.intervention import Intervention
from mutualis.domain.missions.mission import Mission, Missions
from mutualis.domain.problems.problem import Problem, Source
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
        what, how = _why_not_covered(item, mission, finder)
        if not what and mission is not None:
            what, how = _beyond_quote(item, mission, spent[item.intervention.source])
            if not what and item is last[number]:
                what, how = _not_noted(mission, of_quote[number])
        if what:
            yield Problem("U10", item.intervention.at("devis"), {"what": what, "how": how})


def _running_totals(of_quote: Mapping[str, Iterable[Intervention]]) -> dict[Source, int]:
    """For each row, what its category has come to on its quote, the row included."""
    found: dict[Source, int] = {}
    for rows in of_quote.values():
        done: Counter[str] = Counter()
        for row in rows:
            done[row.category] += row.half_days
            found[row.source] = done[row.category]
    return found


def _why_not_covered(
    item: Served, mission: Mission | None, finder: ServiceFinder
) -> tuple[str, str]:
    """Why the quote does not pay for the intervention, and what to do; empty when it does."""
    row = item.intervention
    number, name = row.quote, item.commune.name
    if mission is None:
        return (
            f"aucun devis {number} dans le registre ({name})"
            + ("" if item.on_quote else " : cette ligne compte dans l'adhésion"),
            "corriger le numéro (mutualis quotes list) ; sans devis, en établir un",
        )
    quoted = mission.issued.commune
    if quoted.code_insee not in item.codes:
        return (
            f"le devis {number} est pour {quoted.name}, pas pour {name}",
            "corriger le numéro ou la commune (mutualis quotes list)",
        )
    if not _is_for(mission, item, finder):
        return (
            f"le devis {number} ({name}) est pour « {mission.issued.quote.service} », "
            f"pas pour « {item.name} »",
            "corriger le numéro ou la prestation (mutualis quotes list) ; sans devis pour cette "
            "prestation, en établir un : mutualis quote",
        )
    answer = mission.answer
    if answer is None:
        return (
            f"le devis {number} ({name}) n'est pas accepté",
            f"noter l'accord de la commune, au jour où il a été donné, au plus tard le "
            f"{short_date(mission.issued.quote.valid_until)} (fin de validité) : "
            f"mutualis quotes accept {number} --date JJ/MM/AAAA",
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


def _is_for(mission: Mission, item: Served, finder: ServiceFinder) -> bool:
    """Whether the quote is for the service that was done; one that names none is for any."""
    named = mission.issued.quote.service
    if not named:
        return True
    keys = [cells[0].key for cells in finder.meant(named)]
    if keys and item.cells:
        return item.cells[0].key in keys
    return fold(named) in (fold(item.name), fold(item.intervention.service))


def _beyond_quote(item: Served, mission: Mission, spent: int) -> tuple[str, str]:
    """Where the half-days of a category go beyond those of the quote, with this intervention."""
    own = item.intervention
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
        f"devis {mission.number} : {by_category(done)} dans ce fichier, "
        f"{by_category(noted) or 'rien'} au service fait du registre",
        f"mettre les deux d'accord (mutualis quotes show {mission.number}, puis quotes done) : "
        "seul le service fait est facturé",
    )
