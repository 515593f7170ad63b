"""What is said of a membership's fee: its calculation, why it is not billed, its credit notes."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.domain.french.typography import euros


def parts_of_year(parts: Sequence[str], total: Decimal) -> str:
    """The calculations of the parts of a year, then their total."""
    return f"{' ; '.join(parts)} ; total {euros(total)}"


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


def membership_subject(year: int, level: str) -> str:
    """What a document is about, in an export or a list."""
    return f"Adhésion {year}, niveau {level}"


_NATURES = {
    "invoice": "facture",
    "complement": "facture complémentaire",
    "credit": "avoir",
    "statement": "relevé",
}


def nature(kind: str, amount: Decimal) -> str:
    """What a document to issue is, by its kind in the JSON contract."""
    return "relevé rectificatif" if kind == "statement" and amount < 0 else _NATURES[kind]
