"""What is issued for accounts that had a document already: one row a document, and why."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.columns import Column, place_of, summing
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import link, put
from mutualis.documents.wording import invoices as wording
from mutualis.domain.invoices.account_line import AccountLine
from mutualis.domain.issuing.regularisation import Regularisation
from mutualis.domain.memberships.plan import BillingPlan
from mutualis.domain.money import ZERO
from mutualis.domain.value import Struct

_FIRST_ROW = 2
_CENTRED, _LONG = "cellule centrée", "cellule longue"


class _Row(Struct, frozen=True):
    """A document; `account` is there on the first one of its account alone, so that the amounts
    of accounts add up."""

    document: Regularisation
    account: AccountLine | None


def _of_account(title: str, amount: Callable[[AccountLine], Decimal]) -> Column[_Row]:
    return Column(
        title,
        lambda row: None if row.account is None else amount(row.account),
        13,
        "euros",
        lambda rows: sum((amount(row.account) for row in rows if row.account is not None), ZERO),
    )


COLUMNS: dict[str, Column[_Row]] = {
    "number": Column("N°", lambda row: row.document.number or "à émettre", 14),
    "nature": Column("Nature", lambda row: row.document.nature, 25, _LONG),
    "commune": Column("Commune", lambda row: row.document.entry.name, 24, _LONG, lambda _: "Total"),
    "code": Column("Code INSEE", lambda row: row.document.entry.code_insee, 8, _CENTRED),
    "about": Column(
        "Corrige ou complète", lambda row: ", ".join(row.document.about) or None, 15, _LONG
    ),
    "due": _of_account("Dû", lambda account: account.due),
    "granted": _of_account("Remises", lambda account: account.granted),
    "balance": _of_account("Déjà émis", lambda account: account.balance),
    "amount": summing("Montant", lambda row: row.document.item.amount, 13),
    "reason": Column("Motif", lambda row: row.document.reason, 56, "calcul"),
}


def write_regularisations(
    sheet: Worksheet, plan: BillingPlan, documents: Sequence[Regularisation]
) -> None:
    """The documents, those of an account together, as an Excel table; the total row is outside."""
    codes = [document.entry.code_insee for document in documents]
    rows = [
        _Row(document, document.entry if codes.index(document.entry.code_insee) == at else None)
        for at, document in enumerate(documents)
    ]
    write_listing(
        sheet,
        list(COLUMNS.values()),
        rows,
        title=f"{wording.batch_title(plan)} - {wording.REGULARISED} - {wording.state(plan)}",
        freeze=COLUMNS["code"].title,
        table=wording.TABLES[wording.REGULARISED],
    )


def link_corrections(
    sheet: Worksheet, documents: Sequence[Regularisation], pages: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Make the numbers of corrections lead to their own sheets, which `pages` names; returns, by
    number, what leads back."""
    back = {}
    for row, document in enumerate(documents, start=_FIRST_ROW):
        if document.number is not None and document.number in pages:
            cell = put(sheet, row, place_of(COLUMNS, "number"), document.number, "lien")
            link(cell, pages[document.number], "A1", wording.OPEN_PAGE)
            back[document.number] = (sheet.title, cell.coordinate)
    return back
