"""The cover of a batch: what it is worth, who pays what, who does not and why, by which rules."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, ScatterChart
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.level_chart import write_levels
from mutualis.documents.excel import printed
from mutualis.documents.excel.columns import Column, summing, write_table
from mutualis.documents.excel.sheet import link, page, put, put_row, put_wide, widths
from mutualis.documents.wording import batch as words
from mutualis.documents.wording import invoices as wording
from mutualis.documents.wording.parties import marked
from mutualis.domain.french.memberships import deferred
from mutualis.domain.french.tariffs import price as price_name
from mutualis.domain.french.typography import count, euros, long_date
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.regularisation import Regularisation
from mutualis.domain.issuing.year_on_year import YearOnYear
from mutualis.domain.memberships.plan import BillingPlan, LevelTotal, NotBilled, total
from mutualis.domain.money import ZERO
from mutualis.domain.problems.problem import Source
from mutualis.domain.tariffs.grid import bracket_name
from mutualis.domain.tariffs.tariffs import Tariffs

_WIDTHS = (30, 35, 15, 15, 23)
_LAST = len(_WIDTHS)
_AMOUNT = 5  # the column of the amounts
_CHARTS = (12, 9.7, 7.5)  # centimetres: the width of each, in the columns A-B and C-E; height


def write_summary(
    sheet: Worksheet,
    plan: BillingPlan,
    issuer: Issuer,
    tariffs: Tariffs,
    made_on: date,
    compared: YearOnYear,
    by_level: Sequence[LevelTotal],
    regularised: Sequence[Regularisation],
    chart: ScatterChart,
) -> dict[str, str]:
    """Tables, among them two charts: each level and the year before, the fee by the population.

    Returns, by the title of the sheet of amounts, the cell of what this batch asks of it.
    """
    totals: dict[str, str] = {}
    widths(sheet, _WIDTHS)
    row = _cover(sheet, plan, issuer, made_on)
    row = _by_level(sheet, row, plan, by_level, totals)
    row = _regularised(sheet, row, regularised)
    row = _apart(sheet, row, plan, totals)
    start = row
    row, levels = write_levels(sheet, row, compared, _LAST)
    row = _charts(sheet, row, chart, levels)
    # Charts that would be cut begin the next page, under their table.
    if printed.bottom(sheet, row) > printed.depth(landscape=False):
        sheet.row_breaks.append(Break(id=start - 1))
    row = _without_fee(sheet, row, plan.without_fee)
    _parameters(sheet, row, plan, tariffs)
    page(sheet, title=f"{issuer.name} - {wording.batch_title(plan)}", one_page=True)
    return totals


def _charts(sheet: Worksheet, row: int, fees: ScatterChart, levels: BarChart | None) -> int:
    """Side by side, or the first one alone on the whole width; returns the next row."""
    left, right, height = _CHARTS
    fees.width = left + right if levels is None else left  # type: ignore[assignment]
    fees.height = height
    sheet.add_chart(fees, f"A{row}")
    if levels is not None:
        levels.width, levels.height = right, height  # type: ignore[assignment]
        sheet.add_chart(levels, f"C{row}")
    return row + printed.rows_under(height) + 1


def _cover(sheet: Worksheet, plan: BillingPlan, issuer: Issuer, made_on: date) -> int:
    put(sheet, 1, 1, marked(issuer, wording.batch_title(plan)), "titre")
    sheet.row_dimensions[1].height = 30
    put(sheet, 2, 1, f"{issuer.name}, établi le {long_date(made_on)}", "discret")
    row = 4
    style = "alerte" if plan.issue is None else "encadré"
    banners = [(text, style) for text in (wording.state(plan), wording.state_detail(plan))]
    banners.append((wording.selection(plan), style))
    if plan.issue is not None and plan.issue.deferred:
        banners.append((deferred(plan.year, issuer.account("deferred")), style))
    banners.append((wording.example_levels(plan), "alerte"))
    for banner, look in banners:
        if banner:
            put_wide(sheet, row, 1, _LAST, banner, look, 18)
            row += 1
    return row + 1


def _by_level(
    sheet: Worksheet,
    row: int,
    plan: BillingPlan,
    by_level: Sequence[LevelTotal],
    totals: dict[str, str],
) -> int:
    """The memberships of the year once this is issued: each counts once, whatever its documents."""
    alone = plan.total == sum((level.amount for level in by_level), ZERO)
    put(sheet, row, 1, words.by_level_title(plan, alone=alone), "intertitre")
    columns: list[Column[LevelTotal]] = [
        Column("Niveau", lambda x: f"Niveau {x.level}", total=lambda _: "Total"),
        Column("Services", lambda x: x.label, style="cellule longue"),
        summing("Communes", lambda x: x.communes, style="entier"),
        summing("Population", lambda x: x.population, style="entier"),
        summing("Montant", lambda x: x.amount),
    ]
    row = write_table(sheet, row + 1, columns, by_level)
    if not alone:
        put(sheet, row, 1, words.of_this_batch(plan), "discret")
        put(sheet, row, _AMOUNT, plan.total, "euros")
        row += 1
    totals[wording.RECAP] = f"{letter(_AMOUNT)}{row - 1}"
    return row + 1


def _regularised(sheet: Worksheet, row: int, documents: Sequence[Regularisation]) -> int:
    if not documents:
        return row
    put(sheet, row, 1, wording.REGULARISED, "intertitre")
    put_wide(sheet, row + 1, 1, _LAST, words.regularised(documents), "paragraphe")
    cell = sheet.cell(row + 1, 1)
    assert isinstance(cell, Cell)
    link(cell, wording.REGULARISED, "A1", words.OPEN_REGULARISED)
    return row + 3


def _apart(sheet: Worksheet, row: int, plan: BillingPlan, totals: dict[str, str]) -> int:
    """Fees that are computed but not invoiced, each kind with its own total."""
    kinds = (
        ("Retenues sur l'attribution de compensation", wording.WITHHELD, plan.withheld),
        (
            f"Sous le seuil de recouvrement ({euros(plan.minimum_recovery)})",
            wording.BELOW,
            plan.below_minimum,
        ),
    )
    if not any(lines for _, _, lines in kinds):
        return row
    put(sheet, row, 1, "À part, sans facture", "intertitre")
    row += 1
    styles = ("cellule longue", "cellule", "entier", "entier", "euros")
    for title, name, lines in kinds:
        if lines:
            people = sum(line.fee.population for line in lines)
            values = (title, f"détail : feuille « {name} »", len(lines), people, total(lines))
            put_row(sheet, row, values, styles)
            sheet.row_dimensions[row].height = 30
            totals[name] = f"{letter(_AMOUNT)}{row}"
            row += 1
    return row + 1


def _without_fee(sheet: Worksheet, row: int, communes: Sequence[NotBilled]) -> int:
    put(sheet, row, 1, "Communes sans facture", "intertitre")
    row += 1
    if not communes:
        put(sheet, row, 1, "aucune", "corps")
        return row + 2
    put_row(sheet, row, ("Raison", "Communes", None, None, None), ("tête gauche",) * _LAST)
    for reason, names in _by_reason(communes):
        row += 1
        put(sheet, row, 1, reason, "paragraphe")
        sheet.row_dimensions[row].height = printed.LINE * printed.lines(reason, _WIDTHS[0])
        put_wide(sheet, row, 2, _LAST, names, "retrait")
    return row + 2


def _by_reason(communes: Sequence[NotBilled]) -> Iterator[tuple[str, str]]:
    ordered = sorted(communes, key=lambda item: (item.reason, item.commune.code_insee))
    for reason, items in groupby(ordered, key=lambda item: item.reason):
        group = [item.commune for item in items]
        yield f"{reason} ({count(len(group), 'commune')})", wording.names(group)


def _parameters(sheet: Worksheet, row: int, plan: BillingPlan, tariffs: Tariffs) -> None:
    put(sheet, row, 1, f"Paramètres {plan.year}", "intertitre")
    row += 1
    header = ("Paramètre", "Valeur", None, None, "Source")
    put_row(sheet, row, header, ("tête gauche",) * _LAST)
    for name, value, source in _settings(plan, tariffs):
        row += 1
        for column in range(1, _LAST + 1):
            put(sheet, row, column, None, "cellule")
        put(sheet, row, 1, name, "cellule")
        put_wide(sheet, row, 2, 4, value, "cellule longue")
        put(sheet, row, _LAST, str(source), "cellule")


def _settings(plan: BillingPlan, tariffs: Tariffs) -> Iterator[tuple[str, str, Source]]:
    grid = plan.grid
    yield "Acte", wording.act(grid), tariffs.grid_source(grid.year, "act")
    yield "Population", wording.basis(plan.basis, grid.year), tariffs.source("population")
    minimum = euros(plan.minimum_recovery)
    yield "Seuil de recouvrement", minimum, tariffs.source("minimum_recovery")
    for price in grid.prices():
        level = grid.levels[price.level]
        source = tariffs.grid_source(grid.year, price.key)
        name = price_name(price.level, price.kind)
        value = euros(price.value)
        if ".brackets." in price.key:
            value += f", {bracket_name(level, int(price.key.split('.')[3]))}"
        if price.category:
            name += f" catégorie {price.category}"
        yield name, value, source
    if grid.indexed_from is not None:
        source = tariffs.grid_source(grid.year, "indexation.rate")
        yield "Indexation", wording.indexed_from(grid.indexed_from), source
