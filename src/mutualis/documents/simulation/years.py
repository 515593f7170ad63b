"""The revenue of several years: a table and its chart."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, summing, write_table
from mutualis.documents.excel.sheet import page, put, put_wide, widths
from mutualis.documents.simulation import words
from mutualis.documents.simulation.charts import add_bars
from mutualis.domain.simulation.projection import Revenue
from mutualis.domain.value import Struct

_WIDTHS = (22, 20, 20, 20, 20)


class YearTotal(Struct, frozen=True):
    """What a year brings in on each side; the baseline's is None where it is of another year."""

    year: int
    before: Decimal | None
    after: Decimal


class YearTotals(Struct, frozen=True):
    """The year simulated and those after it, indexed by a supposed rate (% a year) where INSEE's is
    not known; `is_given` tells a rate that was asked for from the last that is known."""

    years: Sequence[YearTotal]
    rate: Decimal
    is_given: bool


def write_years(sheet: Worksheet, totals: YearTotals) -> None:
    """Both sides, year after year."""
    years = totals.years
    _head(
        sheet,
        years[0].year,
        years[-1].year,
        words.supposed(years[0].year, totals.rate, totals.is_given),
    )
    columns: list[Column[YearTotal]] = [
        Column("Année", lambda item: str(item.year), total=lambda _: "Total"),
        summing(words.SCENARIO, lambda item: item.after),
    ]
    if all(item.before is not None for item in years):
        columns.insert(1, summing(words.BASELINE, lambda item: item.before or Decimal(0)))
        columns.append(summing("Écart", lambda item: item.after - (item.before or Decimal(0))))
    after = write_table(sheet, 5, columns, years) + 1
    places = [2, 3] if len(columns) > 2 else [2]
    _chart(sheet, after, places, len(years))
    _page(sheet)


def write_revenues(sheet: Worksheet, found: Sequence[Revenue], supposed: str) -> None:
    """Each level under each reading, then the totals; the chart is of the first reading."""
    _head(sheet, found[0].year, found[-1].year, supposed)
    readings = list(found[0].totals)
    columns: list[Column[Revenue]] = [
        Column("Année", lambda item: str(item.year), total=lambda _: "Total"),
        *(_reading(name) for name in readings),
        Column("Distance", lambda item: item.drift, style="euros"),
    ]
    after = write_table(sheet, 5, columns, found) + 1
    after = _chart(sheet, after, [2], len(found))
    sheet.row_breaks.append(Break(id=after - 1))
    for name in readings:
        put(sheet, after, 1, f"Par niveau : {words.READINGS[name]}", "intertitre")
        levels = [total.level for total in found[0].by_level[name]]
        own: list[Column[Revenue]] = [
            Column("Année", lambda item: str(item.year), total=lambda _: "Total"),
            *(_level(name, level) for level in levels),
        ]
        after = write_table(sheet, after + 1, own, found, len(columns)) + 1
    _page(sheet)


def _head(sheet: Worksheet, first: int, last: int, supposed: str) -> None:
    widths(sheet, _WIDTHS)
    put(sheet, 1, 1, f"{words.MARK} : recette de {first} à {last}", "titre")
    sheet.row_dimensions[1].height = 30
    put_wide(sheet, 2, 1, len(_WIDTHS), words.NOTHING_VOTED, "alerte", 18)
    put_wide(sheet, 3, 1, len(_WIDTHS), supposed, "paragraphe")


def _page(sheet: Worksheet) -> None:
    page(sheet, title=f"{words.MARK} - {sheet.title}", landscape=True)


def _chart(sheet: Worksheet, row: int, places: Sequence[int], count: int) -> int:
    return add_bars(sheet, row, words.YEARS, "Recette (€)", places, (5, 5 + count), width=24)


def _reading(name: str) -> Column[Revenue]:
    return summing(words.READINGS[name].capitalize(), lambda item: item.totals[name])


def _level(name: str, level: str) -> Column[Revenue]:
    def amount(item: Revenue) -> Decimal:
        own = (total.amount for total in item.by_level[name] if total.level == level)
        return sum(own, Decimal(0))

    return summing(f"Niveau {level}", amount)
