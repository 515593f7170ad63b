"""The French of the documents: their sentences, and the names that they share."""

from collections.abc import Sequence
from datetime import date

from mutualis.documents.wording.parties import about, concerned
from mutualis.domain.communes.communes import CommuneYear, PopulationBasis, Settlement
from mutualis.domain.french import memberships as french
from mutualis.domain.french.memberships import membership_subject, withheld_subject
from mutualis.domain.french.tariffs import levels
from mutualis.domain.french.typography import count, euros, long_date, month_name, number, percent
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, levels_and_periods
from mutualis.domain.money import round_fraction
from mutualis.domain.tariffs.grid import Grid, IndexedFrom

DRAFT = "BROUILLON"
FORECAST = "Prévision budgétaire, sans valeur de facture"
EXAMPLE_LEVELS = (
    "Les niveaux d'adhésion de ce classeur sont donnés en exemple : ils sont inventés. "
    "Saisir les vrais niveaux dans la table des communes avant toute facturation."
)

EXAMPLE_LEVELS_ISSUED = (
    "Lot d'essai : des niveaux d'adhésion donnés en exemple, inventés, ont servi à l'établir."
)

SUMMARY = "Synthèse"
RECAP = "Récapitulatif"
TARIFF = "Barème"
CONTROL = "Contrôle"
WITHHELD = "Retenues sur AC"
BELOW = "Sous le seuil"
REGULARISED = "Régularisations"
POINTS = "Graphique"
STATEMENT_NUMBER = "N° relevé"
# The Excel table of each sheet: what a pivot table or a formula calls it.
TABLES = {
    RECAP: "Recapitulatif",
    WITHHELD: "Retenues_AC",
    BELOW: "Sous_seuil",
    REGULARISED: "Regularisations",
}
MISSIONS_TABLE = "Missions"
OPEN_PAGE = "Ouvrir la feuille de cette commune"
BACK_TIP = "Revenir à la ligne de cette commune"

INVOICE_HEADER = ("Désignation", "Quantité", "Unité", "Prix unitaire", "Montant")
INVOICE_STYLES = ("cellule", "entier", "cellule centrée", "tarif", "euros")
AMOUNT_IN_LETTERS = "Arrêté à la somme de :"
FORECAST_IN_LETTERS = "Soit, en toutes lettres :"
GRANTED = "Remise accordée"


def batch_title(plan: BillingPlan) -> str:
    return f"Services mutualisés : adhésions {plan.year}"


def state(plan: BillingPlan) -> str:
    """What a batch is worth, as its banner says."""
    if plan.issue is not None:
        made = f"Lot {plan.issue.batch}, émis le {long_date(plan.issue.day)}"
        invoices = f"{count(len(plan.invoices), 'facture')}{_numbers(plan.invoices)}"
        numbered = [line for line in plan.withheld if line.number]  # none in registers of before
        statements = f" ; {count(len(numbered), 'relevé')}{_numbers(numbered)}" if numbered else ""
        return f"{made} : {invoices}{statements}"
    if plan.grid.is_voted:
        return f"{DRAFT} : rien n'est émis, aucun numéro n'est attribué"
    return FORECAST


def _numbers(lines: Sequence[BillingLine]) -> str:
    if not lines:
        return ""
    first, last = lines[0].number, lines[-1].number
    return f", {first}" if first == last else f", {first} à {last}"


def example_levels(plan: BillingPlan) -> str:
    """What is said of invented levels; empty when there are none."""
    if not plan.example_levels:
        return ""
    return EXAMPLE_LEVELS if plan.issue is None else EXAMPLE_LEVELS_ISSUED


def state_detail(plan: BillingPlan) -> str:
    if plan.issue is not None:
        return f"Empreinte du registre à la clôture du lot : {plan.issue.head}"
    if plan.grid.is_voted:
        return ""
    return (
        f"La grille {plan.year} est projetée : ses montants peuvent changer jusqu'au vote de "
        "l'assemblée."
    )


def selection(plan: BillingPlan) -> str:
    """What a partial batch holds."""
    kept = []
    if plan.selection.levels:
        kept.append("niveaux " + ", ".join(sorted(plan.selection.levels)))
    if plan.selection.communes:
        kept.append("communes " + ", ".join(sorted(plan.selection.communes)))
    return "Lot partiel : " + " ; ".join(kept) if kept else ""


def basis(population: PopulationBasis, year: int) -> str:
    return f"population {population} en vigueur au 1er janvier {year}"


def act(grid: Grid) -> str:
    if not grid.is_voted:
        return "grille projetée, non votée"
    if grid.act_is_missing:
        return "délibération à compléter"
    seen = f", vérifié le {grid.checked_on}" if grid.checked_on else ""
    return grid.act + (f" ({grid.act_url}{seen})" if grid.act_url else "")


def indexed_from(origin: IndexedFrom) -> str:
    return (
        f"grille {origin.year} indexée de {percent(origin.rate)} "
        f"(indice des prix à la consommation, INSEE, {month_name(origin.month)} sur un an)"
    )


def names(communes: Sequence[CommuneYear]) -> str:
    return ", ".join(commune.name for commune in communes)


def invoice_heading(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> str:
    if not plan.grid.is_voted:
        return f"Prévision {plan.year}"
    name = "Relevé de retenue" if is_withheld(line) else "Facture"
    if issuer.cites and line.completes is not None:
        name += " complémentaire"
    return f"{name} {plan.year}" if line.number is None else f"{name} n° {line.number}"


def invoice_subject(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> str:
    what = levels_and_periods(line.fee.level, line.parts)
    whose = about(line.commune, line.billed)
    if issuer.cites and is_withheld(line):
        withheld = f"Retenue {plan.year} sur l'attribution de compensation"
        return f"{withheld}, services mutualisés, {what}{whose}"
    return f"Adhésion {plan.year} aux services mutualisés, {what}{whose}"


def invoice_made(plan: BillingPlan, line: BillingLine, made_on: date) -> str:
    if plan.issue is not None and is_withheld(line):
        unnumbered = "" if line.number else " : un relevé n'a pas de numéro"
        return f"Établi le {long_date(plan.issue.day)}{unnumbered}"
    if plan.issue is not None:
        return f"Émise le {long_date(plan.issue.day)}"
    if plan.grid.is_voted:
        return f"Brouillon établi le {long_date(made_on)}, sans numéro"
    return f"Prévision établie le {long_date(made_on)}"


def membership(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> str:
    """What a fee is for, without its periods: on the line of a whole year's, in a footer."""
    codes = [part.fee.level.code for part in line.parts] or [line.fee.level.code]
    said = withheld_subject if issuer.cites and is_withheld(line) else membership_subject
    return said(plan.year, levels(list(dict.fromkeys(codes))))


def in_footer(plan: BillingPlan, line: BillingLine, issuer: Issuer) -> str:
    """What a fee is for, in so few words that no reader takes the foot of a page for its text."""
    if issuer.cites and is_withheld(line):
        return f"Retenue {plan.year}"
    return membership(plan, line, issuer)


def deducted(line: BillingLine) -> str:
    """What was claimed before, invoiced or withheld, by the documents that a line completes."""
    if not line.listed:
        return f"Déjà facturé (facture n° {line.completes})"
    return f"Déjà compté (n° {', '.join(line.listed)})"


def claimed(claim: Claim) -> str:
    """What a credit note takes off, on its line."""
    if not isinstance(claim, Statement):
        return f"{claim.subject} : {euros(claim.amount)} facturés"
    subject = claim.subject
    if claim.issuer.cites:
        subject = withheld_subject(claim.year, levels_and_periods(claim.level, claim.parts))
    return f"{subject} : {euros(claim.amount)} retenus"


def invoice_reasons(plan: BillingPlan, line: BillingLine) -> list[str]:
    """The calculation in sentences, for the mayor who asks why."""
    fee = line.fee
    reasons = [
        *_concerned(line),
        f"{basis(plan.basis, plan.year).capitalize()} : {_populations(line)} (INSEE).",
        *_levels(line),
        *_whole_year(line),
        f"Calcul : {line.explanation}.",
    ]
    if fee.cap is not None and line.is_simple:
        without = fee.gross if fee.coefficient is None else round_fraction(fee.weighted)
        before = " hors taxes" if line.vat else ""
        reasons.append(
            f"Sans le plafond, le montant{before} aurait été de {euros(without)} : "
            f"la commune paie {euros(without - fee.amount)} de moins."
        )
    reasons += _changed(plan, line)
    reasons.append(f"Tarifs {plan.year} : {act(plan.grid)}.")
    if plan.grid.indexed_from is not None:
        reasons.append(f"Origine : {indexed_from(plan.grid.indexed_from)}.")
    return reasons


def _changed(plan: BillingPlan, line: BillingLine) -> list[str]:
    """Why it is not what the year before came to, where the document claims the year whole."""
    change = plan.changes.get(line.commune.code_insee)
    if change is None or line.amount != change.after or not change.amount:
        return []
    effects = change.effects.by_name
    text = french.change(plan.year, change.before, change.after, effects)
    return [f"{french.WHY_CHANGED} : {text}."]


def _concerned(line: BillingLine) -> list[str]:
    """The communes that a line is about, where its debtor is another: all of those whose fees, each
    a group of its own, one debtor owes by now."""
    found = concerned(line.commune, line.billed)
    if any(part.group for part in line.parts):
        found += [text for part in line.parts for text in concerned(line.commune, part.row)]
    return list(dict.fromkeys(found))


def _populations(line: BillingLine) -> str:
    """The population of the fee; with their names, those of parts that differ."""
    found = dict.fromkeys((part.row.name, part.fee.population) for part in line.parts)
    if len(found) < 2:
        return count(line.fee.population, "habitant")
    return ", ".join(f"{name}, {count(people, 'habitant')}" for name, people in found)


def _levels(line: BillingLine) -> list[str]:
    """What each level is, in the order of the parts."""
    found = dict.fromkeys((part.fee.level.code, part.fee.level.label) for part in line.parts)
    found = found or {(line.fee.level.code, line.fee.level.label): None}
    return [f"Niveau {code} : {label}{example(line.row)}." for code, label in found]


def _whole_year(line: BillingLine) -> list[str]:
    """Where the membership is of a part of the year, or has changed in it, and all is due."""
    is_due_whole = all(part.is_whole for part in line.parts)
    return [] if line.row.is_whole_year or not is_due_whole else ["L'année entière est due."]


def in_letters_intro(plan: BillingPlan) -> str:
    return AMOUNT_IN_LETTERS if plan.grid.is_voted else FORECAST_IN_LETTERS


def due(plan: BillingPlan, line: BillingLine) -> str:
    if not plan.grid.is_voted:
        return "Montant prévu"
    return "Montant retenu" if is_withheld(line) else "Montant dû"


def is_withheld(line: BillingLine) -> bool:
    """Whether the line is a statement of a fee withheld, not an invoice."""
    return line.row.settlement is Settlement.AC


def example(commune: CommuneYear) -> str:
    return " (niveau d'adhésion donné en exemple, inventé)" if commune.is_example else ""


def population_number(value: int) -> str:
    return number(value)
