"""What a titre, a mandat, an export may not be."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "titres.empty": RefusalText(
        why="Le registre est vide",
        nothing="aucun titre à enregistrer",
        remedy="mutualis register list",
    ),
    "titres.refused": RefusalText(
        why="Des titres ne peuvent pas être notés :",
        nothing="rien n'a été enregistré",
        remedy="corriger ces titres, puis relancer ; un titre mal noté se corrige en le notant de "
        "nouveau : mutualis register titres NUMÉRO TITRE ; celui d'un document qui n'en a pas se "
        'retire : mutualis register titres NUMÉRO --cancel --reason "…"',
    ),
    "titres.none_known": RefusalText(
        why="Aucun titre n'est noté pour {number}",
        nothing="rien n'a été retiré",
        remedy="mutualis register list",
    ),
    "titres.of_nothing": RefusalText(why="{at} : aucune facture ni avoir de ce numéro"),
    "titres.of_a_statement": RefusalText(
        why="{at} : retenu sur l'attribution de compensation, donc sans titre"
    ),
    "titres.of_a_quote": RefusalText(why="{at} : un devis n'a pas de titre, sa facture en a un"),
    "titres.before_exercice": RefusalText(
        why="{at} : l'exercice {exercice} du titre {titre} précède celui du document, {own}"
    ),
    "titres.exercice_to_come": RefusalText(
        why="{at} : l'exercice {exercice} du titre {titre} n'est pas commencé"
    ),
    "titres.before_document": RefusalText(
        why="{at} : le titre {titre} du {day} précède le document, du {issued}"
    ),
    "titres.to_come": RefusalText(why="{at} : la date du titre {titre}, le {day}, est à venir"),
    "titres.outside_exercice": RefusalText(
        why="{at} : le titre {titre} du {day} n'est pas de l'exercice {exercice}, qui finit avec "
        "sa journée complémentaire, le 31 janvier suivant"
    ),
    "titres.of_two_debtors": RefusalText(
        why="{at} : le titre {titre} de {exercice} est celui de {other} ({commune}) ; un titre n'a "
        "qu'un débiteur"
    ),
    "titres.export_not_written": RefusalText(
        why="L'export est noté au registre : la même commande récrira le fichier, sans rien "
        "exporter de plus"
    ),
}
