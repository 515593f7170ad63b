"""A: the request itself."""

from mutualis.domain.problems.catalogue.entry import error

ENTRIES = (
    error(
        "A02",
        "Année sans grille tarifaire",
        "aucune grille {year} (années connues : {known}).",
        "{how}",
        "Un montant se calcule avec la grille de son année, jamais avec celle d'une autre.",
    ),
    error(
        "A03",
        "Fichier introuvable",
        "fichier introuvable dans {folder}.",
        "se placer dans le dossier qui contient « data » (commande cd), ou l'indiquer : "
        "mutualis … --dir CHEMIN.",
        "Les commandes lisent le dossier « data » du dossier courant, de --dir ou de MUTUALIS_DIR.",
    ),
    error(
        "A04",
        "Commune inconnue ou ambiguë",
        "commune « {wanted} » {state}.{guess}",
        "écrire le nom entier ou le code INSEE d'une commune de {year}.",
        "Un nom se tape sans accents ni majuscules, mais il ne doit désigner qu'une commune.",
    ),
    error(
        "A05",
        "Année sans communes",
        "aucune commune pour {year} (années connues : {known}).",
        "{how}",
        "La facturation d'une année demande la population et le niveau de chaque commune "
        "cette année-là.",
    ),
    error(
        "A06",
        "Niveau inconnu à la ligne de commande",
        "niveau « {level} » {state} (niveaux d'adhésion : {known}).",
        "choisir un de ces niveaux.",
        "--level ne retient que des niveaux de la grille de l'année.",
    ),
    error(
        "A07",
        "Fichier illisible",
        "le fichier ne peut pas être lu : {why}.",
        "fermer le fichier dans les autres programmes et vérifier qu'il peut être lu, puis "
        "relancer.",
        "Un fichier ouvert par un autre programme, protégé, ou un dossier du même nom.",
    ),
)
