"""A value: a `msgspec.Struct` that is frozen. No other module of the domain knows that library.

Its class is made in a thirtieth of the time that a frozen dataclass with slots takes, and a command
begins by making some hundred and fifty (docs/decisions/0019-values.md).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    # The same function, of which mypy knows that the names given must be fields of the value.
    from dataclasses import replace
else:
    from msgspec.structs import replace

__all__ = ["Struct", "equal_but_for", "field", "replace"]


def equal_but_for(*apart: str) -> Callable[[Struct, object], bool]:
    """The `__eq__` of a value that says the same whatever those fields hold: a place in a file, a
    sentence. Such a value has no hash."""

    def equal(self: Struct, other: object) -> bool:
        if not isinstance(other, Struct) or type(other) is not type(self):
            return False
        names = (name for name in self.__struct_fields__ if name not in apart)
        return all(getattr(self, name) == getattr(other, name) for name in names)

    return equal
