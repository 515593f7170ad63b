"""What the report is made of, whatever it is shown on: parts, tables, bars."""

from collections.abc import Sequence
from decimal import Decimal

from mutualis.domain.value import Struct

Cell = str | int | Decimal | None  # a text, a number, an amount in euros, nothing to say
# How the cells of a column are: words, whole numbers, amounts in euros.
WORDS, WHOLE, EUROS = "words", "whole", "euros"


class ReportTable(Struct, frozen=True):
    """`columns` are titles with what is under them; `total` is a last row, where there is one."""

    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    title: str = ""


class Bars(Struct, frozen=True):
    """Columns of a table drawn as bars, by their numbers: one of them, or two side by side. What a
    row does not tell has no bar."""

    title: str
    table: ReportTable
    columns: Sequence[int]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.table.columns[at][0] for at in self.columns)

    @property
    def unit(self) -> str:
        return self.table.columns[self.columns[0]][1]


class ReportPart(Struct, frozen=True):
    """A part of the report. `missing` says what is not known, and what would tell; `sources` where
    each figure of the part comes from."""

    title: str
    sheet: str
    tables: Sequence[ReportTable] = ()
    bars: Bars | None = None
    texts: Sequence[str] = ()
    missing: Sequence[str] = ()
    sources: Sequence[str] = ()
