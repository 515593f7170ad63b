"""The notice of unit costs, made known to the beneficiaries before the budget (D. 5211-16)."""

from datetime import date
from typing import Any

from mutualis.documents.paper.page import Page
from mutualis.documents.wording import citations, parties
from mutualis.domain.costs.cost import CostRow
from mutualis.domain.costs.unit_cost import UnitCost, UnitCosts
from mutualis.domain.french import interventions as words
from mutualis.domain.french.typography import euros, long_date, number
from mutualis.domain.issuer.issuer import Issuer

_BASIS = (
    "Le coût unitaire de fonctionnement est la somme des charges du service (personnel, "
    "fournitures, coût de renouvellement des biens, contrats de services rattachés), divisée par "
    "le nombre d'unités de fonctionnement, ici la demi-journée d'agent (article D. 5211-16 du code "
    "général des collectivités territoriales). Il est arrondi au centime, le "
    "demi-centime vers le haut."
)


def notice_page(found: UnitCosts, issuer: Issuer, day: date) -> Page:
    """One page for all beneficiaries: the costs, then each with its terms and their vintages."""
    heading = f"Coûts unitaires {found.year}"
    name = issuer.name
    texts = {
        "issuer": {"name": name, "lines": parties.issuer_block(issuer)},
        "watermark": parties.marked(issuer, ""),
        "footer": parties.marked(issuer, f"{name} - {heading} - {long_date(day)}"),
        "heading": heading,
        "made": f"Fait le {long_date(day)}",
        "subject": "Objet : coûts unitaires des services mutualisés, portés à la connaissance des "
        f"communes bénéficiaires avant l'adoption du budget {found.year}",
        "grounds": [_BASIS, _vintages(found), *citations.regime(issuer), *_examples(found)],
        "articles": [_summary(found), *(_detail(line) for line in found.lines)],
    }
    return Page("unit_costs", heading, name, day, texts)


def _vintages(found: UnitCosts) -> str:
    if found.accounts is None:
        return f"Chiffres du budget {found.year} : aucun compte n'est encore clos."
    return (
        f"Chiffres des comptes {found.accounts}, les derniers clos, remplacés un à un par ceux du "
        f"budget {found.year} là où il les modifie ; chaque terme dit le sien."
    )


def _examples(found: UnitCosts) -> list[str]:
    is_example = any(row.is_example for row in found.rows)
    return ["EXEMPLE : ces coûts sont inventés."] if is_example else []


def _summary(found: UnitCosts) -> dict[str, Any]:
    rows = [
        [
            line.directorate,
            line.category,
            "sans coût" if line.published is None else euros(line.published),
        ]
        for line in found.lines
    ]
    columns = (("Direction", "left"), ("Catégorie", "left"), ("Coût d'une demi-journée", "right"))
    return _part("Le coût d'une demi-journée", columns, [22, 46], rows)


def _detail(line: UnitCost) -> dict[str, Any]:
    """The terms of a unit cost, and their quotient."""
    rows = [
        [row.nature.value, words.vintage(row.year, row.vintage.value), _figure(row)]
        for row in line.rows
    ]
    if line.published is None:
        total = ["Pas de coût unitaire", "", ""]
        notes = [] if line.missing is None else [f"{words.why_no_cost(line.missing.value)}."]
    else:
        total = ["Coût d'une demi-journée", "", euros(line.published)]
        calculation = f"{euros(line.charges)} : {number(line.half_days)} demi-journées"
        notes = [f"{calculation} = {euros(line.published)}."]
    columns = (("Terme", "left"), ("Chiffre", "left"), ("Montant ou unités", "right"))
    title = f"{line.directorate}, catégorie {line.category}"
    return {**_part(title, columns, [40, 40], rows), "total": total, "notes": notes}


def _figure(row: CostRow) -> str:
    return euros(row.amount) if row.nature.is_charge else f"{number(row.half_days)} demi-journées"


def _part(
    title: str, columns: tuple[tuple[str, str], ...], widths: list[int], rows: list[list[str]]
) -> dict[str, Any]:
    return {
        "title": title,
        "texts": [],
        "columns": [{"title": name, "side": side} for name, side in columns],
        "widths": widths,
        "rows": rows,
        "total": [],
        "notes": [],
    }
