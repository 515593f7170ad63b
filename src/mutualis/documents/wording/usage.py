"""The French of the usage of a year, on the screen of a workbook and in its charts."""

from mutualis.domain.french.interventions import NO_DIRECTORATE, half_days
from mutualis.domain.french.typography import count, euros, month_name
from mutualis.domain.interventions.allocation import Served
from mutualis.domain.usage.load import DirectorateLoad
from mutualis.domain.usage.usage import Usage

SUMMARY, COMMUNES = "Synthèse", "Communes"
LOADS, QUOTAS, DETAIL, ALERTS, CONTROL = (
    "Charge",
    "Quotas",
    "Interventions",
    "À vérifier",
    "Contrôle",
)
CONTROL_INTRO = "Chaque total, recalculé par une formule : un écart se voit en rouge."
NOT_SHARED = (
    "Une adhésion ouvre tous les thèmes à la fois : les cotisations ne se répartissent ni par "
    "thème ni par direction. Seules les missions, payées sur devis, y ont une recette."
)
FIGURES = (
    "Au prix de la grille : les demi-journées faites, au prix de leur catégorie dans la grille de "
    "l'année. Au coût réel : les mêmes, au coût unitaire publié de leur direction et de leur "
    "catégorie. Payé (dû, tant que rien n'est émis) : les cotisations, pour ce qui est compris "
    "dans le niveau de chaque commune, et les missions, à part, sur devis."
)


LOAD_TITLE = "Charge des directions, par mois"
DONE, PROMISED, CAPACITY, BEYOND = "Fait", "Promis", "Capacité", "Au-dessus"
NO_CAPACITY = "Sans capacité"
LOAD = (
    "Charge : demi-journées faites (interventions) et promises (calendrier des séances publiées), "
    "toutes catégories, face à ce que data/criteria.toml dit que chaque direction peut donner aux "
    "demandes. Une promesse tient tant que sa demande n'est ni terminée ni retirée : ce qui en est "
    "déjà fait et noté compte aussi dans ce qui est fait."
)


def title(usage: Usage) -> str:
    whose = f", {usage.commune.name}" if usage.commune is not None else ""
    return f"Usage des services mutualisés {usage.year}{whose}"


def fees_from(usage: Usage) -> str:
    """Where the fees come from."""
    if usage.incomes.is_issued:
        fees = count(usage.incomes.memberships, "émise")
        text = f"Cotisations {usage.year} : {fees} au registre, nettes des avoirs"
    else:
        text = f"Cotisations {usage.year} : celles du lot en brouillon, rien n'étant émis"
    if not usage.grid.is_voted:
        text += " ; la grille est projetée"
    return f"{text}."


def paid(usage: Usage) -> str:
    """What the communes have paid, or owe as long as nothing is issued."""
    return "Payé" if usage.incomes.is_issued else "Dû"


def chart(usage: Usage, name: str) -> str:
    """The title of the chart of a table."""
    titles = {
        "level": f"Au prix de la grille et {paid(usage).lower()}, par niveau",
        "theme": "Au prix de la grille, par thème",
        "directorate": "Au prix de la grille, par direction",
    }
    return titles[name]


def to_invoice(usage: Usage) -> str:
    """What is done on quote and not invoiced; empty when there is none."""
    amount = usage.incomes.to_invoice
    if not amount:
        return ""
    return f"Fait sur devis et pas encore facturé : {euros(amount)}, hors des recettes ci-dessous."


def directorate(line: DirectorateLoad) -> str:
    return line.directorate or NO_DIRECTORATE


def beyond(usage: Usage) -> str:
    """The months above capacity, or that there is none where a directorate has a capacity."""
    if not any(line.is_calibrated for line in usage.loads):
        return ""
    found = [
        f"{directorate(line)}, {month_name(month.month)} ({month.load} pour {month.capacity})"
        for line in usage.loads
        for month in line.beyond
    ]
    if not found:
        return "Aucun mois au-dessus de la capacité."
    return f"Au-dessus de la capacité : {' ; '.join(found)}."


def uncalibrated(usage: Usage) -> str:
    """The directorates that have work and no capacity; empty when there is none."""
    found = [
        f"{directorate(line)} ({half_days(line.done + line.promised)})"
        for line in usage.loads
        if not line.is_calibrated
    ]
    if not found:
        return ""
    return f"Sans capacité dans data/criteria.toml, donc non calibré : {' ; '.join(found)}."


def paid_by(item: Served) -> str:
    """Who pays for an intervention, or that nobody does."""
    if item.on_quote:
        return "devis" if item.intervention.quote else "sans devis"
    return "adhésion" if item.is_included else "hors adhésion"


def source(item: Served) -> str:
    """Where the officer finds it again."""
    row = item.intervention
    return f"{row.origin + ', ' if row.origin else ''}ligne {row.source.line}"


def examples(usage: Usage) -> str:
    """What is said of invented data; empty when there is none."""
    invented = []
    if usage.examples:
        invented.append(count(usage.examples, "intervention"))
    if usage.example_levels:
        invented.append("niveaux d'adhésion")
    if usage.example_directorates:
        invented.append("directions")
    if usage.example_costs:
        invented.append("coûts")
    if not invented:
        return ""
    return (
        f"DONNÉES D'EXEMPLE, inventées : {', '.join(invented)}. Ces résultats ne décrivent rien de "
        "réel tant que les vraies données ne sont pas saisies."
    )
