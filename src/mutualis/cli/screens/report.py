"""The report on a year, in short on the screen, whole to other programs."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mutualis.cli.terminal import console
from mutualis.documents.report.page import texts_of
from mutualis.documents.report.part import WORDS, Cell, ReportPart, ReportTable
from mutualis.documents.report.parts import parts, title
from mutualis.domain.money import plain
from mutualis.domain.report.report import YearReport


def show(report: YearReport, files: Sequence[str], folder: Path) -> None:
    """What the council asks for first, what is missing, the files."""
    first, *others = parts(report)
    console.show(title(report), "bold")
    for text in first.texts:
        console.show(text)
    for table in first.tables:
        right = tuple(at for at, (_, kind) in enumerate(table.columns) if kind != WORDS)
        names = tuple(name for name, _ in table.columns)
        console.show_table(names, [texts_of(row) for row in table.rows], right=right)
    for part in others:
        for text in part.missing:
            console.show(f"Manque ({part.title.lower()}) : {text}")
    console.show_files(files, folder)
    console.show_next("relire le rapport, ses sources et ce qui manque, avant la séance")


def answer(report: YearReport, files: Sequence[str]) -> dict[str, Any]:
    """The JSON contract of `report`: its parts as they are written, amounts as texts."""
    return {
        "year": report.year,
        "date": report.day.isoformat(),
        "example": report.has_examples,
        "parts": [_part(part) for part in parts(report)],
        "files": [*files],
    }


def _part(part: ReportPart) -> dict[str, Any]:
    return {
        "title": part.title,
        "tables": [_table(table) for table in part.tables],
        "missing": [*part.missing],
        "sources": [*part.sources],
    }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [name for name, _ in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "total": [_cell(cell) for cell in table.total],
    }


def _cell(cell: Cell) -> str | int | None:
    return plain(cell) if isinstance(cell, Decimal) else cell
