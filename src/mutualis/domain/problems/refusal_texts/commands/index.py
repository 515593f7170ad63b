"""The grid of a year by indexation, its act, and the price index."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_UNCHANGED = "rien n'a été changé"

TEXTS = {
    "index.not_an_act": RefusalText(
        why="--act : « {typed} » n'est pas une délibération",
        remedy='--act "Délibération n° … du …"',
    ),
    "index.grid_exists": RefusalText(
        why="La grille {year} existe déjà dans data/tariffs.toml",
        nothing="rien n'a été écrit",
        remedy='pour enregistrer la délibération, mutualis index {year} --act "…" ; pour '
        "recalculer, supprimer d'abord [grids.{year}] et ses tables",
    ),
    "index.voted_grid_exists": RefusalText(
        why="La grille {year} existe déjà dans data/tariffs.toml",
        nothing="rien n'a été écrit",
        remedy="rien : la grille est votée ({act})",
    ),
    "index.december_of_a_grid_that_exists": RefusalText(
        why="La grille {year} existe déjà : --rate, --index, --base et --source ne servent qu'à la "
        "créer",
        remedy='mutualis index {year} --act "{act}"',
    ),
    "index.voted_already": RefusalText(
        why="La grille {year} est déjà votée ({act})",
        nothing=_UNCHANGED,
        remedy="pour corriger l'acte, modifier « act » sous [grids.{year}] dans data/tariffs.toml",
    ),
    "index.provisional": RefusalText(
        why="Un chiffre provisoire n'indexe rien",
        nothing=_UNCHANGED,
        remedy="attendre la publication définitive de l'INSEE, à la mi-janvier",
    ),
    "index.rate_is_not_of_the_index": RefusalText(
        why="Le taux de {rate} ne va pas avec l'indice {index} en base {base}, qui donnerait "
        "{computed}",
        nothing=_UNCHANGED,
        remedy="vérifier --rate, --index et --base sur le site de l'INSEE",
    ),
    "index.month_known": RefusalText(
        why="data/cpi.csv donne déjà {month} ({place})",
        nothing=_UNCHANGED,
        remedy="relancer sans --rate, --index, --base ni --source, ou corriger cette ligne",
    ),
    "index.not_indexed": RefusalText(
        why="La grille {year} n'a pas été indexée par mutualis : un projet de délibération "
        "n'aurait ni indice, ni règle à citer",
        nothing="rien n'a été écrit",
        remedy="pour l'indexer, supprimer d'abord [grids.{year}] et ses tables, puis "
        "mutualis index {year} --deliberation",
    ),
    "index.draft_not_written": RefusalText(
        why="La grille {year} est écrite : mutualis index {year} --deliberation refera le projet"
    ),
    "index.half_written": RefusalText(
        why="data/cpi.csv a déjà reçu {month} : la même commande finira le travail"
    ),
}
