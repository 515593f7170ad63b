"""The ranking of requests: its first month, the request that was named."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "requests_rank.other_year": RefusalText(
        why="Le classement {year} ne peut pas commencer en {month} ({place})",
        nothing="rien n'a été calculé",
        remedy="donner un mois de {year} ou de {next}, par exemple --from {year}-03",
    ),
    "requests_rank.not_to_rank": RefusalText(
        why="La demande {request} est « {state} » : elle n'est plus à classer",
        remedy="pour la classer, vider son « etat » dans {requests_file} ({place})",
    ),
    "requests_rank.unknown": RefusalText(
        why="Aucune demande {typed} dans {requests_file}", remedy="mutualis requests rank ANNÉE"
    ),
    "requests_rank.unknown_but_near": RefusalText(
        why="Aucune demande {typed} dans {requests_file}. Vouliez-vous dire {near} ?",
        remedy="mutualis requests rank ANNÉE",
    ),
}
