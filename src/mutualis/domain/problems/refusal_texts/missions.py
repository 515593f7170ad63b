"""What may happen to a quote, and what an invoice bills of it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_DATE_OF_ANSWER = "donner la date de la réponse de la commune (--date)"
_NOT_NOTED = "rien n'a été noté"

TEXTS = {
    "missions.unknown_quote": RefusalText(
        why="Aucun devis {number} dans le registre. Derniers devis : {last}",
        remedy="mutualis quotes list",
    ),
    "missions.no_quote": RefusalText(
        why="Aucun devis {number} dans le registre. Aucun devis n'est enregistré",
        remedy="mutualis quotes list",
    ),
    "missions.price_of_other_grid": RefusalText(
        why="le prix de la catégorie {category} n'est pas celui de la grille {year}",
    ),
    "missions.already_accepted": RefusalText(
        why="Le devis {number} a déjà été accepté le {day}",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number} ; pour d'autres travaux, un nouveau devis",
    ),
    "missions.already_declined": RefusalText(
        why="Le devis {number} a déjà été refusé le {day}",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number} ; pour d'autres travaux, un nouveau devis",
    ),
    "missions.answer_to_come": RefusalText(
        why="La réponse du {day} est à venir", nothing=_NOT_NOTED, remedy=_DATE_OF_ANSWER
    ),
    "missions.answer_before_quote": RefusalText(
        why="La réponse du {day} précède le devis {number} du {issued}",
        nothing=_NOT_NOTED,
        remedy=_DATE_OF_ANSWER,
    ),
    "missions.expired": RefusalText(
        why="Le devis {number} a expiré le {end} : il ne peut plus être accepté le {day}",
        remedy="établir un nouveau devis (mutualis quote) ; si la commune a répondu avant, donner "
        "la date de sa réponse (--date)",
    ),
    "missions.not_accepted": RefusalText(
        why="Le devis {number} n'est pas encore accepté",
        nothing=_NOT_NOTED,
        remedy="noter d'abord l'accord de la commune : mutualis quotes accept {number}",
    ),
    "missions.declined": RefusalText(
        why="Le devis {number} a été refusé",
        nothing=_NOT_NOTED,
        remedy="établir un nouveau devis (mutualis quote)",
    ),
    "missions.wrong_work": RefusalText(
        why="Demi-journées qui ne conviennent pas au devis {number} :",
        nothing=_NOT_NOTED,
        remedy="corriger la date, la catégorie ou le nombre ; au-delà de ce qui est accepté, un "
        "nouveau devis (mutualis quote)",
    ),
    "missions.work_to_come": RefusalText(why="la date du {day} est à venir"),
    "missions.work_before_answer": RefusalText(
        why="le {day} précède l'accord de la commune, du {answered}"
    ),
    "missions.unknown_category": RefusalText(
        why="le devis n'a pas de catégorie « {category} » (catégories : {known})"
    ),
    "missions.not_a_quantity": RefusalText(
        why="catégorie {category} : {quantity} n'est pas un nombre de demi-journées"
    ),
    "missions.too_many": RefusalText(
        why="catégorie {category} : {half_days}, alors qu'il en reste {left} sur les {accepted} "
        "acceptées"
    ),
    "missions.wrong_rank": RefusalText(why="rang {rank} au lieu de {expected}"),
    "missions.no_such_work": RefusalText(
        why="Le devis {number} n'a pas de travail n° {rank} à retirer (travaux notés : {known})",
        remedy="mutualis quotes show {number}",
    ),
    "missions.no_work": RefusalText(
        why="Le devis {number} n'a pas de travail n° {rank} à retirer : il n'en a aucun",
        remedy="mutualis quotes show {number}",
    ),
    "missions.bills_other_works": RefusalText(
        why="facture des demi-journées du devis {number} qui ne sont pas à facturer"
    ),
    "missions.bills_other_lines": RefusalText(
        why="les lignes ne sont pas celles du devis {number}"
    ),
    "missions.bills_too_many": RefusalText(
        why="{quantity} demi-journées {category} facturées sur le devis {number}, pour {accepted} "
        "acceptées"
    ),
    "missions.dated_before_works": RefusalText(why="datée avant les demi-journées du {day}"),
    "missions.bills_other_quote": RefusalText(
        why="l'année, le niveau ou la délibération n'est pas du devis {number}"
    ),
    "missions.same_invoice": RefusalText(
        why="Les données redonnent la facture {invoice} à l'identique : rien à corriger",
        remedy="retirer d'abord le travail mal noté (mutualis quotes done {number} --cancel RANG "
        '--reason "…"), ou relancer sans --replace pour seulement annuler',
    ),
    "missions.nothing_left": RefusalText(
        why="Devis {number}, aucune demi-journée ne reste à facturer",
        nothing="rien n'a été émis",
        remedy="relancer sans --replace, ou noter d'abord ce qui a été fait (mutualis quotes done)",
    ),
    "missions.billed_before_done": RefusalText(
        why="Des demi-journées du {last} seraient facturées le {day}, avant d'être faites",
        nothing="rien n'a été émis",
        remedy="émettre au plus tôt le {last} (--date)",
    ),
    # Why works done are not billed now.
    "missions.left_overbilled": RefusalText(
        why="{number} facture un travail retiré depuis : d'abord mutualis credit {number} "
        '--reason "…" --replace'
    ),
    "missions.left_below_minimum": RefusalText(
        why="{amount}, sous le seuil de recouvrement de {minimum}"
    ),
    "missions.left_cancelled": RefusalText(
        why="facture {numbers} annulée ; pour refacturer : mutualis bill {year} --quotes "
        "--commune {commune} --issue"
    ),
    "missions.debtor_unknown": RefusalText(
        why="Devis {number} : {commune} ({code}) n'est pas dans les communes de {year} ; vérifier "
        "qui doit la facture"
    ),
}
