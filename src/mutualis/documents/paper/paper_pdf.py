"""A printed document as a PDF, its debtor where the window of a French envelope is."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Protocol

from mutualis.documents.electronic.factur_x import embed
from mutualis.documents.paper.logo import Logo
from mutualis.documents.paper.paper import Paper, Signature
from mutualis.documents.paper.pdf import BLUE, GREY, INK, LEFT, PALE, RULE, TOP, WIDTH, Pdf
from mutualis.documents.wording import parties as party_wording
from mutualis.domain.communes.communes import CommuneYear
from mutualis.domain.french.typography import euros, number
from mutualis.domain.issuer.issuer import Issuer

# A DL envelope's window on an A4 page folded in three: left, top, width, height.
_WINDOW = (110.0, 45.0, 85.0, 40.0)
_HEAD_ENDS = 104.0
_LOGO = (55.0, 20.0)
_COLUMNS = (74.0, 20.0, 28.0, 24.0, 28.0)
_PADDING = 1.6
# A document a little too long for its page is printed smaller rather than on a second one.
_SCALES = (1.0, 0.94, 0.88, 0.82)
_RIGHT = ("entier", "tarif", "euros")


class Headed(Protocol):
    """What the head of a page says, whatever the document is."""

    @property
    def issuer(self) -> Issuer: ...
    @property
    def commune(self) -> CommuneYear: ...
    @property
    def heading(self) -> str: ...
    @property
    def made(self) -> str: ...
    @property
    def object_line(self) -> str: ...
    @property
    def alert(self) -> str: ...
    @property
    def before(self) -> str: ...


def render_pdf(paper: Paper, logo: Logo | None) -> bytes:
    """The PDF/A-3B of a document; its bytes depend on the arguments alone."""
    pdf = fitted(lambda scale: _draw(paper, logo, scale))
    if paper.electronic is None:
        return pdf
    return embed(pdf, paper.electronic, title=paper.title, author=paper.issuer.name)


def fitted(draw: Callable[[float], Pdf]) -> bytes:
    """The document drawn at the scale that keeps it on one page, where a little less does."""
    first = draw(_SCALES[0])
    if first.pages_count == 2:
        for scale in _SCALES[1:]:
            smaller = draw(scale)
            if smaller.pages_count == 1:
                first.close()
                return smaller.finished()
            smaller.close()
    return first.finished()


def _draw(paper: Paper, logo: Logo | None, scale: float) -> Pdf:
    pdf = Pdf(
        title=paper.title,
        author=paper.issuer.name,
        day=paper.day,
        watermark=paper.watermark,
        foot=paper.footer,
        scale=scale,
    )
    draw_head(pdf, paper, logo)
    _table(pdf, paper)
    _total_in_letters(pdf, paper)
    _texts(pdf, paper)
    if paper.boxed:
        _box(pdf, paper.boxed)
    draw_signatures(pdf, paper.signatures)
    return pdf


def draw_head(pdf: Pdf, paper: Headed, logo: Logo | None) -> None:
    """The issuer, the commune in the window of the envelope, what the document is."""
    top = TOP
    if logo is not None:
        wide, high = _LOGO
        ratio = min(wide / logo.width, high / logo.height)
        pdf.image(logo.image, LEFT, top, logo.width * ratio, logo.height * ratio)
        top += logo.height * ratio + 3
    issuer = [paper.issuer.name, *party_wording.issuer_block(paper.issuer)]
    _block(pdf, issuer, LEFT, top, 82.0, _HEAD_ENDS - 6 - top, 9.5)
    left, high, wide, tall = _WINDOW
    address = [party_wording.debtor_name(paper.commune)]
    address += party_wording.debtor_address(paper.commune)
    _block(pdf, address, left + 3, high + 4, wide - 6, tall - 8, 10.5)
    references = party_wording.debtor_references(paper.commune)
    _block(pdf, references, left + 3, high + tall + 2, wide - 6, 15.0, 8.5, colour=GREY, bold=0)
    pdf.set_y(_HEAD_ENDS)
    pdf.say(paper.heading, pdf.face("B", 16, BLUE))
    pdf.ln(1)
    pdf.say(paper.made, pdf.face("", 9.5, GREY))
    pdf.ln(2)
    pdf.say(paper.object_line, pdf.face("B", 10.5))
    pdf.ln(3)
    if paper.alert:
        _box(pdf, paper.alert)
        pdf.ln(3)
    if paper.before:
        pdf.say(paper.before, pdf.face("", 9.5))
        pdf.ln(3)


def _block(
    pdf: Pdf,
    lines: Sequence[str],
    x: float,
    y: float,
    width: float,
    height: float,
    size: float,
    *,
    colour: tuple[int, int, int] = INK,
    bold: int = 1,
) -> None:
    """Lines in a rectangle, the first `bold` ones in bold; smaller, then cut, where they are too
    long for it."""
    while True:
        folded = []
        for rank, text in enumerate(lines):
            style = "B" if rank < bold else ""
            step = pdf.face(style, size, colour)
            folded += [(style, line) for line in pdf.lines_of(text, width)]
        if len(folded) * step <= height or size <= 6:
            break
        size -= 0.5
    pdf.set_y(y)
    for style, line in folded[: int(height / step)]:
        pdf.say(line, pdf.face(style, size, colour), x, width)


def _table(pdf: Pdf, paper: Paper) -> None:
    """Its lines and its total; the header is repeated on each page."""
    widths = _widths(paper.header)
    _table_head(pdf, paper, widths)
    for row in paper.rows:
        texts = [_text(value, style) for value, style in zip(row, paper.styles, strict=True)]
        # The wording goes on over the empty columns after it.
        filled = next(rank for rank, text in enumerate(texts) if rank and text)
        wide = sum(widths[:filled]) - 2 * _PADDING
        step = pdf.face("", 9)
        height = step * len(pdf.lines_of(texts[0], wide)) + 2 * _PADDING
        if pdf.y + height > pdf.bottom:
            pdf.add_page()
            _table_head(pdf, paper, widths)
        top, x = pdf.y, LEFT + sum(widths[:filled])
        pdf.set_y(top + _PADDING)
        pdf.say(texts[0], pdf.face("", 9), LEFT + _PADDING, wide)
        rest = zip(texts, paper.styles, widths, strict=True)
        for text, style, width in islice(rest, filled, None):
            _cell(pdf, text, x, top + _PADDING, width, _side(style))
            x += width
        pdf.set_draw_color(*RULE)
        pdf.line(LEFT, top + height, LEFT + WIDTH, top + height)
        pdf.set_y(top + height)
    pdf.room(28)  # the total and its letters stay together
    top = pdf.y
    pdf.set_fill_color(*PALE)
    pdf.rect(LEFT, top, WIDTH, 8.5, "F")
    middle = top + (8.5 - pdf.face("B", 11)) / 2
    _cell(pdf, paper.label, LEFT, middle, 110, "L", "B", 11)
    _cell(pdf, euros(paper.amount), LEFT + 110, middle, WIDTH - 110, "R", "B", 11)
    pdf.set_y(top + 8.5)


def _table_head(pdf: Pdf, paper: Paper, widths: Sequence[float]) -> None:
    top, x = pdf.y, LEFT
    pdf.set_fill_color(*BLUE)
    pdf.rect(LEFT, top, WIDTH, 7.5, "F")
    middle = top + (7.5 - pdf.face("B", 9)) / 2
    for title, style, width in zip(paper.header, paper.styles, widths, strict=True):
        if width:
            _cell(pdf, title or "", x, middle, width, _side(style), "B", colour=(255, 255, 255))
        x += width
    pdf.set_y(top + 7.5)


def _widths(header: Sequence[str | None]) -> list[float]:
    """The columns of a table; those without a title are given to the first."""
    widths = [width if title else 0.0 for title, width in zip(header, _COLUMNS, strict=True)]
    widths[0] += WIDTH - sum(widths)
    return widths


def _side(style: str) -> str:
    if style in _RIGHT:
        return "R"
    return "C" if style == "cellule centrée" else "L"


def _text(value: str | int | Decimal | None, style: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return euros(value)
    return number(value) if isinstance(value, int) and style == "entier" else str(value)


def _cell(
    pdf: Pdf,
    text: str,
    x: float,
    y: float,
    width: float,
    side: str,
    style: str = "",
    size: float = 9,
    colour: tuple[int, int, int] = INK,
) -> None:
    """A short text on one line, smaller where it is wider than its column."""
    text = pdf.printable(text)
    inner = width - 2 * _PADDING
    height = pdf.face(style, size, colour)
    while pdf.get_string_width(text) > inner and size > 5:
        size -= 0.5
        pdf.face(style, size, colour)
    pdf.set_xy(x + _PADDING, y)
    pdf.cell(inner, height, pdf.shortened(text, inner), align=side)


def _total_in_letters(pdf: Pdf, paper: Paper) -> None:
    pdf.ln(3)
    pdf.say(paper.letters, pdf.face("", 9, GREY))
    pdf.say(paper.in_letters, pdf.face("B", 10))
    pdf.ln(4)


def _texts(pdf: Pdf, paper: Paper) -> None:
    if paper.reasons_title:
        pdf.room(16)
        pdf.say(paper.reasons_title, pdf.face("B", 11, BLUE))
        pdf.ln(1)
    for text in paper.reasons:
        pdf.say(text, pdf.face("", 9.5))
        pdf.ln(0.8)
    pdf.ln(1.5)
    for text in (paper.vat, *paper.terms):
        pdf.say(text, pdf.face("", 9.5))


def _box(pdf: Pdf, text: str) -> None:
    """A sentence in bold in a frame, whole on its page."""
    step = pdf.face("B", 10.5)
    lines = pdf.lines_of(text, WIDTH - 8)
    height = step * len(lines) + 5
    pdf.ln(3)
    pdf.room(height)
    top = pdf.y
    pdf.set_draw_color(*INK)
    pdf.rect(LEFT, top, WIDTH, height)
    pdf.set_draw_color(*RULE)
    for rank, line in enumerate(lines):
        pdf.set_xy(LEFT + 4, top + 2.5 + rank * step)
        pdf.cell(WIDTH - 8, step, line, align="C")
    pdf.set_y(top + height)


def draw_signatures(pdf: Pdf, signatures: Sequence[Signature]) -> None:
    """Side by side, whole on their page; one alone is on the right."""
    if not signatures:
        return
    pdf.ln(5)
    pdf.room(68 if any(item.to_fill for item in signatures) else 34)
    top, width = pdf.y, 82.0
    right = LEFT + WIDTH - width
    for rank, item in enumerate(signatures):
        x = LEFT if rank == 0 and len(signatures) > 1 else right
        _block(pdf, [item.title, *item.lines], x, top, width, 12.0 if item.to_fill else 30.0, 10)
        y = pdf.y + 1.5
        for place, text in enumerate(item.to_fill, start=1):
            height = 26.0 if place == len(item.to_fill) else 8.0
            pdf.rect(x, y, width, height)
            _cell(pdf, text, x, y + 1.8, width, "L")
            y += height
