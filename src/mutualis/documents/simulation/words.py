"""The French of a simulation's workbook."""

from decimal import Decimal

from mutualis.domain.changes.change import Effects
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import typography as french
from mutualis.domain.french.memberships import EFFECTS
from mutualis.domain.simulation.comparison import ChangeClass, Compared
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.simulation.differences import Difference
from mutualis.domain.tariffs.grid import Level
from mutualis.domain.tariffs.proration import FULL_YEAR, MONTH

MARK = "SIMULATION"
COMPARISON, SIMULATOR, CALCULATION, POINTS, YEARS = (
    *("Comparaison", "Simulateur", "Calcul"),
    *("Graphique", "Recette par année"),
)
BASELINE, SCENARIO = "Référence", "Scénario"
SIDES = (f"{MARK} {SCENARIO}", f"{MARK} {BASELINE}")  # a list has no title but its sheet's
NO_MEMBER = "non adhérente"
NO_PRICE = "pas de prix"
UNKNOWN_LEVEL = "niveau inconnu"
NO_POTENTIAL = "potentiel financier inconnu"
HALF_CENT = "au demi-centime : voir mutualis"
TOO_LARGE = "trop grand : voir mutualis"
TO_REVIEW = "à revoir"
NOTHING_VOTED = (
    "SIMULATION : rien n'est voté, rien n'est écrit. Ces montants ne peuvent être ni émis, ni "
    "inscrits au registre."
)
HOW = (
    "Les cellules à fond jaune se modifient : prix, bornes, plafonds, seuil, niveau de chaque "
    "commune. Tout le reste se recalcule. La feuille est protégée sans mot de passe ; pour "
    "revenir au départ, refermer sans enregistrer."
)
CALCULATION_NOTE = (
    "Les étapes du simulateur, en nombres entiers : un millionième d'euro pour les prix, un "
    "centime pour ce qui est dû. Rien n'est à saisir ici."
)
NOT_PROJECTED = (
    "Recette par année : pas de projection, faute d'un taux d'indice ou d'un prix pour chaque "
    "commune ; mutualis simulate --years dit ce qui manque."
)
READINGS = {
    "published/exact": "publié, exact",
    "published/published": "publié, arrondi",
    "computed/exact": "recalculé, exact",
}
CLASSES = {
    ChangeClass.GAINS: "paie moins",
    ChangeClass.UNCHANGED: "paie autant",
    ChangeClass.LOSES: "paie plus",
    ChangeClass.ZERO: "ne paie rien",
    ChangeClass.STARTS: "se met à payer",
}
NOT_THERE = "montant fixe : pas dans l'année"
SEVERAL_ROWS = "plusieurs périodes, en bas"
SEVERAL = "Communes à plusieurs périodes : le niveau de chacune"
WITHHELD = "retenue sur l'AC, sans seuil"
REVIEW = (
    "À revoir : un prix négatif, des bornes qui ne croissent pas, ou une commune sans montant "
    "(population au-dessus de la dernière tranche, niveau inconnu)."
)
NOT_A_LEVEL = "Un niveau de la grille, ou « non adhérente »."
NOT_A_BOUND = "Un nombre d'habitants, entier ; vide pour une tranche sans limite."
NOT_A_PRICE = "Un nombre positif ; vide pour ne rien fixer."


def title(year: int) -> str:
    return f"{MARK} : adhésions {year}"


def rules(dataset: Dataset) -> str:
    """What the simulator does not let change."""
    kept = {
        FULL_YEAR: "une partie d'année doit l'année entière, au montant le plus élevé",
        MONTH: "une partie d'année doit ses douzièmes",
    }
    parts = [
        kept.get(dataset.tariffs.proration, "une partie d'année doit ses jours"),
        f"population {dataset.tariffs.population}",
    ]
    if dataset.vat:
        parts.append("prix avant TVA, montants dus TVA comprise")
    return f"Ne changent pas ici : {' ; '.join(parts)}."


def period(row: CommuneYear) -> str:
    return f"{row.name}, {french.period(row.first_day, row.last_day)}"


def curve_title(level: Level, vat: Decimal) -> str:
    """What the curve of a level is of: its prices are before tax, for average wealth."""
    taxed = " avant TVA" if vat else ""
    of = "" if level.wealth is None else ", coefficient 1"
    return f"Niveau {level.code} : montant{taxed} selon la population{of}"


def size(first: int, last: int | None) -> str:
    """A size of communes."""
    if last is None:
        return f"{french.number(first)} et plus"
    return f"{french.number(first)} à {french.number(last)}"


def causes(effects: Effects) -> str:
    """The causes of a change, the largest first."""
    moved = [(name, amount) for name, amount in effects.by_name.items() if amount]
    ordered = sorted(moved, key=lambda item: -abs(item[1]))
    return ", ".join(f"{EFFECTS[name]} {french.signed_euros(amount)}" for name, amount in ordered)


def levels(line: Compared) -> str:
    before, after = (level or "-" for level in line.levels)
    return after if before == after else f"{before} → {after}"


def value(item: Difference, amount: Decimal | str | None) -> str:
    """A price or a setting of one side."""
    if amount is None:
        return "-"
    if isinstance(amount, str):
        return amount
    return french.euros(amount) if item.is_price else french.number(amount)


def supposed(year: int, rate: Decimal, is_given: bool) -> str:
    """By what the years after are indexed."""
    value = french.signed_percent(rate)
    index = (
        f"de {value} par an (--cpi), à la place du taux de l'INSEE"
        if is_given
        else f"du taux de l'INSEE, et là où il n'y en a pas encore de {value} par an, son dernier "
        "taux de décembre connu (--cpi en donne un autre)"
    )
    return (
        f"Grille de {year} indexée d'année en année {index}, selon la lecture en vigueur de la "
        "règle ; populations et niveaux inchangés."
    )
