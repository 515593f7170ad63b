"""The file register.db: opened, copied, searched; what `verify` finds in it."""

from mutualis.domain.problems.refusal_texts.text import RefusalText

_COPY_BACK = (
    "mettre de côté register.db, et copier la dernière sauvegarde (dossier backups) sous ce nom"
)
_RESTORE = f"ne rien émettre ; {_COPY_BACK}"
_VERIFY = "mutualis register verify"
_LIST = "mutualis register list"

TEXTS = {
    "register.busy": RefusalText(
        why="{path} est utilisé par quelqu'un d'autre",
        nothing="rien n'a été fait",
        remedy="attendre que l'autre commande finisse, puis relancer",
    ),
    "register.disk_full": RefusalText(
        why="{path} ne peut pas être lu ou écrit (le disque est plein)",
        nothing="rien n'a été fait",
        remedy="libérer de la place, puis relancer",
    ),
    "register.out_of_reach": RefusalText(
        why="{path} ne peut pas être lu ou écrit (disque ou droits insuffisants)",
        nothing="rien n'a été fait",
        remedy="libérer de la place ou vérifier les droits sur le dossier, puis relancer",
    ),
    "register.unconfirmed": RefusalText(
        why="{path} : le disque n'a pas confirmé la fin de l'écriture"
    ),
    "register.unknown": RefusalText(
        why="Le registre de {path} ne peut plus être lu, et on ne sait pas si la dernière "
        "opération y est",
        remedy=f"{_VERIFY}, puis {_LIST}, avant de relancer",
    ),
    "register.rows_refused": RefusalText(
        why="Le registre a refusé ces lignes ({error})",
        nothing="rien n'a été émis",
        remedy=f"{_VERIFY} ; vérifier les formats de [numbers] dans data/issuer.toml",
    ),
    "register.not_a_register": RefusalText(
        why="{path} n'est pas un registre, ou il est abîmé", remedy=_RESTORE
    ),
    "register.not_a_file": RefusalText(
        why="{path} est un dossier ou un fichier spécial, pas un registre",
        remedy="déplacer ce qui porte ce nom ; remettre register.db à sa place s'il y en avait un",
    ),
    "register.broken_link": RefusalText(
        why="{path} est un lien qui ne mène à rien : le registre est ailleurs, ou n'est plus",
        nothing="rien n'a été fait",
        remedy="rebrancher son disque ou refaire le lien, puis relancer",
    ),
    "register.guards": RefusalText(
        why="Les tables ou les garde-fous du registre ont été modifiés",
        nothing="rien n'a été fait",
        remedy=f"{_VERIFY}, puis {_COPY_BACK}",
    ),
    "register.other_tables": RefusalText(
        why="{path} n'est pas un registre, ou ses tables ont été modifiées", remedy=_RESTORE
    ),
    "register.newer": RefusalText(
        why="{path} a été écrit par une version plus récente de mutualis",
        remedy="mettre mutualis à jour",
    ),
    "register.row_modified": RefusalText(
        why="La ligne {row} du registre a été modifiée",
        nothing="rien n'a été émis",
        remedy=f"{_VERIFY}, puis {_COPY_BACK}",
    ),
    "register.nothing_to_copy": RefusalText(
        why="Il n'y a pas encore de registre à copier", remedy="mutualis bill ANNÉE --issue"
    ),
    "register.copy_exists": RefusalText(
        why="{path} existe déjà", nothing="rien n'a été copié", remedy="choisir un autre nom"
    ),
    "register.copy_failed": RefusalText(
        why="La copie {path} n'a pas pu être faite", remedy="vérifier ce dossier, puis relancer"
    ),
    "register.copy_not_noted": RefusalText(
        why="La copie {path} est faite, mais le registre ne l'a pas notée",
        remedy="relancer la même commande",
    ),
    "register.not_a_seal": RefusalText(
        why="« {text} » n'est ni une empreinte (64 signes), ni un scellé qui en contient une",
        remedy="donner l'empreinte notée, ou le chemin du fichier de mutualis register seal",
    ),
    "register.nothing_to_seal": RefusalText(
        why="Il n'y a pas encore de registre à sceller", remedy="mutualis bill ANNÉE --issue"
    ),
    "register.not_sealed": RefusalText(
        why="Le registre n'est pas intact :",
        nothing="rien n'a été scellé",
        remedy=f"{_VERIFY} ; {_COPY_BACK}",
    ),
    "register.not_intact": RefusalText(
        why="Le registre n'est pas intact :",
        nothing="rien n'a été copié",
        remedy=f"{_VERIFY} ; rétablir une sauvegarde plus ancienne",
    ),
    "register.lost": RefusalText(
        why="{path} vient d'un registre, mais le registre est vide ou absent, et les numéros, "
        "comme les mois promis, seraient donnés deux fois",
        nothing="rien n'a été fait",
        remedy="remettre register.db à sa place (mutualis register backup en garde des copies) ; "
        "si ce dossier ne vient pas d'ici, le déplacer",
    ),
    "register.behind": RefusalText(
        why="{path} vient d'un lot que le registre n'a pas : il est plus ancien que ses documents",
        nothing="rien n'a été fait",
        remedy="remettre le register.db le plus récent (mutualis register backup en garde des "
        "copies) ; si ce dossier ne vient pas d'ici, le déplacer",
    ),
    "register.older_than_documents": RefusalText(
        why="{path} existe déjà, alors que le registre, plus ancien que les documents, n'a pas "
        "encore ce numéro",
        nothing="rien n'a été émis",
        remedy="remettre le register.db le plus récent ; si ce fichier ne vient pas d'ici, le "
        "déplacer",
    ),
    "register.unknown_document": RefusalText(
        why="Aucun document {number} dans le registre.{guess} Derniers numéros : {last}",
        remedy=_LIST,
    ),
    "register.no_document": RefusalText(
        why="Aucun document {number} dans le registre. Le registre est vide", remedy=_LIST
    ),
    "register.batch_lost": RefusalText(
        why="Le lot de {number} n'est pas dans le registre", remedy=_VERIFY
    ),
    "register.invoice_lost": RefusalText(
        why="Le document {number} n'est pas dans le registre", remedy=_VERIFY
    ),
    "register.unreadable_row": RefusalText(
        why="La ligne {seq} du registre ne peut pas être lue",
        remedy="mettre mutualis à jour si une version plus récente a écrit ce registre ; sinon, "
        "mutualis register verify",
    ),
    "register.unknown_key": RefusalText(
        why="son contenu a une clé que cette version ne connaît pas, « {key} »"
    ),
    "register.not_a_record": RefusalText(why="son contenu n'a pas la forme attendue"),
}
