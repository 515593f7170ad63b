"""What stops an issue before any number is taken."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NO_NUMBER = "rien n'a été émis, aucun numéro n'est attribué"
_VOTE = 'mutualis index {year} --act "n° et date de la délibération"'

TEXTS = {
    "issuing.projected_grid": RefusalText(
        why="La grille {year} est projetée",
        nothing=_NO_NUMBER,
        remedy=f"après le vote, {_VOTE}",
    ),
    "issuing.act_to_fill_in": RefusalText(
        why="La délibération de la grille {year} est « à compléter »",
        nothing=_NO_NUMBER,
        remedy=_VOTE,
    ),
    "issuing.without_siren": RefusalText(
        why="{communes} sans SIREN ({names})",
        nothing=_NO_NUMBER,
        remedy="remplir la colonne « siren » de data/communes.csv "
        "(annuaire-entreprises.data.gouv.fr le donne, en cherchant la mairie)",
    ),
    "issuing.not_its_calculation": RefusalText(
        why="Le document {number} ne correspond plus à son propre calcul",
        remedy="ne rien émettre ; mutualis register verify",
    ),
}
