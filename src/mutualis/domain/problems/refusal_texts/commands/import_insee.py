"""The legal populations of a year from INSEE's file: mergers, new communes."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_NOTHING = "rien n'a été écrit"
_MERGED = (
    "dire avec quelle commune chacune a fusionné, CODE étant le code INSEE de celle-ci :"
    "\n    {options}"
)
_DELETE = "supprimer ce que {year} a encore : {rows}, puis relancer"

TEXTS = {
    "import_insee.communes_in_a_workbook": RefusalText(
        why="{file} est un classeur : l'import n'écrit que dans data/communes.csv",
        remedy="l'ouvrir dans Excel, l'enregistrer en « CSV UTF-8 » sous le nom communes.csv, "
        "retirer le classeur du dossier data, puis relancer",
    ),
    "import_insee.merged_unknown": RefusalText(
        why="{insee} n'est pas une commune connue (--merged {insee}={heir})",
        nothing=_NOTHING,
        remedy="retirer cette option, ou corriger le premier code",
    ),
    "import_insee.heir_not_listed": RefusalText(
        why="{heir} n'est pas dans le fichier de l'INSEE (--merged {insee}={heir})",
        nothing=_NOTHING,
        remedy="--merged {insee}=CODE, avec le code INSEE de la commune qui a reçu {name}",
    ),
    "import_insee.heir_merged_too": RefusalText(
        why="{heir} est elle-même donnée comme disparue (--merged {insee}={heir})",
        nothing=_NOTHING,
        remedy="--merged {insee}=CODE, avec le code de la commune qui existe à la fin",
    ),
    "import_insee.gone": RefusalText(
        why="Des communes connues de mutualis ne sont plus dans le fichier de l'INSEE ({number})",
        nothing=_NOTHING,
        remedy=_MERGED,
    ),
    "import_insee.gone_with_rows": RefusalText(
        why="Des communes connues de mutualis ne sont plus dans le fichier de l'INSEE ({number})",
        nothing=_NOTHING,
        remedy=f"{_MERGED}\n  et {_DELETE}",
    ),
    "import_insee.merged_with_rows": RefusalText(
        why="Une commune donnée comme fusionnée a encore une ligne {year}",
        nothing=_NOTHING,
        remedy=_DELETE,
    ),
    "import_insee.siren_missing": RefusalText(
        why="{names} n'a pas de ligne {before}, et son SIREN n'est pas connu",
        nothing=_NOTHING,
        remedy="ajouter {options} (les 9 chiffres de l'annuaire des entreprises)",
    ),
    "import_insee.siren_of_no_row": RefusalText(
        why="{insee} n'aura pas de ligne {year} (--siren {insee}={siren})",
        nothing=_NOTHING,
        remedy="retirer cette option, ou corriger le code",
    ),
}
