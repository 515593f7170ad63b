"""The French of a batch's control: what is recomputed, and compared with the cover."""

from mutualis.domain.french.typography import period
from mutualis.domain.tariffs.proration import Part

INTRO = (
    "Chaque montant dû est recalculé par une formule, à partir de la population, du tarif, du "
    "plafond, des parts de l'année et des remises, puis comparé à celui du lot ; le reste est "
    "comparé au montant dû moins ce qui est déjà émis, et son total à la synthèse."
)
RECONCILED = "Rapprochement du reste avec la synthèse"
RECONCILED_HEADER = ("Synthèse", "Contrôle", "Écart", "Verdict")


def part_name(part: Part) -> str:
    """A part of a year, under the name of the commune that owes it: whose it is, and when."""
    if part.is_whole:
        return part.row.name
    return f"{part.row.name}, {period(part.first_day, part.last_day)}"
