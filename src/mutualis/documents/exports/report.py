"""The officer's own tables given back, each faulty cell coloured and commented, after a list."""

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.excel.sheet import page, put, widths
from mutualis.documents.wording.plain import clean
from mutualis.domain.problems.catalogue import Severity
from mutualis.domain.problems.problem import Problem

TITLE = "Problèmes trouvés"
_WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement"}
_STYLES = {Severity.ERROR: "faute", Severity.WARNING: "doute"}


def render_report(
    problems: Sequence[Problem], tables: Mapping[str, Sequence[Sequence[str]]], made_on: date
) -> bytes:
    """A sheet with every problem, then one sheet a table, by the name of its file."""
    book = new_book("mutualis", TITLE, made_on)
    _write_list(add_sheet(book, "Problèmes"), problems)
    for name, rows in tables.items():
        own = [problem for problem in problems if problem.source.file == name]
        _write_table(book, name, rows, own)
    return save(book)


def _write_list(sheet: Worksheet, problems: Sequence[Problem]) -> None:
    columns: list[Column[Problem]] = [
        Column("Gravité", lambda problem: _WORDS[problem.severity], 14),
        Column("Code", lambda problem: problem.code, 8, "cellule centrée"),
        Column("Fichier", lambda problem: problem.source.file, 24, "cellule longue"),
        Column("Ligne", lambda problem: problem.source.line, 8, "entier"),
        Column("Cellule", lambda problem: problem.source.cell, 9, "cellule centrée"),
        Column("Ce qui ne va pas", lambda problem: problem.message, 60, "cellule longue"),
        Column("À faire", lambda problem: problem.remedy, 60, "cellule longue"),
    ]
    write_listing(sheet, columns, problems, title=TITLE)


def _write_table(
    book: Workbook, name: str, rows: Sequence[Sequence[str]], problems: Sequence[Problem]
) -> None:
    sheet = add_sheet(book, name.rpartition("/")[2])
    for at, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            # Text everywhere: codes keep their zeros, and nothing becomes a formula.
            put(sheet, at, column, text, "tête gauche" if at == 1 else "texte")
    longest = [max((len(row[i]) for row in rows if i < len(row)), default=0) for i in range(50)]
    widths(sheet, [min(40, max(9, length + 2)) for length in longest if length])
    sheet.freeze_panes = "C2"  # what names a row, also beside what the next page holds
    page(sheet, title=f"{TITLE} : {name}", landscape=True, repeat="1:1")
    marked: dict[str, list[Problem]] = {}
    for problem in problems:
        # A problem of a whole row, or of the file, is marked on its first cell.
        cell = problem.source.cell or f"A{problem.source.line or 1}"
        marked.setdefault(cell, []).append(problem)
    for address, found in marked.items():
        worst = min(found, key=lambda problem: problem.severity is Severity.WARNING)
        cell = sheet[address]
        cell.style = _STYLES[worst.severity]
        text = "\n\n".join(f"[{p.code}] {p.message}\nÀ faire : {p.remedy}" for p in found)
        cell.comment = Comment(clean(text)[:2000], "mutualis", height=160, width=360)
