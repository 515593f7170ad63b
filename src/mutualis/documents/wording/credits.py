"""The French of what takes off a claim: credit notes, and the negative statements of statements."""

from mutualis.documents.wording.parties import about, concerned
from mutualis.domain.french.typography import long_date
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, Statement
from mutualis.domain.kinds import Nature

NOTHING_LEFT = (
    "Il ne reste rien à retenir d'après ce relevé : ce qui est encore dû, s'il y a lieu, l'est par "
    "un autre document."
)


def heading(credit: CreditNote) -> str:
    if isinstance(credit, NegativeStatement):
        return f"Relevé rectificatif n° {credit.number}"
    return f"Avoir n° {credit.number}"


def stamp(credit: CreditNote) -> str:
    return "RECTIFICATIF" if isinstance(credit, NegativeStatement) else "AVOIR"


def amount(credit: CreditNote) -> str:
    if isinstance(credit, NegativeStatement):
        return "Montant de la rectification"
    return "Montant de l'avoir"


def subject(credit: CreditNote, claim: Claim) -> str:
    """What it does to which document."""
    if isinstance(claim, Statement):
        done = f"{_done_to_a_statement(credit, claim)} {_statement(claim)}"
    else:
        done = f"{_done_to_an_invoice(credit, claim)} la facture n° {claim.number}"
    day = long_date(claim.act.day)
    return f"{done} du {day}{about(credit.commune, credit.billed)}"


def reasons(credit: CreditNote, claim: Claim) -> list[str]:
    """Why, by whom, about which commune; credits of before say what they meant for the accounts."""
    granted = [f"Remise accordée par {credit.decision}."] if credit.decision else []
    replaced = isinstance(claim, Statement) and _cancels(credit, claim)
    return [
        *granted,
        f"Motif : {credit.reason}",
        *([NOTHING_LEFT] if replaced else []),
        *concerned(credit.commune, credit.billed),
        *([credit.effect] if credit.effect else []),
    ]


def _done_to_an_invoice(credit: CreditNote, claim: Claim) -> str:
    if credit.nature is Nature.REMISE:
        return "remise sur"
    if _cancels(credit, claim):
        return "annulation de"
    # A partial one of before may be either: its words stay those of its day.
    return "annulation partielle de" if credit.nature is None else "réduction de"


def _done_to_a_statement(credit: CreditNote, claim: Claim) -> str:
    if credit.nature is Nature.REMISE:
        return "remise sur"
    return "annule et remplace" if _cancels(credit, claim) else "rectifie"


def _cancels(credit: CreditNote, claim: Claim) -> bool:
    """Whether an error took the whole of a claim away."""
    return credit.nature is not Nature.REMISE and credit.amount == -claim.amount


def _statement(claim: Statement) -> str:
    """« le relevé de retenue n° R2025-0001 »; one of before has no number but its batch's."""
    if claim.is_numbered:
        return f"le relevé de retenue n° {claim.number}"
    return f"le relevé de retenue {claim.year} ({claim.number})"
