"""The account: what issuing would change for who has a document already, and what stops it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "account.to_regularise": RefusalText(
        why="Le lot {year} est déjà émis, et le compte de {communes} a bougé depuis :",
        nothing="rien n'a été émis",
        remedy="mutualis bill {year} pour tout voir ; si c'est juste, mutualis bill {year} --issue "
        "--regularise ; sinon rétablir les données, ou laisser une commune de côté par --except",
    ),
    "account.difference": RefusalText(
        why="{commune} ({numbers}) : {balance} → {target} ({causes})"
    ),
    "account.changed_meanwhile": RefusalText(
        why="Entre-temps, le registre a changé ce que le lot {year} ajouterait",
        nothing="rien n'a été émis",
        remedy="relire le brouillon, mutualis bill {year}, puis relancer",
    ),
    "account.no_row": RefusalText(
        why="{numbers} : le débiteur n'a plus de ligne en {year} dans {communes_file}",
        nothing="rien n'a été calculé",
        remedy="remettre sa ligne (un niveau vide dit « non adhérente »), ou dire ce que la "
        "commune est devenue dans {movements_file} ; pour émettre les autres d'abord, la laisser "
        "de côté par --except (code {codes})",
    ),
    "account.nothing_to_adopt": RefusalText(
        why="La grille et les réglages {year} sont déjà ceux du dernier lot émis",
        nothing="rien n'a été émis",
        remedy="relancer sans --act",
    ),
    "account.nothing": RefusalText(
        why="{commune} ({code}) n'a ni ligne, ni document, ni devis en {year}",
        remedy="mutualis account {code} donne toutes ses années",
    ),
    "account.nobody": RefusalText(
        why="Aucune commune n'a de ligne, de document ni de devis en {year}",
        remedy="mutualis account --all donne la dernière année connue",
    ),
    # What moved an account, and by how much.
    "account.no_fee": RefusalText(why="plus d'adhésion payante"),
    "account.again": RefusalText(why="il ne reste rien de ce qui avait été émis"),
    "account.invoiced_now": RefusalText(why="à facturer, et non plus retenue sur l'AC"),
    "account.withheld_now": RefusalText(why="retenue sur l'AC, et non plus facturée"),
    "account.vat": RefusalText(why="le régime de TVA a changé"),
    "account.granted": RefusalText(why="remises accordées : {granted}"),
    "account.balance": RefusalText(why="reste émis : {balance}"),
    "account.calculation": RefusalText(why="{explanation}"),
    "account.rate": RefusalText(why="tarif {difference}"),
    "account.wealth": RefusalText(why="potentiel financier {difference}"),
    "account.population": RefusalText(why="population {before} → {after}, {difference}"),
    "account.level": RefusalText(why="niveau {before} → {after}, {difference}"),
}
