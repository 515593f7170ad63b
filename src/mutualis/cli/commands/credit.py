"""mutualis credit"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Exercice,
    Folder,
    Json,
    Operator,
    Pdf,
    argument,
    flag,
    option,
)
from mutualis.cli.terminal.clock import recorded_day
from mutualis.cli.terminal.combinations import (
    check_options,
    exclusive,
    needs,
    only_with_one,
    only_without,
)
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import act_of, euros_of, given_of, text_of, today, year_of
from mutualis.domain.kinds import Nature
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from mutualis.workflows.credit import Corrector, CreditRequest
    from mutualis.workflows.credit_decision import CreditDecision

NAME = "credit"
SHORT_HELP = "Annule un document émis, ou y accorde une remise."
HELP = """
Annule une facture par un avoir, un relevé de retenue par un relevé rectificatif, pour tout ce qui
en reste. Rien de ce qui est émis n'est jamais modifié : ce qui corrige s'ajoute au registre.
--replace émet aussi le document qui en prend la place, quand le débiteur ou une référence était
faux ; un montant faux se régularise par « mutualis bill ANNÉE --issue --regularise ».
--remise accorde ce que l'assemblée a voté : l'adhésion est diminuée pour de bon, jusqu'à ce que
--withdraw retire la remise. --amount ne corrige qu'une facture de mission. --qualify dit ce
qu'était un avoir partiel d'un ancien registre.
"""
EXAMPLES = """
mutualis credit F2025-0012 --reason "Facturée deux fois"
mutualis credit F2025-0012 --reason "SIREN corrigé" --replace
mutualis credit F2025-0012 --remise 120,50 --act "Délibération du 3 mars" --reason "Inondation"
mutualis credit A2025-0001 --withdraw --act "Délibération du 9 juin"
mutualis credit A2025-0001 --qualify remise
"""
_ISSUING = ("--amount", "--remise", "--replace", "--again", "--pdf", "--exercice")
COMBINATIONS = (
    exclusive("--withdraw", "--qualify"),
    only_without("--withdraw", *_ISSUING),
    only_without("--qualify", *_ISSUING, "--reason"),
    exclusive("--replace", "--remise"),
    exclusive("--replace", "--amount"),
    exclusive("--amount", "--remise"),
    only_with_one(("--remise", "--withdraw", "--qualify"), "--act"),
    only_with_one(("--amount", "--remise"), "--again"),
    needs("--remise", "--act"),
    needs("--withdraw", "--act"),
)


Number = Annotated[
    str, argument("NUMÉRO", "Numéro du document (« lot 1/25014 » pour un relevé sans numéro).")
]
Reason = Annotated[str | None, option("--reason", "TEXTE", "Motif, imprimé sur le document.")]
Replace = Annotated[bool, flag("--replace", "Émet aussi le document qui en prend la place.")]
Remise = Annotated[
    str | None, option("--remise", "MONTANT", "Remise votée, en euros ; demande --act.")
]
Decision = Annotated[str | None, option("--act", "ACTE", "Décision de l'assemblée.")]
Amount = Annotated[
    str | None, option("--amount", "MONTANT", "D'une mission, n'annule que ce montant, en euros.")
]
Withdraw = Annotated[bool, flag("--withdraw", "Retire une remise, par son numéro ; demande --act.")]
Qualify = Annotated[
    str | None,
    option("--qualify", "NATURE", "Dit d'un ancien avoir partiel : remise ou correction."),
]
Again = Annotated[bool, flag("--again", "Déduit une fois de plus le même montant.")]


def command(
    context: typer.Context,
    number: Number,
    reason: Reason = None,
    replace: Replace = False,
    remise: Remise = None,
    act: Decision = None,
    amount: Amount = None,
    withdraw: Withdraw = False,
    qualify: Qualify = None,
    again: Again = False,
    pdf: Pdf = False,
    exercice: Exercice = None,
    day: Day = None,
    operator: Operator = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.screens import credit as screen
    from mutualis.workflows.credit import Corrector, credit_document
    from mutualis.workflows.printing import printer_of

    check_options(context, COMBINATIONS)
    why, decision = text_of(reason or "", "--reason"), act_of(given_of(act, "--act", NAME))
    corrector = Corrector(recorded_day(day, NAME, folder), today(), operator_of(operator))
    if withdraw or qualify is not None:
        nature = None if qualify is None else _nature(qualify)
        decided = _decide(folder, number, corrector, nature, decision, why)
        screen.tell_decided(decided, json=json)
        return
    if not why:
        raise UnreadableRequest("command_line.credit_without_reason")
    credited = credit_document(
        folder,
        _request(number, why, decision, amount, remise, replace=replace, again=again),
        corrector,
        exercice=None if exercice is None else year_of(exercice, f"{NAME} … --exercice"),
        printer=printer_of(folder) if pdf else None,
    )
    screen.tell_credited(credited, folder, json=json)


def _request(
    number: str,
    reason: str,
    decision: str,
    amount: str | None,
    remise: str | None,
    *,
    replace: bool,
    again: bool,
) -> "CreditRequest":
    """What is to be taken off; raises UnreadableRequest for what is no amount."""
    from mutualis.domain.issuing.credit_note import TakenOff
    from mutualis.workflows.credit import CreditRequest

    wanted = None if amount is None else euros_of(amount, "--amount")
    off = TakenOff(wanted, Nature.CORRECTION, reason)
    if remise is not None:
        off = TakenOff(euros_of(remise, "--remise"), Nature.REMISE, reason, decision)
    return CreditRequest(number, off, replace=replace, again=again)


def _decide(
    folder: Path,
    number: str,
    corrector: "Corrector",
    nature: Nature | None,
    decision: str,
    reason: str,
) -> "CreditDecision":
    """Tell a credit's nature, or withdraw it where none is told."""
    from mutualis.workflows.credit_decision import qualify_credit, withdraw_remise

    if nature is None:
        return withdraw_remise(folder, number, corrector, decision=decision, reason=reason)
    return qualify_credit(folder, number, corrector, nature=nature, decision=decision)


def _nature(text: str) -> Nature:
    from mutualis.domain.french.names import did_you_mean, nearest

    for nature in Nature:
        if text.strip().casefold() == nature.value:
            return nature
    known = ", ".join(nature.value for nature in Nature)
    guess = did_you_mean(nearest(text, (nature.value for nature in Nature), limit=1))
    raise UnreadableRequest("command_line.unknown_nature", text=text, known=known, guess=guess)
