"""data/issuer.toml: who issues and signs, VAT and delays."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from mutualis.domain.issuer.export_fields import FIELDS, Layout
from mutualis.domain.issuer.issuer import (
    DEFAULT_ACCOUNTS,
    DEFAULT_LAYOUT,
    DEFAULT_NUMBERS,
    EXAMPLE_NUMBER,
    Issuer,
    Signatory,
)
from mutualis.domain.problems.problem import Problem
from mutualis.files.issuer.legal import LegalModel, LettersModel, legal_of
from mutualis.files.issuer.vat import VatModel, rules_of, vat_problems
from mutualis.files.tables.keys import is_number, is_siren, is_siret
from mutualis.files.toml.file import Strict, TomlFile, left_out, read_toml

NAME = "data/issuer.toml"
DEFAULT_PAYMENT_TEXT = (
    "Pièce justificative : ne pas payer avant réception de l'avis des sommes à payer"
)


_Text = Annotated[str, StringConstraints(strip_whitespace=True)]


def _iban(number: str) -> str:
    if not number:
        return ""
    from stdnum import iban  # noqa: PLC0415  # it reads the list of all countries' first

    if not is_number(number, iban.is_valid):
        raise ValueError("un IBAN dont la clé de contrôle est juste")
    return iban.compact(number)


def _bic(number: str) -> str:
    if not number:
        return ""
    from stdnum import bic  # noqa: PLC0415  # most have none

    if not is_number(number, bic.is_valid):
        raise ValueError("un BIC de 8 ou 11 caractères")
    return bic.compact(number)


class _SignatoryModel(Strict):
    name: str = Field(examples=['"Prénom Nom"'])
    capacity: str = Field(examples=['"La Présidente"'])
    delegation: str = ""
    start: Annotated[date, Field(strict=True)] = Field(alias="from", examples=["2026-01-01"])
    until: Annotated[date, Field(strict=True)] | None = None


class _PaymentModel(Strict):
    text: _Text = Field(default=DEFAULT_PAYMENT_TEXT, min_length=1, description="un texte non vide")
    iban: Annotated[str, AfterValidator(_iban)] = ""
    bic: Annotated[str, AfterValidator(_bic)] = ""
    due_days: Annotated[int, Field(strict=True, ge=0, le=365)] | None = None


def _real_number(shape: str) -> str:
    if shape.startswith(EXAMPLE_NUMBER):
        raise ValueError("un format qui ne commence pas par EX, réservé aux exemples")
    return shape


_NUMBER = Annotated[
    str,
    AfterValidator(_real_number),
    Field(
        pattern=r"^[A-Z0-9_/+-]*(\{year\})?[A-Z0-9_/+-]*\{rank:[1-9]\}[A-Z0-9_/+-]*$",
        description="un format comme F{year}-{rank:4}, en A-Z 0-9 - _ / +",
    ),
]


class _NumbersModel(Strict):
    invoice: _NUMBER = DEFAULT_NUMBERS["invoice"]
    statement: _NUMBER = DEFAULT_NUMBERS["statement"]
    credit: _NUMBER = DEFAULT_NUMBERS["credit"]
    quote: _NUMBER = DEFAULT_NUMBERS["quote"]


_ACCOUNT = Annotated[str, Field(pattern=r"^[0-9]{1,12}$", description="un numéro de compte")]


class _AccountsModel(Strict):
    membership: _ACCOUNT = DEFAULT_ACCOUNTS["membership"]
    half_days: _ACCOUNT = DEFAULT_ACCOUNTS["half_days"]
    cancelled: _ACCOUNT = DEFAULT_ACCOUNTS["cancelled"]
    remise: _ACCOUNT = DEFAULT_ACCOUNTS["remise"]
    deferred: _ACCOUNT = DEFAULT_ACCOUNTS["deferred"]


if TYPE_CHECKING:
    _FieldName = str
else:
    _FieldName = Literal[tuple(FIELDS)]


class _ColumnModel(Strict):
    title: _Text = Field(
        min_length=1, examples=['"Montant"'], description="le titre de la colonne, non vide"
    )
    field: _FieldName | None = None
    value: _Text | None = None


class _ExportModel(Strict):
    delimiter: Literal[";", ",", "\t", "|"] = ";"
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8-sig"
    decimal: Literal[",", "."] = ","
    date: Literal["%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y"] = "%d/%m/%Y"
    columns: list[_ColumnModel] = []


class _ElectronicModel(Strict):
    embed: Annotated[bool, Field(strict=True)] = True


class _DelaysModel(Strict):
    quote_valid_days: Annotated[int, Field(strict=True, ge=1, le=3650)] = 90


def _siren(number: str) -> str:
    if not is_siren(number):
        raise ValueError("9 chiffres dont la clé de contrôle est juste")
    return number


def _siret(number: str) -> str:
    if number and not is_siret(number):
        raise ValueError("14 chiffres dont la clé de contrôle est juste")
    return number


class _IssuerModel(Strict):
    name: _Text = Field(
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
    example: Annotated[bool, Field(strict=True)] = False
    signatories: list[_SignatoryModel] = []
    vat: VatModel = Field(examples=["…"])
    payment: _PaymentModel = left_out()
    electronic: _ElectronicModel = left_out()
    numbers: _NumbersModel = left_out()
    accounts: _AccountsModel = left_out()
    export: _ExportModel = left_out()
    delays: _DelaysModel = left_out()
    legal: LegalModel = left_out()
    letters: LettersModel = left_out()


def read_issuer(root: Path) -> tuple[Issuer | None, list[Problem]]:
    file = read_toml(root, NAME, _IssuerModel)
    model = file.model
    if model is None:
        return None, list(file.problems)
    wrong = list(_contradictions(model, file))
    if wrong:
        return None, [*file.problems, *wrong]
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
        vat_reason_code=model.vat.reason_code,
        vat_number=model.vat.number,
        payment_text=model.payment.text,
        iban=model.payment.iban,
        bic=model.payment.bic,
        due_days=model.payment.due_days,
        quote_valid_days=model.delays.quote_valid_days,
        source=file.source("signatories", 0, "name"),
        numbers=model.numbers.model_dump(),
        accounts=model.accounts.model_dump(),
        export=_layout(model.export),
        legal=legal_of(model.legal),
        appeal=model.letters.appeal,
        vat_rules=rules_of(model.vat),
        embed=model.electronic.embed,
        example=model.example,
    )
    return issuer, [*file.problems, *_doubts(model, file)]


def _contradictions(model: _IssuerModel, file: TomlFile[_IssuerModel]) -> Iterator[Problem]:
    """What each value allows and the others do not."""
    siren = model.siren
    if not (model.siret or siren).startswith(siren):
        yield Problem("C26", file.source("siret"), {"siret": model.siret, "siren": siren})
    yield from vat_problems(model.vat, siren, file)
    if model.payment.bic and not model.payment.iban:
        yield Problem("C32", file.source("payment", "bic"), {})
    if model.legal.lacks_text:
        yield Problem("C60", file.source("legal", "regime"), {})
    yield from _columns(model.export, file)


def _columns(model: _ExportModel, file: TomlFile[_IssuerModel]) -> Iterator[Problem]:
    """Each column of the export has its own title, and a field or a text."""
    seen: set[str] = set()
    for at, column in enumerate(model.columns):
        if (column.field is None) == (column.value is None):
            source = file.source("export", "columns", at, "title")
            yield Problem("C34", source, {"title": column.title})
        if column.title in seen:
            source = file.source("export", "columns", at, "title")
            yield Problem("C35", source, {"title": column.title})
        seen.add(column.title)


def _doubts(model: _IssuerModel, file: TomlFile[_IssuerModel]) -> Iterator[Problem]:
    """What is allowed and likely wrong."""
    payment = model.payment
    if (payment.iban or payment.due_days is not None) and payment.text == DEFAULT_PAYMENT_TEXT:
        yield Problem("C33", file.source("payment", "iban" if payment.iban else "due_days"), {})


def _layout(model: _ExportModel) -> Layout:
    columns = tuple((column.title, column.field or "") for column in model.columns)
    return Layout(
        columns=columns or DEFAULT_LAYOUT.columns,
        delimiter=model.delimiter,
        encoding=model.encoding,
        decimal=model.decimal,
        date=model.date,
        constants={c.title: c.value for c in model.columns if c.value is not None},
    )
