"""The two sides of a simulation, each on a sheet of its own."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.simulation import words
from mutualis.documents.simulation.years import YearTotals
from mutualis.domain.simulation.comparison import Compared
from mutualis.domain.simulation.differences import Difference
from mutualis.domain.simulation.priced import Due, PricedYear
from mutualis.domain.value import Struct


class Sides(Struct, frozen=True):
    """Both sides, their titles, what they do not agree on, and each commune on them; `strata` are
    the last populations of the sizes of communes, `top` how many changes are shown; `years`
    is None where those after cannot be priced."""

    baseline: PricedYear
    scenario: PricedYear
    titles: tuple[str, str]
    differences: Sequence[Difference]
    lines: Sequence[Compared]
    strata: Sequence[int]
    top: int
    years: YearTotals | None = None

    @property
    def year(self) -> int:
        return self.scenario.year


_COLUMNS: tuple[Column[Due], ...] = (
    Column("Code INSEE", lambda due: due.row.code_insee, 9, "cellule centrée"),
    Column("Commune", lambda due: due.row.name, 30, total=lambda _: "Total"),
    Column("Niveau", lambda due: due.level or words.NO_MEMBER, 14, "cellule centrée"),
    Column("Population", lambda due: due.population, 12, "entier"),
    Column(
        "Calcul, avant seuil de recouvrement",
        lambda due: None if due.line is None else due.line.explanation,
        70,
        "calcul",
    ),
    Column("Dû", lambda due: due.amount, 15, "euros", lambda dues: sum(due.amount for due in dues)),
)


def write_side(sheet: Worksheet, side: PricedYear, title: str) -> None:
    """What each commune owes on a side, and how."""
    write_listing(
        sheet,
        _COLUMNS,
        list(side.dues.values()),
        title=f"{sheet.title} {side.year}",
        footer=title,
        freeze="Niveau",
    )
