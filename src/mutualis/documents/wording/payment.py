"""The French of how a document is paid: VAT, payment terms, what must not be paid twice."""

from datetime import date
from decimal import Decimal

from mutualis.documents.wording.invoices import is_withheld
from mutualis.domain.french.typography import count, grouped, long_date, percent
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.memberships.plan import BillingLine
from mutualis.domain.money import ZERO
from mutualis.domain.vat import categories
from mutualis.domain.vat.tax import Tax, VatShares, vat_of

_NET_TITLES = ("Montant", "Prix unitaire")
WITHHELD_PAYMENT = (
    "Relevé : ce montant est retenu sur l'attribution de compensation. Rien à payer, aucun titre "
    "de recettes n'est émis."
)
RECTIFIED_PAYMENT = (
    "Relevé rectificatif : la retenue sur l'attribution de compensation est diminuée d'autant. "
    "Rien à payer, aucun titre de recettes n'est émis."
)


VAT_HEADER = ("TVA", "Taux", "Base hors taxes", "Taxe")
_CATEGORIES = {
    categories.STANDARD: "Opérations taxées",
    categories.EXEMPT: "Opérations exonérées",
    categories.OUTSIDE_SCOPE: "Hors du champ de la TVA",
}


def vat(issuer: Issuer, taxes: VatShares = (), *, withheld: bool = False) -> str:
    """Why there is no VAT, where there is none. A fee withheld is no sale: its statement says
    nothing of it, unless it did before."""
    if withheld and issuer.cites:
        return ""
    if not taxes:
        return issuer.vat_reason
    return " ".join(dict.fromkeys(share.tax.reason for share in taxes if share.tax.reason))


def vat_rows(taxes: VatShares) -> list[tuple[str, str, Decimal, Decimal]]:
    """Each category and rate of VAT: its name, its rate, what it is on, what it adds; then their
    total."""
    nets = sum((share.net for share in taxes), ZERO)
    rows = [
        (
            _CATEGORIES[share.tax.category],
            percent(share.tax.rate) if share.tax.rate else "",
            share.net,
            share.vat,
        )
        for share in taxes
    ]
    return [*rows, ("Total", "", nets, vat_of(taxes))]


def told(tax: Tax) -> str:
    """« opérations taxées à 20 % », « opérations exonérées »."""
    rate = f" à {percent(tax.rate)}" if tax.rate else ""
    return f"{_CATEGORIES[tax.category].lower()}{rate}"


def with_vat(label: str, taxes: VatShares) -> str:
    """The name of a total, which is with VAT where there is some."""
    return f"{label}, TVA comprise" if vat_of(taxes) else label


def before_vat(header: tuple[str | None, ...], taxes: VatShares) -> tuple[str | None, ...]:
    """The titles of a table whose amounts are before tax where there is some."""
    return tuple(f"{x} HT" if taxes and x in _NET_TITLES else x for x in header)


def payment(line: BillingLine, issuer: Issuer) -> str:
    """How the amount is paid, so that nobody pays it twice."""
    return WITHHELD_PAYMENT if is_withheld(line) else issuer.payment_text


def payment_terms(issuer: Issuer, issued_on: date | None) -> list[str]:
    """The due date and the account, where the issuer gives them; None is a draft's day."""
    terms = []
    if issuer.due_days is not None:
        text = f"Échéance : {count(issuer.due_days, 'jour')} après l'émission"
        day = issuer.due_day(issued_on) if issued_on else None
        terms.append(f"{text}, soit le {long_date(day)}." if day else f"{text}.")
    if issuer.iban:
        bic = f", BIC {issuer.bic}" if issuer.bic else ""
        terms.append(f"Paiement par virement : IBAN {grouped(issuer.iban, 4)}{bic}.")
    return terms
