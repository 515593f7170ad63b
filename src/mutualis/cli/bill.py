"""mutualis bill"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Folder,
    Json,
    Operator,
    Out,
    Year,
    day_of,
    year_of,
)
from mutualis.cli.prompt import account_name

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.billing import BillingPlan
    from mutualis.domain.comparison import Comparison
    from mutualis.workflows.billing import Draft

NAME = "bill"
SHORT_HELP = "Prépare le lot de factures d'une année."
HELP = """
Prépare le lot de factures d'une année : un classeur avec la synthèse, le récapitulatif,
le barème, un contrôle par formules et une page par facture. Sans --issue, c'est un
brouillon : il ne prend aucun numéro et peut être refait autant de fois qu'on veut. Avec
--issue, les factures sont numérotées et inscrites au registre, pour de bon.
"""
EXAMPLES = """
mutualis bill 2025
mutualis bill 2025 --level 2B
mutualis bill 2025 --commune Saône --commune 25527
mutualis bill 2025 --json > lot.json
mutualis bill 2025 --issue
"""


def command(
    year: Year,
    level: Annotated[
        list[str] | None,
        typer.Option("--level", metavar="NIVEAU", help="Ne retient que ce niveau (répétable)."),
    ] = None,
    commune: Annotated[
        list[str] | None,
        typer.Option(
            "--commune", metavar="COMMUNE", help="Ne retient que cette commune (répétable)."
        ),
    ] = None,
    sheets: Annotated[
        bool,
        typer.Option("--sheets", help="Écrit une page par facture, même au-delà de 300 factures."),
    ] = False,
    issue: Annotated[
        bool, typer.Option("--issue", help="Émet pour de bon : numérote et enregistre.")
    ] = False,
    new_only: Annotated[
        bool, typer.Option("--new-only", help="N'émet que les communes sans facture.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Émet sans demander de confirmation.")] = False,
    exercice: Annotated[
        str | None,
        typer.Option(
            "--exercice",
            metavar="ANNÉE",
            help="Exercice comptable (par défaut : celui de la date).",
        ),
    ] = None,
    operator: Operator = None,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli import console
    from mutualis.workflows.billing import draft_batch

    if issue:
        _issue(
            folder,
            year_of(year, NAME),
            levels=level or (),
            communes=commune or (),
            new_only=new_only,
            yes=yes,
            day=day_of(day, NAME),
            exercice=None if exercice is None else year_of(exercice, f"{NAME} … --exercice"),
            operator=operator or account_name(),
            json=json,
        )
        return
    draft = draft_batch(
        folder,
        year_of(year, NAME),
        made_on=day_of(day, NAME),
        levels=level or (),
        communes=commune or (),
        out=out,
        sheets=sheets,
    )
    console.tell_problems(draft.warnings, brief=True)
    if json:
        console.show_json(answer(draft))
    else:
        _show(draft, folder)


def _issue(
    folder: "Path",
    year: int,
    *,
    levels: Sequence[str],
    communes: Sequence[str],
    new_only: bool,
    yes: bool,
    day: date,
    exercice: int | None,
    operator: str,
    json: bool,
) -> None:
    from mutualis.cli import console
    from mutualis.cli.prompt import confirm
    from mutualis.domain.billing import total
    from mutualis.domain.typography import count, euros
    from mutualis.workflows.issuing import issue_batch, prepare_issue

    prepared = prepare_issue(folder, year, levels=levels, communes=communes, new_only=new_only)
    console.tell_problems(prepared.warnings, brief=True)
    if prepared.new:
        what = f"{count(len(prepared.new), 'facture')} {year}, {euros(total(prepared.new))}"
        confirm(f"Émettre {what} ? C'est définitif.", yes=yes)
    issued = issue_batch(prepared, day=day, operator=operator, exercice=exercice)
    if json:
        console.show_json(
            {
                **_contract(issued.plan, "issued", issued.files),
                "created": len(issued.created),
                "head": issued.ledger.head,
            }
        )
        return
    if issued.created:
        first, last = issued.created[0].number, issued.created[-1].number
        invoices = count(len(issued.created), "facture émise", "factures émises")
        console.show(f"{invoices}, {first} à {last}, {euros(total(issued.created))}", "bold")
    else:
        standing = count(len(issued.plan.invoices), "facture")
        console.show(f"Lot {year} déjà émis ({standing}) : 0 créée.", "bold")
    _show_levels(issued.plan)
    console.show_files(issued.files, folder)
    console.show(f"Empreinte du registre : {issued.ledger.head}")
    console.show_next("mutualis register verify, puis mutualis register backup FICHIER")


def answer(draft: "Draft") -> dict[str, Any]:
    """The JSON contract of `bill`."""
    return _contract(draft.plan, "draft", draft.files)


def _contract(plan: "BillingPlan", status: str, files: Sequence[str]) -> dict[str, Any]:
    from mutualis.domain.money import plain

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


def _line(line: Any) -> dict[str, Any]:
    from mutualis.domain.money import plain

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
        "amount": plain(fee.amount),
        "explanation": fee.explanation,
    }


def _show(draft: "Draft", folder: "Path") -> None:
    from mutualis.cli import console
    from mutualis.domain.billing import total
    from mutualis.domain.typography import count, euros

    plan = draft.plan
    state = "BROUILLON" if plan.grid.is_voted else "PRÉVISION, grille projetée, non votée"
    console.show(f"Services mutualisés : adhésions {plan.year} ({state})", "bold")
    _show_levels(plan)
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


def _show_levels(plan: "BillingPlan") -> None:
    from mutualis.cli import console
    from mutualis.domain.typography import euros, number

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


def _show_comparison(
    comparison: "Comparison | None", reason: str, year: int, *, apart: bool
) -> None:
    from mutualis.cli import console
    from mutualis.domain.typography import count, euros, signed_euros

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
