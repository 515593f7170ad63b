"""What this command has tried to add to a register: whether it is there is read again, since a
commit that failed or was interrupted may have been done."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mutualis.domain.problems.refusals import NotWritten, Refusal
from mutualis.domain.value import Struct

if TYPE_CHECKING:  # every command asks what it has tried; few have a record to show
    from mutualis.domain.register.records import Record
    from mutualis.register.rows import Row


class _Attempt(Struct, frozen=True):
    """The `records` of a transaction, up to its `last` row."""

    root: Path
    last: "Row"
    records: "tuple[Record, ...]"


_attempts: list[_Attempt] = []


def forget() -> None:
    """A new command begins in this process."""
    _attempts.clear()


def is_any() -> bool:
    """Whether the command has tried to add anything."""
    return bool(_attempts)


def note(root: Path, last: "Row", records: "tuple[Record, ...]") -> None:
    """Said before the commit: nobody can say it for sure after."""
    _attempts.append(_Attempt(root.absolute(), last, records))


def kept(rows_of: "Callable[[Path], Iterable[Row]]") -> "tuple[Record, ...]":
    """The records that are in their register; raises NotWritten when it cannot be read."""
    found: tuple[Record, ...] = ()
    for attempt in _attempts:
        try:
            is_there = any(row.hash == attempt.last.hash for row in rows_of(attempt.root))
        except Refusal as error:
            raise NotWritten("register.unknown", path=str(attempt.root)) from error
        found += attempt.records if is_there else ()
    return found
