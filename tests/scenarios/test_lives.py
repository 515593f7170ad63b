"""Whole lives of memberships and missions, one story a file, each amount worked out by hand.

A step changes files, runs a command, and says what it issues: number, debtor's code, amount.
`account` gives due, granted, target, balance, stale and remaining, as the draft then has them.
"""

import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS, Cli, edit

LIVES = TESTS / "scenarios/lives"
STORIES = sorted(LIVES.glob("*.toml"), key=lambda path: path.stem)
MOVEMENTS = "date_effet;type;code_avant;commune_avant;code_apres;commune_apres;source\n"
AMOUNTS = ("due", "granted", "target", "balance", "stale", "remaining")


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_life(story: Path, folder: Path, cli: Cli) -> None:
    shutil.rmtree(folder / "data")
    shutil.copytree(LIVES / "body", folder, dirs_exist_ok=True)
    for rank, step in enumerate(tomllib.loads(story.read_text("utf-8"))["step"], start=1):
        where = f"{story.stem}, step {rank}"
        for name, old, new in step.get("change", ()):
            edit(folder / "data" / name, old, new)
        if "movements" in step:
            text = MOVEMENTS + step["movements"].lstrip()
            (folder / "data/movements.csv").write_text(text, "utf-8")
        answer = cli(*shlex.split(step["run"]), "--json")
        assert answer.code == step.get("exit", 0), (where, answer.err)
        if "issued" in step:
            assert issued(answer.json) == step["issued"], where
        if "account" in step:
            accounts = cli("bill", "2025", "--date", day_of(step), "--json").json["account"]
            found = {a["code_insee"]: " ".join(a[key] for key in AMOUNTS) for a in accounts}
            assert {code: found[code] for code in step["account"]} == step["account"], where
        assert cli("register", "verify").code == 0, where


def issued(answer: dict[str, Any]) -> list[str]:
    documents = answer.get("documents", answer.get("lines", [answer]))
    return [f"{d['number']} {d['code_insee']} {d['amount']}" for d in documents]


def day_of(step: dict[str, Any]) -> str:
    words = shlex.split(step["run"])
    return words[words.index("--date") + 1]
