"""A meeting put into the register: its day, its criteria, one that is there already."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOTHING = "rien n'a été publié"

TEXTS = {
    "requests_publish.to_come": RefusalText(
        why="La publication du {day} est à venir",
        nothing=_NOTHING,
        remedy="donner la date du jour, ou retirer --date",
    ),
    "requests_publish.another_just_now": RefusalText(
        why="Une autre séance vient d'être publiée",
        nothing=_NOTHING,
        remedy="relancer la même commande",
    ),
    "requests_publish.no_meeting": RefusalText(
        why="Aucune séance n'est publiée, du {day} ni d'un autre jour",
        remedy="mutualis register list",
    ),
    "requests_publish.no_meeting_of_that_day": RefusalText(
        why="Aucune séance du {day} n'est publiée (séances : {days})",
        remedy="mutualis register list",
    ),
    "requests_publish.criteria_not_adopted": RefusalText(
        why="Des critères qui comptent ne sont pas adoptés :",
        nothing=_NOTHING,
        remedy="remplir act et adopted_on dans data/criteria.toml, ou remettre leur poids à 0",
    ),
    "requests_publish.without_act": RefusalText(why="« {criterion} » n'a pas d'acte"),
    "requests_publish.act_without_date": RefusalText(
        why="l'acte de « {criterion} » n'a pas de date"
    ),
    "requests_publish.adopted_after": RefusalText(
        why="« {criterion} » est adopté le {day}, après la séance"
    ),
    "requests_publish.other_start": RefusalText(
        why="La séance du {day} a planifié à partir de {month}, et une correction garde ce mois",
        nothing=_NOTHING,
        remedy="retirer --from ; pour classer de nouveau, tenir une nouvelle séance",
    ),
}
