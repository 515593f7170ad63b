"""A theme of the catalogue of services that was typed."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_REMEDY = "choisir parmi : {themes}"

TEXTS = {
    "themes.unknown": RefusalText(why="Le catalogue n'a pas de thème « {typed} »", remedy=_REMEDY),
    "themes.unknown_but_near": RefusalText(
        why="Le catalogue n'a pas de thème « {typed} ». Vouliez-vous dire {near} ?",
        remedy=_REMEDY,
    ),
}
