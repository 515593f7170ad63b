"""What a command may write: never over data, a register or what is no plain file."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conftest import Cli
from mutualis.domain.problems.refusals import Refusal
from mutualis.files.disk import atomic
from mutualis.register import store

ISSUE = ("bill", "2025", "--issue", "--yes", "--date", "15/01/2026")
# Every command that takes the path of what it writes, its suffix, whether it takes a folder too.
COMMANDS = {
    "bill": (("bill", "2025", "--out"), ".xlsx", True),
    "bill --quotes": (("bill", "2026", "--quotes", "--out"), ".xlsx", True),
    "quote": (("quote", "25532", "--line", "A:1:Étude", "--draft", "--out"), ".xlsx", True),
    "numbered quote": (("quote", "25532", "--line", "A:1:Étude", "--out"), ".xlsx", True),
    "usage": (("usage", "2025", "--workbook", "--out"), ".xlsx", True),
    "simulate": (("simulate", "2025", "--workbook", "--out"), ".xlsx", True),
    "rank": (("requests", "rank", "2025", "--workbook", "--out"), ".xlsx", True),
    "simulate page": (("simulate", "2025", "--page", "--out"), ".html", True),
    "report": (("check", "--report"), ".xlsx", False),
    "export csv": (("register", "export", "--out"), ".csv", False),
    "export json": (("register", "export", "--format", "json", "--out"), ".json", False),
    "backup": (("register", "backup"), ".db", False),
    "seal": (("register", "seal", "--out"), ".txt", False),
}


def over_data(root: Path, suffix: str) -> Path:
    path = root / f"data/kept{suffix}"
    path.write_bytes(b"kept")
    return path


def new_in_data(root: Path, suffix: str) -> Path:
    return root / f"data/notes/new{suffix}"


def link_to_data(root: Path, suffix: str) -> Path:
    (root / f"link{suffix}").symlink_to(over_data(root, suffix))
    return root / f"link{suffix}"


def linked_folder(root: Path, suffix: str) -> Path:
    (root / "elsewhere").symlink_to(root / "data")
    return root / f"elsewhere/new{suffix}"


def data_of_another(root: Path, suffix: str) -> Path:
    shutil.copytree(root / "data", root / "other/data")
    return root / f"other/data/new{suffix}"


def over_the_register(root: Path, suffix: str) -> Path:
    os.link(root / "register.db", root / f"copy{suffix}")
    return root / f"copy{suffix}"


def beside_the_register(root: Path, suffix: str) -> Path:
    return root / f"register.db-new{suffix}"


def a_pipe(root: Path, suffix: str) -> Path:
    os.mkfifo(root / f"pipe{suffix}")
    return root / f"pipe{suffix}"


def a_link_in_a_ring(root: Path, suffix: str) -> Path:
    (root / f"ring{suffix}").symlink_to(root / f"ring{suffix}")
    return root / f"ring{suffix}"


def a_broken_link(root: Path, suffix: str) -> Path:
    (root / f"broken{suffix}").symlink_to(root / "nowhere" / f"x{suffix}")
    return root / f"broken{suffix}"


TARGETS = (
    over_data,
    new_in_data,
    link_to_data,
    linked_folder,
    data_of_another,
    over_the_register,
    beside_the_register,
    a_pipe,
    a_link_in_a_ring,
    a_broken_link,
)


def state(root: Path) -> dict[str, object]:
    """Every file and what it holds, or what it is."""
    found: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        plain = path.is_file() and not path.is_symlink()
        found[path.relative_to(root).as_posix()] = (
            path.read_bytes() if plain else (path.is_symlink(), path.is_fifo())
        )
    return found


@pytest.fixture
def issued(voted: Path, cli: Cli) -> Path:
    return cli.once(
        (*ISSUE, "--commune", "25532"),
        ("quote", "25532", "--line", "A:2:Étude", "--date", "15/01/2026"),
        ("quotes", "accept", "D2026-0001", "--date", "15/01/2026", "--by", "Le maire"),
        ("quotes", "done", "D2026-0001", "--line", "A:1", "--certified-by", "La directrice"),
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("suffix", [".xlsx", ".db"])
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("written", [partial(atomic.write, data=b"new"), atomic.probe])
def test_nothing_is_written_over(
    written: Callable[[Path], None], target: Callable[[Path, str], Path], suffix: str, small: Path
) -> None:
    store.append(small, lambda _: ())
    path = target(small, suffix)
    before = state(small)
    with pytest.raises(Refusal) as refused:
        written(path)
    assert refused.value.exit_code == 3
    assert refused.value.reason.facts["path"] == str(path)
    assert state(small) == before


@pytest.mark.parametrize("target", [new_in_data, a_broken_link])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_asks(
    command: str, target: Callable[[Path, str], Path], issued: Path, cli: Cli
) -> None:
    arguments, suffix, _ = COMMANDS[command]
    path = target(issued, suffix)
    before = state(issued)
    answer = cli(*arguments, str(path))
    assert answer.code == 3, answer.err
    assert path.name in answer.err
    assert state(issued) == before


@pytest.mark.parametrize("command", [name for name, (_, _, folder) in COMMANDS.items() if folder])
def test_no_folder_of_data(command: str, issued: Path, cli: Cli) -> None:
    before = state(issued)
    assert cli(*COMMANDS[command][0], str(issued / "data")).code == 3
    assert state(issued) == before


@pytest.mark.parametrize(
    "command", [name for name, (_, _, folder) in COMMANDS.items() if not folder]
)
def test_a_folder_is_no_file(command: str, issued: Path, cli: Cli) -> None:
    arguments, suffix, _ = COMMANDS[command]
    (issued / f"a{suffix}").mkdir()
    assert cli(*arguments, str(issued / f"a{suffix}")).code == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_the_wrong_suffix_is_a_slip_of_the_command_line(
    command: str, issued: Path, cli: Cli
) -> None:
    before = state(issued)
    assert cli(*COMMANDS[command][0], str(issued / "lot.pdf")).code == 2
    assert state(issued) == before


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_no_backup_where_sqlite_would_delete_it(ending: str, issued: Path, cli: Cli) -> None:
    assert cli("register", "backup", str(issued / f"copie.db{ending}")).code == 2
    assert cli("register", "backup", str(issued / "copies/register.db")).code == 0


def test_a_linked_folder_of_outputs_is_followed(issued: Path, cli: Cli) -> None:
    shutil.rmtree(issued / "out")
    (issued / "out").symlink_to(issued / "data")
    assert cli("bill", "2025").code == 3
    assert cli(*ISSUE).code == 3
