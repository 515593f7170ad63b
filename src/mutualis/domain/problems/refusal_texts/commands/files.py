"""A file that cannot be found, read or put in place; the issuer's logo."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_AGAIN = "relancer la même commande"
_OTHER_FOLDER = "choisir un autre dossier"
_OTHER_NAME = "choisir un autre nom"
_AS_PNG = "l'enregistrer en PNG, 900 × 400 points au plus, ou le retirer"

TEXTS = {
    "files.not_found": RefusalText(
        why="Fichier introuvable : {path}", remedy="vérifier le chemin du fichier"
    ),
    "files.disk_full": RefusalText(
        why="{path} n'a pas pu être écrit : le disque est plein",
        remedy="libérer de la place, puis relancer",
    ),
    "files.read_only": RefusalText(
        why="{path} n'a pas pu être écrit : le disque est en lecture seule", remedy=_OTHER_FOLDER
    ),
    "files.no_folder": RefusalText(
        why="{path} n'a pas pu être écrit : un fichier porte le nom d'un de ses dossiers",
        remedy=_OTHER_FOLDER,
    ),
    "files.is_a_folder": RefusalText(
        why="{path} n'a pas pu être écrit : un dossier porte ce nom", remedy="choisir un autre nom"
    ),
    "files.name_too_long": RefusalText(
        why="{path} n'a pas pu être écrit : son nom est trop long",
        remedy="choisir un nom plus court",
    ),
    "files.held": RefusalText(
        why="{path} n'a pas pu être écrit : il est ouvert dans Excel, ou son dossier est protégé",
        remedy=f"fermer le fichier, ou vérifier les droits sur son dossier, puis {_AGAIN}",
    ),
    "files.nothing_recorded": RefusalText(
        why="Le registre n'a pas changé, les numéros restent à prendre"
    ),
    "files.open_in_excel": RefusalText(
        why="{path} n'a pas pu être écrit : il est ouvert dans Excel, {lock} le dit",
        remedy=f"fermer le classeur, puis {_AGAIN} ; si personne ne l'a ouvert, supprimer {{lock}}",
    ),
    "files.system_error": RefusalText(
        why="{path} n'a pas pu être écrit : erreur {number} du système",
        remedy="vérifier ce dossier",
    ),
    "files.not_shown": RefusalText(
        why="Le résultat n'a pas pu être affiché en entier ({error})",
        remedy="vérifier où va la sortie, puis relancer",
    ),
    "files.system_refused": RefusalText(
        why="Le système a refusé une lecture ou une écriture ({error})",
        remedy="vérifier la place sur le disque, le dossier temporaire ({temporary}) et les "
        "droits, puis relancer",
    ),
    "files.changed_meanwhile": RefusalText(
        why="{path} a changé pendant le calcul", nothing="il n'a pas été modifié", remedy=_AGAIN
    ),
    "files.locked": RefusalText(
        why="Une autre commande change les données de ce dossier ({holder})",
        nothing="rien n'a été écrit",
        remedy="attendre qu'elle finisse, puis relancer ; si elle est bloquée, l'arrêter : le "
        "verrou ({lock}) tombe avec elle, il n'y a aucun fichier à supprimer",
    ),
    "files.cannot_lock": RefusalText(
        why="{path} ne peut pas être verrouillé : ce disque ne connaît pas les verrous",
        nothing="rien n'a été écrit",
        remedy="mettre le dossier sur un autre disque",
    ),
    "files.among_data": RefusalText(
        why="{path} est parmi les données : seules les commandes qui les modifient y écrivent",
        nothing="rien n'a été écrit",
        remedy=_OTHER_FOLDER,
    ),
    "files.of_a_register": RefusalText(
        why="{path} est un registre, ou un fichier qui va avec",
        nothing="rien n'a été écrit",
        remedy=_OTHER_NAME,
    ),
    "files.not_plain": RefusalText(
        why="{path} n'est pas un fichier ordinaire (périphérique, tube, lien rompu ou en boucle)",
        nothing="rien n'a été écrit",
        remedy=_OTHER_NAME,
    ),
    "files.folder_there": RefusalText(
        why="{path} est le nom d'un dossier", nothing="rien n'a été écrit", remedy=_OTHER_NAME
    ),
    "files.unusable_path": RefusalText(
        why="{path} ne mène à aucun fichier (son nom est impossible)",
        nothing="rien n'a été écrit",
        remedy=_OTHER_NAME,
    ),
    "files.proposal_waits": RefusalText(
        why="Une proposition attend déjà, qui dit autre chose ({path})",
        nothing="rien n'a été écrit",
        remedy="la mettre à la place de {file} (le garder sous un autre nom, puis la renommer), ou "
        "la supprimer, puis relancer la même commande",
    ),
    "files.name_beyond_windows_1252": RefusalText(
        why="{path} est en Windows-1252, où un caractère de la nouvelle ligne ne peut pas s'écrire",
        remedy="l'enregistrer en « CSV UTF-8 », puis relancer",
    ),
    "files.origin_beyond_windows_1252": RefusalText(
        why="{path} est en Windows-1252 et ne peut pas recevoir ce texte : {origin}",
        remedy="l'enregistrer en « CSV UTF-8 », ou donner une source sans caractère spécial",
    ),
    "files.beyond_export_encoding": RefusalText(
        why="« {text} » ne s'écrit pas en {encoding}",
        nothing="rien n'a été exporté",
        remedy='mettre encoding = "utf-8-sig" sous [export] dans data/issuer.toml',
    ),
    "files.pdf_not_set": RefusalText(
        why="Le PDF n'a pas pu être composé, {place} : {why}",
        remedy=f"corriger ce fichier, ou le retirer, puis {_AGAIN}",
    ),
    "files.logo_too_heavy": RefusalText(
        why="{name} pèse plus de {most} Mo", nothing="rien n'a été écrit", remedy=_AS_PNG
    ),
    "files.logo_too_large": RefusalText(
        why="{name} a {width} × {height} points, plus de 4 millions",
        nothing="rien n'a été écrit",
        remedy=_AS_PNG,
    ),
    "files.logo_not_a_png": RefusalText(
        why="{name} n'est pas une image PNG lisible", nothing="rien n'a été écrit", remedy=_AS_PNG
    ),
}
