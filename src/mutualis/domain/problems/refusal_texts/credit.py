"""What a credit note may take off, and what may replace an invoice."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "credit.nothing_remains": RefusalText(
        why="La facture {number} est déjà entièrement annulée",
        nothing="rien n'a été émis",
        remedy="mutualis register show {number}",
    ),
    "credit.too_much": RefusalText(
        why="{wanted} ne peuvent pas être annulés : il reste {remaining} sur la facture {number}",
        remedy="choisir un montant de 0,01 € à {remaining}",
    ),
    "credit.same_invoice": RefusalText(
        why="Les données redonnent la facture {number} à l'identique : rien à corriger",
        remedy="corriger d'abord les données, ou relancer sans --replace pour seulement annuler",
    ),
    "credit.others_invoice_it": RefusalText(
        why="{numbers} facture déjà {deducted} à {commune}, pour {due} dus : il n'y a rien à "
        "facturer de plus",
        remedy="relancer sans --replace",
    ),
}
