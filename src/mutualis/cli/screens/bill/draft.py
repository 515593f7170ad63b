"""A batch on the screen and to other programs, drafted or issued."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number, signed_euros
from mutualis.domain.memberships.comparison import Comparison
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, total
from mutualis.domain.money import plain
from mutualis.workflows.bill import Draft


def answer(draft: Draft) -> dict[str, Any]:
    """The JSON contract of `bill`."""
    return contract(draft.plan, "draft", draft.files)


def contract(plan: BillingPlan, status: str, files: Sequence[str]) -> dict[str, Any]:
    """What a draft and an issued batch have in common."""
    return {
        "year": plan.year,
        "status": status,
        "grid_status": plan.grid.status.value,
        "population_basis": plan.basis.value,
        "lines": [_line(line) for line in plan.invoices],
        "by_level": {
            level.level: {
                "communes": level.communes,
                "population": level.population,
                "amount": plain(level.amount),
            }
            for level in plan.by_level
        },
        "total": plain(plan.total),
        "withheld": [_line(line) for line in plan.withheld],
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
        "example_levels": plan.example_levels,
        "files": list(files),
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
        "cap": None if fee.cap is None else plain(fee.cap),
        "amount": plain(line.amount),
        "explanation": line.explanation,
        **({} if line.is_simple else {"parts": _parts(line), "deducted": plain(line.deducted)}),
    }


def _parts(line: BillingLine) -> list[dict[str, Any]]:
    return [
        {
            "commune": part.row.name,
            "level": part.fee.level.code,
            "population": part.fee.population,
            "from": part.row.first_day.isoformat(),
            "to": part.row.last_day.isoformat(),
            "share": f"{part.numerator}/{part.denominator}",
            "amount_of_year": plain(part.fee.amount),
        }
        for part in line.parts
    ]


def show(draft: Draft, folder: Path) -> None:
    plan = draft.plan
    state = "BROUILLON" if plan.grid.is_voted else "PRÉVISION, grille projetée, non votée"
    console.show(f"Services mutualisés : adhésions {plan.year} ({state})", "bold")
    show_levels(plan)
    for lines, title in (
        (plan.withheld, "Retenues sur l'attribution de compensation"),
        (plan.below_minimum, "Sous le seuil de recouvrement, non facturées"),
    ):
        if lines:
            console.show(f"{title} : {count(len(lines), 'commune')}, {euros(total(lines))}")
    if plan.without_fee:
        free = count(len(plan.without_fee), "commune")
        console.show(f"Sans facture (non adhérentes ou niveau gratuit) : {free}")
    apart = bool(plan.withheld or plan.below_minimum)
    _show_comparison(draft.comparison, draft.without_comparison, plan.year - 1, apart=apart)
    console.show()
    console.show_files(draft.files, folder)
    if draft.sheets_left_out:
        console.show("Plus de 300 factures : les pages une par une s'écrivent avec --sheets.")
    if plan.grid.is_voted:
        console.show_next(
            "ouvrir le classeur, vérifier la feuille « Contrôle » ; pour un montant : "
            f"mutualis explain COMMUNE {plan.year}"
        )
    else:
        console.show_next(
            "communiquer la prévision aux communes ; après le vote : "
            f'mutualis index {plan.year} --act "n° et date de la délibération"'
        )


def show_levels(plan: BillingPlan) -> None:
    """The table of a batch by level."""
    people = sum(level.population for level in plan.by_level)
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
            for level in plan.by_level
        ],
        right=(2, 3, 4),
        total=("Total", "", number(len(plan.invoices)), number(people), euros(plan.total)),
    )


def _show_comparison(comparison: Comparison | None, reason: str, year: int, *, apart: bool) -> None:
    if comparison is None:
        console.show(f"Par rapport à {year} : pas de comparaison ({reason}).")
        return
    change = signed_euros(comparison.after - comparison.before)
    scope = " montants à part compris," if apart else ""
    console.show(f"Par rapport à {year},{scope} {euros(comparison.before)} : {change}")
    console.show(f"  tarifs {signed_euros(comparison.prices)}", None)
    console.show(f"  populations {signed_euros(comparison.populations)}")
    moves = [
        (comparison.joined, "entrée", "entrées"),
        (comparison.left, "sortie", "sorties"),
        (comparison.changed_level, "changement de niveau", "changements de niveau"),
    ]
    details = ", ".join(count(len(items), one, many) for items, one, many in moves if items)
    console.show(
        f"  adhésions {signed_euros(comparison.memberships)}" + (f" ({details})" if details else "")
    )
