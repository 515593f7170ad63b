"""What a quote may be made of: a grid, a member, a service, lines."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_HAVE_VOTED = (
    "faire voter la grille, puis l'enregistrer : "
    'mutualis index {year} --act "n° et date de la délibération"'
)
_NAME_ONE = "écrire le nom d'une de ces prestations : mutualis services"

TEXTS = {
    "quotes.projected_alone": RefusalText(
        why="Pas de devis {year} : la grille {year} n'est encore que projetée et aucune grille "
        "votée ne la précède",
        remedy=_HAVE_VOTED,
    ),
    "quotes.projected_no_earlier": RefusalText(
        why="Pas de devis {year} : la grille {year} n'est encore que projetée et le réglage "
        "before_vote interdit la précédente",
        remedy=_HAVE_VOTED,
    ),
    "quotes.no_grid": RefusalText(
        why="Pas de devis {year} : la grille {year} n'existe pas encore et aucune grille votée ne "
        "la précède",
        remedy=_HAVE_VOTED,
    ),
    "quotes.no_grid_no_earlier": RefusalText(
        why="Pas de devis {year} : la grille {year} n'existe pas encore et le réglage before_vote "
        "interdit la précédente",
        remedy=_HAVE_VOTED,
    ),
    "quotes.reserved": RefusalText(
        why="Pas de devis pour {commune} en {year}, le niveau {level} est réservé aux adhérentes "
        "{requires} :",
        remedy="si elle a rejoint le niveau {requires} : mutualis level {insee} {requires} --from "
        'JJ/MM/{year} --act "…"',
    ),
    "quotes.no_row": RefusalText(why="{commune} n'a pas de ligne en {year}"),
    "quotes.no_more_member": RefusalText(
        why="{commune} n'est plus adhérente {requires} depuis le {since}"
    ),
    "quotes.no_membership_that_day": RefusalText(
        why="{commune} n'a pas d'adhésion en cours le {day}"
    ),
    "quotes.other_membership": RefusalText(why="{commune} est au niveau {level}"),
    "quotes.not_a_member": RefusalText(why="{commune} n'est pas adhérente"),
    "quotes.wrong_lines": RefusalText(
        why="Devis refusé :",
        remedy='écrire chaque ligne ainsi : --line A:2:"Rédaction du cahier des charges"',
    ),
    "quotes.unknown_category": RefusalText(
        why="ligne {rank} : la grille {year} n'a pas de catégorie « {category} » (catégories : "
        "{known})"
    ),
    "quotes.not_half_days": RefusalText(
        why="ligne {rank} : « {typed} » n'est pas un nombre entier de demi-journées, de 1 à {most}"
    ),
    "quotes.taxed_and_outside": RefusalText(
        why="Devis refusé : des lignes sont hors du champ de la TVA et d'autres non, ce qu'aucune "
        "facture électronique ne peut porter ensemble (EN 16931, BR-O-11)",
        remedy="faire un devis pour les unes et un pour les autres",
    ),
    "quotes.two_taxes": RefusalText(
        why="Devis refusé : les demi-journées de catégorie {category} y ont deux taux de TVA, et "
        "le travail fait est noté par catégorie",
        remedy="faire un devis par taux",
    ),
    "quotes.service_of_several_themes": RefusalText(
        why="« {typed} » est une prestation de plusieurs thèmes : {titles}",
        remedy="l'écrire avec son thème, comme ci-dessus",
    ),
    "quotes.several_services": RefusalText(
        why="« {typed} » peut désigner plusieurs prestations de niveau {level} : {titles}",
        remedy=_NAME_ONE,
    ),
    # Another sentence may follow these, on its own line: their full stop is theirs.
    "quotes.given_service": RefusalText(
        why="« {service} » est une prestation de niveau {level} : elle est comprise dans "
        "l'adhésion, sans devis.",
        remedy="pour une mission, choisir la prestation de niveau {quoted} qui convient : "
        'mutualis services --theme "{theme}"',
    ),
    "quotes.given_up_to": RefusalText(
        why="« {service} » est une prestation de niveau {level} : elle est comprise dans "
        "l'adhésion, sans devis.",
        remedy="{start}, choisir la prestation de niveau {quoted} qui convient : "
        'mutualis services --theme "{theme}"',
    ),
    "quotes.unknown_service": RefusalText(
        why="« {typed} » n'est pas une prestation de niveau {level} du catalogue.",
        remedy=_NAME_ONE,
    ),
    "quotes.uncertain_reading": RefusalText(why="Lecture du niveau {level} à confirmer."),
    "quotes.did_you_mean": RefusalText(why="Vouliez-vous dire {names} ?"),
}
