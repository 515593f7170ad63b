"""A seal: the hash of the register's last row, noted where the register is not."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seal:
    """`head` is the hash of the last row; `rows` how many there were, None where it is not told."""

    head: str
    rows: int | None = None

    def holds(self, hashes: Sequence[str]) -> bool:
        """Whether the register still begins as it was then; `hashes` are those of its rows."""
        if self.rows is None:
            return self.head in hashes
        return hashes[: self.rows][self.rows - 1 :] == [self.head]
