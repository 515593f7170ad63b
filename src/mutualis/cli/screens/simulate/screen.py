"""A simulation on the screen: the grids, the total, who gains and loses, and the thresholds."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from mutualis.cli.screens.simulate.thresholds import show_thresholds
from mutualis.cli.screens.simulate.titles import descriptions, full_titles
from mutualis.cli.terminal import console
from mutualis.domain.changes.change import Effects
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.french.typography import (
    euros,
    number,
    percent,
    signed_euros,
    signed_percent,
)
from mutualis.domain.money import EXACT, round_half_up
from mutualis.domain.simulation.comparison import (
    ChangeClass,
    Compared,
    Sum,
    by_class,
    movers,
    strata,
)
from mutualis.domain.simulation.differences import Difference
from mutualis.workflows.simulate import Simulation

MARK = "SIMULATION"
NOT_WRITTEN = "Rien n'a été écrit"
NOT_RECORDED = "Ni les données, ni le registre n'ont changé"
NO_MORE = "une simulation ne peut être ni émise, ni inscrite"
CLASSES = {
    ChangeClass.GAINS: "paient moins",
    ChangeClass.UNCHANGED: "paient autant",
    ChangeClass.LOSES: "paient plus",
    ChangeClass.ZERO: "ne paient rien",
    ChangeClass.STARTS: "se mettent à payer",
}


def heading(text: str) -> None:
    """The title of a part: each is marked, should it be copied alone."""
    console.show(f"{MARK} : {text}", "bold")


def show_files(files: Sequence[str], folder: Path) -> None:
    """What was written, and what no simulation is."""
    console.show_files(files, folder)
    console.show(f"{NOT_RECORDED if files else NOT_WRITTEN} : {NO_MORE}.")


def show(result: Simulation, files: Sequence[str], folder: Path) -> None:
    asked = result.asked
    heading(f"adhésions {asked.year}")
    baseline, scenario = full_titles(result)
    console.show(f"Référence : {baseline}.")
    console.show(f"Scénario : {scenario}.")
    for text in descriptions(result.scenario):
        console.show(text)
    vat = result.scenario.priced.dataset.vat
    if vat:
        console.show(
            f"Ce qui est dû et le seuil de recouvrement sont TVA comprise ({percent(vat)}) ; les "
            "prix, les effets des bornes et des plafonds, hors taxes."
        )
    _show_differences(result.differences)
    _show_solved(result)
    _show_levels(result)
    _show_effects(result.lines)
    _show_classes(result.lines)
    _show_strata(result)
    _show_movers(result)
    show_thresholds(result)
    show_files(files, folder)
    console.show_next(
        f"si l'assemblée la vote, l'écrire dans data/tariffs.toml, puis mutualis bill {asked.year}"
    )


def _show_differences(found: Sequence[Difference]) -> None:
    if not found:
        console.show("Aucun prix, aucune borne et aucun réglage ne change.")
        return
    heading("ce qui change de la grille")
    console.show_table(
        ("", "Avant", "Après", "Écart"),
        [
            (item.label, _value(item, item.before), _value(item, item.after), _variation(item))
            for item in found
        ],
        right=(1, 2, 3),
    )


def _value(item: Difference, value: Decimal | str | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    return euros(value) if item.is_price else number(value)


def _variation(item: Difference) -> str:
    before, after = item.before, item.after
    if not isinstance(before, Decimal) or not isinstance(after, Decimal) or not before:
        return ""
    return _percent(after - before, before)


def _percent(change: Decimal, before: Decimal) -> str:
    """A change in per cent of what was, one decimal."""
    if not before:
        return ""
    ratio = EXACT.multiply(EXACT.divide(change, before), Decimal(100))
    return signed_percent(round_half_up(ratio, Decimal("0.1")))


def _show_solved(result: Simulation) -> None:
    solved = result.solved
    if solved is None:
        return
    value, total = euros(solved.value), euros(solved.total)
    heading(f"{solved.price.label} : {value} donne {total}")
    console.show(
        f"C'est la plus petite valeur, à {euros(solved.step)} près, qui atteint "
        f"{euros(result.asked.target)}"
        f"{', charges moins missions facturées, avant taxe' if result.asked.of_cost else ''}."
    )


def _show_levels(result: Simulation) -> None:
    sides = (result.baseline.priced, result.scenario.priced)
    before, after = ({total.level: total for total in side.by_level} for side in sides)
    heading("total et niveaux")
    whole = Sum.of(result.lines)
    rows = []
    for level in dict.fromkeys((*before, *after)):
        one, other = before.get(level), after.get(level)
        amounts = tuple(Decimal(0) if side is None else side.amount for side in (one, other))
        rows.append(
            (
                level,
                _from_to(one.communes if one else 0, other.communes if other else 0),
                euros(amounts[0]),
                euros(amounts[1]),
                signed_euros(amounts[1] - amounts[0]),
                _per(amounts[1], other.population if other else 0),
            )
        )
    console.show_table(
        ("Niveau", "Communes", "Avant", "Après", "Écart", "€/hab."),
        rows,
        right=(1, 2, 3, 4, 5),
        total=(
            "Total",
            _from_to(*(sum(total.communes for total in side.by_level) for side in sides)),
            euros(sides[0].total),
            euros(sides[1].total),
            signed_euros(result.change),
            _per(whole.after, whole.payers[1]),
        ),
    )


def _from_to(before: int, after: int) -> str:
    return number(after) if before == after else f"{number(before)} → {number(after)}"


def _per(amount: Decimal, people: int) -> str:
    if not people:
        return ""
    return number(round_half_up(EXACT.divide(amount, Decimal(people))))


def _show_classes(lines: Sequence[Compared]) -> None:
    heading("qui paie plus, qui paie moins")
    console.show_table(
        ("Communes qui", "Communes", "Habitants", "Écart"),
        [
            (
                CLASSES[kind],
                number(total.communes),
                number(total.population),
                signed_euros(total.change),
            )
            for kind, total in by_class(lines).items()
        ],
        right=(1, 2, 3),
    )


def _show_strata(result: Simulation) -> None:
    heading("par taille de commune")
    console.show_table(
        ("Habitants", "Communes", "Avant", "Après", "Écart", "€/hab."),
        [
            (
                _size(stratum.first, stratum.last),
                number(stratum.sum.communes),
                euros(stratum.sum.before),
                euros(stratum.sum.after),
                signed_euros(stratum.sum.change),
                _per(stratum.sum.after, stratum.sum.payers[1]),
            )
            for stratum in strata(result.lines, result.strata)
            if stratum.sum.communes
        ],
        right=(1, 2, 3, 4, 5),
    )
    console.show("€/hab. : par habitant des communes qui paient, après.")


def _size(first: int, last: int | None) -> str:
    if last is None:
        return f"{number(first)} et plus"
    return f"{number(first)} à {number(last)}"


def _show_movers(result: Simulation) -> None:
    found = movers(result.lines, result.asked.top)
    if not found:
        return
    heading("les plus grands écarts")
    console.show_table(
        ("Commune", "Niveau", "Après", "Écart", "Causes"),
        [
            (
                line.name,
                _levels(line),
                euros(line.after),
                signed_euros(line.change),
                _cause(line),
            )
            for line in found
        ],
        right=(2, 3),
    )


def _cause(line: Compared) -> str:
    """The effects, the largest first."""
    moved = [(name, amount) for name, amount in line.effects.by_name.items() if amount]
    return ", ".join(EFFECTS[name] for name, _ in sorted(moved, key=lambda item: -abs(item[1])))


def _show_effects(lines: Sequence[Compared]) -> None:
    """What each cause counts for, over all the communes."""
    total = Effects.sum(line.effects for line in lines)
    moved = [(name, amount) for name, amount in total.by_name.items() if amount]
    if moved:
        texts = (f"{EFFECTS[name]} {signed_euros(amount)}" for name, amount in moved)
        console.show(f"Écart total : {', '.join(texts)}.")


def _levels(line: Compared) -> str:
    before, after = (level or "-" for level in line.levels)
    return after if before == after else f"{before} → {after}"
