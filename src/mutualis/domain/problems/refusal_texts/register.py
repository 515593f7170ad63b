"""What is wrong with the register, or with what is asked of it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "register.unreadable_row": RefusalText(
        why="La ligne {seq} du registre ne peut pas être lue",
        remedy="mettre mutualis à jour si une version plus récente a écrit ce registre ; sinon, "
        "mutualis register verify",
    ),
    "register.unknown_key": RefusalText(
        why="son contenu a une clé que cette version ne connaît pas, « {key} »"
    ),
    "register.not_a_record": RefusalText(why="son contenu n'a pas la forme attendue"),
}
