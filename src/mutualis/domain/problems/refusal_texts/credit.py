"""What may be taken off a document, what may replace it, and what its credits allow."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOTHING = "rien n'a été émis"

TEXTS = {
    "credit.nothing_remains": RefusalText(
        why="Il ne reste rien de {number}, déjà entièrement annulé ou remis",
        nothing=_NOTHING,
        remedy="mutualis register show {number} dit par quoi ; si des documents manquent : "
        "{commands}",
    ),
    "credit.too_much": RefusalText(
        why="{wanted} ne peuvent pas être déduits : il reste {remaining} sur {number}",
        remedy="choisir un montant de 0,01 € à {remaining}",
    ),
    "credit.part_of_a_membership": RefusalText(
        why="--amount ne corrige que la facture d'une mission, et {number} est une adhésion",
        nothing=_NOTHING,
        remedy="une remise votée : mutualis credit {number} --remise {amount} --act "
        '"n° et date de la délibération" --reason "…" ; un montant faux : corriger les données, '
        "puis mutualis bill {year} --issue --regularise",
    ),
    "credit.given_already": RefusalText(
        why="{number} déduit déjà {amount} de {claim}",
        nothing=_NOTHING,
        remedy="mutualis register render {number} réécrit ses documents, s'ils manquent ; si c'en "
        "est un autre, ajouter --again",
    ),
    # What takes the place of a cancelled document.
    "credit.same_document": RefusalText(
        why="Les données redonnent {number} à l'identique",
        nothing=_NOTHING,
        remedy="corriger d'abord les données, ou relancer sans --replace pour seulement annuler",
    ),
    "credit.others_claim_it": RefusalText(
        why="{numbers} demandent déjà {balance} à {commune}, pour {target} dus",
        nothing=_NOTHING,
        remedy="relancer sans --replace pour seulement annuler",
    ),
    "credit.others_to_correct": RefusalText(
        why="Le compte {year} de {commune} demande aussi de corriger {numbers}",
        nothing=_NOTHING,
        remedy="--replace ne remplace qu'un document ; pour régulariser le compte entier : "
        "mutualis bill {year}, puis mutualis bill {year} --issue --regularise",
    ),
    "credit.to_qualify_first": RefusalText(
        why="Le registre ne dit pas si {numbers} est une remise ou une correction",
        nothing=_NOTHING,
        remedy="le dire d'abord : mutualis credit NUMÉRO --qualify remise (une décision de "
        "l'assemblée) ou --qualify correction (une erreur)",
    ),
    # What becomes of a credit.
    "credit.withdrawn_already": RefusalText(
        why="La remise {number} est déjà retirée",
        nothing="rien n'a été enregistré",
        remedy="mutualis bill {year}",
    ),
    "credit.not_a_remise": RefusalText(
        why="{number} est une correction de {claim}, pas une remise",
        nothing="rien n'a été enregistré",
        remedy="mutualis register show {number}",
    ),
    "credit.remise_of_a_mission": RefusalText(
        why="{number} a diminué la facture d'une mission, qu'aucun lot ne complète",
        nothing="rien n'a été enregistré",
        remedy='annuler la facture, mutualis credit {claim} --reason "…", puis la refaire : '
        "mutualis bill {year} --quotes --issue --commune {commune}",
    ),
    "credit.qualified_already": RefusalText(
        why="{number} est déjà une {nature}",
        nothing="rien n'a été enregistré",
        remedy="mutualis register show {number}",
    ),
}
