"""mutualis index"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Json
from mutualis.cli.terminal.values import number_of, year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.workflows.index import Indexed, NewDecember, Voted

NAME = "index"
SHORT_HELP = "Indexe les tarifs pour une année, ou enregistre leur vote."
HELP = """
Calcule la grille d'une année à partir de la précédente et de la variation sur un an de
l'indice des prix de décembre, montre ce que donneraient les autres lectures de la règle,
et ajoute la grille projetée à la fin de data/tariffs.toml. Après le vote, --act enregistre
la délibération.
"""
EXAMPLES = """
mutualis index 2026 --dry-run
mutualis index 2026
mutualis index 2026 --act "Délibération n° 12 du 12/02/2026"
mutualis index 2026 --rate 0,8 --index 99,95 --base 2025 --source "INSEE, 15/01/2026"
"""
# The heading of each reading of the rule: the rate (published by INSEE, or computed from
# its indices), then what is indexed (exact amounts since base_year, or last year's rounded).
READINGS = {
    "published/exact": "publié\nexact",
    "published/published": "publié\narrondi",
    "computed/exact": "recalculé\nexact",
    "computed/published": "recalculé\narrondi",
    "rates_alone": "tarifs\nseuls",
    "hors_tabac": "hors\ntabac",
}


def command(
    year: Annotated[
        str | None,
        typer.Argument(
            metavar="ANNÉE",
            help="Année de la nouvelle grille (par défaut : celle qui suit la dernière).",
            show_default=False,
        ),
    ] = None,
    act: Annotated[
        str | None,
        typer.Option("--act", metavar="TEXTE", help="Délibération qui vote la grille."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montre le calcul sans rien écrire.")
    ] = False,
    rate: Annotated[
        str | None,
        typer.Option("--rate", metavar="TAUX", help="Variation sur un an de décembre, en %."),
    ] = None,
    index: Annotated[
        str | None, typer.Option("--index", metavar="INDICE", help="Indice de décembre.")
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="ANNÉE", help="Base de l'indice (2025).")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="TEXTE", help="Origine du chiffre et sa date."),
    ] = None,
    json: Json = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.index import Voted, index_tariffs

    result = index_tariffs(
        folder,
        None if year is None else year_of(year, NAME),
        december=_december(rate, index, base, source),
        act=act,
        dry_run=dry_run,
    )
    if isinstance(result, Voted):
        if json:
            console.show_json(_voted_answer(result))
        else:
            _show_voted(result, folder)
        return
    console.tell_problems(result.warnings, brief=True)
    if json:
        console.show_json(answer(result))
    else:
        _show(result, folder)


def answer(result: "Indexed") -> dict[str, Any]:
    """The JSON contract of `index`."""
    from mutualis.domain.money import plain

    plan = result.plan
    return {
        "from": plan.before.year,
        "to": plan.grid.year,
        "month": plan.rate.month,
        "rate": f"{plan.rate.value:f}",
        "rate_source": str(plan.rate.source),
        "status": plan.grid.status.value,
        "written": result.written,
        "amounts": [
            {
                "key": amount.price.key,
                "label": amount.price.label,
                "before": plain(amount.before),
                "exact": plain(amount.exact),
                "after": plain(amount.after),
                "variants": {
                    name: None if value is None else plain(value)
                    for name, value in amount.variants.items()
                },
            }
            for amount in plan.amounts
        ],
        "files": list(result.files),
    }


def _voted_answer(result: "Voted") -> dict[str, Any]:
    origin = result.grid.indexed_from
    return {
        "from": origin.year if origin else None,
        "to": result.grid.year,
        "month": origin.month if origin else None,
        "rate": f"{origin.rate:f}" if origin else None,
        "amounts": [],
        "status": result.grid.status.value,
        "act": result.grid.act,
        "written": bool(result.files),
        "files": list(result.files),
    }


def _december(
    rate: str | None, index: str | None, base: str | None, source: str | None
) -> "NewDecember | None":
    from mutualis.workflows.index import NewDecember

    given = {"--rate": rate, "--index": index, "--base": base, "--source": source}
    if not any(value is not None for value in given.values()):
        return None
    missing = [name for name, value in given.items() if not value]
    example = '--rate 0,8 --index 99,95 --base 2025 --source "INSEE, 15/01/2026"'
    if not rate or not index or not base or not source:
        raise UnreadableRequest(
            f"Ces options vont ensemble ; il manque {', '.join(missing)}.", example
        )
    if not (base.isascii() and base.isdigit() and len(base) == 4):
        raise UnreadableRequest(f"--base : « {base} » n'est pas une année.", "--base 2025")
    value, level = number_of(rate, "--rate", "0,8"), number_of(index, "--index", "99,95")
    if not -50 <= value <= 100 or level <= 0:
        raise UnreadableRequest(
            "Le taux est une variation en % (entre -50 et 100) et l'indice est positif.", example
        )
    return NewDecember(value, level, base, source)


def _show(result: "Indexed", folder: "Path") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import euros, month_name, signed_percent

    plan = result.plan
    year = plan.grid.year
    source = plan.rate.origin if plan.rate.source.line is None else plan.rate.source
    console.show(
        f"Grille {year} : grille {plan.before.year} indexée de {signed_percent(plan.applied)}",
        "bold",
    )
    console.show(
        f"Variation sur un an de {month_name(plan.rate.month)} : {signed_percent(plan.rate.value)} "
        f"({source})"
    )
    if plan.applied != plan.rate.value:
        console.show("Les prix ne baissent pas (never_decrease) : zéro est appliqué.")
    console.show_table(
        ("Montant", "Avant", "Exact", "Après", "Variation"),
        [
            (
                amount.price.label,
                euros(amount.before),
                euros(amount.exact),
                euros(amount.after),
                signed_percent(amount.variation),
            )
            for amount in plan.amounts
        ],
        right=(1, 2, 3, 4),
    )
    console.show("Ce que donneraient les lectures de la règle (* : autre montant que retenu) :")
    known = [name for name in READINGS if _column_is_known(result, name)]
    console.show_table(
        ("Montant", *(READINGS[name] for name in known)),
        [
            (amount.price.label, *(_variant(amount, name) for name in known))
            for amount in plan.amounts
        ],
        right=tuple(range(1, len(known) + 1)),
    )
    absent = [READINGS[name].replace("\n", " ") for name in READINGS if name not in known]
    if absent:
        console.show(f"Sans chiffre dans data/cpi.csv : {', '.join(absent)}.")
    console.show()
    if result.written:
        console.show_files(result.files, folder)
        if plan.grid.is_voted:
            console.show(f"La grille {year} est votée : {plan.grid.act}")
            console.show_next(f"mutualis tariffs {year} --lock, puis mutualis bill {year}")
            return
        console.show(f"La grille {year} est projetée : elle sert aux prévisions, pas aux factures.")
        console.show_next(
            f'après le vote, mutualis index {year} --act "n° et date de la délibération"'
        )
    else:
        voted = f", qui serait votée ({plan.grid.act})" if plan.grid.is_voted else ""
        console.show(f"Rien n'a été écrit (--dry-run){voted}.")
        console.show_next("la même commande sans --dry-run")


def _column_is_known(result: "Indexed", name: str) -> bool:
    return any(amount.variants.get(name) is not None for amount in result.plan.amounts)


def _variant(amount: Any, name: str) -> str:
    from mutualis.domain.french.typography import number

    value = amount.variants.get(name)
    if value is None:
        return ""
    return ("* " if value != amount.after else "") + number(value)


def _show_voted(result: "Voted", folder: "Path") -> None:
    from mutualis.cli.terminal import console

    year = result.grid.year
    console.show(f"Grille {year} votée : {result.grid.act}", "bold")
    if not result.files:
        console.show("Rien n'a été écrit (--dry-run).")
        return
    console.show_files(result.files, folder)
    console.show_next(f"mutualis tariffs {year} --lock, puis mutualis bill {year}")
