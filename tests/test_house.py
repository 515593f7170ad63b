"""The house keeps its rules: no float, one room a library, pure domain, lazy imports."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

from conftest import ROOT

SOURCE = ROOT / "src/mutualis"
# Lengths on paper and on the screen, which are not money.
FLOATS_ALLOWED = {"documents", "cli"}
MOST_LINES, MOST_OF_A_FUNCTION, MOST_MODULES = 300, 60, 14
ONE_A_COMMAND = ("workflows", "cli/commands")
ALIKE = "names.py"  # how near two spellings are


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text("utf-8"))) for path in SOURCE.rglob("*.py")]


def test_no_binary_float_where_money_is() -> None:
    for path, tree in modules():
        room = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(tree):
            where = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("float", "round"), where
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                assert room in FLOATS_ALLOWED or path.name == ALIKE, where
            if isinstance(node, ast.BinOp) and room not in FLOATS_ALLOWED:
                path_join = isinstance(node.op, ast.Div) and room in (
                    "files",
                    "register",
                    "workflows",
                )
                assert path_join or not isinstance(node.op, ast.Div), where


def test_the_domain_knows_no_file_nor_clock() -> None:
    forbidden = {"os", "pathlib", "io", "time", "locale", "sys", "json", "csv"}
    for path, tree in modules():
        if path.relative_to(SOURCE).parts[0] != "domain":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not {alias.name.split(".")[0] for alias in node.names} & forbidden, path
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in forbidden, path
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("today", "now"), f"{path}:{node.lineno}"


def test_modules_functions_and_packages_stay_small() -> None:
    for path, tree in modules():
        assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES, path
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= MOST_OF_A_FUNCTION, f"{path}:{node.lineno}: {node.name}"
    for folder in {path.parent for path, _ in modules()}:
        if folder.relative_to(SOURCE).as_posix() not in ONE_A_COMMAND:
            own = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
            assert len(own) <= MOST_MODULES, folder


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom mutualis.cli.app import run\nrun(['bill', '--help'])\n"
        "heavy = {'openpyxl', 'typst', 'pikepdf', 'docx', 'lxml', 'PIL'}\n"
        "heavy |= {'rich', 'pydantic', 'tomli_w'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy - {'rich', 'pydantic'} else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_command_reads_does_and_shows_by_its_screen() -> None:
    for path, tree in modules():
        room = path.relative_to(SOURCE).parts
        if room[:2] != ("cli", "commands"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("show", "show_table", "show_next", "tell") or (
                    isinstance(node.value, ast.Name) and node.value.id.endswith("screen")
                ), f"{path}:{node.lineno}"


def test_a_class_has_a_name_of_its_own() -> None:
    names = [node.name for _, tree in modules() for node in tree.body if is_public_class(node)]
    assert sorted(name for name, times in Counter(names).items() if times > 1) == []


def is_public_class(node: ast.stmt) -> TypeGuard[ast.ClassDef]:
    return isinstance(node, ast.ClassDef) and not node.name.startswith("_")


def test_no_module_imports_itself_by_others() -> None:
    """No circle, nor one hidden in an import of types or within a function."""
    trees = {module_name(path): tree for path, tree in modules()}
    imports = {name: ({*imported(tree)} & trees.keys()) - {name} for name, tree in trees.items()}
    while ends := {name for name, own in imports.items() if not own}:
        imports = {name: own - ends for name, own in imports.items() if name not in ends}
    assert sorted(imports) == []


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
