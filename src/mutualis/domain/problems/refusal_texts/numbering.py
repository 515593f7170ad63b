"""Numbers and dates that documents may take."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOT_ISSUED = "rien n'a été émis"
_CLOCK = "L'horloge de cette machine donne le {today}"
_NOT_RECORDED = "rien n'a été enregistré"
_CONFIRM = "régler l'horloge ou, si c'est bien la date, la donner : --date {typed}"
_NOT_BEFORE = "émettre au plus tôt le {last} (--date)"

TEXTS = {
    "numbering.unsuitable": RefusalText(
        why="Le numéro « {number} » ne convient pas : 20 caractères au plus, parmi A-Z 0-9 - _ / +",
        remedy="corriger les formats de [numbers] dans data/issuer.toml",
    ),
    "numbering.taken": RefusalText(
        why="Le numéro {number} est déjà pris, deux formats se rencontrent",
        nothing=_NOT_ISSUED,
        remedy="donner à chaque sorte de document un format distinct, sous [numbers] dans "
        "data/issuer.toml",
    ),
    "numbering.exercice": RefusalText(
        why="L'exercice {exercice} ne va pas avec la date du {day}",
        nothing=_NOT_ISSUED,
        remedy="choisir {year} ou {before} (--exercice)",
    ),
    "numbering.to_come": RefusalText(
        why="La date du {day} est à venir",
        nothing=_NOT_ISSUED,
        remedy="émettre au plus tard à la date d'aujourd'hui, {today} (--date), ou régler "
        "l'horloge de cette machine si elle se trompe",
    ),
    "numbering.quote_to_come": RefusalText(
        why="La date du {day} est à venir",
        nothing="le devis n'a pas été émis",
        remedy="l'émettre au plus tard à la date d'aujourd'hui (--date), ou en faire un projet "
        "(--draft)",
    ),
    "numbering.before_last": RefusalText(
        why="La date du {day} précède celle du dernier document émis ({last})",
        nothing=_NOT_ISSUED,
        remedy=_NOT_BEFORE,
    ),
    "numbering.before_last_quote": RefusalText(
        why="La date du {day} précède celle du dernier devis émis ({last})",
        nothing=_NOT_ISSUED,
        remedy=_NOT_BEFORE,
    ),
    "numbering.clock_after_last": RefusalText(
        why=f"{_CLOCK}, plus de 400 jours après le dernier document ({{last}})",
        nothing=_NOT_RECORDED,
        remedy=_CONFIRM,
    ),
    "numbering.clock_after_grids": RefusalText(
        why=f"{_CLOCK}, plus de deux ans après la dernière grille ({{year}})",
        nothing=_NOT_RECORDED,
        remedy=_CONFIRM,
    ),
    "numbering.clock_before_grids": RefusalText(
        why=f"{_CLOCK}, avant l'année qui précède la première grille ({{year}})",
        nothing=_NOT_RECORDED,
        remedy=_CONFIRM,
    ),
}
