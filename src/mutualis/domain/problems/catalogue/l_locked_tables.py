"""L: locked tariff tables."""

from mutualis.domain.problems.catalogue.entry import error, warning

ENTRIES = (
    error(
        "L01",
        "Tarif déplacé",
        "{title}, {year} : {before} → {after}.",
        "rétablir la grille ou la population ; si le changement est voulu : "
        "mutualis tariffs {year} --lock.",
        "La table verrouillée d'une année doit redonner les mêmes montants pour toujours.",
        whole=True,
    ),
    error(
        "L02",
        "Tarif disparu",
        "{title}, {year} : {before} → absent.",
        "rétablir la grille ou la commune ; si le changement est voulu : "
        "mutualis tariffs {year} --lock.",
        "La table verrouillée d'une année doit redonner les mêmes montants pour toujours.",
        whole=True,
    ),
    error(
        "L03",
        "Tarif apparu",
        "{title}, {year} : absent → {after}.",
        "retirer l'ajout ; si le changement est voulu : mutualis tariffs {year} --lock.",
        "La table verrouillée d'une année doit redonner les mêmes montants pour toujours.",
        whole=True,
    ),
    error(
        "L04",
        "Table verrouillée sans grille",
        "une table est verrouillée pour {year}, mais la grille {year} n'existe plus.",
        "rétablir [grids.{year}] dans data/tariffs.toml.",
        "Une grille verrouillée ne disparaît pas : ses factures doivent pouvoir être rejouées.",
    ),
    error(
        "L05",
        "Ligne verrouillée en double",
        "{title} figure déjà à la ligne {line} de la table.",
        "supprimer l'une des deux lignes (ou toute la table, puis mutualis tariffs ANNÉE --lock).",
        "Une table verrouillée a une seule ligne pour chaque montant.",
    ),
    warning(
        "L06",
        "Lot différent de la table verrouillée",
        "depuis le verrouillage de la table {year}, {count}.",
        "mutualis check les montre un par un.",
        "Un brouillon peut essayer un autre tarif ; il ne doit pas le faire en silence.",
    ),
)
