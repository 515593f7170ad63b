"""The missions of a year as one workbook: a list, then one printed page an invoice."""

from collections.abc import Mapping
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.batch.recap import link_page
from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column, summing
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import put
from mutualis.documents.paper.paper import mission_paper
from mutualis.documents.paper.paper_sheet import write_paper
from mutualis.documents.wording import invoices as wording
from mutualis.documents.wording import missions as words
from mutualis.documents.wording.parties import marked
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.issuing.mission_batch import MissionLeft, MissionLine, MissionPlan

MOST_ON_A_PAGE = 12  # works and lines; a longer invoice runs over several pages


def render_missions(
    plan: MissionPlan, issuer: Issuer, made_on: date, titres: Mapping[str, str] | None = None
) -> bytes:
    """The .xlsx of a batch of missions, drafted or issued; `titres` are those known, by number."""
    book = new_book(issuer.name, words.title(plan), made_on, words.state(plan), mark=marked(issuer))
    recap = add_sheet(book, wording.RECAP)
    _write_list(recap, plan, titres or {})
    if plan.left:
        _write_left(add_sheet(book, words.LEFT), plan)
    for row, line in enumerate(plan.lines, start=2):
        sheet = add_sheet(book, f"{line.work.quote} {line.commune.name}")
        is_short = len(line.work.works) + len(line.work.lines) <= MOST_ON_A_PAGE
        paper = mission_paper(plan, line, issuer, made_on)
        back = link_page(recap, row, line, sheet.title)
        write_paper(sheet, paper, one_page=is_short, back=back)
    return save(book)


def _write_list(sheet: Worksheet, plan: MissionPlan, titres: Mapping[str, str]) -> None:
    """An Excel table, as the batch of memberships; the total row is outside it."""
    taxed = any(line.work.taxes for line in plan.lines)
    columns: list[Column[MissionLine]] = [
        Column("N° facture", lambda line: line.number, 14),
        Column("Code INSEE", lambda line: line.commune.code_insee, 11, "cellule centrée"),
        Column("Commune", lambda line: line.commune.name, 25, "cellule longue", lambda _: "Total"),
        Column("SIREN", lambda line: line.commune.siren, 12, "cellule centrée"),
        Column("Devis", lambda line: line.work.quote, 13),
        summing("Demi-journées", lambda line: line.work.half_days, 14, "entier"),
        summing("Montant dû", lambda line: line.amount, 14),
        *([summing("dont TVA", lambda line: line.amount - line.work.net, 12)] if taxed else []),
        Column("Calcul", lambda line: line.explanation, 62, "calcul"),
        Column("N° titre", lambda line: titres.get(line.number or ""), 11),
    ]
    examples = wording.EXAMPLE_LEVELS_ISSUED if plan.example_levels else ""
    write_listing(
        sheet,
        columns,
        plan.lines,
        title=f"{words.title(plan)} - {words.state(plan)}",
        footer=examples,
        freeze="SIREN",
        table=wording.MISSIONS_TABLE,
    )
    for offset, text in enumerate((words.state(plan), words.closing(plan)), start=4):
        put(sheet, len(plan.lines) + offset, 1, text, "discret")


def _write_left(sheet: Worksheet, plan: MissionPlan) -> None:
    columns: list[Column[MissionLeft]] = [
        Column("Devis", lambda item: item.quote, 13),
        Column("Code INSEE", lambda item: item.commune.code_insee, 11, "cellule centrée"),
        Column("Commune", lambda item: item.commune.name, 25, "cellule longue"),
        Column("Montant", lambda item: item.amount, 14, "euros"),
        Column("Pourquoi", lambda item: item.reason, 80, "calcul"),
    ]
    write_listing(sheet, columns, plan.left, title=f"{words.title(plan)} - {words.LEFT}")
