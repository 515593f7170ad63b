"""What `register verify` finds in documents whose chain is sound."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "audit.titre_of_nothing": RefusalText(why="titre d'un document qui n'existe pas avant"),
    "audit.titre_withdrawal": RefusalText(
        why="retrait d'un titre qui n'est pas noté avant, ou sans motif"
    ),
    "audit.titre_debtor": RefusalText(
        why="titre au nom du SIREN {debtor}, qui n'est pas celui du document"
    ),
    "audit.titre_shared": RefusalText(
        why="ce titre est aussi celui de {other}, d'un autre débiteur"
    ),
    "audit.export_empty": RefusalText(why="export sans document, ou d'un document deux fois"),
    "audit.export_of_another": RefusalText(why="export d'un document qui n'attendait rien"),
    "audit.batch_rank": RefusalText(why="lot {rank} de {year} au lieu du lot {expected}"),
    "audit.batch_grid": RefusalText(why="le lot n'a pas la grille {year} qui va avec son produit"),
    "audit.line": RefusalText(
        why="{commune} : le montant à part n'est pas celui de son propre calcul"
    ),
    "audit.not_below_minimum": RefusalText(
        why="{commune} : le montant n'est pas inférieur au seuil de recouvrement du lot"
    ),
    "audit.rank": RefusalText(why="rang {rank} au lieu de {expected} dans la série {series}"),
    "audit.number": RefusalText(why="numéro {made} au lieu de {expected}"),
    "audit.series": RefusalText(why="la série {series} n'est pas celle de son numéro"),
    "audit.mixed": RefusalText(
        why="exemple dans un registre réel, ou document réel dans le registre d'un exemple"
    ),
    "audit.date": RefusalText(why="datée du {day}, avant {last}"),
    "audit.to_come": RefusalText(why="datée du {day}, alors que nous sommes le {today}"),
    "audit.exercice": RefusalText(why="exercice {exercice} pour une date du {day}"),
    "audit.unit_costs": RefusalText(
        why="les coûts unitaires de {year} ne sont pas ceux que donnent leurs charges et unités"
    ),
    "audit.statement_line": RefusalText(
        why="{commune}, « {service} » : {amount} n'est pas le coût unitaire publié"
    ),
    "audit.statement_year": RefusalText(
        why="{commune}, « {service} » : un recours d'une autre année que {year}, ou sans "
        "demi-journée"
    ),
    "audit.statements": RefusalText(
        why="les états annuels de {year} ne sont pas un par commune, dans l'ordre des codes"
    ),
    "audit.no_price": RefusalText(why="{amount} au lieu d'aucun prix d'après son propre calcul"),
    "audit.amount": RefusalText(why="{amount} au lieu de {computed} d'après son propre calcul"),
    "audit.no_batch": RefusalText(why="lot {rank} de {year} absent"),
    "audit.not_of_its_batch": RefusalText(
        why="la date, l'exercice, le produit ou l'émetteur n'est pas de son lot"
    ),
    "audit.population": RefusalText(why="la population n'est pas celle de la commune"),
    "audit.figures": RefusalText(
        why="la population, le niveau, la délibération ou les parts ne sont pas ceux de sa "
        "commune et de la grille de son lot"
    ),
    "audit.completes_nothing": RefusalText(why="complète {other}, qui n'existe pas avant"),
    "audit.replaces": RefusalText(why="remplace {other}, que rien n'a ramené à zéro avec lui"),
    "audit.billed_twice": RefusalText(why="{commune} est déjà facturée par {other}"),
    "audit.deducted": RefusalText(
        why="{amount} déduits ne sont pas ce qui restait facturé à la commune"
    ),
    "audit.completes_another": RefusalText(
        why="ne complète pas {other} : les documents nommés ne sont pas ceux du compte"
    ),
    "audit.granted": RefusalText(why="{amount} de remises ne sont pas celles du compte"),
    "audit.debtor": RefusalText(
        why="{commune} n'est pas la commune facturée, ni ce qu'elle est devenue"
    ),
    "audit.negative": RefusalText(why="document d'un montant négatif"),
    "audit.adopted": RefusalText(
        why="le lot adopte une grille et des réglages qui n'ont pas changé"
    ),
    "audit.settings": RefusalText(
        why="la grille ou les réglages ne sont pas ceux du lot de {year} d'avant, sans acte qui "
        "les adopte"
    ),
    "audit.account": RefusalText(
        why="{commune} : le compte du lot n'est pas celui du registre, ou ce que le lot émet "
        "n'est pas ce qu'il y restait"
    ),
    "audit.change": RefusalText(
        why="{commune} : les causes du changement depuis l'année d'avant n'en font pas le compte, "
        "ou ne mènent pas à ce qui est dû"
    ),
    "audit.without_account": RefusalText(
        why="le lot émet un document pour {insee}, dont il n'a pas le compte"
    ),
    "audit.credit_kind": RefusalText(
        why="un avoir réduit une facture, un relevé rectificatif un relevé : pas {other}"
    ),
    "audit.credit_debtor": RefusalText(
        why="{commune} ne doit pas le document réduit, et n'est pas ce que sa commune est devenue"
    ),
    "audit.nature": RefusalText(
        why="une remise a la décision qui l'accorde, une correction n'en a pas"
    ),
    "audit.withdrawal": RefusalText(
        why="retire sans décision, ou ce qui n'est pas une remise en vigueur"
    ),
    "audit.vat": RefusalText(why="la TVA n'est pas celle que donnent ses montants"),
    "audit.qualification": RefusalText(why="qualifie un avoir dont la nature est connue"),
    "audit.credit_of_nothing": RefusalText(why="avoir sur {other}, qui n'existe pas avant"),
    "audit.credit_of_another": RefusalText(why="avoir qui n'est pas celui de {other}"),
    "audit.credit_without_reason": RefusalText(why="avoir sans motif"),
    "audit.credit_not_negative": RefusalText(why="avoir d'un montant qui n'est pas négatif"),
    "audit.credit_too_large": RefusalText(why="avoir supérieur à ce qui reste de {other}"),
    "audit.senseless": RefusalText(why="des figures qui n'ont pas de sens"),
    "audit.signatory": RefusalText(why="le signataire n'est pas celui de l'émetteur à cette date"),
    "audit.quote_years": RefusalText(why="les dates ou les années du devis ne vont pas ensemble"),
    "audit.left_year": RefusalText(
        why="{commune}, laissée de côté, n'est pas une commune de l'année du lot"
    ),
    "audit.cut_invoices": RefusalText(why="lot {rank} de {year} : {found} factures sur {expected}"),
    "audit.cut_statements": RefusalText(
        why="lot {rank} de {year} : {found} relevés sur {expected}"
    ),
    "audit.cut_credits": RefusalText(
        why="lot {rank} de {year} : {found} avoirs et relevés rectificatifs sur {expected}"
    ),
    "audit.damaged": RefusalText(why="le fichier est abîmé ({damage})"),
    "audit.guards": RefusalText(why="les tables ou les garde-fous du registre ont été modifiés"),
    "audit.missing_row": RefusalText(why="ligne {rank} absente"),
    "audit.broken_chain": RefusalText(why="la chaîne est rompue : contenu ou ordre modifié"),
    "audit.columns": RefusalText(why="les colonnes ne répètent pas le contenu"),
    "audit.head_not_found": RefusalText(
        why="l'empreinte attendue {head}… ne figure pas dans le registre"
    ),
    "audit.backup_of_another": RefusalText(
        why="l'empreinte de la sauvegarde n'est pas dans le registre"
    ),
}
