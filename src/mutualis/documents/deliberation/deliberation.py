"""What a draft deliberation says, in texts, whatever sets it."""

from datetime import date

from mutualis.domain.value import Struct


class DraftColumn(Struct, frozen=True):
    title: str
    is_figure: bool = True


class DraftTable(Struct, frozen=True):
    """`total` is its last row, empty where it has none."""

    columns: tuple[DraftColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


class DraftPart(Struct, frozen=True):
    """An article or an annex: its texts, its table where it has one, then notes."""

    title: str
    texts: tuple[str, ...] = ()
    table: DraftTable | None = None
    notes: tuple[str, ...] = ()


class Deliberation(Struct, frozen=True):
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
