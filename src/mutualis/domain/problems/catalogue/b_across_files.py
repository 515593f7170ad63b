"""B: what the files say together."""

from mutualis.domain.problems.catalogue.entry import About, error, warning

ENTRIES = (
    warning(
        "B01",
        "Année de communes sans grille",
        "des communes sont données pour {year}, mais aucune grille {year} n'existe.",
        "{how} ; rien à faire si {year} n'est pas à facturer.",
        "Sans grille, l'année ne peut être ni facturée ni comparée.",
    ),
    error(
        "B02",
        "Niveau inconnu",
        "niveau « {level} » inconnu pour {commune} : niveaux de la grille {year} : {known}.{guess}",
        "corriger la colonne « niveau » (vide pour une commune qui n'adhère pas).",
        "Un niveau absent de la grille n'a pas de prix. Le niveau 3 se vend sur devis : "
        "ce n'est pas une adhésion.",
    ),
    error(
        "B03",
        "Population sans prix",
        "{commune} a {population} habitants en {year} : {reason}.",
        "changer le niveau de la commune, ou ajouter une tranche à la grille {year} si la "
        "délibération en prévoit une.",
        "Au-dessus de la dernière tranche, le barème ne donne pas de prix : ce n'est pas "
        "un prix sans plafond.",
    ),
    warning(
        "B04",
        "Plafond toujours atteint",
        "{level} : le plafond de {cap} est toujours atteint ({bracket}) ; c'est un forfait.",
        "si ce forfait n'est pas voulu, vérifier le plafond et la tranche.",
        "Un plafond atteint dès le premier habitant de sa tranche fait du tarif un forfait.",
    ),
    warning(
        "B05",
        "Plafond jamais atteint",
        "{level} : le plafond de {cap} n'est atteint par aucune population ({bracket}).",
        "vérifier le plafond et la tranche.",
        "Un plafond hors de portée de sa tranche cache souvent une faute de frappe.",
    ),
    warning(
        "B06",
        "Commune proche d'une borne",
        "{commune} ({population} habitants, niveau {level}) est à moins de 2 % de la borne de "
        "{bound} habitants ; de l'autre côté, le montant devient : {amount}.",
        "prévenir la commune : un prochain recensement peut changer sa tranche.",
        "Le montant saute à la borne d'une tranche.",
    ),
    warning(
        "B07",
        "Délibération à compléter",
        "la grille {year} est votée ; sa délibération, exigée à l'émission, est « à compléter ».",
        'mutualis index {year} --act "n° et date de la délibération".',
        "Chaque facture cite l'acte qui fixe son tarif.",
        about=About.ISSUING,
    ),
    warning(
        "B08",
        "Niveaux donnés en exemple",
        "{count} de {year} : niveau d'adhésion inventé, donné en exemple ; l'émission le refuse.",
        "saisir les vrais niveaux dans la colonne « niveau » et remplacer « exemple » par leur "
        "origine (délibération, convention) dans « source_niveau ».",
        "Les niveaux réels d'adhésion ne sont pas publics : ceux du fichier livré sont inventés.",
        about=About.ISSUING,
    ),
    warning(
        "B09",
        "Grille votée sans table verrouillée",
        "la grille {year} est votée, mais sa table tarifaire n'est pas verrouillée.",
        "mutualis tariffs {year} --lock, puis garder data/tables/{year}.csv avec les données.",
        "La table verrouillée permet à check de signaler le moindre tarif qui bouge.",
    ),
    warning(
        "B10",
        "Signataire à compléter",
        "le signataire, exigé à l'émission, est à compléter : {name}, {capacity}.",
        "remplir « name » et « capacity » dans le bloc [[signatories]].",
        "Le signataire en vigueur est imprimé sur les devis et les factures.",
        about=About.ISSUING,
    ),
    warning(
        "B11",
        "Grille sans communes",
        "une grille {year} existe, mais aucune commune n'est donnée pour {year}.",
        "{how}",
        "L'année ne peut pas être facturée sans la population et le niveau de chaque commune.",
    ),
    warning(
        "B12",
        "Grille projetée",
        "la grille {year} est projetée, non votée : ses montants servent aux prévisions, "
        "aucune facture ne peut être émise.",
        'après le vote : mutualis index {year} --act "n° et date de la délibération".',
        "Les communes demandent une prévision avant de voter leur budget.",
    ),
    warning(
        "B13",
        "Aucun signataire",
        "aucun signataire n'est en vigueur : l'émission en exige un.",
        "ajouter un bloc [[signatories]] avec name, capacity et from.",
        "Le signataire en vigueur est imprimé sur les devis et les factures.",
        about=About.ISSUING,
    ),
    warning(
        "B15",
        "SIREN à compléter",
        "{count} de {year} sans SIREN : {names} ; l'émission l'exige.",
        "remplir la colonne « siren » (annuaire-entreprises.data.gouv.fr le donne, en cherchant la "
        "mairie).",
        "Un brouillon s'en passe ; une facture, un devis ou un avoir désignent la commune par son "
        "SIREN, qui n'est jamais deviné.",
        about=About.ISSUING,
    ),
    warning(
        "B16",
        "Population totale inférieure à la municipale",
        "{commune}, {year} : population totale {total}, inférieure à la municipale {municipal}.",
        "vérifier que les deux colonnes ne sont pas interverties.",
        "La population totale est la municipale plus la population comptée à part.",
    ),
    warning(
        "B17",
        "Population qui saute",
        "{commune} : population {kind} de {before} à {after} en {year}.",
        "vérifier le chiffre sur le site de l'INSEE ; si une fusion l'explique, la dire dans "
        "{movements_file}.",
        "Une population varie de quelques pour cent par an : un saut trahit souvent une faute de "
        "frappe.",
    ),
    warning(
        "B18",
        "SIREN de deux communes",
        "{commune} et {other} ({other_code}) ont le même SIREN {siren} en {year}.",
        "corriger le SIREN ou le code de l'une des deux : une commune donnée sous deux codes "
        "serait facturée deux fois.",
        "Un SIREN désigne une seule collectivité.",
    ),
    error(
        "B19",
        "SIREN de la collectivité parmi les communes",
        "{commune} a en {year} le SIREN {siren}, celui de la collectivité qui émet.",
        "écrire le SIREN de la commune (annuaire-entreprises.data.gouv.fr le donne, en cherchant "
        "la mairie), ou corriger celui de data/issuer.toml.",
        "La collectivité ne se facture pas à elle-même.",
    ),
    warning(
        "B20",
        "Règles changées depuis l'émission",
        "{year} est émis avec d'autres règles que celles du fichier ({settings}) : l'année garde "
        "celles de son dernier lot.",
        "ne rien faire si le changement vaut pour les années suivantes. Pour l'appliquer à {year}, "
        'après décision : mutualis bill {year} --issue --regularise --act "n° et date".',
        "Un réglage changé pour l'année à venir ne doit pas refaire les comptes des années déjà "
        "émises.",
    ),
    error(
        "B21",
        "Mouvement qui a servi à émettre",
        "le mouvement du {day} ({kind}, {before} → {after}) a servi à émettre, et n'est plus dans "
        "le fichier.",
        "remettre sa ligne : {row}",
        "Sans lui, des documents émis n'auraient plus de débiteur, ou en changeraient.",
    ),
    error(
        "B22",
        "Document sans débiteur",
        "{number} ({commune}) vaut encore quelque chose, et {code} n'a plus de ligne en {year}.",
        "remettre sa ligne (un niveau vide dit « non adhérente »), ou dire ce que la commune est "
        "devenue dans {movements_file}.",
        "Une commune qui a des documents et plus de ligne est une erreur, jamais un zéro.",
    ),
    error(
        "B23",
        "Registre qui ne se lit pas",
        "le registre n'a pas pu être lu : {why}.",
        "{how}.",
        "Ce qui est émis dit ce qui reste dû : sans le registre, rien n'est sûr.",
    ),
    warning(
        "B60",
        "Régime juridique à choisir",
        "le texte sous lequel les services sont rendus n'est pas choisi : aucun document ne le "
        "citera.",
        'sous [legal], écrire regime = "service_commun", "mise_a_disposition", "convention", '
        '"communaute_urbaine", ou "autre" et son text.',
        "Le comptable demande les textes qui fondent la créance ; ce choix est celui "
        "de la collectivité, il n'est jamais deviné.",
    ),
    warning(
        "B24",
        "Adresse de l'émetteur à compléter",
        "l'adresse de la collectivité, exigée à l'émission, n'a pas de code postal ou de ville.",
        "remplir « postal_code », « city » et, s'il y en a une, la voie (« address »).",
        "Une facture dit qui l'émet, et où lui écrire.",
        about=About.ISSUING,
    ),
    warning(
        "B25",
        "Adresse de commune à compléter",
        "{count} de {year} sans adresse complète : {names} ; l'émission l'exige.",
        "remplir les colonnes « code_postal » et « ville » (et « adresse », s'il y a une voie).",
        "Une facture porte l'adresse de qui la doit : un code postal et une ville au moins. Le "
        "fichier livré laisse vide le code postal d'une commune qui peut en avoir plusieurs.",
        about=About.ISSUING,
    ),
    warning(
        "B26",
        "Prix donnés en exemple",
        "les prix de la grille {year} sont un exemple (example = true) ; l'émission les refuse.",
        "mettre à la grille vos niveaux, vos bornes et vos prix, puis retirer la ligne "
        "« example = true ».",
        "mutualis init remplit la grille des prix d'une autre collectivité ; une grille indexée à "
        "partir d'un exemple en reste un.",
        about=About.ISSUING,
    ),
    warning(
        "B27",
        "Libellés donnés en exemple",
        "grille {year} : libellé donné en exemple pour {levels} ; l'émission le refuse.",
        "écrire vos libellés à la place de « Exemple : … » (label).",
        "Le libellé d'un niveau est imprimé sur ses factures.",
        about=About.ISSUING,
    ),
    warning(
        "B28",
        "Émetteur donné en exemple",
        "le nom de la collectivité est donné en exemple : {name} ; l'émission le refuse.",
        "écrire le vrai nom (« name »).",
        "Une facture dit qui l'émet.",
        about=About.ISSUING,
    ),
    warning(
        "B29",
        "Dossier d'exemple",
        "ce dossier est un exemple (example = true) : tout document est marqué EXEMPLE, et son "
        "numéro commence par EX.",
        "pour émettre vraiment : mutualis check --real, qui dit tout ce qui manque, puis retirer "
        "la ligne « example = true ».",
        "Le dossier d'exemple sert à tout essayer, émission comprise, sans que rien n'ait de "
        "valeur.",
        about=About.EXAMPLE,
    ),
    error(
        "B30",
        "Registre d'un exemple",
        "le registre est celui d'un exemple (numéros EX), et la collectivité n'en est plus un.",
        "commencer un nouveau registre : déplacer register.db et le dossier out hors du dossier de "
        "travail (rien de ce qu'ils contiennent n'a de valeur), puis relancer.",
        "Un registre réel ne contient que des documents réels, numérotés depuis le premier.",
    ),
    error(
        "B31",
        "Exemple dans un registre réel",
        "le registre contient des documents réels, et data/issuer.toml dit « example = true ».",
        "retirer cette ligne ; pour essayer, faire un autre dossier : mutualis init DOSSIER "
        "--example.",
        "Un essai numéroté dans un registre réel y resterait pour toujours.",
    ),
    warning(
        "B32",
        "Document établi sous un autre SIREN",
        "{number} est au SIREN {was} ; {commune} a maintenant {now}, et aucun mouvement n'en fait "
        "une autre personne.",
        'si l\'ancien était faux : mutualis credit {number} --reason "Débiteur mal désigné" '
        "--replace ; si la commune est devenue une autre personne, l'écrire dans {movements_file}.",
        "Le titre est au nom de qui la pièce désigne : le SIREN d'un document émis ne change pas.",
    ),
    warning(
        "B40",
        "Montant qui baisse quand la population augmente",
        "grille {year}, niveau {level} : {before} à {last}, mais {after} à {first}.",
        "revoir les prix de part et d'autre de la borne (part fixe, minimum, plafond), ou "
        "indexer toutes les natures de montants du niveau (« indexed »).",
        "Une commune qui gagne un habitant paierait moins : c'est rarement ce qui a été voté. La "
        "baisse qu'avait déjà la grille de l'année précédente n'est plus dite.",
    ),
    error(
        "B41",
        "Potentiel financier absent",
        "{commune}, {year} : le prix du niveau {level} est pondéré par la richesse, et "
        "« potentiel_financier » est vide.",
        "donner le potentiel financier de toute la commune, en euros (fiche DGF), ou retirer "
        "« wealth » du niveau {level} de la grille {year}.",
        "Sans lui, le coefficient de la commune n'est pas connu, et son montant non plus.",
    ),
)
