"""What `credit` answers."""

from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import euros
from mutualis.domain.invoices.credit_note import CreditNote, NegativeStatement
from mutualis.domain.invoices.invoice import Claim, MissionInvoice, Statement
from mutualis.domain.kinds import Nature
from mutualis.domain.money import plain
from mutualis.workflows.credit import Credited
from mutualis.workflows.credit_decision import CreditDecision


def tell_credited(credited: Credited, folder: Path, *, json: bool) -> None:
    console.tell_problems(credited.warnings, brief=True)
    if json:
        console.show_json(_credited(credited))
    else:
        _show(credited, folder)


def tell_decided(decided: CreditDecision, *, json: bool) -> None:
    """What became of a credit, and what the year's account does of it."""
    if json:
        console.show_json(_decided(decided))
        return
    credit = decided.credit
    if decided.is_withdrawn:
        console.show(
            f"Remise {credit.number} retirée : {euros(-credit.amount)} ({credit.commune.name})",
            "bold",
        )
    else:
        nature = "une remise" if decided.nature is Nature.REMISE else "une correction"
        console.show(f"{credit.number} est {nature} : {euros(-credit.amount)}", "bold")
    console.show_next(f"mutualis bill {credit.year}, qui montre ce que cela laisse à émettre")


def _credited(credited: Credited) -> dict[str, Any]:
    """The JSON contract of `credit`."""
    replacement, below = credited.replacement, credited.kept_below
    return {
        **_contract(credited.credit, credited.credit.nature),
        "remaining": plain(credited.remaining),
        "replacement": None
        if replacement is None
        else {
            "number": replacement.number,
            "kind": replacement.kind.value,
            "amount": plain(replacement.amount),
        },
        "kept_below": None if below is None else plain(below.amount),
        "files": list(credited.files),
    }


def _decided(decided: CreditDecision) -> dict[str, Any]:
    """The same of --withdraw and --qualify, which issue nothing."""
    credit = decided.credit
    return {
        **_contract(credit, decided.nature),
        "remaining": plain(decided.ledger.remaining(credit.refers_to)),
        "replacement": None,
        "kept_below": None,
        "withdrawn": decided.is_withdrawn,
        "files": [],
    }


def _contract(credit: CreditNote, nature: Nature | None) -> dict[str, Any]:
    return {
        "number": credit.number,
        "invoice": credit.refers_to,
        "kind": credit.kind.value,
        "code_insee": credit.commune.code_insee,
        "commune": credit.commune.name,
        "nature": None if nature is None else nature.value,
        "amount": plain(credit.amount),
        "reason": credit.reason,
    }


def _show(credited: Credited, folder: Path) -> None:
    credit, claim, new = credited.credit, credited.claim, credited.replacement
    word = "Relevé rectificatif" if isinstance(credit, NegativeStatement) else "Avoir"
    console.show(
        f"{word} {credit.number} : {euros(credit.amount)} sur {_the(claim)} "
        f"({credit.commune.name})",
        "bold",
    )
    if credit.nature is Nature.REMISE:
        console.show(f"Remise accordée ({credit.decision}) : aucun lot ne la reprendra.")
    console.show(f"Reste sur {claim.number} : {euros(credited.remaining)}")
    if new is not None:
        word = "Relevé" if isinstance(new, Statement) else "Facture"
        console.show(f"{word} {new.number} à sa place : {euros(new.amount)} ({new.explanation})")
        left = claim.amount + credit.amount
        if isinstance(claim, MissionInvoice) and left > 0:
            # No account holds what was granted on a mission: it is granted again by hand.
            console.show(
                f"{euros(left)} déjà déduits de {claim.number} ne le sont pas de {new.number} : "
                f"s'ils valent encore, mutualis credit {new.number} --remise … --act …"
            )
    if credited.kept_below is not None:
        console.show(
            f"Rien à sa place : {euros(credited.kept_below.amount)} restent dus, sous le minimum "
            f"de recouvrement de {euros(credited.minimum)}. Ils s'ajouteront à ce qui serait dû "
            "plus tard."
        )
    console.show()
    console.show_files(credited.files, folder)
    console.show_next(_next(credited))


def _the(claim: Claim) -> str:
    return f"{'le relevé' if isinstance(claim, Statement) else 'la facture'} {claim.number}"


def _next(credited: Credited) -> str:
    """A membership that is only cancelled is still due if the data say so."""
    credit, verify = credited.credit, "mutualis register verify"
    issued = credited.replacement or credited.kept_below or credit.nature is Nature.REMISE
    if issued or isinstance(credited.claim, MissionInvoice):
        return verify
    return f"mutualis bill {credit.year}, qui montre ce que cela laisse à émettre ; puis {verify}"
