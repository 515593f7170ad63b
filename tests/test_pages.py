"""Each console block of each page is typed, and answers what the page says."""

import os
import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Cli, edit, may_issue
from pages import (
    FENCE,
    Scene,
    Typed,
    bring,
    correct,
    day_of,
    fits,
    holds,
    play,
    rewritten,
    shown,
    steps,
)

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/*.md")]
    if any(isinstance(step, Typed) for step in steps(path.read_text("utf-8")))
)
WRITTEN_FROM_THE_CODE = ("commands.md", "errors.md", "files.md", "settings.md")
WRITE = os.environ.get("MUTUALIS_PAGES") == "write"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_the_program_answers(
    page: str, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`MUTUALIS_PAGES=write` puts the answers in the page, to be read before they are kept."""
    place = tmp_path / "session"
    place.mkdir()
    monkeypatch.chdir(place)

    def set_scene(scene: Scene) -> None:
        match scene.what, scene.value:
            case "dossier", value:
                if value == "complété":
                    complete(Path())
                elif value != "vide":
                    shutil.copytree(ROOT / "data", place / "data")
                if value == "émissible":
                    may_issue(place)
            case "jour", value:
                cli.clock.day = day_of(value)
            case "avec", value:
                bring(value)
            case "corrigé", value:
                correct(value)

    text = (ROOT / page).read_text("utf-8")
    answers = play(text, cli, set_scene, monkeypatch.chdir)
    if WRITE:
        (ROOT / page).write_text(rewritten(text, answers), "utf-8")
    wrong = [
        f"{page}:{typed.line}: {typed.command}\n{shown(answer)}"
        for typed, answer in answers
        if not holds(typed, answer)
    ]
    assert wrong == []


def test_commands_are_in_blocks_that_are_typed() -> None:
    """A command that a page shows under no other is typed by the test above."""
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("data/*.md")]:
        if path.name not in WRITTEN_FROM_THE_CODE:
            for block in FENCE.finditer(path.read_text("utf-8")):
                shows = re.search(r"^ *mutualis ", block["body"], re.M)
                assert not shows or block["kind"] in ("console", "sh"), (path.name, block["body"])


def test_a_page_that_lies_is_found() -> None:
    """An ellipsis stands for whole lines, and nothing else is let pass."""
    assert fits("a\n…\nd\n", "a\nb\nc\nd")
    assert fits("a\n…\n", "a")
    assert fits("", "")
    assert not fits("a\n…\nd\n", "a\nb\nd2")
    assert not fits("a\n", "a\nb")
    assert not fits("", "a")
    assert not fits("a …\n", "a b")


def complete(folder: Path) -> None:
    """What a page asks the officer to fill in: who signs, and the addresses that lack."""
    issuer, communes = folder / "data/issuer.toml", folder / "data/communes.csv"
    edit(issuer, 'name = "à compléter"', 'name = "Camille Exemple"')
    edit(issuer, '"La Présidente ou le Président"', '"La Présidente"')
    text = communes.read_bytes().decode()
    communes.write_bytes(re.sub(r";;([^;\n]+)$", r";25999;\1", text, flags=re.M).encode())
