"""What the grid of a year lacks."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_ADD_PRICES = "ajouter à la grille un niveau avec ses prix par demi-journée (half_day)"

TEXTS = {
    "grids.no_missions": RefusalText(
        why="La grille {year} n'a pas de missions sur devis", remedy=_ADD_PRICES
    ),
    "grids.no_half_day": RefusalText(
        why="La grille {year} n'a pas de prix par demi-journée : le coût ne peut pas être compté",
        remedy=_ADD_PRICES,
    ),
}
