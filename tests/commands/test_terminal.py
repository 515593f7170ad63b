"""Every command on a terminal of 80 columns, without colours for who wants none."""

import io
import re
import runpy
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Cli
from mutualis.cli.app import run

STYLES = re.compile(r"\x1b\[(?:[0-9;]*)m")
COLOURS = re.compile(r"\x1b\[(?:[0-9;]*;)?[349][0-9](?:;[0-9;]*)?m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_no_colour_and_80_columns(
    as_shipped: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    every = runpy.run_path(str(ROOT / "tools/answers.py"))["COMMANDS"]
    # What changes nothing is shown once.
    once = {name: command for name, command in every if name in ("explain", "simulate", "account")}
    commands = [command for name, command in every if once.get(name, command) == command]
    wrong: list[str] = []
    for command in commands:
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setattr(sys, "stderr", screen)
        words = command.replace("--format json", "").replace("--json", "").split()
        assert run(words) == 0, command
        text = screen.getvalue()
        wrong += [f"{command}: {colour}" for colour in COLOURS.findall(text)]
        lines = STYLES.sub("", text).splitlines()
        wrong += [f"{command}: {line}" for line in lines if len(line) > 80]
    assert wrong == []
    assert len(commands) > 25
