"""What a shell offers: the folder's own names, fast, and nothing at all of a broken one."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Cli, edit
from mutualis.cli.app import main
from mutualis.cli.terminal.completion import ASKED

Complete = Callable[..., list[str]]


@pytest.fixture
def offered(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Complete:
    """The words offered for the last of these, as a shell asks for them; nothing on stderr."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("MUTUALIS_DIR", raising=False)
    monkeypatch.setattr(sys, "argv", ["mutualis"])

    def complete(*words: str) -> list[str]:
        monkeypatch.setenv(ASKED, "complete_bash")
        monkeypatch.setenv("COMP_WORDS", "\n".join(("mutualis", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        capfd.readouterr()
        main()
        monkeypatch.delenv(ASKED)
        captured = capfd.readouterr()
        assert captured.err == ""
        return captured.out.splitlines()

    return complete


def test_commands_and_options(offered: Complete) -> None:
    assert offered("exp") == ["explain"]
    assert "list" in offered("register", "")
    assert offered("bill", "2025", "--reg") == ["--regularise"]
    assert offered("check", "--format", "") == ["text", "json", "github"]


def test_communes_by_name_or_code_as_it_is_begun(offered: Complete) -> None:
    assert offered("explain", "Saô") == ["Saône"]
    assert offered("explain", "sao") == ["saone"]
    assert offered("account", "2553") == ["25532"]
    assert offered("bill", "2025", "--except", "Chemaudin") == ["Chemaudin et Vaux"]
    assert offered("simulate", "2025", "--move", "Thi") == ["Thise"]
    assert offered("usage", "2025", "--commune", "Thi") == ["Thise"]


def test_years_levels_services_requests(offered: Complete) -> None:
    assert offered("bill", "") == ["2024", "2025", "2026", "2027"]
    assert offered("bill", "2025", "--exercice", "2025") == ["2025"]
    assert offered("services", "--level", "2") == ["2A", "2B"]
    assert offered("quote", "Saône", "--service", "Questions j") == ["Questions juridiques"]
    assert offered("requests", "explain", "p2025-01") == ["p2025-01"]


def test_numbers_of_the_register(voted: Path, cli: Cli, offered: Complete) -> None:
    for command in ("bill 2025 --issue --yes", "quote Saône --line A:1:x --date 20/03/2025"):
        assert cli(*command.split()).code == 0
    assert offered("register", "show", "F2025-000")[-1] == "F2025-0001"
    assert offered("credit", "D") == ["D2025-0001"]
    assert offered("quotes", "accept", "") == ["D2025-0001"]


def test_another_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, offered: Complete
) -> None:
    other = tmp_path_factory.mktemp("ailleurs")
    (folder / "data").rename(other / "data")
    assert offered("explain", "Saô") == []
    assert offered("explain", "--dir", str(other), "Saô") == ["Saône"]


@pytest.mark.parametrize("name", ["data/communes.csv", "data/tariffs.toml", "register.db"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\x00;", b"[grids\n", b"PK\x03\x04"])
def test_nothing_of_a_broken_folder(
    name: str, content: bytes | None, folder: Path, offered: Complete
) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    before = sorted(folder.rglob("*"))
    for words in (("explain", ""), ("bill", ""), ("services", "--level", ""), ("credit", "")):
        offered(*words)
    assert sorted(folder.rglob("*")) == before
    wanted = {"data/communes.csv": "explain", "register.db": "credit"}.get(name, "")
    assert offered(wanted or "services", *([] if wanted else ["--level"]), "") == []


def test_grids_of_another_shape(folder: Path, offered: Complete) -> None:
    edit(folder / "data/tariffs.toml", "[grids.2025]\n", "[grids.2025]\nlevels = 3\n")
    assert offered("services", "--level", "") == []


def test_no_option_acts_while_it_is_completed(offered: Complete) -> None:
    assert offered("--version", "bill", "--json") == ["--json"]
    assert "Utilisation" not in "".join(offered("bill", "--help", ""))


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_puts_a_name_of_several_words_in_one(tmp_path: Path, folder: Path) -> None:
    program = tmp_path / "mutualis"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mutualis "$@"\n', "utf-8")
    program.chmod(0o755)
    script = f"""
        PATH="{tmp_path}:$PATH"
        eval "$({ASKED}=source_bash mutualis)"
        COMP_WORDS=(mutualis explain Chem) COMP_CWORD=2
        _mutualis mutualis
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, check=False, text=True
    )
    assert (done.stdout, done.stderr) == ("Chemaudin\\ et\\ Vaux\n", "")
