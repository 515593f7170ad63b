"""The other documents that a document names."""

from dataclasses import dataclass
from datetime import date

from mutualis.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Cited:
    """Another document: what it is, its number, its day."""

    kind: Kind
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Citations:
    """Those that a claim `completes`, the one that it `replaces`, and the `credit` by which that
    one was cancelled."""

    completes: tuple[Cited, ...] = ()
    replaces: Cited | None = None
    credit: Cited | None = None


NONE = Citations()
