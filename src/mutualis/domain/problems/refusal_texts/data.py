"""Files that have errors; each of them is a problem of its own."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "data.level_without_row": RefusalText(
        why="{code} n'a pas de ligne en vigueur le {day} dans {communes_file}",
        nothing="rien n'a été écrit",
        remedy="vérifier la commune et la date ; ajouter l'année : mutualis import populations "
        "FICHIER --year {year}",
    ),
    "data.level_already": RefusalText(
        why="{commune} est déjà au niveau {level} le {day}",
        nothing="rien n'a été écrit",
        remedy="vérifier le niveau et la date ({communes_file})",
    ),
    "data.errors": RefusalText(
        why="Les données ont des erreurs", nothing="rien n'a été calculé ni écrit"
    ),
}
