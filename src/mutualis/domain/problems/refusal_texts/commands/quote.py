"""A quote that stays a draft; half-days noted on a quote."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

TEXTS = {
    "quote.act_missing": RefusalText(
        why="la délibération de la grille {year} est « à compléter », le devis reste un projet, "
        'sans numéro (mutualis index {year} --act "n° et date")'
    ),
    "quote.made_already": RefusalText(
        why="Le devis {number} est le même, du même jour",
        nothing="rien n'a été émis",
        remedy="mutualis register render {number} réécrit ses documents, s'ils manquent ; si c'en "
        "est un autre, ajouter --again",
    ),
    "quote.noted_already": RefusalText(
        why="Les mêmes demi-journées du {day} sont déjà notées sur le devis {number}",
        nothing="rien n'a été noté",
        remedy="si ce sont d'autres demi-journées du même jour, ajouter --again",
    ),
}
