"""data/issuer.toml: who issues and signs, VAT and delays."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from stdnum.fr import siren, siret

from mutualis.domain.issuer import (
    DEFAULT_ACCOUNTS,
    DEFAULT_LAYOUT,
    DEFAULT_NUMBERS,
    Issuer,
    Signatory,
)
from mutualis.domain.layout import Layout
from mutualis.domain.problems import Problem
from mutualis.files.cells import is_number
from mutualis.files.toml_file import Strict, read_toml

NAME = "data/issuer.toml"
DEFAULT_PAYMENT_TEXT = (
    "Pièce justificative : ne pas payer avant réception de l'avis des sommes à payer"
)


class _SignatoryModel(Strict):
    name: str = Field(examples=['"Prénom Nom"'])
    capacity: str = Field(examples=['"La Présidente"'])
    delegation: str = ""
    start: Annotated[date, Field(strict=True)] = Field(alias="from", examples=["2026-01-01"])
    until: Annotated[date, Field(strict=True)] | None = None


class _VatModel(Strict):
    category: Literal["O", "E"] = Field(examples=['"O"'])
    reason: str = Field(
        min_length=1, examples=['"TVA non applicable, article …"'], description="un texte non vide"
    )


class _PaymentModel(Strict):
    text: str = DEFAULT_PAYMENT_TEXT


_NUMBER = Annotated[
    str,
    Field(
        pattern=r"^[A-Z0-9_/+-]*(\{year\})?[A-Z0-9_/+-]*\{rank:[1-9]\}[A-Z0-9_/+-]*$",
        description="un format comme F{year}-{rank:4}, en A-Z 0-9 - _ / +",
    ),
]


class _NumbersModel(Strict):
    invoice: _NUMBER = DEFAULT_NUMBERS["invoice"]
    credit: _NUMBER = DEFAULT_NUMBERS["credit"]
    quote: _NUMBER = DEFAULT_NUMBERS["quote"]


_ACCOUNT = Annotated[str, Field(pattern=r"^[0-9]{1,12}$", description="un numéro de compte")]


class _AccountsModel(Strict):
    membership: _ACCOUNT = DEFAULT_ACCOUNTS["membership"]
    half_days: _ACCOUNT = DEFAULT_ACCOUNTS["half_days"]
    cancelled: _ACCOUNT = DEFAULT_ACCOUNTS["cancelled"]


class _ColumnModel(Strict):
    title: str = Field(examples=['"Montant"'])
    field: Literal[
        "exercice",
        "nature",
        "number",
        "date",
        "year",
        "debtor",
        "code_insee",
        "siren",
        "siret",
        "service_code",
        "commitment",
        "subject",
        "account",
        "amount",
        "titre",
    ] = Field(examples=['"amount"'])


class _ExportModel(Strict):
    delimiter: Literal[";", ",", "\t", "|"] = ";"
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8-sig"
    decimal: Literal[",", "."] = ","
    date: Literal["%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y"] = "%d/%m/%Y"
    columns: list[_ColumnModel] = []


class _DelaysModel(Strict):
    quote_valid_days: Annotated[int, Field(strict=True, ge=1, le=3650)] = 90


def _siren(number: str) -> str:
    if not is_number(number, siren.is_valid):
        raise ValueError("9 chiffres dont la clé de contrôle est juste")
    return number


def _siret(number: str) -> str:
    if number and not is_number(number, siret.is_valid):
        raise ValueError("14 chiffres dont la clé de contrôle est juste")
    return number


class _IssuerModel(Strict):
    name: str = Field(
        min_length=1, examples=['"Nom de la collectivité"'], description="un nom non vide"
    )
    legal_form: str = ""
    siren: Annotated[str, AfterValidator(_siren)] = Field(
        pattern=r"^[0-9]{9}$",
        examples=['"242500361"'],
        description="9 chiffres entre guillemets",
    )
    siret: Annotated[str, AfterValidator(_siret)] = Field(
        default="",
        pattern=r"^([0-9]{14})?$",
        description="14 chiffres entre guillemets",
    )
    address: list[str] = []
    postal_code: str = ""
    city: str = ""
    service: str = ""
    contact: str = ""
    signatories: list[_SignatoryModel] = []
    vat: _VatModel = Field(examples=["…"])
    payment: _PaymentModel = _PaymentModel()
    numbers: _NumbersModel = _NumbersModel()
    accounts: _AccountsModel = _AccountsModel()
    export: _ExportModel = _ExportModel()
    delays: _DelaysModel = _DelaysModel()


def read_issuer(root: Path) -> tuple[Issuer | None, list[Problem]]:
    file = read_toml(root, NAME, _IssuerModel)
    model = file.model
    if model is None:
        return None, list(file.problems)
    if not (model.siret or model.siren).startswith(model.siren):
        facts = {"siret": model.siret, "siren": model.siren}
        return None, [*file.problems, Problem("C26", file.source("siret"), facts)]
    signatories = tuple(
        Signatory(s.name, s.capacity, s.delegation, s.start, s.until) for s in model.signatories
    )
    issuer = Issuer(
        name=model.name,
        legal_form=model.legal_form,
        siren=model.siren,
        siret=model.siret,
        address=tuple(model.address),
        postal_code=model.postal_code,
        city=model.city,
        service=model.service,
        contact=model.contact,
        signatories=signatories,
        vat_category=model.vat.category,
        vat_reason=model.vat.reason,
        payment_text=model.payment.text,
        quote_valid_days=model.delays.quote_valid_days,
        source=file.source("signatories", 0, "name"),
        numbers=model.numbers.model_dump(),
        accounts=model.accounts.model_dump(),
        export=_layout(model.export),
    )
    return issuer, list(file.problems)


def _layout(model: _ExportModel) -> Layout:
    columns = tuple((column.title, column.field) for column in model.columns)
    return Layout(
        columns=columns or DEFAULT_LAYOUT.columns,
        delimiter=model.delimiter,
        encoding=model.encoding,
        decimal=model.decimal,
        date=model.date,
    )
