"""The report as a PDF: what its template is given."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mutualis.documents.paper.page import Page
from mutualis.documents.report.part import WORDS, Bars, Cell, ReportPart, ReportTable
from mutualis.documents.report.parts import parts, title
from mutualis.documents.wording import parties
from mutualis.domain.french.typography import euros, long_date, number
from mutualis.domain.report.report import YearReport

_WHOLE = 1000  # the length of the longest bar
_SHORT, _MOST = 24, 70  # characters


def report_page(report: YearReport) -> Page:
    name, heading = report.issuer.name, title(report)
    made = f"Fait le {long_date(report.day)}"
    texts = {
        "issuer": {"name": name, "lines": parties.issuer_block(report.issuer)},
        "watermark": parties.marked(report.issuer),
        "footer": parties.marked(report.issuer, f"{name} - {heading} - {long_date(report.day)}"),
        "heading": heading,
        "made": made,
        "parts": [_part(part) for part in parts(report)],
    }
    return Page("report", heading, name, report.day, texts)


def _part(part: ReportPart) -> dict[str, Any]:
    return {
        "title": part.title,
        "texts": [*part.texts],
        "tables": [_table(table) for table in part.tables],
        "bars": [] if part.bars is None else [_bars(part.bars)],
        "missing": [*part.missing],
        "sources": [*part.sources],
    }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [
            {"title": name, "side": "left" if kind == WORDS else "right"}
            for name, kind in table.columns
        ],
        "widths": _widths(table),
        "rows": [[text_of(cell) for cell in row] for row in table.rows],
        "total": [text_of(cell) for cell in table.total],
    }


def _widths(table: ReportTable) -> list[int]:
    """The share of each column in what is left of the line, 0 for one that takes what it needs:
    long texts share it, else the first text has all of it."""
    texts = [at for at, (_, kind) in enumerate(table.columns) if kind == WORDS]
    longest = {at: max((len(str(r[at] or "")) for r in table.rows), default=0) for at in texts}
    long = {at: min(length, _MOST) for at, length in longest.items() if length > _SHORT}
    shares = long or {texts[0]: 1}
    return [shares.get(at, 0) for at in range(len(table.columns))]


def _bars(bars: Bars) -> dict[str, Any]:
    """Lengths in thousandths of the longest."""
    values = [[_figure(row[at]) for at in bars.columns] for row in bars.table.rows]
    most = max((value for own in values for value in own if value is not None), default=Decimal(0))
    return {
        "title": bars.title,
        "names": [*bars.names],
        "alt": _alt(bars),
        "rows": [
            {
                "label": str(row[0]),
                "bars": [
                    {"length": _length(value, most), "text": text_of(row[at])}
                    for at, value in zip(bars.columns, own, strict=True)
                ],
            }
            for row, own in zip(bars.table.rows, values, strict=True)
        ],
    }


def _alt(bars: Bars) -> str:
    """The values stand in the table above the bars, and at the end of each: not a third time."""
    names = " et ".join(f"« {name} »" for name in bars.names)
    return (
        f"Diagramme en barres, {bars.title[:1].lower()}{bars.title[1:]}. Il dessine {names}, dont "
        "les valeurs sont dans le tableau qui précède."
    )


def _figure(cell: Cell) -> Decimal | None:
    return Decimal(cell) if isinstance(cell, (int, Decimal)) else None


def _length(value: Decimal | None, most: Decimal) -> int:
    """A bar below 0 has no length: its figure is beside it."""
    return int(value * _WHOLE / most) if value is not None and value > 0 else 0


def text_of(cell: Cell) -> str:
    """A cell in words; empty where there is nothing to say."""
    if isinstance(cell, Decimal):
        return euros(cell)
    return number(cell) if isinstance(cell, int) else cell or ""


def texts_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in cells)
