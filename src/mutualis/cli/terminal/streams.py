"""Output that never fails for want of a character, whatever the console's encoding."""

import codecs
import sys
import unicodedata

_LIKE = {
    "€": "EUR",
    "→": "->",
    "…": "...",
    "×": "x",
    "’": "'",
    "–": "-",
    "—": "-",
    "œ": "oe",
    "Œ": "OE",
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "\u2212": "-",
    "°": "o",
    "½": "1/2",
    "≥": ">=",
    "≤": "<=",
}


def make_safe() -> None:
    """A character that the console lacks is written as the nearest one that it has."""
    codecs.register_error("mutualis", _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="mutualis")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ascii(char) for char in text), error.end


def _ascii(char: str) -> str:
    if char in _LIKE:
        return _LIKE[char]
    base = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return base or "?"
