"""What the figure of a criterion cannot be computed without."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "requests.no_potential": RefusalText(
        why="« potentiel_financier » est vide",
        remedy="remplir la colonne « potentiel_financier » de data/communes.csv (fiche DGF)",
    ),
    "requests.no_interventions": RefusalText(
        why="aucune intervention n'est notée",
        remedy="ajouter data/interventions.csv, ou remettre le poids du critère à 0",
    ),
    "requests.no_population": RefusalText(
        why="la population est nulle",
        remedy="corriger la population de la commune, ou remettre le poids du critère à 0",
    ),
}
