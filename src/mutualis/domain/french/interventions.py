"""What is said of what was done for communes, and of its cost."""

from collections.abc import Mapping, Sequence

from mutualis.domain.french.typography import alternatives, count

TO_SEE = "en tenir compte avec la commune"
NO_MEMBERSHIP = "aucun niveau qui la comprend n'a de prix pour la population de la commune"
TOTAL, NOT_MEMBERS = "Total", "Non adhérentes"
NO_THEME, NO_SERVICE, NO_DIRECTORATE = "Sans thème", "Sans prestation connue", "Sans direction"


def level(code: str) -> str:
    return f"Niveau {code}"


def doubt(*, is_uncertain: bool) -> str:
    """What follows the level of a service whose reading is not sure; empty when it is."""
    return " (lecture du catalogue à confirmer)" if is_uncertain else ""


def quote_route(code: str, commune: str, service: str, half_days: Mapping[str, int]) -> str:
    """The level on quote, with the command that makes one of these half-days by category."""
    lines = " ".join(f'--line {category}:{n}:"…"' for category, n in half_days.items())
    return f'le niveau {code}, sur devis : mutualis quote {commune} --service "{service}" {lines}'


def from_now_on(route: str) -> str:
    return f"pour la suite, {route}"


def join_first(required: str, route: str) -> str:
    """`required` is the membership that opens the way."""
    return f"pour la suite, adhérer au niveau {required}, qui ouvre {route}"


def closed(code: str) -> str:
    return f"le niveau {code} n'est pas ouvert à la population de la commune"


def joined_since(commune: str, code: str, *, unlimited: bool) -> str:
    return f"{commune} est depuis au niveau {code}, {_why(unlimited=unlimited)}"


def to_join(levels: Sequence[str], *, unlimited: bool) -> str:
    """`unlimited` tells that these levels give without a quota what another limits."""
    return f"pour la suite, adhérer au niveau {alternatives(levels)}, {_why(unlimited=unlimited)}"


def _why(*, unlimited: bool) -> str:
    return "qui ne la limite pas" if unlimited else "qui la comprend"


def of_merged(merged: str, heir: str) -> str:
    """`merged` says what the commune has become."""
    return f"{merged} : ces chiffres sont ceux de {heir}, avec les communes réunies."


def prices_of(year: int, other: int) -> str:
    return (
        f"La grille {year} n'existe pas encore : prix et niveaux de la grille {other} (réglage "
        "before_vote)."
    )


def other_years(lines: Mapping[int, int]) -> str:
    """`lines` of each year that is left out."""
    total, years = sum(lines.values()), sorted(lines)
    of = f"d'une autre année ({years[0]})"
    if len(years) > 1:
        of = f"d'autres années ({', '.join(f'{year} : {lines[year]}' for year in years)})"
    return f"{count(total, 'ligne')} {of}, non {'comptée' if total < 2 else 'comptées'}."


_WHY_NO_COST = {
    "no_units_row": "pas de ligne « unités »",
    "no_units": "0 unité donnée",
    "no_charges": "pas de charge",
}
_HOW_TO_COST = {
    "no_units_row": "ajouter une ligne de nature « unités »",
    "no_units": "vérifier le nombre d'unités, ou retirer les charges de la catégorie",
    "no_charges": "ajouter ses charges : personnel, fournitures, renouvellement ou contrats",
}


def why_no_cost(missing: str) -> str:
    """Why there is no unit cost; `missing` is the value of a NoCost."""
    return _WHY_NO_COST[missing]


def how_to_cost(missing: str) -> str:
    """What would give one."""
    return _HOW_TO_COST[missing]


def vintage(year: int, status: str) -> str:
    """« définitif 2025 »."""
    return f"{status} {year}"


def known_cost(year: int, vintages: Sequence[tuple[int, str]]) -> str:
    """Where the real cost of a usage comes from; `vintages` is empty without unit costs."""
    if not vintages:
        return (
            f"Coût réel {year} inconnu : aucun coût n'est noté pour {year} "
            f"(mutualis costs {year} dit comment les noter). Le solde est au prix de la grille."
        )
    status = " et ".join(vintage(*item) for item in vintages)
    return f"Coût réel {year} : demi-journées aux coûts unitaires publiés ({status})."


def uncosted(half_days_of: Mapping[tuple[str, str], int]) -> str:
    """What has no unit cost, by directorate and category; empty when there is none."""
    total = sum(half_days_of.values())
    if not total:
        return ""
    each = " ; ".join(
        f"{directorate or NO_DIRECTORATE}, {category} ({n})"
        for (directorate, category), n in half_days_of.items()
    )
    return (
        f"Sans coût unitaire : {half_days(total)}, au prix et non au coût : {each}. Le solde d'une "
        "ligne qui en a n'est pas connu."
    )


def known_costs(years: Sequence[int], before_budget: int | None = None) -> str:
    """The years that have costs, after « pas de coûts pour 2027 »; empty when none has. What is to
    be known before the budget of a year comes from its own figures or from earlier accounts."""
    given = f" (années données : {', '.join(map(str, years))})" if years else ""
    if before_budget is None or not years:
        return given
    return (
        f"{given} : avant le budget {before_budget}, il faut les comptes d'une année d'avant, ou "
        f"des lignes « prévisionnel » de {before_budget}"
    )


def cost_rows(rows: int) -> str:
    return count(rows, "ligne")


def half_days(value: int) -> str:
    return count(value, "demi-journée")
