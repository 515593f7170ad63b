"""The draft deliberation in Word, to be gone on with: styles of its own, real tables, A4."""

import io
from collections.abc import Sequence
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from mutualis.documents.deliberation.deliberation import Deliberation, DraftPart, DraftTable
from mutualis.documents.deliberation.widths import WIDTH, figure_widths
from mutualis.documents.paper.typography import printed
from mutualis.documents.wording.plain import clean

_FONT = "Arial"
_BLUE, _GREY = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x5F, 0x67, 0x73)
_HEAD, _TOTAL, _RULE = "1F3864", "E8EEF6", "A0A8B2"
_MARGIN = Mm(18)
_INSET = "108"  # twentieths of a point: what is left of the text of a cell
_UNWANTED = ("/stylesWithEffects", "/thumbnail")
_SIZES = {"Normal": 10, "Heading 1": 16, "Heading 2": 11.5, "Header": 14, "Footer": 8}


def word_document(draft: Deliberation) -> bytes:
    """The .docx; the same draft gives the same bytes, whenever it is written."""
    document = _blank()
    _prepare(document, draft)
    for rank, line in enumerate(draft.issuer):
        _line(document, line, bold=rank == 0)
    document.add_heading(_said(draft.heading), 1)
    _paragraph(document, draft.numbered)
    _paragraph(document, draft.subject, bold=True)
    for text in (*draft.visas, *draft.grounds):
        _paragraph(document, text)
    _paragraph(document, draft.decides, bold=True)
    for part in draft.articles:
        _add_part(document, part)
    votes = _paragraph(document, draft.votes)
    votes.paragraph_format.space_before = Pt(12)
    votes.paragraph_format.keep_with_next = True
    _add_signatures(document, draft.signatures)
    document.add_heading(_said(draft.annexes_title), 1).paragraph_format.page_break_before = True
    for part in draft.annexes:
        _add_part(document, part)
    return _saved(document)


def _blank() -> Written:
    """What python-docx begins with, less a picture of its own and a second list of styles, which
    Word wants to be the same as the first."""
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNWANTED)]:
            del rels[key]
    return document


def _said(text: str) -> str:
    """A text in French typography, without what XML refuses."""
    return printed(clean(text))


def _prepare(document: Written, draft: Deliberation) -> None:
    """The page, the styles, what is on each page, the properties."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    for name, size in _SIZES.items():
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise AssertionError(f"{name} is a style of paragraphs")
        _set_font(style, size)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.add_run(_said(draft.mark)).bold = True
    foot = section.footer.paragraphs[0]
    foot.add_run(_said(f"{draft.footer} - page "))
    _add_field(foot, "PAGE")
    foot.add_run("/")
    _add_field(foot, "NUMPAGES")
    found = document.core_properties
    found.title, found.subject = _said(draft.title), _said(draft.subject)
    found.author = found.last_modified_by = _said(draft.issuer[0])
    found.category, found.comments, found.language = _said(draft.mark), "", "fr-FR"
    found.created = found.modified = datetime(draft.day.year, draft.day.month, draft.day.day)


def _set_font(style: ParagraphStyle, size: float) -> None:
    style.font.size = Pt(size)
    style.font.name = _FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), _FONT)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "fr-FR")
    if style.name.startswith("Heading"):
        style.font.color.rgb = _BLUE
        style.paragraph_format.space_after = Pt(4)
    if style.name == "Footer":
        style.font.color.rgb = _GREY
    if style.name == "Normal":
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.line_spacing = 1.0


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A number that Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    field.append(run._r)


def _paragraph(document: Written, text: str, *, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.add_run(_said(text)).bold = bold or None
    return paragraph


def _line(document: Written, text: str, *, bold: bool) -> None:
    """One of a block of lines."""
    _paragraph(document, text, bold=bold).paragraph_format.space_after = Pt(0)


def _add_part(document: Written, part: DraftPart) -> None:
    document.add_heading(_said(part.title), 2)
    for text in part.texts:
        _paragraph(document, text)
    if part.table is not None:
        _add_table(document, part.table)
    for rank, text in enumerate(part.notes):
        note = _paragraph(document, text)
        note.runs[0].font.color.rgb = _GREY
        if rank == 0:
            note.paragraph_format.space_before = Pt(6)


def _add_table(document: Written, table: DraftTable) -> None:
    """A table whose first row heads each page that it goes on to."""
    rows = (tuple(column.title for column in table.columns), *table.rows)
    rows += (table.total,) if table.total else ()
    written = document.add_table(len(rows), len(table.columns))
    widths = figure_widths(table)
    _set_up(written, (WIDTH - sum(widths), *widths))
    figures = [column.is_figure for column in table.columns]
    # Rows and cells are asked for once: python-docx counts them anew each time.
    for rank, (row, texts) in enumerate(zip(written.rows, rows, strict=True)):
        fill = _HEAD if rank == 0 else _TOTAL if table.total and rank == len(rows) - 1 else ""
        _add_mark(row, "cantSplit")
        if rank == 0:
            _add_mark(row, "tblHeader")
        for cell, text, is_figure in zip(row.cells, texts, figures, strict=True):
            _fill(cell, text, is_figure=is_figure, fill=fill)


def _set_up(table: WordTable, widths: Sequence[float]) -> None:
    """The width of its columns, the lines under its rows, its edges those of the text."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), _INSET)
    indent.set(qn("w:type"), "dxa")
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(indent)
    layout.addprevious(borders)


def _fill(cell: _Cell, text: str, *, is_figure: bool, fill: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    if is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_said(text))
    run.font.size = Pt(9)
    if fill:
        run.bold = True
        if fill == _HEAD:
            run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _add_mark(row: _Row, name: str) -> None:
    properties: BaseOxmlElement = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(f"w:{name}"))


def _add_signatures(document: Written, titles: Sequence[str]) -> None:
    """Side by side, on one page, with room to sign under each."""
    table = document.add_table(1, len(titles))
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(18)
        paragraph.add_run(_said(title)).bold = True


def _saved(document: Written) -> bytes:
    """Each entry of the archive bears the oldest date that one can bear, not the clock's."""
    saved, dated = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as found, ZipFile(dated, "w") as archive:
        for name in found.namelist():
            archive.writestr(ZipInfo(name), found.read(name), ZIP_DEFLATED)
    return dated.getvalue()
