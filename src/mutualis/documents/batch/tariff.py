"""The grid of the year, as voted or projected."""

from collections.abc import Iterator
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, write_table
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.tariffs.grid import Grid, Level, bracket_name
from mutualis.domain.value import Struct

_CENTRED = "cellule centrée"


class _Line(Struct, frozen=True):
    """A bracket of a level; its first one alone names it."""

    bracket: str
    code: str | None = None
    label: str | None = None
    rate: Decimal | None = None
    fixed: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None


_COLUMNS: tuple[Column[_Line], ...] = (
    Column("Niveau", lambda line: line.code, 10, _CENTRED),
    Column("Services", lambda line: line.label, 44, "cellule longue"),
    Column("Tranche de population", lambda line: line.bracket, 34),
    Column("Tarif par habitant", lambda line: line.rate, 15, "tarif"),
    Column("Part fixe", lambda line: line.fixed, 15, "euros"),
    Column("Plafond", lambda line: line.cap, 15, "euros"),
    Column("Minimum", lambda line: line.floor, 15, "euros"),
)
_HALF_DAYS: tuple[Column[tuple[str, Decimal]], ...] = (
    Column("Catégorie", lambda price: price[0], style=_CENTRED),
    Column("Agents", lambda price: f"agent de catégorie {price[0]}"),
    Column("Unité", lambda _: "demi-journée"),
    Column("Prix", lambda price: price[1], style="euros"),
)
_WIDE = len(_COLUMNS)


def write_tariff(sheet: Worksheet, plan: BillingPlan) -> None:
    grid = plan.grid
    widths(sheet, [column.width for column in _COLUMNS])
    put(sheet, 1, 1, f"Barème {grid.year}", "titre")
    put_wide(
        sheet, 2, 1, _WIDE, f"{wording.state(plan)}. Acte : {wording.act(grid)}.", "paragraphe"
    )
    row = 3
    if grid.indexed_from is not None:
        origin = wording.indexed_from(grid.indexed_from)
        put_wide(sheet, row, 1, _WIDE, f"Origine : {origin}.", "paragraphe")
        row += 1
    row += 1
    sheet.row_dimensions[row].height = 32
    levels = [level for level in grid.levels.values() if not level.is_on_quote]
    lines = [line for level in levels for line in _lines(level)]
    row = write_table(sheet, row, _COLUMNS, lines) - 1
    row = _write_half_days(sheet, row + 2, grid) + 1
    notes = [
        "Montant = population × tarif, plafonné s'il y a lieu, arrondi une fois au centime.",
        *(x.wealth.rule(x.code) for x in grid.levels.values() if x.wealth is not None),
        f"Population retenue : {wording.basis(plan.basis, grid.year)}.",
        *(
            f"Le niveau {level.code} comprend aussi : niveau {', niveau '.join(level.includes)}."
            for level in grid.levels.values()
            if level.includes
        ),
    ]
    for note in notes:
        row += 1
        put_wide(sheet, row, 1, _WIDE, note, "note")
    page(
        sheet,
        title=f"{wording.batch_title(plan)} - {wording.TARIFF} - {wording.state(plan)}",
        landscape=True,
    )


def _lines(level: Level) -> Iterator[_Line]:
    if not level.is_priced:
        yield _Line("gratuit", level.code, level.label)
    elif not level.brackets:
        yield _Line("toutes", level.code, level.label, level.per_inhabitant)
    for rank, bracket in enumerate(level.brackets):
        code, label = (level.code, level.label) if rank == 0 else (None, None)
        name, rate = bracket_name(level, rank), level.rate_of(bracket)
        yield _Line(name, code, label, rate, bracket.fixed, bracket.cap, bracket.floor)
    last = level.brackets[-1].up_to if level.brackets else None
    if last is not None:
        yield _Line(f"au-dessus de {wording.population_number(last)} habitants : pas de prix")


def _write_half_days(sheet: Worksheet, row: int, grid: Grid) -> int:
    level = grid.on_quote
    if level is None:
        return row
    put(sheet, row, 1, f"Niveau {level.code} : {level.label}", "intertitre")
    row = write_table(sheet, row + 1, _HALF_DAYS, tuple(level.half_day.items()), _WIDE) - 1
    if level.requires:
        row += 1
        text = f"Réservé aux communes adhérentes {level.requires} dans l'année."
        put_wide(sheet, row, 1, _WIDE, text, "note")
    return row
