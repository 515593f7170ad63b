"""The typography of a printed text, whoever wrote it; `templates/style.typ` raises « 1er »."""

import re

from mutualis.domain.french.typography import NBSP

NARROW = "\u202f"  # narrow no-break space
MINUS = "\u2212"

# A sign keeps the word before it, and guillemets what they hold: no line begins or ends with them.
_RULES = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"[ \u00a0\u202f]+([;!?])", rf"{NARROW}\1"),
        (r"[ \u00a0\u202f]+:", f"{NBSP}:"),
        (r"«[ \u00a0\u202f]*", f"«{NBSP}"),
        (r"[ \u00a0\u202f]*»", f"{NBSP}»"),
        (r"\b([Nn])° ", rf"\1°{NBSP}"),
        (r"(?<=\w)'(?=\w)", "\u2019"),
        (r"(?<![\w-])-(?=\d)", MINUS),  # a sign, not the hyphen of a number such as F2025-0001
        (r"(?<=[\dx]) - (?=\d)", f" {MINUS} "),  # a subtraction
    )
)


def printed(text: str) -> str:
    """The text with the spaces, apostrophes and minus signs of a French page."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
