"""The French of what takes off a claim: credit notes, and the negative statements of statements."""

from mutualis.documents.wording.citations import cited
from mutualis.documents.wording.parties import about, concerned
from mutualis.domain.citations import Cited
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.kinds import Nature

NOTHING_LEFT = (
    "Il ne reste rien à retenir d'après ce relevé : ce qui est encore dû, s'il y a lieu, l'est par "
    "un autre document."
)


def heading(credit: CreditNote, claim: Claim) -> str:
    """Its name and number, and what it is where it says so: « Avoir n° A2025-0001 (remise) »."""
    name = "Relevé rectificatif" if isinstance(claim, Statement) else "Avoir"
    return f"{name} n° {credit.number}{_kind(credit, claim)}"


def stamp(credit: CreditNote) -> str:
    return "RECTIFICATIF" if isinstance(credit, NegativeStatement) else "AVOIR"


def amount(credit: CreditNote) -> str:
    if isinstance(credit, NegativeStatement):
        return "Montant de la rectification"
    return "Montant de l'avoir"


def subject(credit: CreditNote, claim: Claim) -> str:
    """What it does to which document."""
    what = _to_a_statement if isinstance(claim, Statement) else _to_an_invoice
    day = long_date(claim.act.day)
    return f"{what(credit, claim)} du {day}{about(credit.commune, credit.billed)}"


def reasons(credit: CreditNote, claim: Claim, successor: Cited | None = None) -> list[str]:
    """Why, by whom, about which commune; credits of before say what they meant for the accounts."""
    granted = [f"Remise accordée par {credit.decision}."] if credit.decision else []
    replaced = isinstance(claim, Statement) and credit.cancels(claim)
    return [
        *granted,
        f"Motif : {credit.reason}",
        *([f"Remplacement : {cited(successor)}."] if successor is not None else []),
        *([NOTHING_LEFT] if replaced else []),
        *concerned(credit.commune, credit.billed),
        *([credit.effect] if credit.effect else []),
    ]


def _kind(credit: CreditNote, claim: Claim) -> str:
    if credit.nature is Nature.REMISE:
        return " (remise)"
    if credit.nature is None or isinstance(claim, Statement):
        return ""
    return " (annulation)" if credit.cancels(claim) else " (réduction)"


def _to_an_invoice(credit: CreditNote, claim: Claim) -> str:
    invoice = f"la facture n° {claim.number}"
    if credit.nature is Nature.REMISE:
        return f"remise sur {invoice}"
    if credit.cancels(claim):
        return f"annulation de {invoice}"
    # A partial one of before may be either: its words stay those of its day.
    return f"{'annulation partielle' if credit.nature is None else 'réduction'} de {invoice}"


def _to_a_statement(credit: CreditNote, claim: Claim) -> str:
    """Of a statement by its number; one of before has none but that of its batch."""
    numbered = isinstance(claim, Statement) and claim.is_numbered
    name = f"n° {claim.number}" if numbered else f"{claim.year} ({claim.number})"
    if credit.nature is Nature.REMISE:
        return f"remise sur le relevé de retenue {name}"
    if credit.cancels(claim):
        return f"annule et remplace le relevé de retenue {name}"
    return f"rectification du relevé de retenue {name}"
