"""A text saved for MS-DOS or the Macintosh and read as Windows-1252: « Sa“ne », « BoussiŠres ».

Each byte is a sign in every one of these encodings, so nothing fails: only what is no French word
shows it. What it likely said is given as a remedy, never put in its place.
"""

from functools import lru_cache

# The commonest first: where two readings are French, that of the commonest letters is likelier.
_WITHIN, _AT_THE_END = "éèêçâôîûïëœüàùÿäöæ", "éàèùêîïâôûëüÿœçäöæ"
_FRENCH = frozenset(_WITHIN + _WITHIN.upper())
_BETWEEN = frozenset("’ʼ‐‑·°²³ªº®«»")  # what a French text may have between two letters
_IN_A_SENTENCE = frozenset("–—…•")  # the same, but in a name: « Br–lé », « Pont-…-Mousson »
_NEVER = frozenset("‚‡ˆ˜‰ƒ¤¦¨¬¸×")  # what it has on no side of a letter: « Cit‚ », « ×le »
_GAPS = frozenset("\x81\x8d\x8f\x90\x9d")  # bytes that Windows-1252 does not have
_ENCODINGS = {"MS-DOS": "cp850", "Macintosh": "mac_roman", "ISO-8859-15": "iso8859_15"}


def _windows() -> dict[int, str]:
    """What Windows-1252 has of its own; the five bytes that it lacks stay control characters."""
    found = {}
    for byte in range(0x80, 0xA0):
        try:
            found[byte] = bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            found[byte] = chr(byte)
    return found


_WINDOWS = _windows()
_BYTES = {ord(char): byte for byte, char in _WINDOWS.items()}


def windows_1252(data: bytes) -> str:
    """The text, each byte a sign of its own: none is lost."""
    return data.decode("latin-1").translate(_WINDOWS)


@lru_cache(maxsize=8192)  # the same names come back year after year
def misread(text: str, *, name: bool = False) -> str | None:
    """« MS-DOS : Saône » for a text that was read in the wrong encoding; None for a sound one.

    In a `name` a dash, an ellipsis or a bullet between letters is no French either.
    """
    accented = (at for at, char in enumerate(text) if not char.isascii())
    if not any(_is_strange(text, at, name) for at in accented):
        return None
    readings = [
        (sum(_rank(said, at) for at in range(len(said))), f"{who} : {said}")
        for who, said in _said(text)
        if all(_fits(said, at) for at in range(len(said)) if said[at] != text[at])
        and not any(_is_strange(said, at, name) for at in range(len(said)))
    ]
    return min(readings)[1] if readings else None


def _said(text: str) -> list[tuple[str, str]]:
    """The text as each encoding has its bytes, where it is not the same."""
    try:
        data = text.translate(_BYTES).encode("latin-1")
    except UnicodeEncodeError:  # a sign that Windows-1252 does not have: it was read otherwise
        return []
    all_said = [(who, data.decode(encoding)) for who, encoding in _ENCODINGS.items()]
    return [(who, said) for who, said in all_said if said != text]


def _is_strange(text: str, at: int, name: bool) -> bool:
    char = text[at]
    if char.isascii():
        return False
    if char in _GAPS:
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char in _NEVER:
        return any(other.isalpha() or other == "-" for other in (before, after))
    if char.isalpha():
        foreign = char not in _FRENCH and char not in _BETWEEN
        return not _suits(char, before, after) or (foreign and before.isalpha() and after.isalpha())
    if char in _BETWEEN or char.isspace():
        return False
    if char in _IN_A_SENTENCE and not name:
        return False
    return all(other.isalpha() or other == "-" for other in (before, after))


def _suits(char: str, before: str, after: str) -> bool:
    """Whether a letter has the case of its neighbours: neither « MaŒche » nor « SAâNE »."""
    if char.isupper():
        return not before.islower() and not (before.isalpha() and after.islower())
    return not char.islower() or not after.isupper() or before.islower()


def _fits(text: str, at: int) -> bool:
    """Whether a sign is likely what was written: a French letter in its place, or an apostrophe."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] == "’" or (text[at] in _FRENCH and _suits(text[at], before, after))


def _rank(text: str, at: int) -> int:
    """How rare a letter is in its place, from 0."""
    before, after = text[at - 1 : at].lower(), text[at + 1 : at + 2]
    char = text[at].lower()
    if char == "â" and before in ("a", "o"):  # Noël, not Noâl
        return len(_WITHIN)
    return max((_WITHIN if after.isalpha() else _AT_THE_END).find(char), 0)
