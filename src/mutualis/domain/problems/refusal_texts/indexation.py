"""The index put beside INSEE's own file."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "indexation.index_differs": RefusalText(
        why="L'indice connu n'est pas celui du fichier de l'INSEE :",
        nothing="rien n'a été écrit",
        remedy="vérifier sur la page de l'INSEE ; si le fichier a raison, corriger ces lignes de "
        "data/cpi.csv, puis relancer",
    ),
    "indexation.index_of_month": RefusalText(
        why="{month} : {found} dans le fichier, {known} à {place}"
    ),
}
