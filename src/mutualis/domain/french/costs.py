"""What is said of costs."""

from collections.abc import Sequence

_WHY = {
    "no_units_row": "pas de ligne « unités »",
    "no_units": "0 unité donnée",
    "no_charges": "pas de charge",
}
_HOW = {
    "no_units_row": "ajouter une ligne de nature « unités »",
    "no_units": "vérifier le nombre d'unités, ou retirer les charges de la catégorie",
    "no_charges": "ajouter ses charges : personnel, fournitures, renouvellement ou contrats",
}


def why(missing: str) -> str:
    """Why there is no unit cost; `missing` is the value of a NoCost."""
    return _WHY[missing]


def how(missing: str) -> str:
    """What would give one."""
    return _HOW[missing]


def vintage(year: int, status: str) -> str:
    """« définitif 2025 »."""
    return f"{status} {year}"


def known(years: Sequence[int]) -> str:
    """The years that have costs, after « pas de coûts pour 2027 »; empty when none has."""
    return f" (années données : {', '.join(map(str, years))})" if years else ""
