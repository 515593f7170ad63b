"""The French of what a committee is shown of a simulation."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mutualis.documents.committee.subject import Subject
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.french.typography import (
    count,
    euros,
    number,
    percent,
    signed_euros,
    signed_percent,
)
from mutualis.domain.money import EXACT, round_half_up
from mutualis.domain.simulation.comparison import ChangeClass, Compared
from mutualis.domain.simulation.differences import Difference
from mutualis.domain.simulation.thresholds import Shield
from mutualis.domain.tariffs.thresholds import Fall

MARK = "SIMULATION"
SIDES = ("Référence", "Scénario")
NO_PRICE = "pas de prix"
SAME_GRIDS = "Les deux grilles sont les mêmes."
NOTHING_VOTED = (
    "Rien n'est voté : une simulation ne peut être ni émise, ni inscrite au registre. Les montants "
    "sont ceux qui seraient dus pour l'année, factures et retenues ensemble, seuil de recouvrement "
    "compris."
)
NOTHING_KEPT = "Cette page n'enregistre et n'envoie rien : la recharger la remet au départ."
FAULTY = "Le calcul de ce navigateur n'est pas celui de mutualis : ne pas utiliser cette page."
MOVE_PRICES = (
    "Bouger un curseur ou taper un prix : tout est recalculé. Populations, niveaux et bornes de "
    "tranches restent ceux du scénario."
)
WITH_VAT = "Les prix sont avant TVA, ce qui est dû TVA comprise ({rate})."
# What one commune does, then several.
CLASSES: Mapping[ChangeClass, tuple[str, str]] = {
    ChangeClass.GAINS: ("paie moins", "paient moins"),
    ChangeClass.UNCHANGED: ("paie autant", "paient autant"),
    ChangeClass.LOSES: ("paie plus", "paient plus"),
    ChangeClass.ZERO: ("ne paie rien", "ne paient rien"),
    ChangeClass.STARTS: ("se met à payer", "se mettent à payer"),
}


def heading(year: int) -> str:
    return f"Adhésions {year}"


def level(before: str | None, after: str | None) -> str:
    """The level of a commune, or both where it changes."""
    one, other = before or "-", after or "-"
    return other if one == other else f"{one} → {other}"


def taxed(subject: Subject) -> str:
    vat = subject.scenario.dataset.vat
    return WITH_VAT.format(rate=percent(vat)) if vat else ""


def total(before: Decimal, after: Decimal) -> str:
    """« Total 110 000,00 €, contre 108 000,00 € : +2 000,00 € (+1,9 %). »"""
    change = after - before
    part = ""
    if before:
        ratio = EXACT.multiply(EXACT.divide(change, before), Decimal(100))
        part = f" ({signed_percent(round_half_up(ratio, Decimal('0.1')))})"
    return f"Total {euros(after)}, contre {euros(before)} : {signed_euros(change)}{part}."


def value(item: Difference, own: Decimal | str | None) -> str:
    if own is None or isinstance(own, str):
        return own or "-"
    return euros(own) if item.is_price else number(own)


def price(amount: Decimal | None) -> str:
    return NO_PRICE if amount is None else euros(amount)


def left_out(rest: int) -> Sequence[str]:
    """What a page has no room for."""
    return [f"Et {count(rest, 'autre')} : mutualis simulate les donne."] if rest > 0 else []


def causes(line: Compared) -> str:
    """The largest first."""
    moved = [(name, amount) for name, amount in line.effects.by_name.items() if amount]
    return ", ".join(EFFECTS[name] for name, _ in sorted(moved, key=lambda item: -abs(item[1])))


def falls(fall: Fall) -> str:
    return (
        f"Au niveau {fall.level}, une commune de {number(fall.population)} habitants paie "
        f"{euros(fall.before - fall.after)} de moins qu'une commune de "
        f"{number(fall.population - 1)}."
    )


def near(names: Sequence[str], distance: Decimal, most: int) -> str:
    rest = len(names) - most
    more = f" et {count(rest, 'autre')}" if rest > 0 else ""
    return f"À moins de {percent(distance)} d'une borne : {', '.join(names[:most])}{more}."


def shielded(found: Shield) -> str:
    return (
        f"Les plafonds protègent {count(found.shielded, 'commune')} sur "
        f"{number(found.members)} qui paient ; sans eux, la recette serait plus haute de "
        f"{euros(found.cost)}."
    )


def chart_title(communes: int) -> str:
    return f"Écart de chaque commune ({number(communes)}), du plus haut au plus bas"


def ends(first: Compared, last: Compared) -> str:
    texts = (f"{signed_euros(line.change)} ({line.name})" for line in (first, last))
    return f"De {' à '.join(texts)}."
