"""The French of the draft deliberation on the prices of a year."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mutualis.documents.wording.citations import legal_bases
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.french.tariffs import PRICES
from mutualis.domain.french.typography import (
    count,
    euros,
    long_date,
    month_name,
    number,
    percent,
    signed_euros,
    signed_percent,
)
from mutualis.domain.indexation.indexation import left_behind
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.proposal import Proposal
from mutualis.domain.tariffs.grid import TO_FILL_IN, Grid, IndexationRule

PROJECT = "PROJET"
BLANK = "…" * 8
HEADING = "Projet de délibération"
NUMBERED = f"Délibération n° {BLANK} du {BLANK}"
DECIDES = "L'assemblée délibérante, après en avoir délibéré, décide :"
VOTES = f"Pour : {BLANK} Contre : {BLANK} Abstentions : {BLANK}"
SIGNATURES = ("La présidence de séance", "Le secrétariat de séance")
ANNEXES = "Annexes"
NOT_BY_ITSELF = (
    "que les articles L. 112-1 et L. 112-2 du code monétaire et financier interdisent, dans les "
    "conventions, l'indexation automatique fondée sur le niveau général des prix : les tarifs "
    "suivent les prix par un vote de l'assemblée délibérante, jamais d'eux-mêmes"
)
NEXT_VOTE = (
    "Ces tarifs ne changent que par un nouveau vote de l'assemblée délibérante : aucune indexation "
    "ne s'applique d'elle-même."
)
CARRIED_OUT = "La présidente ou le président est chargé de l'exécution de la présente délibération."
SAME_ROWS = (
    "Les deux grilles sont appliquées aux mêmes communes, aux mêmes populations et aux mêmes "
    "niveaux : l'écart est l'effet des seuls tarifs."
)
ON_QUOTE = "Les missions sur devis ne sont pas comptées : elles dépendent des demandes."
_INDEX = {
    "ensemble": "ensemble des ménages, France, ensemble",
    "hors_tabac": "ensemble des ménages, France, ensemble hors tabac",
}
# The heading of each reading of the rule: the rate, then what it is applied to.
READINGS = {
    "published/exact": "Publié exact",
    "published/published": "Publié arrondi",
    "computed/exact": "Recalculé exact",
    "computed/published": "Recalculé arrondi",
    "rates_alone": "Tarifs seuls",
    "hors_tabac": "Hors tabac",
}


def subject(year: int) -> str:
    return f"Services mutualisés avec les communes : tarifs {year}"


def visas(proposal: Proposal, issuer: Issuer) -> Iterator[str]:
    """The texts it rests on, each as it is set; « à compléter » where it is not."""
    before, year = proposal.plan.before, proposal.plan.grid.year
    bases = legal_bases(issuer) or [TO_FILL_IN]
    yield f"Vu le cadre juridique des services mutualisés : {' ; '.join(bases)} ;"
    yield "Vu les articles L. 112-1 et L. 112-2 du code monétaire et financier ;"
    act = TO_FILL_IN if before.act_is_missing else before.act
    yield f"Vu l'acte qui a fixé les tarifs {before.year} : {act} ;"
    decree = "" if issuer.legal is None else issuer.legal.populations.get(year, "")
    if decree:
        yield f"Vu le texte qui authentifie les populations : {decree} ;"


def grounds(proposal: Proposal) -> Iterator[str]:
    """Why: the index, the rule, what it brings in, that prices follow by a vote alone."""
    plan, rule = proposal.plan, proposal.rule
    rate = plan.rate
    yield (
        f"Considérant que l'indice des prix à la consommation ({_INDEX[rate.series]}) a varié de "
        f"{signed_percent(rate.value)} sur un an en {month_name(rate.month)}{_level(proposal)} "
        f"(source : {rate.origin}) ;"
    )
    yield f"Considérant que {_rule(rule, plan.before.year, plan.grid)} ;"
    if plan.applied != rate.value:
        yield "Considérant que, selon cette règle, les prix ne baissent pas : zéro est appliqué ;"
    before, after = proposal.same.total, proposal.after.total
    yield (
        f"Considérant que, pour les mêmes communes, populations et niveaux, le total dû par les "
        f"communes passe de {euros(before)} à {euros(after)}, soit {signed_euros(after - before)} ;"
    )
    yield f"Considérant {NOT_BY_ITSELF} ;"


def _level(proposal: Proposal) -> str:
    """The index of the month, and that of the year before where the rate is theirs."""
    point, indices = proposal.point, proposal.plan.rate.indices
    if point is not None:
        return f", où il est de {number(point.index)} en base {point.base}"
    if not indices:
        return ""
    before, after = map(number, indices)
    return f", où il est de {after}, après {before} un an plus tôt"


def _rule(rule: IndexationRule, before: int, grid: Grid) -> str:
    """« le taux publié par l'INSEE est appliqué aux montants exacts depuis la grille 2025, … »."""
    taken = {
        "published": "le taux publié par l'INSEE",
        "computed": "le rapport non arrondi des deux indices de décembre",
    }[rule.rate]
    amounts = {
        "exact": f"aux montants non arrondis depuis la grille {rule.base_year}",
        "published": f"aux montants arrondis de la grille {before}",
    }[rule.chain]
    kinds = dict.fromkeys(price.kind for price in grid.prices() if price.kind in rule.indexed)
    roundings = ", ".join(f"{PRICES[kind]} à {euros(rule.rounding[kind])} près" for kind in kinds)
    others = ", ".join(PRICES[kind] for kind in left_behind(grid, rule))
    left = f" ; sans indexation : {others}" if others else ""
    return f"{taken} est appliqué {amounts}, chaque résultat étant arrondi : {roundings}{left}"


def prices_text(year: int) -> str:
    return f"Les tarifs des services mutualisés de l'année {year} sont fixés comme suit."


def applied_to(dataset: Dataset) -> str:
    basis = dataset.tariffs.population.value
    return (
        f"Ils s'appliquent à l'année {dataset.year}. L'adhésion est calculée sur la population "
        f"{basis} en vigueur au {long_date(date(dataset.year, 1, 1))}."
    )


def effect_notes(proposal: Proposal) -> Iterator[str]:
    """What the amounts of the annexes count, and where they come from."""
    dataset = proposal.after.dataset
    if dataset.rows_of != dataset.year:
        yield (
            f"Les communes de {dataset.year} ne sont pas encore connues : celles de "
            f"{dataset.rows_of} sont reprises, avec leurs populations et leurs niveaux."
        )
    if dataset.vat:
        yield f"Ce qui est dû est TVA comprise ({percent(dataset.vat)}) ; les tarifs sont hors TVA."
    minimum = dataset.tariffs.minimum_recovery
    if minimum:
        yield (
            f"Une créance inférieure à {euros(minimum)} n'est pas mise en recouvrement : elle "
            "compte pour zéro."
        )
    if dataset.grid.on_quote is not None:
        yield ON_QUOTE


def since(proposal: Proposal) -> str:
    """Why the total is not that of the year before, cause by cause; nothing where it is unknown."""
    past = proposal.past
    if past is None:
        return ""
    moved = [
        f"{EFFECTS[name]} {signed_euros(amount)}"
        for name, amount in proposal.effects.by_name.items()
        if amount
    ]
    change = signed_euros(proposal.after.total - past.total)
    return (
        f"De {past.year} à {proposal.after.year}, le total passe de {euros(past.total)} à "
        f"{euros(proposal.after.total)} ({change}) : {', '.join(moved) or 'sans changement'}."
    )


def free(left: int) -> str:
    """Those that owe nothing, which have no row."""
    if not left:
        return ""
    owe = "doit" if left < 2 else "doivent"
    return f"{count(left, 'autre commune', 'autres communes')} ne {owe} rien."


def readings_text(year: int) -> str:
    return (
        f"Ce que chaque lecture de la règle donnerait en {year} : le taux publié par l'INSEE ou "
        "recalculé d'après ses indices, les montants exacts ou arrondis de l'année d'avant, les "
        "tarifs par habitant seuls, l'indice hors tabac. * : autre montant que retenu."
    )


def unknown_readings(names: Mapping[str, str]) -> str:
    """Those that the index has no figure for."""
    lacking = ", ".join(names.values()).lower()
    return f"Sans chiffre de l'indice : {lacking}." if names else ""


def reading(value: Decimal | None, after: Decimal) -> str:
    if value is None:
        return ""
    return f"{'* ' if value != after else ''}{number(value)}"
