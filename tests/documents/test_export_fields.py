"""An export field is one entry of FIELDS: every form of the export follows."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from mutualis.documents.exports.file import render_csv, render_json, render_xlsx
from mutualis.domain.issuer.export_fields import FIELDS, ExportField, ExportLine, Layout, fields_of
from mutualis.domain.workspace import Workspace


def test_a_new_field_is_one_entry(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    town = ExportField("Commune", lambda line: line.commune.name, 33, "code")
    monkeypatch.setitem(FIELDS, "town", town)
    line = ExportLine(
        exercice=2025,
        nature="facture",
        day=date(2025, 3, 1),
        year=2025,
        commune=shipped.communes.rows[0],
        subject="Adhésion",
        account="74741",
        amount=Decimal("12.50"),
    )
    name, rows = line.commune.name, [fields_of(line)]
    layout = Layout((("Où", "town"), ("Combien", "amount")))
    assert render_csv(rows, layout).decode("utf-8-sig") == f"Où;Combien\r\n{name};12,50\r\n"
    assert json.loads(render_json(rows))[0]["town"] == name
    book = load_workbook(io.BytesIO(render_xlsx(rows, layout, shipped.issuer, date(2025, 3, 2))))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]] == [name, 12.5]
    assert sheet.column_dimensions["A"].width == 33
