"""Paths that are no plain file, cannot be read or are huge: each told, none waited for."""

import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import Cli
from mutualis.files.tables import text
from mutualis.files.workspace import load
from mutualis.workflows.check import check_workspace
from read_once import read_anew

FILES = (
    *("communes.csv", "communes.xlsx", "communes.ods", "cpi.csv", "tariffs.toml", "issuer.toml"),
    *("movements.csv", "services.csv", "interventions.csv", "requests.csv", "criteria.toml"),
    *("tables/2025.csv", "meetings/2025-02-20.toml", "logo.png"),
)
TABLES = ("communes.xlsx", "communes.ods")
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def _anew(monkeypatch: Patch) -> None:
    read_anew(monkeypatch)


def pipe(path: Path, _: Patch) -> None:
    os.mkfifo(path)


def linked_pipe(path: Path, _: Patch) -> None:
    os.mkfifo(path.parent / "pipe")
    path.symlink_to("pipe")


def loop(path: Path, _: Patch) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path, _: Patch) -> None:
    path.symlink_to("nowhere")


def folder_of_that_name(path: Path, _: Patch) -> None:
    path.mkdir()


def huge(path: Path, patch: Patch) -> None:
    """Its size is enough: it is not read."""
    with path.open("wb") as file:
        file.truncate(text.MOST_BYTES + 1)
    refuse(patch, "open", lambda self: self == path)


def device(path: Path, patch: Patch) -> None:
    """The system says that the file is a device: it must not be opened."""
    path.write_bytes(b"x")
    before = Path.stat

    def told(self: Path, **named: Any) -> Any:
        if self.name == path.name:
            return SimpleNamespace(st_mode=stat.S_IFCHR | 0o666, st_size=0)
        return before(self, **named)

    patch.setattr(Path, "stat", told)
    refuse(patch, "open", lambda self: self == path)  # A11, were it opened


def grows(path: Path, patch: Patch) -> None:
    """A file that says it is small and has no end: reading stops at the bound."""
    path.write_bytes(b"x" * 100)
    patch.setattr(text, "MOST_BYTES", 99)
    before = Path.stat

    def told(self: Path, **named: Any) -> Any:
        status = before(self, **named)
        if self.name == path.name:
            return SimpleNamespace(st_mode=status.st_mode, st_size=1)
        return status

    patch.setattr(Path, "stat", told)


def forbidden(path: Path, patch: Patch) -> None:
    path.write_bytes(b"x")
    refuse(patch, "open", lambda self: self == path)


KINDS: dict[Callable[[Path, Patch], None], str] = {
    pipe: "A08",
    linked_pipe: "A08",
    loop: "A09",
    nowhere: "A09",
    folder_of_that_name: "A07",
    huge: "A10",
    device: "A08",
    forbidden: "A11",
}


def refuse(patch: Patch, method: str, is_meant: Callable[[Path], bool]) -> None:
    """What the system says to who may not: root may all."""
    before = getattr(Path, method)

    def refused(self: Path, *arguments: Any, **named: Any) -> Any:
        if is_meant(self):
            raise PermissionError(13, "refused")
        return before(self, *arguments, **named)

    patch.setattr(Path, method, refused)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_plain_file_is_told(
    name: str, kind: Callable[[Path, Patch], None], small: Path, monkeypatch: Patch
) -> None:
    if name in TABLES:
        (small / "data/communes.csv").unlink()
    path = small / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    kind(path, monkeypatch)
    problems = check_workspace(small, date(2026, 2, 10)).problems
    told = [p.code for p in problems if p.source.file == f"data/{name}" and p.code[0] == "A"]
    assert told == [KINDS[kind]]


def test_a_file_without_end_is_read_to_the_bound(small: Path, monkeypatch: Patch) -> None:
    grows(small / "data/cpi.csv", monkeypatch)
    found = text.read_bytes(small, "data/cpi.csv")
    assert not isinstance(found, bytes)
    assert found.code == "A10"


def test_a_folder_that_may_not_be_read(small: Path, cli: Cli, monkeypatch: Patch) -> None:
    """Each file that a workspace needs says so; none passes for two files."""
    for method in ("stat", "lstat"):
        before = getattr(os, method)

        def refused(path: Any, *_: Any, before: Any = before, **named: Any) -> Any:
            if Path(os.fspath(path)).parent.name == "data":
                raise PermissionError(13, "refused")
            return before(path, **named)

        monkeypatch.setattr(os, method, refused)
    problems = check_workspace(small, date(2026, 2, 10)).problems
    names = ("communes.csv", "cpi.csv", "issuer.toml", "tariffs.toml", "templates")
    assert [(p.code, p.source.file) for p in problems] == [("A11", f"data/{n}") for n in names]
    assert cli("bill", "2025").code == 1


def test_locked_tables_that_may_not_be_listed(small: Path, cli: Cli, monkeypatch: Patch) -> None:
    refuse(monkeypatch, "iterdir", lambda path: path.name == "tables")
    answer = cli("check")
    assert answer.code == 1
    assert "erreur[A11] data/tables" in answer.out


@pytest.mark.parametrize("command", ["populations", "cpi", "movements"])
@pytest.mark.parametrize("kind", [pipe, loop, huge], ids=["pipe", "loop", "huge"])
def test_a_file_given_is_looked_at_first(
    command: str, kind: Callable[[Path, Patch], None], small: Path, cli: Cli, monkeypatch: Patch
) -> None:
    kind(small / "given.csv", monkeypatch)
    year = ("--year", "2026") if command == "populations" else ()
    answer = cli("import", command, "given.csv", *year)
    assert answer.code == 1
    assert f"[{KINDS[kind]}] given.csv" in answer.err


@pytest.mark.parametrize(
    "data",
    [b"not a picture", b"\x89PNG\r\n\x1a\n" + b"0" * 2_100_000, b""],
    ids=["text", "big", ""],
)
def test_check_looks_at_the_logo(data: bytes, small: Path, cli: Cli) -> None:
    (small / "data/logo.png").write_bytes(data)
    answer = cli("check")
    assert answer.code == 1
    assert "erreur[A12] data/logo.png" in answer.out


def test_check_looks_at_the_minutes_of_meetings(small: Path, cli: Cli) -> None:
    (small / "data/meetings").mkdir(exist_ok=True)
    (small / "data/meetings/2025-02-20.toml").write_text("elected = []", "utf-8")
    answer = cli("check")
    assert answer.code == 1
    assert "erreur[T03] data/meetings/2025-02-20.toml" in answer.out


def test_a_sound_logo_is_no_problem(small: Path, cli: Cli) -> None:
    from PIL import Image

    Image.new("RGB", (90, 40), "white").save(small / "data/logo.png")
    assert cli("check").code == 0


def test_a_folder_without_data_is_told_once(tmp_path: Path) -> None:
    (problem,) = load(tmp_path).problems
    assert (problem.code, problem.source.file) == ("A03", "data")
