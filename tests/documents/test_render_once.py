"""What the other tests rely on to render a workbook once: another value of any kind, another
workbook."""

import ast
import importlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT, Cli
from render_once import RENDERERS, _once, render_anew

KNOWN = {name for names in RENDERERS.values() for name in names}
# They are few, or fast, and what they are given is read where they render.
ANEW = {"render_csv", "render_json", "render_xlsx", "render_xml", "render_report", "render_web"}


@dataclass(frozen=True)
class Given:
    text: str
    amounts: tuple[int, ...] = ()


def test_any_other_value_is_another_rendering() -> None:
    asked = []

    def render(*values: object, **others: object) -> bytes:
        asked.append((values, others))
        return repr((values, others)).encode()

    once = _once(render)
    different = [Given("a"), Given("b"), Given("a", (1,)), "a", 1, "1", True, None]
    for value in (*different, *different):
        assert once(value) == repr(((value,), {})).encode()
        assert once(value, option=1) == repr(((value,), {"option": 1})).encode()
    assert len(asked) == 2 * len(different) + 1  # the first that came again is compared


def test_what_is_not_a_value_is_rendered_anew() -> None:
    asked = []

    def render(value: object) -> bytes:
        asked.append(value)
        return b"1"

    once = _once(render)
    for _ in range(2):
        once(lambda: 1)
    assert len(asked) == 2


def test_a_rendering_that_depends_on_something_else_is_found() -> None:
    made = iter((b"1", b"2"))
    once = _once(lambda _: next(made))
    once(1)
    with pytest.raises(AssertionError, match="not pure"):
        once(1)


def test_what_workflows_render_is_known() -> None:
    """A new document is rendered once too, or is said to be rendered anew; no workflow has taken
    hold of one before it could be."""
    found = set()
    for path in (ROOT / "src/mutualis/documents").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        found |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {name for name in found if name.startswith("render_")} == KNOWN | ANEW
    for path in (ROOT / "src/mutualis/workflows").glob("*.py"):
        module = f"mutualis.workflows.{path.stem}"
        held = KNOWN & vars(importlib.import_module(module)).keys()
        assert held <= set(RENDERERS.get(module, ())), module


def test_a_command_asks_for_the_same_once(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And gives what it gives without."""
    made = []
    for anew in (False, False, True):
        if anew:
            render_anew(monkeypatch)
        (name,) = cli("bill", "2025", "--date", "15/01/2025", "--json").json["files"]
        made.append((folder / name).read_bytes())
        (folder / name).unlink()
    assert made[0] == made[1] == made[2]
