"""Rules give codes and figures: French is in `french` and `problems`, and no rule reads it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

DOMAIN = ROOT / "src/mutualis/domain"
# Words of the files that people and the finance software write: data, not sentences.
DATA_WORDS = {
    "à compléter",  # what the starter leaves in a cell
    "adhésion",  # a product, as the register stores it; a movement of communes
    # The other movements, as movements.csv names them.
    "commune nouvelle",
    "rétablissement",
    "changement de code",
    "changement de nom",
    "variation calculée",  # the source of a rate, in cpi.csv
    # The titles of an export's columns, unless issuer.toml gives others.
    "N° facture",
    "Année facturée",
    "Débiteur",
    "Code INSEE",
    "Code service",
    "N° titre",
    "Titre concerné",
    "Code tiers",
    "retenue sur AC",  # the natures of some of its rows
    "rectification de retenue sur AC",
    "réduction",
    # The states of requests.csv.
    "à classer",
    "en cours",
    "terminée",
    "retirée",
    # The natures and statuses of costs.csv.
    "unités",
    "prévisionnel",
    "définitif",
}
PROSE = re.compile(r"[a-zà-ÿœ].* | .*[a-zà-ÿœ]|[À-ÖØ-öø-ÿŒœ]", re.DOTALL)
WHERE_FRENCH_IS = ("french", "problems")
# One entry a criterion, its words beside its figure: a declaration, which no rule reads.
DECLARED = ("requests/measures.py",)


def rooms() -> list[str]:
    """The packages of the domain that hold rules, and its modules that stand alone."""
    found = (path for path in DOMAIN.iterdir() if path.is_dir() or path.suffix == ".py")
    names = {path.name for path in found} - {"__init__.py", "__pycache__", *WHERE_FRENCH_IS}
    return sorted(names)


def modules(room: str) -> list[Path]:
    path = DOMAIN / room
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def is_declared(module: Path) -> bool:
    return module.relative_to(DOMAIN).as_posix() in DECLARED


def sentences(module: Path) -> Iterator[str]:
    """The French of a module: not its docstrings, nor what a bug says of itself (in English)."""
    tree = ast.parse(module.read_text("utf-8"))
    spared = {
        id(part)
        for node in ast.walk(tree)
        if is_docstring(node) or is_bug(node)
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if id(node) not in spared and PROSE.search(text) and text not in DATA_WORDS:
                yield f"{module.name}:{node.lineno}: {text!r}"


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_bug(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id == "AssertionError"
    )


@pytest.mark.parametrize("room", rooms())
def test_rules_hold_no_french(room: str) -> None:
    found = [text for path in modules(room) if not is_declared(path) for text in sentences(path)]
    assert found == []


def test_data_words_are_used() -> None:
    source = "".join(path.read_text("utf-8") for path in DOMAIN.rglob("*.py"))
    assert [word for word in DATA_WORDS if f'"{word}"' not in source] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = "rien de noté"', 1),
        ('x = f"niveau {y}"', 1),
        ('x = "annulé"', 1),
        ('wrong.append("rien de bon")', 1),
        ('"""A docstring of French: « rien »."""', 0),
        ('raise AssertionError(f"{x} has no answer")', 0),
        ('raise Refusal("quotes.no_grid", year=2025)', 0),
        ('x = "per_inhabitant"', 0),
        ('x = "à compléter"', 0),
        ('x = "VATEX-EU-O VATEX-FR-AE"', 0),
    ],
)
def test_what_counts_as_french(code: str, found: int, tmp_path: Path) -> None:
    path = tmp_path / "rule.py"
    path.write_text(code, "utf-8")
    assert len(list(sentences(path))) == found
