"""Files that have errors; each of them is a problem of its own."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "data.errors": RefusalText(
        why="Les données ont des erreurs", nothing="rien n'a été calculé ni écrit"
    ),
}
