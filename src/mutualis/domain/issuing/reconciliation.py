"""A plan beside the register: what is new, what stands, what has changed since it was issued."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mutualis.domain.french.typography import count, euros, number, signed_euros
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.problems.refusals import Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.fees import amount_due


@dataclass(frozen=True, slots=True)
class Change:
    """What was invoiced and today's data would not give any more; no `line`: no fee is due now.

    `documents` are the first invoice of the commune and its complements, `invoiced` what they
    are still worth.
    """

    documents: tuple[MembershipInvoice, ...]
    invoiced: Decimal
    line: BillingLine | None

    @property
    def last(self) -> MembershipInvoice:
        return self.documents[-1]

    @property
    def difference(self) -> Decimal:
        return (self.line.whole if self.line else Decimal(0)) - self.invoiced

    @property
    def is_rise(self) -> bool:
        return self.difference > 0

    @property
    def text(self) -> str:
        """Who, from what to what, and what moved the amount by how much."""
        numbers = ", ".join(document.number for document in self.documents)
        head = f"{self.last.commune.name} ({numbers}) : {euros(self.invoiced)}"
        if self.line is None:
            return f"{head} → plus de facture"
        return f"{head} → {euros(self.line.whole)} ({' ; '.join(self._causes(self.line))})"

    def _causes(self, new: BillingLine) -> list[str]:
        """The effects of the rate, the population and the level, in that order: they add up."""
        old = self.last
        causes = []
        if old.parts or new.parts:
            causes.append(new.explanation)
        else:
            level = new.fee.level if new.fee.level.code == old.level.code else old.level
            before = amount_due(old.level, old.population) or Decimal(0)
            repriced = amount_due(level, old.population) or Decimal(0)
            moved = amount_due(level, new.fee.population) or Decimal(0)
            if repriced != before:
                causes.append(f"tarif {signed_euros(repriced - before)}")
            if new.fee.population != old.population:
                people = f"{number(old.population)} → {number(new.fee.population)}"
                causes.append(f"population {people}, {signed_euros(moved - repriced)}")
            if new.fee.level.code != old.level.code:
                levels = f"{old.level.code} → {new.fee.level.code}"
                causes.append(f"niveau {levels}, {signed_euros(new.whole - moved)}")
        if new.commune.siren != old.commune.siren:
            causes.append(f"SIREN {old.commune.siren} → {new.commune.siren}")
        return causes or [f"reste facturé : {euros(self.invoiced)}"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan beside the register.

    `new` and `withheld` are the lines to record, `same` the invoices that stand, `changed` those
    that today's data would not give, `credited` the lines of communes whose invoice was wholly
    credited, and `crossed` says which withheld fees do not agree with the data any more.
    """

    new: tuple[BillingLine, ...]
    withheld: tuple[BillingLine, ...]
    same: tuple[MembershipInvoice, ...]
    changed: tuple[Change, ...]
    credited: tuple[BillingLine, ...]
    crossed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToIssue:
    """What an issue adds: invoices to number, and fees to record as withheld."""

    invoices: tuple[BillingLine, ...] = ()
    withheld: tuple[BillingLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.invoices or self.withheld)


def compare_with_ledger(plan: BillingPlan, ledger: Ledger) -> Standing:
    """What issuing the plan would add to the register.

    Every line of the plan is looked up among all that stands for the year; the selection only
    says which invoices without a line count as changed.
    """
    issued = dict(ledger.standing(plan.year))
    ever = ledger.invoiced(plan.year)
    recorded = dict(ledger.withheld(plan.year))
    new: list[BillingLine] = []
    same: list[MembershipInvoice] = []
    changed: list[Change] = []
    credited: list[BillingLine] = []
    crossed: list[str] = []
    for line in plan.invoices:
        code = line.commune.code_insee
        documents = issued.pop(code, None)
        if documents is not None:
            change = Change(documents, worth(documents, ledger), line)
            if change.difference == 0 and is_same(documents[-1], line):
                same.extend(documents)
            else:
                changed.append(change)
        elif code in recorded:
            crossed.append(f"{line.commune.name} : déjà retenue sur l'AC, à facturer désormais")
        elif code in ever and code not in plan.selection.communes:
            credited.append(line)
        else:
            new.append(line)
    withheld = []
    for line in plan.withheld:
        before = recorded.get(line.commune.code_insee)
        if before is not None and before.amount != line.amount:
            amounts = f"{euros(before.amount)} → {euros(line.amount)}"
            crossed.append(f"{line.commune.name} : retenue sur l'AC de {amounts}")
        elif before is None and line.commune.code_insee not in issued:
            withheld.append(line)
    changed.extend(
        Change(documents, worth(documents, ledger), None)
        for documents in issued.values()
        if plan.selection.holds(documents[-1].commune, documents[-1].level.code)
    )
    changed.sort(key=lambda change: change.last.commune.code_insee)
    return Standing(
        tuple(new),
        tuple(withheld),
        tuple(same),
        tuple(changed),
        tuple(credited),
        tuple(crossed),
    )


def to_issue(
    plan: BillingPlan, ledger: Ledger, *, new_only: bool = False, complement: bool = False
) -> ToIssue:
    """The lines to issue now; raises Refusal when the register and the data do not agree.

    `new_only` leaves what changed as it is; `complement` makes a complementary invoice of each
    rise and leaves each fall to a credit note. A commune whose invoice was wholly credited is
    invoiced again only when it is named (--commune).
    """
    standing = compare_with_ledger(plan, ledger)
    if complement:
        rises = [change for change in standing.changed if change.line and change.is_rise]
        return ToIssue(tuple(_complement(change, change.line) for change in rises if change.line))
    if (standing.changed or standing.crossed) and not new_only:
        changes = "\n  ".join((*(change.text for change in standing.changed), *standing.crossed))
        raise Refusal(
            f"Le lot {plan.year} est déjà émis et les données ont changé depuis. Rien n'a été "
            f"modifié.\n  {changes}",
            "rétablir les données ; ou facturer les hausses par "
            f"mutualis bill {plan.year} --complement --issue, et annuler ou corriger le reste par "
            'mutualis credit NUMÉRO --reason "…" (avec --replace pour refacturer) ; '
            "--new-only n'émet que les nouvelles adhérentes",
        )
    if standing.new and standing.same and not new_only:
        names = ", ".join(line.commune.name for line in standing.new)
        raise Refusal(
            f"Le lot {plan.year} est déjà émis ; {count(len(standing.new), 'commune')} sans "
            f"facture depuis : {names}. Rien n'a été modifié.",
            f"pour émettre un second lot : mutualis bill {plan.year} --issue --new-only",
        )
    return ToIssue(standing.new, standing.withheld)


def falls(plan: BillingPlan, ledger: Ledger) -> tuple[Change, ...]:
    """What was invoiced above what today's data give: credit notes are for that."""
    changed = compare_with_ledger(plan, ledger).changed
    return tuple(change for change in changed if not change.is_rise)


def _complement(change: Change, line: BillingLine) -> BillingLine:
    return replace(line, deducted=change.invoiced, completes=change.documents[0].number)


def worth(documents: Sequence[MembershipInvoice], ledger: Ledger) -> Decimal:
    """What invoices are still worth together."""
    return sum((ledger.remaining(document.number) for document in documents), Decimal(0))


def is_same(document: MembershipInvoice, line: BillingLine) -> bool:
    """Whether the amount comes from the same figures, for the same legal person."""
    return (
        document.population,
        document.level.code,
        document.commune.siren,
        len(document.parts),
    ) == (line.fee.population, line.fee.level.code, line.commune.siren, len(line.parts))
