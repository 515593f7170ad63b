"""Why a quote does not pay for what was done, and what no statement can be made of."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_OTHER_NUMBER = "corriger le numéro (mutualis quotes list) ; sans devis, en établir un"

TEXTS = {
    "usage.nothing_served": RefusalText(
        why="Aucune intervention n'est notée en {year} : il n'y a pas d'état annuel à écrire",
        remedy="noter ce qui a été fait dans {interventions_file}",
    ),
    "usage.no_statement": RefusalText(
        why="La commune {code} n'a pas d'état annuel {year} : ni niveau, ni recours, ni facture",
        remedy="vérifier la commune et l'année ({communes_file})",
    ),
    "usage.paper_to_come": RefusalText(
        why="La date du document est à venir ({day}) : rien n'a été publié",
        remedy="donner par --date le jour où il est porté à la connaissance des communes",
    ),
    "usage.paper_before": RefusalText(
        why="Un document de {year} a été publié le {day}, après cette date : rien n'a été publié",
        remedy="donner par --date le jour où celui qui le remplace est porté à connaissance",
    ),
    "usage.paper_invented": RefusalText(
        why="Les données de {year} comprennent des exemples inventés : rien n'a été publié",
        remedy="les remplacer par les vrais chiffres (mutualis costs {year} dit lesquels)",
    ),
    "usage.paper_not_published": RefusalText(
        why="Rien n'a été publié pour {year}",
        remedy="publier d'abord : mutualis costs {year} {option} --publish",
    ),
    "usage.no_quote": RefusalText(
        why="aucun devis {quote} dans le registre ({commune})", remedy=_OTHER_NUMBER
    ),
    "usage.no_quote_in_membership": RefusalText(
        why="aucun devis {quote} dans le registre ({commune}) : cette ligne compte dans l'adhésion",
        remedy=_OTHER_NUMBER,
    ),
    "usage.other_commune": RefusalText(
        why="le devis {quote} est pour {quoted}, pas pour {commune}",
        remedy="corriger le numéro ou la commune (mutualis quotes list)",
    ),
    "usage.other_service": RefusalText(
        why="le devis {quote} ({commune}) est pour « {quoted} », pas pour « {service} »",
        remedy="corriger le numéro ou la prestation (mutualis quotes list) ; sans devis pour cette "
        "prestation, en établir un : mutualis quote",
    ),
    "usage.not_accepted": RefusalText(
        why="le devis {quote} ({commune}) n'est pas accepté",
        remedy="noter l'accord de la commune, au jour où il a été donné, au plus tard le {until} "
        "(fin de validité) : mutualis quotes accept {quote} --date JJ/MM/AAAA",
    ),
    "usage.refused": RefusalText(
        why="le devis {quote} ({commune}) a été refusé le {day}",
        remedy="établir un nouveau devis : mutualis quote",
    ),
    "usage.accepted_later": RefusalText(
        why="le devis {quote} ({commune}) n'a été accepté que le {day}",
        remedy="vérifier la date ; ce qui précède l'accord de la commune ne peut pas être facturé",
    ),
    "usage.beyond_quote": RefusalText(
        why="devis {quote} ({commune}), catégorie {category} : {done} pour {committed} au devis",
        remedy="établir un autre devis pour ce qui dépasse : mutualis quote",
    ),
    "usage.beyond_closed": RefusalText(
        why="devis {quote} ({commune}), catégorie {category} : {done} pour {committed} faites à sa "
        "clôture",
        remedy="mettre d'accord ce fichier et le registre (mutualis quotes show {quote}) ; clos "
        'par erreur : mutualis quotes close {quote} --cancel --reason "…"',
    ),
    "usage.closed": RefusalText(
        why="le devis {quote} ({commune}) est clos depuis le {day}",
        remedy="établir un nouveau devis (mutualis quote) ; s'il est clos par erreur : "
        'mutualis quotes close {quote} --cancel --reason "…"',
    ),
    "usage.noted_otherwise": RefusalText(
        why="devis {quote} : {done} dans ce fichier, {noted} au service fait du registre",
        remedy="mettre les deux d'accord (mutualis quotes show {quote}, puis quotes done) : seul "
        "le service fait est facturé",
    ),
    "usage.nothing_noted": RefusalText(
        why="devis {quote} : {done} dans ce fichier, rien au service fait du registre",
        remedy="mettre les deux d'accord (mutualis quotes show {quote}, puis quotes done) : seul "
        "le service fait est facturé",
    ),
}
