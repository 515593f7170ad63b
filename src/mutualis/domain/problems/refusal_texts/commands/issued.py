"""What became of the numbers when documents could not be written: told after its cause."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "issued.no_number": RefusalText(why="Aucun numéro n'a été attribué"),
    "issued.invoices": RefusalText(
        why="Les documents du lot, de {first} à {last}, sont émis et enregistrés : la même "
        "commande les réécrira sans rien émettre de plus"
    ),
    "issued.credit": RefusalText(
        why="{numbers} : émis et enregistrés, une fois pour toutes",
        remedy="fermer le fichier, puis {commands} (ne pas relancer credit)",
    ),
    "issued.quote": RefusalText(
        why="Le devis {number} est enregistré, une fois pour toutes",
        remedy="fermer le fichier, puis {command} (ne pas relancer quote)",
    ),
    "issued.meeting": RefusalText(
        why="La séance du {day} est enregistrée",
        remedy="fermer le fichier, puis relancer la même commande : elle écrira ce qui manque",
    ),
}
