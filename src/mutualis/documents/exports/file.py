"""The export's rows as CSV, JSON or a workbook, in the layout that the software imports."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from mutualis.documents.excel.book import add_sheet, new_book, save
from mutualis.documents.excel.columns import Column
from mutualis.documents.excel.listing import write_listing
from mutualis.documents.wording.parties import marked
from mutualis.domain.issuer.export_fields import FIELDS, Layout, Shape, Value
from mutualis.domain.issuer.issuer import Issuer
from mutualis.domain.money import plain
from mutualis.domain.problems.refusals import Refusal

_STYLES: Mapping[Shape, str] = {
    "text": "cellule longue",
    "code": "cellule centrée",
    "amount": "euros",
}

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render_csv(rows: Sequence[Mapping[str, Value]], layout: Layout) -> bytes:
    """CRLF lines. Raises Refusal when the encoding cannot hold a text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator="\r\n")
    columns = layout.columns
    writer.writerow([title for title, _ in columns])
    for row in rows:
        writer.writerow([_spelled(_value(row, *column, layout), layout) for column in columns])
    try:
        return out.getvalue().encode(layout.encoding)
    except UnicodeEncodeError as error:
        text = error.object[error.start : error.end]
        encoding = layout.encoding
        raise Refusal("files.beyond_export_encoding", text=text, encoding=encoding) from None


def render_json(rows: Sequence[Mapping[str, Value]]) -> bytes:
    """The fields by their English names; amounts as text, dates in ISO form."""
    plain_rows = [{name: _machine(value) for name, value in row.items()} for row in rows]
    return json.dumps(plain_rows, ensure_ascii=True, indent=2).encode()


def render_xlsx(
    rows: Sequence[Mapping[str, Value]], layout: Layout, issuer: Issuer, made_on: date
) -> bytes:
    book = new_book(issuer.name, "Export pour le logiciel financier", made_on, mark=marked(issuer))
    sheet = add_sheet(book, "Export")
    columns = [_column(title, name, layout) for title, name in layout.columns]
    freeze = columns[2].title if len(columns) > 2 else None
    write_listing(sheet, columns, rows, title="Export pour le logiciel financier", freeze=freeze)
    return save(book)


def _value(row: Mapping[str, Value], title: str, name: str, layout: Layout) -> Value:
    return row[name] if name else layout.constants[title]


def _column(title: str, name: str, layout: Layout) -> Column[Mapping[str, Value]]:
    if not name:
        return Column(title, lambda _: layout.constants[title], 11, _STYLES["code"])
    field = FIELDS[name]
    return Column(title, lambda row: _cell(row[name], layout), field.width, _STYLES[field.shape])


def _spelled(value: Value, layout: Layout) -> str:
    if isinstance(value, Decimal):
        return plain(value).replace(".", layout.decimal)
    if isinstance(value, date):
        return value.strftime(layout.date)
    text = str(value)
    # A text that a spreadsheet would take for a formula.
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: Value, layout: Layout) -> str | int | Decimal:
    return value.strftime(layout.date) if isinstance(value, date) else value


def _machine(value: Value) -> str | int:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
