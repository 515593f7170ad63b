"""U: what was done for the communes, and what it costs."""

from mutualis.domain.problems.catalogue.entry import About, error, warning

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
        "Une demi-journée ne se compte pas pour une commune au hasard.",
    ),
    error(
        "U03",
        "Prestation d'une intervention inconnue",
        "« {wanted} » {state}.{guess}",
        "reprendre un nom du catalogue (mutualis services), ou ajouter la prestation à "
        "{services_file}.",
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
        "vérifier la commune, la date et son niveau dans {communes_file} ; {how}.",
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
        about=About.EXAMPLE,
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
        "Le prix d'une demi-journée vient de la grille de l'année.",
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
    error(
        "U20",
        "Coût donné deux fois",
        "« {nature} » est déjà à la ligne {line}, pour la même année, direction, catégorie et "
        "statut.",
        "additionner les deux lignes en une, ou corriger celle qui se trompe.",
        "Un coût unitaire n'a qu'une ligne par nature : celle du budget remplace celle des comptes "
        "une à une.",
    ),
    error(
        "U21",
        "Chiffre dans la colonne de l'autre nature",
        "« {value} » dans {other}, alors que la nature « {nature} » se donne dans {own}.",
        "écrire le chiffre dans {own} et laisser {other} vide.",
        "Une charge a un montant en euros, les unités un nombre de demi-journées.",
    ),
    warning(
        "U22",
        "Budget et comptes mêlés dans une année",
        "{year} : {directorate}, catégorie {category} : « {nature} » n'est que prévisionnel, alors "
        "que les comptes de l'année sont donnés.",
        "ajouter la ligne définitive (0 si les comptes n'en ont pas).",
        "Un coût définitif vient des comptes ; ce qui reste du budget est compté, et dit.",
    ),
    warning(
        "U23",
        "Pas de coût unitaire",
        "{year} : {directorate}, catégorie {category} : {why}, donc pas de coût unitaire.",
        "{how}.",
        "Un coût unitaire est un total de charges divisé par un nombre d'unités (CGCT, D. "
        "5211-16).",
    ),
    warning(
        "U24",
        "Direction inconnue du catalogue",
        "« {directorate} » n'est la direction d'aucune prestation du catalogue.{guess}",
        "reprendre un nom de la colonne direction de {services_file}.",
        "Ce qui est fait pour une commune se compte au coût de la direction de la prestation.",
    ),
    warning(
        "U25",
        "Catégorie sans prix dans la grille",
        "catégorie « {category} » sans prix de demi-journée dans la grille {year} (catégories : "
        "{known}).",
        "écrire une de ces catégories.",
        "Le coût d'une demi-journée se compare au prix de sa catégorie.",
    ),
    warning(
        "U26",
        "Coûts d'exemple",
        "{count} : coûts inventés, donnés en exemple.",
        "les remplacer par ceux du budget et des comptes, et dire leur origine dans « source ».",
        "Un coût unitaire se notifie aux communes : il ne s'invente pas.",
        about=About.EXAMPLE,
    ),
    warning(
        "U27",
        "Recettes au-dessus du coût",
        "{year} : cotisations et missions ({income}) dépassent les charges ({charges}) de {gap}.",
        "revoir les prix (mutualis costs {year} dit celui qui équilibre), ou dire pourquoi.",
        "Un service mis à disposition se rembourse à son coût, « à coûts constants » ; le régime "
        "de TVA (CGI, art. 256 B et 261 B) en dépend.",
    ),
    warning(
        "U28",
        "Recettes en dessous du coût",
        "{year} : cotisations et missions ({income}) ne couvrent pas les charges ({charges}) : il "
        "manque {gap}.",
        "voir quel prix équilibre : mutualis simulate {year} --solve {key} --target cost.",
        "Ce que les communes ne paient pas reste à la charge de l'intercommunalité.",
    ),
    error(
        "U29",
        "Pas de coûts",
        "ce dossier n'a pas de coûts pour {year}{known}.",
        "ajouter {year} à {costs_file} (à créer s'il manque ; un .xlsx convient) : en première "
        "ligne les titres « {columns} », puis une ligne par charge ou nombre d'unités, par exemple "
        "« {example} ».",
        "Un coût unitaire vient des comptes ou du budget, jamais des prix.",
    ),
    warning(
        "U30",
        "Plus de demi-journées faites que d'unités",
        "{year} : {directorate}, catégorie {category} : {done} dans {interventions_file}, pour "
        "{units} de {costs_file}.",
        "corriger l'un des deux : les unités sont toutes les demi-journées données dans l'année.",
        "Les unités comptent tous les bénéficiaires : elles ne sont jamais moins que ce qui a été "
        "fait pour les communes.",
    ),
    warning(
        "U31",
        "Coûts unitaires notifiés après le budget",
        "la notice de {year} est datée du {day}, après le {last}, dernier jour pour adopter le "
        "budget.",
        "la dater du jour où elle est portée à la connaissance des communes ; l'an prochain, avant "
        "le vote du budget.",
        "Les coûts unitaires d'un service mis à disposition se font connaître avant l'adoption du "
        "budget (CGCT, D. 5211-16), au plus tard le 15 avril, le 30 avril l'année où les conseils "
        "sont renouvelés (L. 1612-2).",
    ),
)
