"""Every sentence that the domain makes, worded otherwise: no rule may notice."""

import importlib
import inspect
import pkgutil
import sys
from types import ModuleType
from typing import Any

import pytest

from mutualis.domain import french
from mutualis.domain.problems.catalogue import CATALOGUE
from mutualis.domain.problems.refusal_texts import TEXTS
from mutualis.domain.value import replace
from render_once import render_anew

NOT_SENTENCES = {"letters", "names", "typography"}  # figures and names, in French spelling


def sentence_modules() -> list[ModuleType]:
    names = {module.name for module in pkgutil.iter_modules(french.__path__)} - NOT_SENTENCES
    return [importlib.import_module(f"{french.__name__}.{name}") for name in sorted(names)]


def otherwise(said: Any) -> Any:
    """A sentence in other words; each of several."""
    return tuple(map(otherwise, said)) if isinstance(said, tuple) else f"¿{said}?"


def say_otherwise(monkeypatch: pytest.MonkeyPatch) -> int:
    """Every sentence, wherever it was imported to, and every refusal; how many sentences."""
    render_anew(monkeypatch)
    functions = {
        function
        for module in sentence_modules()
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
    }
    domain = [module for name, module in sys.modules.items() if name.startswith("mutualis.domain")]
    for module in domain:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function in functions:
                monkeypatch.setattr(
                    module, name, lambda *a, _said=function, **k: otherwise(_said(*a, **k))
                )
    for code, text in TEXTS.items():
        monkeypatch.setitem(TEXTS, code, replace(text, why=f"¿{text.why}?"))
    for code, entry in CATALOGUE.items():
        monkeypatch.setitem(CATALOGUE, code, replace(entry, message=f"¿{entry.message}?"))
    return len(functions)
