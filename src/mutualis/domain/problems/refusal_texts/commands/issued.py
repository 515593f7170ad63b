"""What a command has registered when something failed after: told after its cause."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "issued.no_number": RefusalText(why="Aucun numéro n'a été attribué"),
    "issued.invoices": RefusalText(
        why="Les documents du lot, de {first} à {last}, sont émis et enregistrés : la même "
        "commande les réécrira sans rien émettre de plus"
    ),
    "issued.credit": RefusalText(
        why="{numbers} : émis et enregistrés, une fois pour toutes",
        remedy="ne pas relancer credit ; ce qui manque s'écrit par {commands}",
    ),
    "issued.quote": RefusalText(
        why="Le devis {number} est enregistré, une fois pour toutes",
        remedy="ne pas relancer quote ; ce qui manque s'écrit par {command}",
    ),
    "issued.meeting": RefusalText(
        why="La séance du {day} est enregistrée",
        remedy="relancer la même commande : elle écrira ce qui manque",
    ),
    "issued.costs": RefusalText(
        why="Le document de {year} est publié au registre, une fois pour toutes",
        remedy="l'écrire depuis le registre : mutualis costs {year} {option} --kept",
    ),
    "issued.noted": RefusalText(
        why="Ce qui était demandé est enregistré, une fois pour toutes",
        remedy="ne pas relancer la commande",
    ),
    # Its causes that are no refusal.
    "issued.interrupted": RefusalText(why="Interrompu"),
    "issued.unread": RefusalText(why="Le résultat n'a pas été lu jusqu'au bout"),
    "issued.broken": RefusalText(
        why="mutualis a rencontré une erreur imprévue ({name}). Aucune donnée n'est en cause a "
        "priori",
        remedy="relancer avec « mutualis --debug … » et transmettre la trace au mainteneur",
    ),
}
