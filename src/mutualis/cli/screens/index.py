"""What `index` answers: a grid, and what other readings of the rule would give."""

from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import euros, month_name, number, signed_percent
from mutualis.domain.money import plain
from mutualis.workflows.index import Indexed, Voted

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


def answer(result: Indexed) -> dict[str, Any]:
    """The JSON contract of `index`."""
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


def voted_answer(result: Voted) -> dict[str, Any]:
    """The JSON contract of `index --act` on a grid that stands."""
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


def show(result: Indexed, folder: Path) -> None:
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
    console.show_files(result.files, folder)
    if not (result.written or result.stood):
        voted = f", qui serait votée ({plan.grid.act})" if plan.grid.is_voted else ""
        left = "data n'a pas changé" if result.files else "Rien n'a été écrit"
        console.show(f"{left} (--dry-run){voted}.")
        console.show_next("la même commande sans --dry-run")
    elif plan.grid.is_voted:
        console.show(f"La grille {year} est votée : {plan.grid.act}")
        console.show_next(f"mutualis tariffs {year} --lock, puis mutualis bill {year}")
    else:
        console.show(f"La grille {year} est projetée : elle sert aux prévisions, pas aux factures.")
        draft = "" if result.is_drafted else f"mutualis index {year} --deliberation, puis, "
        console.show_next(
            f'{draft}après le vote, mutualis index {year} --act "n° et date de la délibération"'
        )


def _column_is_known(result: Indexed, name: str) -> bool:
    return any(amount.variants.get(name) is not None for amount in result.plan.amounts)


def _variant(amount: Any, name: str) -> str:
    value = amount.variants.get(name)
    if value is None:
        return ""
    return ("* " if value != amount.after else "") + number(value)


def show_voted(result: Voted, folder: Path) -> None:
    year = result.grid.year
    console.show(f"Grille {year} votée : {result.grid.act}", "bold")
    if not result.files:
        console.show("Rien n'a été écrit (--dry-run).")
        return
    console.show_files(result.files, folder)
    console.show_next(f"mutualis tariffs {year} --lock, puis mutualis bill {year}")
