"""What the tests share: a copy of the shipped data, the command line, snapshots."""

import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from msgspec import Struct

from mutualis.cli.app import run
from mutualis.cli.terminal import values
from mutualis.domain.workspace import Workspace
from mutualis.files.workspace import load
from read_once import reading_once
from render_once import rendering_once

if TYPE_CHECKING:
    from sweep import Sweep

# The same examples at every run, and no verdict on the speed of the machine.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=int(os.environ.get("MUTUALIS_EXAMPLES", "25")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# As the program sets it for itself: looking for cycles is a quarter of the work.
gc.set_threshold(100_000, 20, 100)

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SNAPSHOTS = TESTS / "snapshots"


MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes; a run that fails keeps some hundred million


def in_memory() -> None:
    """The folders of tests are in memory, where there is room for them: small files by the
    thousand, on a disk, are a quarter of the work."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


in_memory()  # before pytest, or one of its workers, makes the first


@pytest.fixture(scope="session", autouse=True)
def _once_a_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each file of `data` is read once."""
    with pytest.MonkeyPatch.context() as patch:
        # What is left in the folder of temporary files ends with the others.
        temporary = str(tmp_path_factory.mktemp("temporary"))
        patch.setattr(tempfile, "tempdir", temporary)
        patch.setenv("TMPDIR", temporary)
        with reading_once():
            yield


@pytest.fixture(scope="session")
def documents_once() -> Iterator[None]:
    """Each workbook is rendered once from the same values. Those of the domain load no library."""
    from openpyxl.worksheet.merge import MergedCellRange

    with pytest.MonkeyPatch.context() as patch, rendering_once():
        # No test asks for the borders of what it reads: to share them among merged cells is most of
        # the reading.
        patch.setattr(MergedCellRange, "format", lambda _: None)
        yield


class Answer(Struct, frozen=True):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Clock:
    """In the place of `date` where the clock is read: a day that a test sets."""

    day = date(2026, 2, 10)

    def __call__(self, *parts: int) -> date:
        return date(*parts)

    def today(self) -> date:
        return self.day


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(values, "date", clock)
    return clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the shipped data, but of a body that may issue."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    may_issue(tmp_path)
    return tmp_path


class Cli(Struct, frozen=True):
    """Runs a command in the workspace, in this process, on the day of the test's clock."""

    folder: Path
    capfd: pytest.CaptureFixture[str]
    clock: Clock
    brought: Path

    def __call__(self, *arguments: str) -> Answer:
        self.capfd.readouterr()
        code = run(list(arguments))
        captured = self.capfd.readouterr()
        return Answer(code, captured.out, captured.err)

    def once(self, *commands: tuple[str, ...]) -> Path:
        """Bring the workspace where these commands bring it, and return it: run once a process
        for the same files and day, then copied. For what comes before what a test is about."""
        known = self.brought / self._print(commands)
        if not known.exists():
            for command in commands:
                answer = self(*command)
                assert answer.code == 0, answer.err
            shutil.copytree(self.folder, known, symlinks=True)
        else:
            for path in self.folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(known, self.folder, symlinks=True, dirs_exist_ok=True)
        return self.folder

    def _print(self, commands: tuple[tuple[str, ...], ...]) -> str:
        found = hashlib.sha256(repr((commands, self.clock.day)).encode())
        for path in sorted(self.folder.rglob("*")):
            data = path.read_bytes() if path.is_file() else b""
            found.update(repr((path.relative_to(self.folder).as_posix(), data)).encode())
        return found.hexdigest()[:32]


@pytest.fixture(scope="session")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `Cli.once` keeps what it has done."""
    return tmp_path_factory.mktemp("brought")


@pytest.fixture
def as_shipped(folder: Path) -> Path:
    """The same as it is shipped: an example."""
    shutil.rmtree(folder / "data")
    shutil.copytree(ROOT / "data", folder / "data")
    return folder


@pytest.fixture
def cli(
    folder: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    brought: Path,
    documents_once: None,
) -> Cli:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("MUTUALIS_DIR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return Cli(folder, capfd, clock, brought)


@pytest.fixture
def voted(cli: Cli) -> Path:
    """The shipped workspace, its 2025 act filled in."""
    return cli.once(("index", "2025", "--act", "Délibération d'exemple"))


@pytest.fixture
def small(folder: Path) -> Path:
    """The small workspace of the broken files, sound: two fees in 2025."""
    shutil.rmtree(folder / "data")
    shutil.copytree(ROOT / "tests/broken/base", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def shipped() -> Workspace:
    """The shipped data, read, but of a body that may issue."""
    return read_shipped()


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare a text with the one recorded; a new one is recorded and fails, to be read."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"recorded {name}: read it, then run the test again")
        assert text == path.read_text(encoding="utf-8"), f"delete {path} to record it anew"

    return compare


@pytest.fixture(scope="session")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Sweep]":
    """The faulty machine of tests/faults, one for all the tests of a process."""
    from machine import Machine, why_not
    from sweep import Sweep

    if reason := why_not():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("faults")
    with Machine(folder) as machine:
        yield Sweep(machine, folder)


def subprocess_cli(folder: Path, *arguments: str, **environment: str) -> Answer:
    """Run the command as a user does, in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if k not in ("MUTUALIS_DIR", "COLUMNS")}
    done = subprocess.run(
        [sys.executable, "-m", "mutualis", *arguments],
        cwd=folder,
        env={**clean, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return Answer(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def edit(path: Path, before: str, after: str) -> None:
    """Change one passage of a file, which must hold it once; newlines stay."""
    text = path.read_bytes().decode("utf-8")
    assert text.count(before) == 1, f"{before!r} is {text.count(before)} times in {path}"
    path.write_bytes(text.replace(before, after).encode("utf-8"))


def moves(folder: Path, day: str, before: str, after: str, kind: str = "fusion") -> None:
    """Say in movements.csv what a commune became on a day; both are « code name »."""
    one, other = before.partition(" "), after.partition(" ")
    with (folder / "data/movements.csv").open("a", encoding="utf-8") as file:
        file.write(f"{day};{kind};{one[0]};{one[2]};{other[0]};{other[2]};exemple\n")


@cache
def read_shipped() -> Workspace:
    """The workspace of `folder`."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(ROOT / "data", root / "data")
        may_issue(root)
        workspace = load(root).workspace
    assert workspace is not None
    return workspace


def may_issue(folder: Path) -> None:
    """Make of the shipped example a body that may issue: what it lacks is invented here, but for
    the act of its grid."""
    issuer, communes = folder / "data/issuer.toml", folder / "data/communes.csv"
    edit(issuer, "\nexample = true\n", "\n")
    edit(issuer, 'name = "à compléter"', 'name = "Camille Exemple"')
    edit(issuer, '"La Présidente ou le Président"', '"La Présidente"')
    text = communes.read_bytes().decode("utf-8").replace(";exemple;", ";convention;")
    communes.write_bytes(text.replace(";convention;;", ";convention;25999;").encode("utf-8"))
