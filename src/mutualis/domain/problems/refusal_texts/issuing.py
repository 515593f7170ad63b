"""What stops an issue before any number is taken."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "issuing.lacking": RefusalText(
        why="Il manque, pour émettre :",
        nothing="rien n'a été émis, aucun numéro n'est attribué",
        remedy="faire ce qui est dit là, puis relancer (mutualis check le redit)",
    ),
    "issuing.lack": RefusalText(why="{place} : {why}\n    À faire : {how}"),
    "issuing.not_its_calculation": RefusalText(
        why="Le document {number} ne correspond plus à son propre calcul",
        remedy="ne rien émettre ; mutualis register verify",
    ),
}
