"""From a plan to numbered documents: what is new, what stands, what has changed since.

Pure: it is called inside the register's transaction, with the register as it then is, so that
numbers are gapless and no fee is invoiced twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mutualis.domain.billing import BillingLine, BillingPlan, Issue
from mutualis.domain.fees import NoPrice, amount_due, compute_fee
from mutualis.domain.issuer import Issuer
from mutualis.domain.ledger import (
    CREDIT,
    INVOICE,
    MEMBERSHIP,
    Act,
    Batch,
    Document,
    Ledger,
)
from mutualis.domain.refusals import Refusal
from mutualis.domain.tariffs import Tariffs
from mutualis.domain.typography import count, euros, long_date, number, signed_euros

NUMBER = re.compile(r"[A-Z0-9_/+-]{1,20}")


@dataclass(frozen=True, slots=True)
class Change:
    """An invoice that today's data would not give any more; `line` is None when no fee is due.

    The effects of the rate, the population and the level, in that order, add up to the whole.
    """

    document: Document
    line: BillingLine | None

    @property
    def difference(self) -> Decimal:
        return (self.line.amount if self.line else Decimal(0)) - self.document.amount

    @property
    def text(self) -> str:
        """Who, from what to what, and what moved the amount by how much."""
        old, new = self.document, self.line
        head = f"{old.commune.name} ({old.number}) : {euros(old.amount)}"
        if new is None:
            return f"{head} → plus de facture"
        causes = []
        level = new.fee.level if new.fee.level.code == old.level.code else old.level
        repriced = amount_due(level, old.population) or Decimal(0)
        if repriced != old.amount:
            causes.append(f"tarif {signed_euros(repriced - old.amount)}")
        moved = amount_due(level, new.fee.population) or Decimal(0)
        if new.fee.population != old.population:
            people = f"{number(old.population)} → {number(new.fee.population)}"
            causes.append(f"population {people}, {signed_euros(moved - repriced)}")
        if new.fee.level.code != old.level.code:
            levels = f"{old.level.code} → {new.fee.level.code}"
            causes.append(f"niveau {levels}, {signed_euros(new.amount - moved)}")
        if new.commune.siren != old.commune.siren:
            causes.append(f"SIREN {old.commune.siren} → {new.commune.siren}")
        return f"{head} → {euros(new.amount)} ({' ; '.join(causes)})"


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan beside the register: lines to issue, invoices that stand, those that changed."""

    new: tuple[BillingLine, ...]
    same: tuple[Document, ...]
    changed: tuple[Change, ...]


def compare_with_ledger(plan: BillingPlan, ledger: Ledger) -> Standing:
    """What issuing the plan would add to the register, within the plan's selection."""
    issued = {
        code: document
        for code, document in ledger.standing(plan.year).items()
        if plan.selection.holds(document.commune)
    }
    new, same, changed = [], [], []
    for line in plan.invoices:
        document = issued.pop(line.commune.code_insee, None)
        if document is None:
            new.append(line)
        elif _is_same(document, line):
            same.append(document)
        else:
            changed.append(Change(document, line))
    changed.extend(Change(document, None) for document in issued.values())
    changed.sort(key=lambda change: change.document.commune.code_insee)
    return Standing(tuple(new), tuple(same), tuple(changed))


def to_issue(plan: BillingPlan, ledger: Ledger, *, new_only: bool) -> tuple[BillingLine, ...]:
    """The lines to issue now; raises Refusal when the register and the data do not agree."""
    standing = compare_with_ledger(plan, ledger)
    if standing.changed and not new_only:
        changes = "\n  ".join(change.text for change in standing.changed)
        raise Refusal(
            f"Le lot {plan.year} est déjà émis et les données ont changé depuis. Rien n'a été "
            f"modifié.\n  {changes}",
            "rétablir les données, ou corriger chaque facture par mutualis credit NUMÉRO "
            "--replace ; de nouvelles adhérentes s'émettent avec --new-only",
        )
    if standing.new and standing.same and not new_only:
        names = ", ".join(line.commune.name for line in standing.new)
        raise Refusal(
            f"Le lot {plan.year} est déjà émis ; {count(len(standing.new), 'commune')} sans "
            f"facture depuis : {names}. Rien n'a été modifié.",
            f"pour émettre un second lot : mutualis bill {plan.year} --issue --new-only",
        )
    return standing.new


def check_issuable(plan: BillingPlan) -> None:
    """Raises Refusal for a grid that is projected or has no act yet."""
    grid = plan.grid
    remedy = f'mutualis index {grid.year} --act "n° et date de la délibération"'
    if not grid.is_voted:
        raise Refusal(
            f"La grille {grid.year} est projetée : rien n'a été émis, aucun numéro n'est attribué.",
            f"après le vote, {remedy}",
        )
    if grid.act_is_missing:
        raise Refusal(
            f"La délibération de la grille {grid.year} est « à compléter » : rien n'a été émis, "
            "aucun numéro n'est attribué.",
            remedy,
        )


def check_day(day: date, ledger: Ledger) -> None:
    """Raises Refusal for a date before the last issued one: numbers follow dates."""
    last = ledger.last_day
    if last is not None and day < last:
        raise Refusal(
            f"La date du {long_date(day)} précède celle du dernier document émis "
            f"({long_date(last)}) : rien n'a été émis.",
            f"émettre au plus tôt le {long_date(last)} (--date)",
        )


def make_batch(
    plan: BillingPlan, ledger: Ledger, tariffs: Tariffs, issuer: Issuer, act: Act, exercice: int
) -> Batch:
    """The batch that follows those of the year, with the settings and grid it comes from."""
    rank = 1 + sum(batch.year == plan.year for batch in ledger.batches)
    return Batch(
        rank=rank,
        year=plan.year,
        exercice=exercice,
        act=act,
        tariffs=tariffs.only(plan.year),
        issuer=issuer,
        selection=plan.selection,
        withheld=plan.withheld,
        below_minimum=plan.below_minimum,
        not_billed=plan.not_billed,
        example_levels=plan.example_levels,
    )


def number_invoices(
    lines: Sequence[BillingLine], plan: BillingPlan, batch: Batch, ledger: Ledger
) -> tuple[Document, ...]:
    """The invoices of a batch, numbered without a gap in INSEE-code order."""
    series = batch.issuer.series(INVOICE, plan.year)
    first = ledger.next_rank(series)
    ordered = sorted(lines, key=lambda line: line.commune.code_insee)
    return tuple(
        _invoice(line, plan, batch, series, rank) for rank, line in enumerate(ordered, start=first)
    )


def restore_plan(batch: Batch, ledger: Ledger) -> BillingPlan:
    """The plan of a batch as it was issued, from the register alone, with its numbers.

    Raises Refusal when an invoice is no longer what its own snapshot gives (see `verify`).
    """
    grid = batch.tariffs.grids[batch.year]
    return BillingPlan(
        year=batch.year,
        grid=grid,
        basis=batch.tariffs.population,
        minimum_recovery=batch.tariffs.minimum_recovery,
        invoices=tuple(line_of(document) for document in ledger.of_batch(batch)),
        withheld=batch.withheld,
        below_minimum=batch.below_minimum,
        not_billed=batch.not_billed,
        selection=batch.selection,
        example_levels=batch.example_levels,
        issue=Issue(batch.act.day, batch.rank, ledger.closing[batch.year, batch.rank]),
    )


def line_of(document: Document) -> BillingLine:
    """The line of an issued invoice."""
    fee = compute_fee(document.level, document.population)
    if isinstance(fee, NoPrice) or fee.amount != document.amount:
        raise Refusal(
            f"La facture {document.number} ne correspond plus à son propre calcul.",
            "ne rien émettre ; mutualis register verify",
        )
    return BillingLine(document.commune, fee, document.number)


def make_credit(
    invoice: Document, ledger: Ledger, issuer: Issuer, act: Act, reason: str, amount: Decimal | None
) -> Document:
    """The credit note of what remains of an invoice, or of a part of it (> 0).

    Raises Refusal when nothing remains, or less than the amount.
    """
    remaining = ledger.remaining(invoice.number)
    if remaining <= 0:
        raise Refusal(
            f"La facture {invoice.number} est déjà entièrement annulée : rien n'a été émis.",
            f"mutualis register show {invoice.number}",
        )
    wanted = remaining if amount is None else amount
    if not 0 < wanted <= remaining:
        raise Refusal(
            f"{euros(wanted)} ne peuvent pas être annulés : il reste {euros(remaining)} sur la "
            f"facture {invoice.number}.",
            f"choisir un montant de 0,01 € à {euros(remaining)}",
        )
    series = issuer.series(CREDIT, invoice.year)
    rank = ledger.next_rank(series)
    return Document(
        kind=CREDIT,
        number=_number(issuer, CREDIT, invoice.year, rank),
        series=series,
        rank=rank,
        year=invoice.year,
        exercice=act.day.year,
        batch=invoice.batch,
        product=invoice.product,
        act=act,
        issuer=issuer,
        signatory=issuer.signatory(act.day),
        commune=invoice.commune,
        basis=invoice.basis,
        level=invoice.level,
        population=invoice.population,
        grid_act=invoice.grid_act,
        amount=-wanted,
        explanation=invoice.explanation,
        refers_to=invoice.number,
        reason=reason,
        effect=accounting_effect(invoice, ledger, act.day, issuer.accounts["cancelled"]),
    )


def accounting_effect(invoice: Document, ledger: Ledger, day: date, account: str) -> str:
    """What a credit note on `day` means for the accounts, by the titre recorded so far.

    No titre: nothing to undo in the accounts. A titre of the same exercice is cancelled or
    reduced; one of a closed exercice takes a mandat on `account` (673 in M57).
    """
    titre = ledger.titre_of(invoice.number)
    if titre is None:
        return "Aucun titre enregistré : annulation interne, sans écriture comptable."
    if titre.exercice == day.year:
        return f"Titre {titre.titre} de l'exercice {titre.exercice} : annulation ou réduction."
    return (
        f"Titre {titre.titre} de l'exercice clos {titre.exercice} : mandat sur le compte {account}."
    )


def _invoice(
    line: BillingLine, plan: BillingPlan, batch: Batch, series: str, rank: int
) -> Document:
    return Document(
        kind=INVOICE,
        number=_number(batch.issuer, INVOICE, plan.year, rank),
        series=series,
        rank=rank,
        year=plan.year,
        exercice=batch.exercice,
        batch=batch.rank,
        product=MEMBERSHIP,
        act=batch.act,
        issuer=batch.issuer,
        signatory=batch.issuer.signatory(batch.act.day),
        commune=line.commune,
        basis=plan.basis,
        level=line.fee.level,
        population=line.fee.population,
        grid_act=plan.grid.act,
        amount=line.amount,
        explanation=line.fee.explanation,
    )


def _number(issuer: Issuer, kind: str, year: int, rank: int) -> str:
    made = issuer.number(kind, year, rank)
    if not NUMBER.fullmatch(made):
        raise Refusal(
            f"Le numéro « {made} » ne convient pas : 20 caractères au plus, parmi A-Z 0-9 - _ / +.",
            "corriger les formats de [numbers] dans data/issuer.toml",
        )
    return made


def _is_same(document: Document, line: BillingLine) -> bool:
    return (
        document.amount,
        document.population,
        document.level.code,
        document.commune.siren,
    ) == (line.amount, line.fee.population, line.fee.level.code, line.commune.siren)
