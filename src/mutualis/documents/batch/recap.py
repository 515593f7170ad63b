"""The batch as a table: one row an invoice, a total row, ready to filter, print and import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel import columns as kit
from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import Value, link
from mutualis.documents.wording import invoices as wording
from mutualis.domain.memberships.plan import BillingLine, BillingPlan, total
from mutualis.domain.tariffs.fees import FeeBreakdown

FIRST_ROW = 2
_CENTRED, _LONG = "cellule centrée", "cellule longue"


@dataclass(frozen=True, slots=True)
class RecapColumn(Column[BillingLine]):
    """In the sheets of fees without an invoice, `apart` is the title where it is another one, and
    a column `of_invoices` is not there."""

    apart: str = ""
    of_invoices: bool = False


def _simple(value: Callable[[FeeBreakdown], Value]) -> Callable[[BillingLine], Value]:
    """A figure of the fee, where it is the whole calculation."""
    return lambda line: value(line.fee) if line.is_simple else None


COLUMNS = {
    "number": RecapColumn("N° facture", lambda line: line.number, 13, "cellule", apart="Suite"),
    "code": RecapColumn("Code INSEE", lambda line: line.commune.code_insee, 9, _CENTRED),
    "commune": RecapColumn("Commune", lambda x: x.commune.name, 25, _LONG, lambda _: "Total"),
    "siren": RecapColumn("SIREN", lambda line: line.commune.siren, 12, _CENTRED),
    "level": RecapColumn("Niveau", lambda line: line.fee.level.code, 8, _CENTRED),
    "population": RecapColumn(
        "Population",
        lambda line: line.fee.population,
        11,
        "entier",
        lambda lines: sum(line.fee.population for line in lines),
    ),
    "rate": RecapColumn("Tarif", _simple(lambda fee: fee.rate), 10, "tarif"),
    "gross": RecapColumn("Montant brut", _simple(lambda fee: fee.gross), 13, "euros"),
    "cap": RecapColumn("Plafond", _simple(lambda fee: fee.cap), 12, "euros"),
    "amount": RecapColumn("Montant dû", lambda line: line.amount, 14, "euros", total),
    "calculation": RecapColumn("Calcul", lambda line: line.explanation, 46, "calcul"),
    "titre": RecapColumn("N° titre", lambda _: None, 10, "cellule", of_invoices=True),
}


def letter_of(name: str, *, apart: bool = False) -> str:
    """The letter of a column, by its name in COLUMNS."""
    return kit.letter_of(_shown(apart=apart), name)


def _shown(*, apart: bool) -> dict[str, RecapColumn]:
    return {name: c for name, c in COLUMNS.items() if not (apart and c.of_invoices)}


def write_recap(sheet: Worksheet, plan: BillingPlan) -> None:
    """The invoices in INSEE-code order, as an Excel table; the total row is outside it."""
    _write(sheet, plan, plan.invoices, wording.RECAP)


def write_apart(
    sheet: Worksheet,
    plan: BillingPlan,
    lines: Sequence[BillingLine],
    title: str,
) -> None:
    """Fees without an invoice, in the same columns, but with no place for numbers."""
    _write(sheet, plan, lines, title, first=wording.APART[title])


def _write(
    sheet: Worksheet,
    plan: BillingPlan,
    lines: Sequence[BillingLine],
    title: str,
    first: str | None = None,
) -> None:
    shown = _shown(apart=first is not None)
    if first is not None:
        number = shown["number"]
        shown["number"] = replace(number, title=number.apart, value=lambda _: first)
    write_listing(
        sheet,
        list(shown.values()),
        lines,
        title=f"{wording.batch_title(plan)} - {title} - {wording.state(plan)}",
        footer=wording.example_levels(plan),
        freeze=COLUMNS["siren"].title,
        table=wording.TABLES[title],
    )


def link_page(sheet: Worksheet, row: int, number: str | None, page: str) -> tuple[str, str]:
    """Make the number of an invoice, without one its commune, lead to its own sheet.

    Returns the sheet and the cell that lead back.
    """
    apart = sheet.title != wording.RECAP
    address = f"{letter_of('number' if number else 'commune', apart=apart)}{row}"
    cell = sheet[address]
    assert isinstance(cell, Cell)
    link(cell, page, "A1", wording.OPEN_PAGE)
    return sheet.title, address
