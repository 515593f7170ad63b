"""S: the catalogue of services."""

from mutualis.domain.problems.catalogue.entry import About, error, warning

ENTRIES = (
    error(
        "S01",
        "Catalogue absent",
        "ce dossier n'a pas de catalogue de prestations.",
        "remplir {services_file} (à créer s'il manque ; un .xlsx convient) : en première ligne les "
        "titres {columns}, puis une ligne par prestation et par niveau, par exemple {example}. "
        "Seuls theme, niveau et prestation sont à remplir à chaque ligne.",
        "Le catalogue dit ce qu'une commune peut demander à son niveau. Sans lui, tout le reste "
        "marche : « quote --service » accepte alors n'importe quel texte.",
    ),
    error(
        "S02",
        "Prestation d'un niveau inconnu",
        "niveau « {level} » inconnu pour « {name} » : niveaux des grilles : {known}.{guess}",
        "corriger la colonne « niveau » de {services_file}, ou ajouter ce niveau à une grille.",
        "Une prestation d'un niveau qui n'existe pas ne serait proposée à personne.",
    ),
    error(
        "S03",
        "Prestation en double",
        "« {name} » ({theme}) figure déjà au niveau {level}, ligne {line}.",
        "supprimer l'une des deux lignes, ou corriger son niveau.",
        "Une prestation a une ligne par niveau : deux lignes pourraient donner deux quotas.",
    ),
    warning(
        "S04",
        "Lecture à confirmer",
        "{what} : lecture à confirmer.",
        "vérifier le niveau et le libellé dans la convention, puis écrire « sûre » dans la colonne "
        "« lecture ».",
        "La présentation du service ne sépare pas nettement ses colonnes. Une lecture à confirmer "
        "avertit et n'empêche rien.",
    ),
    warning(
        "S05",
        "Directions données en exemple",
        "{count} : direction inventée, donnée en exemple.",
        "saisir les vraies directions dans la colonne « direction » et remplacer « exemple » par "
        "leur origine dans « source_direction ».",
        "La répartition des prestations entre directions n'est pas publique : celle du fichier "
        "livré est inventée.",
        about=About.EXAMPLE,
    ),
    error(
        "S06",
        "Quota contradictoire",
        "« {name} » annonce {stated} par an, mais la colonne « quota » {quota}.",
        "écrire le même nombre dans la colonne « quota », ou retirer « ({stated} par an) » du "
        "libellé.",
        "Le quota compté par usage est celui de la colonne « quota ».",
    ),
    error(
        "S07",
        "Catalogue sans prestation",
        "le catalogue n'a que ses titres, aucune prestation.",
        "remplir une ligne par prestation et par niveau, ou supprimer ce fichier : sans lui, "
        "aucune prestation n'est contrôlée.",
        "Un catalogue vide lèverait sans bruit tous les contrôles : niveaux, quotas, prestations "
        "des devis et des interventions.",
    ),
    warning(
        "S08",
        "Règle de TVA d'une prestation hors catalogue",
        "une règle de [[vat.rules]] nomme « {name} », qui n'est pas une prestation du catalogue."
        "{guess}",
        "écrire service comme mutualis services l'affiche ; rien à faire si des lignes de devis "
        "portent exactement ce libellé.",
        "La règle vaut pour le devis de cette prestation, et pour une ligne de ce libellé : sous "
        "un autre nom, elle ne taxerait rien, sans bruit.",
    ),
    error(
        "S09",
        "Dispositif départemental pour une prestation inconnue",
        "{scheme} : « {wanted} » {state}.{guess}",
        "écrire dans la colonne « services » des noms du catalogue (mutualis services), séparés "
        "par « | ».",
        "Une demande ou un devis de cette prestation doit dire qu'un dispositif peut servir.",
    ),
    error(
        "S10",
        "Dates d'un dispositif à l'envers",
        "« {scheme} » finit le {end}, avant de commencer le {start}.",
        "corriger date_debut ou date_fin ; vides, le dispositif n'a pas de début ou de fin connus.",
        "Un dispositif ne sert que de son premier à son dernier jour.",
    ),
    error(
        "S11",
        "Dispositif en double",
        "« {scheme} » sert déjà pour « {service} » aux mêmes dates, ligne {line}.",
        "retirer la prestation de l'une des deux lignes, ou séparer leurs dates.",
        "Un dispositif peut avoir plusieurs lignes, pour d'autres prestations ou d'autres dates.",
    ),
    warning(
        "S12",
        "Dispositif terminé",
        "« {scheme} » est terminé depuis le {end}{requests}.",
        "s'il est prolongé, corriger date_fin ; s'il est remplacé, ajouter une ligne ; sinon, "
        "retirer cette ligne, et son nom de la colonne « dispositif_departemental » des demandes.",
        "Une commune ne doit pas être renvoyée vers un dispositif qui n'existe plus.",
    ),
    warning(
        "S13",
        "Prestation qu'un dispositif départemental peut rendre",
        "{what} : un dispositif départemental peut servir, {schemes}.",
        "diriger la commune vers ce dispositif ; s'il ne convient pas, garder la raison : "
        "l'instance peut accepter la demande (accept).",
        "Ce qu'un dispositif départemental rend déjà n'a pas à prendre le temps des agents.",
    ),
    warning(
        "S14",
        "Dispositifs donnés en exemple",
        "{count} : dispositif inventé, donné en exemple.",
        "remplacer les lignes dont la colonne « source » est « exemple » par les vrais "
        "dispositifs, ou supprimer le fichier.",
        "Le fichier livré montre comment saisir les dispositifs ; aucun n'existe.",
        about=About.EXAMPLE,
    ),
)
