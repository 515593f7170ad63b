"""The columns and the spelling that a finance software imports: every package differs."""

from collections.abc import Mapping
from dataclasses import dataclass

# Each field that a column may hold, in the default order, with its default title.
FIELDS: Mapping[str, str] = {
    "exercice": "Exercice",
    "nature": "Nature",
    "number": "N° facture",
    "date": "Date",
    "year": "Année facturée",
    "debtor": "Débiteur",
    "code_insee": "Code INSEE",
    "siren": "SIREN",
    "siret": "SIRET",
    "service_code": "Code service",
    "commitment": "Engagement",
    "subject": "Objet",
    "account": "Compte",
    "amount": "Montant",
    "titre": "N° titre",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns (title and field) and the spelling that the finance software imports."""

    columns: tuple[tuple[str, str], ...] = tuple((title, name) for name, title in FIELDS.items())
    delimiter: str = ";"
    encoding: str = "utf-8-sig"
    decimal: str = ","
    date: str = "%d/%m/%Y"
