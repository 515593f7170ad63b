"""What a simulation changes, in words."""

from collections.abc import Iterable
from decimal import Decimal

from mutualis.domain.french.typography import percent

SETTINGS = {
    "population": "population retenue",
    "minimum_recovery": "seuil de recouvrement",
    "proration": "partie d'année",
}


def bound(level: str, rank: int) -> str:
    """« 2B, borne de la tranche 1 »."""
    return f"{level}, borne de la tranche {rank}"


def title(parts: Iterable[str]) -> str:
    """What a scenario is called: its reforms, then what the options change."""
    return " + ".join(parts)


def year(value: int) -> str:
    """A side that nothing changes."""
    return f"données {value}"


def rate(value: Decimal) -> str:
    return f"indice {percent(value)}"


def price(key: str, value: str) -> str:
    return f"{key} = {value}"


def moved(name: str, level: str) -> str:
    return f"{name} au niveau {level}"


def left(name: str) -> str:
    return f"{name} non adhérente"
