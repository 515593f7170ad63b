"""The text of a seal, which people keep in minutes or an e-mail and give back."""

import re
from collections.abc import Sequence
from datetime import date

from mutualis.domain.french.typography import long_date
from mutualis.domain.problems.refusals import UnreadableRequest
from mutualis.domain.value import Struct

_HEAD = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ROWS = re.compile(r"\blignes\s*:\s*(\d{1,9})\b")


class Seal(Struct, frozen=True):
    """`head` is the hash of the last row; `rows` how many there were, None where it is not told."""

    head: str
    rows: int | None = None

    def holds(self, hashes: Sequence[str]) -> bool:
        """Whether the register still begins as it was then; `hashes` are those of its rows."""
        if self.rows is None:
            return self.head in hashes
        return hashes[: self.rows][self.rows - 1 :] == [self.head]


def text_of_seal(seal: Seal, body: str, day: date) -> str:
    return (
        f"Scellé du registre de {body}, le {long_date(day)}\n"
        f"lignes : {seal.rows}\n"
        f"empreinte : {seal.head}\n"
        "Vérifier : mutualis register verify --expect FICHIER\n"
    )


def read_seal(text: str) -> Seal:
    """The seal that a text holds, a hash alone too; raises UnreadableRequest when it holds none,
    or several that differ."""
    known = text.lower()
    heads, rows = set(_HEAD.findall(known)), {int(found) for found in _ROWS.findall(known)}
    if len(heads) != 1 or len(rows) > 1 or rows == {0}:
        raise UnreadableRequest("register.not_a_seal", text=" ".join(text.split())[:40])
    return Seal(heads.pop(), *rows)
