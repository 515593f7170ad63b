"""The French of how a document is paid: VAT, payment terms, what must not be paid twice."""

from datetime import date

from mutualis.documents.wording.invoices import is_withheld
from mutualis.domain.french.typography import count, grouped, long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.memberships.plan import BillingLine

WITHHELD_PAYMENT = (
    "Relevé : ce montant est retenu sur l'attribution de compensation. Rien à payer, aucun titre "
    "de recettes n'est émis."
)
RECTIFIED_PAYMENT = (
    "Relevé rectificatif : la retenue sur l'attribution de compensation est diminuée d'autant. "
    "Rien à payer, aucun titre de recettes n'est émis."
)


def vat(issuer: Issuer, *, withheld: bool = False) -> str:
    """A fee withheld is no sale: its statement says nothing of VAT, unless it did before."""
    return "" if withheld and issuer.cites else issuer.vat_reason


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
