"""The notice of unit costs, made known to the beneficiaries before the budget (D. 5211-16)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from mutualis.documents.costs import words as own
from mutualis.documents.costs.book import book_of
from mutualis.documents.excel.book import add_sheet, save
from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.paper.page import Page
from mutualis.documents.wording import parties
from mutualis.domain.costs.cost import CostRow
from mutualis.domain.costs.paper import CostPaper
from mutualis.domain.costs.unit_cost import UnitCost
from mutualis.domain.french import interventions as words
from mutualis.domain.french.interventions import half_days
from mutualis.domain.french.typography import euros, long_date

_WORDS, _CENTRED = "cellule longue", "cellule centrée"


def notice_page(paper: CostPaper, replaces: date | None = None) -> Page:
    """One page for all beneficiaries: the costs, then each with its terms and their vintages."""
    issuer, name, heading = paper.issuer, paper.issuer.name, own.heading(paper)
    footer = f"{name} - {heading} - {long_date(paper.act.day)}"
    lines = paper.costs.lines
    texts = {
        "issuer": {"name": name, "lines": parties.issuer_block(issuer)},
        "watermark": parties.marked(issuer),
        "footer": parties.marked(issuer, footer),
        "heading": heading,
        "made": own.made(paper),
        "subject": own.subject(paper),
        "grounds": own.grounds(paper, replaces),
        "articles": [_summary(lines), *(_detail(line) for line in lines)],
    }
    return Page("unit_costs", heading, name, paper.act.day, texts)


def notice_book(paper: CostPaper, replaces: date | None = None) -> bytes:
    """The same as two lists: the costs, then each term with its line of the file."""
    title, lines = own.heading(paper), paper.costs.lines
    book = book_of(paper, title, replaces)
    write = partial(write_listing, title=title, footer=own.examples(paper))
    costs, terms = add_sheet(book, "Coûts unitaires"), add_sheet(book, "Termes")
    write(costs, _COSTS, lines, freeze="Charges")
    write(terms, _TERMS, [row for line in lines for row in line.rows], freeze="Terme")
    return save(book)


_COSTS: tuple[Column[UnitCost], ...] = (
    Column("Direction", lambda x: x.directorate, 34, _WORDS),
    Column("Catégorie", lambda x: x.category, 10, _CENTRED),
    Column("Charges", lambda x: x.charges, 14, "euros"),
    Column("½ journées", lambda x: x.half_days, 11, "entier"),
    Column("Coût d'une ½ journée", lambda x: x.published, 14, "euros"),
    Column(
        "Pourquoi aucun",
        lambda x: "" if x.missing is None else words.why_no_cost(x.missing.value),
        24,
        _WORDS,
    ),
)
_TERMS: tuple[Column[CostRow], ...] = (
    Column("Direction", lambda x: x.directorate, 34, _WORDS),
    Column("Catégorie", lambda x: x.category, 10, _CENTRED),
    Column("Terme", lambda x: x.nature.value, 16),
    Column("Année", lambda x: str(x.year), 8, _CENTRED),
    Column("Statut", lambda x: x.vintage.value, 14),
    Column("Montant", lambda x: x.amount if x.nature.is_charge else None, 14, "euros"),
    Column("½ journées", lambda x: None if x.nature.is_charge else x.half_days, 11, "entier"),
    Column("Ligne de costs.csv", lambda x: x.source.line, 10, "entier"),
)


def _summary(lines: Sequence[UnitCost]) -> dict[str, Any]:
    rows = [
        [
            line.directorate,
            line.category,
            own.NO_COST if line.published is None else euros(line.published),
        ]
        for line in lines
    ]
    columns = (("Direction", "left"), ("Catégorie", "left"), ("Coût d'une demi-journée", "right"))
    return _part("Le coût d'une demi-journée", columns, [22, 46], rows)


def _detail(line: UnitCost) -> dict[str, Any]:
    """The terms of a unit cost, and their quotient."""
    rows = [
        [row.nature.value, words.vintage(row.year, row.vintage.value), _figure(row)]
        for row in line.rows
    ]
    if line.published is None:
        total = ["Pas de coût unitaire", "", ""]
        notes = [] if line.missing is None else [f"{words.why_no_cost(line.missing.value)}."]
    else:
        total = ["Coût d'une demi-journée", "", euros(line.published)]
        divided = f"{euros(line.charges)} : {half_days(line.half_days)}"
        gives = " =" if line.exact == Fraction(line.published) else ", arrondi à"
        notes = [f"{divided}{gives} {euros(line.published)}."]
    columns = (("Terme", "left"), ("Chiffre", "left"), ("Montant ou unités", "right"))
    title = f"{line.directorate}, catégorie {line.category}"
    return {**_part(title, columns, [40, 40], rows), "total": total, "notes": notes}


def _figure(row: CostRow) -> str:
    return euros(row.amount) if row.nature.is_charge else half_days(row.half_days)


def _part(
    title: str, columns: tuple[tuple[str, str], ...], widths: list[int], rows: list[list[str]]
) -> dict[str, Any]:
    return {
        "title": title,
        "texts": [],
        "columns": [{"title": name, "side": side} for name, side in columns],
        "widths": widths,
        "rows": rows,
        "total": [],
        "notes": [],
    }
