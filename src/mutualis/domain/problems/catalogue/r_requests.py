"""R: the requests of communes, and the criteria that rank them."""

from mutualis.domain.problems.catalogue.entry import About, error, warning

ENTRIES = (
    error(
        "R01",
        "Commune de la demande inconnue ou ambiguë",
        "{id} : commune « {wanted} » {state}.{guess}",
        "écrire le nom entier de la commune, ou son code INSEE ; si elle a fusionné, donner sa "
        "« date_fin » dans sa dernière ligne de {communes_file}, et dire la fusion dans "
        "{movements_file}.",
        "La population, le niveau et l'historique de la commune sont ceux de communes.csv.",
    ),
    error(
        "R02",
        "Demande en double",
        "{id} figure déjà à la ligne {line}.",
        "donner à chaque demande son propre identifiant, ou supprimer l'une des deux lignes.",
        "Une décision désigne une demande par son identifiant.",
    ),
    error(
        "R03",
        "Direction inconnue",
        "{id} : direction « {directorate} »{origin} sans capacité dans data/criteria.toml.{guess}",
        "corriger la colonne « direction » ({known}), ou ajouter "
        '[directorates."{directorate}"] avec half_days à data/criteria.toml.',
        "Une demande est planifiée dans les demi-journées par mois que sa direction peut donner.",
    ),
    warning(
        "R04",
        "Échéance souhaitée avant la demande",
        "{id} : échéance souhaitée le {wished}, avant la demande du {received}.",
        "vérifier les deux dates.",
        "Une échéance passée avant la demande trahit souvent une faute de frappe.",
    ),
    error(
        "R05",
        "Critère à l'envers",
        "{label} : zero_at = {zero} et one_at = {one}.",
        "donner à one_at un nombre {relation} zero_at.",
        "La note va de 0 (zero_at) à 1 (one_at) : l'attente longue, les projets en cours peu "
        "nombreux, le potentiel faible et les demi-journées peu reçues sont favorisés.",
    ),
    error(
        "R06",
        "Donnée exigée par un critère",
        "{commune}, {year} : {what}, alors que le critère « {label} » a un poids.",
        "{how}",
        "Un critère de poids 0 ne demande rien ; un autre se calcule pour toutes les communes qui "
        "ont une demande.",
    ),
    warning(
        "R07",
        "Critère sans acte",
        "le critère « {label} » a un poids de {weight}, mais {what}.",
        "remplir « act » et « adopted_on », ou remettre le poids à 0 ; sans acte daté, la décision "
        "ne peut pas être publiée.",
        "Les communes doivent pouvoir lire quel acte a fixé chaque critère.",
    ),
    warning(
        "R08",
        "Demandes données en exemple",
        "{count} : demande inventée, donnée en exemple.",
        "remplacer les lignes dont la colonne « source » est « exemple » par les vraies demandes.",
        "Le fichier livré montre comment saisir les demandes ; aucune commune ne les a faites.",
        about=About.EXAMPLE,
    ),
    warning(
        "R09",
        "Même projet demandé deux fois",
        "{id} : {commune} a déjà demandé « {project} » ({other}, ligne {line}).",
        "mettre l'une des deux à l'état « retirée » si c'est la même.",
        "Deux demandes d'un même projet prendraient deux fois les mêmes agents.",
    ),
    warning(
        "R10",
        "Potentiel financier improbable",
        "{commune}, {year} : potentiel financier de {potential} pour {population}, soit {value} "
        "par habitant.",
        "donner dans « potentiel_financier » le montant de toute la commune, en euros "
        "(fiche DGF), non le montant par habitant.",
        "Le potentiel financier d'une commune est de quelques centaines à quelques milliers "
        "d'euros par habitant.",
    ),
    error(
        "R11",
        "Décision impossible",
        "{id} : {what}.",
        "{how}",
        "Une décision qui s'écarte du classement doit avoir un objet et un effet.",
        whole=True,
    ),
    error(
        "R12",
        "Prestation demandée inconnue",
        "{id} : « {wanted} » {state}.{guess}",
        "écrire le nom d'une prestation de {services_file} (mutualis services).",
        "La prestation dit quel niveau d'adhésion il faut et quelle direction fait le travail.",
    ),
    error(
        "R13",
        "Demandes ou critères absents",
        "ce dossier n'a pas ce fichier.",
        "{how}",
        "L'instance de priorisation a besoin des demandes et des critères ; le reste s'en passe.",
    ),
    warning(
        "R14",
        "Premier mois planifié passé",
        "le premier mois planifié, {month}, est passé : des échéances peuvent l'être aussi.",
        "donner le premier mois à venir, par --from AAAA-MM ou « from » de data/criteria.toml ; "
        "rien pour relire un classement passé.",
        "Une échéance annoncée à une commune doit être encore à venir ; la publication est refusée "
        "quand le premier mois est avant la séance.",
    ),
    error(
        "R15",
        "Demande reçue après aujourd'hui",
        "{id} : demande du {received}, une date à venir.",
        "corriger la date de la demande.",
        "L'attente se compte depuis la date de la demande : une date à venir est une "
        "faute de frappe.",
    ),
    warning(
        "R16",
        "Mois promis au-delà de la capacité",
        "{directorate}, {month} : {booked} déjà promises par des séances, mais {capacity}.",
        "rétablir la capacité, mettre à l'état « terminée » ou « retirée » les demandes qui le "
        "sont, ou corriger la séance qui a promis (requests publish --correct).",
        "Ce qui est promis reste promis : une capacité réduite ensuite ne le retire pas, et aucune "
        "autre demande n'est placée dans ce mois.",
    ),
    error(
        "R17",
        "Demi-journées d'une catégorie inconnue",
        "des demi-journées sous « {column} », qui n'est d'aucune catégorie des grilles "
        "(catégories : {known}).{guess}",
        "nommer la colonne d'après une catégorie, comme « demi_journees_a » pour A ; pour une "
        "nouvelle catégorie, donner d'abord son prix (half_day de data/tariffs.toml).",
        "Une colonne qui n'est pas lue serait oubliée : la demande prendrait moins de temps à sa "
        "direction qu'il n'en faut.",
    ),
    error(
        "R18",
        "Membres d'une séance sans leur qualité",
        "« members » ne dit pas qui est élu et qui est agent.",
        'le remplacer par elected = ["…"], les élus, et agents = ["…"], les agents.',
        "L'instance réunit des élus et des agents : le compte rendu dit qui siégeait, et à quel "
        "titre. Les séances déjà publiées restent ce qu'elles sont.",
    ),
    warning(
        "R19",
        "Séance sans élus ou sans agents",
        "aucun {who} n'est noté présent à cette séance.",
        "compléter elected (les élus) et agents ; rien s'il n'y en avait pas : le compte rendu le "
        "dira.",
        "L'instance réunit des élus et des agents ; le registre garde qui était présent.",
    ),
)
