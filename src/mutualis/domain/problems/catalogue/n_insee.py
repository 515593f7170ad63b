"""N: INSEE's own files, and lists of codes."""

from mutualis.domain.problems.catalogue.entry import error, warning

ENTRIES = (
    error(
        "N01",
        "Fichier de l'INSEE non reconnu",
        "ce n'est pas le fichier {expected} de l'INSEE : {what}.",
        "{how}.",
        "Les fichiers de l'INSEE se reconnaissent à leurs titres de colonnes ou de lignes.",
    ),
    error(
        "N02",
        "Archive de l'INSEE inutilisable",
        "{what}.",
        "télécharger de nouveau le fichier sur insee.fr, et donner l'archive telle quelle, ou le "
        "fichier {expected} qu'elle contient.",
        "Une archive abîmée, protégée, démesurée, ou qui contient autre chose.",
    ),
    error(
        "N03",
        "Codes sans leurs zéros",
        "{count} : le code a perdu ses zéros de tête ({sample}).",
        "donner le fichier de l'INSEE tel que téléchargé, sans l'ouvrir ni l'enregistrer dans "
        "Excel.",
        "Excel retire les zéros de tête des codes quand il enregistre le fichier.",
    ),
    error(
        "N04",
        "Commune en double chez l'INSEE",
        "{code} ({commune}) figure déjà à la ligne {line}.",
        "donner le fichier de l'INSEE tel que téléchargé.",
        "Une commune a une seule ligne dans le fichier des populations.",
    ),
    error(
        "N05",
        "Aucune commune connue dans le fichier",
        "aucune des communes cherchées ({count}) n'est dans ce fichier.",
        "donner le fichier national de l'INSEE, ou celui du bon département.",
        "Un fichier d'un autre territoire ferait passer toutes les communes pour disparues.",
    ),
    error(
        "N06",
        "Aucune commune à reprendre",
        "aucune commune en {before}, dont reprendre les lignes pour {year} (années connues : "
        "{known}).",
        "{how}",
        "Les niveaux, SIREN et adresses d'une année viennent de l'année précédente.",
    ),
    warning(
        "N07",
        "Populations d'une autre année",
        "les populations de {count} sont toutes celles de {before} : ce fichier est-il bien "
        "celui de {year} ?",
        "vérifier sur insee.fr que ce sont les populations en vigueur au 1er janvier {year} ; "
        "importer de nouveau avec le bon fichier au besoin.",
        "Le fichier de l'INSEE ne dit pas son année.",
    ),
    warning(
        "N08",
        "Commune fusionnée encore comptée à part",
        "{commune} est encore comptée à part par l'INSEE ({population} habitants) : la population "
        "de {successor}, {successor_population} habitants, ne la comprend peut-être pas.",
        "vérifier la population {year} de la commune fusionnée et la corriger au besoin dans "
        "{communes_file}.",
        "Le découpage communal du fichier de l'INSEE peut précéder une fusion récente.",
    ),
    error(
        "N09",
        "Série de l'INSEE inconnue",
        "la série {series} n'est pas un indice connu de mutualis : « {label} ».",
        "télécharger la série de l'indice des prix à la consommation, ensemble des ménages, "
        "France : {known}.",
        "Seules quelques séries indexent les tarifs ; une autre donnerait un autre taux.",
    ),
    error(
        "N10",
        "Base de la série incertaine",
        "{what} : « {label} ».",
        "télécharger de nouveau la série sur insee.fr et donner le fichier tel quel.",
        "Un indice ne vaut que dans sa base : deux bases ne se mélangent jamais.",
    ),
    error(
        "N11",
        "Aucun mois de décembre définitif",
        "le fichier ne donne aucun mois de décembre définitif ({what}).",
        "attendre la publication définitive de l'INSEE, à la mi-janvier, puis télécharger de "
        "nouveau la série.",
        "Seul un décembre au statut A (définitif) indexe les tarifs.",
    ),
    error(
        "N12",
        "Commune absente du fichier repris",
        "la commune {code} n'est pas dans {file}.",
        "vérifier le code ; une commune fusionnée porte le code de la commune nouvelle, et un "
        "fichier de l'INSEE doit couvrir toute la France (ou au moins le département).",
        "Le nom et les populations de chaque commune viennent de ce fichier, par son code.",
    ),
    error(
        "N13",
        "Code en double dans la liste",
        "{code} figure déjà à la ligne {line} de la liste.",
        "supprimer l'une des deux lignes.",
        "Une commune n'est donnée qu'une fois ; ses changements de niveau en cours d'année se "
        "saisissent ensuite dans data/communes.csv.",
    ),
    error(
        "N14",
        "Fichier donné introuvable",
        "fichier introuvable : {path}.",
        "vérifier le chemin ({option}) ; dans l'Explorateur de Windows, Maj + clic droit > Copier "
        "en tant que chemin.",
        "Un fichier nommé sur la ligne de commande est cherché depuis le dossier où elle est "
        "tapée.",
    ),
    error(
        "N15",
        "Événement de l'INSEE inconnu",
        "événement « {value} » inconnu (connus : {known}).",
        "écrire à la main, dans {movements_file}, ce que ces communes sont devenues, et retirer "
        "ces lignes d'une copie du fichier avant de l'importer.",
        "Un type d'événement que l'INSEE aurait ajouté peut changer qui est débiteur.",
    ),
    error(
        "N16",
        "Niveau d'exemple que la liste ne remplace pas",
        "{count} dont le niveau est inventé, et que {list} ne remplace pas : {names}.",
        "donner à la liste une ligne par commune : code_insee, niveau (vide : elle n'adhère pas), "
        "source_niveau (son acte, et non « exemple »).",
        "Un dossier réel ne reprend d'un exemple aucun niveau inventé : chaque commune est nommée, "
        "aucune n'est oubliée.",
    ),
)
