"""What is said of prices, of the fee that they make, and of the parts of a year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mutualis.domain.french.typography import count, euros, number, period
from mutualis.domain.value import Struct

PRICES = {
    "per_inhabitant": "tarif par habitant",
    "fixed": "part fixe",
    "floor": "minimum",
    "cap": "plafond",
    "half_day": "demi-journée",
}
SETTINGS = {
    "population": "population retenue",
    "minimum_recovery": "seuil de recouvrement",
    "proration": "partie d'année",
}
WEALTH = {"average": "moyenne", "floor": "minimum", "ceiling": "maximum"}
# The name and the unit of each step of a fee, then of what is made of it.
STEPS = {
    "population": ("Population", "habitants"),
    "per_inhabitant": ("Tarif par habitant", "€/habitant"),
    "fixed": ("Part fixe", "€"),
    "gross": ("Montant brut", "€"),
    "potential": ("Potentiel financier de la commune", "€"),
    "wealth_average": ("Potentiel financier moyen", "€/habitant"),
    "wealth_ratio": ("Coefficient de richesse", ""),
    "wealth_floor": ("Coefficient porté au minimum", ""),
    "wealth_ceiling": ("Coefficient ramené au maximum", ""),
    "weighted": ("Montant pondéré", "€"),
    "cap": ("Plafond", "€"),
    "floor": ("Minimum", "€"),
    "of_year": ("Montant d'une année", "€"),
    "of_part": ("Montant de la période", "€"),
    "total": ("Total des périodes", "€"),
    "vat": ("TVA", "€"),
    "with_vat": ("Montant d'une année, TVA comprise", "€"),
    "granted": ("Remise accordée", "€"),
    "due": ("Montant dû", "€"),
    "deducted": ("Déjà émis", "€"),
    "left": ("Reste", "€"),
}


class Weighting(Struct, frozen=True):
    """The figures of a wealth coefficient, to the millionth where their decimals have no end."""

    potential: Decimal
    average: Decimal
    ratio: Decimal
    coefficient: Decimal
    weighted: Decimal


def price(level: str, kind: str) -> str:
    """« 2B, tarif par habitant »."""
    return f"{level}, {PRICES[kind]}"


def bracket_price(level: str, kind: str, up_to: int | None) -> str:
    """« 2B, plafond jusqu'à 3 999 »; None is the last bracket, without a limit."""
    limit = "au-delà" if up_to is None else f"jusqu'à {number(up_to)}"
    return f"{price(level, kind)} {limit}"


def bound(level: str, rank: int) -> str:
    """« 2B, borne de la tranche 1 »; ranks are from 1."""
    return f"{level}, borne de la tranche {rank}"


def wealth_setting(level: str, name: str) -> str:
    """« 2B, coefficient de richesse : minimum »."""
    return f"{level}, coefficient de richesse : {name}"


def half_day_price(level: str, category: str) -> str:
    """« 3, demi-journée A »."""
    return f"{price(level, 'half_day')} {category}"


def bracket(first: int, last: int | None) -> str:
    """« jusqu'à 3 999 habitants », « de 4 000 à 10 000 habitants »; both are included."""
    if last is None:
        return f"à partir de {count(first, 'habitant')}" if first else "sans limite de population"
    if first == 0:
        return f"jusqu'à {count(last, 'habitant')}"
    return f"de {number(first)} à {count(last, 'habitant')}"


def fee(
    population: int,
    rate: Decimal,
    fixed: Decimal,
    gross: Decimal,
    amount: Decimal,
    *,
    cap: Decimal | None,
    floor: Decimal | None,
    within: str,
    wealth: Weighting | None = None,
) -> str:
    """The calculation in one sentence; `cap` or `floor` is the one that binds, `within` is the
    bracket."""
    text = f"{count(population, 'habitant')} × {euros(rate)} = {euros(gross)}"
    if fixed:
        text = f"{euros(fixed)} + {text}"
    if wealth is not None:
        text += weighting(population, wealth)
        gross = wealth.weighted
    if cap is not None:
        text += f", plafonné à {euros(cap)} ({within})"
    elif floor is not None:
        text += f", porté au minimum de {euros(floor)} ({within})"
    elif gross != amount:
        text += f", arrondi à {euros(amount)}"
    return text


def weighting(population: int, wealth: Weighting) -> str:
    """« , × 0,953 241 (potentiel financier : 2 500 000,00 € ÷ 3 142 habitants ÷ 834,65 €) = … »."""
    origin = (
        f"potentiel financier : {euros(wealth.potential)} ÷ {count(population, 'habitant')} "
        f"÷ {euros(wealth.average)}"
    )
    if wealth.coefficient != wealth.ratio:
        bounded = "porté" if wealth.coefficient > wealth.ratio else "ramené"
        origin += f" = {number(wealth.ratio)}, {bounded} à {number(wealth.coefficient)}"
    return f", × {number(wealth.coefficient)} ({origin}) = {euros(wealth.weighted)}"


def wealth_rule(level: str, average: Decimal, floor: Decimal, ceiling: Decimal) -> str:
    """How a level's price follows wealth, in one sentence."""
    return (
        f"Niveau {level} : le prix est multiplié par le potentiel financier par habitant de la "
        f"commune rapporté à {euros(average)}, coefficient tenu entre {number(floor)} et "
        f"{number(ceiling)}, avant plafond et minimum."
    )


def no_price(level: str, last: int) -> str:
    """Why a population above the `last` one has no fee."""
    return f"le niveau {level} n'a pas de prix au-dessus de {number(last)} habitants"


def year_of(commune: str, level: str) -> str:
    """« Saône, niveau 2B »: what a whole year's part is of."""
    return f"{commune}, niveau {level}"


def part_of(commune: str, level: str, first: date, last: date) -> str:
    """« Saône, niveau 2B, du 1er juillet au 31 décembre 2025 »."""
    return f"{year_of(commune, level)}, {period(first, last)}"


def with_share(title: str, share: str) -> str:
    """« Saône, niveau 2B, du 1er juillet au 31 décembre 2025 (6/12) »."""
    return f"{title} ({share})"


def whole_part(title: str, calculation: str) -> str:
    """The calculation of a part that is a whole year."""
    return f"{title} : {calculation}"


def part(title: str, calculation: str, share: str, amount: Decimal) -> str:
    """The calculation of a part, from that of a whole year."""
    return f"{title} : {calculation}, × {share} = {euros(amount)}"


def levels_and_periods(periods: Sequence[tuple[str, date, date]]) -> str:
    """« niveau 2A du 1er janvier au 30 juin 2025, niveau 2B du 1er juillet au 31 décembre 2025 »;
    one period alone stands after a comma."""
    between = ", " if len(periods) == 1 else " "
    return ", ".join(f"niveau {level}{between}{period(*days)}" for level, *days in periods)


def levels(codes: Sequence[str]) -> str:
    """« niveau 2B », « niveaux 2A et 2B »."""
    *others, last = codes
    return f"niveaux {', '.join(others)} et {last}" if others else f"niveau {last}"


def table_bracket(level: str, within: str) -> str:
    return f"{level}, tranche {within}"


def table_edge(level: str, population: int) -> str:
    return f"{level} à {count(population, 'habitant')}"


def table_commune(level: str, commune: str, code: str) -> str:
    return f"{level} pour {commune} ({code})"


def table_bound(up_to: Decimal | None) -> str:
    return "sans limite" if up_to is None else f"{number(up_to)} habitants"


def table_amount(amount: Decimal | None) -> str:
    return "pas de prix" if amount is None else euros(amount)


def for_population(amount: str, population: int) -> str:
    """« 7 048,00 € (3 142 habitants) »."""
    return f"{amount} ({count(population, 'habitant')})"
