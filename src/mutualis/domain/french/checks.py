"""What is said of files that do not agree."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.domain.french.tariffs import PRICES
from mutualis.domain.french.typography import count, number, percent
from mutualis.domain.problems.tables import files

NO_PRICE, NO_AMOUNT = "pas de prix", "absent"
_IMPORT = "mutualis import populations FICHIER-DE-L'INSEE --year"


def add_grid_by_index(year: int) -> str:
    return f"mutualis index {year} (à partir de la grille {year - 1})"


def add_grid_by_hand(year: int) -> str:
    return f"saisir [grids.{year}] dans data/tariffs.toml, sur le modèle d'une autre année"


def add_communes_by_hand(year: int) -> str:
    return (
        f"saisir une ligne {year} par commune dans {files()['communes_file']} ; {_IMPORT} {year} "
        "en mettra les populations à jour."
    )


def add_communes_by_import(year: int) -> str:
    return f"{_IMPORT} {year} (reprend les lignes {year - 1}), puis mettre à jour les niveaux."


def add_communes_of_first(year: int) -> str:
    return f"importer d'abord l'année {year} : {_IMPORT} {year}."


def moved_amounts(quantity: int) -> str:
    return count(quantity, "montant a bougé", "montants ont bougé")


def rate_of(rate: Decimal, month: str, source: str) -> str:
    return f"{percent(rate)} en {month} ({source})"


def kinds_of_prices(kinds: Sequence[str]) -> str:
    """« part fixe, minimum »."""
    return ", ".join(PRICES[kind] for kind in kinds)


def keys_of_prices(kinds: Sequence[str]) -> str:
    """« "fixed", "floor" », as they are written in the file."""
    return ", ".join(f'"{kind}"' for kind in kinds)


def catalogue_rows(quantity: int) -> str:
    return count(quantity, "ligne du catalogue", "lignes du catalogue")


def catalogue_row(label: str, level: str) -> str:
    return f"« {label} », niveau {level}"


def by_catalogue(*, is_own: bool) -> str:
    """Where a directorate comes from, unless it is the request's own."""
    return "" if is_own else " (d'après le catalogue)"


def act_lacks(*, a_date: bool) -> str:
    return "son acte n'a pas de date" if a_date else "son acte n'est pas rempli"


def capacity(half_days: int | None) -> str:
    """None for a directorate that the file has no more."""
    if half_days is None:
        return "la direction n'a plus de capacité dans le fichier"
    return f"la capacité est de {number(half_days)}"
