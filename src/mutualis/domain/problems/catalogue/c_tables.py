"""C: tables: CSV files and workbooks."""

from mutualis.domain.problems.catalogue.entry import error, warning

ENTRIES = (
    warning(
        "C01",
        "Fichier en Windows-1252",
        "fichier lu en Windows-1252 (enregistrement Excel « CSV »). Exemple relu : « {sample} ».",
        "rien si ce texte est correct. Pour ne plus voir ce message : Enregistrer sous > "
        "« CSV UTF-8 ».",
        "Excel enregistre « CSV (séparateur : point-virgule) » dans l'encodage de Windows.",
    ),
    error(
        "C02",
        "Accents abîmés",
        "« {value} » a été mal ré-encodé :{guess}",
        "repartir de l'original, l'ouvrir dans Excel par Données > À partir d'un fichier "
        "texte/CSV > origine « 65001 : Unicode (UTF-8) », puis Enregistrer sous > « CSV UTF-8 ».",
        "Un fichier UTF-8 ouvert par double-clic dans Excel puis enregistré perd ses accents.",
    ),
    error(
        "C03",
        "Fichier qui n'est pas du texte",
        "le fichier n'est pas un texte lisible (UTF-16 sans marque, ou contenu abîmé).",
        "le rouvrir dans Excel, puis Enregistrer sous > « CSV UTF-8 ».",
        "Un CSV est un texte : UTF-8, Windows-1252, ou UTF-16 avec sa marque de début.",
    ),
    error(
        "C04",
        "Classeur renommé en .csv",
        "c'est un classeur Excel renommé, pas un CSV.",
        "l'ouvrir dans Excel, puis Enregistrer sous > « CSV UTF-8 » ; renommer l'extension "
        "ne suffit pas.",
        "Un classeur est une archive, illisible comme du texte.",
    ),
    error(
        "C05",
        "Séparateur non reconnu ou fichier vide",
        "{what}.",
        "mettre en première ligne les titres des colonnes, séparés par un point-virgule "
        "(virgule et tabulation sont admises) : {columns}.",
        "Le séparateur est cherché dans la ligne de titres, parmi les noms de colonnes connus.",
    ),
    error(
        "C06",
        "Colonne absente",
        "colonne « {column} » absente.{guess}",
        "{how}",
        "Les colonnes obligatoires se reconnaissent à leur titre, dans n'importe quel ordre.",
    ),
    error(
        "C07",
        "Code mal formé",
        "« {value} » n'est pas un {what}.{guess}",
        "mettre la colonne au format Texte dans Excel, puis ressaisir {what_plain}.",
        "Excel retire les zéros de tête des codes et arrondit les plus longs.",
    ),
    error(
        "C08",
        "Numéro en notation scientifique",
        "{name} « {value} » : Excel a remplacé le numéro par son affichage ; les chiffres sont "
        "perdus et ne peuvent pas être retrouvés.",
        "mettre la colonne au format Texte dans Excel, puis ressaisir les {length} chiffres "
        "(annuaire-entreprises.data.gouv.fr).",
        "Excel affiche 2,425E+13 pour un nombre de quatorze chiffres, et c'est l'affichage qu'il "
        "enregistre en CSV.",
    ),
    error(
        "C09",
        "Clé de contrôle fausse",
        "{name} {value} : clé de contrôle fausse (chiffre mal recopié ?){guess}.",
        "recopier le numéro depuis annuaire-entreprises.data.gouv.fr.",
        "Le dernier chiffre d'un SIREN ou d'un SIRET se calcule à partir des autres.",
    ),
    error(
        "C11",
        "Nombre ambigu",
        "« {value} » est ambigu : {thousands} ou {decimal} ?",
        "écrire {thousands} ou {decimal}, sans point.",
        "Un point suivi de trois chiffres sépare les milliers pour les uns, les décimales "
        "pour les autres.",
    ),
    error(
        "C12",
        "Nombre devenu une date",
        "« {value} » au lieu d'un nombre : Excel a pris le nombre pour une date{guess}.",
        "ressaisir le nombre avec une virgule, et vérifier toute la colonne.",
        "Excel prend 22.5 pour le 22 mai quand la décimale s'écrit avec un point.",
    ),
    error(
        "C13",
        "Nombre illisible",
        "« {value} » n'est pas {what}.{guess}",
        "saisir {what} en chiffres.",
        "Un nombre s'écrit en chiffres, avec des espaces et une virgule au besoin.",
    ),
    error(
        "C14",
        "Formule ou erreur de formule",
        "« {value} » est une formule ou une erreur de formule d'Excel.",
        "remplacer la formule par sa valeur dans le classeur d'origine, puis réenregistrer.",
        "Un fichier de données ne contient que des valeurs ; une formule recopiée dans un "
        "classeur s'y exécuterait.",
    ),
    error(
        "C15",
        "Cellule vide",
        "cellule vide ; indispensable pour {row}.",
        "remplir la colonne « {column} ».",
        "Les colonnes obligatoires sont remplies à chaque ligne, sauf « niveau », vide pour "
        "une commune qui n'adhère pas, et « siren », qui peut attendre l'émission.",
    ),
    error(
        "C16",
        "Commune en double",
        "{code} ({commune}) figure déjà en {year} à la ligne {line}{detail}.",
        "supprimer l'une des deux lignes, ou donner à chacune sa période (date_debut, date_fin).",
        "Une commune a une ligne par an, ou plusieurs dont les périodes ne se chevauchent pas.",
    ),
    warning(
        "C17",
        "Nom changé d'une année à l'autre",
        "{code} s'appelle « {name} » en {year} et « {other} » en {other_year}.",
        "vérifier le code et le nom ; rien à faire si la commune a changé de nom.",
        "Un code accolé au nom d'une autre commune ferait facturer l'une pour l'autre.",
    ),
    error(
        "C18",
        "Ligne mal découpée",
        "{what}.",
        "{how}.",
        "Une ligne a autant de cellules que la ligne de titres a de colonnes.",
    ),
    error(
        "C19",
        "Ligne de total",
        "« {value} » ressemble à une ligne de total.",
        "la supprimer ; mutualis calcule les totaux.",
        "Une ligne de total serait prise pour une commune.",
    ),
    error(
        "C20",
        "Date illisible",
        "« {value} » n'est pas {what}.{guess}",
        "écrire la date ainsi : 30/04/2025 ou 2025-04-30.",
        "Les dates s'écrivent en entier, avec quatre chiffres pour l'année.",
    ),
    error(
        "C21",
        "Valeur hors liste",
        "« {value} » n'est pas admis dans « {column} » : valeurs possibles {known}.",
        "choisir une de ces valeurs.",
        "Certaines colonnes n'admettent que quelques valeurs.",
    ),
    error(
        "C22",
        "Période incohérente",
        "la période du {start} au {end} n'est pas dans l'année {year} ou finit avant de commencer.",
        "corriger date_debut et date_fin, ou les laisser vides pour l'année entière.",
        "Une ligne vaut pour une année ; ses dates la restreignent à une partie de cette année.",
    ),
    warning(
        "C23",
        "Colonne presque connue",
        "colonne « {column} » ignorée ; elle ressemble à « {guess} ».",
        "la renommer en « {guess} » si c'est bien elle ; sinon, rien à faire.",
        "Une colonne inconnue est gardée mais ignorée : une faute de frappe passerait inaperçue.",
    ),
    error(
        "C24",
        "Colonne en double",
        "la colonne « {column} » figure deux fois.",
        "supprimer ou renommer celle qui est de trop.",
        "Rien ne dit laquelle des deux est la bonne.",
    ),
    warning(
        "C25",
        "Code relu",
        "« {value} » est lu comme {code}.",
        "mettre la colonne au format Texte dans Excel et saisir {code}.",
        "Excel ajoute parfois des espaces ou une décimale aux codes.",
    ),
    error(
        "C26",
        "SIRET d'un autre SIREN",
        "le SIRET {siret} ne commence pas par le SIREN {siren}.",
        "corriger l'un ou l'autre : le SIRET est le SIREN suivi de cinq chiffres.",
        "Le SIRET désigne un établissement de l'organisme que désigne le SIREN.",
    ),
    error(
        "C27",
        "Deux fichiers pour la même table",
        "ce fichier et {other} sont là tous les deux.",
        "n'en garder qu'un : retirer l'autre du dossier data.",
        "Rien ne dit lequel des deux est à jour.",
    ),
    error(
        "C28",
        "Classeur illisible",
        "le classeur ne peut pas être lu : {why}.",
        "l'ouvrir dans Excel ou LibreOffice, puis Enregistrer sous > « Classeur Excel (.xlsx) », "
        "sans mot de passe.",
        "Les classeurs lus sont ceux d'Excel 2007 et suivants (.xlsx) et de LibreOffice (.ods), "
        "sans protection.",
    ),
    error(
        "C29",
        "Opération taxée ou exonérée sans numéro de TVA",
        "une opération taxée (catégorie S) ou exonérée (E) demande le numéro de TVA de l'émetteur.",
        'le donner sous [vat], comme number = "FR…" ; hors champ de la TVA, mettre category = "O".',
        "La norme EN 16931 l'exige du vendeur (règles BR-S-02 et BR-E-02), sans quoi la facture "
        "électronique est refusée.",
    ),
    error(
        "C30",
        "Numéro de TVA d'un autre SIREN",
        "le numéro de TVA {number} ne finit pas par le SIREN {siren}.",
        "corriger l'un ou l'autre : le numéro de TVA est FR, une clé de deux caractères, puis le "
        "SIREN.",
        "Le numéro de TVA français d'un organisme contient son SIREN.",
    ),
    error(
        "C31",
        "Code de motif d'une autre catégorie de TVA",
        "le code {code} ne va pas avec la catégorie « {category} ».",
        "hors champ (O) : VATEX-EU-O, ou rien ; exonéré (E) : le code de l'exonération, comme "
        "VATEX-FR-CGI261B, ou rien.",
        "Le motif doit être celui de la catégorie, sans quoi la facture électronique se contredit.",
    ),
    error(
        "C32",
        "BIC sans IBAN",
        "un BIC est donné sans IBAN.",
        "donner aussi iban sous [payment], ou retirer bic.",
        "Un BIC seul ne dit pas sur quel compte payer : il ne serait imprimé nulle part.",
    ),
    warning(
        "C33",
        "Payer, ou attendre l'avis ?",
        "la facture donnera un compte ou une échéance, et dira de ne pas payer avant l'avis des "
        "sommes à payer.",
        "retirer iban et due_days si un titre de recettes est émis ; sinon, changer text sous "
        "[payment].",
        "Une facture qui se paie et un titre de recettes feraient payer deux fois.",
    ),
    error(
        "C34",
        "Colonne d'export sans contenu",
        "la colonne « {title} » de l'export a un champ et un texte, ou aucun des deux.",
        'donner field (un champ, comme "amount") ou value (le même texte à chaque ligne).',
        "Une colonne de l'export donne une valeur du document, ou une constante du logiciel "
        "financier.",
    ),
    error(
        "C35",
        "Deux colonnes d'export du même titre",
        "deux colonnes de l'export s'appellent « {title} ».",
        "donner à chacune son propre titre.",
        "Le logiciel financier reconnaît les colonnes à leur titre.",
    ),
    error(
        "C36",
        "Règle de TVA incomplète",
        "une règle de [[vat.rules]] ne se lit pas : {fault}.",
        'sous [[vat.rules]], écrire par exemple service = "Prêt du podium" ; sous '
        "[[vat.rules.rates]], from = 2014-01-01 et rate = 20.",
        "Chaque règle dit ce qui est taxé autrement que [vat], à quel taux et depuis quel jour.",
    ),
)
