"""Refusals are codes and facts: each place that raises one gives what its text names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT
from mutualis.domain.problems.refusal_texts import FAMILIES, TEXTS
from mutualis.domain.problems.refusals import NotWritten
from mutualis.domain.problems.tables import NAMES

SOURCE = ROOT / "src/mutualis"
RAISED = {"Refusal", "UnreadableRequest", "NotWritten", "UnusableRegister", "Reason"}


def raised() -> Iterator[tuple[str, str, set[str], bool]]:
    """Where a refusal or a reason is made: place, code, names of its facts, whether more may be."""
    for path in SOURCE.rglob("*.py"):
        if path.name == "refusals.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in RAISED or not node.args:
                continue
            first = node.args[0]
            if not (isinstance(first, ast.Constant) and first.value in TEXTS):
                continue
            names = {k.arg for k in node.keywords if k.arg is not None} - {"details", "cause"}
            open_ended = any(k.arg is None for k in node.keywords)
            if node.func.id == "Reason" and len(node.args) > 1:
                facts = node.args[1]
                open_ended = not isinstance(facts, ast.Dict)
                keys = facts.keys if isinstance(facts, ast.Dict) else []
                names = {str(k.value) for k in keys if isinstance(k, ast.Constant)}
            yield f"{path.relative_to(ROOT)}:{node.lineno}", str(first.value), names, open_ended


def test_each_place_gives_the_facts_of_its_text() -> None:
    for place, code, names, open_ended in raised():
        text = TEXTS[code]
        wanted = set(re.findall(r"\{(\w+)\}", text.why + text.remedy + text.nothing))
        wanted -= NAMES.keys()
        assert names <= wanted, (place, code, names - wanted)
        assert open_ended or names == wanted, (place, code, wanted - names)


def test_a_refusal_is_a_code_and_never_a_sentence() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in RAISED or not node.args:
                continue
            first = node.args[0]
            assert not isinstance(first, ast.JoinedStr), f"{path}:{node.lineno}"
            if isinstance(first, ast.Constant):
                assert first.value in TEXTS, f"{path}:{node.lineno}: {first.value!r}"


def test_each_text_is_used() -> None:
    source = "\n".join(
        path.read_text("utf-8")
        for path in SOURCE.rglob("*.py")
        if "refusal_texts" not in path.parts
    )
    assert [code for code in TEXTS if f'"{code}"' not in source] == []


def test_a_code_begins_with_its_family() -> None:
    for family in FAMILIES:
        name = Path(str(family.__file__)).stem
        assert all(code.split(".")[0] == name for code in family.TEXTS), name


def test_a_cause_is_told_first_and_its_remedy_stands_where_there_is_no_other() -> None:
    full = NotWritten("files.disk_full", path="lot.xlsx")
    told = NotWritten("issued.no_number", cause=full)
    assert told.message == f"{full.message} Aucun numéro n'a été attribué."
    assert told.remedy == full.remedy
    own = NotWritten("issued.meeting", cause=full, day="20 février 2025")
    assert own.message.startswith(full.message)
    assert own.remedy != full.remedy
