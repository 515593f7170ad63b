"""Who signs on a day, what a number is, which rule taxes what."""

from datetime import date
from decimal import Decimal

import pytest
from made import issuer, row

from mutualis.domain.issuer.export_fields import FIELDS, ExportLine, Layout, fields_of
from mutualis.domain.issuer.issuer import DEFAULT_ACCOUNTS, Signatory
from mutualis.domain.kinds import Kind
from mutualis.domain.value import replace
from mutualis.domain.vat.rule import VatRule


def signing(name: str, start: date, end: date | None = None) -> Signatory:
    return Signatory(name, "présidente", "exemple", start, end)


ONE = signing("Une", date(2020, 1, 1), date(2025, 6, 30))
TWO = signing("Deux", date(2025, 6, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), "Une"),
        (date(2025, 5, 31), "Une"),
        (date(2025, 6, 1), "Deux"),  # the latest begun
        (date(2025, 6, 30), "Deux"),
        (date(2030, 1, 1), "Deux"),
    ],
)
def test_who_signs(day: date, name: str | None) -> None:
    found = issuer(signatories=(ONE, TWO)).signatory(day)
    assert (found and found.name) == name
    assert ONE.in_force(date(2025, 6, 30))
    assert not ONE.in_force(date(2025, 7, 1))


@pytest.mark.parametrize(
    ("name", "missing"), [("", True), (" À compléter ", True), ("Mme X", False)]
)
def test_a_signatory_left_to_fill_in(name: str, missing: bool) -> None:
    assert replace(ONE, name=name).is_missing is missing


def test_numbers_and_series() -> None:
    own = issuer()
    assert own.number(Kind.INVOICE, 2025, 7) == "F2025-0007"
    assert own.number(Kind.INVOICE, 2025, 12345) == "F2025-12345"
    assert own.series(Kind.INVOICE, 2025) == "F2025-"
    example = issuer(example=True)
    assert example.number(Kind.QUOTE, 2025, 7) == "EXD2025-0007"
    other = issuer(numbers={"invoice": "{year}/{rank:2}-FA"})
    assert other.number(Kind.INVOICE, 2025, 7) == "2025/07-FA"
    assert other.series(Kind.INVOICE, 2025) == "2025/-FA"


def test_accounts_and_days() -> None:
    own = issuer(accounts={"membership": "7088", "remise": ""}, due_days=30)
    assert own.account("membership") == "7088"
    assert own.account("remise") == DEFAULT_ACCOUNTS["remise"]
    assert own.account("deferred") == "487"
    assert own.due_day(date(2025, 1, 31)) == date(2025, 3, 2)
    assert issuer().due_day(date(2025, 1, 31)) is None
    assert own.own_tax.category == "O"
    assert not own.cites


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), "E"),
        (("Suivi",), "E"),
        (("Étude",), "S"),
        (("", "ETUDE"), "S"),
        (("podium", "étude"), "Z"),  # the first of them that has one
        (("étude", "podium"), "S"),
    ],
)
def test_which_rule_taxes(names: tuple[str, ...], found: str) -> None:
    rules = (
        VatRule("half_days", "étude", "S"),
        VatRule("half_days", "", "E"),
        VatRule("half_days", "Podium", "Z"),
    )
    rule = issuer(vat_rules=rules).vat_rule("half_days", *names)
    assert rule is not None
    assert rule.category == found
    assert issuer(vat_rules=rules).vat_rule("membership") is None
    assert issuer().vat_rule("half_days", *names) is None


def test_what_a_finance_software_imports() -> None:
    """A column that is asked for is in no default layout."""
    line = ExportLine(
        exercice=2025,
        nature="facture",
        day=date(2025, 1, 2),
        year=2025,
        commune=row(siren="212500011", debtor_code="T1"),
        subject="Adhésion",
        account="70875",
        amount=Decimal(120),
        number="F1",
        vat=Decimal(20),
    )
    values = fields_of(line)
    assert set(values) == set(FIELDS)
    assert (values["net"], values["vat"], values["amount"]) == (100, 20, 120)
    assert (values["siren"], values["debtor_code"], values["debtor"]) == (
        "212500011",
        "T1",
        "Commune de Commune 25001",
    )
    names = [name for _, name in Layout().columns]
    assert "amount" in names
    assert not {"net", "vat", "undone", "debtor_code"} & set(names)
