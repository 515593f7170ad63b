"""mutualis bill"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import (
    CURRENT_FOLDER,
    Day,
    Exercice,
    Folder,
    Json,
    Operator,
    Out,
    Pdf,
    Year,
)
from mutualis.cli.terminal.prompt import operator_of
from mutualis.cli.terminal.values import day_of, out_of, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.domain.memberships.comparison import Comparison
    from mutualis.workflows.bill import Draft

NAME = "bill"
SHORT_HELP = "Prépare le lot de factures d'une année."
HELP = """
Prépare le lot de factures d'une année : un classeur avec la synthèse, le récapitulatif,
le barème, un contrôle par formules et une page par facture. Sans --issue, c'est un
brouillon : il ne prend aucun numéro et peut être refait autant de fois qu'on veut. Avec
--issue, les factures sont numérotées et inscrites au registre, pour de bon. Avec --quotes,
ce sont les demi-journées faites sur devis et pas encore facturées, aux prix des devis.
"""
EXAMPLES = """
mutualis bill 2025
mutualis bill 2025 --level 2B
mutualis bill 2025 --commune Saône --commune 25527
mutualis bill 2025 --json > lot.json
mutualis bill 2025 --issue --merge
mutualis bill 2025 --quotes --issue
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
    quotes: Annotated[
        bool, typer.Option("--quotes", help="Facture ce qui est fait sur les devis de l'année.")
    ] = False,
    sheets: Annotated[
        bool,
        typer.Option("--sheets", help="Écrit une page par facture, même au-delà de 300 factures."),
    ] = False,
    pdf: Pdf = False,
    merge: Annotated[
        bool,
        typer.Option("--merge", help="Écrit les PDF, et un seul de tout le lot, à imprimer."),
    ] = False,
    issue: Annotated[
        bool, typer.Option("--issue", help="Émet pour de bon : numérote et enregistre.")
    ] = False,
    new_only: Annotated[
        bool, typer.Option("--new-only", help="N'émet que les communes sans facture.")
    ] = False,
    complement: Annotated[
        bool,
        typer.Option("--complement", help="Facture les hausses depuis l'émission, en complément."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Émet sans demander de confirmation.")] = False,
    exercice: Exercice = None,
    operator: Operator = None,
    day: Day = None,
    out: Out = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.commands.bill_issue import issue as issue_now
    from mutualis.cli.commands.bill_quotes import bill_quotes
    from mutualis.cli.terminal import console
    from mutualis.workflows.bill import draft_batch

    _check_options(
        issue,
        with_issue={
            "--new-only": new_only,
            "--complement": complement,
            "--yes": yes,
            "--exercice": exercice,
            "--operator": operator,
        },
        without={"--out": out, "--sheets": sheets},
    )
    if quotes:
        wrong = {
            "--level": level,
            "--sheets": sheets,
            "--new-only": new_only,
            "--complement": complement,
        }
        _refuse(wrong, "sans effet avec --quotes", "retirer ces options")
    if new_only and complement:
        raise UnreadableRequest(
            "--new-only et --complement s'excluent.", "émettre l'un, puis l'autre"
        )
    printer = console.printer(folder, merges=merge) if pdf or merge else None
    spent = None if exercice is None else year_of(exercice, f"{NAME} … --exercice")
    if quotes:
        bill_quotes(
            folder,
            year_of(year, NAME),
            communes=commune or (),
            issue=issue,
            yes=yes,
            day=day_of(day, NAME),
            exercice=spent,
            operator=operator_of(operator),
            out=out_of(out),
            printer=printer,
            json=json,
        )
        return
    if issue:
        issue_now(
            folder,
            year_of(year, NAME),
            levels=level or (),
            communes=commune or (),
            new_only=new_only,
            complement=complement,
            yes=yes,
            day=day_of(day, NAME),
            exercice=spent,
            operator=operator_of(operator),
            printer=printer,
            json=json,
        )
        return
    draft = draft_batch(
        folder,
        year_of(year, NAME),
        made_on=day_of(day, NAME),
        levels=level or (),
        communes=commune or (),
        out=out_of(out),
        sheets=sheets,
        printer=printer,
    )
    console.tell_problems(draft.warnings, brief=True)
    if json:
        console.show_json(answer(draft))
    else:
        _show(draft, folder)


def _check_options(
    issue: bool, *, with_issue: dict[str, object], without: dict[str, object]
) -> None:
    """No option is ignored in silence: some go with --issue, others only without it."""
    if issue:
        _refuse(without, "sans effet avec --issue", "retirer ces options")
    else:
        _refuse(with_issue, "seulement avec --issue", "ajouter --issue, ou retirer ces options")


def _refuse(options: Mapping[str, object], why: str, remedy: str) -> None:
    given = ", ".join(name for name, value in options.items() if value)
    if given:
        raise UnreadableRequest(f"{given} : {why}.", remedy)


def answer(draft: "Draft") -> dict[str, Any]:
    """The JSON contract of `bill`."""
    from mutualis.cli.screens.bill import contract

    return contract(draft.plan, "draft", draft.files)


def _show(draft: "Draft", folder: "Path") -> None:
    from mutualis.cli.screens.bill import show_levels
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count, euros
    from mutualis.domain.memberships.plan import total

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


def _show_comparison(
    comparison: "Comparison | None", reason: str, year: int, *, apart: bool
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count, euros, signed_euros

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
