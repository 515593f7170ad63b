"""A PDF/A-3B document on A4: its two fonts, its properties, what every page carries.

Its bytes depend on its contents alone: the only date in it is that of the document.
"""

import unicodedata
from bisect import bisect_left
from datetime import UTC, date, datetime
from html import escape
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from mutualis import __version__
from mutualis.documents.wording.plain import clean

FAMILY = "Liberation Sans"
LEFT, TOP, WIDTH, BOTTOM = 18.0, 14.0, 174.0, 18.0  # millimetres; margins and the text's width
INK, GREY, PALE, RULE = (31, 41, 55), (95, 103, 115), (232, 238, 246), (160, 168, 178)
BLUE = (31, 56, 100)
MARK = (228, 228, 228)
_FILES = {"": "LiberationSans-Regular.ttf", "B": "LiberationSans-Bold.ttf"}
_MISSING = "?"
_LANGUAGE = "fr-FR"
_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
        xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
      <pdfaid:part>3</pdfaid:part>
      <pdfaid:conformance>B</pdfaid:conformance>
      <dc:format>application/pdf</dc:format>
      <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
      <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
      <xmp:CreatorTool>{creator}</xmp:CreatorTool>
      <xmp:CreateDate>{moment}</xmp:CreateDate>
      <xmp:ModifyDate>{moment}</xmp:ModifyDate>
      <xmp:MetadataDate>{moment}</xmp:MetadataDate>
      <pdf:Producer>{producer}</pdf:Producer>
    </rdf:Description>
  </rdf:RDF>
</x:xmpmeta>"""


class Pdf(FPDF):
    """`watermark` is printed across each page, behind its text; `foot` at its foot, with its
    number. `scale` makes every text smaller, where a document must fit on its page."""

    def __init__(
        self, *, title: str, author: str, day: date, watermark: str, foot: str, scale: float
    ) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-3B")
        self._scale = scale
        for style, name in _FILES.items():
            with as_file(files("mutualis.documents") / "fonts" / name) as path:
                self.add_font(FAMILY, style, path)
        fonts = [font for font in self.fonts.values() if isinstance(font, TTFFont)]
        self._known = frozenset.intersection(*(frozenset(font.cmap) for font in fonts))
        self._watermark = self.printable(watermark)
        self._foot = self.printable(foot)
        self.set_margins(LEFT, TOP, self.w - LEFT - WIDTH)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0
        self._describe(self.printable(title), self.printable(author), day)
        self.add_page()

    def header(self) -> None:
        if not self._watermark:
            return
        self.face("B", 100, MARK)
        size = min(100.0, 100 * 215 / self.get_string_width(self._watermark))
        self.set_font(FAMILY, "B", size)
        wide = self.get_string_width(self._watermark)
        with self.rotation(50, self.w / 2, self.h / 2):
            self.text((self.w - wide) / 2, self.h / 2 + size / 8, self._watermark)
        self.set_xy(LEFT, TOP)

    def footer(self) -> None:
        self.set_draw_color(*RULE)
        self.line(LEFT, self.h - 14, LEFT + WIDTH, self.h - 14)
        self.set_xy(LEFT, self.h - 12.5)
        self.set_font(FAMILY, "", 7.5)
        self.set_text_color(*GREY)
        self.cell(WIDTH - 22, 4, self.shortened(self._foot, WIDTH - 22))
        # The total is known at the end only: its place is that of one digit.
        wide = self.get_string_width(f"page {self.page_no()}/9")
        self.set_x(LEFT + WIDTH - wide)
        self.cell(wide, 4, f"page {self.page_no()}/{{nb}}")

    @property
    def bottom(self) -> float:
        """Where the text of a page ends."""
        return self.h - BOTTOM

    def face(self, style: str, size: float, colour: tuple[int, int, int] = INK) -> float:
        """Choose the font of what follows; returns the height of its lines."""
        self.set_font(FAMILY, style, size * self._scale)
        self.set_text_color(*colour)
        return size * self._scale * 0.44

    def say(self, text: str, height: float, x: float = LEFT, width: float = WIDTH) -> None:
        """Write a text, folded over the lines that it needs; the next one comes under it."""
        self.set_x(x)
        self.multi_cell(
            width, height, self.printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def lines_of(self, text: str, width: float) -> list[str]:
        """The lines over which a text is folded, in the font chosen."""
        found = self.multi_cell(
            width, 1, self.printable(text), align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        return [str(line) for line in found] if isinstance(found, list) else []

    def printable(self, text: str) -> str:
        """A text of which the fonts have every character, since PDF/A wants none missing."""
        composed = unicodedata.normalize("NFC", clean(text))
        return "".join(
            char if ord(char) in self._known else _nearest(char, self._known) for char in composed
        )

    def shortened(self, text: str, width: float) -> str:
        """The text, cut with an ellipsis where it is wider than `width`."""
        text = self.printable(text)
        if self.get_string_width(text) <= width:
            return text
        fits = bisect_left(range(len(text)), width, key=lambda n: self._wide(text[: n + 1]))
        return f"{text[:fits]}…"

    def _wide(self, text: str) -> float:
        wide: float = self.get_string_width(f"{text}…")
        return wide

    def room(self, height: float) -> None:
        """Go to a new page where `height` is not left on this one."""
        if self.y + height > self.bottom:
            self.add_page()

    def finished(self) -> bytes:
        data = bytes(self.output())
        self.close()
        return data

    def close(self) -> None:
        """Let go of the files of the fonts, which stay open while they are read."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _describe(self, title: str, author: str, day: date) -> None:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        creator, producer = f"mutualis {__version__}", "fpdf2"
        self.set_lang(_LANGUAGE)
        self.set_title(title)
        self.set_author(author)
        self.set_creator(creator)
        self.set_producer(producer)
        self.set_creation_date(moment)
        values = {"title": title, "author": author, "creator": creator, "producer": producer}
        self.set_xmp_metadata(
            _XMP.format(
                language=_LANGUAGE,
                moment=moment.isoformat(),
                **{name: escape(value) for name, value in values.items()},
            )
        )


def _nearest(char: str, known: frozenset[int]) -> str:
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in base if ord(part) in known and not unicodedata.combining(part))
    return "" if unicodedata.combining(char) else kept or _MISSING
