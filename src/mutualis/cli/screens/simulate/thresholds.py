"""The thresholds of a simulated grid on the screen."""

from mutualis.cli.terminal import console
from mutualis.domain.french.typography import count, euros, number, percent, signed_euros
from mutualis.domain.money import round_half_up
from mutualis.domain.simulation.thresholds import (
    BoundCrossed,
    NearBound,
    bounds_crossed,
    falls_of,
    near_bounds,
    shield,
)
from mutualis.workflows.simulate import Simulation

NO_PRICE = "pas de prix"


def show_thresholds(result: Simulation) -> None:
    priced = result.scenario.priced
    bounds = bounds_crossed(priced.dataset.grid)
    if bounds:
        console.show("SIMULATION : un habitant de plus, à chaque borne", "bold")
        console.show_table(
            ("Niveau", "Habitants", "Avant", "Après", "Écart"),
            [_bound(bound) for bound in bounds],
            right=(1, 2, 3, 4),
        )
    for fall in falls_of(priced.dataset.grid):
        console.show(
            f"Attention : au niveau {fall.level}, une commune de {number(fall.population)} "
            f"habitants paie {euros(fall.before - fall.after)} de moins qu'une commune de "
            f"{number(fall.population - 1)}."
        )
    near = list(near_bounds(priced, result.asked.near))
    if near:
        console.show(f"Communes à moins de {percent(result.asked.near)} d'une borne :")
        console.show_table(
            ("Commune", "Niveau", "Habitants", "Borne", "Montant", "Au-delà"),
            [_near(item) for item in near],
            right=(2, 3, 4, 5),
        )
    _show_shield(result)


def _bound(bound: BoundCrossed) -> tuple[str, ...]:
    return (
        bound.level,
        f"{number(bound.population - 1)} → {number(bound.population)}",
        NO_PRICE if bound.before is None else euros(bound.before),
        NO_PRICE if bound.after is None else euros(bound.after),
        "" if bound.change is None else signed_euros(bound.change),
    )


def _near(item: NearBound) -> tuple[str, ...]:
    return (
        item.due.row.name,
        item.bound.level,
        number(item.bound.population - item.missing),
        number(item.bound.population),
        NO_PRICE if item.amount is None else euros(item.amount),
        NO_PRICE if item.other is None else euros(item.other),
    )


def _show_shield(result: Simulation) -> None:
    found = shield(result.scenario.priced)
    if found.shielded:
        share = percent(round_half_up(found.share))
        console.show(
            f"Les plafonds protègent {count(found.shielded, 'commune')} sur "
            f"{number(found.members)} qui paient ({share}) ; sans eux, la recette serait plus "
            f"haute de {euros(found.cost)}."
        )
