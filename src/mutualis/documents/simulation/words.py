"""The French of a simulation's workbook."""

from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french import typography as french
from mutualis.domain.simulation.comparison import ChangeClass
from mutualis.domain.simulation.dataset import Dataset
from mutualis.domain.tariffs.proration import FULL_YEAR, MONTH

MARK = "SIMULATION"
COMPARISON, SIMULATOR, CALCULATION, POINTS, YEARS = (
    *("Comparaison", "Simulateur", "Calcul"),
    *("Graphique", "Recette par année"),
)
BASELINE, SCENARIO = "Référence", "Scénario"
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
CLASSES = {
    ChangeClass.GAINS: "paie moins",
    ChangeClass.UNCHANGED: "paie autant",
    ChangeClass.LOSES: "paie plus",
    ChangeClass.ZERO: "ne paie rien",
    ChangeClass.STARTS: "se met à payer",
}
NOT_THERE = "montant fixe : plus de ligne"
SEVERAL_ROWS = "plusieurs périodes, dessous"
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
