"""What is wrong with the data, as values: a problem knows its code, its place and its facts.

The French text of each code is in `catalogue`. Loaders and checks return problems; they are
shown together, and nothing is computed or written when one of them is an error.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from mutualis.domain.problems import tables
from mutualis.domain.value import Struct, field

if TYPE_CHECKING:
    from mutualis.domain.problems.catalogue import Entry, Severity

T = TypeVar("T")


class Source(Struct, frozen=True):
    """Where a value was read.

    `line` and `column` count from 1; in a CSV file the column is that of the table, and
    `cell` the address that Excel shows. `excerpt` is the line as it stands in the file,
    `caret` the offset in it of the faulty text and `width` its length.
    """

    file: str
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    field: str | None = None
    excerpt: str | None = None
    caret: int | None = None
    width: int = 1

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def place(self) -> str:
        """file:line:column (cell, « column name »), as much of it as is known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        names = [self.cell or "", f"« {self.field} »" if self.field else ""]
        detail = ", ".join(name for name in names if name)
        return one_line(f"{place} ({detail})" if detail else place)


class Problem(Struct, frozen=True):
    """One thing to mend: the facts fill in the catalogue's message and remedy."""

    code: str
    source: Source
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def entry(self) -> "Entry":
        """What the catalogue says of the code."""
        return _catalogue()[self.code]

    @property
    def severity(self) -> "Severity":
        return self.entry.severity

    @property
    def message(self) -> str:
        return self.entry.message.format_map(told(self.facts))

    @property
    def remedy(self) -> str:
        return self.entry.remedy.format_map(told(self.facts))

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.source.file, self.source.line or 0, self.source.column or 0, self.code)


@cache
def _catalogue() -> "Mapping[str, Entry]":
    # Its thirteen families are read when a problem is told, not to start.
    from mutualis.domain.problems.catalogue import CATALOGUE  # noqa: PLC0415

    return CATALOGUE


def one_line(text: str) -> str:
    """What a file or a person wrote, so that it forges no line of its own where it is shown."""
    return " ".join(text.splitlines())


def one_lined(facts: Mapping[str, T]) -> dict[str, T | str]:
    return {name: one_line(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


def told(facts: Mapping[str, T]) -> dict[str, T | str]:
    """What a text may name: the facts, and the files of the tables."""
    return {**tables.files(), **one_lined(facts)}


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, line and column, each once."""
    found: dict[tuple[str, int, int, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.order, []).append(problem)
    return [problem for place in sorted(found) for problem in _each_once(found[place])]


def _each_once(problems: list[Problem]) -> list[Problem]:
    """Problems of one code at one place, by what they say, which few need to be told apart."""
    if len(problems) == 1:
        return problems
    unique = {problem.message: problem for problem in problems}
    return [unique[message] for message in sorted(unique)]


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
