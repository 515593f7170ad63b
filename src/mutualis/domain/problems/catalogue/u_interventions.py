"""U: the interventions."""

from mutualis.domain.problems.catalogue.entry import error, warning

ENTRIES = (
    error(
        "U01",
        "Commune d'une intervention inconnue",
        "commune « {wanted} » {state}.{guess}",
        "écrire le nom entier ou le code INSEE d'une commune de {year}.",
        "Une intervention se compte pour une commune de data/communes.csv, l'année de sa date.",
    ),
    error(
        "U02",
        "Code et nom de deux communes",
        "{code} désigne {own}, pas « {name} »{other}.",
        "corriger le code ou le nom ; l'un des deux suffit.",
        "Un coût ne se compte pas pour une commune au hasard.",
    ),
    error(
        "U03",
        "Prestation d'une intervention inconnue",
        "« {wanted} » {state}.{guess}",
        "reprendre un nom du catalogue (mutualis services), ou ajouter la prestation à "
        "data/services.csv.",
        "Le thème, la direction et le quota viennent du catalogue.",
    ),
    error(
        "U04",
        "Catégorie d'agents inconnue",
        "catégorie « {category} » inconnue de la grille {year} (catégories : {known}).{guess}",
        "écrire une de ces catégories.",
        "Une demi-journée se compte au prix de sa catégorie dans la grille de l'année.",
    ),
    warning(
        "U05",
        "Quota dépassé",
        "{commune} : {rank}e demande de l'année pour « {service} », limitée à {quota} au niveau "
        "{level}{doubt}.",
        "{how}.",
        "Un quota est un nombre de demandes par an, à un niveau du catalogue. Ce qui est fait est "
        "compté tout de même.",
    ),
    warning(
        "U06",
        "Demande trop longue pour une adhésion",
        "{commune} : {done} pour une même demande (« {service} »), alors que le niveau {level} en "
        "donne au plus {limit}.",
        "{how}.",
        "Une adhésion donne au plus half_days_per_request demi-journées par question ou mission "
        "(data/tariffs.toml). Les lignes qui ont la même « demande » n'en font qu'une.",
    ),
    warning(
        "U07",
        "Intervention pour une commune non adhérente",
        "{commune} : pas d'adhésion le {day} (« {service} »).",
        "vérifier la commune, la date et son niveau dans data/communes.csv ; {how}.",
        "Une prestation n'est due qu'aux adhérentes, une mission sur devis aussi.",
    ),
    warning(
        "U08",
        "Prestation au-dessus du niveau de la commune",
        "{commune} est au niveau {own} ; « {service} » est du niveau {level}{doubt}.",
        "vérifier le niveau de la commune et celui de la prestation ; {how}.",
        "Le niveau d'une commune n'ouvre que ses prestations et celles des niveaux qu'il comprend.",
    ),
    warning(
        "U09",
        "Mission sans devis",
        "{commune} : « {service} » est du niveau {level}, sur devis, et aucun devis n'est indiqué.",
        "écrire le numéro du devis accepté dans la colonne « devis » ; sinon, {how}.",
        "Une mission est payée sur devis : sans lui, elle ne rapporte rien.",
    ),
    warning(
        "U10",
        "Devis qui ne couvre pas l'intervention",
        "{what}.",
        "{how}.",
        "Une mission se fait sur un devis accepté, dans ses quantités, et le registre en garde le "
        "service fait.",
    ),
    warning(
        "U11",
        "Interventions données en exemple",
        "{count} : données inventées, pour l'exemple.",
        "remplacer les lignes d'exemple par les vraies interventions, et « exemple » par leur "
        "origine dans la colonne « source ».",
        "Les interventions livrées avec l'exemple sont inventées.",
    ),
    warning(
        "U12",
        "Intervention saisie deux fois",
        "cette ligne dit la même chose que la ligne {line}.",
        "supprimer l'une des deux ; si ce sont deux interventions, les distinguer dans la colonne "
        "« objet ».",
        "Une ligne collée deux fois compte deux fois.",
    ),
    warning(
        "U13",
        "Interventions d'une année sans grille ou sans communes",
        "{count} de {year} : sans prix de la demi-journée ou sans communes cette année-là.",
        "rien, si l'année {year} n'est pas à examiner ; sinon, vérifier la date, ou ajouter la "
        "grille et les communes {year}.",
        "Le coût vient des prix de la grille de l'année, le niveau de la commune aussi.",
    ),
    error(
        "U14",
        "Interventions absentes",
        "ce dossier n'a pas de fichier d'interventions.",
        "créer data/interventions.csv (ou .xlsx) : en première ligne les titres {columns}, puis "
        "une ligne par intervention, par exemple {example}. Un nom ou un code suffit pour la "
        "commune ; devis, demande, objet et source peuvent rester vides.",
        "usage compte ce qui a été fait pour chaque commune, jour par jour.",
    ),
)
