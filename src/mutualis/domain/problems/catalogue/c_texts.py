"""C: what may stand in a text, how a file was encoded, how large a table may be."""

from mutualis.domain.problems.catalogue.entry import error, warning

ENTRIES = (
    warning(
        "C40",
        "Signes invisibles",
        "des signes invisibles ({signs}) sont ignorés dans « {value} ».",
        "rien si le texte est correct. Pour ne plus voir ce message : le retaper au clavier.",
        "Un texte copié de Word, d'un PDF ou d'une page web en garde : césures, espaces sans "
        "largeur, marque de début.",
    ),
    error(
        "C41",
        "Caractères interdits",
        "le texte contient des caractères de commande ou de direction : {value}.",
        "retaper ce texte au clavier, sans le copier.",
        "Ces caractères ne s'impriment pas : ils peuvent cacher un texte, en montrer un autre ou "
        "commander l'écran.",
    ),
    error(
        "C42",
        "Texte qui commence comme une formule",
        "« {value} » commence par un signe dont un tableur fait une formule.",
        "écrire ce texte sans =, +, - ni @ au début.",
        "Ouvert dans Excel, un tel texte serait calculé au lieu d'être montré.",
    ),
    error(
        "C43",
        "Texte lu dans un autre encodage",
        "« {value} » contient un signe que le français n'a pas à cette place.",
        "lire en {said} ? Si oui, ouvrir l'original dans Excel et Enregistrer sous > « CSV "
        "UTF-8 » ; sinon, retaper ce texte.",
        "Excel propose aussi « CSV (MS-DOS) » et « CSV (Macintosh) », où les lettres accentuées "
        "sont rangées autrement : la lecture proposée n'est jamais prise sans le dire.",
    ),
    error(
        "C44",
        "Table trop grande",
        "la table a {what} : {rows} lignes et {columns} colonnes au plus.",
        "supprimer dans Excel les lignes et les colonnes vides ou inutiles, puis réenregistrer.",
        "Une table est lue en entier ou pas du tout : rien n'en est laissé de côté sans le dire.",
    ),
    error(
        "C60",
        "Régime juridique sans texte",
        "le régime des services est « autre », et rien ne dit lequel.",
        "sous [legal], écrire dans text le texte ou la convention à citer sur les documents.",
        "Une facture cite le texte sous lequel le service est rendu : lui seul peut le dire.",
    ),
)
