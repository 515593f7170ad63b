"""Text that any document may hold."""

import re

_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_MOST_TEXT = 32000


def clean(text: str) -> str:
    """Without the control and direction characters that a workbook refuses or that deceive."""
    return _CONTROL_CHARACTERS.sub("", text)[:_MOST_TEXT]
