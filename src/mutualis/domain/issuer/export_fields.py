"""The columns and the spelling that a finance software imports: every package differs."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.names import commune_of
from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct, field

Value = str | int | Decimal | date
Shape = Literal["text", "code", "amount"]


class ExportLine(Struct, frozen=True, kw_only=True):
    """One row of the export: an invoice, a credit note, a fee withheld from the AC."""

    exercice: int
    nature: str
    day: date
    year: int
    commune: CommuneYear
    subject: str
    account: str
    amount: Decimal
    number: str = ""
    titre: str = ""
    undone: str = ""
    vat: Decimal = ZERO


class ExportField(Struct, frozen=True):
    """What a column may hold; `width` is such that fifteen columns are read on an A4 page. One
    `asked` is there only where [export] names it."""

    title: str
    value: Callable[[ExportLine], Value]
    width: float = 11
    shape: Shape = "text"
    asked: bool = False


# In the default order.
FIELDS: Mapping[str, ExportField] = {
    "exercice": ExportField("Exercice", lambda line: line.exercice, 9, "code"),
    "nature": ExportField("Nature", lambda line: line.nature, 10),
    "number": ExportField("N° facture", lambda line: line.number, 12, "code"),
    "date": ExportField("Date", lambda line: line.day, 11, "code"),
    "year": ExportField("Année facturée", lambda line: line.year, 9, "code"),
    "debtor": ExportField("Débiteur", lambda line: commune_of(line.commune.name), 27),
    "code_insee": ExportField("Code INSEE", lambda line: line.commune.code_insee, 8, "code"),
    "siren": ExportField("SIREN", lambda line: line.commune.siren, 11, "code"),
    "siret": ExportField("SIRET", lambda line: line.commune.siret, 15, "code"),
    "service_code": ExportField("Code service", lambda line: line.commune.service_code),
    "commitment": ExportField("Engagement", lambda line: line.commune.commitment),
    "subject": ExportField("Objet", lambda line: line.subject, 26),
    "account": ExportField("Compte", lambda line: line.account, 9, "code"),
    "amount": ExportField("Montant", lambda line: line.amount, 13, "amount"),
    "net": ExportField("HT", lambda line: line.amount - line.vat, 13, "amount", asked=True),
    "vat": ExportField("TVA", lambda line: line.vat, 12, "amount", asked=True),
    "titre": ExportField("N° titre", lambda line: line.titre, 9, "code"),
    "undone": ExportField("Titre concerné", lambda line: line.undone, 9, "code", asked=True),
    "debtor_code": ExportField(
        "Code tiers", lambda line: line.commune.debtor_code, 9, "code", asked=True
    ),
}


def fields_of(line: ExportLine) -> Mapping[str, Value]:
    """Every field of a row, by its name."""
    return {name: field.value(line) for name, field in FIELDS.items()}


class Layout(Struct, frozen=True):
    """The columns (title and field) and the spelling that the finance software imports.

    A column without a field holds the same text in every row: `constants`, by its title.
    """

    columns: tuple[tuple[str, str], ...] = tuple(
        (field.title, name) for name, field in FIELDS.items() if not field.asked
    )
    delimiter: str = ";"
    encoding: str = "utf-8-sig"
    decimal: str = ","
    date: str = "%d/%m/%Y"
    constants: Mapping[str, str] = field(default_factory=dict)
