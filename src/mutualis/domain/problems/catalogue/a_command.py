"""A: the request itself, and what its documents are printed with."""

from mutualis.domain.problems.catalogue.entry import error, warning

_BACK = "retirer le fichier de data/templates pour revenir au modèle livré"

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
        "introuvable dans {folder}.",
        "se placer dans le dossier qui contient « data » (commande cd), ou l'indiquer : "
        "mutualis … --dir CHEMIN ; si c'est bien ce dossier, y remettre le fichier.",
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
        "renommer ce dossier, ou vérifier le disque, puis relancer.",
        "Un dossier du même nom, ou un disque qui ne répond pas.",
    ),
    error(
        "A08",
        "Ce n'est pas un fichier",
        "ce n'est pas un fichier ordinaire mais {what}.",
        "mettre à sa place le fichier lui-même, puis relancer.",
        "Un tube attend sans fin que quelqu'un y écrive, un périphérique n'a pas de fin : mutualis "
        "ne les ouvre pas.",
    ),
    error(
        "A09",
        "Lien qui ne mène à aucun fichier",
        "c'est {what}.",
        "remplacer le lien par le fichier lui-même, ou refaire le lien, puis relancer.",
        "Un lien rompu n'est pas une absence : le fichier qu'il désignait manque peut-être par "
        "accident.",
    ),
    error(
        "A10",
        "Fichier trop gros",
        "le fichier est trop gros pour être lu : {size} Mo, {most} au plus.",
        "vérifier que c'est le bon fichier ; dans Excel, supprimer les lignes et les feuilles "
        "inutiles, puis réenregistrer.",
        "Les plus grandes tables de l'INSEE pèsent 3 Mo. Au-delà d'une borne, un fichier est une "
        "erreur, ou une archive faite pour remplir la mémoire.",
    ),
    error(
        "A11",
        "Accès refusé",
        "l'accès est refusé au fichier, ou au dossier qui le contient.",
        "le fermer dans les autres programmes (Excel le retient) ; sinon, demander le droit de "
        "lire ce dossier.",
        "Un fichier ouvert dans Excel, ou que le compte de l'ordinateur n'a pas le droit de lire.",
    ),
    error(
        "A12",
        "Logo inutilisable",
        "{why}.",
        "l'enregistrer en PNG, 900 × 400 points au plus, ou le retirer du dossier data.",
        "Le logo est imprimé sur chaque PDF : avec un fichier qui n'en est pas un, aucun PDF ne "
        "peut être fait.",
    ),
    error(
        "A13",
        "Modèle de page qui ne se compose pas",
        "{template} ne se compose pas. Typst répond, en anglais : « {message} ».",
        f"corriger la ligne indiquée, ou {_BACK}.",
        "Les modèles de data/templates remplacent ceux qui sont livrés. Chacun est essayé sur un "
        "exemple avant que rien ne soit numéroté : une facture numérotée doit pouvoir s'imprimer.",
    ),
    error(
        "A14",
        "Modèle de page qui demande un paquet",
        "« {package} » est un paquet à télécharger, et mutualis ne se connecte à rien.",
        "copier dans data/templates ce que le modèle en utilise, et l'importer par le nom de son "
        "fichier.",
        "Typst irait chercher sur Internet tout ce qui commence par @. Un document doit se "
        "composer sans réseau, et de la même façon dans dix ans.",
    ),
    warning(
        "A15",
        "Réserve sur un modèle de page",
        "{template} se compose, mais Typst signale, en anglais : « {message} ».",
        f"corriger la ligne indiquée, ou {_BACK} ; une police se met dans data/templates (.ttf ou "
        ".otf).",
        "Le document s'imprime, mais peut-être pas comme son auteur l'a voulu : une police qui "
        "manque est remplacée sans bruit.",
    ),
    error(
        "A20",
        "Année à simuler sans indice",
        "pas de grille {year}, et l'indice de {month} n'est pas connu (série « {series} ») : "
        "la grille simulée ne peut pas être indexée.",
        "ajouter --cpi TAUX (le taux annuel supposé, en %) ; ou, quand l'INSEE l'a publié, "
        "enregistrer ce mois : mutualis import cpi FICHIER.",
        "Une année sans grille se simule avec la dernière, indexée ; un taux inconnu "
        "ne s'invente pas.",
    ),
)
