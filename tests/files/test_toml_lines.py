"""Where TOML values stand: changing the text pointed at changes that value and no other."""

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from mutualis.files.toml.file import Strict, read_toml
from mutualis.files.toml.lines import check_keys, locate
from mutualis.files.toml.problems import Located

TRICKY = '''
# a comment with [brackets] and a = "b"
plain = 1   # 2
"quoted key" = "a # b"
'single.key' = 'c:\\path'
dotted.key.here = true
multi = """
first = 1
a quote " and \\""" more"""
raw = \'\'\'it's ''two'' \'\'\'
list = [1, [2, 3], "x,]", { a = 1, b = [4] },
  5, # five
]
inline = { x = 1, y.z = "}" , w = [ { v = 2 } ] }
when = 2026-01-15T10:00:00

[table."a b".c]
value = 0x1F
[[items]]
n = 1
[[items]]
n = 2
[items.sub]
deep = 1.5e3
[[items.more]]
q = "é€"
'''


def value_at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    if isinstance(data, dict):
        return {k: v for key in data for k, v in leaves(data[key], (*path, key)).items()}
    if isinstance(data, list):
        return {k: v for i, item in enumerate(data) for k, v in leaves(item, (*path, i)).items()}
    return {path: data}


@pytest.mark.parametrize(
    "text",
    [
        TRICKY,
        TRICKY.replace("\n", "\r\n"),
        *(p.read_text("utf-8") for p in ROOT.glob("data/*.toml")),
    ],
    ids=["tricky", "crlf", *(p.name for p in ROOT.glob("data/*.toml"))],
)
def test_each_leaf_can_be_changed_alone(text: str) -> None:
    before = leaves(tomllib.loads(text))
    spans = locate(text)
    assert set(before) <= set(spans)
    for path in before:
        span = spans[path]
        assert value_at(tomllib.loads(f"v = {text[span.start : span.end]}"), ("v",)) == before[path]
        changed = leaves(tomllib.loads(text[: span.start] + '"CHANGED"' + text[span.end :]))
        assert changed == {**before, path: "CHANGED"}
        assert 1 <= span.line <= text.count("\n") + 1


keys = st.text("abcé -_.", min_size=1, max_size=5)
scalars = st.integers(-(10**6), 10**6) | st.booleans() | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, max_size=4))
def test_it_finds_every_leaf_of_any_document(document: dict[str, Any]) -> None:
    import tomli_w

    text = tomli_w.dumps(document)
    spans = locate(text)
    for path, value in leaves(document).items():
        span = spans[path]
        assert tomllib.loads(f"v = {text[span.start : span.end]}")["v"] == value


def test_lines_and_columns_count_from_one(tmp_path: Path) -> None:
    spans = locate("a = 1\n[t]\n  b = { c = 2 }\n")
    assert (spans["a",].line, spans["a",].column) == (1, 1)
    assert (spans["t",].line, spans["t",].column) == (2, 1)
    assert (spans["t", "b"].line, spans["t", "b"].column) == (3, 3)
    assert (spans["t", "b", "c"].line, spans["t", "b", "c"].column) == (3, 9)


class Scanned(str):
    """A text that adds up how many of its characters it is asked to look through."""

    __slots__ = ("looked",)
    looked: int

    def count(self, *arguments: Any) -> int:
        self.looked += arguments[2] - arguments[1] if len(arguments) == 3 else len(self)
        return str.count(self, *arguments)

    def rfind(self, *arguments: Any) -> int:
        found = str.rfind(self, *arguments)
        self.looked += (arguments[2] if len(arguments) == 3 else len(self)) - max(found, 0)
        return found

    def split(self, *arguments: Any) -> list[str]:
        self.looked += len(self)
        return str.split(self, *arguments)


@pytest.mark.parametrize("line", ["[x{}]", "[[x]]\na = 1 # {}", "x{} = 1"])
def test_the_place_of_each_value_is_found_without_reading_those_before(line: str) -> None:
    """Characters looked through and calls, which are counted: a clock would measure the machine."""
    count = 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1

    def work(tables: int) -> tuple[int, int]:
        nonlocal count
        text = Scanned("\n".join(line.format(rank) for rank in range(tables)))
        text.looked = count = 0
        sys.setprofile(counted)
        try:
            located = Located("x", text, locate(text))
            for path in located.spans:
                located.key(path)
                located.value(path)
        finally:
            sys.setprofile(None)
        return text.looked, count

    (looked, calls), (looked_10, calls_10) = work(100), work(1000)
    assert looked_10 <= 12 * looked
    assert calls_10 <= 12 * calls


def test_a_hundred_thousand_tables_get_an_answer() -> None:
    """Each line is found without reading those before it."""
    text = "\n".join(f"[x{rank}]" for rank in range(100_000))
    spans = locate(text)
    assert (spans[("x99999",)].line, spans[("x99999",)].column) == (100_000, 1)


@pytest.mark.parametrize("more", [0, 1])
def test_a_file_to_the_bound(more: int, tmp_path: Path) -> None:
    """Of ten megabytes, the answer took half a minute and two gigabytes."""
    (tmp_path / "x.toml").write_bytes(b"#" * (2**20 + more))
    codes = [problem.code for problem in read_toml(tmp_path, "x.toml", Strict).problems]
    assert codes == ["A10"] * more


def test_tables_too_deep_in_each_other_are_refused() -> None:
    from mutualis.files.data.tariffs import parse_tariffs

    for text in (f"[{'a.' * 5000}a]", f"{'a.' * 5000}a = 1", "a = " + "[" * 5000):
        assert [problem.code for problem in parse_tariffs(text)[1]] == ["T01"]


def test_a_key_of_too_many_parts_is_refused_before_it_takes_the_memory() -> None:
    """Of 20 000 parts, tomllib took 2.3 GB to read one."""
    for part in ("a.", '"a" . ', "'a'."):
        for text in (
            f"{part * 20_000}a = 1",
            f"[{part * 20_000}a]",
            f"x = {{{part * 20_000}a = 1}}",
        ):
            with pytest.raises(ValueError, match="too deep"):
                check_keys(text)
    for text in ("a.b.c = 1", f"{'a' * 2**20} = 1", f'x = """{". " * 5000}"""', "x = 1.5\n" * 999):
        check_keys(text)
