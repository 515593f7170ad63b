"""Which document the command credit is about, and what its data no longer give."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "credit_note.of_a_credit_note": RefusalText(
        why="{number} corrige {claim} et ne s'annule pas",
        nothing="rien n'a été émis",
        remedy='une remise se retire par mutualis credit {number} --withdraw --act "…" ; sinon '
        "mutualis register show {claim}",
    ),
    "credit_note.of_a_quote": RefusalText(
        why="{number} est un devis : il ne s'annule pas", remedy="mutualis register list"
    ),
    "credit_note.not_a_credit": RefusalText(
        why="{number} n'est ni un avoir ni un relevé rectificatif",
        nothing="rien n'a été enregistré",
        remedy="donner le numéro de la remise ou de l'avoir : mutualis register show {number}",
    ),
    "credit_note.no_row_any_more": RefusalText(
        why="{commune} n'est plus dans {communes_file} en {year}",
        nothing="rien n'a été émis",
        remedy="relancer sans --replace pour seulement annuler, ou corriger {communes_file}",
    ),
    "credit_note.nothing_due_any_more": RefusalText(
        why="D'après les données, {commune} ne doit plus rien en {year} ({reason})",
        nothing="rien n'a été émis",
        remedy="relancer sans --replace pour seulement annuler, ou corriger {communes_file}",
    ),
}
