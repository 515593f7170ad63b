"""What the figure of a criterion lacks; why a decision of a meeting does not apply."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_REMOVE = "retirer cette décision"
_A_RANKED_ONE = "donner l'identifiant d'une demande classée (mutualis requests rank)"

TEXTS = {
    "requests.no_potential": RefusalText(
        why="« potentiel_financier » est vide",
        remedy="remplir la colonne « potentiel_financier » de {communes_file} (fiche DGF)",
    ),
    "requests.no_interventions": RefusalText(
        why="aucune intervention n'est notée",
        remedy="ajouter data/interventions.csv, ou remettre le poids du critère à 0",
    ),
    "requests.no_population": RefusalText(
        why="la population est nulle",
        remedy="corriger la population de la commune, ou remettre le poids du critère à 0",
    ),
    "requests.no_reason": RefusalText(
        why="la raison de la décision manque", remedy="la donner (reason)"
    ),
    "requests.twice": RefusalText(
        why="deux décisions pour la même demande", remedy="n'en garder qu'une"
    ),
    "requests.rank_taken": RefusalText(
        why="le rang {rank} est déjà donné à {other}", remedy="changer l'un"
    ),
    "requests.idle": RefusalText(
        why="elle a déjà le rang {rank}, ce n'est pas un écart", remedy=_REMOVE
    ),
    "requests.already_planned": RefusalText(
        why="la séance du {day} l'a déjà planifiée : elle n'est plus à classer",
        remedy="retirer cette décision ; pour revenir sur ce qui est promis, corriger cette "
        "séance-là (--correct)",
    ),
    "requests.nearly_known": RefusalText(
        why="cette demande n'est pas à classer (vouliez-vous dire {close} ?)",
        remedy=_A_RANKED_ONE,
    ),
    "requests.unknown": RefusalText(why="cette demande n'est pas à classer", remedy=_A_RANKED_ONE),
    "requests.already_ranked": RefusalText(why="elle est déjà classée", remedy=_REMOVE),
    "requests.not_acceptable": RefusalText(
        why="elle ne peut pas être acceptée ({why})",
        remedy="seul un dispositif départemental se discute : accept ne vaut que pour lui",
    ),
    "requests.not_ranked": RefusalText(
        why="elle n'est pas classée ({why})",
        remedy="retirer cette décision : elle est déjà écartée",
    ),
    "requests.no_rank": RefusalText(
        why="le rang décidé manque", remedy="ajouter rank = 1 (ou un autre rang)"
    ),
    "requests.rank_beyond": RefusalText(
        why="rang {rank}, alors qu'il y a {requests} à planifier",
        remedy="donner un rang de 1 à {most}",
    ),
    "requests.rank_unwanted": RefusalText(why="rank ne va qu'avec « move »", remedy="retirer rank"),
}
