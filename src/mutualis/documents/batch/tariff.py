"""The grid of the year, as voted or projected."""

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.sheet import heads, page, put, put_row, put_wide, widths
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.tariffs.grid import Grid, Level, bracket_name

_WIDTHS = (10, 44, 34, 15, 15, 15, 15)
_HEADER = (
    "Niveau",
    "Services",
    "Tranche de population",
    "Tarif par habitant",
    "Part fixe",
    "Plafond",
    "Minimum",
)
_STYLES = ("cellule centrée", "cellule longue", "cellule", "tarif", "euros", "euros", "euros")


def write_tariff(sheet: Worksheet, plan: BillingPlan) -> None:
    grid = plan.grid
    widths(sheet, _WIDTHS)
    put(sheet, 1, 1, f"Barème {grid.year}", "titre")
    put_wide(sheet, 2, 1, 7, f"{wording.state(plan)}. Acte : {wording.act(grid)}.", "paragraphe")
    row = 3
    if grid.indexed_from is not None:
        origin = wording.indexed_from(grid.indexed_from)
        put_wide(sheet, row, 1, 7, f"Origine : {origin}.", "paragraphe")
        row += 1
    row += 1
    put_row(sheet, row, _HEADER, heads(_STYLES))
    sheet.row_dimensions[row].height = 32
    for level in grid.levels.values():
        if not level.is_on_quote:
            row = _write_level(sheet, row + 1, level)
    row = _write_half_days(sheet, row + 2, grid) + 1
    notes = [
        "Montant = population × tarif, plafonné s'il y a lieu, arrondi une fois au centime.",
        f"Population retenue : {wording.basis(plan.basis, grid.year)}.",
        *(
            f"Le niveau {level.code} comprend aussi : niveau {', niveau '.join(level.includes)}."
            for level in grid.levels.values()
            if level.includes
        ),
    ]
    for note in notes:
        row += 1
        put_wide(sheet, row, 1, 7, note, "note")
    page(
        sheet,
        title=f"{wording.batch_title(plan)} - {wording.TARIFF} - {wording.state(plan)}",
        landscape=True,
    )


def _write_level(sheet: Worksheet, row: int, level: Level) -> int:
    """The rows of a level, one a bracket; returns the last one."""
    if not level.is_priced:
        put_row(sheet, row, (level.code, level.label, "gratuit", *(None,) * 4), _STYLES)
        return row
    if not level.brackets:
        values = (level.code, level.label, "toutes", level.per_inhabitant, *(None,) * 3)
        put_row(sheet, row, values, _STYLES)
        return row
    for rank, bracket in enumerate(level.brackets):
        rate = level.rate_of(bracket)
        head = (level.code, level.label) if rank == 0 else (None, None)
        values = (
            *head,
            bracket_name(level, rank),
            rate,
            bracket.fixed,
            bracket.cap,
            bracket.floor,
        )
        put_row(sheet, row + rank, values, _STYLES)
    last = level.brackets[-1].up_to
    row += len(level.brackets) - 1
    if last is not None:
        row += 1
        note = f"au-dessus de {wording.population_number(last)} habitants : pas de prix"
        put_row(sheet, row, (None, None, note, *(None,) * 4), _STYLES)
    return row


def _write_half_days(sheet: Worksheet, row: int, grid: Grid) -> int:
    level = grid.on_quote
    if level is None:
        return row
    put(sheet, row, 1, f"Niveau {level.code} : {level.label}", "intertitre")
    row += 1
    styles = ("cellule centrée", "cellule", "cellule", "euros")
    put_row(sheet, row, ("Catégorie", "Agents", "Unité", "Prix"), heads(styles))
    for category, price in level.half_day.items():
        row += 1
        values = (category, f"agent de catégorie {category}", "demi-journée", price)
        put_row(sheet, row, values, styles)
    if level.requires:
        row += 1
        text = f"Réservé aux communes adhérentes {level.requires} dans l'année."
        put_wide(sheet, row, 1, 7, text, "note")
    return row
