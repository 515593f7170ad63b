"""A new workspace: its folder, its SIREN, its communes and their level."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_CODES = "--codes 25056,25014, ou --codes FICHIER"

TEXTS = {
    "init.no_workspace_here": RefusalText(
        why="Le dossier {folder} n'a pas de dossier data : ce n'est pas un dossier de travail",
        nothing="rien n'a été écrit",
        remedy="se placer dans le dossier de travail, ou le nommer : mutualis init DOSSIER "
        "--templates",
    ),
    "init.no_example": RefusalText(
        why="Les données d'exemple ne sont pas dans cette installation",
        remedy="réinstaller mutualis",
    ),
    "init.folder_is_a_file": RefusalText(
        why="{folder} est un fichier, pas un dossier",
        nothing="rien n'a été écrit",
        remedy="donner le nom d'un dossier à créer",
    ),
    "init.folder_not_empty": RefusalText(
        why="Le dossier {folder} n'est pas vide ({names})",
        nothing="rien n'a été écrit",
        remedy="donner le nom d'un dossier à créer, par exemple mutualis init mutualisation …",
    ),
    "init.not_an_example": RefusalText(
        why="--from : {folder} n'est pas un dossier d'exemple (data/issuer.toml ne dit pas example "
        "= true)",
        nothing="rien n'a été écrit",
        remedy="un dossier réel se copie tel quel, registre compris : mutualis register backup",
    ),
    "init.list_without_levels": RefusalText(
        why="--from : la liste de --codes ne donne de niveau à aucune commune",
        remedy="donner un fichier de colonnes code_insee, niveau et source_niveau (son acte)",
    ),
    "init.year_without_grid": RefusalText(
        why="--year : l'exemple n'a pas à la fois une grille et des communes de {year} (années : "
        "{known})",
        remedy="choisir une de ces années",
    ),
    "init.not_a_siren": RefusalText(
        why="--siren : « {typed} » n'est pas un SIREN (9 chiffres, dont le dernier est une clé de "
        "contrôle)",
        remedy="le recopier depuis annuaire-entreprises.data.gouv.fr",
    ),
    "init.unknown_level": RefusalText(
        why="--level : niveau « {typed} » inconnu (niveaux : {levels})",
        remedy="choisir un de ces niveaux, ou donner à chaque commune le sien dans une colonne "
        "« niveau » du fichier de codes",
    ),
    "init.levels_twice": RefusalText(
        why="--level donne un niveau à toutes les communes, mais le fichier de codes donne déjà "
        "les siens",
        remedy="retirer --level, ou la colonne « niveau » du fichier",
    ),
    "init.no_code": RefusalText(why="--codes : la liste est vide", remedy=_CODES),
    "init.code_without_its_zero": RefusalText(
        why="--codes : « {typed} » a 4 caractères au lieu de 5 : le zéro de tête manque sans doute",
        remedy="--codes {codes}",
    ),
    "init.not_a_code": RefusalText(
        why="--codes : « {typed} » n'est pas un code INSEE (5 caractères)", remedy=_CODES
    ),
    "init.code_twice": RefusalText(
        why="--codes : {insee} est donné deux fois", remedy="donner chaque code une seule fois"
    ),
}
