"""Each total of the usage computed a second time, by the spreadsheet itself, and compared."""

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.control import mark_gaps
from mutualis.documents.excel.sheet import heads, page, put, put_formula, put_row, widths
from mutualis.documents.usage.cover import Block
from mutualis.documents.wording import usage as wording
from mutualis.domain.usage.usage import Usage

_HEADER = ("Total", "Annoncé", "Recalculé", "Écart", "Verdict")
_STYLES = ("cellule longue", "euros", "euros", "euros", "cellule centrée")
_FIRST = 4  # row of the first check


def write_usage_control(sheet: Worksheet, usage: Usage, places: dict[str, Block]) -> None:
    """Live formulas over the other sheets; `places` are the tables of the summary."""
    widths(sheet, (58, 16, 16, 12, 11))
    put(sheet, 1, 1, wording.CONTROL_INTRO, "gras")
    put_row(sheet, _FIRST - 1, _HEADER, heads(_STYLES))
    row = _FIRST
    for label, announced, formula in _checks(usage, places):
        put(sheet, row, 1, label, "cellule longue")
        put_formula(sheet, row, 2, f"={announced}", "euros")
        put_formula(sheet, row, 3, f"={formula}", "euros")
        put_formula(sheet, row, 4, f"=ROUND(B{row}-C{row},2)", "euros")
        put_formula(sheet, row, 5, f'=IF(D{row}=0,"OK","ÉCART")', "cellule centrée")
        row += 1
    mark_gaps(sheet, f"E{_FIRST}:E{row}")
    page(sheet, title=f"{wording.title(usage)} - {sheet.title}")


def _checks(usage: Usage, places: dict[str, Block]) -> Iterator[tuple[str, str, str]]:
    """What is checked, where it is announced, how it is found again."""
    total = places["level"].last + 1
    cost, fees, missions = (f"'{wording.SUMMARY}'!{name}{total}" for name in "FGH")
    last = len(usage.served) + 1
    half_days, prices = (f"'{wording.DETAIL}'!{name}2:{name}{max(last, 2)}" for name in "JK")
    if usage.served:
        products = f"SUMPRODUCT({half_days},{prices})"
        yield "Coût : demi-journées × prix, une intervention après l'autre", cost, products
    last = len(usage.by_commune) + 1
    for label, announced, name in (
        ("Coût : somme des communes", cost, "H"),
        ("Cotisations : somme des communes", fees, "I"),
        ("Missions facturées : somme des communes", missions, "J"),
    ):
        if last > 1:
            yield label, announced, f"SUM('{wording.COMMUNES}'!{name}2:{name}{last})"
    for label, table, announced, name in (
        ("Coût : somme des niveaux", "level", cost, "F"),
        ("Cotisations : somme des niveaux", "level", fees, "G"),
        ("Coût : somme des thèmes", "theme", cost, "F"),
        ("Missions facturées : somme des thèmes", "theme", missions, "G"),
        ("Coût : somme des directions", "directorate", cost, "F"),
        ("Missions facturées : somme des directions", "directorate", missions, "G"),
    ):
        block = places[table]
        if block.last > block.head:
            place = f"'{wording.SUMMARY}'!{name}{block.head + 1}:{name}{block.last}"
            yield label, announced, f"SUM({place})"
