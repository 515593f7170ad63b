"""What `tariffs` answers: the table of a grid."""

from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, number
from mutualis.domain.money import plain
from mutualis.domain.tariffs.table import BOUND, COMMUNE, EDGE, PRICE
from mutualis.workflows.tariffs import TariffTable


def answer(table: TariffTable) -> dict[str, Any]:
    """The JSON contract of `tariffs`."""
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


def show(table: TariffTable, folder: Path) -> None:
    grid = table.grid
    state = "votée" if grid.is_voted else "projetée"
    console.show(f"Grille {grid.year}, {state} ({grid.act})", "bold")
    console.show_table(
        ("Prix et bornes", "Montant"),
        [(row.label, row.shown_amount) for row in table.rows if row.kind in (PRICE, BOUND)],
        right=(1,),
    )
    for level in grid.levels.values():
        if level.wealth is not None:
            console.show(f"{level.wealth.rule(level.code)} Autour des bornes : coefficient 1.")
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
