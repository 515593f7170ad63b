"""What the shipped fonts can print: PDF/A wants no character missing."""

import struct
import unicodedata
from functools import cache
from importlib.resources import files

from mutualis.documents.wording.plain import clean

FONTS = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
_MISSING = "?"
_WINDOWS, _UNICODE = 3, 1  # the platform and the encoding of a table of characters


@cache
def font_files() -> dict[str, bytes]:
    """The fonts by their names."""
    folder = files("mutualis.documents") / "fonts"
    return {name: (folder / name).read_bytes() for name in FONTS}


def printable(text: str) -> str:
    """The text in characters that each font has: the nearest one, or a question mark."""
    known = _known()
    composed = unicodedata.normalize("NFC", clean(text))
    if known.issuperset(composed):
        return composed
    return "".join(char if char in known else _nearest(char, known) for char in composed)


def _nearest(char: str, known: frozenset[str]) -> str:
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in base if part in known and not unicodedata.combining(part))
    return "" if unicodedata.combining(char) else kept or _MISSING


@cache
def _known() -> frozenset[str]:
    return frozenset(map(chr, frozenset.intersection(*map(characters, font_files().values()))))


def characters(font: bytes) -> frozenset[int]:
    """The code points of a TrueType font that has a `cmap` of format 4 (OpenType, `cmap`)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sIII", font, 12 + 16 * rank) for rank in range(tables)]
    at = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    maps = [
        struct.unpack_from(">HHI", font, at + 4 + 8 * rank)
        for rank in range(struct.unpack_from(">H", font, at + 2)[0])
    ]
    start = at + next(place for *kind, place in maps if kind == [_WINDOWS, _UNICODE])
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends, _, starts, deltas, shifts = (
        struct.unpack_from(f">{size}H", font, start + 14 + skipped)
        for size, skipped in (
            (count, 0),
            (1, 2 * count),
            (count, 2 * count + 2),
            (count, 4 * count + 2),
            (count, 6 * count + 2),
        )
    )
    found = set()
    for rank in range(count):
        for point in range(starts[rank], ends[rank] + 1):
            glyph = point
            if shifts[rank]:
                where = start + 16 + 6 * count + 2 * rank + shifts[rank]
                glyph = struct.unpack_from(">H", font, where + 2 * (point - starts[rank]))[0]
                if not glyph:
                    continue
            if (glyph + deltas[rank]) & 0xFFFF:
                found.add(point)
    return frozenset(found - {0xFFFF})
