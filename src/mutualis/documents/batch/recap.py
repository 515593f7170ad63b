"""The batch as a table: one row an invoice, a total row, ready to filter, print and import."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel import columns as kit
from mutualis.documents.excel.columns import Column, summing
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import Value, link, put
from mutualis.documents.wording import invoices as wording
from mutualis.domain.issuing.mission_batch import MissionLine
from mutualis.domain.memberships.plan import BillingLine, BillingPlan
from mutualis.domain.money import ZERO, decimal_of
from mutualis.domain.tariffs.fees import FeeBreakdown
from mutualis.domain.value import Struct, field, replace
from mutualis.domain.vat.tax import VatShare

FIRST_ROW = 2
_CENTRED, _LONG = "cellule centrée", "cellule longue"


class RecapColumn(Column[BillingLine], frozen=True):
    """A column `of_invoices` is not in the sheets of fees without an invoice."""

    of_invoices: bool = False


def _of_fee(value: Callable[[FeeBreakdown], Value]) -> Callable[[BillingLine], Value]:
    """A figure of the fee, where the year is one whole part."""
    return lambda line: None if line.parts else value(line.fee)


def _euros(title: str, value: Callable[[BillingLine], Decimal], width: float) -> RecapColumn:
    column = summing(title, value, width)
    return RecapColumn(title, column.value, width, column.style, column.total)


def _taxed(title: str, value: Callable[[VatShare], Decimal]) -> RecapColumn:
    """A part of what is left, where something says how it is taxed."""

    def found(line: BillingLine) -> Decimal | None:
        return next((value(share) for share in line.taxes), None)

    def total(lines: Sequence[BillingLine]) -> Decimal:
        return sum((value(share) for line in lines for share in line.taxes), ZERO)

    return RecapColumn(title, found, 12, "euros", total, where_any=True)


COLUMNS = {
    "number": RecapColumn("N° facture", lambda line: line.number, 14, "cellule"),
    "code": RecapColumn("Code INSEE", lambda line: line.commune.code_insee, 8, _CENTRED),
    "commune": RecapColumn("Commune", lambda x: x.commune.name, 26, _LONG, lambda _: "Total"),
    "siren": RecapColumn("SIREN", lambda line: line.commune.siren, 10, _CENTRED),
    "level": RecapColumn("Niveau", lambda line: line.fee.level.code, 8, _CENTRED),
    "population": RecapColumn(
        "Population",
        lambda line: line.fee.population,
        11,
        "entier",
        lambda lines: sum(line.fee.population for line in lines),
    ),
    "rate": RecapColumn("Tarif", _of_fee(lambda fee: fee.rate), 8, "tarif"),
    "gross": RecapColumn(
        "Montant brut",
        _of_fee(lambda fee: fee.gross),
        12,
        "euros",
        lambda lines: sum((line.fee.gross for line in lines if not line.parts), ZERO),
    ),
    "coefficient": RecapColumn(
        "Coefficient de richesse",
        _of_fee(lambda fee: fee.shown_coefficient),
        11,
        "note chiffrée",
        where_any=True,
    ),
    "weighted": RecapColumn(
        "Montant pondéré",
        _of_fee(lambda fee: None if fee.coefficient is None else decimal_of(fee.weighted)),
        12,
        "euros",
        where_any=True,
    ),
    "cap": RecapColumn("Plafond", _of_fee(lambda fee: fee.cap), 10, "euros"),
    "granted": replace(_euros("Remises", lambda line: line.granted, 11), where_any=True),
    "amount": _euros("Montant dû", lambda line: line.target, 12),
    "deducted": _euros("Déjà émis", lambda line: line.deducted, 12),
    "left": _euros("Reste", lambda line: line.amount, 12),
    "net": _taxed("dont HT", lambda share: share.net),
    "vat": _taxed("dont TVA", lambda share: share.vat),
    "calculation": RecapColumn("Calcul", lambda line: line.explanation, 46, "calcul"),
    "titre": RecapColumn("N° titre", lambda _: None, 8, "cellule", of_invoices=True),
}


class Recap(Struct, frozen=True, dict=True):
    """A sheet of amounts and its lines: the invoices, the fees withheld, or those too small;
    `titres` are those known, by number."""

    title: str
    lines: Sequence[BillingLine]
    titres: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, RecapColumn]:
        shown = {
            name: column
            for name, column in kit.shown(COLUMNS, self.lines).items()
            if not (column.of_invoices and self.title != wording.RECAP)
        }
        if "titre" in shown:
            titre = replace(shown["titre"], value=lambda line: self.titres.get(line.number or ""))
            shown["titre"] = titre
        number = shown["number"]
        if self.title == wording.WITHHELD:
            shown["number"] = replace(number, title=wording.STATEMENT_NUMBER)
        elif self.title == wording.BELOW:
            shown["number"] = replace(number, title="Suite", value=lambda _: "non recouvrée")
        return shown

    @cached_property
    def _cells(self) -> Mapping[str, str]:
        last = FIRST_ROW + len(self.lines) - 1
        letters = {name: kit.letter_of(self.columns, name) for name in self.columns}
        return {
            name: f"'{self.title}'!${letter}${FIRST_ROW}:${letter}${last}"
            for name, letter in letters.items()
        }

    def cells(self, name: str) -> str:
        """The cells of a column, as a formula of another sheet names them."""
        return self._cells[name]


def write_recap(sheet: Worksheet, plan: BillingPlan, recap: Recap) -> None:
    """The lines in INSEE-code order, as an Excel table; the total row is outside it."""
    write_listing(
        sheet,
        list(recap.columns.values()),
        recap.lines,
        title=f"{wording.batch_title(plan)} - {recap.title} - {wording.state(plan)}",
        footer=wording.example_levels(plan),
        freeze=COLUMNS["siren"].title,
        table=wording.TABLES[recap.title],
    )


def link_page(
    sheet: Worksheet, row: int, line: BillingLine | MissionLine, page: str
) -> tuple[str, str]:
    """Make the number of a document, without one its commune, lead to its own sheet; both stand
    in the same columns of every recap.

    Returns the sheet and the cell that lead back.
    """
    name, text = ("number", line.number) if line.number else ("commune", line.commune.name)
    cell = put(sheet, row, kit.place_of(COLUMNS, name), text, "lien")
    link(cell, page, "A1", wording.OPEN_PAGE)
    return sheet.title, cell.coordinate
