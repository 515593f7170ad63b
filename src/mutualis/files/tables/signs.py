"""What a text of a file may not hold: signs that nobody sees, or that a spreadsheet would run.

The only place where a cell or a TOML text is looked at, before anything is made of it.
"""

import re
import unicodedata
from collections.abc import Iterable

from mutualis.domain.problems.problem import Problem, Source
from mutualis.domain.value import Struct

# What Word, a PDF or a web page leaves in a text: soft hyphen, zero-width space, word joiner, mark.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Controls, marks of direction, lone surrogates, private or unassigned signs, other line ends.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LINE_END = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")
_ERRORS = (
    *("###", "#REF!", "#N/A", "#VAL", "#DIV/0!", "#NOM", "#NAME", "#NUL", "#NUM!"),
    *("#CALC!", "#SPILL!"),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# -5, +0,8 %, +33 (0)3 81 00 00 00: a number, which runs nothing.
_NUMBER = re.compile(r"[+-]\s*\d[\d\s.,()]*[%€]?\s*")


class Seen(Struct, frozen=True):
    """A text on one line without what is invisible (`taken` are these signs, by name), and what is
    wrong with the rest: a code and facts, without a place."""

    text: str
    taken: str = ""
    code: str = ""
    value: str = ""

    def warning(self, source: Source) -> Problem | None:
        """C40 for what was taken out."""
        facts = {"signs": self.taken, "value": self.text.strip()[:40]}
        return Problem("C40", source, facts) if self.taken else None

    def fault(self, source: Source) -> Problem | None:
        """C14, C41 or C42 for what may not be there."""
        return Problem(self.code, source, {"value": self.value}) if self.code else None


def look_at(text: str, *, of_table: bool = True) -> Seen:
    """A newline or a tab is read as a space: what is shown of a text stays on its line. A text that
    is not `of_table` is of no workbook, and no error of one."""
    if text.isprintable():  # most texts: neither controls nor marks, and no space but the plain one
        return _formula(text, "", of_table)
    one_line = _LINE_END.sub(" ", text) if text.strip() else text
    kept = one_line.translate(_INVISIBLE)
    taken = _named(char for char in one_line if ord(char) in _INVISIBLE)
    forbidden = _named(
        char for char in kept if unicodedata.category(char) in _FORBIDDEN and char not in "\t\r\n"
    )
    if forbidden:
        return Seen(kept, taken, "C41", forbidden)
    return _formula(kept, taken, of_table)


def _formula(text: str, taken: str, of_table: bool) -> Seen:
    bare = text.strip()
    if of_table and (bare.startswith("=") or bare.upper().startswith(_ERRORS)):
        return Seen(text, taken, "C14", bare[:60])
    if bare.startswith(_FORMULA) and not _NUMBER.fullmatch(bare):
        return Seen(text, taken, "C42", bare[:60])
    return Seen(text, taken)


def _named(chars: Iterable[str]) -> str:
    """« U+200B, U+00AD », each once."""
    return ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(chars))
