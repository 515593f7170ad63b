"""A workbook of LibreOffice, written by hand: what the tests of `.ods` read."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def text_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    said = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'


def number_cell(value: str, kind: str = "float") -> str:
    attributes = f"office:value-type={quoteattr(kind)} office:value={quoteattr(value)}"
    return f"<table:table-cell {attributes}><text:p>shown</text:p></table:table-cell>"


def table(rows: Sequence[str], *, style: str = "shown", name: str = "Feuille1") -> str:
    lines = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{lines}</table:table>'


def workbook(*tables: str, manifest: str = "") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>'
        "<office:automatic-styles>"
        '<style:style style:name="hidden"><style:table-properties table:display="false"/>'
        '</style:style><style:style style:name="shown">'
        '<style:table-properties table:display="true"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIMETYPE)
        archive.writestr("content.xml", content)
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return data.getvalue()
