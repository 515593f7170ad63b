"""The other documents that a document names."""

from datetime import date

from mutualis.domain.kinds import Kind
from mutualis.domain.value import Struct


class Cited(Struct, frozen=True):
    """Another document: what it is, its number, its day."""

    kind: Kind
    number: str
    day: date


class Citations(Struct, frozen=True):
    """Those that a claim `completes`, the one that it `replaces`, and the `credit` by which that
    one was cancelled."""

    completes: tuple[Cited, ...] = ()
    replaces: Cited | None = None
    credit: Cited | None = None


NONE = Citations()
