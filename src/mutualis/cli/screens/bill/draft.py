"""A batch on the screen and to other programs, drafted or issued."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mutualis.cli.screens.parts import account_line, parts_of, weighting_of
from mutualis.cli.terminal import console
from mutualis.domain.changes.change import Change, Changes, Effects
from mutualis.domain.communes.communes import Settlement
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.french.typography import count, euros, number, signed_euros
from mutualis.domain.issuing.plan import IssuePlan
from mutualis.domain.issuing.regularisation import of_plan
from mutualis.domain.memberships.plan import BillingLine, total
from mutualis.domain.money import ZERO, plain
from mutualis.workflows.bill import Billing, Draft


def answer(draft: Draft) -> dict[str, Any]:
    """The JSON contract of `bill`."""
    issue = draft.billing.issue
    plan = issue.billing
    return contract(issue, "draft", (plan.invoices, plan.withheld), plan.total, draft.files)


def contract(
    issue: IssuePlan,
    status: str,
    lines: tuple[Sequence[BillingLine], Sequence[BillingLine]],
    amount: Decimal,
    files: Sequence[str],
) -> dict[str, Any]:
    """What a draft and an issued batch have in common; `lines` are invoiced, then withheld."""
    plan = issue.billing
    return {
        "year": plan.year,
        "status": status,
        "grid_status": plan.grid.status.value,
        "population_basis": plan.basis.value,
        "lines": [_line(line) for line in lines[0]],
        "by_level": {
            level.level: {
                "communes": level.communes,
                "population": level.population,
                "amount": plain(level.amount),
            }
            for level in issue.by_level
        },
        "total": plain(amount),
        "withheld": [_line(line) for line in lines[1]],
        "below_minimum": [_line(line) for line in plan.below_minimum],
        "not_billed": [
            {
                "code_insee": item.commune.code_insee,
                "commune": item.commune.name,
                "level": item.commune.level,
                "reason": item.reason,
            }
            for item in plan.not_billed
        ],
        "to_issue": [
            {
                "kind": item.kind,
                "code_insee": item.code_insee,
                "amount": plain(item.amount),
                "refers_to": item.refers_to,
            }
            for item in issue.items
        ],
        "account": [account_line(account) for account in issue.chosen],
        "excepted": [account.person.code_insee for account in issue.excepted],
        "changes": None if issue.changes is None else changes(issue.changes),
        "example_levels": plan.example_levels,
        "files": list(files),
    }


def changes(found: Changes) -> dict[str, Any]:
    """Why what is due is not what it was, in all and of each commune."""
    return {
        "from": found.year_before,
        "to": found.year_after,
        **_change(found.before, found.after, found.effects),
        "lines": [change(one) for one in found.changes],
    }


def change(one: Change) -> dict[str, Any]:
    return {
        "code_insee": one.code_insee,
        "commune": one.name,
        **_change(one.before, one.after, one.effects),
    }


def _change(before: Decimal, after: Decimal, effects: Effects) -> dict[str, Any]:
    return {
        "before": plain(before),
        "after": plain(after),
        "change": plain(after - before),
        "effects": {name: plain(amount) for name, amount in effects.by_name.items()},
    }


def _line(line: BillingLine) -> dict[str, Any]:
    commune, fee = line.commune, line.fee
    return {
        "number": line.number,
        "code_insee": commune.code_insee,
        "commune": commune.name,
        "siren": commune.siren,
        "level": fee.level.code,
        "population": fee.population,
        "rate": plain(fee.rate),
        "gross": plain(fee.gross),
        **weighting_of(fee),
        "cap": None if fee.cap is None else plain(fee.cap),
        "amount": plain(line.amount),
        "net": plain(line.net),
        "vat": plain(line.amount - line.net),
        "explanation": line.explanation,
        **({} if line.is_simple else {"parts": parts_of(line), "deducted": plain(line.deducted)}),
    }


def show(draft: Draft, folder: Path) -> None:
    issue = draft.billing.issue
    plan = issue.billing
    state = "BROUILLON" if plan.grid.is_voted else "PRÉVISION, grille projetée, non votée"
    console.show(f"Services mutualisés : adhésions {plan.year} ({state})", "bold")
    show_levels(issue)
    show_to_issue(draft.billing)
    show_left(issue)
    apart = any(account.row.settlement is Settlement.AC for account in issue.chosen)
    _show_changes(issue, draft.billing.without_before, apart=apart)
    console.show()
    console.show_files(draft.files, folder)
    if draft.sheets_left_out:
        console.show("Plus de 300 factures : les pages une par une s'écrivent avec --sheets.")
    console.show_next(_next(issue))


def _next(issue: IssuePlan) -> str:
    year = issue.accounts.year
    if not issue.billing.grid.is_voted:
        return (
            "communiquer la prévision aux communes ; après le vote : "
            f'mutualis index {year} --act "n° et date de la délibération"'
        )
    if issue.regularised:
        return (
            "lire la feuille « Régularisations » ; si c'est juste : "
            f"mutualis bill {year} --issue --regularise"
        )
    return (
        "ouvrir le classeur, vérifier la feuille « Contrôle » ; pour un montant : "
        f"mutualis explain COMMUNE {year}"
    )


def show_levels(issue: IssuePlan) -> None:
    """What is invoiced by level, a membership counted once."""
    levels = issue.by_level
    taxed = any(account.line is not None and account.line.vat for account in issue.chosen)
    console.show_table(
        ("Niveau", "Services", "Communes", "Population", "Montant"),
        [
            (
                level.level,
                level.label,
                number(level.communes),
                number(level.population),
                euros(level.amount),
            )
            for level in levels
        ],
        right=(2, 3, 4),
        total=(
            "Total TTC" if taxed else "Total",
            "",
            number(sum(level.communes for level in levels)),
            number(sum(level.population for level in levels)),
            euros(sum((level.amount for level in levels), ZERO)),
        ),
    )


def show_to_issue(billing: Billing) -> None:
    """What issuing would add, once a document of the year was issued."""
    issue, rows = billing.issue, of_plan(billing.issue)
    if not any(account.owned for account in issue.accounts.all):
        return
    regularised = {row.item for row in rows}
    new = [item for item in issue.items if item not in regularised]
    if not issue.items:
        waits = issue.unqualified or issue.billing.below_minimum or issue.excepted
        why = "." if waits else " : les documents émis disent ce qui est dû."
        console.show(f"Rien de plus à émettre{why}")
    if new:
        amount = euros(sum((item.amount for item in new), ZERO))
        console.show(f"À émettre, premiers documents : {count(len(new), 'commune')}, {amount}")
    if rows:
        console.show("Régularisations :")
        for row in rows:
            console.show(
                f"  {row.entry.name} : {row.nature} de {signed_euros(row.item.amount)} "
                f"({row.reason})"
            )


def show_left(issue: IssuePlan) -> None:
    """What issuing leaves: withheld apart, too small, to qualify, left aside, free."""
    plan = issue.billing
    if plan.withheld:
        kept = f"{count(len(plan.withheld), 'commune')}, {euros(total(plan.withheld))}"
        console.show(f"Retenues sur l'attribution de compensation : {kept}")
    if plan.below_minimum:
        kept = f"{count(len(plan.below_minimum), 'commune')}, {euros(total(plan.below_minimum))}"
        console.show(f"Sous le seuil de recouvrement, non facturées : {kept}")
    for account in issue.unqualified:
        numbers = ", ".join(account.unqualified)
        console.show(
            f"À qualifier : {account.person.name}, avoir {numbers} (mutualis credit "
            f"{account.unqualified[0]} --qualify remise, ou correction) ; rien n'est émis pour elle"
        )
    if issue.excepted:
        names = ", ".join(account.person.name for account in issue.excepted)
        console.show(f"Laissées de côté (--except) : {names}")
    if plan.without_fee:
        free = count(len(plan.without_fee), "commune")
        console.show(f"Sans facture (non adhérentes ou niveau gratuit) : {free}")


def _show_changes(issue: IssuePlan, missing: str, *, apart: bool) -> None:
    year, found = issue.accounts.year - 1, issue.changes
    if found is None:
        console.show(f"Par rapport à {year} : pas de comparaison ({missing}).")
        return
    change = signed_euros(found.after - found.before)
    scope = " montants à part compris," if apart else ""
    console.show(f"Par rapport à {year},{scope} {euros(found.before)} dus : {change}")
    for name, amount in found.effects.by_name.items():
        moved = sum(bool(one.effects.by_name[name]) for one in found.changes)
        if moved:
            console.show(f"  {EFFECTS[name]} {signed_euros(amount)} ({count(moved, 'commune')})")
