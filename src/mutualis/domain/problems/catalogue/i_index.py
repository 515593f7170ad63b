"""I: the price index and indexed grids."""

from mutualis.domain.problems.catalogue.entry import error, warning

ENTRIES = (
    error(
        "I01",
        "Décembre absent de l'indice",
        "pas de variation annuelle publiée pour {month} (série « {series} »), nécessaire pour "
        "la grille {year}.",
        "la relever sur le site de l'INSEE (indices des prix à la consommation, publication "
        "définitive de mi-janvier {year}), puis l'enregistrer : mutualis index {year} "
        '--rate TAUX --index INDICE --base 2025 --source "INSEE, JJ/MM/AAAA" ; si la grille '
        "{year} existe déjà, ajouter plutôt à data/cpi.csv la ligne "
        "{month};série;base;indice;variation_annuelle;source.",
        "La grille d'une année suit la variation sur un an de l'indice en décembre de l'année "
        "précédente ; un chiffre provisoire ne sert jamais.",
    ),
    error(
        "I02",
        "Taux recalculé impossible",
        "la variation de {month} (série « {series} ») ne peut pas être recalculée : aucune base ne "
        "donne à la fois {before} et {month}.",
        "ajouter à data/cpi.csv l'indice manquant dans la même base ; un indice d'une base ne se "
        "divise jamais par celui d'une autre.",
        "Deux bases différentes n'ont pas le même niveau : leur rapport ne veut rien dire.",
    ),
    error(
        "I03",
        "Mois en double",
        "{month} (série {series}, base {base}) figure déjà à la ligne {line}.",
        "supprimer l'une des deux lignes.",
        "Un mois d'une série a une seule valeur par base.",
    ),
    error(
        "I04",
        "Grille indexée sans précédente",
        "la grille {year} vient d'une indexation, mais la grille {before} n'existe pas.",
        "rétablir [grids.{before}], ou retirer [grids.{year}.indexation] si la grille {year} "
        "a été fixée autrement.",
        "Une grille indexée se vérifie en la recalculant depuis la précédente.",
    ),
    error(
        "I05",
        "Année de base sans grille",
        "la grille {base_year} (base_year), d'où part l'indexation de {year}, n'existe pas "
        "ou n'est pas antérieure.",
        "donner à base_year l'année d'une grille existante, par exemple {last}.",
        'Avec chain = "exact", les montants de la grille de base_year sont indexés sans arrondi.',
    ),
    error(
        "I06",
        "Chaîne d'indexation rompue",
        "la grille {year} ne vient pas d'une indexation : les montants de {base_year} ne peuvent "
        "pas être enchaînés à travers elle.",
        'mettre base_year = {year} (ses montants deviennent le départ), ou chain = "published".',
        "L'indexation exacte demande le taux de chaque année depuis base_year.",
    ),
    error(
        "I07",
        "Prix sans départ",
        "{label} n'existe pas dans la grille {base_year} : son montant exact n'a pas de départ.",
        "mettre base_year = {last}, ou ajouter ce prix à la grille {base_year}.",
        "L'indexation exacte part des montants de base_year.",
    ),
    error(
        "I08",
        "Taux de la grille différent de l'indice",
        "la grille {year} a été indexée de {recorded}, mais l'indice donne {rate}.",
        "corriger le taux de data/cpi.csv s'il est faux ; sinon, supprimer [grids.{year}] et "
        "ses tables, puis relancer mutualis index {year}.",
        "Une grille indexée garde le taux dont elle vient.",
    ),
    error(
        "I09",
        "Grille indexée modifiée",
        "{label}, grille {year} : {written} au lieu de {expected} après indexation.",
        "rétablir {expected} ; si l'assemblée a voté un autre montant, retirer "
        "[grids.{year}.indexation] et mettre base_year = {year}.",
        "Une grille qui dit venir d'une indexation doit en être le résultat exact.",
    ),
    error(
        "I10",
        "Deux variations pour un mois",
        "{month} (série « {series} ») a déjà une autre variation annuelle ligne {line} : "
        "{other} et {rate}.",
        "ne garder que la variation publiée par l'INSEE.",
        "La variation sur un an d'un mois ne dépend pas de la base.",
    ),
    error(
        "I11",
        "Variation éloignée des indices",
        "{month} : variation publiée {rate}, mais {computed} d'après les indices (base {base}).",
        "vérifier la variation et les indices de {month} et de {before} sur le site de l'INSEE.",
        "Un taux recalculé peut différer de 0,1 du taux publié ; davantage trahit une faute de "
        "frappe.",
    ),
    warning(
        "I12",
        "Série inconnue",
        "la série « {series} » n'est pas connue : la ligne est ignorée.",
        "écrire l'identifiant INSEE de la série, ou son nom : {known}.",
        "Une ligne d'une autre série n'indexe rien.",
    ),
    error(
        "I13",
        "Chiffre provisoire",
        "{month} est un chiffre provisoire (« {origin} »).",
        "le remplacer par le chiffre définitif, publié par l'INSEE à la mi-janvier.",
        "Un chiffre provisoire peut être révisé : il n'indexe jamais un tarif.",
    ),
    warning(
        "I14",
        "Variation calculée, non publiée",
        "la variation de {month} ({rate}), dont vient la grille {year}, a été calculée d'après "
        "les indices : celle que publie l'INSEE peut différer de 0,1.",
        "la vérifier sur la page de l'INSEE, la corriger au besoin, puis retirer « variation "
        "calculée » de la colonne « source ».",
        "Le fichier d'une série donne des indices arrondis, jamais la variation publiée.",
    ),
    error(
        "I15",
        "Variation que l'INSEE ne publie pas",
        "{month} : la variation {rate} a plus d'une décimale.",
        "recopier la variation sur un an publiée par l'INSEE, comme 0,8.",
        "L'INSEE publie ses variations avec une décimale ; une autre a été calculée, ou écrite "
        "comme une fraction (0,008 pour 0,8 %).",
    ),
    error(
        "I16",
        "Base d'une autre série",
        "la série {series} est en base {base}, la ligne dit {given}.",
        "corriger la base ou la série : un indice d'une base ne se compare qu'à un indice de la "
        "même.",
        "Chaque base de l'INSEE a ses propres identifiants de séries.",
    ),
    warning(
        "I17",
        "Montants laissés à l'écart de l'indexation",
        "la grille {year} a des montants d'une nature qui n'est pas indexée : {kinds}.",
        "s'ils doivent suivre l'indice, ajouter {keys} à « indexed » ; l'année où ils ne le "
        "suivent pas ne leur est jamais appliquée après coup.",
        "Un montant qui ne suit pas l'indice quand les autres le suivent perd sa place dans le "
        "barème : une part fixe finit par coûter moins que la tranche d'en dessous.",
    ),
)
