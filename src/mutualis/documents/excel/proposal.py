"""The whole table that a workbook holds, once changed: another workbook, to take its place."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.communes_template import COMMUNES, rules
from mutualis.documents.excel.sheet import Value
from mutualis.documents.excel.to_fill import (
    DAY,
    MOMENT,
    OTHER,
    SPAN,
    TEXT,
    TIME,
    WHOLE,
    FilledColumn,
    Row,
    styles,
    write_to_fill,
)
from mutualis.domain.french.names import fold

_MOVEMENTS = {
    "date_effet": (13, DAY),
    "type": (22, TEXT),
    "code_avant": (12, TEXT),
    "commune_avant": (28, TEXT),
    "code_apres": (12, TEXT),
    "commune_apres": (28, TEXT),
    "source": (36, TEXT),
}
_COMMUNES = {name: (width, style) for name, (width, style, _, _) in COMMUNES.items()}
_KNOWN = {
    table: {fold(name): look for name, look in own.items()}
    for table, own in (("communes", _COMMUNES), ("movements", _MOVEMENTS))
}
_DAY = re.compile(r"(?:(\d{4})-(\d{2})-(\d{2})|(\d{2})/(\d{2})/(\d{4}))(?: .*)?", re.ASCII)
_NARROW, _WIDE = 9, 40


def render_proposal(
    name: str, rows: Sequence[Sequence[Value]], levels: Sequence[str], creator: str, made_on: date
) -> bytes:
    """The rows, titles first, blank ones kept; `name` is that of the table. A cell of a column that
    is read is a text, which becomes the day or the number that it says; others are left as they
    are, and may be missing at the end of a row."""
    book = new_book(creator, f"Proposition : {name}", made_on)
    for style in styles():
        book.add_named_style(style)
    titles, *others = [[*row, *[None] * (len(rows[0]) - len(row))] for row in rows]
    known = [_KNOWN[name].get(fold(str(title))) for title in titles]
    columns = [
        FilledColumn(str(title or ""), *(own or _of_values([row[at] for row in others])))
        for at, (title, own) in enumerate(zip(titles, known, strict=True))
    ]
    made: list[Row] = [
        [
            _read(value, own[1]) if own else (value, _style(value, column.style))
            for value, own, column in zip(row, known, columns, strict=True)
        ]
        for row in others
    ]
    write_to_fill(
        add_sheet(book, name),
        columns,
        made,
        title=name.capitalize(),
        frozen="commune",
        rules=rules(levels),
    )
    return save(book)


def _of_values(values: Sequence[Value]) -> tuple[float, str]:
    """The width and the style of a column that is not read, from what it holds."""
    held = [value for value in values if value is not None]
    longest = max((len(str(value)) for value in held), default=0)
    width = min(max(longest + 2, _NARROW), _WIDE)
    return width, _style(held[0], OTHER) if held else OTHER


def _read(value: Value, style: str) -> tuple[Value, str]:
    """What a text of a column says, and how it is shown."""
    text = value if isinstance(value, str) else ""
    if style == DAY and (found := _DAY.fullmatch(text)) is not None:
        year, month, day, *french = found.groups()
        parts = french[::-1] if year is None else (year, month, day)
        return date(*(int(part) for part in parts)), DAY
    if style == WHOLE and re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return int(text), WHOLE
    if style == WHOLE and re.fullmatch(r"\d{1,12},\d{1,2}", text, re.ASCII):
        return Decimal(text.replace(",", ".")), OTHER
    return value, style


def _style(value: Value, empty: str) -> str:
    if value is None:
        return empty
    if isinstance(value, str):
        return TEXT
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, time):
        return TIME
    if isinstance(value, timedelta):
        return SPAN
    return DAY if isinstance(value, date) else OTHER
