"""What a draft deliberation says, in texts, whatever sets it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DraftColumn:
    title: str
    is_figure: bool = True


@dataclass(frozen=True, slots=True)
class DraftTable:
    """`total` is its last row, empty where it has none."""

    columns: tuple[DraftColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPart:
    """An article or an annex: its texts, its table where it has one, then notes."""

    title: str
    texts: tuple[str, ...] = ()
    table: DraftTable | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliberation:
    """In the order in which it is read; `mark` is on each page, `day` is that of its properties."""

    issuer: tuple[str, ...]
    mark: str
    heading: str
    numbered: str
    subject: str
    visas: tuple[str, ...]
    grounds: tuple[str, ...]
    decides: str
    articles: tuple[DraftPart, ...]
    votes: str
    signatures: tuple[str, ...]
    annexes_title: str
    annexes: tuple[DraftPart, ...]
    footer: str
    title: str
    day: date
