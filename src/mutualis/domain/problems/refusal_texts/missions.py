"""What may happen to a quote, and what an invoice bills of it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_DATE_OF_ANSWER = "donner la date de la réponse de la commune (--date)"
_DATE_OF_CLOSURE = "donner la date de la clôture (--date)"
_NOT_NOTED = "rien n'a été noté"

TEXTS = {
    "missions.unknown_quote": RefusalText(
        why="Aucun devis {number} dans le registre.{guess} Derniers devis : {last}",
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
    "missions.declined_by_decision": RefusalText(
        why="un refus du devis {number} porte une décision, qui ne va qu'avec un accord"
    ),
    "missions.without_reason": RefusalText(
        why="devis {number} : un retrait ou une clôture a un motif"
    ),
    # Membership, asked again.
    "missions.reserved": RefusalText(
        why="Devis {number}, le {day} : le niveau {level} est réservé aux adhérentes {requires}",
        nothing=_NOT_NOTED,
        remedy="vérifier la date et la ligne de la commune dans {communes_file} ; pour continuer "
        'quand même, par décision : --act "n° et date de la décision"',
    ),
    "missions.decision_for_nothing": RefusalText(
        why="Devis {number} : la commune est adhérente {requires} le {day}, aucune décision n'est "
        "à noter",
        nothing=_NOT_NOTED,
        remedy="relancer sans --act",
    ),
    # An answer taken back.
    "missions.no_answer": RefusalText(
        why="Le devis {number} n'a pas de réponse à retirer",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number}",
    ),
    "missions.answer_gone": RefusalText(
        why="La réponse au devis {number} a déjà été retirée le {day}",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number}",
    ),
    "missions.answer_billed": RefusalText(
        why="La réponse au devis {number} ne se retire plus : {invoices} en facture le travail",
        remedy="pour libérer ce qui n'est pas fait : mutualis quotes close {number} "
        '--reason "…" ; pour reprendre une facture : mutualis credit',
    ),
    "missions.answer_worked": RefusalText(
        why="La réponse au devis {number} ne se retire pas tant que du travail y est noté (rangs : "
        "{ranks})",
        remedy="s'il est noté par erreur, le retirer d'abord : mutualis quotes done {number} "
        '--cancel RANG --reason "…" ; sinon, clore : mutualis quotes close {number} --reason "…"',
    ),
    "missions.answer_closed": RefusalText(
        why="La réponse au devis {number} ne se retire pas : il est clos depuis le {day}",
        remedy='retirer d\'abord la clôture : mutualis quotes close {number} --cancel --reason "…"',
    ),
    # A mission closed before all is done.
    "missions.closed": RefusalText(
        why="Le devis {number} est clos depuis le {day}",
        nothing=_NOT_NOTED,
        remedy="établir un nouveau devis (mutualis quote) ; s'il est clos par erreur : "
        'mutualis quotes close {number} --cancel --reason "…"',
    ),
    "missions.already_closed": RefusalText(
        why="Le devis {number} est déjà clos depuis le {day}",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number} ; pour retirer cette clôture : "
        'mutualis quotes close {number} --cancel --reason "…"',
    ),
    "missions.nothing_to_release": RefusalText(
        why="Tout ce qui est accepté au devis {number} est fait : il n'y a rien à libérer",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number}",
    ),
    "missions.closure_to_come": RefusalText(
        why="La clôture du {day} est à venir", nothing=_NOT_NOTED, remedy=_DATE_OF_CLOSURE
    ),
    "missions.closure_before_answer": RefusalText(
        why="La clôture du {day} précède l'accord de la commune, du {answered}",
        nothing=_NOT_NOTED,
        remedy=_DATE_OF_CLOSURE,
    ),
    "missions.closure_before_work": RefusalText(
        why="La clôture du {day} précède le dernier travail noté, du {last}",
        nothing=_NOT_NOTED,
        remedy=_DATE_OF_CLOSURE,
    ),
    "missions.not_closed": RefusalText(
        why="Le devis {number} n'est pas clos",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number}",
    ),
    "missions.closure_gone": RefusalText(
        why="La clôture du devis {number} a déjà été retirée le {day}",
        nothing=_NOT_NOTED,
        remedy="mutualis quotes show {number}",
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
    "missions.vat_has_changed": RefusalText(
        why="La TVA n'est plus celle des devis acceptés :",
        nothing="rien n'a été émis",
        remedy="retirer le travail en cause (mutualis quotes done DEVIS --cancel RANG), faire un "
        "nouveau devis et l'y noter ; ou corriger [vat] dans data/issuer.toml",
    ),
    "missions.vat_of_other_rules": RefusalText(
        why="la TVA du devis n'est pas celle que donnent les règles de son émetteur"
    ),
    "missions.taxed_otherwise": RefusalText(
        why="{quote} : travail du {day}, pour lequel data/issuer.toml donne une autre TVA"
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
        why="Devis {number} : {commune} ({code}) n'est pas dans les communes de {year}"
    ),
    "missions.debtor_lost": RefusalText(
        why="Qui doit ces missions n'est pas sûr :",
        nothing="rien n'a été émis",
        remedy="écrire dans {movements_file} ce que la commune est devenue (fusion, retrait), ou "
        "remettre sa ligne dans {communes_file} ; pour les autres : --commune",
    ),
}
