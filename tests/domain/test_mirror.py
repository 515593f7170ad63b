"""Each module of the domain that decides something is tested beside itself: by its own noun."""

import ast
from pathlib import Path

from conftest import ROOT

DOMAIN, TESTS = ROOT / "src/mutualis/domain", ROOT / "tests/domain"
# Texts alone: that each is used, and with the facts it asks for, is tested by their family.
TEXTS = DOMAIN / "problems/refusal_texts"


def noun_of(path: Path, root: Path) -> str:
    """The folder of a noun; empty for what is of all of them."""
    parts = path.relative_to(root).parts
    return parts[0] if len(parts) > 1 else ""


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_each_module_is_imported_by_a_test_of_its_noun() -> None:
    known: dict[str, set[str]] = {}
    for path in TESTS.rglob("*.py"):
        known.setdefault(noun_of(path, TESTS), set()).update(imported(path))
    missing = []
    for path in sorted(DOMAIN.rglob("*.py")):
        module = ".".join(("mutualis.domain", *path.relative_to(DOMAIN).with_suffix("").parts))
        module = module.removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        decides = any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))
        own = known.get(noun_of(path, DOMAIN), set())
        if decides and not path.is_relative_to(TEXTS) and module not in own:
            missing.append(module)
    assert missing == []
