"""The French of a batch: its workbook's levels, the year before, regularisations; its print."""

from collections.abc import Sequence

from mutualis.documents.wording.invoices import REGULARISED
from mutualis.domain.changes.change import Changes
from mutualis.domain.french import memberships as french
from mutualis.domain.french.typography import count, signed_euros
from mutualis.domain.issuing.regularisation import Regularisation
from mutualis.domain.issuing.year_on_year import YearOnYear
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.money import ZERO

OPEN_REGULARISED = "Ouvrir la feuille des régularisations"


def by_level_title(plan: BillingPlan, *, alone: bool) -> str:
    """`alone` tells that the year has nothing else than what the plan invoices."""
    if plan.issue is None:
        what = "À facturer" if alone else "Facturé et à facturer"
        return f"{what} pour {plan.year}, par niveau"
    return f"Facturé pour {plan.year}, par niveau, à la clôture de ce lot"


def of_this_batch(plan: BillingPlan) -> str:
    """What this batch invoices, where the year has other invoices or corrections."""
    return f"Dans ce lot : {count(len(plan.invoices), 'facture')}"


def regularised(documents: Sequence[Regularisation]) -> str:
    """How many documents of accounts that had one already, and what they come to."""
    amount = signed_euros(sum((document.item.amount for document in documents), ZERO))
    return (
        f"{count(len(documents), 'document')}, {amount} : détail dans la feuille « {REGULARISED} »"
    )


def to_print(issuer: str, documents: int) -> str:
    """The title of the one PDF that holds them all."""
    return f"{issuer} - {count(documents, 'document')} à imprimer"


def compared_title(compared: YearOnYear) -> str:
    return f"Par niveau, {compared.year - 1} et {compared.year}"


def year_on_year(compared: YearOnYear) -> str:
    """What the two years that are compared are, or why they are not."""
    before, after = compared.year - 1, compared.year
    if not compared.levels and compared.changes is not None:
        return (
            f"Le registre n'a rien de {before} pour ce lot : ce qui en était dû est calculé avec "
            "les données de cette année-là."
        )
    if not compared.levels:
        why = compared.missing or f"le registre n'a rien de {before} pour ce lot"
        return f"Pas de comparaison avec {before} : {why}."
    issued = "émis d'après le registre, avoirs déduits"
    if compared.after_is_issued:
        return f"{before} et {after} : {issued}, à la clôture de ce lot. Factures et retenues."
    first = issued if compared.before_is_issued else "calculé avec les données de cette année-là"
    return f"{before} : {first}. {after} : ce classeur. Factures et retenues sur AC."


def changed(changes: Changes) -> str:
    """Why what is due is not what it was, in all."""
    effects = changes.effects.by_name
    return f"Dû, {french.change(changes.year_after, changes.before, changes.after, effects)}."
