"""Where each value of a TOML text stands, since tomllib does not say.

The scanner walks a text that tomllib has accepted, so it only has to find where keys and
values begin and end. A path is the tuple of keys and array ranks that leads to a value:
("grids", "2025", "levels", "2B", "brackets", 0, "cap").
"""

import re
import tomllib
from bisect import bisect_right

from mutualis.domain.value import Struct

Path = tuple[str | int, ...]
_MOST_DEPTH = 50
# Four times that in one dotted key, seen before tomllib sees it: each part costs it the memory of
# all those before.
_TOO_DOTTED = re.compile(r"""(?<!["'\w-])(?:["'\w-]++[ \t]*+\.[ \t]*+){200}""")


class Span(Struct, frozen=True):
    """A key at line:column (from 1) and its value, `text[start:end]`. A table has its header."""

    line: int
    column: int
    start: int
    end: int


def check_keys(text: str) -> None:
    """Raises ValueError for a dotted key that is no name, before anything else reads the text."""
    if _TOO_DOTTED.search(text):
        raise ValueError("tables too deep in each other")


def locate(text: str) -> dict[Path, Span]:
    """The span of every key, value, array item and table header of a valid TOML text.

    Raises ValueError when tables lie too deep in each other.
    """
    return _Scanner(text).scan()


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = line_starts(text)
        self.spans: dict[Path, Span] = {}
        self.arrays: dict[Path, int] = {}

    def scan(self) -> dict[Path, Span]:
        table: Path = ()
        while self.skip_blank():
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.spans

    def skip_blank(self, also: str = "") -> bool:
        """Past spaces, newlines, comments and the characters of `also`; False at the end."""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif char in " \t\r\n" or char in also:
                self.at += 1
            else:
                return True
        return False

    def header(self) -> Path:
        begun = self.at
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        keys = self.keys("]")
        self.check_depth(len(keys))
        self.at += 2 if double else 1
        path: Path = ()
        for rank, key in enumerate(keys):
            path = (*path, key)
            if double and rank == len(keys) - 1:
                self.arrays[path] = self.arrays.get(path, -1) + 1
            if path in self.arrays:
                path = (*path, self.arrays[path])
        self.mark(path, begun, begun, self.at)
        return path

    def keys(self, until: str) -> list[str]:
        """A dotted key, up to the character `until`, which is left to read."""
        found: list[str] = []
        while True:
            while self.text[self.at] in " \t.":
                self.at += 1
            if self.text[self.at] == until:
                return found
            begun = self.at
            if self.text[self.at] in "\"'":
                self.string()
                found.append(next(iter(tomllib.loads(f"{self.text[begun : self.at]} = 0"))))
            else:
                while self.text[self.at] not in f" \t.{until}":
                    self.at += 1
                found.append(self.text[begun : self.at])

    def pair(self, table: Path) -> None:
        begun = self.at
        path = (*table, *self.keys("="))
        self.check_depth(len(path))
        self.at += 1
        while self.text[self.at] in " \t":
            self.at += 1
        self.value(path, begun)

    def check_depth(self, depth: int) -> None:
        if depth > _MOST_DEPTH:
            raise ValueError("tables too deep in each other")

    def value(self, path: Path, begun: int) -> None:
        start = self.at
        char = self.text[self.at]
        if char in "\"'":
            self.string()
        elif char == "[":
            self.at += 1
            rank = 0
            while self.skip_blank(",") and self.text[self.at] != "]":
                self.value((*path, rank), self.at)
                rank += 1
            self.at += 1
        elif char == "{":
            self.at += 1
            while self.skip_blank(",") and self.text[self.at] != "}":
                self.pair(path)
            self.at += 1
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\r\n":
                self.at += 1
            self.at = start + len(self.text[start : self.at].rstrip())
        self.mark(path, begun, start, self.at)

    def string(self) -> None:
        quote = self.text[self.at]
        closing = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.at += len(closing)
        while not self.text.startswith(closing, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(closing)
        # Up to two quotes may precede the closing three.
        while len(closing) == 3 and self.text.startswith(quote, self.at):
            self.at += 1

    def mark(self, path: Path, begun: int, start: int, end: int) -> None:
        line = bisect_right(self.starts, begun)
        self.spans[path] = Span(line, begun - self.starts[line - 1] + 1, start, end)
