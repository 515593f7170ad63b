"""[vat] in data/issuer.toml: the issuer's own category, then what is taxed otherwise."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from mutualis.domain.french.names import fold
from mutualis.domain.problems.problem import Problem
from mutualis.domain.vat import categories
from mutualis.domain.vat.rule import DatedRate, VatRule
from mutualis.files.data.tariffs_schema import a_number
from mutualis.files.tables.keys import is_number
from mutualis.files.toml.file import M, Strict, TomlFile

_Text = Annotated[str, StringConstraints(strip_whitespace=True)]


def _vatex(code: str) -> str:
    if code and code not in categories.CODES:
        raise ValueError("un code VATEX de la norme EN 16931, comme VATEX-FR-CGI261B")
    return code


def _vat_number(number: str) -> str:
    if not number:
        return ""
    from stdnum.fr import tva  # noqa: PLC0415  # most have none

    if not is_number(number, tva.is_valid):
        raise ValueError("FR, deux caractères de clé, puis le SIREN")
    return f"FR{tva.compact(number)}"


_Code = Annotated[str, AfterValidator(_vatex)]


class _RateModel(Strict):
    start: Annotated[date, Field(strict=True)] = Field(alias="from", examples=["2014-01-01"])
    rate: Annotated[
        Decimal,
        BeforeValidator(a_number),
        Field(gt=0, le=100, decimal_places=2, allow_inf_nan=False),
    ] = Field(examples=["20"], description="un taux en pour cent, au-dessus de 0")


class _RuleModel(Strict):
    product: Literal["membership", "half_days"] | None = None
    service: _Text = ""
    category: Literal["S", "E", "O"] = "S"
    rates: list[_RateModel] = []
    reason: _Text = ""
    reason_code: _Code = ""


class VatModel(Strict):
    category: Literal["O", "E"] = Field(examples=['"O"'])
    reason: _Text = Field(
        min_length=1, examples=['"TVA non applicable, article …"'], description="un texte non vide"
    )
    reason_code: _Code = ""
    number: Annotated[str, AfterValidator(_vat_number)] = ""
    rules: list[_RuleModel] = []


def rules_of(model: VatModel) -> tuple[VatRule, ...]:
    """The rules; that of a service is of the half-days."""
    return tuple(
        VatRule(
            product=rule.product or "half_days",
            service=rule.service,
            category=rule.category,
            rates=tuple(DatedRate(rate.start, rate.rate) for rate in rule.rates),
            reason=rule.reason,
            reason_code=rule.reason_code,
        )
        for rule in model.rules
    )


def vat_problems(model: VatModel, siren: str, file: TomlFile[M]) -> Iterator[Problem]:
    """What each value of [vat] allows and the others do not."""
    if not (model.number or siren).endswith(siren):
        yield Problem("C30", file.source("vat", "number"), {"number": model.number, "siren": siren})
    places: dict[tuple[str | int, ...], str] = {("vat", "category"): model.category}
    places |= {("vat", "rules", at): rule.category for at, rule in enumerate(model.rules)}
    asking = [place for place, own in places.items() if own != categories.OUTSIDE_SCOPE]
    if asking and not model.number:
        yield Problem("C29", file.source(*asking[0]), {})
    if not categories.suits(model.reason_code, model.category):
        facts = {"code": model.reason_code, "category": model.category}
        yield Problem("C31", file.source("vat", "reason_code"), facts)
    seen: set[tuple[str | None, str]] = set()
    for at, rule in enumerate(model.rules):
        source = file.source("vat", "rules", at)
        for fault in _faults(rule, seen):
            yield Problem("C36", source, {"fault": fault})
        if rule.reason_code and not categories.suits(rule.reason_code, rule.category):
            facts = {"code": rule.reason_code, "category": rule.category}
            yield Problem("C31", file.source("vat", "rules", at, "reason_code"), facts)
        seen.add((rule.product, fold(rule.service)))


def _faults(rule: _RuleModel, seen: set[tuple[str | None, str]]) -> Iterator[str]:
    if (rule.product is None) == (not rule.service):
        yield "donner product (membership ou half_days), ou service, et pas les deux"
    if (rule.product, fold(rule.service)) in seen:
        yield "une autre règle est déjà du même produit ou de la même prestation"
    days = [rate.start for rate in rule.rates]
    if rule.category == categories.STANDARD and not days:
        yield "une opération taxée (S) demande au moins un taux, rates, et le jour d'où il vaut"
    if rule.category != categories.STANDARD and (days or not rule.reason):
        yield "exonéré (E) ou hors champ (O) : un motif, reason, et pas de taux"
    if days != sorted(set(days)):
        yield "les taux se suivent dans l'ordre des jours, un par jour"
