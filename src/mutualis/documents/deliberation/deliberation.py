"""What a draft deliberation says, in texts, whatever sets it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    is_figure: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """`total` is its last row, empty where it has none."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """An article or an annex: its texts, its table where it has one, then notes."""

    title: str
    texts: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliberation:
    """In the order in which it is read; `mark` is on each page, `day` is that of its properties."""

    issuer: tuple[str, ...]
    mark: str
    heading: str
    subject: str
    visas: tuple[str, ...]
    grounds: tuple[str, ...]
    decides: str
    articles: tuple[Part, ...]
    votes: tuple[str, ...]
    signatures: tuple[str, ...]
    annexes_title: str
    annexes: tuple[Part, ...]
    footer: str
    title: str
    day: date

    def parts(self) -> Iterator[Part]:
        yield from self.articles
        yield from self.annexes
