"""INSEE's movements of communes that cannot be added to the file."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOT_WRITTEN = "rien n'a été écrit"

TEXTS = {
    "movements.in_a_workbook": RefusalText(
        why="{file} est un classeur, et l'import n'écrit que dans data/movements.csv",
        nothing=_NOT_WRITTEN,
        remedy="l'ouvrir dans Excel, l'enregistrer en « CSV UTF-8 » sous le nom movements.csv, "
        "retirer le classeur du dossier data, puis relancer",
    ),
    "movements.beyond_windows_1252": RefusalText(
        why="data/movements.csv est en Windows-1252, où un nom de l'INSEE ne peut pas s'écrire",
        nothing=_NOT_WRITTEN,
        remedy="l'enregistrer en « CSV UTF-8 », puis relancer",
    ),
    "movements.changed_meanwhile": RefusalText(
        why="data/movements.csv a changé pendant le calcul",
        nothing="il n'a pas été modifié",
        remedy="relancer la même commande",
    ),
}
