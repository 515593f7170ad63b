"""A plan beside the register: what is new, what stands, what has changed since it was issued."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mutualis.domain.french.communes import communes
from mutualis.domain.french.typography import euros, number, signed_euros
from mutualis.domain.invoices.invoice import MembershipInvoice
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.problems.refusals import Reason, Refusal
from mutualis.domain.register.ledger import Ledger
from mutualis.domain.tariffs.fees import amount_due


@dataclass(frozen=True, slots=True)
class AmountChange:
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
    def reason(self) -> Reason:
        """Who, from what to what, and what moved the amount by how much."""
        name = self.last.commune.name
        numbers = ", ".join(document.number for document in self.documents)
        invoiced = euros(self.invoiced)
        if self.line is None:
            return Reason(
                "reconciliation.no_fee",
                {"commune": name, "numbers": numbers, "invoiced": invoiced},
            )
        return Reason(
            "reconciliation.amount",
            {
                "commune": name,
                "numbers": numbers,
                "invoiced": invoiced,
                "due": euros(self.line.whole),
                "causes": " ; ".join(cause.text for cause in self._causes(self.line)),
            },
        )

    def _causes(self, new: BillingLine) -> Iterator[Reason]:
        moved = tuple(_moved(self.last, new))
        yield from moved
        before, after = self.last.commune.siren, new.commune.siren
        if before != after:
            yield Reason("reconciliation.siren", {"before": before, "after": after})
        elif not moved:
            yield Reason("reconciliation.still_invoiced", {"invoiced": euros(self.invoiced)})


def _moved(old: MembershipInvoice, new: BillingLine) -> Iterator[Reason]:
    """The effects of the rate, the population and the level, in that order: they add up."""
    if old.parts or new.parts:
        yield Reason("reconciliation.calculation", {"explanation": new.explanation})
        return
    level = new.fee.level if new.fee.level.code == old.level.code else old.level
    before = amount_due(old.level, old.population) or Decimal(0)
    repriced = amount_due(level, old.population) or Decimal(0)
    moved = amount_due(level, new.fee.population) or Decimal(0)
    if repriced != before:
        yield Reason("reconciliation.rate", {"difference": signed_euros(repriced - before)})
    if new.fee.population != old.population:
        yield Reason(
            "reconciliation.population",
            {
                "before": number(old.population),
                "after": number(new.fee.population),
                "difference": signed_euros(moved - repriced),
            },
        )
    if new.fee.level.code != old.level.code:
        yield Reason(
            "reconciliation.level",
            {
                "before": old.level.code,
                "after": new.fee.level.code,
                "difference": signed_euros(new.whole - moved),
            },
        )


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A plan beside the register.

    `new` and `withheld` are the lines to record, `same` the invoices that stand, `changed` those
    that today's data would not give, `credited` the lines of communes whose invoice was wholly
    credited, and `crossed` says which withheld fees do not agree with the data any more.
    """

    new: tuple[BillingLine, ...]
    withheld: tuple[BillingLine, ...]
    same: tuple[MembershipInvoice, ...]
    changed: tuple[AmountChange, ...]
    credited: tuple[BillingLine, ...]
    crossed: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ToIssue:
    """What an issue adds: invoices to number, and fees to record as withheld."""

    invoices: tuple[BillingLine, ...] = ()
    withheld: tuple[BillingLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.invoices or self.withheld)


def compare_with_ledger(plan: BillingPlan, ledger: Ledger) -> Reconciliation:
    """What issuing the plan would add to the register.

    Every line of the plan is looked up among all that stands for the year; the selection only
    says which invoices without a line count as changed.
    """
    issued = dict(ledger.standing(plan.year))
    ever = ledger.invoiced(plan.year)
    recorded = dict(ledger.withheld(plan.year))
    new: list[BillingLine] = []
    same: list[MembershipInvoice] = []
    changed: list[AmountChange] = []
    credited: list[BillingLine] = []
    crossed: list[Reason] = []
    for line in plan.invoices:
        code = line.commune.code_insee
        documents = issued.pop(code, None)
        if documents is not None:
            change = AmountChange(documents, worth(documents, ledger), line)
            if change.difference == 0 and is_same(documents[-1], line):
                same.extend(documents)
            else:
                changed.append(change)
        elif code in recorded:
            crossed.append(Reason("reconciliation.withheld_before", {"commune": line.commune.name}))
        elif code in ever and code not in plan.selection.communes:
            credited.append(line)
        else:
            new.append(line)
    withheld = []
    for line in plan.withheld:
        before = recorded.get(line.commune.code_insee)
        if before is not None and before.amount != line.amount:
            crossed.append(
                Reason(
                    "reconciliation.withheld_otherwise",
                    {
                        "commune": line.commune.name,
                        "before": euros(before.amount),
                        "after": euros(line.amount),
                    },
                )
            )
        elif before is None and line.commune.code_insee not in issued:
            withheld.append(line)
    changed.extend(
        AmountChange(documents, worth(documents, ledger), None)
        for documents in issued.values()
        if plan.selection.holds([documents[-1].row.code_insee], documents[-1].level.code)
    )
    changed.sort(key=lambda change: change.last.commune.code_insee)
    return Reconciliation(
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
        details = [*(change.reason for change in standing.changed), *standing.crossed]
        raise Refusal("reconciliation.changed_since", year=plan.year, details=details)
    if standing.new and standing.same and not new_only:
        names = ", ".join(line.commune.name for line in standing.new)
        raise Refusal(
            "reconciliation.new_since",
            year=plan.year,
            communes=communes(len(standing.new)),
            names=names,
        )
    return ToIssue(standing.new, standing.withheld)


def falls(plan: BillingPlan, ledger: Ledger) -> tuple[AmountChange, ...]:
    """What was invoiced above what today's data give: credit notes are for that."""
    changed = compare_with_ledger(plan, ledger).changed
    return tuple(change for change in changed if not change.is_rise)


def _complement(change: AmountChange, line: BillingLine) -> BillingLine:
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
