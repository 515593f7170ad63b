"""What each key of the settings means: data/tariffs.toml, data/issuer.toml, data/criteria.toml.

Keys, types, bounds and defaults come from the models that read the files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from mutualis.files.data.criteria import _with_measures
from mutualis.files.data.issuer import _IssuerModel
from mutualis.files.data.tariffs_schema import TariffsModel

_RULE = {
    "base_year": "Année de la grille dont les montants sont indexés.",
    "rate": "Taux publié par l'INSEE (published), ou recalculé depuis les indices (computed).",
    "chain": "Depuis les montants non arrondis de base_year (exact), ou arrondis de l'année "
    "précédente (published).",
    "indexed": "Les sortes de montants que l'indexation change.",
    "never_decrease": "true : un taux négatif compte pour zéro.",
    "rounding": "Pas d'arrondi de chaque sorte de montant, en euros ; absent : 0.01 pour "
    "per_inhabitant, 1 pour les autres.",
}
_CRITERION = {
    "weight": "Poids du critère dans la moyenne ; 0 : sans effet.",
    "zero_at": "Chiffre auquel la note est 0.",
    "one_at": "Chiffre auquel la note est 1.",
    "act": "Acte qui adopte le critère.",
    "adopted_on": "Jour de cet acte.",
}
# By model, then by key.
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "TariffsModel": {
        "population": "Population du calcul, en vigueur au 1er janvier de l'année facturée.",
        "minimum_recovery": "Créance, TVA comprise, sous laquelle rien n'est mis en recouvrement.",
        "proration": "Adhésion d'une partie de l'année : due entière (full_year), par douzièmes "
        "(month), au jour (day).",
        "before_vote": "Devis avant le vote de la grille : aux prix de la dernière grille votée "
        "(previous_grid), ou refusé (refuse).",
        "indexation": "La règle d'indexation.",
        "grids": "Les grilles, une par année : [grids.2025].",
    },
    "IndexationModel": {**_RULE, "series": "Indice suivi : ensemble, ou hors_tabac."},
    "RuleModel": _RULE,
    "GridModel": {
        "status": "Votée (voted), ou projetée (projected) : seule une grille votée s'émet.",
        "act": "Numéro et date de la délibération.",
        "url": "Adresse où lire l'acte.",
        "checked_on": "Jour où l'acte a été vérifié à cette adresse.",
        "example": "true : des prix d'exemple, que l'émission refuse.",
        "levels": "Les niveaux d'adhésion, par leur code.",
        "indexation": "D'où vient une grille indexée ; écrit par mutualis index.",
    },
    "IndexedFromModel": {
        "from": "Année de la grille d'avant.",
        "month": "Mois de l'indice.",
        "rate": "Taux appliqué, en %.",
        "series": "Indice suivi.",
        "rule": "La règle d'indexation de ce jour-là.",
        "indices": "Les deux valeurs de l'indice dont le taux est recalculé.",
    },
    "LevelModel": {
        "label": "Libellé imprimé sur la facture.",
        "includes": "Niveaux dont il donne aussi les prestations.",
        "per_inhabitant": "Prix par habitant, en euros hors taxes.",
        "brackets": "Tranches de population, par up_to croissant.",
        "requires": "Niveau d'adhésion exigé pour avoir droit à celui-ci.",
        "half_days_per_request": "Demi-journées données au plus par question ou mission.",
        "half_day": "Prix d'une demi-journée par catégorie d'agents : le niveau est sur devis.",
        "wealth": "Coefficient de richesse du prix, facultatif.",
    },
    "BracketModel": {
        "up_to": "Dernière population de la tranche, comprise ; absent : sans borne.",
        "cap": "Plafond, en euros.",
        "per_inhabitant": "Prix par habitant de la tranche, à la place de celui du niveau.",
        "fixed": "Forfait de la tranche, en euros.",
        "floor": "Minimum, en euros.",
    },
    "WealthModel": {
        "reference": "Ce qui mesure la richesse.",
        "average": "Moyenne à laquelle le potentiel par habitant est rapporté, en euros.",
        "floor": "Plus petit coefficient.",
        "ceiling": "Plus grand coefficient.",
    },
    "_IssuerModel": {
        "name": "Nom de la collectivité qui émet.",
        "legal_form": "Forme juridique, imprimée si elle est remplie.",
        "siren": "SIREN, 9 chiffres.",
        "siret": "SIRET, 14 chiffres ; il commence par le SIREN.",
        "address": "Lignes de l'adresse.",
        "postal_code": "Code postal.",
        "city": "Ville.",
        "service": "Service qui facture.",
        "contact": "Téléphone ou courriel du service, imprimé s'il est rempli.",
        "example": "true : dossier d'exemple, tout est marqué EXEMPLE et numéroté EX.",
        "signatories": "Les signataires, qui se suivent dans le temps.",
        "vat": "Régime de TVA.",
        "payment": "Comment la facture se paie.",
        "electronic": "Facture électronique.",
        "numbers": "Formats des numéros, attribués à l'émission.",
        "accounts": "Comptes de l'imputation, à confirmer par le comptable.",
        "export": "Fichier d'import du logiciel financier.",
        "delays": "Délais.",
        "legal": "Textes cités sur les documents.",
        "letters": "Ce que disent les lettres après une séance.",
    },
    "_SignatoryModel": {
        "name": "Prénom et nom.",
        "capacity": "Qualité, par exemple « La Présidente ».",
        "delegation": "Arrêté de délégation, s'il y en a un.",
        "from": "Premier jour où il signe.",
        "until": "Dernier jour où il signe ; absent : sans fin.",
    },
    "VatModel": {
        "category": "Catégorie de la norme EN 16931 : O (hors champ) ou E (exonéré).",
        "reason": "Motif imprimé.",
        "reason_code": "Code VATEX du motif.",
        "number": "Numéro de TVA, obligatoire dès qu'une catégorie n'est pas O.",
        "rules": "Ce qui est taxé autrement.",
    },
    "_RuleModel": {
        "product": "Produit que la règle vise : adhésions (membership) ou demi-journées "
        "(half_days).",
        "service": "Ou la prestation qu'elle vise, de services.csv.",
        "category": "Taxé (S), exonéré (E) ou hors champ (O).",
        "rates": "Taux, du plus ancien au plus récent.",
        "reason": "Motif imprimé, quand ce n'est pas taxé.",
        "reason_code": "Code VATEX du motif.",
    },
    "_RateModel": {"from": "Premier jour du taux.", "rate": "Taux, en %."},
    "_PaymentModel": {
        "text": "Conditions de paiement imprimées.",
        "iban": "IBAN, seulement si la facture se paie sans titre.",
        "bic": "BIC, avec un IBAN.",
        "due_days": "Échéance, en jours après l'émission.",
    },
    "_ElectronicModel": {"embed": "true : le PDF porte ses données (Factur-X)."},
    "_NumbersModel": {
        "invoice": "Factures.",
        "statement": "Relevés des retenues sur attribution de compensation.",
        "credit": "Avoirs.",
        "quote": "Devis.",
    },
    "_AccountsModel": {
        "membership": "Adhésions.",
        "half_days": "Demi-journées.",
        "cancelled": "Titres annulés sur exercices clos.",
        "remise": "Remises gracieuses.",
        "deferred": "Produits constatés d'avance.",
    },
    "_ExportModel": {
        "delimiter": "Séparateur des colonnes.",
        "encoding": "Encodage.",
        "decimal": "Signe décimal.",
        "date": "Écriture des dates.",
        "columns": "Colonnes, dans leur ordre ; vide : les principales.",
    },
    "_ColumnModel": {
        "title": "Titre de la colonne.",
        "field": "Champ qu'elle porte (docs/registre.md).",
        "value": "Ou le même texte à chaque ligne.",
    },
    "_DelaysModel": {"quote_valid_days": "Durée de validité d'un devis, en jours."},
    "LegalModel": {
        "regime": "Texte sous lequel les services sont rendus ; vide : non dit.",
        "text": "Ce qui le précise, par exemple la convention et sa date.",
        "withheld": "Délibération qui permet de retenir sur l'attribution de compensation.",
        "populations": "Décret qui authentifie les populations, par année facturée.",
    },
    "LettersModel": {"appeal": "Voies et délais de recours, imprimés s'ils sont remplis."},
    "_File": {
        "planning": "Les mois à planifier.",
        "criteria": "Les critères qui classent les demandes.",
        "directorates": "Ce que chaque direction peut donner, par son nom.",
    },
    "_PlanningModel": {
        "months": "Nombre de mois planifiés.",
        "from": "Premier mois planifié, AAAA-MM.",
    },
    "_Criteria": {
        "waiting": "Jours entre la demande et le premier mois planifié.",
        "under_way": "Projets de la commune déjà en cours.",
        "population": "Habitants de la commune.",
        "wealth": "Potentiel financier, en euros par habitant.",
        "received": "Demi-journées déjà reçues, pour 1 000 habitants.",
    },
    "_CriterionModel": _CRITERION,
    "_ReceivedModel": {**_CRITERION, "years": "Nombre d'années comptées."},
    "_DirectorateModel": {
        "half_days": "Demi-journées par mois, toutes catégories d'agents réunies.",
        "exceptions": "Mois où ce n'est pas le cas ; 0 : fermé.",
    },
}


@dataclass(frozen=True)
class SettingsFile:
    name: str
    title: str
    model: type[BaseModel]


def files() -> tuple[SettingsFile, ...]:
    return (
        SettingsFile("tariffs", "Les grilles tarifaires et leurs réglages", TariffsModel),
        SettingsFile("issuer", "Qui émet les factures et les devis", _IssuerModel),
        SettingsFile("criteria", "Les critères de priorisation", _with_measures()),
    )


def schema_of(file: SettingsFile) -> dict[str, Any]:
    """The JSON Schema of a file, with what each key means; raises AssertionError for a key
    without a meaning, or a meaning without a key."""
    made = file.model.model_json_schema()
    tables = {file.model.__name__: made, **made.get("$defs", {})}
    for name, table in tables.items():
        meanings, known = MEANINGS[name], table["properties"]
        if {*meanings} != {*known}:
            raise AssertionError(f"{name}: {sorted({*meanings} ^ {*known})}")
        table["properties"] = {key: _plain(known[key], meanings[key]) for key in known}
        table.pop("title", None)
        table.pop("description", None)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": file.title}
    return {**head, **made}


def _plain(value: dict[str, Any], meaning: str) -> dict[str, Any]:
    """The schema of a value, as TOML has it: no null, no number in quotation marks."""
    choices = [one for one in value.get("anyOf", ()) if one != {"type": "null"}]
    rest = {key: part for key, part in value.items() if key not in ("anyOf", "examples", "title")}
    if rest.get("default", 0) is None:
        del rest["default"]
    if len(choices) == 1:
        rest = {**_number(choices[0]), **rest}
    elif choices:
        rest["anyOf"] = choices
    rest = _number(rest)
    if "$ref" in rest:  # what stands beside a reference is nothing to a draft-07
        rest["allOf"] = [{"$ref": rest.pop("$ref")}]
        rest.pop("default", None)  # that of the keys of the table
    for key, part in rest.get("patternProperties", {}).items():
        rest["patternProperties"][key] = _number(part)
        rest["additionalProperties"] = False
        rest.pop("propertyNames", None)  # the pattern says it
    return {"description": meaning, **{k: v for k, v in rest.items() if k != "description"}}


_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum"}


def _number(value: dict[str, Any]) -> dict[str, Any]:
    """A decimal, which pydantic lets be a text, as a number within its bounds."""
    made = {_BOUNDS.get(key, key): _bound(part) for key, part in value.items()}
    made.pop("decimal_places", None)
    if {"type": "number"} in made.get("anyOf", ()) and {"type": "string"} in made["anyOf"]:
        del made["anyOf"]
        made = {"type": "number", **made}
    made = {
        key: [_number(one) for one in part] if key == "anyOf" else part
        for key, part in made.items()
    }
    for key in ("items", "additionalProperties"):
        if isinstance(made.get(key), dict):
            made[key] = _number(made[key])
    return made


def _bound(part: Any) -> Any:
    return int(part) if isinstance(part, Decimal) else part


def keys(file: SettingsFile) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Each key by its dotted path (« * » for a name of the user's), its schema, whether it must
    be there; tables before what they hold."""
    made = schema_of(file)
    yield from _keys(made, made, "")


def _keys(root: dict[str, Any], table: dict[str, Any], path: str) -> Iterator[Any]:
    for key, value in table["properties"].items():
        own = f"{path}{key}"
        yield own, value, key in table.get("required", ())
        for step, inner in _inner(value):
            name = inner["$ref"].rpartition("/")[2] if "$ref" in inner else ""
            if name:
                yield from _keys(root, root["$defs"][name], f"{own}{step}.")


def _inner(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in value.get("allOf", ()):
        yield "", part
    if "items" in value:
        yield "[]", value["items"]
    for part in value.get("patternProperties", {}).values():
        yield ".*", part
    if isinstance(value.get("additionalProperties"), dict):
        yield ".*", value["additionalProperties"]
