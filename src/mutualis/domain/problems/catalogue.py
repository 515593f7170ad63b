"""The catalogue of problems: one entry a code, with its French message and remedy.

`docs/errors.md` is made from it, and a test keeps it, the fixtures of `tests/broken/` and the
documentation in step. Families: A the request, B what the files say together, C tables,
F writing, I the index, L locked tables, N INSEE's own files and lists of codes, R the requests of
communes and the criteria that rank them, S the catalogue of services, T the TOML files, U the
interventions.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Entry:
    """`message` and `remedy` are filled in with the facts of the problem; `why` is for the docs.

    `whole` entries are shown one and all, where others stop at a few per code.
    """

    code: str
    severity: Severity
    title: str
    message: str
    remedy: str
    why: str
    whole: bool = False


def entry(code: str) -> Entry:
    return CATALOGUE[code]


def _error(
    code: str, title: str, message: str, remedy: str, why: str, *, whole: bool = False
) -> Entry:
    return Entry(code, Severity.ERROR, title, message, remedy, why, whole)


def _warning(code: str, title: str, message: str, remedy: str, why: str) -> Entry:
    return Entry(code, Severity.WARNING, title, message, remedy, why)


_ENTRIES = (
    # --- A: the request ---------------------------------------------------------------
    _error(
        "A02",
        "Année sans grille tarifaire",
        "aucune grille {year} (années connues : {known}).",
        "{how}",
        "Un montant se calcule avec la grille de son année, jamais avec celle d'une autre.",
    ),
    _error(
        "A03",
        "Fichier introuvable",
        "fichier introuvable dans {folder}.",
        "se placer dans le dossier qui contient « data » (commande cd), ou l'indiquer : "
        "mutualis … --dir CHEMIN.",
        "Les commandes lisent le dossier « data » du dossier courant, de --dir ou de MUTUALIS_DIR.",
    ),
    _error(
        "A04",
        "Commune inconnue ou ambiguë",
        "commune « {wanted} » {state}.{guess}",
        "écrire le nom entier ou le code INSEE d'une commune de {year}.",
        "Un nom se tape sans accents ni majuscules, mais il ne doit désigner qu'une commune.",
    ),
    _error(
        "A05",
        "Année sans communes",
        "aucune commune pour {year} (années connues : {known}).",
        "{how}",
        "La facturation d'une année demande la population et le niveau de chaque commune "
        "cette année-là.",
    ),
    _error(
        "A06",
        "Niveau inconnu à la ligne de commande",
        "niveau « {level} » {state} (niveaux d'adhésion : {known}).",
        "choisir un de ces niveaux.",
        "--level ne retient que des niveaux de la grille de l'année.",
    ),
    _error(
        "A07",
        "Fichier illisible",
        "le fichier ne peut pas être lu : {why}.",
        "fermer le fichier dans les autres programmes et vérifier qu'il peut être lu, puis "
        "relancer.",
        "Un fichier ouvert par un autre programme, protégé, ou un dossier du même nom.",
    ),
    # --- B: what the files say together -----------------------------------------------
    _warning(
        "B01",
        "Année de communes sans grille",
        "des communes sont données pour {year}, mais aucune grille {year} n'existe.",
        "{how} ; rien à faire si {year} n'est pas à facturer.",
        "Sans grille, l'année ne peut être ni facturée ni comparée.",
    ),
    _error(
        "B02",
        "Niveau inconnu",
        "niveau « {level} » inconnu pour {commune} : niveaux de la grille {year} : {known}.{guess}",
        "corriger la colonne « niveau » (vide pour une commune qui n'adhère pas).",
        "Un niveau absent de la grille n'a pas de prix. Le niveau 3 se vend sur devis : "
        "ce n'est pas une adhésion.",
    ),
    _error(
        "B03",
        "Population sans prix",
        "{commune} a {population} habitants en {year} : {reason}.",
        "changer le niveau de la commune, ou ajouter une tranche à la grille {year} si la "
        "délibération en prévoit une.",
        "Au-dessus de la dernière tranche, le barème ne donne pas de prix : ce n'est pas "
        "un prix sans plafond.",
    ),
    _warning(
        "B04",
        "Plafond toujours atteint",
        "{level} : le plafond de {cap} est toujours atteint ({bracket}) ; c'est un forfait.",
        "si ce forfait n'est pas voulu, vérifier le plafond et la tranche.",
        "Un plafond atteint dès le premier habitant de sa tranche fait du tarif un forfait.",
    ),
    _warning(
        "B05",
        "Plafond jamais atteint",
        "{level} : le plafond de {cap} n'est atteint par aucune population ({bracket}).",
        "vérifier le plafond et la tranche.",
        "Un plafond hors de portée de sa tranche cache souvent une faute de frappe.",
    ),
    _warning(
        "B06",
        "Commune proche d'une borne",
        "{commune} ({population} habitants, niveau {level}) est à moins de 2 % de la borne de "
        "{bound} habitants ; de l'autre côté, le montant devient : {amount}.",
        "prévenir la commune : un prochain recensement peut changer sa tranche.",
        "Le montant saute à la borne d'une tranche.",
    ),
    _warning(
        "B07",
        "Délibération à compléter",
        "la grille {year} est votée, mais sa délibération est « à compléter ».",
        'mutualis index {year} --act "n° et date de la délibération". Sans elle, rien de cette '
        "grille ne pourra être émis.",
        "Chaque facture cite l'acte qui fixe son tarif.",
    ),
    _warning(
        "B08",
        "Niveaux donnés en exemple",
        "{count} de {year} : niveau d'adhésion inventé, donné en exemple.",
        "saisir les vrais niveaux dans la colonne « niveau » et remplacer « exemple » par leur "
        "origine (délibération, convention) dans « source_niveau ».",
        "Les niveaux réels d'adhésion ne sont pas publics : ceux du fichier livré sont inventés.",
    ),
    _warning(
        "B09",
        "Grille votée sans table verrouillée",
        "la grille {year} est votée, mais sa table tarifaire n'est pas verrouillée.",
        "mutualis tariffs {year} --lock, puis garder data/tables/{year}.csv avec les données.",
        "La table verrouillée permet à check de signaler le moindre tarif qui bouge.",
    ),
    _warning(
        "B10",
        "Signataire à compléter",
        "le nom du signataire ({capacity}) est à compléter.",
        "remplir « name » dans le bloc [[signatories]].",
        "Le signataire en vigueur est imprimé sur les devis et les factures.",
    ),
    _warning(
        "B11",
        "Grille sans communes",
        "une grille {year} existe, mais aucune commune n'est donnée pour {year}.",
        "{how}",
        "L'année ne peut pas être facturée sans la population et le niveau de chaque commune.",
    ),
    _warning(
        "B12",
        "Grille projetée",
        "la grille {year} est projetée, non votée : ses montants servent aux prévisions, "
        "aucune facture ne peut être émise.",
        'après le vote : mutualis index {year} --act "n° et date de la délibération".',
        "Les communes demandent une prévision avant de voter leur budget.",
    ),
    _warning(
        "B13",
        "Aucun signataire",
        "aucun signataire n'est donné : les devis laisseront son nom en blanc.",
        "ajouter un bloc [[signatories]] avec name, capacity et from.",
        "Le signataire en vigueur est imprimé sur les devis et les factures.",
    ),
    _error(
        "B14",
        "Successeur inconnu",
        "{commune} a pour successeur {successor}, qui n'est pas une autre commune de {year}.",
        "donner dans « successeur » le code INSEE de la commune issue de la fusion, présente "
        "cette année-là.",
        "Ce que doit une commune fusionnée est facturé à la commune qui lui succède.",
    ),
    _warning(
        "B15",
        "SIREN à compléter",
        "{count} de {year} sans SIREN : {names}.",
        "remplir la colonne « siren » (annuaire-entreprises.data.gouv.fr le donne, en cherchant la "
        "mairie). Sans lui, l'émission sera refusée.",
        "Un brouillon s'en passe ; une facture, un devis ou un avoir désignent la commune par son "
        "SIREN, qui n'est jamais deviné.",
    ),
    _warning(
        "B16",
        "Population totale inférieure à la municipale",
        "{commune}, {year} : population totale {total}, inférieure à la municipale {municipal}.",
        "vérifier que les deux colonnes ne sont pas interverties.",
        "La population totale est la municipale plus la population comptée à part.",
    ),
    _warning(
        "B17",
        "Population qui saute",
        "{commune} : population {kind} de {before} à {after} en {year}.",
        "vérifier le chiffre sur le site de l'INSEE ; rien à faire après une fusion.",
        "Une population varie de quelques pour cent par an : un saut trahit souvent une faute de "
        "frappe.",
    ),
    _warning(
        "B18",
        "SIREN de deux communes",
        "{commune} et {other} ({other_code}) ont le même SIREN {siren} en {year}.",
        "corriger le SIREN ou le code de l'une des deux : une commune donnée sous deux codes "
        "serait facturée deux fois.",
        "Un SIREN désigne une seule collectivité.",
    ),
    # --- C: tables (CSV) --------------------------------------------------------------
    _warning(
        "C01",
        "Fichier en Windows-1252",
        "fichier lu en Windows-1252 (enregistrement Excel « CSV »). Exemple relu : « {sample} ».",
        "rien si ce texte est correct. Pour ne plus voir ce message : Enregistrer sous > "
        "« CSV UTF-8 ».",
        "Excel enregistre « CSV (séparateur : point-virgule) » dans l'encodage de Windows.",
    ),
    _error(
        "C02",
        "Accents abîmés",
        "« {value} » a été mal ré-encodé :{guess}",
        "repartir de l'original, l'ouvrir dans Excel par Données > À partir d'un fichier "
        "texte/CSV > origine « 65001 : Unicode (UTF-8) », puis Enregistrer sous > « CSV UTF-8 ».",
        "Un fichier UTF-8 ouvert par double-clic dans Excel puis enregistré perd ses accents.",
    ),
    _error(
        "C03",
        "Fichier qui n'est pas du texte",
        "le fichier n'est pas un texte lisible (UTF-16 sans marque, ou contenu abîmé).",
        "le rouvrir dans Excel, puis Enregistrer sous > « CSV UTF-8 ».",
        "Un CSV est un texte : UTF-8, Windows-1252, ou UTF-16 avec sa marque de début.",
    ),
    _error(
        "C04",
        "Classeur renommé en .csv",
        "c'est un classeur Excel renommé, pas un CSV.",
        "l'ouvrir dans Excel, puis Enregistrer sous > « CSV UTF-8 » ; renommer l'extension "
        "ne suffit pas.",
        "Un classeur est une archive, illisible comme du texte.",
    ),
    _error(
        "C05",
        "Séparateur non reconnu ou fichier vide",
        "{what}.",
        "mettre en première ligne les titres des colonnes, séparés par un point-virgule "
        "(virgule et tabulation sont admises) : {columns}.",
        "Le séparateur est cherché dans la ligne de titres, parmi les noms de colonnes connus.",
    ),
    _error(
        "C06",
        "Colonne absente",
        "colonne « {column} » absente.{guess}",
        "{how}",
        "Les colonnes obligatoires se reconnaissent à leur titre, dans n'importe quel ordre.",
    ),
    _error(
        "C07",
        "Code mal formé",
        "« {value} » n'est pas un {what}.{guess}",
        "mettre la colonne au format Texte dans Excel, puis ressaisir {what_plain}.",
        "Excel retire les zéros de tête des codes et arrondit les plus longs.",
    ),
    _error(
        "C08",
        "Numéro en notation scientifique",
        "{name} « {value} » : Excel a remplacé le numéro par son affichage ; les chiffres sont "
        "perdus et ne peuvent pas être retrouvés.",
        "mettre la colonne au format Texte dans Excel, puis ressaisir les {length} chiffres "
        "(annuaire-entreprises.data.gouv.fr).",
        "Excel affiche 2,425E+13 pour un nombre de quatorze chiffres, et c'est l'affichage qu'il "
        "enregistre en CSV.",
    ),
    _error(
        "C09",
        "Clé de contrôle fausse",
        "{name} {value} : clé de contrôle fausse (chiffre mal recopié ?){guess}.",
        "recopier le numéro depuis annuaire-entreprises.data.gouv.fr.",
        "Le dernier chiffre d'un SIREN ou d'un SIRET se calcule à partir des autres.",
    ),
    _error(
        "C11",
        "Nombre ambigu",
        "« {value} » est ambigu : {thousands} ou {decimal} ?",
        "écrire {thousands} ou {decimal}, sans point.",
        "Un point suivi de trois chiffres sépare les milliers pour les uns, les décimales "
        "pour les autres.",
    ),
    _error(
        "C12",
        "Nombre devenu une date",
        "« {value} » au lieu d'un nombre : Excel a pris le nombre pour une date{guess}.",
        "ressaisir le nombre avec une virgule, et vérifier toute la colonne.",
        "Excel prend 22.5 pour le 22 mai quand la décimale s'écrit avec un point.",
    ),
    _error(
        "C13",
        "Nombre illisible",
        "« {value} » n'est pas {what}.{guess}",
        "saisir {what} en chiffres.",
        "Un nombre s'écrit en chiffres, avec des espaces et une virgule au besoin.",
    ),
    _error(
        "C14",
        "Formule ou erreur de formule",
        "« {value} » est une formule ou une erreur de formule d'Excel.",
        "remplacer la formule par sa valeur dans le classeur d'origine, puis réenregistrer.",
        "Un fichier de données ne contient que des valeurs ; une formule recopiée dans un "
        "classeur s'y exécuterait.",
    ),
    _error(
        "C15",
        "Cellule vide",
        "cellule vide ; indispensable pour {row}.",
        "remplir la colonne « {column} ».",
        "Les colonnes obligatoires sont remplies à chaque ligne, sauf « niveau », vide pour "
        "une commune qui n'adhère pas, et « siren », qui peut attendre l'émission.",
    ),
    _error(
        "C16",
        "Commune en double",
        "{code} ({commune}) figure déjà en {year} à la ligne {line}{detail}.",
        "supprimer l'une des deux lignes, ou donner à chacune sa période (date_debut, date_fin).",
        "Une commune a une ligne par an, ou plusieurs dont les périodes ne se chevauchent pas.",
    ),
    _warning(
        "C17",
        "Nom changé d'une année à l'autre",
        "{code} s'appelle « {name} » en {year} et « {other} » en {other_year}.",
        "vérifier le code et le nom ; rien à faire si la commune a changé de nom.",
        "Un code accolé au nom d'une autre commune ferait facturer l'une pour l'autre.",
    ),
    _error(
        "C18",
        "Ligne mal découpée",
        "{what}.",
        "{how}.",
        "Une ligne a autant de cellules que la ligne de titres a de colonnes.",
    ),
    _error(
        "C19",
        "Ligne de total",
        "« {value} » ressemble à une ligne de total.",
        "la supprimer ; mutualis calcule les totaux.",
        "Une ligne de total serait prise pour une commune.",
    ),
    _error(
        "C20",
        "Date illisible",
        "« {value} » n'est pas {what}.{guess}",
        "écrire la date ainsi : 30/04/2025 ou 2025-04-30.",
        "Les dates s'écrivent en entier, avec quatre chiffres pour l'année.",
    ),
    _error(
        "C21",
        "Valeur hors liste",
        "« {value} » n'est pas admis dans « {column} » : valeurs possibles {known}.",
        "choisir une de ces valeurs.",
        "Certaines colonnes n'admettent que quelques valeurs.",
    ),
    _error(
        "C22",
        "Période incohérente",
        "la période du {start} au {end} n'est pas dans l'année {year} ou finit avant de commencer.",
        "corriger date_debut et date_fin, ou les laisser vides pour l'année entière.",
        "Une ligne vaut pour une année ; ses dates la restreignent à une partie de cette année.",
    ),
    _warning(
        "C23",
        "Colonne presque connue",
        "colonne « {column} » ignorée ; elle ressemble à « {guess} ».",
        "la renommer en « {guess} » si c'est bien elle ; sinon, rien à faire.",
        "Une colonne inconnue est gardée mais ignorée : une faute de frappe passerait inaperçue.",
    ),
    _error(
        "C24",
        "Colonne en double",
        "la colonne « {column} » figure deux fois.",
        "supprimer ou renommer celle qui est de trop.",
        "Rien ne dit laquelle des deux est la bonne.",
    ),
    _warning(
        "C25",
        "Code relu",
        "« {value} » est lu comme {code}.",
        "mettre la colonne au format Texte dans Excel et saisir {code}.",
        "Excel ajoute parfois des espaces ou une décimale aux codes.",
    ),
    _error(
        "C26",
        "SIRET d'un autre SIREN",
        "le SIRET {siret} ne commence pas par le SIREN {siren}.",
        "corriger l'un ou l'autre : le SIRET est le SIREN suivi de cinq chiffres.",
        "Le SIRET désigne un établissement de l'organisme que désigne le SIREN.",
    ),
    _error(
        "C27",
        "Deux fichiers pour la même table",
        "ce fichier et {other} sont là tous les deux.",
        "n'en garder qu'un : retirer l'autre du dossier data.",
        "Rien ne dit lequel des deux est à jour.",
    ),
    _error(
        "C28",
        "Classeur illisible",
        "le classeur ne peut pas être lu : {why}.",
        "l'ouvrir dans Excel, puis Enregistrer sous > « Classeur Excel (.xlsx) », sans mot de "
        "passe.",
        "Les classeurs lus sont ceux d'Excel 2007 et suivants, sans protection.",
    ),
    _error(
        "C29",
        "Exonération sans numéro de TVA",
        "une opération exonérée (catégorie E) demande le numéro de TVA de l'émetteur.",
        'le donner sous [vat], comme number = "FR…" ; hors champ de la TVA, mettre category = "O".',
        "La norme EN 16931 l'exige du vendeur exonéré (règle BR-E-02), sans quoi la facture "
        "électronique est refusée.",
    ),
    _error(
        "C30",
        "Numéro de TVA d'un autre SIREN",
        "le numéro de TVA {number} ne finit pas par le SIREN {siren}.",
        "corriger l'un ou l'autre : le numéro de TVA est FR, une clé de deux caractères, puis le "
        "SIREN.",
        "Le numéro de TVA français d'un organisme contient son SIREN.",
    ),
    _error(
        "C31",
        "Code de motif d'une autre catégorie de TVA",
        "le code {code} ne va pas avec la catégorie « {category} ».",
        "hors champ (O) : VATEX-EU-O, ou rien ; exonéré (E) : le code de l'exonération, comme "
        "VATEX-FR-CGI261B, ou rien.",
        "Le motif doit être celui de la catégorie, sans quoi la facture électronique se contredit.",
    ),
    _error(
        "C32",
        "BIC sans IBAN",
        "un BIC est donné sans IBAN.",
        "donner aussi iban sous [payment], ou retirer bic.",
        "Un BIC seul ne dit pas sur quel compte payer : il ne serait imprimé nulle part.",
    ),
    _warning(
        "C33",
        "Payer, ou attendre l'avis ?",
        "la facture donnera un compte ou une échéance, et dira de ne pas payer avant l'avis des "
        "sommes à payer.",
        "retirer iban et due_days si un titre de recettes est émis ; sinon, changer text sous "
        "[payment].",
        "Une facture qui se paie et un titre de recettes feraient payer deux fois.",
    ),
    # --- I: the consumer price index --------------------------------------------------
    _error(
        "I01",
        "Décembre absent de l'indice",
        "pas de variation annuelle publiée pour {month} (série « {series} »), nécessaire pour "
        "la grille {year}.",
        "la relever sur le site de l'INSEE (indices des prix à la consommation, publication "
        "définitive de mi-janvier {year}), puis l'enregistrer : mutualis index {year} "
        '--rate TAUX --index INDICE --base 2025 --source "INSEE, JJ/MM/AAAA", ou ajouter à '
        "data/cpi.csv la ligne {month};série;base;indice;variation_annuelle;source.",
        "La grille d'une année suit la variation sur un an de l'indice en décembre de l'année "
        "précédente ; un chiffre provisoire ne sert jamais.",
    ),
    _error(
        "I02",
        "Taux recalculé impossible",
        "la variation de {month} (série « {series} ») ne peut pas être recalculée : aucune base ne "
        "donne à la fois {before} et {month}.",
        "ajouter à data/cpi.csv l'indice manquant dans la même base ; un indice d'une base ne se "
        "divise jamais par celui d'une autre.",
        "Deux bases différentes n'ont pas le même niveau : leur rapport ne veut rien dire.",
    ),
    _error(
        "I03",
        "Mois en double",
        "{month} (série {series}, base {base}) figure déjà à la ligne {line}.",
        "supprimer l'une des deux lignes.",
        "Un mois d'une série a une seule valeur par base.",
    ),
    _error(
        "I04",
        "Grille indexée sans précédente",
        "la grille {year} vient d'une indexation, mais la grille {before} n'existe pas.",
        "rétablir [grids.{before}], ou retirer [grids.{year}.indexation] si la grille {year} "
        "a été fixée autrement.",
        "Une grille indexée se vérifie en la recalculant depuis la précédente.",
    ),
    _error(
        "I05",
        "Année de base sans grille",
        "la grille {base_year} (base_year), d'où part l'indexation de {year}, n'existe pas "
        "ou n'est pas antérieure.",
        "donner à base_year l'année d'une grille existante, par exemple {last}.",
        'Avec chain = "exact", les montants de la grille de base_year sont indexés sans arrondi.',
    ),
    _error(
        "I06",
        "Chaîne d'indexation rompue",
        "la grille {year} ne vient pas d'une indexation : les montants de {base_year} ne peuvent "
        "pas être enchaînés à travers elle.",
        'mettre base_year = {year} (ses montants deviennent le départ), ou chain = "published".',
        "L'indexation exacte demande le taux de chaque année depuis base_year.",
    ),
    _error(
        "I07",
        "Prix sans départ",
        "{label} n'existe pas dans la grille {base_year} : son montant exact n'a pas de départ.",
        "mettre base_year = {last}, ou ajouter ce prix à la grille {base_year}.",
        "L'indexation exacte part des montants de base_year.",
    ),
    _error(
        "I08",
        "Taux de la grille différent de l'indice",
        "la grille {year} a été indexée de {recorded}, mais l'indice donne {rate}.",
        "corriger le taux de data/cpi.csv s'il est faux ; sinon, supprimer [grids.{year}] et "
        "ses tables, puis relancer mutualis index {year}.",
        "Une grille indexée garde le taux dont elle vient.",
    ),
    _error(
        "I09",
        "Grille indexée modifiée",
        "{label}, grille {year} : {written} au lieu de {expected} après indexation.",
        "rétablir {expected} ; si l'assemblée a voté un autre montant, retirer "
        "[grids.{year}.indexation] et mettre base_year = {year}.",
        "Une grille qui dit venir d'une indexation doit en être le résultat exact.",
    ),
    _error(
        "I10",
        "Deux variations pour un mois",
        "{month} (série « {series} ») a déjà une autre variation annuelle ligne {line} : "
        "{other} et {rate}.",
        "ne garder que la variation publiée par l'INSEE.",
        "La variation sur un an d'un mois ne dépend pas de la base.",
    ),
    _warning(
        "I11",
        "Variation éloignée des indices",
        "{month} : variation publiée {rate}, mais {computed} d'après les indices (base {base}).",
        "vérifier la variation et les indices de {month} et de {before} sur le site de l'INSEE.",
        "Un taux recalculé peut différer de 0,1 du taux publié ; davantage trahit une faute de "
        "frappe.",
    ),
    _warning(
        "I12",
        "Série inconnue",
        "la série « {series} » n'est pas connue : la ligne est ignorée.",
        "écrire l'identifiant INSEE de la série (001759970, 011814630, 001763852), ou « ensemble » "
        "ou « hors_tabac ».",
        "Une ligne d'une autre série n'indexe rien.",
    ),
    _error(
        "I13",
        "Chiffre provisoire",
        "{month} est un chiffre provisoire (« {origin} »).",
        "le remplacer par le chiffre définitif, publié par l'INSEE à la mi-janvier.",
        "Un chiffre provisoire peut être révisé : il n'indexe jamais un tarif.",
    ),
    _warning(
        "I14",
        "Variation calculée, non publiée",
        "la variation de {month} ({rate}), dont vient la grille {year}, a été calculée d'après "
        "les indices : celle que publie l'INSEE peut différer de 0,1.",
        "la vérifier sur la page de l'INSEE, la corriger au besoin, puis retirer « variation "
        "calculée » de la colonne « source ».",
        "Le fichier d'une série donne des indices arrondis, jamais la variation publiée.",
    ),
    # --- L: locked tables -------------------------------------------------------------
    _error(
        "L01",
        "Tarif déplacé",
        "{title}, {year} : {before} → {after}.",
        "rétablir la grille ou la population ; si le changement est voulu : "
        "mutualis tariffs {year} --lock.",
        "La table verrouillée d'une année doit redonner les mêmes montants pour toujours.",
        whole=True,
    ),
    _error(
        "L02",
        "Tarif disparu",
        "{title}, {year} : {before} → absent.",
        "rétablir la grille ou la commune ; si le changement est voulu : "
        "mutualis tariffs {year} --lock.",
        "La table verrouillée d'une année doit redonner les mêmes montants pour toujours.",
        whole=True,
    ),
    _error(
        "L03",
        "Tarif apparu",
        "{title}, {year} : absent → {after}.",
        "retirer l'ajout ; si le changement est voulu : mutualis tariffs {year} --lock.",
        "La table verrouillée d'une année doit redonner les mêmes montants pour toujours.",
        whole=True,
    ),
    _error(
        "L04",
        "Table verrouillée sans grille",
        "une table est verrouillée pour {year}, mais la grille {year} n'existe plus.",
        "rétablir [grids.{year}] dans data/tariffs.toml.",
        "Une grille verrouillée ne disparaît pas : ses factures doivent pouvoir être rejouées.",
    ),
    _error(
        "L05",
        "Ligne verrouillée en double",
        "{title} figure déjà à la ligne {line} de la table.",
        "supprimer l'une des deux lignes (ou toute la table, puis mutualis tariffs ANNÉE --lock).",
        "Une table verrouillée a une seule ligne pour chaque montant.",
    ),
    _warning(
        "L06",
        "Lot différent de la table verrouillée",
        "depuis le verrouillage de la table {year}, {count}.",
        "mutualis check les montre un par un.",
        "Un brouillon peut essayer un autre tarif ; il ne doit pas le faire en silence.",
    ),
    # --- N: INSEE's own files ---------------------------------------------------------
    _error(
        "N01",
        "Fichier de l'INSEE non reconnu",
        "ce n'est pas le fichier {expected} de l'INSEE : {what}.",
        "{how}.",
        "Les fichiers de l'INSEE se reconnaissent à leurs titres de colonnes ou de lignes.",
    ),
    _error(
        "N02",
        "Archive de l'INSEE inutilisable",
        "{what}.",
        "télécharger de nouveau le fichier sur insee.fr, et donner l'archive telle quelle, ou le "
        "fichier {expected} qu'elle contient.",
        "Une archive abîmée, protégée, démesurée, ou qui contient autre chose.",
    ),
    _error(
        "N03",
        "Codes sans leurs zéros",
        "{count} : le code a perdu ses zéros de tête ({sample}).",
        "donner le fichier de l'INSEE tel que téléchargé, sans l'ouvrir ni l'enregistrer dans "
        "Excel.",
        "Excel retire les zéros de tête des codes quand il enregistre le fichier.",
    ),
    _error(
        "N04",
        "Commune en double chez l'INSEE",
        "{code} ({commune}) figure déjà à la ligne {line}.",
        "donner le fichier de l'INSEE tel que téléchargé.",
        "Une commune a une seule ligne dans le fichier des populations.",
    ),
    _error(
        "N05",
        "Aucune commune connue dans le fichier",
        "aucune des communes cherchées ({count}) n'est dans ce fichier.",
        "donner le fichier national de l'INSEE, ou celui du bon département.",
        "Un fichier d'un autre territoire ferait passer toutes les communes pour disparues.",
    ),
    _error(
        "N06",
        "Aucune commune à reprendre",
        "aucune commune en {before}, dont reprendre les lignes pour {year} (années connues : "
        "{known}).",
        "{how}",
        "Les niveaux, SIREN et adresses d'une année viennent de l'année précédente.",
    ),
    _warning(
        "N07",
        "Populations de l'année précédente",
        "les populations de {count} sont toutes celles de {before} : ce fichier est-il bien "
        "celui de {year} ?",
        "vérifier sur insee.fr que ce sont les populations en vigueur au 1er janvier {year} ; "
        "importer de nouveau avec le bon fichier au besoin.",
        "Le fichier de l'INSEE ne dit pas son année.",
    ),
    _warning(
        "N08",
        "Commune fusionnée encore comptée à part",
        "{commune} est encore comptée à part par l'INSEE ({population} habitants) : la population "
        "de {successor}, {successor_population} habitants, ne la comprend peut-être pas.",
        "vérifier la population {year} de la commune fusionnée et la corriger au besoin dans "
        "data/communes.csv.",
        "Le découpage communal du fichier de l'INSEE peut précéder une fusion récente.",
    ),
    _error(
        "N09",
        "Série de l'INSEE inconnue",
        "la série {series} n'est pas un indice connu de mutualis : « {label} ».",
        "télécharger la série de l'indice des prix à la consommation, ensemble des ménages, "
        "France : {known}.",
        "Seules quelques séries indexent les tarifs ; une autre donnerait un autre taux.",
    ),
    _error(
        "N10",
        "Base de la série incertaine",
        "{what} : « {label} ».",
        "télécharger de nouveau la série sur insee.fr et donner le fichier tel quel.",
        "Un indice ne vaut que dans sa base : deux bases ne se mélangent jamais.",
    ),
    _error(
        "N11",
        "Aucun mois de décembre définitif",
        "le fichier ne donne aucun mois de décembre définitif ({what}).",
        "attendre la publication définitive de l'INSEE, à la mi-janvier, puis télécharger de "
        "nouveau la série.",
        "Seul un décembre au statut A (définitif) indexe les tarifs.",
    ),
    _error(
        "N12",
        "Commune absente du fichier de l'INSEE",
        "la commune {code} n'est pas dans {file}.",
        "vérifier le code ; une commune fusionnée porte le code de la commune nouvelle, et le "
        "fichier de l'INSEE doit couvrir toute la France (ou au moins le département).",
        "Le nom et les populations de chaque commune viennent du fichier de l'INSEE, par son code.",
    ),
    _error(
        "N13",
        "Code en double dans la liste",
        "{code} figure déjà à la ligne {line} de la liste.",
        "supprimer l'une des deux lignes.",
        "Une commune n'est donnée qu'une fois ; ses changements de niveau en cours d'année se "
        "saisissent ensuite dans data/communes.csv.",
    ),
    _error(
        "N14",
        "Fichier donné introuvable",
        "fichier introuvable : {path}.",
        "vérifier le chemin ({option}) ; dans l'Explorateur de Windows, Maj + clic droit > Copier "
        "en tant que chemin.",
        "Un fichier nommé sur la ligne de commande est cherché depuis le dossier où elle est "
        "tapée.",
    ),
    # --- R: requests and criteria -----------------------------------------------------
    _error(
        "R01",
        "Commune de la demande inconnue ou ambiguë",
        "{id} : commune « {commune} » {state}.{guess}",
        "écrire le nom entier de la commune, ou son code INSEE.",
        "La population, le niveau et l'historique de la commune sont ceux de communes.csv.",
    ),
    _error(
        "R02",
        "Demande en double",
        "{id} figure déjà à la ligne {line}.",
        "donner à chaque demande son propre identifiant, ou supprimer l'une des deux lignes.",
        "Une décision désigne une demande par son identifiant.",
    ),
    _error(
        "R03",
        "Direction inconnue",
        "{id} : direction « {directorate} »{origin} sans capacité dans data/criteria.toml.{guess}",
        "corriger la colonne « direction » ({known}), ou ajouter "
        '[directorates."{directorate}"] avec half_days à data/criteria.toml.',
        "Une demande est planifiée dans les demi-journées par mois que sa direction peut donner.",
    ),
    _warning(
        "R04",
        "Échéance souhaitée avant la demande",
        "{id} : échéance souhaitée le {wished}, avant la demande du {received}.",
        "vérifier les deux dates.",
        "Une échéance passée avant la demande trahit souvent une faute de frappe.",
    ),
    _error(
        "R05",
        "Critère à l'envers",
        "{label} : zero_at = {zero} et one_at = {one}.",
        "donner à one_at un nombre {relation} zero_at.",
        "La note va de 0 (zero_at) à 1 (one_at) : l'attente longue, les projets en cours peu "
        "nombreux, le potentiel faible et les demi-journées peu reçues sont favorisés.",
    ),
    _error(
        "R06",
        "Donnée exigée par un critère",
        "{commune}, {year} : {what}, alors que le critère « {label} » a un poids.",
        "{how}",
        "Un critère de poids 0 ne demande rien ; un autre se calcule pour toutes les communes qui "
        "ont une demande.",
    ),
    _warning(
        "R07",
        "Critère sans acte",
        "le critère « {label} » a un poids de {weight}, mais {what}.",
        "remplir « act » et « adopted_on », ou remettre le poids à 0 ; sans acte daté, la décision "
        "ne peut pas être publiée.",
        "Les communes doivent pouvoir lire quel acte a fixé chaque critère.",
    ),
    _warning(
        "R08",
        "Demandes données en exemple",
        "{count} : demande inventée, donnée en exemple.",
        "remplacer les lignes dont la colonne « source » est « exemple » par les vraies demandes.",
        "Le fichier livré montre comment saisir les demandes ; aucune commune ne les a faites.",
    ),
    _warning(
        "R09",
        "Même projet demandé deux fois",
        "{id} : {commune} a déjà demandé « {project} » ({other}, ligne {line}).",
        "mettre l'une des deux à l'état « retirée » si c'est la même.",
        "Deux demandes d'un même projet prendraient deux fois les mêmes agents.",
    ),
    _warning(
        "R10",
        "Potentiel financier improbable",
        "{commune}, {year} : potentiel financier de {potential} pour {population}, soit {value} "
        "par habitant.",
        "donner dans « potentiel_financier » le montant de toute la commune, en euros "
        "(fiche DGF), non le montant par habitant.",
        "Le potentiel financier d'une commune est de quelques centaines à quelques milliers "
        "d'euros par habitant.",
    ),
    _error(
        "R11",
        "Décision impossible",
        "{id} : {what}.",
        "{how}",
        "Une décision qui s'écarte du classement doit avoir un objet et un effet.",
        whole=True,
    ),
    _error(
        "R12",
        "Prestation demandée inconnue",
        "{id} : « {service} » {state}.{guess}",
        "écrire le nom d'une prestation de data/services.csv (mutualis services).",
        "La prestation dit quel niveau d'adhésion il faut et quelle direction fait le travail.",
    ),
    _error(
        "R13",
        "Demandes ou critères absents",
        "ce dossier n'a pas ce fichier.",
        "{how}",
        "L'instance de priorisation a besoin des demandes et des critères ; le reste s'en passe.",
    ),
    _warning(
        "R14",
        "Premier mois planifié passé",
        "le premier mois planifié, {month}, est passé : des échéances peuvent l'être aussi.",
        "donner le premier mois à venir, par --from AAAA-MM ou « from » de data/criteria.toml ; "
        "rien pour relire un classement passé.",
        "Une échéance annoncée à une commune doit être encore à venir ; la publication est refusée "
        "quand le premier mois est avant la séance.",
    ),
    _error(
        "R15",
        "Demande reçue après aujourd'hui",
        "{id} : demande du {received}, une date à venir.",
        "corriger la date de la demande.",
        "L'attente se compte depuis la date de la demande : une date à venir est une "
        "faute de frappe.",
    ),
    _warning(
        "R16",
        "Mois promis au-delà de la capacité",
        "{directorate}, {month} : {booked} déjà promises par des séances, mais {capacity}.",
        "rétablir la capacité, mettre à l'état « terminée » ou « retirée » les demandes qui le "
        "sont, ou corriger la séance qui a promis (requests publish --correct).",
        "Ce qui est promis reste promis : une capacité réduite ensuite ne le retire pas, et aucune "
        "autre demande n'est placée dans ce mois.",
    ),
    # --- S: the catalogue of services ---------------------------------------------------
    _error(
        "S01",
        "Catalogue absent",
        "ce dossier n'a pas de catalogue de prestations.",
        "créer data/services.csv (ou .xlsx) : en première ligne les titres {columns}, puis une "
        "ligne par prestation et par niveau, par exemple {example}. Seuls theme, niveau et "
        "prestation sont à remplir à chaque ligne.",
        "Le catalogue dit ce qu'une commune peut demander à son niveau. Sans lui, tout le reste "
        "marche : « quote --service » accepte alors n'importe quel texte.",
    ),
    _error(
        "S02",
        "Prestation d'un niveau inconnu",
        "niveau « {level} » inconnu pour « {name} » : niveaux des grilles : {known}.{guess}",
        "corriger la colonne « niveau » de data/services.csv, ou ajouter ce niveau à une grille.",
        "Une prestation d'un niveau qui n'existe pas ne serait proposée à personne.",
    ),
    _error(
        "S03",
        "Prestation en double",
        "« {name} » ({theme}) figure déjà au niveau {level}, ligne {line}.",
        "supprimer l'une des deux lignes, ou corriger son niveau.",
        "Une prestation a une ligne par niveau : deux lignes pourraient donner deux quotas.",
    ),
    _warning(
        "S04",
        "Lecture à confirmer",
        "{what} : lecture à confirmer.",
        "vérifier le niveau et le libellé dans la convention, puis écrire « sûre » dans la colonne "
        "« lecture ».",
        "La présentation du service ne sépare pas nettement ses colonnes. Une lecture à confirmer "
        "avertit et n'empêche rien.",
    ),
    _warning(
        "S05",
        "Directions données en exemple",
        "{count} : direction inventée, donnée en exemple.",
        "saisir les vraies directions dans la colonne « direction » et remplacer « exemple » par "
        "leur origine dans « source_direction ».",
        "La répartition des prestations entre directions n'est pas publique : celle du fichier "
        "livré est inventée.",
    ),
    _error(
        "S06",
        "Quota contradictoire",
        "« {name} » annonce {stated} par an, mais la colonne « quota » {quota}.",
        "écrire le même nombre dans la colonne « quota », ou retirer « ({stated} par an) » du "
        "libellé.",
        "Le quota compté par usage est celui de la colonne « quota ».",
    ),
    _error(
        "S07",
        "Catalogue sans prestation",
        "le catalogue n'a que ses titres, aucune prestation.",
        "remplir une ligne par prestation et par niveau, ou supprimer ce fichier : sans lui, "
        "aucune prestation n'est contrôlée.",
        "Un catalogue vide lèverait sans bruit tous les contrôles : niveaux, quotas, prestations "
        "des devis et des interventions.",
    ),
    # --- T: TOML ----------------------------------------------------------------------
    _error(
        "T01",
        "Syntaxe TOML",
        "{what}",
        "{how}",
        "Les fichiers .toml ont une grammaire stricte : décimales avec un point, textes entre "
        "guillemets droits.",
    ),
    _error(
        "T02",
        "Clé inconnue",
        "clé inconnue « {key} » dans {table}.{guess}",
        "corriger la clé ou la supprimer. Clés connues : {known}.",
        "Une clé mal écrite serait ignorée et le réglage par défaut s'appliquerait sans bruit.",
    ),
    _error(
        "T03",
        "Clé absente",
        "clé « {key} » absente de {table}.",
        "l'ajouter : {example}",
        "Certaines clés n'ont pas de valeur par défaut.",
    ),
    _error(
        "T04",
        "Valeur refusée",
        "« {key} » vaut {value} : il faut {expected}.",
        "corriger la valeur.",
        "Chaque clé a un type et des bornes.",
    ),
    _error(
        "T05",
        "Grille incohérente",
        "{what}.",
        "{how}.",
        "Les tranches se suivent en ordre croissant et les niveaux cités existent.",
    ),
    _error(
        "T06",
        "Fichier TOML mal enregistré",
        "le fichier n'est pas en UTF-8.",
        "l'ouvrir dans le Bloc-notes, puis Enregistrer sous > Encodage : UTF-8. Ne pas l'ouvrir "
        "dans Excel ni dans un traitement de texte.",
        "Un fichier .toml est toujours en UTF-8 ; lu autrement, ses accents seraient faux.",
    ),
    # --- U: the interventions -----------------------------------------------------------
    _error(
        "U01",
        "Commune d'une intervention inconnue",
        "commune « {wanted} » {state} en {year}.{guess}",
        "écrire le nom entier ou le code INSEE d'une commune de {year}.",
        "Une intervention se compte pour une commune de data/communes.csv, l'année de sa date.",
    ),
    _error(
        "U02",
        "Code et nom de deux communes",
        "{code} désigne {own}, pas « {name} »{other}.",
        "corriger le code ou le nom ; l'un des deux suffit.",
        "Un coût ne se compte pas pour une commune au hasard.",
    ),
    _error(
        "U03",
        "Prestation d'une intervention inconnue",
        "« {wanted} » {state}.{guess}",
        "reprendre un nom du catalogue (mutualis services), ou ajouter la prestation à "
        "data/services.csv.",
        "Le thème, la direction et le quota viennent du catalogue.",
    ),
    _error(
        "U04",
        "Catégorie d'agents inconnue",
        "catégorie « {category} » inconnue de la grille {year} (catégories : {known}).{guess}",
        "écrire une de ces catégories.",
        "Une demi-journée se compte au prix de sa catégorie dans la grille de l'année.",
    ),
    _warning(
        "U05",
        "Quota dépassé",
        "{commune} : {rank}e demande de l'année pour « {service} », limitée à {quota} au niveau "
        "{level}{doubt}.",
        "{how}.",
        "Un quota est un nombre de demandes par an, à un niveau du catalogue. Ce qui est fait est "
        "compté tout de même.",
    ),
    _warning(
        "U06",
        "Demande trop longue pour une adhésion",
        "{commune} : {done} pour une même demande (« {service} »), alors que le niveau {level} en "
        "donne au plus {limit}.",
        "{how}.",
        "Une adhésion donne au plus half_days_per_request demi-journées par question ou mission "
        "(data/tariffs.toml). Les lignes qui ont la même « demande » n'en font qu'une.",
    ),
    _warning(
        "U07",
        "Intervention pour une commune non adhérente",
        "{commune} : pas d'adhésion le {day} (« {service} »).",
        "vérifier la commune, la date et son niveau dans data/communes.csv ; {how}.",
        "Une prestation n'est due qu'aux adhérentes, une mission sur devis aussi.",
    ),
    _warning(
        "U08",
        "Prestation au-dessus du niveau de la commune",
        "{commune} est au niveau {own} ; « {service} » est du niveau {level}{doubt}.",
        "vérifier le niveau de la commune et celui de la prestation ; {how}.",
        "Le niveau d'une commune n'ouvre que ses prestations et celles des niveaux qu'il comprend.",
    ),
    _warning(
        "U09",
        "Mission sans devis",
        "{commune} : « {service} » est du niveau {level}, sur devis, et aucun devis n'est indiqué.",
        "écrire le numéro du devis accepté dans la colonne « devis » ; sinon, {how}.",
        "Une mission est payée sur devis : sans lui, elle ne rapporte rien.",
    ),
    _warning(
        "U10",
        "Devis qui ne couvre pas l'intervention",
        "{what}.",
        "{how}.",
        "Une mission se fait sur un devis accepté, dans ses quantités, et le registre en garde le "
        "service fait.",
    ),
    _warning(
        "U11",
        "Interventions données en exemple",
        "{count} : données inventées, pour l'exemple.",
        "remplacer les lignes d'exemple par les vraies interventions, et « exemple » par leur "
        "origine dans la colonne « source ».",
        "Les interventions livrées avec l'exemple sont inventées.",
    ),
    _warning(
        "U12",
        "Intervention saisie deux fois",
        "cette ligne dit la même chose que la ligne {line}.",
        "supprimer l'une des deux ; si ce sont deux interventions, les distinguer dans la colonne "
        "« objet ».",
        "Une ligne collée deux fois compte deux fois.",
    ),
    _warning(
        "U13",
        "Interventions d'une année sans grille ou sans communes",
        "{count} de {year} : sans prix de la demi-journée ou sans communes cette année-là.",
        "rien, si l'année {year} n'est pas à examiner ; sinon, vérifier la date, ou ajouter la "
        "grille et les communes {year}.",
        "Le coût vient des prix de la grille de l'année, le niveau de la commune aussi.",
    ),
    _error(
        "U14",
        "Interventions absentes",
        "ce dossier n'a pas de fichier d'interventions.",
        "créer data/interventions.csv (ou .xlsx) : en première ligne les titres {columns}, puis "
        "une ligne par intervention, par exemple {example}. Un nom ou un code suffit pour la "
        "commune ; devis, demande, objet et source peuvent rester vides.",
        "usage compte ce qui a été fait pour chaque commune, jour par jour.",
    ),
)

CATALOGUE = {entry.code: entry for entry in _ENTRIES}
