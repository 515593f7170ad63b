"""T: TOML files."""

from mutualis.domain.problems.catalogue.entry import error

ENTRIES = (
    error(
        "T01",
        "Syntaxe TOML",
        "{what}",
        "{how}",
        "Les fichiers .toml ont une grammaire stricte : décimales avec un point, textes entre "
        "guillemets droits.",
    ),
    error(
        "T02",
        "Clé inconnue",
        "clé inconnue « {key} » dans {table}.{guess}",
        "corriger la clé ou la supprimer. Clés connues : {known}.",
        "Une clé mal écrite serait ignorée et le réglage par défaut s'appliquerait sans bruit.",
    ),
    error(
        "T03",
        "Clé absente",
        "clé « {key} » absente de {table}.",
        "l'ajouter : {example}",
        "Certaines clés n'ont pas de valeur par défaut.",
    ),
    error(
        "T04",
        "Valeur refusée",
        "« {key} » vaut {value} : il faut {expected}.",
        "corriger la valeur.",
        "Chaque clé a un type et des bornes.",
    ),
    error(
        "T05",
        "Grille incohérente",
        "{what}.",
        "{how}.",
        "Les tranches se suivent en ordre croissant et les niveaux cités existent.",
    ),
    error(
        "T06",
        "Fichier TOML mal enregistré",
        "le fichier n'est pas en UTF-8.",
        "l'ouvrir dans le Bloc-notes, puis Enregistrer sous > Encodage : UTF-8. Ne pas l'ouvrir "
        "dans Excel ni dans un traitement de texte.",
        "Un fichier .toml est toujours en UTF-8 ; lu autrement, ses accents seraient faux.",
    ),
    error(
        "T07",
        "Nom de clé illisible",
        "le nom d'une clé contient des signes invisibles ou interdits.",
        "le retaper au clavier, sans le copier.",
        "Deux noms que l'œil ne distingue pas seraient deux réglages.",
    ),
)
