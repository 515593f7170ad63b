"""One document of the register, as it was issued, and what happened to it since."""

from collections.abc import Iterator
from typing import Any

from mutualis.cli.screens.register import titres as titres_screen
from mutualis.cli.screens.register.documents import completed_by, entry
from mutualis.cli.terminal import console
from mutualis.documents.wording.account import effect_on_claim, name_of
from mutualis.domain.french.typography import euros, long_date, short_date
from mutualis.domain.invoices.credit_note import CreditNote, Document
from mutualis.domain.invoices.invoice import Claim, Invoice, MembershipDocument, Statement
from mutualis.domain.money import plain
from mutualis.domain.register.accounting import (
    effect_of,
    is_unqualified,
    remises_of,
    subject_of,
    titre_amount,
)
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.register.records import RemiseWithdrawn


def answer(document: Document, ledger: Ledger) -> dict[str, Any]:
    """The JSON contract of `register show`."""
    credit = document if isinstance(document, CreditNote) else None
    work = None if isinstance(document, MembershipDocument) else document.work
    signatory = document.signatory
    return {
        **entry(document, ledger),
        "year": document.year,
        "exercice": document.exercice,
        "series": document.series,
        "batch": document.batch,
        "product": document.product,
        "quote": None if work is None else work.quote,
        "siren": document.commune.siren,
        "level": document.level.code,
        "population": document.population,
        "population_basis": document.basis.value,
        "explanation": document.explanation,
        "act": document.grid_act,
        "signatory": None if signatory is None else f"{signatory.name}, {signatory.capacity}",
        "operator": document.act.operator,
        "program": document.act.program,
        "inputs": document.act.inputs,
        "reason": "" if credit is None else credit.reason,
        "decision": "" if credit is None else credit.decision,
        "withdrawn": document.number in ledger.withdrawn,
        "accounting": "" if credit is None else effect_of(credit, ledger),
        "completes": list(completed_by(document)),
        "replaces": document.replaces if isinstance(document, Claim) else "",
        "remaining": plain(ledger.remaining(document.number)) if credit is None else None,
        "titres": [
            {
                **(titres_screen.entry(titre) or {}),
                "recorded": titre.act.day.isoformat(),
                "withdrawn": None if undone is None else undone.act.day.isoformat(),
            }
            for titre, undone in ledger.finance.history(document.number)
        ],
        "credits": [
            {
                "number": after.number,
                "amount": plain(after.amount),
                "nature": ledger.natures[after.number],
                "withdrawn": after.number in ledger.withdrawn,
            }
            for after in ledger.credits_of(document.number)
        ],
    }


def show(document: Document, ledger: Ledger) -> None:
    """A document as it was issued, and what happened to it since."""
    name = name_of(document).capitalize()
    console.show(f"{name} {document.number} du {long_date(document.act.day)}", "bold")
    signatory, billed = document.signatory, document.billed
    rows = [("Débiteur", f"{document.commune.name} ({document.commune.code_insee})")]
    rows.append(("SIREN", document.commune.siren))
    if billed is not None:
        about = f"{billed.name} ({billed.code_insee}), SIREN {billed.siren}"
        rows.append(("Commune concernée", about))
    rows += [
        ("Objet", subject_of(document, ledger)),
        ("Année facturée", str(document.year)),
        ("Exercice", str(document.exercice)),
        ("Montant", euros(document.amount)),
        *([("dont TVA", euros(document.vat))] if document.vat else []),
        ("Calcul", document.explanation),
        ("Délibération", document.grid_act),
        ("Signataire", "" if signatory is None else f"{signatory.name}, {signatory.capacity}"),
        ("Émis par", f"{document.act.operator} (mutualis {document.act.program})"),
    ]
    if isinstance(document, CreditNote):
        rows += _of_credit(document, ledger)
    else:
        rows += _of_claim(document, ledger)
    console.show_table((), rows)


def _of_credit(credit: CreditNote, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What it takes off, why, and whether it still counts."""
    effect = effect_on_claim(credit, ledger)
    yield effect.capitalize(), f"sur {credit.refers_to} : {credit.reason}"
    if credit.decision:
        yield "Décision", credit.decision
    withdrawal = _withdrawal(credit, ledger)
    if withdrawal is not None:
        yield "Remise retirée", _said_of(withdrawal)
    if is_unqualified(credit, ledger):
        yield "À faire", f"mutualis credit {credit.number} --qualify remise|correction"
    yield from _of_finance(credit, ledger)
    yield "Comptabilité", effect_of(credit, ledger)


def _of_finance(document: Document, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Its export, and every titre that it had."""
    export = ledger.finance.exported(document.number)
    if export is not None:
        left = document.number in ledger.finance.unanswered
        unknown = " ; titre pas encore connu" if left else ""
        yield "Exporté", f"le {short_date(export.act.day)}, {export.file}{unknown}"
    what = "Titre ou mandat" if isinstance(document, CreditNote) else "Titre"
    for titre, undone in ledger.finance.history(document.number):
        said = f"n° {titre.titre}, exercice {titre.exercice}"
        if titre.titre_day is not None:
            said += f", du {short_date(titre.titre_day)}"
        if titre.bordereau:
            said += f", bordereau {titre.bordereau}"
        if titre is ledger.titre_of(document.number):
            yield what, said
            continue
        end = "remplacé"
        if undone is not None:
            end = f"retiré le {short_date(undone.act.day)} : {undone.reason}"
        yield f"{what}, avant", f"{said} ; noté le {short_date(titre.act.day)}, {end}"


def _of_claim(claim: Claim, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Its titre, what it completes and what completes it, what takes off it, what remains."""
    yield from _of_finance(claim, ledger)
    is_known = ledger.titre_of(claim.number) is not None
    if not is_known and isinstance(claim, Invoice) and remises_of(claim, ledger):
        yield "Titre à émettre", f"{euros(titre_amount(claim, ledger))}, remises à mandater à part"
    if completed_by(claim):
        yield "Complète", ", ".join(completed_by(claim))
    if claim.replaces:
        yield "Remplace", claim.replaces
    if (successor := ledger.successors.get(claim.number)) is not None:
        yield "Remplacé par", successor.number
    for other in ledger.memberships:
        if claim.number in completed_by(other):
            yield "Complété par", f"{other.number} : {euros(other.amount)}"
    for credit in ledger.credits_of(claim.number):
        said = f"{credit.number} : {euros(credit.amount)}, {credit.reason}"
        withdrawal = _withdrawal(credit, ledger)
        if withdrawal is not None:
            said += f" (retirée, {_said_of(withdrawal)})"
        yield effect_on_claim(credit, ledger).capitalize(), said
    label = "Reste à retenir" if isinstance(claim, Statement) else "Reste dû"
    yield label, euros(ledger.remaining(claim.number))


def _withdrawal(credit: CreditNote, ledger: Ledger) -> RemiseWithdrawn | None:
    """The decision by which a remise counts no more."""
    found = (r for r in ledger.records if isinstance(r, RemiseWithdrawn))
    return next((record for record in found if record.credit == credit.number), None)


def _said_of(withdrawal: RemiseWithdrawn) -> str:
    return " : ".join(text for text in (withdrawal.decision, withdrawal.reason) if text)
