"""Whether the register has an accepted quote for what was done as a mission."""

from collections import Counter
from collections.abc import Iterable, Iterator

from mutualis.domain.interventions import Intervention
from mutualis.domain.missions import Mission, Missions
from mutualis.domain.problems import Problem
from mutualis.domain.serving import Served
from mutualis.domain.typography import count, long_date
from mutualis.domain.works import in_words, totals


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
