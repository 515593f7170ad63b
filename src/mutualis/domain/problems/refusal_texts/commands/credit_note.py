"""Which document a credit note cancels, and what replaces it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "credit_note.of_a_credit_note": RefusalText(
        why="{number} est un avoir : il ne s'annule pas", remedy="mutualis register list"
    ),
    "credit_note.of_a_quote": RefusalText(
        why="{number} est un devis : il ne s'annule pas", remedy="mutualis register list"
    ),
    "credit_note.replace_and_amount": RefusalText(
        why="--replace annule toute la facture : il ne va pas avec --amount",
        remedy="retirer --amount, ou --replace",
    ),
    "credit_note.no_row_any_more": RefusalText(
        why="{commune} n'est plus dans data/communes.csv en {year}",
        nothing="rien n'a été émis",
        remedy="relancer sans --replace pour seulement annuler, ou corriger data/communes.csv",
    ),
    "credit_note.no_invoice_any_more": RefusalText(
        why="D'après les données, {commune} n'a plus de facture en {year} ({reason})",
        nothing="rien n'a été émis",
        remedy="relancer sans --replace pour seulement annuler, ou corriger data/communes.csv",
    ),
}
