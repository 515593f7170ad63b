"""What is said of a membership's fee: its calculation, why it is not billed, its credit notes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mutualis.domain.french.typography import euros, percent, signed_euros

DEFERRED = "produit constaté d'avance"


def parts_of_year(parts: Sequence[str], total: Decimal) -> str:
    """The calculations of the parts of a year, then their total where there are several."""
    if len(parts) == 1:
        return parts[0]
    return f"{' ; '.join(parts)} ; total {euros(total)}"


def with_vat(calculation: str, rate: Decimal, vat: Decimal, whole: Decimal) -> str:
    """A calculation before tax, then its tax and both together."""
    return f"{calculation} ; plus {euros(vat)} de TVA à {percent(rate)} = {euros(whole)}"


def remise(calculation: str, granted: Decimal) -> str:
    """A calculation less what the assembly granted."""
    return f"{calculation} ; moins {euros(granted)} de remise accordée"


def completing(calculation: str, deducted: Decimal, numbers: Sequence[str]) -> str:
    """A calculation less what documents have already claimed: invoiced, or withheld."""
    return f"{calculation} ; moins {euros(deducted)} déjà comptés ({', '.join(numbers)})"


def complement(calculation: str, deducted: Decimal, number: str) -> str:
    """The same in registers of before: less what an invoice has already claimed."""
    return f"{calculation} ; moins {euros(deducted)} déjà facturés ({number})"


def not_a_member() -> str:
    return "non adhérente"


def too_short() -> str:
    return "adhésion plus courte qu'un mois"


def free(level: str, label: str) -> str:
    return f"niveau {level} gratuit ({label})"


def withheld(amount: Decimal) -> str:
    return f"{euros(amount)} retenus sur l'attribution de compensation"


def below_minimum(amount: Decimal, minimum: Decimal) -> str:
    return f"montant de {euros(amount)} inférieur au seuil de recouvrement de {euros(minimum)}"


def deferred(year: int, account: str) -> str:
    """What is to be done with the documents of a year that are in the accounts of one before."""
    return (
        f"Produit constaté d'avance : ces documents de {year} sont d'un exercice antérieur ; à sa "
        f"clôture, les porter au compte {account}, repris en {year}"
    )


def membership_subject(year: int, what: str) -> str:
    """What a document is about, in an export or a list; `what` are the levels, and when."""
    return f"Adhésion {year}, {what}"


WHY_CHANGED = "Pourquoi ce montant a changé"
EFFECTS = {
    "full_year": "année pleine",
    "perimeter": "périmètre",
    "population": "population",
    "level": "niveau",
    "tariff": "tarif",
    "wealth": "richesse",
}


def change(year: int, before: Decimal, after: Decimal, effects: Mapping[str, Decimal]) -> str:
    """« 2024 : 1 234,00 € ; 2025 : 1 300,00 € (+66,00 €) : population +10,00 €, tarif +56,00 € »;
    `year` is the later one, `effects` are by name and add up to the change."""
    sides = f"{year - 1} : {euros(before)} ; {year} : {euros(after)}"
    return f"{sides} ({signed_euros(after - before)}) : {causes(effects) or 'sans changement'}"


def causes(effects: Mapping[str, Decimal]) -> str:
    """« population +10,00 €, tarif +56,00 € »; empty where nothing moved."""
    return ", ".join(
        f"{EFFECTS[name]} {signed_euros(amount)}" for name, amount in effects.items() if amount
    )


def withheld_subject(year: int, what: str) -> str:
    """The same of a fee withheld from the attribution de compensation."""
    return f"Retenue {year}, services mutualisés, {what}"


_NATURES = {
    "invoice": "facture",
    "complement": "facture complémentaire",
    "credit": "avoir",
    "statement": "relevé",
}


def nature(kind: str, amount: Decimal) -> str:
    """What a document to issue is, by its kind in the JSON contract."""
    return "relevé rectificatif" if kind == "statement" and amount < 0 else _NATURES[kind]
