"""mutualis tariffs"""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mutualis.cli.arguments import CURRENT_FOLDER, Folder, Year
from mutualis.cli.terminal.values import year_of
from mutualis.domain.problems.refusals import UnreadableRequest

if TYPE_CHECKING:
    from pathlib import Path

    from mutualis.workflows.tariffs import TariffTable

NAME = "tariffs"
SHORT_HELP = "Montre ou verrouille la table tarifaire d'une année."
HELP = """
Montre la grille d'une année et sa table : le prix de chaque niveau autour de chaque borne
et de chaque plafond, puis pour chaque commune. --lock enregistre la table sous data/tables :
mutualis check signalera ensuite le moindre montant qui bouge.
"""
EXAMPLES = """
mutualis tariffs 2025
mutualis tariffs 2025 --format csv > table.csv
mutualis tariffs 2025 --lock
"""
FORMATS = ("table", "csv", "json")


def command(
    year: Year,
    form: Annotated[
        str, typer.Option("--format", metavar="table|csv|json", help="Présentation.")
    ] = "table",
    lock: Annotated[
        bool, typer.Option("--lock", help="Enregistre la table sous data/tables.")
    ] = False,
    folder: Folder = CURRENT_FOLDER,
) -> None:
    from mutualis.cli.terminal import console
    from mutualis.workflows.tariffs import tabulate

    if form not in FORMATS:
        raise UnreadableRequest(
            f"--format : « {form} » inconnu.", f"choisir parmi {', '.join(FORMATS)}"
        )
    table = tabulate(folder, year_of(year, NAME), lock=lock)
    console.tell_problems(table.warnings, brief=True)
    if form == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(table.as_csv)
        sys.stdout.buffer.flush()
    elif form == "json":
        console.show_json(answer(table))
    else:
        _show(table, folder)


def answer(table: "TariffTable") -> dict[str, Any]:
    from mutualis.domain.money import plain

    return {
        "year": table.grid.year,
        "status": table.grid.status.value,
        "act": table.grid.act,
        "population_basis": table.basis.value,
        "locked": table.was_locked or bool(table.files),
        "rows": [
            {
                "kind": row.kind,
                "level": row.level,
                "key": row.key,
                "label": row.label,
                "population": row.population,
                "amount": None if row.amount is None else plain(row.amount),
            }
            for row in table.rows
        ],
        "files": list(table.files),
    }


def _show(table: "TariffTable", folder: "Path") -> None:
    from mutualis.cli.terminal import console
    from mutualis.domain.french.typography import count, number
    from mutualis.domain.tariffs.table import BOUND, COMMUNE, EDGE, PRICE

    grid = table.grid
    state = "votée" if grid.is_voted else "projetée"
    console.show(f"Grille {grid.year}, {state} ({grid.act})", "bold")
    console.show_table(
        ("Prix et bornes", "Montant"),
        [(row.label, row.shown_amount) for row in table.rows if row.kind in (PRICE, BOUND)],
        right=(1,),
    )
    levels = [level.code for level in grid.levels.values() if level.is_priced]
    edges: dict[int, dict[str, str]] = {}
    communes: dict[str, dict[str, str]] = {}
    names: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        if row.kind == EDGE:
            edges.setdefault(row.population or 0, {})[row.level] = row.shown_amount
        elif row.kind == COMMUNE:
            communes.setdefault(row.key, {})[row.level] = row.shown_amount
            names[row.key] = (row.label, row.population or 0)
    console.show_table(
        ("Autour des bornes et plafonds", *levels),
        [
            (count(people, "habitant"), *(prices.get(level, "") for level in levels))
            for people, prices in sorted(edges.items())
        ],
        right=tuple(range(1, len(levels) + 1)),
    )
    if communes:
        console.show_table(
            ("Code", "Commune", "Population", *levels),
            [
                (
                    code,
                    names[code][0],
                    number(names[code][1]),
                    *(prices.get(level, "") for level in levels),
                )
                for code, prices in communes.items()
            ],
            right=tuple(range(2, len(levels) + 3)),
        )
    if table.files:
        console.show_files(table.files, folder)
        if table.was_locked and table.moved:
            console.show(f"Par rapport à la table précédente : {count(len(table.moved), 'écart')}.")
        console.show_next("garder ce fichier avec les données ; mutualis check le rejoue")
    elif table.moved:
        moved = count(len(table.moved), "montant a", "montants ont")
        console.show(f"{moved} bougé depuis le verrouillage.")
        console.show_next("mutualis check les montre un par un")
    elif table.was_locked:
        console.show("La table verrouillée donne les mêmes montants.")
        console.show_next(f"mutualis bill {grid.year}")
    else:
        console.show_next(f"mutualis tariffs {grid.year} --lock pour la verrouiller")
