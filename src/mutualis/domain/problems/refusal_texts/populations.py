"""What INSEE's file cannot tell and the officer did not: mergers, SIREN of new communes."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOT_WRITTEN = "rien n'a été écrit"
_SAY_HEIRS = (
    "mutualis import movements FICHIER-DE-L'INSEE, puis relancer : fusions et changements de code "
    "sont suivis ; à défaut, dire avec quelle commune chacune a fusionné, CODE étant le code INSEE "
    "de celle-ci :{options}"
)
_DELETE_ROWS = "supprimer la ligne {year} : {rows}, puis relancer"

TEXTS = {
    "populations.merged_unknown": RefusalText(
        why="--merged {commune}={heir}, mais {commune} n'est pas une commune connue",
        nothing=_NOT_WRITTEN,
        remedy="retirer cette option, ou corriger le premier code",
    ),
    "populations.heir_not_listed": RefusalText(
        why="--merged {commune}={heir}, mais {heir} n'est pas dans le fichier de l'INSEE",
        nothing=_NOT_WRITTEN,
        remedy="--merged {commune}=CODE, avec le code INSEE de la commune qui a reçu {name}",
    ),
    "populations.heir_merged": RefusalText(
        why="--merged {commune}={heir}, mais {heir} est elle-même donnée comme disparue",
        nothing=_NOT_WRITTEN,
        remedy="--merged {commune}=CODE, avec le code de la commune qui existe à la fin",
    ),
    "populations.gone": RefusalText(
        why="Le fichier de l'INSEE n'a pas {communes} de mutualis",
        nothing=_NOT_WRITTEN,
        remedy=_SAY_HEIRS,
    ),
    "populations.gone_with_rows": RefusalText(
        why="Le fichier de l'INSEE n'a pas {communes} de mutualis",
        nothing=_NOT_WRITTEN,
        remedy=f"{_SAY_HEIRS}\n  et {_DELETE_ROWS}",
    ),
    "populations.merged_with_rows": RefusalText(
        why="Une commune donnée comme fusionnée a encore une ligne {year}",
        nothing=_NOT_WRITTEN,
        remedy=_DELETE_ROWS,
    ),
    "populations.useless_siren": RefusalText(
        why="--siren {commune}={siren}, mais {commune} n'aura pas de ligne {year}",
        nothing=_NOT_WRITTEN,
        remedy="retirer cette option, ou corriger le code",
    ),
}
