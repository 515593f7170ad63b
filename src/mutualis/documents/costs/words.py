"""What the papers of unit costs say: what they are, on what they rest, how old they are."""

from collections.abc import Iterator
from datetime import date

from mutualis.documents.wording import citations
from mutualis.domain.costs.paper import CostPaper, PaperKind, is_before_budget
from mutualis.domain.costs.unit_cost import UnitCosts
from mutualis.domain.french import interventions as words
from mutualis.domain.french.typography import count, long_date
from mutualis.domain.issuer.legal import Regime

NO_COST = "sans coût"
NOT_AN_INVOICE = "Cet état n'est pas une facture : rien n'est à payer sur cette page."
_ARTICLE = "article D. 5211-16 du code général des collectivités territoriales"
_UNIT_COST = (
    "Le coût unitaire de fonctionnement est la somme des charges du service (personnel, "
    "fournitures, coût de renouvellement des biens, contrats de services rattachés), divisée par "
    "le nombre d'unités de fonctionnement, ici la demi-journée d'agent{article}. Il est arrondi au "
    "centime, le demi-centime vers le haut."
)
_RECOURSE = (
    "Chaque recours aux services est converti en unités (demi-journées d'agent) et compté au coût "
    "unitaire de sa direction et de sa catégorie{article}."
)


def heading(paper: CostPaper) -> str:
    name = "Coûts unitaires" if paper.kind is PaperKind.NOTICE else "État annuel"
    return f"{name} {paper.year}"


def subject(paper: CostPaper) -> str:
    if paper.kind is PaperKind.STATEMENTS:
        return f"Objet : recours aux services mutualisés en {paper.year}"
    known = "portés à la connaissance des communes bénéficiaires"
    before = f" avant l'adoption du budget {paper.year}" if is_before_budget(paper) else ""
    return f"Objet : coûts unitaires {paper.year} des services mutualisés, {known}{before}"


def grounds(paper: CostPaper, replaces: date | None) -> list[str]:
    """The method, how old the figures are, the texts as they are set, the day of what it replaces,
    what is invented."""
    legal = paper.issuer.legal
    # The article is that of services made available: under another regime only its method is.
    is_its_own = legal is not None and legal.regime is Regime.PROVIDED
    article = f" ({_ARTICLE})" if is_its_own else ""
    method = _UNIT_COST if paper.kind is PaperKind.NOTICE else _RECOURSE
    return [
        method.format(article=article),
        vintages(paper),
        *citations.regime(paper.issuer),
        *filter(None, (_replaced(paper, replaces), examples(paper))),
    ]


def _replaced(paper: CostPaper, replaces: date | None) -> str:
    """Empty where it is the first of its year."""
    if replaces is None:
        return ""
    what = "Ces coûts" if paper.kind is PaperKind.NOTICE else "Les états annuels"
    return f"{what} {paper.year} remplacent ceux du {long_date(replaces)}."


def vintages(paper: CostPaper) -> str:
    """Where the figures come from."""
    if paper.kind is PaperKind.STATEMENTS:
        return f"Coûts {' et '.join(kinds(paper.costs))}."
    if paper.accounts is None:
        return f"Chiffres du budget {paper.year} : aucun compte n'est encore clos."
    return (
        f"Chiffres des comptes {paper.accounts}, les derniers clos, remplacés un à un par ceux du "
        f"budget {paper.year} là où il les modifie ; chaque terme dit le sien."
    )


def kinds(costs: UnitCosts) -> Iterator[str]:
    """« définitifs 2025 », « prévisionnels 2026 »."""
    return (words.vintage(year, f"{kind.value}s") for year, kind in costs.vintages)


def examples(paper: CostPaper) -> str:
    """What is invented; empty where nothing is."""
    lines = [line for one in paper.statements for line in one.lines]
    invented = {
        "coûts": any(figure.is_example for figure in paper.figures),
        "interventions": any(line.is_example for line in lines),
        "niveaux d'adhésion": any(one.commune.is_example for one in paper.statements),
    }
    named = [name for name, is_invented in invented.items() if is_invented]
    return f"EXEMPLE, données inventées : {', '.join(named)}." if named else ""


def uncosted(half_days: int) -> str:
    """What is left out of the value of a statement; empty where nothing is."""
    if not half_days:
        return ""
    return f"Sans coût unitaire, donc hors du total : {count(half_days, 'demi-journée')}."


def made(paper: CostPaper) -> str:
    return f"Fait le {long_date(paper.act.day)}"
