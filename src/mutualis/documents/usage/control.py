"""Each total of the usage computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.control import mark_gaps
from mutualis.documents.excel.columns import Column, letter_of, write_table
from mutualis.documents.excel.sheet import page, put, widths
from mutualis.documents.usage.tables import Block, communes_of, detail_of
from mutualis.documents.wording import usage as wording
from mutualis.domain.usage.usage import Usage
from mutualis.domain.value import Struct

_FIRST = 4  # row of the first check


class _Check(Struct, frozen=True):
    """What is checked, where it is announced, how it is found again."""

    at: int
    label: str
    announced: str
    formula: str

    def cell(self, name: str) -> str:
        return f"{letter_of(_COLUMNS, name)}{self.at}"


_COLUMNS: dict[str, Column[_Check]] = {
    "label": Column("Total", lambda check: check.label, 58, "cellule longue"),
    "announced": Column("Annoncé", lambda x: f"={x.announced}", 16, "euros", formula=True),
    "computed": Column("Recalculé", lambda x: f"={x.formula}", 16, "euros", formula=True),
    "gap": Column(
        "Écart",
        lambda check: f"=ROUND({check.cell('announced')}-{check.cell('computed')},2)",
        12,
        "euros",
        formula=True,
    ),
    "verdict": Column(
        "Verdict",
        lambda check: f'=IF({check.cell("gap")}=0,"OK","ÉCART")',
        11,
        "cellule centrée",
        formula=True,
    ),
}


def write_usage_control(sheet: Worksheet, usage: Usage, places: dict[str, Block]) -> None:
    """Live formulas over the other sheets; `places` are the tables of the summary."""
    columns = _COLUMNS.values()
    widths(sheet, [column.width for column in columns])
    put(sheet, 1, 1, wording.CONTROL_INTRO, "gras")
    checks = [_Check(at, *c) for at, c in enumerate(_checks(usage, places), start=_FIRST)]
    after = write_table(sheet, _FIRST - 1, columns, checks)
    verdict = letter_of(_COLUMNS, "verdict")
    mark_gaps(sheet, f"{verdict}{_FIRST}:{verdict}{after}")
    page(sheet, title=f"{wording.title(usage)} - {sheet.title}")


def _checks(usage: Usage, places: dict[str, Block]) -> Iterator[tuple[str, str, str]]:
    """The label, the cell announced and the formula of each check."""
    announced = places["level"].total
    detail = Block(wording.DETAIL, detail_of(usage), 1, 1 + len(usage.served))
    is_costed = usage.total.at_cost is not None
    for label, name, each in (
        ("Au prix : demi-journées × prix, une intervention après l'autre", "at_price", "price"),
        ("Au coût : demi-journées × coût unitaire, de même", "at_cost", "unit_cost"),
    ):
        if usage.served and (name == "at_price" or is_costed):
            products = f"SUMPRODUCT({detail.span('half_days')},{detail.span(each)})"
            yield label, announced(name), products
    communes = Block(wording.COMMUNES, communes_of(usage), 1, 1 + len(usage.by_commune))
    for label, block, name in (
        ("Au prix : somme des communes", communes, "at_price"),
        ("Au coût : somme des communes", communes, "at_cost"),
        ("Cotisations : somme des communes", communes, "fees"),
        ("Missions facturées : somme des communes", communes, "missions"),
        ("Au prix : somme des niveaux", places["level"], "at_price"),
        ("Au coût : somme des niveaux", places["level"], "at_cost"),
        ("Cotisations : somme des niveaux", places["level"], "fees"),
        ("Au prix : somme des thèmes", places["theme"], "at_price"),
        ("Au coût : somme des thèmes", places["theme"], "at_cost"),
        ("Missions facturées : somme des thèmes", places["theme"], "missions"),
        ("Au prix : somme des directions", places["directorate"], "at_price"),
        ("Au coût : somme des directions", places["directorate"], "at_cost"),
        ("Missions facturées : somme des directions", places["directorate"], "missions"),
    ):
        if block.last > block.head and (name != "at_cost" or is_costed):
            yield label, announced(name), f"SUM({block.span(name)})"
