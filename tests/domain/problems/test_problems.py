"""Where a problem is, in which order it is told, and that no text forges a line."""

import pytest

from mutualis.domain.problems import catalogue
from mutualis.domain.problems.catalogue.entry import Severity, error, warning
from mutualis.domain.problems.problem import (
    Problem,
    Source,
    has_errors,
    in_order,
    one_line,
    one_lined,
)


@pytest.mark.parametrize(
    ("source", "text", "place"),
    [
        (Source("a.csv"), "a.csv", "a.csv"),
        (Source("a.csv", 3), "a.csv:3", "a.csv:3"),
        (Source("a.csv", 3, 2), "a.csv:3", "a.csv:3:2"),
        (Source("a.csv", 3, 2, "B3"), "a.csv:3", "a.csv:3:2 (B3)"),
        (Source("a.csv", 3, field="siren"), "a.csv:3", "a.csv:3 (« siren »)"),
        (Source("a.csv", 3, 2, "B3", "siren"), "a.csv:3", "a.csv:3:2 (B3, « siren »)"),
        (Source("a\nb.csv", 3), "a\nb.csv:3", "a b.csv:3"),
    ],
)
def test_where_a_value_was_read(source: Source, text: str, place: str) -> None:
    assert (str(source), source.place) == (text, place)


def at(file: str, line: int | None = None, column: int | None = None, code: str = "B60") -> Problem:
    return Problem(code, Source(file, line, column))


def test_by_file_line_and_column_each_once() -> None:
    own = [at("b", 1), at("a", 10, 2), at("a", 10, 1), at("a", 9), at("a"), at("b", 1)]
    assert in_order(own) == [at("a"), at("a", 9), at("a", 10, 1), at("a", 10, 2), at("b", 1)]
    assert in_order([at("a"), at("a", code="B29")]) == [at("a", code="B29"), at("a")]


def test_what_is_an_error() -> None:
    assert not has_errors([])
    assert not has_errors([Problem("B60", Source("a"))])
    assert has_errors([Problem("B60", Source("a")), Problem("M05", Source("a"))])
    assert Problem("M05", Source("a")).severity is Severity.ERROR


def test_no_text_makes_a_line_of_its_own() -> None:
    assert one_line("a\nb\r\nc\u2028d") == "a b c d"
    assert one_lined({"a": "x\ny", "n": 3}) == {"a": "x y", "n": 3}
    problem = Problem("B09", Source("a"), {"year": "20\n25"})
    assert "\n" not in problem.message
    assert "20 25" in problem.message


def test_entries() -> None:
    assert error("X1", "a", "b", "c", "d").severity is Severity.ERROR
    assert error("X1", "a", "b", "c", "d", whole=True).whole
    assert warning("X1", "a", "b", "c", "d").severity is Severity.WARNING
    assert catalogue.entry("B60").code == "B60"
    with pytest.raises(KeyError):
        catalogue.entry("X99")
