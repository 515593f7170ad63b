"""What a meeting's record must be, and what a second publication would change of it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOTHING = "rien n'a été publié"

TEXTS = {
    "meetings.day_taken": RefusalText(
        why="Une séance du {day} est déjà publiée, pour {year}",
        nothing=_NOTHING,
        remedy="une séance par jour : corriger la date, ou l'année de la commande",
    ),
    "meetings.to_come": RefusalText(
        why="La séance du {day} est à venir",
        nothing=_NOTHING,
        remedy="publier après la séance ; d'ici là, mutualis requests rank donne un projet",
    ),
    "meetings.no_members": RefusalText(
        why="La séance n'a aucun membre présent",
        nothing=_NOTHING,
        remedy="remplir elected (les élus) et agents",
    ),
    "meetings.published": RefusalText(
        why="La séance du {day} est déjà publiée",
        nothing=_NOTHING,
        remedy='la corriger par --correct "RAISON"',
    ),
    "meetings.nothing_to_correct": RefusalText(
        why="La séance du {day} n'est pas publiée, il n'y a rien à corriger",
        nothing=_NOTHING,
        remedy="retirer --correct",
    ),
    "meetings.starts_before": RefusalText(
        why="Le premier mois planifié, {month}, est avant la séance du {day}",
        nothing=_NOTHING,
        remedy="donner --from {next}, ou changer « from » dans data/criteria.toml",
    ),
    "meetings.other_day": RefusalText(
        why="La séance du {day} a été classée pour un autre jour ou une autre année",
        nothing=_NOTHING,
    ),
    "meetings.departure": RefusalText(
        why="{request} : la décision de la séance du {day} ne s'applique pas", nothing=_NOTHING
    ),
    "meetings.no_criterion": RefusalText(
        why="« {name} » n'est pas un critère de la séance du {day}", nothing=_NOTHING
    ),
    "meetings.no_figure": RefusalText(
        why="{request} : ses chiffres ne sont pas ceux que demandent les critères de la séance du "
        "{day}",
        nothing=_NOTHING,
    ),
    "meetings.other_outcome": RefusalText(
        why="Le classement de la séance du {day} n'est pas celui que donnent ses critères et ses "
        "demandes",
        nothing=_NOTHING,
    ),
    "meetings.other_commune": RefusalText(
        why="{request} : la commune de la demande n'est pas celle de la séance du {day}",
        nothing=_NOTHING,
    ),
    "meetings.other_figures": RefusalText(
        why="{request} : les chiffres de sa commune ne sont pas ceux de la séance du {day}",
        nothing=_NOTHING,
    ),
    "meetings.no_promise": RefusalText(
        why="{request} : la séance du {day} ne l'a pas planifiée ainsi", nothing=_NOTHING
    ),
    "meetings.published_otherwise": RefusalText(
        why="La séance du {day} est déjà publiée, autrement :",
        nothing=_NOTHING,
        remedy="rien si la décision publiée est la bonne (mutualis requests render {render} "
        "réécrit ses documents) ; si ses membres ou ses écarts sont faux, ajouter --correct "
        '"RAISON", qui garde ses demandes et son classement ; pour classer de nouveau, tenir une '
        "nouvelle séance",
    ),
    "meetings.member_gone": RefusalText(why="membres présents : retiré {name}"),
    "meetings.member_come": RefusalText(why="membres présents : ajouté {name}"),
    "meetings.members_order": RefusalText(
        why="membres présents : leur ordre, ou qui est élu et qui est agent"
    ),
    "meetings.departures": RefusalText(why="décisions qui s'écartent du classement : {requests}"),
    "meetings.departures_order": RefusalText(
        why="décisions qui s'écartent du classement : leur ordre"
    ),
    "meetings.start": RefusalText(why="premier mois planifié : {before} → {after}"),
    "meetings.criteria": RefusalText(why="critères ou capacités (data/criteria.toml)"),
    "meetings.booked": RefusalText(why="demi-journées promises par d'autres séances"),
    "meetings.moved": RefusalText(why="{request} : {before} → {after}"),
    "meetings.absent": RefusalText(why="absente"),
    "meetings.planned": RefusalText(why="rang {rank}, {day}"),
    "meetings.not_planned": RefusalText(why="non planifiée ({why})"),
    "meetings.edited": RefusalText(why="{request} : données de la demande ou de la commune"),
    "meetings.data": RefusalText(why="les données des demandes"),
    "meetings.more": RefusalText(why="… et {count} autres"),
}
