"""A projection of several years, on the screen and to other programs."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mutualis.cli.screens.simulate.answer import by_level
from mutualis.cli.screens.simulate.screen import heading, show_files
from mutualis.cli.terminal import console
from mutualis.documents.simulation.words import READINGS
from mutualis.domain.french.typography import count, euros, signed_percent
from mutualis.domain.money import ZERO, plain
from mutualis.domain.simulation.projection import Revenue
from mutualis.workflows.simulate_years import Projection


def answer(result: Projection, files: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `simulate --years`."""
    asked = result.asked
    return {
        "simulation": True,
        "cpi": None if asked.rate is None else f"{asked.rate:f}",
        "growth": f"{asked.growth:f}",
        "years": [
            {
                "year": item.year,
                "population": item.population,
                "readings": {
                    name: {
                        "rate": None if item.rates[name] is None else f"{item.rates[name]:f}",
                        "total": plain(total),
                        "by_level": by_level(item.by_level[name]),
                    }
                    for name, total in item.totals.items()
                },
                "drift": plain(item.drift),
            }
            for item in result.revenues
        ],
        "drift": plain(_whole_drift(result.revenues)),
        "files": list(files),
    }


def supposed(result: Projection) -> str:
    """By how much prices and populations grow."""
    asked = result.asked
    rate = "celui de l'INSEE" if asked.rate is None else signed_percent(asked.rate)
    return f"Indice par an : {rate} ; populations par an : {signed_percent(asked.growth)}."


def show(result: Projection, files: Sequence[str], folder: Path) -> None:
    asked = result.asked
    first, last = asked.years[0], asked.years[-1]
    heading(f"adhésions de {first} à {last}")
    console.show(supposed(result))
    for year, known in result.replaced.items():
        console.show(
            f"En {year}, ce taux est à la place de celui de l'INSEE : {signed_percent(known)}."
        )
    dataset = result.first.any
    rates = ", ".join(f"{year} {signed_percent(own)}" for year, own in dataset.rates.items())
    console.show(
        f"Grilles de data/tariffs.toml jusqu'à {dataset.grid_of}, puis indexées"
        f"{f' ({rates}…)' if rates else ''} ; communes de {dataset.rows_of} en {first}."
    )
    console.show("Recette selon la lecture de la règle d'indexation :")
    console.show_table(
        ("Année", "Niveau", *READINGS.values(), "Distance"),
        [row for item in result.revenues for row in _rows(item)],
        right=(2, 3, 4, 5),
    )
    console.show(
        f"Sur {count(len(asked.years), 'an')}, les lectures s'éloignent de "
        f"{euros(_whole_drift(result.revenues))}."
    )
    show_files(files, folder)
    if dataset.grid_of < first:
        indexed = f"mutualis index {dataset.grid_of + 1} --dry-run"
        console.show_next(f"{indexed} montre chaque lecture, prix par prix")
    else:
        console.show_next(f"mutualis simulate {first} --cpi TAUX dit qui paierait plus ou moins")


def _rows(item: Revenue) -> Sequence[tuple[str, ...]]:
    """A line a level, then the year's total."""
    levels = dict.fromkeys(total.level for own in item.by_level.values() for total in own)
    rows = []
    for level in levels:
        amounts = [
            sum((total.amount for total in own if total.level == level), ZERO)
            for own in item.by_level.values()
        ]
        rows.append((str(item.year), level, *map(euros, amounts), _distance(amounts)))
    totals = list(item.totals.values())
    return [*rows, (str(item.year), "total", *map(euros, totals), _distance(totals))]


def _distance(amounts: Sequence[Decimal]) -> str:
    return euros(max(amounts) - min(amounts))


def _whole_drift(items: Sequence[Revenue]) -> Decimal:
    """How far apart the readings are over all the years."""
    totals = [sum((item.totals[name] for item in items), ZERO) for name in items[0].totals]
    return max(totals) - min(totals)
