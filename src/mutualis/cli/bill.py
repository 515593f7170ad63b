"""mutualis bill"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Day, Folder, Json, Out, Year, day_of, year_of

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.comparison import Comparison
    from mutualis.workflows.billing import Draft

NAME = "bill"
SHORT_HELP = "Prépare le lot de factures d'une année."
HELP = """
Prépare le lot de factures d'une année : un classeur avec la synthèse, le récapitulatif,
le barème, un contrôle par formules et une page par facture. C'est un brouillon : il ne
prend aucun numéro et peut être refait autant de fois qu'on veut.
"""
EXAMPLES = """
mutualis bill 2025
mutualis bill 2025 --level 2B
mutualis bill 2025 --commune Saône --commune 25527
mutualis bill 2025 --json > lot.json
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
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli import console
    from mutualis.workflows.billing import draft_batch

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


def answer(draft: "Draft") -> dict[str, Any]:
    """The JSON contract of `bill`."""
    from mutualis.domain.money import plain

    plan = draft.plan
    return {
        "year": plan.year,
        "status": "draft",
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
        "files": list(draft.files),
    }


def _line(line: Any) -> dict[str, Any]:
    from mutualis.domain.money import plain

    commune, fee = line.commune, line.fee
    return {
        "number": None,
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
    from mutualis.domain.typography import count, euros, number

    plan = draft.plan
    state = "BROUILLON" if plan.grid.is_voted else "PRÉVISION, grille projetée, non votée"
    console.show(f"Services mutualisés : adhésions {plan.year} ({state})", "bold")
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
