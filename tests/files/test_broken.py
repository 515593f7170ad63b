"""One broken file, one exact answer and one documented section for each problem code."""

import errno
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TESTS, Cli
from mutualis.domain.problems.catalogue import CATALOGUE
from mutualis.files.disk import lock
from mutualis.files.tables.text import MOST_BYTES

BROKEN = TESTS / "broken"
CODES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir() and path.name != "base")


@pytest.mark.parametrize("code", CODES)
def test_the_answer_to_each_broken_file(
    code: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / "data")
    shutil.copytree(BROKEN / "base", folder, dirs_exist_ok=True)
    case = BROKEN / code
    if has(case, "removed"):
        for name in (case / "removed").read_text(encoding="utf-8").split():
            (folder / name).unlink()
    if has(case, "data"):
        shutil.copytree(case / "data", folder / "data", dirs_exist_ok=True)
    if has(case, "files"):
        shutil.copytree(case / "files", folder, dirs_exist_ok=True)
    before = contents(folder)
    if has(case, "made"):
        for line in (case / "made").read_text(encoding="utf-8").splitlines():
            kind, _, name = line.partition(" ")
            MADE[kind](folder / name, monkeypatch)
    command = (
        (case / "command").read_text(encoding="utf-8") if has(case, "command") else "check --all"
    )

    answer = cli(*shlex.split(command))

    text = f"exit {answer.code}\n{answer.out}{answer.err}".replace(str(folder), "DOSSIER")
    expected = case / "expected"
    if not expected.exists():
        expected.write_text(text, encoding="utf-8")
        pytest.fail(f"recorded {expected}: read it, then run the test again")
    assert text == expected.read_text(encoding="utf-8")
    assert f"[{code}]" in text
    assert answer.code == (1 if "erreur[" in text else 0)
    if not has(case, "made"):
        after = contents(folder)
        written = (case / "written").read_text().split() if has(case, "written") else []
        for name in after.keys() - before.keys():
            if "-schema-" in name:  # the copy of a register of before, brought up to date
                del before["register.db"], after["register.db"], after[name]
        assert sorted(after.keys() - before.keys()) == written
        assert {name: after.get(name) for name in before} == before, "something was written over"


def test_every_code_has_a_fixture_and_a_section() -> None:
    documented = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    assert sorted(CATALOGUE) == CODES
    for code in CATALOGUE:
        assert f"\n## {code} : " in documented


def test_the_sound_base_has_no_problem(folder: Path, cli: Cli) -> None:
    shutil.rmtree(folder / "data")
    shutil.copytree(BROKEN / "base", folder, dirs_exist_ok=True)
    answer = cli("check")
    assert answer.code == 0
    assert "0\u00a0erreur, 0\u00a0avertissement." in answer.out


def forbidden(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses the file, as it would not to root."""
    opened = Path.open

    def refused(self: Path, *arguments: Any, **named: Any) -> Any:
        if self.name == path.name:
            raise PermissionError(errno.EACCES, "refused")
        return opened(self, *arguments, **named)

    monkeypatch.setattr(Path, "open", refused)


def huge(path: Path, _: pytest.MonkeyPatch) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)


# What a version control does not hold.
MADE: dict[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "pipe": lambda path, _: os.mkfifo(path),
    "loop": lambda path, _: path.symlink_to(path.name),
    "link": lambda path, _: path.symlink_to("nowhere"),
    "huge": huge,
    "forbidden": forbidden,
}


def has(case: Path, name: str) -> bool:
    return (case / name).exists()


def contents(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != lock.NAME)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}
