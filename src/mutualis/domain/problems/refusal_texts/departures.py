"""Why a decision of a meeting does not apply to the request that it names."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_REMOVE = "retirer cette décision"
_A_RANKED_ONE = "donner l'identifiant d'une demande classée (mutualis requests rank)"

TEXTS = {
    "departures.no_reason": RefusalText(
        why="la raison de la décision manque", remedy="la donner (reason)"
    ),
    "departures.twice": RefusalText(
        why="deux décisions pour la même demande", remedy="n'en garder qu'une"
    ),
    "departures.rank_taken": RefusalText(
        why="le rang {rank} est déjà donné à {other}", remedy="changer l'un"
    ),
    "departures.idle": RefusalText(
        why="elle a déjà le rang {rank}, ce n'est pas un écart", remedy=_REMOVE
    ),
    "departures.already_planned": RefusalText(
        why="la séance du {day} l'a déjà planifiée : elle n'est plus à classer",
        remedy="retirer cette décision ; pour revenir sur ce qui est promis, corriger cette "
        "séance-là (--correct)",
    ),
    "departures.nearly_known": RefusalText(
        why="cette demande n'est pas à classer (vouliez-vous dire {close} ?)",
        remedy=_A_RANKED_ONE,
    ),
    "departures.unknown": RefusalText(
        why="cette demande n'est pas à classer", remedy=_A_RANKED_ONE
    ),
    "departures.already_ranked": RefusalText(why="elle est déjà classée", remedy=_REMOVE),
    "departures.not_acceptable": RefusalText(
        why="elle ne peut pas être acceptée ({why})",
        remedy="seul un dispositif départemental se discute : accept ne vaut que pour lui",
    ),
    "departures.not_ranked": RefusalText(
        why="elle n'est pas classée ({why})",
        remedy="retirer cette décision : elle est déjà écartée",
    ),
    "departures.no_rank": RefusalText(
        why="le rang décidé manque", remedy="ajouter rank = 1 (ou un autre rang)"
    ),
    "departures.rank_beyond": RefusalText(
        why="rang {rank}, alors qu'il y a {requests} à planifier",
        remedy="donner un rang de 1 à {most}",
    ),
    "departures.rank_unwanted": RefusalText(
        why="rank ne va qu'avec « move »", remedy="retirer rank"
    ),
}
