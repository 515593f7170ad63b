"""P: the templates of printed documents."""

from mutualis.domain.problems.catalogue.entry import error, warning

_BACK = "retirer le fichier de data/templates pour revenir au modèle livré"

ENTRIES = (
    error(
        "P01",
        "Modèle de page qui ne se compose pas",
        "{template} ne se compose pas. Typst répond, en anglais : « {message} ».",
        f"corriger la ligne indiquée, ou {_BACK}.",
        "Les modèles de data/templates remplacent ceux qui sont livrés. Chacun est essayé sur un "
        "exemple avant que rien ne soit numéroté : une facture numérotée doit pouvoir s'imprimer.",
    ),
    error(
        "P02",
        "Modèle de page qui demande un paquet",
        "« {package} » est un paquet à télécharger, et mutualis ne se connecte à rien.",
        "copier dans data/templates ce que le modèle en utilise, et l'importer par le nom de son "
        "fichier.",
        "Typst irait chercher sur Internet tout ce qui commence par @. Un document doit se "
        "composer sans réseau, et de la même façon dans dix ans.",
    ),
    warning(
        "P03",
        "Réserve sur un modèle de page",
        "{template} se compose, mais Typst signale, en anglais : « {message} ».",
        f"corriger la ligne indiquée, ou {_BACK} ; une police se met dans data/templates (.ttf ou "
        ".otf).",
        "Le document s'imprime, mais peut-être pas comme son auteur l'a voulu : une police qui "
        "manque est remplacée sans bruit.",
    ),
)
