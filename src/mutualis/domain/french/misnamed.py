"""What is said of a name that means nothing known, or more than one thing."""

from collections.abc import Iterable


def unknown_commune(year: int | None, known_in: Iterable[int]) -> str:
    """« inconnue en 2025, mais connue en 2024 »; without a year, of all of them."""
    years = ", ".join(map(str, known_in))
    return f"inconnue{_in(year)}" + (f", mais connue en {years}" if years else "")


def ambiguous_commune(year: int | None) -> str:
    return f"ambiguë{_in(year)}"


def unknown_service() -> str:
    return "n'est pas une prestation du catalogue"


def ambiguous_service() -> str:
    return "peut désigner plusieurs prestations du catalogue"


def did_you_mean(names: Iterable[str]) -> str:
    """« Vouliez-vous dire Amagney (25014) ou Audeux (25030) ? » after a space; empty for none."""
    known = " ou ".join(names)
    return f" Vouliez-vous dire {known} ?" if known else ""


def code_of(name: str, code: str) -> str:
    """The rest of « 25014 désigne Amagney, pas « Saône » », where the name is another's."""
    return f" ; {name} a le code {code}"


def _in(year: int | None) -> str:
    return "" if year is None else f" en {year}"
