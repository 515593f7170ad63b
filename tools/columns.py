"""What each column of the tables of data/ means: names and needs come from the readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutualis.domain.communes.communes import Settlement
from mutualis.domain.communes.movements import MovementKind
from mutualis.domain.costs.cost import CostNature, Vintage
from mutualis.domain.requests.request import FILE as REQUESTS
from mutualis.domain.requests.request import RequestState
from mutualis.domain.services.schemes import FILE as SCHEMES
from mutualis.domain.tariffs.table import BOUND, COMMUNE, EDGE, PRICE
from mutualis.files.costs import costs
from mutualis.files.data import (
    communes,
    cpi,
    interventions,
    locked_table,
    movements,
    requests,
    services,
)
from mutualis.files.data.tariffs import read_tariffs
from mutualis.files.services import schemes

ROOT = Path(__file__).resolve().parents[1]
CODE = r"^([0-9]{2}|2[AB])[0-9]{3}$"
# How a kind of cell is written, for people and as a field of a Table Schema.
KINDS: dict[str, tuple[str, dict[str, object]]] = {
    "text": ("texte", {"type": "string"}),
    "word": ("un mot de la liste", {"type": "string"}),
    "year": ("année, AAAA", {"type": "year"}),
    "month": ("mois, AAAA-MM", {"type": "yearmonth"}),
    "day": ("date, JJ/MM/AAAA", {"type": "date", "format": "%d/%m/%Y"}),
    "iso_day": ("date, AAAA-MM-JJ", {"type": "date", "format": "%Y-%m-%d"}),
    "whole": ("nombre entier", {"type": "integer"}),
    "decimal": ("nombre, virgule décimale", {"type": "number", "decimalChar": ","}),
    "euros": ("euros, virgule décimale", {"type": "number", "decimalChar": ","}),
    "insee": ("code INSEE, 5 caractères", {"type": "string"}),
    "siren": ("9 chiffres", {"type": "string"}),
    "siret": ("14 chiffres", {"type": "string"}),
}
LIMITS: dict[str, dict[str, object]] = {
    "whole": {"minimum": 0},
    "euros": {"minimum": 0},
    "insee": {"pattern": CODE},
    "siren": {"pattern": "^[0-9]{9}$"},
    "siret": {"pattern": "^[0-9]{14}$"},
}


@dataclass(frozen=True)
class Column:
    """`words` are all that it may hold; `is_needed` is never empty, `is_there` may not be left
    out of the file."""

    name: str
    kind: str
    meaning: str
    words: tuple[str, ...] = ()
    is_needed: bool = False
    is_there: bool = False


@dataclass(frozen=True)
class TableFile:
    """`path` is from data/; `name` is that of its schema."""

    name: str
    path: str
    title: str
    columns: tuple[Column, ...]


Meanings = dict[str, tuple[str, str] | tuple[str, str, Sequence[str]]]

_COMMUNES: Meanings = {
    "annee": ("year", "Année facturée."),
    "code_insee": ("insee", "Code INSEE de la commune, au 1er janvier de l'année."),
    "commune": ("text", "Nom de la commune."),
    "siren": ("siren", "SIREN de la commune ; l'émission le demande à qui est facturé."),
    "population_municipale": ("whole", "Population municipale en vigueur au 1er janvier."),
    "population_totale": ("whole", "Population totale en vigueur au 1er janvier."),
    "niveau": ("text", "Niveau d'adhésion de tariffs.toml ; vide : n'adhère pas."),
    "date_debut": ("day", "Premier jour de la ligne ; vide : 1er janvier."),
    "date_fin": ("day", "Dernier jour de la ligne ; vide : 31 décembre."),
    "reglement": (
        "word",
        "Comment la commune paie : un titre, ou une retenue sur l'attribution de compensation "
        "(AC) ; vide : titre.",
        tuple(Settlement),
    ),
    "source_niveau": ("text", "D'où vient le niveau : convention, acte, ou « exemple »."),
    "date_source": ("day", "Date de la convention ou de l'acte qui donne le niveau."),
    "siret": ("siret", "SIRET à facturer ; il commence par le SIREN."),
    "code_service": ("text", "Code service de Chorus Pro, si la commune en exige un."),
    "engagement": ("text", "Numéro d'engagement de la commune, repris sur la facture."),
    "code_tiers": ("text", "Code de la commune dans le logiciel financier, repris dans l'export."),
    "adresse": ("text", "Adresse de la mairie."),
    "code_postal": ("text", "Code postal de la mairie ; l'émission le demande."),
    "ville": ("text", "Ville de l'adresse ; l'émission la demande."),
    "courriel": ("text", "Courriel de la mairie."),
    "potentiel_financier": ("euros", "Potentiel financier de la commune entière (fiche DGF)."),
}
_MOVEMENTS: Meanings = {
    "date_effet": ("iso_day", "Premier jour de la situation nouvelle."),
    "type": ("word", "Ce qui arrive aux communes.", tuple(MovementKind)),
    "code_avant": ("insee", "Code INSEE d'avant ; vide pour une adhésion."),
    "commune_avant": ("text", "Nom d'avant."),
    "code_apres": ("insee", "Code INSEE d'après ; vide pour un retrait."),
    "commune_apres": ("text", "Nom d'après."),
    "source": ("text", "D'où vient la ligne."),
}
_CPI: Meanings = {
    "mois": ("month", "Mois de l'indice ; l'indexation lit les décembres."),
    "serie": ("text", "Identifiant de la série de l'INSEE."),
    "base": ("year", "Année de base de la série."),
    "indice": ("decimal", "Valeur de l'indice."),
    "variation_annuelle": ("decimal", "Variation sur un an publiée par l'INSEE, en %."),
    "source": ("text", "D'où vient la ligne."),
}
_SERVICES: Meanings = {
    "theme": ("text", "Thème du catalogue."),
    "niveau": ("text", "Niveau d'adhésion qui donne droit à la prestation."),
    "prestation": ("text", "Nom de la prestation."),
    "unite": ("text", "Unité de la prestation : demi-journée, question."),
    "quota": ("whole", "Nombre de demandes par an ; vide : sans limite."),
    "direction": ("text", "Direction qui rend la prestation."),
    "source_direction": ("text", "D'où vient la direction, ou « exemple »."),
    "lecture": (
        "word",
        "Si la lecture du catalogue est sûre ; vide : sûre.",
        (services.SURE, services.UNCERTAIN),
    ),
}
_SCHEMES: Meanings = {
    "nom": ("text", "Nom du dispositif départemental."),
    "porteur": ("text", "Qui le porte."),
    "services": ("text", "Prestations de services.csv qu'il rend, séparées par « | »."),
    "date_debut": ("day", "Premier jour ; vide : sans début connu."),
    "date_fin": ("day", "Dernier jour ; vide : sans fin connue."),
    "source": ("text", "D'où vient la ligne."),
}
_INTERVENTIONS: Meanings = {
    "date": ("day", "Jour de l'intervention."),
    "code_insee": ("insee", "Code INSEE de la commune ; lui ou le nom est rempli."),
    "commune": ("text", "Nom de la commune ; lui ou le code est rempli."),
    "prestation": ("text", "Prestation de services.csv."),
    "categorie": ("text", "Catégorie d'agents de la grille : A, B, C."),
    "demi_journees": ("whole", "Nombre entier de demi-journées."),
    "devis": ("text", "Numéro du devis, quand l'intervention en suit un."),
    "demande": ("text", "Ce que partagent les lignes d'une même question ou mission."),
    "objet": ("text", "Ce qui a été fait."),
    "source": ("text", "D'où vient la ligne."),
}
_REQUESTS: Meanings = {
    "id": ("text", "Identifiant de la demande."),
    "date": ("day", "Date de la demande."),
    "commune": ("text", "Nom ou code INSEE de la commune."),
    "projet": ("text", "Projet de la commune."),
    "service": ("text", "Prestation de services.csv."),
    "direction": ("text", "Direction ; vide : celle de la prestation."),
    "echeance_souhaitee": ("day", "Échéance que la commune souhaite."),
    "dispositif_departemental": ("text", "Dispositif départemental qui pourrait servir."),
    "etat": ("word", "État de la demande ; vide : à classer.", tuple(RequestState)),
    "source": ("text", "D'où vient la ligne."),
}
_COSTS: Meanings = {
    "annee": ("year", "Année de la charge."),
    "direction": ("text", "Direction."),
    "categorie": ("text", "Catégorie d'agents : A, B, C."),
    "nature": (
        "word",
        "Charge du coût unitaire, ou unités (demi-journées) rendues.",
        tuple(CostNature),
    ),
    "montant": ("euros", "Charge ; vide pour les unités."),
    "demi_journees": ("whole", "Demi-journées ; vide pour une charge."),
    "statut": ("word", "Budget de l'année, ou comptes arrêtés.", tuple(Vintage)),
    "source": ("text", "D'où vient la ligne."),
}
_LOCKED: Meanings = {
    "type": (
        "word",
        "Ce que dit la ligne : un prix, une borne, un seuil, une commune.",
        (PRICE, BOUND, EDGE, COMMUNE),
    ),
    "niveau": ("text", "Niveau d'adhésion."),
    "cle": ("text", "Clé du prix ou de la borne, population du seuil, ou code de la commune."),
    "libelle": ("text", "Le même, en toutes lettres."),
    "population": ("whole", "Population du calcul."),
    "montant": ("decimal", "Montant ; une borne est en habitants ; vide : pas de prix."),
}


def _half_days() -> Meanings:
    """A column a category of the shipped grids."""
    tariffs, _ = read_tariffs(ROOT)
    if tariffs is None:
        raise AssertionError("the shipped tariffs cannot be read")
    known = requests.columns(tariffs.categories)
    return {
        name: ("whole", f"Demi-journées d'agents de catégorie {name[-1].upper()}.")
        for name in known
        if name.startswith(requests.HALF_DAYS)
    }


def tables() -> list[TableFile]:
    """Every table of data/, in the order in which people meet them."""
    half_days = _half_days()
    names = requests.REQUIRED, tuple(half_days), requests.OPTIONAL
    wanted: Meanings = {**_REQUESTS, **half_days}
    return [
        _table(
            communes.NAME,
            "Les communes, une année chacune par ligne",
            _COMMUNES,
            (*communes.REQUIRED, *communes.OPTIONAL),
            communes.REQUIRED,
            communes._NEEDED,
        ),
        _table(
            movements.NAME,
            "Ce que les communes sont devenues",
            _MOVEMENTS,
            movements.COLUMNS,
            movements.REQUIRED,
            ("date_effet", "type"),
        ),
        _table(
            cpi.NAME,
            "L'indice des prix à la consommation",
            _CPI,
            cpi.REQUIRED,
            cpi.REQUIRED,
            [name for name in cpi.REQUIRED if name not in cpi._MAY_BE_EMPTY],
        ),
        _table(
            services.NAME,
            "Le catalogue, une prestation et un niveau par ligne",
            _SERVICES,
            (*services.REQUIRED, *services.OPTIONAL),
            services.REQUIRED,
            services.REQUIRED,
        ),
        _table(
            SCHEMES,
            "Les dispositifs départementaux",
            _SCHEMES,
            (*schemes.REQUIRED, *schemes.OPTIONAL),
            schemes.REQUIRED,
            schemes.REQUIRED,
        ),
        _table(
            interventions.NAME,
            "Ce qui a été fait pour les communes",
            _INTERVENTIONS,
            interventions.columns().split(";"),
            interventions.REQUIRED,
            interventions.REQUIRED,
        ),
        _table(
            REQUESTS,
            "Les demandes des communes",
            wanted,
            [name for part in names for name in part],
            requests.REQUIRED,
            requests._NEEDED,
        ),
        _table(
            costs.NAME,
            "Ce que coûtent les demi-journées d'agents",
            _COSTS,
            costs.columns().split(";"),
            costs.REQUIRED,
            costs._NEEDED,
        ),
        _table(
            locked_table.table_name(2025),
            "La table tarifaire verrouillée d'une année",
            _LOCKED,
            locked_table.COLUMNS,
            locked_table.COLUMNS,
            ("type",),
            "tarif-verrouille",
        ),
    ]


def _table(
    path: str,
    title: str,
    meanings: Meanings,
    order: Sequence[str],
    there: Iterable[str],
    needed: Iterable[str],
    name: str = "",
) -> TableFile:
    """Raises AssertionError when the reader knows another column than those that have a meaning."""
    if {*order} != {*meanings}:
        raise AssertionError(f"{path}: {sorted({*order} ^ {*meanings})} has no meaning or no use")
    present, full = {*there}, {*needed}
    columns = []
    for column in order:
        kind, meaning, *words = meanings[column]
        known = tuple(str(word) for word in words[0]) if words else ()
        columns.append(
            Column(column, kind, meaning, known, column in full, column in present | full)
        )
    short = path.removeprefix("data/")
    stem = name or short.removesuffix(".csv").replace("_", "-")
    return TableFile(stem, short, title, tuple(columns))
