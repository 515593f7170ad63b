"""What the tests ask of a PDF: to be made of a paper, and to be read as a screen reader does."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from mutualis.documents.paper.page import Page, page_of
from mutualis.documents.paper.paper import Paper
from mutualis.documents.paper.press import Press

# What a screen reader tells apart; the others only hold these.
_BLOCKS = ("/H1", "/H2", "/P", "/TH", "/TD", "/Figure", "/Lbl", "/LBody")


@cache
def press() -> Press:
    """The shipped templates, without a logo."""
    return Press({}, None)


def pdf_of(paper: Paper) -> bytes:
    return press().set_one(page_of(paper))


def check_marks(data: bytes, page: Page) -> None:
    """The marks of PDF/A-3a and of PDF/UA-1, and the properties of the document."""
    with pikepdf.open(BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert "/DestOutputProfile" in intent
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.MarkInfo.Marked
        assert not pdf.Root.MarkInfo.get("/Suspects")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as meta:
            assert meta["pdfaid:part"] == "3"
            assert meta["pdfaid:conformance"] == "A"
            assert meta["pdfuaid:part"] == "1"
            assert plain(str(meta["dc:title"])) == plain(page.title)
            assert list(meta["dc:creator"]) == [page.author]
            assert meta["xmp:CreateDate"] == f"{page.day.isoformat()}T00:00:00Z"
        assert "/Filter" not in pdf.Root.Metadata  # to be read by what does not read PDF
        assert not pdf.is_encrypted
        fonts = 0
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary):
                continue
            assert item.get("/S") not in ("/JavaScript", "/Launch")
            assert "/JS" not in item
            assert "/AA" not in item
            if item.get("/Type") == "/FontDescriptor":
                fonts += 1
                assert "/FontFile2" in item
                assert "LiberationSans" in str(item.FontName)
            if item.get("/Type") == "/Font":
                assert item.Subtype in ("/Type0", "/CIDFontType2")
        assert fonts == 2


def plain(text: str) -> str:
    """On one line, in the spaces, apostrophes and signs of a keyboard."""
    text = re.sub("[\u00a0\u202f]", " ", text).replace("\u2019", "'").replace("\u2212", "-")
    return " ".join(text.split())


def spoken(data: bytes | Path) -> list[str]:
    """What is heard of a tagged PDF, in order: a line an element, its kind first."""
    with pikepdf.open(data if isinstance(data, Path) else BytesIO(data)) as pdf:
        texts = {
            (page.obj.objgen, mark): text
            for page in pdf.pages
            for mark, text in _marked(page).items()
        }
        return list(_heard(pdf.Root.StructTreeRoot, texts))


def _heard(element: Any, texts: dict[tuple[tuple[int, int], int], str]) -> Iterator[str]:
    kind = str(element.get("/S", ""))
    if kind in _BLOCKS:
        said = str(element.Alt) if "/Alt" in element else _text(element, texts)
        scope = f" {element.A[0].Scope}" if kind == "/TH" and "/A" in element else ""
        yield f"{kind[1:]}{scope}: {said}"
        return
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary) and "/MCID" not in child:
            yield from _heard(child, texts)
        else:
            raise AssertionError(f"a text in no paragraph: {_text(element, texts)}")


def _text(element: Any, texts: dict[tuple[tuple[int, int], int], str]) -> str:
    if "/ActualText" in element:
        return str(element.ActualText)
    page = element.get("/Pg")
    found = []
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary) and "/MCID" in child:
            found.append(texts[child.Pg.objgen if "/Pg" in child else page.objgen, int(child.MCID)])
        elif isinstance(child, pikepdf.Dictionary):
            found.append(_text(child, texts))
        else:
            found.append(texts[page.objgen, int(child)])
    return "".join(found)


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page, by its MCID."""
    fonts = {name: _unicode(font) for name, font in page.obj.Resources.Font.items()}
    texts: dict[int, str] = {}
    marks: list[int | None] = []
    known: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        match operator := str(instruction.operator):
            case "BDC":
                named = isinstance(operands[1], pikepdf.Name)
                mark = None if named else operands[1].get("/MCID")
                marks.append(None if mark is None else int(mark))
            case "BMC":
                marks.append(None)
            case "EMC":
                marks.pop()
            case "Tf":
                known = fonts[str(operands[0])]
            case "Tj" | "TJ":
                shown = operands[0] if operator == "TJ" else [operands[0]]
                inside = next((mark for mark in reversed(marks) if mark is not None), None)
                if inside is None:
                    continue
                for piece in shown:
                    if isinstance(piece, pikepdf.String):
                        code = bytes(piece)
                        said = "".join(
                            known[int.from_bytes(code[at : at + 2], "big")]
                            for at in range(0, len(code), 2)
                        )
                        texts[inside] = texts.get(inside, "") + said
    return texts


def _unicode(font: Any) -> dict[int, str]:
    """What each glyph of a font means, from its ToUnicode."""
    found: dict[int, str] = {}
    table = font.ToUnicode.read_bytes().decode("ascii")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for glyph in range(int(first, 16), int(last, 16) + 1):
                found[glyph] = start[:-1] + chr(ord(start[-1]) + glyph - int(first, 16))
    return found
